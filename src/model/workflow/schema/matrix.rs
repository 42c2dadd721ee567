//! The matrix: values that stand twice, and exclusions that exclude nothing.

use crate::model::workflow::schema::Check;
use crate::model::workflow::value;
use crate::parse::yaml::tree::{Content, NodeId, Tree};
use hullmark_tables::faults;

/// How many values of an axis are compared with each other, and how deep.
const COMPARED: usize = 256;
const DEPTH: usize = 8;

pub(super) fn validate(check: &mut Check<'_, '_>, matrix: NodeId) {
    let tree = check.tree;
    let axes: Vec<(&str, NodeId)> = tree
        .pairs(matrix)
        .into_iter()
        .filter_map(|(key, values)| Some((tree.text(key)?, values)))
        .filter(|(name, _)| !matches!(*name, "include" | "exclude"))
        .collect();
    for (name, values) in &axes {
        duplicates(check, name, tree.items(*values));
    }
    let Some(exclude) = tree.get(matrix, "exclude") else {
        return;
    };
    if axes.is_empty() && tree.get(matrix, "include").is_none() && !tree.items(exclude).is_empty() {
        let message = "`exclude` excludes from a matrix that has no axis";
        check.problem(faults::EXCLUDE_WITHOUT_MATRIX, exclude, message);
        return;
    }
    for entry in tree.items(exclude).iter().take(COMPARED) {
        for (key, wanted) in tree.pairs(*entry) {
            let Some(name) = tree.text(key) else { continue };
            let found = axes
                .iter()
                .find(|(axis, _)| axis.eq_ignore_ascii_case(name));
            let Some((_, values)) = found else {
                if axes.iter().all(|(axis, _)| !value::is_dynamic(axis))
                    && tree.scalar(matrix).is_none()
                {
                    let message =
                        format!("`exclude` entry matches nothing: the matrix has no axis `{name}`");
                    check.problem(faults::EXCLUDE_UNKNOWN_KEY, wanted, message);
                }
                continue;
            };
            let values = tree.items(*values);
            let is_known = values
                .iter()
                .chain([&wanted])
                .all(|value| value::is_static(tree, *value));
            if !values.is_empty()
                && is_known
                && !values.iter().any(|value| covers(tree, *value, wanted, 0))
            {
                let message = match tree.text(wanted) {
                    Some(text) => {
                        format!("`exclude` entry matches nothing: `{name}` has no value `{text}`")
                    }
                    None => format!("`exclude` entry matches nothing: `{name}` has no such value"),
                };
                check.problem(faults::EXCLUDE_NO_MATCH, wanted, message);
            }
        }
    }
}

fn duplicates(check: &mut Check<'_, '_>, name: &str, values: &[NodeId]) {
    let tree = check.tree;
    for (number, value) in values.iter().enumerate().take(COMPARED) {
        let is_twice = values[..number]
            .iter()
            .any(|earlier| is_same(tree, *earlier, *value, 0));
        if is_twice && value::is_static(tree, *value) {
            let message = format!("axis `{name}` has this value twice");
            check.problem(faults::DUPLICATE_MATRIX_VALUE, *value, message);
        }
    }
}

/// Whether two values are equal.
fn is_same(tree: &Tree, left: NodeId, right: NodeId, depth: usize) -> bool {
    match (tree.content(left), tree.content(right)) {
        _ if depth > DEPTH => false,
        (Content::Scalar(left), Content::Scalar(right)) => left.text.text == right.text.text,
        (Content::Sequence(left), Content::Sequence(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| is_same(tree, *left, *right, depth + 1))
        }
        (Content::Mapping(own), Content::Mapping(other)) => {
            own.len() == other.len() && covers(tree, left, right, depth)
        }
        _ => false,
    }
}

/// Whether a value is the one that is wanted, or an object that has all of what is wanted.
fn covers(tree: &Tree, value: NodeId, wanted: NodeId, depth: usize) -> bool {
    match (tree.content(value), tree.content(wanted)) {
        (Content::Mapping(_), Content::Mapping(pairs)) if depth <= DEPTH => {
            pairs.iter().all(|(key, wanted)| {
                let found = tree.text(*key).and_then(|key| tree.get(value, key));
                found.is_some_and(|found| covers(tree, found, *wanted, depth + 1))
            })
        }
        _ => is_same(tree, value, wanted, depth + 1),
    }
}
