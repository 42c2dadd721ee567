//! What a walk down an object knows: the object and its schema, where it is, what it has found.

use std::cell::OnceCell;

use hullmark_schema::Kind;
use hullmark_schema::definition::Interval;

use crate::model::kubernetes::Object;
use crate::model::kubernetes::schemas::{NEWEST, OLDEST};
use crate::model::kubernetes::validation::path::Path;
use crate::model::kubernetes::validation::{Field, Sink, Violation};
use crate::parse::yaml::tree::{NodeId, Tree};

/// Fields of metadata that a cluster writes: an object that is created with some of them is refused.
pub(super) const OF_CLUSTER: [&str; 8] = [
    "managedFields",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "resourceVersion",
    "uid",
    "generation",
    "selfLink",
];

/// The releases by which an object is judged.
#[derive(Clone, Copy)]
pub(super) struct Judged {
    first: u8,
    last: u8,
    /// Whether it is for all of them, and they are no guess.
    is_certain: bool,
}

/// A walk down one object.
pub(super) struct Walk<'w, 's, 't, 'b> {
    pub(super) sink: &'w mut Sink<'s>,
    pub(super) tree: &'t Tree,
    pub(super) object: Object<'t>,
    pub(super) kind: Kind<'b>,
    /// The same kind and version as other projects have them: what one of them knows is not unknown.
    pub(super) others: Vec<Kind<'b>>,
    pub(super) is_builtin: bool,
    /// The releases that serve the kind.
    pub(super) served: Interval,
    /// Those by which the object is judged; asked for when the first field is not in all.
    pub(super) releases: OnceCell<Judged>,
    /// Whether what it lacks may be added.
    pub(super) is_partial: bool,
    /// What was found missing so far.
    pub(super) missing: Vec<(Field<'t>, Violation)>,
    /// The paths of the unknown fields so far, each with the first.
    pub(super) unknown: Vec<(String, NodeId)>,
    /// The fields that were meant by unknown ones of a mapping, which is told of those.
    pub(super) meant: Vec<(NodeId, String)>,
    /// Whether the object is for a release without a schema, once that was asked.
    pub(super) is_older: Option<bool>,
    pub(super) path: Path<'t>,
    pub(super) budget: usize,
}

impl<'t> Walk<'_, '_, 't, '_> {
    /// Whether something is there in all releases that the object is for; in one of them, if they are a guess.
    pub(super) fn is_there(&self, there: Interval) -> bool {
        // Of custom resources no release is known to be the one.
        if !self.is_builtin || self.is_always_there(there) {
            return true;
        }
        let Judged {
            first,
            last,
            is_certain,
        } = self.judged();
        if is_certain {
            there.first <= first && last <= there.last
        } else {
            there.first <= last && first <= there.last
        }
    }

    /// Whether something is there in all releases that serve the kind.
    fn is_always_there(&self, there: Interval) -> bool {
        there.first <= self.served.first.max(OLDEST) && there.last >= self.served.last.min(NEWEST)
    }

    /// Those releases that the object is for, as far as they serve it; else the newest that does.
    fn judged(&self) -> Judged {
        *self.releases.get_or_init(|| {
            let found = self.object.around.releases();
            let (oldest, newest) = found.map_or((NEWEST, NEWEST), |found| {
                (found.target.oldest, found.target.newest)
            });
            let served = self.served;
            let last = served.last.min(NEWEST);
            Judged {
                first: oldest.clamp(served.first.min(last), last),
                last: newest.min(last).max(served.first),
                is_certain: found.is_none_or(|found| found.is_certain),
            }
        })
    }

    /// How sure a finding is that depends on the release.
    pub(super) fn trust_in(&self, there: Interval) -> Option<&'static str> {
        if self.is_builtin && !self.is_always_there(there) && !self.judged().is_certain {
            return Some("info");
        }
        self.trust()
    }

    /// Whether a file near by pins a release of the kind's project that is older than those with a schema.
    pub(super) fn is_older(&mut self) -> bool {
        if self.is_builtin {
            return false;
        }
        let (object, kind) = (self.object, self.kind);
        *self.is_older.get_or_insert_with(|| {
            let project = kind.project();
            let around = object.around;
            // The projects of Flux have one release.
            let name = project
                .name()
                .split_once("flux-")
                .map_or(project.name(), |_| "flux");
            let oldest = project.releases().next();
            oldest.is_some_and(|oldest| around.contexts.pins_older(around.source, name, oldest))
        })
    }

    /// The value as checks of values see it.
    pub(super) fn at(&self, node: NodeId) -> Field<'t> {
        Field {
            tree: self.tree,
            node,
            name: self.path.name(),
            kind: self.object.kind,
            is_patch: self.is_partial,
            fills_images: true,
            fills_ports: true,
        }
    }

    /// How sure a finding is, if it is not as sure as the rule says.
    pub(super) fn trust(&self) -> Option<&'static str> {
        (!self.is_builtin).then_some("warning")
    }

    /// Reports a value, unless another check has.
    pub(super) fn say(&mut self, node: NodeId, severity: Option<&'static str>, found: &Violation) {
        if !self.sink.is_reported(node) {
            let field = self.at(node);
            self.sink.add_of_severity(field, severity, found);
        }
    }

    /// The group and version, and the kind, as messages name them; of a custom resource the project and its releases.
    pub(super) fn kind_text(&self) -> String {
        let kind = self.kind;
        format!("`{}` {}", kind.api_version(), kind.kind())
    }
}
