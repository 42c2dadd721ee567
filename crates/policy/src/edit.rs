//! Edits of a text by the bytes that they replace.

use std::ops::Range;

/// One edit: an empty span inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    span: Range<usize>,
    text: String,
}

impl Edit {
    pub(crate) fn new(span: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }

    pub(crate) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::new(at..at, text)
    }
}

/// The text with the edits made. What an edit replaces may hold line ends: as many follow what it puts there, so that every other
/// line keeps its number. An edit that overlaps an earlier one is left out.
pub(crate) fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut edited = String::with_capacity(text.len() + 64 * edits.len());
    let mut done = 0;
    for edit in edits {
        let (Some(kept), Some(replaced)) =
            (text.get(done..edit.span.start), text.get(edit.span.clone()))
        else {
            continue;
        };
        edited.push_str(kept);
        edited.push_str(&edit.text);
        edited.extend(replaced.chars().filter(|c| *c == '\n'));
        done = edit.span.end;
    }
    edited.push_str(text.get(done..).unwrap_or_default());
    edited
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_in_the_order_of_the_text_and_keep_its_lines() {
        let edits = vec![
            Edit::new(8..11, "X"),
            Edit::insert(3, "; y"),
            Edit::new(0..1, "A"),
            Edit::new(9..10, "lost"),
        ];
        assert_eq!(apply("a b\nc d\ne\nf", edits), "A b; y\nc d\nX\n");
    }
}
