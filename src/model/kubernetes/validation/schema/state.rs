//! What a walk down an object knows: the object and its schema, where it is, what it has found.

use hullmark_schema::Kind;
use hullmark_schema::definition::Interval;

use crate::model::kubernetes::Object;
use crate::model::kubernetes::validation::path::Path;
use crate::model::kubernetes::validation::{Field, Sink, Violation};
use crate::parse::yaml::tree::{NodeId, Tree};

/// A walk down one object.
pub(super) struct Walk<'w, 's, 't, 'b> {
    pub(super) sink: &'w mut Sink<'s>,
    pub(super) tree: &'t Tree,
    pub(super) object: Object<'t>,
    pub(super) kind: Kind<'b>,
    /// The same kind and version as other projects have them: what one of them knows is not unknown.
    pub(super) others: Vec<Kind<'b>>,
    pub(super) is_builtin: bool,
    /// The first and the last release that the object is for.
    pub(super) releases: (u8, u8),
    /// Whether what it lacks may be added.
    pub(super) is_partial: bool,
    /// What was found missing so far.
    pub(super) missing: Vec<(Field<'t>, Violation)>,
    /// The paths of the unknown fields so far, each with the first.
    pub(super) unknown: Vec<(String, NodeId)>,
    /// Whether the object is for a release without a schema, once that was asked.
    pub(super) is_older: Option<bool>,
    pub(super) path: Path<'t>,
    pub(super) budget: usize,
}

impl<'t> Walk<'_, '_, 't, '_> {
    /// Whether something is there in all releases that the object is for.
    pub(super) fn is_there(&self, there: Interval) -> bool {
        // Of custom resources no release is known to be the one.
        !self.is_builtin || there.first <= self.releases.0 && self.releases.1 <= there.last
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
