//! What the files of a project repeat: where a rule says so, its diagnostics with the same message become one, whichever files they are in.
//!
//! It comes last, on what is shown, in the order of files: the first of them has the diagnostic, and none that is left out takes others along.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::lint::Outcome;
use crate::lint::families::as_member;
use crate::rules::Catalogue;

/// How many further places a diagnostic shows; the number of all is in its message.
const SHOWN: usize = 5;

/// What diagnostics have in common that are one.
type Subject = (Arc<str>, Severity, String);

/// Folds the diagnostics of a project. `is_apart` says of a diagnostic and its file's path whether it stays as it is.
pub fn fold(
    outcome: &mut Outcome,
    catalogue: &Catalogue,
    is_apart: &dyn Fn(&Diagnostic, &str) -> bool,
) {
    let sources = &outcome.sources;
    let is_folded = |diagnostic: &Diagnostic| {
        let rule = catalogue.rule(&diagnostic.rule);
        let path = sources.get(&diagnostic.primary.file);
        diagnostic.suppressed.is_none()
            && rule.is_some_and(|rule| rule.is_across_files)
            && path.is_some_and(|source| !is_apart(diagnostic, &source.path))
    };
    let mut firsts: FxHashMap<Subject, usize> = FxHashMap::default();
    let mut repeated: FxHashMap<usize, Diagnostics> = FxHashMap::default();
    let mut kept: Diagnostics = Vec::with_capacity(outcome.diagnostics.len());
    for diagnostic in std::mem::take(&mut outcome.diagnostics) {
        if !is_folded(&diagnostic) {
            kept.push(diagnostic);
            continue;
        }
        let subject = (
            Arc::clone(&diagnostic.rule),
            diagnostic.severity,
            diagnostic.message.clone(),
        );
        if let Some(first) = firsts.get(&subject) {
            repeated.entry(*first).or_default().push(diagnostic);
        } else {
            firsts.insert(subject, kept.len());
            kept.push(diagnostic);
        }
    }
    for (position, others) in repeated {
        if let Some(first) = kept.get_mut(position) {
            join(first, &others);
        }
    }
    outcome.diagnostics = kept;
}

/// Makes one diagnostic of the first and the others.
fn join(first: &mut Diagnostic, others: &[Box<Diagnostic>]) {
    let mut others: Vec<&Diagnostic> = others.iter().map(AsRef::as_ref).collect();
    // Copies of one place, as several renderings have them, are no repetition.
    others.retain(|other| other.primary != first.primary);
    if others.is_empty() {
        return;
    }
    let own = as_member(first);
    first.message = format!("{} (and {} more)", first.message, others.len());
    let shown = others.iter().take(SHOWN);
    first.related.extend(shown.map(|other| Label {
        at: other.primary,
        message: "here too".to_owned(),
    }));
    let members = others.into_iter().map(as_member);
    first.members = std::iter::once(own).chain(members).collect();
}
