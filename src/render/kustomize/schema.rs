//! Which lists of which kinds a strategic merge patch merges by key.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::tree::Node;

/// The built-in kinds.
const TABLE: &str = include_str!("../../../data/kustomize/merge-keys.tsv");
/// How deep the definitions of a schema file may nest.
const DEPTH: usize = 64;
/// How many fields of a schema file are kept.
const FIELDS: usize = 200_000;

/// The number of a type.
pub type Type = usize;

/// What is known of a field.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// The type of its value, or of an element of a list.
    pub inner: Option<Type>,
    /// The keys by which its elements are merged; empty for a list of scalars, `None` if it is replaced.
    pub keys: Option<Vec<String>>,
}

/// Types and their fields.
#[derive(Debug, Default)]
pub struct Schema {
    kinds: FxHashMap<String, Type>,
    types: Vec<FxHashMap<String, Field>>,
}

impl Schema {
    /// The type of objects of a kind.
    pub fn kind(&self, api_version: &str, kind: &str) -> Option<Type> {
        self.kinds.get(&format!("{api_version}/{kind}")).copied()
    }

    /// What is known of a field of a type.
    pub fn field(&self, of: Option<Type>, name: &str) -> Option<&Field> {
        self.types.get(of?)?.get(name)
    }
}

/// The schema of the built-in kinds.
pub fn builtin() -> Arc<Schema> {
    static SCHEMA: LazyLock<Arc<Schema>> = LazyLock::new(|| {
        let mut schema = Schema::default();
        let mut numbers: FxHashMap<&str, Type> = FxHashMap::default();
        for row in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = row.split('\t').collect();
            let mut number = |name: &'static str| {
                *numbers.entry(name).or_insert_with(|| {
                    schema.types.push(FxHashMap::default());
                    schema.types.len() - 1
                })
            };
            match columns[..] {
                ["kind", api_version, kind, name] => {
                    let number = number(name);
                    schema.kinds.insert(format!("{api_version}/{kind}"), number);
                }
                ["field", of, name, inner] => {
                    let (of, inner) = (number(of), Some(number(inner)));
                    let keys = None;
                    schema.types[of].insert(name.to_owned(), Field { inner, keys });
                }
                ["list", of, name, inner, keys] => {
                    let of = number(of);
                    let inner = (inner != "-").then(|| number(inner));
                    let keys = keys.split(',').filter(|key| *key != "-");
                    let keys = Some(keys.map(str::to_owned).collect());
                    schema.types[of].insert(name.to_owned(), Field { inner, keys });
                }
                _ => {}
            }
        }
        Arc::new(schema)
    });
    SCHEMA.clone()
}

/// The schema that a document of definitions has; it takes the place of the built-in one.
pub fn read(document: &Node) -> Outcome<Schema> {
    let mut schema = Schema::default();
    let definitions = document.get("definitions").and_then(|node| node.as_map());
    let Some(definitions) = definitions else {
        return Err(Refusal::new(document.at, "schema has no `definitions`"));
    };
    let mut numbers = FxHashMap::default();
    for entry in &definitions.entries {
        schema.types.push(FxHashMap::default());
        numbers.insert(entry.key.to_string(), schema.types.len() - 1);
    }
    let mut open: Vec<(Type, &Node, usize)> = Vec::new();
    for (number, entry) in definitions.entries.iter().enumerate() {
        open.push((number, &entry.value, 0));
        let kinds = entry.value.get("x-kubernetes-group-version-kind");
        for kind in kinds.and_then(|kinds| kinds.as_list()).unwrap_or_default() {
            let text = |key: &str| {
                kind.get(key)
                    .and_then(|node| node.as_str())
                    .unwrap_or_default()
            };
            let (group, version) = (text("group"), text("version"));
            let slash = if group.is_empty() { "" } else { "/" };
            let name = format!("{group}{slash}{version}/{}", text("kind"));
            schema.kinds.insert(name, number);
        }
    }
    let mut fields = 0;
    while let Some((of, node, depth)) = open.pop() {
        let properties = node.get("properties").and_then(|node| node.as_map());
        for entry in properties.into_iter().flat_map(|map| &map.entries) {
            fields += 1;
            if depth > DEPTH || fields > FIELDS {
                return Err(Refusal::new(entry.key_at, "schema is too large"));
            }
            let (inner, nested) = inner_of(&entry.value, &numbers, schema.types.len());
            if let Some(nested) = nested {
                schema.types.push(FxHashMap::default());
                open.push((schema.types.len() - 1, nested, depth + 1));
            }
            let keys = merge_keys(&entry.value);
            schema.types[of].insert(entry.key.to_string(), Field { inner, keys });
        }
    }
    Ok(schema)
}

/// The type that a property's value or elements have: a definition's, or a new one for what is written in place.
fn inner_of<'n>(
    property: &'n Node,
    numbers: &FxHashMap<String, Type>,
    next: Type,
) -> (Option<Type>, Option<&'n Node>) {
    let property = property.get("items").map_or(property, |items| &**items);
    if let Some(name) = property.get("$ref").and_then(|node| node.as_str()) {
        let name = name.rsplit('/').next().unwrap_or(name);
        return (numbers.get(name).copied(), None);
    }
    match property.get("properties") {
        Some(_) => (Some(next), Some(property)),
        None => (None, None),
    }
}

fn merge_keys(property: &Node) -> Option<Vec<String>> {
    let text = |node: &Node| node.as_str().unwrap_or_default().to_owned();
    let strategy = property.get("x-kubernetes-patch-strategy")?;
    if !strategy.as_str()?.split(',').any(|word| word == "merge") {
        return None;
    }
    let listed = property
        .get("x-kubernetes-list-map-keys")
        .and_then(|keys| keys.as_list());
    let single = || {
        property
            .get("x-kubernetes-patch-merge-key")
            .map(|key| vec![text(key)])
    };
    let listed = listed.map(|keys| keys.iter().map(|key| text(key)).collect());
    Some(listed.or_else(single).unwrap_or_default())
}
