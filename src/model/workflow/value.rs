//! Parts of a workflow as values; what an expression will fill in stays out.

use memchr::memchr_iter;

use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{Content, NodeId, Tree};

/// Whether the text holds an expression, so that its value is not known before the run.
pub(super) fn is_dynamic(text: &str) -> bool {
    let text = text.as_bytes();
    memchr_iter(b'$', text).any(|at| text[at..].starts_with(b"${{"))
}

/// How deep a value is looked into for expressions; a deeper one may hold some.
const DEPTH: usize = 8;

/// Whether nothing at or below a node is an expression.
pub(super) fn is_static(tree: &Tree, node: NodeId) -> bool {
    is_static_below(tree, node, 0)
}

fn is_static_below(tree: &Tree, node: NodeId, depth: usize) -> bool {
    let is_static = |node: &NodeId| is_static_below(tree, *node, depth + 1);
    match tree.content(node) {
        _ if depth > DEPTH => false,
        Content::Scalar(scalar) => !is_dynamic(&scalar.text.text),
        Content::Sequence(items) => items.iter().all(is_static),
        Content::Mapping(pairs) => pairs.iter().all(|(_, value)| is_static(value)),
        Content::Alias(_) => false,
    }
}

/// The text of a scalar without expressions.
pub(super) fn known_text(tree: &Tree, node: NodeId) -> Option<&str> {
    let text = tree.text(node)?;
    (!is_dynamic(text) && !is_null(tree, node)).then_some(text)
}

/// Whether a condition without its braces is `false` and no more: what somebody writes who switches a step or a job off.
pub(super) fn is_switch(condition: &str) -> bool {
    condition.eq_ignore_ascii_case("false")
}

/// Whether a scalar says nothing.
pub(super) fn is_null(tree: &Tree, node: NodeId) -> bool {
    tree.scalar(node)
        .is_some_and(|scalar| scalar::github(scalar) == Reading::Null)
}

/// The number that a scalar is.
pub(super) fn number(tree: &Tree, node: NodeId) -> Option<f64> {
    match scalar::github(tree.scalar(node)?) {
        // A timeout that large is as good as any other.
        Reading::Int(number) => i32::try_from(number).ok().map(f64::from),
        Reading::Float(number) => Some(number),
        _ => None,
    }
}

/// The scalars of a mapping, as texts by their keys.
pub(super) fn texts(tree: &Tree, node: Option<NodeId>) -> Vec<(String, &str)> {
    let pairs = node.map(|node| tree.pairs(node)).unwrap_or_default();
    let texts = pairs
        .into_iter()
        .filter_map(|(key, value)| Some((tree.text(key)?.to_owned(), tree.text(value)?)));
    texts.collect()
}

/// One text or a list of them, with the node of each.
pub(super) fn list(tree: &Tree, node: Option<NodeId>) -> Vec<(NodeId, &str)> {
    let Some(node) = node else { return Vec::new() };
    match tree.content(node) {
        Content::Scalar(_) if !is_null(tree, node) => tree
            .text(node)
            .map(|text| (node, text))
            .into_iter()
            .collect(),
        Content::Sequence(items) => items
            .iter()
            .filter_map(|item| Some((*item, tree.text(*item)?)))
            .collect(),
        _ => Vec::new(),
    }
}

/// `defaults.run.shell` of a workflow or a job.
pub(super) fn default_shell(tree: &Tree, node: NodeId) -> Option<&str> {
    known_text(tree, tree.at(node, &["defaults", "run", "shell"])?)
}
