//! What the program that deploys a kustomization adds to it: Flux' `Kustomization`, Argo CD's `Application`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::render::kustomize::accumulated::Accumulated;
use crate::render::kustomize::decode;
use crate::render::kustomize::engine::Engine;
use crate::render::kustomize::kustomization::Kustomization;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::scalar::Scalar;
use crate::render::kustomize::tree::{Content, Entry, Map, Node, Place};

/// How deep values are looked into.
const DEPTH: usize = crate::render::kustomize::tree::DEPTH;

/// The object that deploys a kustomization.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deployer {
    /// Its file, a path below the root of the repository.
    pub file: String,
    /// Its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The folder that it deploys, as it says.
    pub path: String,
}

/// What a deployer adds.
pub(super) struct Added {
    /// The number of its file.
    pub(super) file: u32,
    /// The kustomization with what is added.
    pub(super) kustomization: Arc<Kustomization>,
    /// The values of variables in what is built, each with its place.
    variables: BTreeMap<Arc<str>, Arc<Node>>,
}

/// Fields of a deployer, and those of a kustomization that they are.
const FIELDS: &[(&str, &str)] = &[
    ("patches", "patches"),
    ("components", "components"),
    ("images", "images"),
    ("replicas", "replicas"),
    ("namePrefix", "namePrefix"),
    ("nameSuffix", "nameSuffix"),
    ("namespace", "namespace"),
    ("targetNamespace", "namespace"),
    ("commonLabels", "commonLabels"),
    ("commonAnnotations", "commonAnnotations"),
];

impl Engine<'_> {
    /// The kustomization with what its deployer adds.
    pub(super) fn added(&mut self, base: &Kustomization, by: &Deployer) -> Outcome<Added> {
        let entry = self.loader.entry(&by.file);
        let refused = || Refusal::new(Place::default(), "no such deployer");
        let real = entry.filter(|entry| !entry.is_folder).ok_or_else(refused)?;
        let file = self.loader.open(&real.real, Place::default())?;
        let documents = self.loader.documents(file)?;
        let is_it = |root: &Node| {
            let is =
                |path: &[&str], text: &str| root.at_path(path).and_then(Node::as_str) == Some(text);
            is(&["kind"], &by.kind) && is(&["metadata", "name"], &by.name)
        };
        let mut roots = documents.iter().map(|document| &document.root);
        let root = roots.find(|root| is_it(root)).ok_or_else(refused)?;
        let spec = root.get("spec").ok_or_else(refused)?;
        let holder = holder(spec, &by.path).ok_or_else(refused)?;
        let more = decode::kustomization(&fields(holder))?;
        let substitute = holder.at_path(&["postBuild", "substitute"]);
        let variables = substitute.and_then(Node::as_map).map(|map| {
            let entries = map.entries.iter();
            entries.map(|entry| (Arc::clone(&entry.key), Arc::clone(&entry.value)))
        });
        Ok(Added {
            file,
            kustomization: Arc::new(joined(base, more)),
            variables: variables.into_iter().flatten().collect(),
        })
    }
}

/// The mapping that says what is added: of an application the one of the source with the path.
fn holder<'n>(spec: &'n Node, path: &str) -> Option<&'n Node> {
    let sources = spec.get("sources").and_then(|sources| sources.as_list());
    let sources = sources.into_iter().flatten().map(|source| &**source);
    let source = spec.get("source").map(|source| &**source);
    let mut sources = source.into_iter().chain(sources).peekable();
    if sources.peek().is_none() {
        return Some(spec);
    }
    let has_path = |source: &&Node| source.get("path").and_then(|path| path.as_str()) == Some(path);
    let source = sources.find(has_path)?;
    source.get("kustomize").map(|kustomize| &**kustomize)
}

/// What is added, as a kustomization would say it.
fn fields(holder: &Node) -> Node {
    let mut map = Map::default();
    let entries = holder.as_map().map(|map| &*map.entries).unwrap_or_default();
    for entry in entries {
        let Some((_, field)) = FIELDS.iter().find(|(name, _)| *name == &*entry.key) else {
            continue;
        };
        let value = match *field {
            "images" => images(&entry.value),
            _ => Arc::clone(&entry.value),
        };
        map.entries.push(Entry {
            key: Arc::from(*field),
            key_at: entry.key_at,
            value,
        });
    }
    if let Some(common) = holder.get("commonMetadata") {
        for (name, field) in [("labels", "labels"), ("annotations", "commonAnnotations")] {
            let Some(value) = common.get(name) else {
                continue;
            };
            let value = match field {
                "labels" => pairs(value),
                _ => Arc::clone(value),
            };
            map.insert(field, value.at, value);
        }
    }
    // A kustomization without any field is refused.
    map.insert(
        "resources",
        holder.at,
        Arc::new(Node::new(Content::List(Vec::new()), holder.at)),
    );
    Node::new(Content::Map(map), holder.at)
}

/// An entry of `labels` with these pairs.
fn pairs(labels: &Arc<Node>) -> Arc<Node> {
    let mut map = Map::default();
    map.insert("pairs", labels.at, Arc::clone(labels));
    let entry = Node::new(Content::Map(map), labels.at);
    Arc::new(Node::new(Content::List(vec![Arc::new(entry)]), labels.at))
}

/// Images as mappings: an application writes `name=other:tag`, or `name:tag`.
fn images(list: &Arc<Node>) -> Arc<Node> {
    let items = list.as_list().unwrap_or_default().iter();
    let items = items.map(|item| match item.as_str() {
        Some(text) => Arc::new(image(text, item.at)),
        None => Arc::clone(item),
    });
    Arc::new(Node::new(Content::List(items.collect()), list.at))
}

fn image(text: &str, at: Place) -> Node {
    let (name, new) = match text.split_once('=') {
        Some((name, new)) => (Some(name), new),
        None => (None, text),
    };
    let (rest, digest) = match new.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (new, None),
    };
    let (repository, tag) = match rest.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => (repository, Some(tag)),
        _ => (rest, None),
    };
    let fields = [
        ("name", Some(name.unwrap_or(repository))),
        ("newName", name.map(|_| repository)),
        ("newTag", tag),
        ("digest", digest),
    ];
    let mut map = Map::default();
    for (key, value) in fields {
        if let Some(value) = value {
            map.insert(key, at, Arc::new(Node::text(value, at)));
        }
    }
    Node::new(Content::Map(map), at)
}

/// The kustomization with what is added: lists get longer, other fields are set.
fn joined(base: &Kustomization, more: Kustomization) -> Kustomization {
    let mut made = base.clone();
    made.patches.extend(more.patches);
    made.components.extend(more.components);
    made.images.extend(more.images);
    made.replicas.extend(more.replicas);
    made.labels.extend(more.labels);
    made.common_labels.extend(more.common_labels);
    made.common_annotations.extend(more.common_annotations);
    for (own, new) in [
        (&mut made.namespace, more.namespace),
        (&mut made.name_prefix, more.name_prefix),
        (&mut made.name_suffix, more.name_suffix),
    ] {
        if !new.is_empty() {
            *own = new;
        }
    }
    made
}

impl Added {
    /// Puts the values of variables into what is built.
    pub(super) fn substitute(&self, accumulated: &mut Accumulated) {
        if self.variables.is_empty() {
            return;
        }
        for resource in accumulated.resources.list_mut() {
            if let Some(root) = self.replaced(&resource.root, 0) {
                resource.root = Arc::new(root);
            }
        }
    }

    /// The node with values put in, if there is a variable in it.
    fn replaced(&self, node: &Node, depth: usize) -> Option<Node> {
        if depth > DEPTH {
            return None;
        }
        let content = match &node.content {
            Content::Scalar(scalar) => return self.filled(node, scalar),
            Content::List(items) => {
                let new: Vec<Option<Node>> = items
                    .iter()
                    .map(|item| self.replaced(item, depth + 1))
                    .collect();
                if new.iter().all(Option::is_none) {
                    return None;
                }
                let items = items.iter().zip(new);
                let items = items.map(|(old, new)| new.map_or_else(|| Arc::clone(old), Arc::new));
                Content::List(items.collect())
            }
            Content::Map(map) => {
                let mut made = None;
                for (index, entry) in map.entries.iter().enumerate() {
                    if let Some(value) = self.replaced(&entry.value, depth + 1) {
                        let made = made.get_or_insert_with(|| map.clone());
                        made.entries[index].value = Arc::new(value);
                    }
                }
                Content::Map(made?)
            }
        };
        Some(Node {
            at: node.at,
            was: node.was,
            is_unknown: node.is_unknown,
            content,
        })
    }

    fn filled(&self, node: &Node, scalar: &Scalar) -> Option<Node> {
        if !scalar.text.contains("${") {
            return None;
        }
        let (text, only) = self.expand(&scalar.text)?;
        let at = only.unwrap_or(node.at);
        let mut made = if scalar.quoted {
            Node::text(text, at)
        } else {
            Node::plain(text, at)
        };
        made.was = if only.is_some() {
            node.first_at()
        } else {
            node.was
        };
        Some(made)
    }

    /// A text with its variables put in, and the place of the value if it is nothing else; `None` if one of them is not known.
    fn expand(&self, text: &str) -> Option<(String, Option<Place>)> {
        let mut made = String::with_capacity(text.len());
        let mut rest = text;
        let mut only = None;
        while let Some((before, after)) = rest.split_once("${") {
            // `$${x}` is written for `${x}`.
            if before.ends_with('$') {
                return None;
            }
            let (name, after) = after.split_once('}')?;
            let name = name.split([':', '-', '=']).next().unwrap_or(name);
            let value = self.variables.get(name)?;
            made.push_str(before);
            made.push_str(value.as_str()?);
            if before.is_empty() && after.is_empty() && made.len() == value.as_str()?.len() {
                only = Some(value.at);
            }
            rest = after;
        }
        made.push_str(rest);
        Some((made, only))
    }
}
