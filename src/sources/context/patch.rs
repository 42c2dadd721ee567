//! Patches of a kustomization: whom they change, and the keys that they set.

use std::collections::BTreeSet;

use serde_yaml::Value;

use crate::sources::context::documents::documents;

/// How deep a patch may nest.
const DEPTH: usize = 40;

/// One patch.
#[derive(Debug)]
pub(super) struct Patch {
    kind: Option<String>,
    name: Option<String>,
    /// The keys that it sets, wherever they stand in it.
    pub(super) keys: BTreeSet<String>,
}

impl Patch {
    /// The patches of a text: objects to merge, or a list of operations on the `target`.
    pub(super) fn read(text: &str, target: Option<&Value>) -> Vec<Self> {
        let read = documents(text).into_iter().map(|document| {
            let mut keys = BTreeSet::new();
            collect(&document, &mut keys, 0);
            let text = |value: Option<&Value>| Some(value?.as_str()?.to_owned());
            match target {
                Some(target) => Self {
                    kind: text(target.get("kind")),
                    name: text(target.get("name")),
                    keys,
                },
                None => Self {
                    kind: text(document.get("kind")),
                    name: text(document.get("metadata").and_then(|data| data.get("name"))),
                    keys,
                },
            }
        });
        read.collect()
    }

    /// Whether it changes an object of this kind and name; a target's name may be a pattern.
    pub(super) fn is_for(&self, kind: &str, name: &str) -> bool {
        let is_pattern = |text: &str| text.contains(['*', '.', '|', '[', '(', '?', '+', '^']);
        let fits = |wanted: &Option<String>, is: &str| {
            wanted
                .as_deref()
                .is_none_or(|wanted| wanted.is_empty() || wanted == is || is_pattern(wanted))
        };
        fits(&self.kind, kind) && fits(&self.name, name)
    }
}

fn collect(value: &Value, keys: &mut BTreeSet<String>, depth: usize) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Mapping(pairs) => {
            for (key, value) in pairs {
                let key = key.as_str().unwrap_or_default();
                if let ("path", Some(pointer)) = (key, value.as_str()) {
                    // The operation of a JSON patch: `/spec/template/spec/containers/0/resources`.
                    keys.extend(pointer.split('/').map(|part| part.replace("~1", "/")));
                }
                keys.insert(key.to_owned());
                collect(value, keys, depth + 1);
            }
        }
        Value::Sequence(items) => {
            for item in items {
                collect(item, keys, depth + 1);
            }
        }
        _ => {}
    }
}
