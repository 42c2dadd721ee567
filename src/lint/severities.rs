//! What the configuration says of diagnostics, as the linter asks it.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;

/// How much diagnostics matter: the configuration's word.
pub trait Severities: Sync {
    /// The severity of a diagnostic of `rule` in the file of that path, relative to the working folder; `None` if the rule
    /// does not run there, or not for this.
    fn severity_for(&self, diagnostic: &Diagnostic, rule: &Rule, path: &str) -> Option<Severity>;

    /// Whether the rule with that number in the catalogue reports for itself in the file of that path, also where other
    /// members of its family are about the same subject.
    fn is_apart(&self, _number: usize, _path: &str) -> bool {
        false
    }

    /// Whether comments and annotations in files suppress anything.
    fn reads_suppressions(&self) -> bool {
        true
    }

    /// Whether a comment or an annotation may suppress what the rule of that id reports: one that has a reason or not, and that counts for so many
    /// days more, or for ever.
    fn admits_suppression(&self, _rule: &str, _has_reason: bool, _days: Option<i64>) -> bool {
        true
    }

    /// Whether findings that are expected where they are are left out, unless their rules report for themselves.
    fn leaves_out_expected(&self) -> bool {
        true
    }
}

/// Severities as the rules have them.
#[derive(Clone, Copy, Debug, Default)]
pub struct DefaultSeverities;

impl Severities for DefaultSeverities {
    fn severity_for(&self, diagnostic: &Diagnostic, _: &Rule, _: &str) -> Option<Severity> {
        Some(diagnostic.severity)
    }

    fn leaves_out_expected(&self) -> bool {
        false
    }
}
