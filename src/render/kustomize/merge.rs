//! Strategic merge patches: mappings merge, lists merge by the keys that the schema names, `$patch` and null take away.

use std::sync::Arc;

use crate::render::kustomize::directive::{
    DIRECTIVE, Directive, Merged, directive_named, replacing,
};
use crate::render::kustomize::list_merge;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::scalar::Tag;
use crate::render::kustomize::schema::{Field, Schema, Type};
use crate::render::kustomize::tree::{Content, Map, Node};

/// The object that a patch makes of `dest`; `None` if it deletes it.
pub fn merge(schema: &Schema, dest: &Arc<Node>, patch: &Arc<Node>) -> Merged {
    let text = |key: &str| {
        dest.get(key)
            .and_then(|node| node.as_str())
            .unwrap_or_default()
    };
    let kind = schema.kind(text("apiVersion"), text("kind"));
    let field = Field {
        inner: kind,
        keys: None,
    };
    walk(schema, Some(dest), Some(patch), &field)
}

/// Merges a value of a patch into the one of the object, of which either may be missing. Trees nest within `tree::DEPTH`.
pub(super) fn walk(
    schema: &Schema,
    dest: Option<&Arc<Node>>,
    patch: Option<&Arc<Node>>,
    field: &Field,
) -> Merged {
    let mut both = [dest, patch].into_iter().flatten();
    let Some(first) = both.find(|node| !node.is_null()) else {
        // A null that was written out stays unless the patch names it.
        let is_written = |node: &&Arc<Node>| node.as_str().is_some_and(|text| !text.is_empty());
        return Ok(dest
            .filter(|node| patch.is_none() && is_written(node))
            .cloned());
    };
    if patch.is_none() && is_settled(schema, first, field) {
        return Ok(Some(first.clone()));
    }
    if let Some(patch) = patch.filter(|patch| !patch.is_null() && !same_shape(first, patch)) {
        let message = format!(
            "patch has {}, the object {}",
            patch.kind_name(),
            first.kind_name()
        );
        return Err(Refusal::new(patch.at, message));
    }
    match &first.content {
        Content::Map(_) => walk_map(schema, dest, patch, field.inner),
        Content::List(_) if field.keys.is_some() => {
            list_merge::walk_list(schema, dest, patch, field, walk)
        }
        _ => Ok(take(dest, patch)),
    }
}

/// Scalars and lists without a key: the patch's counts.
fn take(dest: Option<&Arc<Node>>, patch: Option<&Arc<Node>>) -> Option<Arc<Node>> {
    let Some(patch) = patch else {
        return dest.cloned();
    };
    if let (Some(before), Some(after)) = (dest.and_then(|dest| dest.as_scalar()), patch.as_scalar())
        && before == after
    {
        // A patch that says what was there already changes nothing: the value is still the object's own.
        return dest.cloned().filter(|dest| !dest.is_null());
    }
    (!patch.is_null()).then(|| replacing(patch, dest))
}

fn same_shape(a: &Node, b: &Node) -> bool {
    std::mem::discriminant(&a.content) == std::mem::discriminant(&b.content)
}

/// Whether a value that no patch names stays as it is: merging drops nulls that are not written out, and elements of one key.
fn is_settled(schema: &Schema, node: &Node, field: &Field) -> bool {
    match &node.content {
        Content::Scalar(_) => true,
        Content::List(items) => match &field.keys {
            None => true,
            Some(keys) => list_merge::is_settled(items, keys, |item| {
                let inner = field.inner;
                is_settled(schema, item, &Field { inner, keys: None })
            }),
        },
        Content::Map(map) => map.entries.iter().all(|entry| {
            let is_empty_null = match &entry.value.content {
                Content::Scalar(scalar) => scalar.tag == Tag::Null && scalar.text.is_empty(),
                _ => false,
            };
            let unknown = Field::default();
            let field = schema.field(field.inner, &entry.key).unwrap_or(&unknown);
            !is_empty_null && is_settled(schema, &entry.value, field)
        }),
    }
}

pub(super) fn walk_map(
    schema: &Schema,
    dest: Option<&Arc<Node>>,
    patch: Option<&Arc<Node>>,
    kind: Option<Type>,
) -> Merged {
    let (dest, patch) = match (dest.filter(|dest| !dest.is_null()), patch) {
        (Some(dest), Some(patch)) => (dest, patch),
        (Some(dest), None) => return walk_fields(schema, dest, None, kind),
        (None, Some(patch)) => {
            // What a patch adds is merged with itself, so that its own directives and nulls act.
            let (directive, patch) = directive(patch).unwrap_or((Directive::Merge, patch.clone()));
            return match directive {
                Directive::Delete => Ok(None),
                _ => walk_fields(schema, &patch, Some(&patch), kind),
            };
        }
        (None, None) => return Ok(None),
    };
    if patch.is_null() {
        return Ok(None);
    }
    let is_same = Arc::ptr_eq(dest, patch);
    let (directive, patch) = directive(patch)?;
    match directive {
        Directive::Delete => Ok(None),
        Directive::Replace => {
            let merged = walk_fields(schema, &patch, Some(&patch), kind)?;
            Ok(merged.map(|merged| replacing(&merged, Some(dest))))
        }
        Directive::Merge if is_same => walk_fields(schema, &patch, Some(&patch), kind),
        Directive::Merge => walk_fields(schema, dest, Some(&patch), kind),
    }
}

/// The directive of a mapping in a patch, and the mapping without it.
fn directive(patch: &Arc<Node>) -> Outcome<(Directive, Arc<Node>)> {
    let Some(value) = patch.get(DIRECTIVE) else {
        return Ok((Directive::Merge, patch.clone()));
    };
    let Some(directive) = directive_named(value) else {
        let message = format!(
            "unknown patch directive `{}`",
            value.as_str().unwrap_or_default()
        );
        return Err(Refusal::new(value.at, message));
    };
    let mut stripped = (**patch).clone();
    if let Some(map) = stripped.as_map_mut() {
        map.entries.retain(|entry| &*entry.key != DIRECTIVE);
    }
    Ok((directive, Arc::new(stripped)))
}

/// Merges two mappings key by key; the keys of `dest` keep their order.
fn walk_fields(
    schema: &Schema,
    dest: &Arc<Node>,
    patch: Option<&Arc<Node>>,
    kind: Option<Type>,
) -> Merged {
    let unknown = Field::default();
    let field = |key: &str| schema.field(kind, key).unwrap_or(&unknown);
    let mut merged = Map::default();
    if let Some(map) = dest.as_map() {
        merged.removed.clone_from(&map.removed);
        for entry in &map.entries {
            let key = &entry.key;
            let named = patch.and_then(|patch| patch.as_map()?.entry(key));
            let value = named.map(|named| &named.value);
            match walk(schema, Some(&entry.value), value, field(key))? {
                Some(value) => {
                    let mut entry = entry.clone();
                    entry.value = value;
                    merged.entries.push(entry);
                }
                None => {
                    if let Some(named) =
                        named.filter(|_| !patch.is_some_and(|patch| Arc::ptr_eq(patch, dest)))
                    {
                        merged
                            .removed
                            .push(crate::render::kustomize::tree::Removed {
                                key: key.clone(),
                                by: named.key_at,
                            });
                    }
                }
            }
        }
        for entry in patch
            .and_then(|patch| patch.as_map())
            .into_iter()
            .flat_map(|map| &map.entries)
        {
            if map.get(&entry.key).is_some() {
                continue;
            }
            if let Some(value) = walk(schema, None, Some(&entry.value), field(&entry.key))? {
                merged.insert(&entry.key, entry.key_at, value);
            }
        }
    }
    let mut node = Node::new(Content::Map(merged), dest.at);
    node.was = dest.was;
    Ok(Some(Arc::new(node)))
}
