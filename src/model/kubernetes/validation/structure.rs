//! Fields that are in the wrong place, exclude each other, or are gone.

use crate::model::kubernetes::validation::{Field, Violation};
use crate::model::kubernetes::value;

/// A field that its holder does not have. One that is empty sets nothing anywhere, and one that `is_there` already is set where it belongs.
pub(super) fn misplaced(place: &str, is_empty: bool, is_there: bool) -> Violation {
    let help = if is_empty {
        "Remove it; it is empty".to_owned()
    } else if is_there {
        format!("Remove it; {place} sets it")
    } else {
        format!("Move it to {place}")
    };
    Violation::new("misplaced", "is not a field here", help)
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

/// Keys of which a mapping may have one only, at the second.
pub(super) fn exclusive<'t>(
    field: Field<'t>,
    keys: &'static str,
) -> Option<(Field<'t>, Violation)> {
    let tree = field.tree;
    let is_written = |key: &&str| {
        value::child(tree, field.node, key).is_some_and(|node| {
            // A cluster writes an empty text for no value.
            tree.text(node) != Some("")
        })
    };
    let written: Vec<&'static str> = keys.split(' ').filter(is_written).collect();
    let [first, second, ..] = written.as_slice() else {
        return None;
    };
    let violation = Violation::new(
        "exclusive",
        format!("`{first}` and `{second}` exclude each other"),
        format!("either `{first}` or `{second}`"),
    );
    Some((field.child(second)?, violation))
}

/// `rollingUpdate` beside a type of strategy that does not roll.
pub(super) fn strategy<'t>(field: Field<'t>, kind: &str) -> Option<(Field<'t>, Violation)> {
    let tree = field.tree;
    let rolling = field.child("rollingUpdate")?;
    if tree.text_at(field.node, "type") != Some(kind) || !tree.is_mapping(rolling.node) {
        return None;
    }
    let violation = Violation::new(
        "exclusive",
        format!("`rollingUpdate` is not allowed beside `type: {kind}`"),
        format!("`type: {kind}` alone, or `rollingUpdate` with `type: RollingUpdate`"),
    );
    Some((rolling, violation))
}
