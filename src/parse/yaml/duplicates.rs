//! Keys that are twice in a mapping.

use std::collections::hash_map::Entry;

use hullmark_tables::faults;
use rustc_hash::FxHashMap;

use crate::parse::problem::Problem;
use crate::parse::yaml::tree::{NodeId, Tree};

/// How many problems of one file are worth telling.
pub(super) const PROBLEMS: usize = 1_000;

/// How many keys of a mapping are compared with each other before a map of them is made.
const MANY_KEYS: usize = 12;
/// How many names of keys that are here again as a block a message lists.
const NAMES: usize = 4;

/// Reports keys that are here twice; whether there are any, or merge keys, which may be here more than once.
pub(super) fn report(tree: &Tree, pairs: &[(NodeId, NodeId)], problems: &mut Vec<Problem>) -> bool {
    let mut duplicates: Vec<(NodeId, NodeId)> = Vec::new();
    let mut seen: FxHashMap<&str, NodeId> = FxHashMap::default();
    let mut has_merge_key = false;
    for (number, (key, _)) in pairs.iter().enumerate() {
        let Some(name) = tree.text(*key) else {
            continue;
        };
        if name == "<<" {
            has_merge_key = true;
        } else if pairs.len() < MANY_KEYS {
            let mut before = pairs[..number].iter().map(|(other, _)| *other);
            let first = before.find(|other| tree.text(*other) == Some(name));
            duplicates.extend(first.map(|first| (first, *key)));
        } else {
            match seen.entry(name) {
                Entry::Occupied(first) => duplicates.push((*first.get(), *key)),
                Entry::Vacant(entry) => _ = entry.insert(*key),
            }
        }
    }
    let found: Vec<Problem> = if let Some((first, second)) = second_object(tree, &duplicates) {
        vec![of_second_object(tree, first, second)]
    } else if is_repeated_block(pairs, &duplicates) {
        vec![of_block(tree, &duplicates)]
    } else {
        let each = duplicates.iter();
        each.map(|(first, second)| of_key(tree, *first, *second))
            .collect()
    };
    let room = PROBLEMS.saturating_sub(problems.len());
    problems.extend(found.into_iter().take(room));
    has_merge_key || !duplicates.is_empty()
}

/// The first keys of two objects that follow each other with no mark between: both say what they are.
fn second_object(tree: &Tree, duplicates: &[(NodeId, NodeId)]) -> Option<(NodeId, NodeId)> {
    let has = |name: &str| {
        let mut again = duplicates.iter();
        again.any(|(_, second)| tree.text(*second) == Some(name))
    };
    let is_second = has("apiVersion") && has("kind");
    duplicates.first().copied().filter(|_| is_second)
}

/// Whether the keys that are here twice are one block of lines, written or pasted again.
fn is_repeated_block(pairs: &[(NodeId, NodeId)], duplicates: &[(NodeId, NodeId)]) -> bool {
    let place = |key: NodeId| pairs.iter().position(|(other, _)| *other == key);
    let follow = |pair: &[(NodeId, NodeId)]| {
        let next = |key: NodeId| place(key).map(|place| place + 1);
        next(pair[0].0) == place(pair[1].0) && next(pair[0].1) == place(pair[1].1)
    };
    (2..MANY_KEYS).contains(&duplicates.len()) && duplicates.windows(2).all(follow)
}

fn problem(tree: &Tree, (first, second): (NodeId, NodeId), message: String, note: &str) -> Problem {
    let span = |key: NodeId| tree.node(key).span;
    let mut problem = Problem::new(faults::DUPLICATE_KEY, span(second), message);
    problem.related.push((span(first), note.to_owned()));
    problem
}

fn of_second_object(tree: &Tree, first: NodeId, second: NodeId) -> Problem {
    let message = "a second object begins here, and no line `---` is before it".to_owned();
    let mut problem = problem(tree, (first, second), message, "the first object");
    problem.help = Some("Write `---` on a line above it.".into());
    problem
}

fn of_key(tree: &Tree, first: NodeId, second: NodeId) -> Problem {
    let name = tree.text(second).unwrap_or_default().escape_debug();
    let message =
        format!("duplicate key `{name}`; the last one wins, or the parser refuses the file");
    problem(tree, (first, second), message, "first defined here")
}

/// Several keys that follow each other, twice: mostly the item of a list without its `- `.
fn of_block(tree: &Tree, duplicates: &[(NodeId, NodeId)]) -> Problem {
    let names = duplicates.iter().take(NAMES);
    let names = names.filter_map(|(_, second)| tree.text(*second));
    let names: Vec<String> = names
        .map(|name| format!("`{}`", name.escape_debug()))
        .collect();
    let message = format!(
        "duplicate keys {}; the last ones win, or the parser refuses the file",
        names.join(", ")
    );
    let mut problem = problem(tree, duplicates[0], message, "first defined here");
    problem.help = Some(
        "If they are another item of a list, begin it with `- `; else remove them, or merge their values."
            .into(),
    );
    problem
}
