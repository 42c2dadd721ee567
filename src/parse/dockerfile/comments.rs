//! Comments that silence a linter: a rule may forbid them.

use crate::parse::problem::Problem;
use crate::span::Span;
use hullmark_tables::faults;

/// What such comments begin with, behind the `#` and spaces, and how a reader calls them.
const PRAGMAS: &[(&[&str], &str)] = &[
    (&["hadolint", "ignore"], "hadolint ignore"),
    (&["hadolint", "global", "ignore"], "hadolint global ignore"),
    (&["hadolint", "stage", "ignore"], "hadolint stage ignore"),
    (&["trivy:ignore"], "trivy:ignore"),
    (&["checkov:skip"], "checkov:skip"),
    (&["check=skip"], "check=skip"),
    (&["kics-scan", "ignore"], "kics-scan ignore"),
    (&["nosemgrep"], "nosemgrep"),
];

/// Notes each comment that silences another linter.
pub(super) fn find_ignores(text: &str, comments: &[Span], problems: &mut Vec<Problem>) {
    for span in comments {
        let body = span.of(text).trim_start_matches('#').trim_start();
        let found = PRAGMAS.iter().find(|(words, _)| begins(body, words));
        if let Some((_, name)) = found {
            let kind = match *name {
                "hadolint ignore" => faults::HADOLINT_IGNORE,
                _ => faults::OTHER_IGNORE,
            };
            let message = format!("`{name}` silences a rule here");
            problems.push(Problem::new(kind, *span, message));
        }
    }
}

/// Whether a text begins with the words, whatever spaces are between them.
fn begins(mut text: &str, words: &[&str]) -> bool {
    words.iter().all(|word| {
        let rest = text.trim_start().strip_prefix(word);
        text = rest.unwrap_or_default();
        rest.is_some()
    })
}
