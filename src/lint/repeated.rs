//! What the files of a project repeat: where a rule says so, its diagnostics with the same message become one, whichever files they are in.
//!
//! It comes after families, on files in the order of their paths, so that the first of them has the diagnostic.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::lint::CheckedFile;
use crate::lint::families::as_member;
use crate::rules::Catalogue;

/// How many further places a diagnostic shows; the number of all is in its message.
const SHOWN: usize = 5;

/// What diagnostics have in common that are one.
type Subject = (Arc<str>, Severity, String);

/// Folds the diagnostics of a project. `is_apart` says of a rule's number and a path whether its diagnostics there stay as they are.
pub(super) fn fold(
    catalogue: &Catalogue,
    is_apart: &dyn Fn(usize, &str) -> bool,
    files: &mut [CheckedFile],
) {
    let mut firsts: FxHashMap<Subject, (usize, usize)> = FxHashMap::default();
    let mut repeated: FxHashMap<(usize, usize), Diagnostics> = FxHashMap::default();
    for (number, file) in files.iter_mut().enumerate() {
        let path = Arc::clone(&file.analysis.source.path);
        let is_folded = |diagnostic: &Diagnostic| {
            let rule = catalogue.rule(&diagnostic.rule);
            diagnostic.suppressed.is_none()
                && rule.is_some_and(|rule| rule.is_across_files)
                && catalogue
                    .number(&diagnostic.rule)
                    .is_some_and(|number| !is_apart(number, &path))
        };
        if !file
            .diagnostics
            .iter()
            .any(|diagnostic| is_folded(diagnostic))
        {
            continue;
        }
        file.diagnostics
            .sort_by_key(|diagnostic| diagnostic.primary.span.start);
        let mut kept = Vec::with_capacity(file.diagnostics.len());
        for diagnostic in file.diagnostics.drain(..) {
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
                firsts.insert(subject, (number, kept.len()));
                kept.push(diagnostic);
            }
        }
        file.diagnostics = kept;
    }
    for ((file, position), others) in repeated {
        let first = files.get_mut(file);
        if let Some(first) = first.and_then(|file| file.diagnostics.get_mut(position)) {
            join(first, &others);
        }
    }
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
