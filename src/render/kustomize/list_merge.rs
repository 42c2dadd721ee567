//! Lists that merge by key: the patch's elements come first, in the patch's order, then what is left of the object's.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::render::kustomize::directive::{
    DIRECTIVE, Directive, Merged, directive_named, replacing,
};
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::schema::{Field, Schema};
use crate::render::kustomize::tree::{Content, Node};

/// How many elements a list that merges by key may have.
const ELEMENTS: usize = 2_000;

/// The values that an element has for the keys; one that it lacks is empty.
type Values = Vec<Arc<str>>;

/// Merges an element of a patch into one of the object, of which either may be missing.
pub(super) type MergeElement =
    fn(&Schema, Option<&Arc<Node>>, Option<&Arc<Node>>, &Field) -> Merged;

/// Merges a patch's list into the object's, element by element.
pub(super) fn walk_list(
    schema: &Schema,
    dest: Option<&Arc<Node>>,
    patch: Option<&Arc<Node>>,
    field: &Field,
    merge_element: MergeElement,
) -> Merged {
    let present = dest.filter(|dest| !dest.is_null());
    let (base, patch, shape) = match (present, patch) {
        // What a patch adds is merged with itself, so that its elements' own directives act.
        (None, Some(patch)) => (patch.clone(), Some(patch.clone()), patch),
        (Some(dest), None) => (dest.clone(), None, dest),
        (None, None) => return Ok(None),
        (Some(_), Some(patch)) if patch.is_null() => return Ok(None),
        (Some(dest), Some(patch)) => match list_directive(patch)? {
            (Directive::Delete, _) => return Ok(None),
            (Directive::Replace, items) => {
                let items = replacing(&items, Some(dest));
                (items.clone(), Some(items), patch)
            }
            (Directive::Merge, items) => (dest.clone(), Some(items), dest),
        },
    };
    let items = |node: &Arc<Node>| node.as_list().unwrap_or_default().to_vec();
    let (base_items, patch_items) = (items(&base), patch.as_ref().map(items).unwrap_or_default());
    if base_items.len().max(patch_items.len()) > ELEMENTS {
        let message = format!("list that merges by key has more than {ELEMENTS} elements");
        return Err(Refusal::new(shape.at, message));
    }
    let keys = field.keys.as_deref().unwrap_or_default();
    let keys: Vec<&str> = match keys {
        [] => vec![""],
        keys => keys.iter().map(String::as_str).collect(),
    };
    let lists = Lists {
        schema,
        field,
        keys,
        patch: patch_items,
        merge_element,
    };
    let merged = lists.merge(base_items)?;
    let mut node = Node::new(Content::List(merged), base.at);
    node.was = base.was;
    Ok(Some(Arc::new(node)))
}

/// Whether merging leaves the elements as they are: each has its key, and no two the same.
pub(super) fn is_settled(
    items: &[Arc<Node>],
    keys: &[String],
    inner: impl Fn(&Node) -> bool,
) -> bool {
    let mut seen = FxHashSet::default();
    items.iter().all(|item| {
        let first = text_of(item, keys.first().map_or("", String::as_str));
        !first.is_empty() && !item.is_empty() && seen.insert(first) && inner(item)
    })
}

/// What an element `$patch: …` asks of its list, and the list without it.
fn list_directive(patch: &Arc<Node>) -> Outcome<(Directive, Arc<Node>)> {
    let items = patch.as_list().unwrap_or_default();
    let first = items.iter().find(|item| item.get(DIRECTIVE).is_some());
    let value = first.and_then(|item| {
        let is_alone = item.as_map().is_some_and(|map| map.entries.len() == 1);
        item.get(DIRECTIVE).filter(|_| is_alone)
    });
    let Some(value) = value else {
        return Ok((Directive::Merge, patch.clone()));
    };
    let Some(directive) = directive_named(value) else {
        let message = format!(
            "unknown patch directive `{}`",
            value.as_str().unwrap_or_default()
        );
        return Err(Refusal::new(value.at, message));
    };
    let is_directive =
        |item: &Arc<Node>| item.get(DIRECTIVE).and_then(|node| node.as_str()) == value.as_str();
    let kept = items
        .iter()
        .filter(|item| !is_directive(item))
        .cloned()
        .collect();
    let mut node = (**patch).clone();
    node.content = Content::List(kept);
    Ok((directive, Arc::new(node)))
}

struct Lists<'s> {
    schema: &'s Schema,
    field: &'s Field,
    /// The merge keys; one empty key for a list of scalars.
    keys: Vec<&'s str>,
    patch: Vec<Arc<Node>>,
    merge_element: MergeElement,
}

impl Lists<'_> {
    fn merge(&self, mut dest: Vec<Arc<Node>>) -> Outcome<Vec<Arc<Node>>> {
        let all = self.values(&dest);
        let mut added: Vec<Arc<Node>> = Vec::new();
        let inner = Field {
            inner: self.field.inner,
            keys: None,
        };
        let mut last_keys: Vec<&str> = Vec::new();
        for values in &all {
            let (keys, values) = usable(&all, values, &self.keys);
            let (own_keys, own_values) = usable(std::slice::from_ref(&values), &values, &keys);
            let find = |list: &[Arc<Node>]| find(list, &own_keys, &own_values);
            let (index, patch) = (find(&dest), find(&self.patch).map(|at| &self.patch[at]));
            let of_dest = index.map(|at| &dest[at]);
            let merged = (self.merge_element)(self.schema, of_dest, patch, &inner)?;
            match merged.filter(|merged| !merged.is_empty()) {
                None => dest = set(dest, &keys, &values, None),
                Some(merged) => {
                    let merged = with_keys(merged, &keys, &values);
                    added = set(added, &keys, &values, Some(&merged));
                    // An element that `$patch: replace` stands in is put back as it was, as kustomize does.
                    let is_replaced = patch.is_some_and(|patch| patch.get(DIRECTIVE).is_some());
                    if let Some(at) = index.filter(|_| !is_replaced) {
                        dest[at] = merged;
                    }
                }
            }
            last_keys = keys;
        }
        if all.is_empty() {
            return Ok(dest);
        }
        Ok(append(added, dest, &last_keys))
    }

    /// The key values of all elements, the patch's first, each once.
    fn values(&self, dest: &[Arc<Node>]) -> Vec<Values> {
        let mut all: Vec<Values> = Vec::new();
        let mut seen = FxHashSet::default();
        for item in self.patch.iter().chain(dest) {
            let values: Values = self
                .keys
                .iter()
                .map(|key| Arc::from(text_of(item, key)))
                .collect();
            if seen.insert(values.clone()) {
                all.push(values);
            }
        }
        if self.keys.len() > 1 {
            join(&mut all);
        }
        all
    }
}

/// The text of an element's key; of the element itself for the empty key.
fn text_of<'n>(item: &'n Node, key: &str) -> &'n str {
    if key.is_empty() {
        return item.as_str().unwrap_or_default();
    }
    let value = item.get(key).filter(|value| !value.is_null());
    value.and_then(|value| value.as_str()).unwrap_or_default()
}

/// Elements of several keys that agree where both have a value, and in one at least, count as the same.
fn join(all: &mut [Values]) {
    for i in 0..all.len() {
        for j in 0..all.len() {
            let pairs = || all[i].iter().zip(&all[j]);
            let agrees = pairs().all(|(a, b)| a == b || a.is_empty() || b.is_empty());
            if agrees && pairs().any(|(a, b)| a == b) {
                let joined: Values = pairs()
                    .map(|(a, b)| if a.is_empty() { b.clone() } else { a.clone() })
                    .collect();
                all[i].clone_from(&joined);
                all[j] = joined;
            }
        }
    }
}

/// The keys that some element has a value for, with this element's values; all keys if there is none.
fn usable<'k>(all: &[Values], values: &Values, keys: &[&'k str]) -> (Vec<&'k str>, Values) {
    let is_used = |index: usize| {
        all.iter()
            .any(|values| values.get(index).is_some_and(|value| !value.is_empty()))
    };
    let used: Vec<bool> = (0..keys.len()).map(is_used).collect();
    if !used.contains(&true) {
        return (keys.to_vec(), values.clone());
    }
    let kept = || {
        used.iter()
            .enumerate()
            .filter(|(_, used)| **used)
            .map(|(index, _)| index)
    };
    (
        kept().map(|index| keys[index]).collect(),
        kept()
            .filter_map(|index| values.get(index).cloned())
            .collect(),
    )
}

/// The first element that has exactly these values.
fn find(list: &[Arc<Node>], keys: &[&str], values: &Values) -> Option<usize> {
    let is_it = |item: &Arc<Node>| {
        keys.iter().zip(values).all(|(key, value)| {
            let text = if key.is_empty() {
                item.as_str()
            } else {
                item.get(key).and_then(|node| node.as_str())
            };
            text == Some(&**value)
        })
    };
    list.iter().position(is_it)
}

/// Puts `element` in the place of all that match, or at the end; without one, those that match are dropped.
/// An empty value matches any element that has the key.
fn set(
    list: Vec<Arc<Node>>,
    keys: &[&str],
    values: &[Arc<str>],
    element: Option<&Arc<Node>>,
) -> Vec<Arc<Node>> {
    if values.is_empty() {
        // An element without any key takes the place of all, as in kustomize.
        return element.cloned().into_iter().collect();
    }
    let mut is_there = false;
    let mut kept = Vec::with_capacity(list.len() + 1);
    for item in list {
        if item.is_null() || item.as_map().is_some_and(|map| map.entries.is_empty()) {
            continue;
        }
        let is_it = keys
            .iter()
            .zip(values)
            .all(|(key, value)| matches(&item, key, value));
        if !is_it {
            kept.push(item);
            continue;
        }
        is_there = true;
        kept.extend(element.cloned());
    }
    if !is_there {
        kept.extend(element.cloned());
    }
    kept
}

fn matches(item: &Node, key: &str, value: &str) -> bool {
    if key.is_empty() {
        return item.as_str() == Some(value);
    }
    let found = item.get(key);
    found.is_some_and(|found| value.is_empty() || found.as_str() == Some(value))
}

/// The merged element with the keys by which it was found.
fn with_keys(merged: Arc<Node>, keys: &[&str], values: &[Arc<str>]) -> Arc<Node> {
    let lacks = |key: &str, value: &str| {
        !value.is_empty() && merged.as_map().is_some_and(|map| map.get(key).is_none())
    };
    let lacking: Vec<_> = keys
        .iter()
        .zip(values)
        .filter(|(key, value)| lacks(key, value))
        .collect();
    if lacking.is_empty() {
        return merged;
    }
    let mut node = (*merged).clone();
    let at = node.at;
    if let Some(map) = node.as_map_mut() {
        for (key, value) in lacking {
            map.insert(key, at, Arc::new(Node::plain(value.clone(), at)));
        }
    }
    Arc::new(node)
}

/// Adds the object's elements behind the patch's; what has all its keys takes the place of what matches it.
fn append(mut added: Vec<Arc<Node>>, dest: Vec<Arc<Node>>, keys: &[&str]) -> Vec<Arc<Node>> {
    for item in dest {
        if keys == [""] {
            let value = [Arc::from(item.as_str().unwrap_or_default())];
            added = set(added, keys, &value, Some(&item));
            continue;
        }
        let mut values: Vec<Arc<str>> = Vec::new();
        for key in keys {
            match item.get(key).filter(|value| !value.is_null()) {
                Some(value) => values.push(Arc::from(value.as_str().unwrap_or_default())),
                None => added.push(item.clone()),
            }
        }
        if keys.len() > 1 {
            added = set(added, keys, &values, None);
        }
        added = set(added, keys, &values, Some(&item));
    }
    added
}
