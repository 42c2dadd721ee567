//! Located YAML trees: every value and every key knows the bytes it stands at. Subtrees are shared and copied on write.

use std::sync::Arc;

pub use crate::render::kustomize::scalar::Scalar;
use crate::render::kustomize::scalar::{self, Tag};
use crate::span::Span;

/// How deep a tree may nest, after patches too.
pub const DEPTH: usize = 256;

/// Bytes of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The number of the file; 0 is none.
    pub file: u32,
    /// The bytes in it.
    pub span: Span,
}

impl Place {
    /// Whether it points into a file.
    pub fn is_some(self) -> bool {
        self.file != 0
    }
}

/// A value.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it was written: in a resource, a patch, a kustomization file or a file that a generator read.
    pub at: Place,
    /// Where the value stood that it took the place of; of several, the first one.
    pub was: Place,
    /// Whether it stands in for what is known only when it is deployed: something random in a chart, a time, what a cluster answers.
    pub is_unknown: bool,
    /// What it holds.
    pub content: Content,
}

/// What a value holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Text, a number, a boolean or nothing.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Arc<Node>>),
    /// A mapping.
    Map(Map),
}

/// A mapping, in the order in which it was written.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// Its keys and values; no key is in it twice.
    pub entries: Vec<Entry>,
    /// Keys that a patch took away.
    pub removed: Vec<Removed>,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key's text.
    pub key: Arc<str>,
    /// Where the key was written.
    pub key_at: Place,
    /// The value.
    pub value: Arc<Node>,
}

/// A key that is not there any more.
#[derive(Clone, Debug)]
pub struct Removed {
    /// The key's text.
    pub key: Arc<str>,
    /// What took it away: the place in the patch.
    pub by: Place,
}

impl Node {
    /// A value that was written at `at`.
    pub fn new(content: Content, at: Place) -> Self {
        Self {
            at,
            was: Place::default(),
            is_unknown: false,
            content,
        }
    }

    /// Text in quotes.
    pub fn text(text: impl Into<Arc<str>>, at: Place) -> Self {
        let (text, tag) = (text.into(), Tag::Text);
        let quoted = true;
        Self::new(Content::Scalar(Scalar { text, tag, quoted }), at)
    }

    /// A plain scalar, which is what its text says it is.
    pub fn plain(text: impl Into<Arc<str>>, at: Place) -> Self {
        let text = text.into();
        let tag = scalar::resolve(&text);
        let quoted = false;
        Self::new(Content::Scalar(Scalar { text, tag, quoted }), at)
    }

    /// An empty mapping.
    pub fn empty_map(at: Place) -> Self {
        Self::new(Content::Map(Map::default()), at)
    }

    /// Where it stood before anything took its place.
    pub fn first_at(&self) -> Place {
        if self.was.is_some() {
            self.was
        } else {
            self.at
        }
    }

    /// The scalar that it is.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.content {
            Content::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The text of the scalar that it is, whatever its kind.
    pub fn as_str(&self) -> Option<&str> {
        self.as_scalar().map(|scalar| &*scalar.text)
    }

    /// The mapping that it is.
    pub fn as_map(&self) -> Option<&Map> {
        match &self.content {
            Content::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The mapping that it is, to change.
    pub fn as_map_mut(&mut self) -> Option<&mut Map> {
        match &mut self.content {
            Content::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The sequence that it is.
    pub fn as_list(&self) -> Option<&[Arc<Node>]> {
        match &self.content {
            Content::List(items) => Some(items),
            _ => None,
        }
    }

    /// The value of `key`, if it is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Arc<Node>> {
        self.as_map()?.get(key)
    }

    /// The value at the end of a path of keys.
    pub fn at_path(&self, path: &[&str]) -> Option<&Node> {
        let mut node = self;
        for key in path {
            node = node.get(key)?;
        }
        Some(node)
    }

    /// Whether it is null, written out or not.
    pub fn is_null(&self) -> bool {
        self.as_scalar()
            .is_some_and(|scalar| scalar.tag == Tag::Null)
    }

    /// Whether it is null, an empty mapping or an empty sequence.
    pub fn is_empty(&self) -> bool {
        match &self.content {
            Content::Scalar(scalar) => scalar.tag == Tag::Null,
            Content::List(items) => items.is_empty(),
            Content::Map(map) => map.entries.is_empty(),
        }
    }

    /// What a person calls its kind.
    pub fn kind_name(&self) -> &'static str {
        match &self.content {
            Content::Scalar(scalar) => scalar.tag.name(),
            Content::List(_) => "a list",
            Content::Map(_) => "a mapping",
        }
    }
}

impl Map {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Arc<Node>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The key with its value.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| &*entry.key == key)
    }

    /// The value of `key`, to change; what shares it keeps the old one.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let found = self.entries.iter_mut().find(|entry| &*entry.key == key);
        found.map(|entry| Arc::make_mut(&mut entry.value))
    }

    /// Sets `key`; a value that was there is noted as what the new one replaced, and the key keeps its own place.
    pub fn set(&mut self, key: &str, key_at: Place, mut value: Node) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| &*entry.key == key) {
            value.was = entry.value.first_at();
            entry.value = Arc::new(value);
            return;
        }
        self.insert(key, key_at, Arc::new(value));
    }

    /// Adds `key`, which is not there yet.
    pub fn insert(&mut self, key: &str, key_at: Place, value: Arc<Node>) {
        self.removed.retain(|removed| &*removed.key != key);
        let key = Arc::from(key);
        self.entries.push(Entry { key, key_at, value });
    }

    /// Takes `key` away, noting who did it if that is known.
    pub fn remove(&mut self, key: &str, by: Place) -> Option<Arc<Node>> {
        let at = self.entries.iter().position(|entry| &*entry.key == key)?;
        let entry = self.entries.remove(at);
        if by.is_some() {
            let key = entry.key.clone();
            self.removed.push(Removed { key, by });
        }
        Some(entry.value)
    }

    /// The value of `key`, made if it is not there.
    pub fn get_or_insert(
        &mut self,
        key: &str,
        make: impl FnOnce() -> Node,
        at: Place,
    ) -> &mut Node {
        let found = self.entries.iter().position(|entry| &*entry.key == key);
        let index = found.unwrap_or_else(|| {
            self.insert(key, at, Arc::new(make()));
            self.entries.len() - 1
        });
        Arc::make_mut(&mut self.entries[index].value)
    }
}

/// Whether a tree, shared parts written out, has at most `most` values and nests within [`DEPTH`].
pub fn is_bounded(root: &Node, most: usize) -> bool {
    let mut open = vec![(root, 0)];
    let mut count = 0;
    while let Some((node, depth)) = open.pop() {
        count += 1;
        if count > most || depth > DEPTH {
            return false;
        }
        match &node.content {
            Content::Scalar(_) => {}
            Content::List(items) => open.extend(items.iter().map(|item| (&**item, depth + 1))),
            Content::Map(map) => {
                open.extend(map.entries.iter().map(|entry| (&*entry.value, depth + 1)));
            }
        }
    }
    true
}

/// Whether two values are equal as YAML values, places aside.
pub fn equal(a: &Node, b: &Node) -> bool {
    match (&a.content, &b.content) {
        (Content::Scalar(a), Content::Scalar(b)) => {
            let is_text =
                |scalar: &Scalar| matches!(scalar.tag, Tag::Text | Tag::Binary | Tag::Folded);
            is_text(a) == is_text(b) && scalar::canonical(a) == scalar::canonical(b)
        }
        (Content::List(a), Content::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Content::Map(a), Content::Map(b)) => {
            a.entries.len() == b.entries.len()
                && a.entries.iter().all(|entry| {
                    b.get(&entry.key)
                        .is_some_and(|other| equal(&entry.value, other))
                })
        }
        _ => false,
    }
}
