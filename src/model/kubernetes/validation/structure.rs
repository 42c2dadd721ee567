//! Fields that are in the wrong place, exclude each other, or are gone.

use crate::model::kubernetes::validation::{Field, Violation};
use crate::model::kubernetes::value;

/// A field that its holder does not have.
pub(super) fn misplaced(place: &str) -> Violation {
    Violation::new("misplaced", "is not a field here", place)
}

/// A field that no supported release serves: `1.26: what to do`.
pub(super) fn gone(takes: &str) -> Violation {
    let (release, instead) = takes.split_once(": ").unwrap_or((takes, ""));
    let mut letters = instead.chars();
    let instead: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    Violation::new("gone", release, instead)
}

/// Keys of which a mapping may have one only.
pub(super) fn exclusive(field: Field<'_>, keys: &str) -> Option<Violation> {
    let tree = field.tree;
    let is_written = |key: &&str| {
        value::child(tree, field.node, key).is_some_and(|node| {
            // A cluster writes an empty text for no value.
            tree.text(node) != Some("")
        })
    };
    let written: Vec<&str> = keys.split(' ').filter(is_written).collect();
    let [first, second, ..] = written.as_slice() else {
        return None;
    };
    Some(Violation::new(
        "exclusive",
        format!("`{first}` and `{second}` exclude each other"),
        format!("`{first}` or `{second}`"),
    ))
}

/// `rollingUpdate` beside a type of strategy that does not roll.
pub(super) fn strategy(field: Field<'_>, kind: &str) -> Option<Violation> {
    let tree = field.tree;
    let is_kind = tree.text_at(field.node, "type") == Some(kind);
    let rolling = value::child(tree, field.node, "rollingUpdate")?;
    // A cluster writes the last empty mapping out as well.
    is_kind.then(|| tree.is_mapping(rolling)).filter(|is_mapping| *is_mapping)?;
    Some(Violation::new(
        "exclusive",
        format!("`rollingUpdate` is not allowed beside `type: {kind}`"),
        format!("`type: {kind}` alone, or `type: RollingUpdate` with `rollingUpdate`"),
    ))
}
