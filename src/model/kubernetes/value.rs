//! Parts of a manifest as values, read as `kubectl` reads them; what a template or a variable will fill in stays out.

use hullmark_tables::{ColumnOf, Map, RowKind, Text};

use crate::model::FileTables;
use crate::model::row::{Field, RowBuilder};
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{Content, NodeId, Tree};

/// How deep a value may nest.
const DEPTH: usize = 24;

/// What begins each value that SOPS encrypted.
const ENCRYPTED: &str = "ENC[AES256_GCM,";

/// Whether text is filled in before the cluster sees it: by Helm, `envsubst`, or a variable of the container; or encrypted, by SOPS.
pub(super) fn is_templated(text: &str) -> bool {
    if is_encrypted(text) {
        return true;
    }
    let bytes = text.as_bytes();
    if let [b'$', first, ..] = bytes
        && (first.is_ascii_uppercase() || *first == b'_')
    {
        return true;
    }
    let is_later = |pair: &[u8]| matches!(pair, b"{{" | b"${" | b"$(");
    bytes.windows(2).any(is_later) || is_in_parentheses(text)
}

/// Whether SOPS encrypted the text.
pub(super) fn is_encrypted(text: &str) -> bool {
    text.starts_with(ENCRYPTED)
}

/// Whether a name in double parentheses is in a text, as BOSH and Concourse fill in: `alertmanager-((NAME))`.
fn is_in_parentheses(text: &str) -> bool {
    let inner = text
        .split_once("((")
        .and_then(|(_, rest)| rest.split_once("))"));
    inner.is_some_and(|(name, _)| {
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./:".contains(&byte);
        !name.is_empty() && name.bytes().all(is_sign)
    })
}

/// Whether the value is unknown: a template's tag, as text or as the flow mapping that `{{ x }}` is to YAML.
pub(super) fn is_unknown(tree: &Tree, node: NodeId) -> bool {
    match tree.content(node) {
        Content::Scalar(scalar) => is_templated(&scalar.text.text) || tree.is_made_later(node),
        Content::Mapping(pairs) => match pairs.as_slice() {
            [(key, value)] => {
                (tree.is_mapping(*key) && tree.text(*value) == Some(""))
                    || is_bare_key(tree, *key, *value)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether nothing is written behind a key, not even a colon: `{name}`, which a program fills in.
fn is_bare_key(tree: &Tree, key: NodeId, value: NodeId) -> bool {
    let (key, value) = (tree.node(key).span, tree.node(value).span);
    value.start == key.end && value.start == value.end
}

/// The text of a scalar, if it is known.
pub(super) fn known_text(tree: &Tree, node: NodeId) -> Option<&str> {
    let scalar = tree.scalar(node)?;
    let text = scalar.text.text.as_str();
    let is_known = !is_templated(text) && !tree.is_made_later(node);
    (is_known && scalar::kubernetes(scalar) != Reading::Null).then_some(text)
}

/// Whether a scalar says nothing.
pub(super) fn is_null(tree: &Tree, node: NodeId) -> bool {
    tree.scalar(node)
        .is_some_and(|scalar| scalar::kubernetes(scalar) == Reading::Null)
}

/// Whether a value says nothing, so that nothing is lost with it: a null, an empty mapping, an empty list.
pub(super) fn is_empty(tree: &Tree, node: NodeId) -> bool {
    match tree.content(node) {
        Content::Mapping(pairs) => pairs.is_empty(),
        Content::Sequence(items) => items.is_empty(),
        Content::Scalar(_) => is_null(tree, node) && !tree.is_made_later(node),
        Content::Alias(_) => false,
    }
}

/// The child, if it says anything.
pub(super) fn child(tree: &Tree, node: NodeId, name: &str) -> Option<NodeId> {
    tree.get(node, name).filter(|child| !is_null(tree, *child))
}

/// Whether a child is known to be true.
pub(super) fn is_true(tree: &Tree, node: NodeId, name: &str) -> bool {
    flag(tree, node, name) == Some(true)
}

/// Whether a child is known to be false.
pub(super) fn is_false(tree: &Tree, node: NodeId, name: &str) -> bool {
    flag(tree, node, name) == Some(false)
}

fn flag(tree: &Tree, node: NodeId, name: &str) -> Option<bool> {
    match scalar::kubernetes(tree.scalar(tree.get(node, name)?)?) {
        Reading::Bool(flag) => Some(flag),
        _ => None,
    }
}

/// The value as a rule sees it; `None` for what is null or unknown.
pub(super) fn value(tree: &Tree, node: NodeId) -> Option<Field> {
    nested(tree, node, &[], 0)
}

/// The same without some keys of the mapping itself.
pub(super) fn value_without(tree: &Tree, node: NodeId, without: &[&str]) -> Option<Field> {
    nested(tree, node, without, 0)
}

fn nested(tree: &Tree, node: NodeId, without: &[&str], depth: usize) -> Option<Field> {
    if depth > DEPTH || is_unknown(tree, node) {
        return None;
    }
    match tree.content(node) {
        Content::Scalar(scalar) => match scalar::kubernetes(scalar) {
            Reading::Null => None,
            Reading::Bool(flag) => Some(Field::Flag(flag)),
            Reading::Int(number) => Some(Field::Number(number)),
            Reading::Float(_) | Reading::Text => Some(Field::from(scalar.text.text.as_str())),
        },
        Content::Sequence(items) => {
            let items = items
                .iter()
                .filter_map(|item| nested(tree, *item, &[], depth + 1));
            Some(Field::List(items.collect()))
        }
        Content::Mapping(_) => Some(Field::Map(pairs(tree, node, without, depth).into())),
        Content::Alias(_) => None,
    }
}

fn pairs(tree: &Tree, node: NodeId, without: &[&str], depth: usize) -> Vec<(String, Field)> {
    let pairs = tree.pairs(node).into_iter();
    let known = pairs.filter_map(|(key, value)| {
        let key = tree.text(key).filter(|key| !without.contains(key))?;
        Some((key.to_owned(), nested(tree, value, &[], depth + 1)?))
    });
    known.collect()
}

/// The items of a list as they are written, each with its place.
pub(super) fn located_items(
    tables: &mut FileTables,
    tree: &Tree,
    list: Option<NodeId>,
) -> Vec<Field> {
    let items = list.map(|list| tree.items(list)).unwrap_or_default();
    let mappings = items.iter().filter(|item| tree.is_mapping(**item));
    mappings
        .map(|item| {
            let mut pairs = pairs(tree, *item, &[], 0);
            pairs.push(("at".to_owned(), Field::Ref(tables.node(*item))));
            Field::Map(pairs.into())
        })
        .collect()
}

/// Labels, annotations, selectors: texts by name, numbers and flags as they are written.
pub(super) fn texts(tree: &Tree, node: Option<NodeId>) -> Vec<(&str, &str)> {
    let pairs = node.map(|node| tree.pairs(node)).unwrap_or_default();
    let known = pairs
        .into_iter()
        .filter_map(|(key, value)| Some((tree.text(key)?, tree.text(value)?)));
    known
        .filter(|(key, value)| !is_templated(key) && !is_templated(value))
        .collect()
}

/// Whether every pair of a mapping of texts is known.
pub(super) fn is_known(tree: &Tree, node: Option<NodeId>) -> bool {
    let Some(node) = node else { return true };
    if is_unknown(tree, node) {
        return false;
    }
    tree.pairs(node).iter().all(|(key, value)| {
        tree.text(*key).is_some_and(|key| !is_templated(key)) && !is_unknown(tree, *value)
    })
}

/// Sets a field of a row to a mapping of texts.
pub(super) fn set_texts<R: RowKind>(
    row: RowBuilder<R>,
    column: ColumnOf<R, Map<Text>>,
    texts: &[(&str, &str)],
) -> RowBuilder<R> {
    let pairs = texts.iter();
    row.map(
        column,
        pairs.map(|(key, value)| ((*key).to_owned(), *value)),
    )
}

/// `key=value` of each pair, to look a workload up by its labels.
pub(super) fn pair_texts(texts: &[(&str, &str)]) -> Vec<String> {
    let pairs = texts.iter();
    pairs.map(|(key, value)| format!("{key}={value}")).collect()
}
