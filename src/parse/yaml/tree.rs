//! The located tree of a YAML file: every key and value with its bytes, comments beside it, anchors and merge keys resolved on reading.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::span::{LocatedText, Span};

/// A node's number in its [`Tree`].
pub type NodeId = u32;

/// All documents of one file.
#[derive(Debug, Default)]
pub struct Tree {
    /// Every node; a [`NodeId`] is an index.
    pub nodes: Vec<Node>,
    /// The root of each document that was read, in order.
    pub roots: Vec<NodeId>,
    /// Comments in order, from `#` to the end of the line. Text in a block scalar is no comment.
    pub comments: Vec<Comment>,
    /// Whether some mapping has a merge key (`<<`), or a key twice: hardly any file has, and without them a mapping is its
    /// own pairs.
    pub is_merged: bool,
    /// The bytes that will be others where the file is used, in order: of rendered text what is random or asks a cluster.
    pub made_later: Vec<Span>,
    /// The first nodes with an anchor that no alias names.
    pub unused_anchors: Vec<NodeId>,
    /// The keys of large mappings, made when one is asked for first.
    keys: Mutex<FxHashMap<NodeId, Arc<Keys>>>,
}

/// From how many pairs on a table finds a key: each of a file's findings may ask for another.
const MANY: usize = 64;

/// The pairs of a large mapping by their keys.
#[derive(Debug, Default)]
struct Keys {
    /// By the keys as they are written; of a duplicate the last.
    written: FxHashMap<Box<str>, (NodeId, NodeId)>,
    /// By the keys in lower case; of those alike the first.
    folded: FxHashMap<Box<str>, (NodeId, NodeId)>,
}

/// A comment.
#[derive(Clone, Debug)]
pub struct Comment {
    /// From `#` to the end of the line, without the line break.
    pub span: Span,
    /// Whether nothing but spaces is before it on its line.
    pub own_line: bool,
}

/// A node.
#[derive(Debug)]
pub struct Node {
    /// The value's bytes: a scalar with its quotes or its block header; a collection from its first to its last token.
    pub span: Span,
    /// The scalar that names it, if it is a value of a mapping.
    pub key: Option<NodeId>,
    /// The collection that holds it.
    pub parent: Option<NodeId>,
    /// What it is.
    pub content: Content,
}

/// What a node holds.
#[derive(Debug)]
pub enum Content {
    /// Pairs of key and value in the order of the file. A duplicate key is here twice: the last one counts.
    Mapping(Vec<(NodeId, NodeId)>),
    /// Items in order.
    Sequence(Vec<NodeId>),
    /// A scalar.
    Scalar(Scalar),
    /// `*name`: the node it stands for.
    Alias(NodeId),
}

/// A scalar as written.
#[derive(Debug)]
pub struct Scalar {
    /// Its decoded text, with the way back into the file.
    pub text: LocatedText,
    /// How it is written.
    pub style: Style,
    /// An explicit tag such as `!!str`, with its `!`s.
    pub tag: Option<Box<str>>,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `text`
    Plain,
    /// `'text'`
    Single,
    /// `"text"`
    Double,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// How deep aliases may stand for aliases before a reader gives up.
const ALIAS_CHAIN: usize = 16;

impl Tree {
    /// The node itself, or what it stands for if it is an alias.
    pub fn resolve(&self, id: NodeId) -> NodeId {
        let mut id = id;
        for _ in 0..ALIAS_CHAIN {
            match self.nodes[id as usize].content {
                Content::Alias(target) => id = target,
                _ => break,
            }
        }
        id
    }

    /// Whether some of a node's bytes will be others where the file is used.
    pub fn is_made_later(&self, id: NodeId) -> bool {
        if self.made_later.is_empty() {
            return false;
        }
        let span = self.node(self.resolve(id)).span;
        let next = self
            .made_later
            .partition_point(|made| made.end <= span.start);
        let next = self.made_later.get(next);
        next.is_some_and(|made| made.start < span.end.max(span.start + 1))
    }

    /// The node, as written.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// What the node holds, aliases followed.
    pub fn content(&self, id: NodeId) -> &Content {
        &self.nodes[self.resolve(id) as usize].content
    }

    /// The same as [`Self::pairs`], without a copy unless the file has merge keys.
    pub fn borrowed_pairs(&self, id: NodeId) -> Cow<'_, [(NodeId, NodeId)]> {
        match self.content(id) {
            Content::Mapping(own) if !self.is_merged => Cow::Borrowed(own),
            _ => Cow::Owned(self.pairs(id)),
        }
    }

    /// The pairs of a mapping, merge keys (`<<`) applied: own keys first in the order of the file, the last of a duplicate; then those of the merged mappings.
    /// Empty for anything else.
    pub fn pairs(&self, id: NodeId) -> Vec<(NodeId, NodeId)> {
        if !self.is_merged {
            return match self.content(id) {
                Content::Mapping(own) => own.clone(),
                _ => Vec::new(),
            };
        }
        let mut pairs = Vec::new();
        self.collect_pairs(id, &mut pairs, &mut FxHashMap::default(), 0);
        pairs
    }

    fn collect_pairs<'t>(
        &'t self,
        id: NodeId,
        into: &mut Vec<(NodeId, NodeId)>,
        places: &mut FxHashMap<&'t str, usize>,
        depth: usize,
    ) {
        let Content::Mapping(own) = self.content(id) else {
            return;
        };
        if depth > ALIAS_CHAIN {
            return;
        }
        let first = into.len();
        for pair in own.iter().filter(|(key, _)| !self.is_merge_key(*key)) {
            let Some(name) = self.text(pair.0) else {
                into.push(*pair);
                continue;
            };
            match places.entry(name) {
                Entry::Vacant(entry) => {
                    entry.insert(into.len());
                    into.push(*pair);
                }
                Entry::Occupied(entry) if *entry.get() >= first => into[*entry.get()] = *pair,
                Entry::Occupied(_) => {}
            }
        }
        for (_, value) in own.iter().filter(|(key, _)| self.is_merge_key(*key)) {
            match self.content(*value) {
                Content::Mapping(_) => self.collect_pairs(*value, into, places, depth + 1),
                Content::Sequence(items) => {
                    for item in items {
                        self.collect_pairs(*item, into, places, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn is_merge_key(&self, key: NodeId) -> bool {
        matches!(&self.node(key).content, Content::Scalar(scalar) if scalar.style == Style::Plain && scalar.text.text == "<<")
    }

    /// The value under `name` in a mapping: the last of a duplicate, merged mappings after own keys.
    pub fn get(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.find(id, name, 0).map(|(_, value)| value)
    }

    /// Key and value under `name` in a mapping.
    pub fn entry(&self, id: NodeId, name: &str) -> Option<(NodeId, NodeId)> {
        self.find(id, name, 0)
    }

    fn find(&self, id: NodeId, name: &str, depth: usize) -> Option<(NodeId, NodeId)> {
        let Content::Mapping(own) = self.content(id) else {
            return None;
        };
        if own.len() >= MANY {
            return self.keys(id).written.get(name).copied();
        }
        let mut pairs = own.iter().rev();
        if let Some(pair) = pairs.find(|(key, _)| self.text(*key) == Some(name)) {
            return Some(*pair);
        }
        if depth > ALIAS_CHAIN || !self.is_merged {
            return None;
        }
        own.iter()
            .filter(|(key, _)| self.is_merge_key(*key))
            .find_map(|(_, value)| match self.content(*value) {
                Content::Mapping(_) => self.find(*value, name, depth + 1),
                Content::Sequence(items) => items
                    .iter()
                    .find_map(|item| self.find(*item, name, depth + 1)),
                _ => None,
            })
    }

    /// The value under a name in a mapping, in letters of any case: the first of those alike.
    pub fn get_in_any_case(&self, id: NodeId, name: &str) -> Option<NodeId> {
        let is_it = |(key, _): &&(NodeId, NodeId)| {
            let key = self.text(*key);
            key.is_some_and(|key| key.eq_ignore_ascii_case(name))
        };
        let Content::Mapping(own) = self.content(id) else {
            return None;
        };
        let pair = if !self.is_merged && own.len() < MANY {
            own.iter().find(is_it).copied()
        } else {
            let folded = name.to_ascii_lowercase();
            self.keys(id).folded.get(folded.as_str()).copied()
        };
        pair.map(|(_, value)| value)
    }

    /// The first keys of a mapping, so many at most.
    pub fn first_keys(&self, id: NodeId, most: usize) -> Vec<&str> {
        let text = |(key, _): &(NodeId, NodeId)| self.text(*key);
        match self.content(id) {
            Content::Mapping(own) if !self.is_merged => {
                own.iter().take(most).filter_map(text).collect()
            }
            _ => self.pairs(id).iter().take(most).filter_map(text).collect(),
        }
    }

    /// The pairs of a mapping by their keys.
    fn keys(&self, id: NodeId) -> Arc<Keys> {
        let id = self.resolve(id);
        let known = self.keys.lock().ok();
        if let Some(keys) = known.and_then(|known| known.get(&id).cloned()) {
            return keys;
        }
        let mut keys = Keys::default();
        for pair in self.pairs(id) {
            if let Some(name) = self.text(pair.0) {
                keys.written.insert(name.into(), pair);
                let folded = name.to_ascii_lowercase().into();
                keys.folded.entry(folded).or_insert(pair);
            }
        }
        let keys = Arc::new(keys);
        if let Ok(mut known) = self.keys.lock() {
            known.insert(id, Arc::clone(&keys));
        }
        keys
    }

    /// The node at the end of a path of keys.
    pub fn at(&self, id: NodeId, path: &[&str]) -> Option<NodeId> {
        path.iter().try_fold(id, |id, name| self.get(id, name))
    }

    /// The items of a sequence; empty for anything else.
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match self.content(id) {
            Content::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Whether the node is a mapping.
    pub fn is_mapping(&self, id: NodeId) -> bool {
        matches!(self.content(id), Content::Mapping(_))
    }

    /// The scalar, aliases followed.
    pub fn scalar(&self, id: NodeId) -> Option<&Scalar> {
        match self.content(id) {
            Content::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The decoded text of a scalar.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        self.scalar(id).map(|scalar| scalar.text.text.as_str())
    }

    /// The decoded text of the scalar under `name`.
    pub fn text_at(&self, id: NodeId, name: &str) -> Option<&str> {
        self.text(self.get(id, name)?)
    }
}
