//! What a finding is about in words that a change around it leaves alone: names stay, numbers of neighbours do not.

use std::fmt::Write as _;

use crate::sources::Kind;

/// How many bytes of the text at a place count.
const LONGEST: usize = 1_000;

/// A stage of a Dockerfile, whichever.
const STAGE: &str = "stage[]";

/// The place of a finding without the numbers that change when a neighbour is added, moved or renamed. What is told from its neighbours by such a
/// number alone is told from them by its own `text`.
///
/// `spec/containers[name=app]/image` stays what it is; `stage[0]/RUN[3]/command[1]` becomes `stage[]/RUN[]/command[]` and the command. Names of stages and
/// of steps are for their readers, and a file may number those that have none: they do not count either.
pub(super) fn identity(kind: Kind, place: &str, text: &str) -> String {
    let has_names = matches!(kind, Kind::Kubernetes | Kind::Compose);
    let mut found = String::with_capacity(place.len());
    let mut is_numbered = false;
    let mut rest = place;
    while let Some(start) = rest.find(['[', '/']) {
        let (before, from) = rest.split_at(start);
        found.push_str(before);
        let inner = from.strip_prefix('[').and_then(|inner| {
            let end = inner.find(']')?;
            Some((&inner[..end], &inner[end + 1..]))
        });
        if let Some((_, after)) = inner.filter(|(label, _)| !has_names || is_number(label)) {
            is_numbered = true;
            found.push_str("[]");
            rest = after;
        } else if let Some(after) = from.strip_prefix('/').and_then(numbered_part) {
            is_numbered = true;
            found.push_str("/[]");
            rest = after;
        } else {
            let next = from.chars().next().map_or(0, char::len_utf8);
            found.push_str(&from[..next]);
            rest = &from[next..];
        }
    }
    found.push_str(rest);
    // What is said of a stage as a whole does not depend on the image that it builds on.
    if is_numbered && found != STAGE {
        for word in clipped(text).split_whitespace() {
            // Writing to a String does not fail.
            let _ = write!(found, " {word}");
        }
    }
    found
}

fn is_number(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit())
}

/// What follows a part of a path that is a number.
fn numbered_part(path: &str) -> Option<&str> {
    let end = path.find(['/', '[']).unwrap_or(path.len());
    let (part, after) = path.split_at(end);
    (!part.is_empty() && is_number(part)).then_some(after)
}

/// The beginning of a text, up to [`LONGEST`] bytes.
fn clipped(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_labels_of_neighbours_are_no_part_of_an_identity() {
        for (kind, place, expected) in [
            (
                Kind::Kubernetes,
                "Pod/a/spec/containers[name=app]/image",
                "Pod/a/spec/containers[name=app]/image",
            ),
            (
                Kind::Kubernetes,
                "Pod/a/spec/containers[name=app]/ports[0]/hostPort",
                "Pod/a/spec/containers[name=app]/ports[]/hostPort x y",
            ),
            (Kind::Kubernetes, "args/2", "args/[] x y"),
            (
                Kind::Workflow,
                "jobs/a/steps[name=Test]/run/command[3]",
                "jobs/a/steps[]/run/command[] x y",
            ),
            (Kind::Dockerfile, "stage[build]/RUN[1]", "stage[]/RUN[] x y"),
            (Kind::Dockerfile, "stage[build]", "stage[]"),
            (Kind::Dockerfile, "stage[0]/base", "stage[]/base x y"),
            (Kind::Dockerfile, "a[b", "a[b"),
        ] {
            assert_eq!(identity(kind, place, " x\n  y "), expected, "{place}");
        }
    }

    #[test]
    fn a_long_text_counts_by_its_beginning() {
        let text = "ä".repeat(LONGEST);
        assert!(identity(Kind::Dockerfile, "a[0]", &text).len() <= LONGEST + 6);
    }
}
