//! What diagnostics that become one have in common.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::alike::{lacks, plain, version};
use crate::rules::Catalogue;
use crate::sources::{Kind, Source};
use crate::span::FileId;

/// The name of a release where a chart is rendered: objects of two charts with it are not the same.
pub(in crate::lint) const STAND_IN: &str = "release-name";

/// From how many places on the same words are about one decision.
const MANY: usize = 3;

/// What diagnostics that become one have in common.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) rule: Arc<str>,
    /// The file or the object; empty for the run.
    within: Arc<str>,
    subject: String,
    /// How severe all are, if that tells them apart.
    severity: Option<Severity>,
    /// How often it is said at least.
    pub(super) least: usize,
}

impl Key {
    fn new(diagnostic: &Diagnostic, within: &str, subject: &str) -> Self {
        Self {
            rule: Arc::clone(&diagnostic.rule),
            within: Arc::from(within),
            subject: subject.to_owned(),
            severity: None,
            least: 1,
        }
    }

    /// The same if it is said so often, as severely.
    fn from(self, least: usize, severity: Severity) -> Self {
        Self {
            severity: Some(severity),
            least,
            ..self
        }
    }
}

/// What the diagnostics of a run have in common, for each of the passes.
pub(super) struct Keys<'a> {
    pub(super) sources: &'a BTreeMap<FileId, Arc<Source>>,
    pub(super) catalogue: &'a Catalogue,
    pub(super) is_apart: &'a dyn Fn(&Diagnostic, &str) -> bool,
}

impl Keys<'_> {
    /// The path of the manifest of a diagnostic that may be folded.
    fn path(&self, diagnostic: &Diagnostic) -> Option<&str> {
        let source = self.sources.get(&diagnostic.primary.file)?;
        let rule = self.catalogue.rule(&diagnostic.rule);
        let is_habit = rule.is_some_and(|rule| rule.is_habit);
        let may_fold = diagnostic.suppressed.is_none()
            && (diagnostic.severity < Severity::Error || is_habit)
            && source.kind == Kind::Kubernetes
            && !(self.is_apart)(diagnostic, &source.path);
        may_fold.then_some(&*source.path)
    }

    /// Whether its rule is about a habit, or about what a manifest leaves to defaults.
    fn is_of_many(&self, diagnostic: &Diagnostic) -> bool {
        let rule = self.catalogue.rule(&diagnostic.rule);
        rule.is_some_and(|rule| rule.is_habit || rule.is_family() || !rule.family.is_empty())
    }

    /// What a message says, without the name of its subject; nothing of advice that is the same whatever it is about.
    fn subject<'d>(&self, diagnostic: &'d Diagnostic) -> &'d str {
        let rule = self.catalogue.rule(&diagnostic.rule);
        if diagnostic.severity == Severity::Info && rule.is_some_and(|rule| rule.is_once_as_info) {
            return "";
        }
        if rule.is_some_and(|rule| rule.is_once_a_version) {
            return version(&diagnostic.message);
        }
        lacks(&diagnostic.message)
    }

    /// Whether it is decided once what several say in the same words: which rights over a node or a cluster workloads take, which password is tried
    /// first.
    fn is_decision(&self, diagnostic: &Diagnostic) -> bool {
        let rule = self.catalogue.rule(&diagnostic.rule);
        rule.is_some_and(|rule| rule.is_decision || rule.is_explained)
    }

    pub(super) fn in_file(&self, diagnostic: &Diagnostic) -> Option<Key> {
        let path = self.path(diagnostic)?;
        if self.is_of_many(diagnostic) {
            return Some(Key::new(diagnostic, path, self.subject(diagnostic)));
        }
        let words = if self.is_decision(diagnostic) {
            self.subject(diagnostic)
        } else {
            plain(&diagnostic.message)
        };
        Some(Key::new(diagnostic, path, words).from(MANY, diagnostic.severity))
    }

    pub(super) fn of_object(&self, diagnostic: &Diagnostic) -> Option<Key> {
        self.path(diagnostic)?;
        let object = diagnostic.resource.as_ref();
        let object = object.filter(|object| !object.contains(STAND_IN))?;
        Some(Key::new(diagnostic, object, plain(&diagnostic.message)))
    }

    pub(super) fn in_run(&self, diagnostic: &Diagnostic) -> Option<Key> {
        self.path(diagnostic)?;
        let key = || Key::new(diagnostic, "", self.subject(diagnostic));
        if self.is_of_many(diagnostic) {
            return Some(key());
        }
        self.is_decision(diagnostic)
            .then(|| key().from(MANY, diagnostic.severity))
    }

    /// What is missing differs from container to container, and is advice: one of them tells it. What weighs more than the family is told by itself.
    pub(super) fn of_family(&self, diagnostic: &Diagnostic) -> Option<Key> {
        self.path(diagnostic)?;
        let family = self.family(diagnostic)?;
        let weight = self.catalogue.rule(family)?.severity;
        if diagnostic.severity > weight {
            return None;
        }
        Some(Key {
            rule: Arc::from(family),
            within: Arc::from(""),
            subject: String::new(),
            severity: None,
            least: 1,
        })
    }

    /// What is said in the same words, with the same help, and is no error, whatever the files are: whoever mends it searches for all places.
    pub(super) fn in_words(&self, diagnostic: &Diagnostic) -> Option<Key> {
        let source = self.sources.get(&diagnostic.primary.file)?;
        let may_fold = diagnostic.suppressed.is_none()
            && diagnostic.severity < Severity::Error
            && diagnostic.members.is_empty()
            && !(self.is_apart)(diagnostic, &source.path);
        let help = diagnostic.help.as_deref().unwrap_or_default();
        let words = [plain(&diagnostic.message), help].join("\n");
        may_fold.then(|| Key::new(diagnostic, "", &words).from(MANY, diagnostic.severity))
    }

    /// The family that a diagnostic is of, or whose member it is.
    pub(super) fn family(&self, diagnostic: &Diagnostic) -> Option<&str> {
        let rule = self.catalogue.rule(&diagnostic.rule)?;
        if rule.is_family() {
            return Some(&rule.id);
        }
        Some(&*rule.family).filter(|family| !family.is_empty())
    }
}
