//! One finding of many renderings: what is found at one place by one rule is one fault.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::span::FileSpan;

/// A finding, and the numbers of the renderings that have it.
pub(super) struct Merged {
    pub(super) diagnostic: Box<Diagnostic>,
    pub(super) renderings: BTreeSet<usize>,
}

/// Joins what was found in renderings, in the order of their numbers: of findings of one rule at one place the first stays, or
/// the first that nothing suppresses.
pub(super) fn merge(found: Vec<(usize, Diagnostics)>) -> Vec<Merged> {
    let mut known: BTreeMap<(FileSpan, Arc<str>), usize> = BTreeMap::new();
    let mut merged: Vec<Merged> = Vec::new();
    for (number, diagnostics) in found {
        for diagnostic in diagnostics {
            let key = (diagnostic.primary, Arc::clone(&diagnostic.rule));
            let index = *known.entry(key).or_insert(merged.len());
            let Some(same) = merged.get_mut(index) else {
                merged.push(Merged {
                    diagnostic,
                    renderings: BTreeSet::from([number]),
                });
                continue;
            };
            same.renderings.insert(number);
            let is_open = same.diagnostic.suppressed.is_some() && diagnostic.suppressed.is_none();
            let is_wanted = same.diagnostic.is_minor && !diagnostic.is_minor;
            if is_open || is_wanted {
                same.diagnostic = diagnostic;
            }
        }
    }
    merged
}

/// Ends the message of a finding, and of the family that it may become part of.
pub(super) fn add_note(diagnostic: &mut Diagnostic, note: &str) {
    diagnostic.message.push_str(note);
    if let Some(part) = &mut diagnostic.part {
        part.note = note.into();
    }
}

/// Names in a message: `a`, `a and b`, `a, b and 3 more`.
pub(super) fn names(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn few_names_are_written_out() {
        assert_eq!(names(&["a"]), "a");
        assert_eq!(names(&["a", "b"]), "a and b");
        assert_eq!(names(&["a", "b", "c", "d"]), "a, b and 2 more");
    }
}
