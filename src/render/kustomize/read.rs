//! Reads YAML into located trees: `granit-parser`'s events, with aliases and merge keys written out.

use std::sync::Arc;

use granit_parser::{Event, Options, Parser, ScalarStyle};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::render::kustomize::inline::with_header;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::scalar::{self, Tag};
use crate::render::kustomize::tree::{Content, Entry, Map, Node, Place, Scalar};
use crate::span::{LocatedText, Span};

/// How deep collections may nest.
const NESTING: usize = 200;
/// How many values a file may have.
const VALUES: usize = 1_000_000;
/// How many values the aliases of a file may stand for, beside ten for each that it has.
const ALIASED: usize = 200_000;
/// From how many keys on a table finds those that stand twice.
const MANY_KEYS: usize = 12;

/// A document of a file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its value.
    pub root: Arc<Node>,
    /// The first key that is there twice, or is no text: what a resource must not have.
    pub odd_key: Option<Refusal>,
    /// Whether it has text that kustomize's writer changes.
    pub has_folded: bool,
}

/// Reads all documents of `text`. `within` says where the bytes of a text that was cut out of the file stand.
pub fn read(text: &str, file: u32, within: Option<&LocatedText>) -> Outcome<Vec<Document>> {
    let mut options = Options::default();
    options.max_buffered_comment_events = usize::MAX;
    options.flow_nesting_limit = NESTING;
    options.block_nesting_limit = NESTING;
    options.emit_unresolved_aliases = true;
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut reader = Reader::new(text, file, within);
    loop {
        match parser.next_event() {
            Some(Ok((Event::StreamEnd, _))) | None => return Ok(reader.documents),
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or_default();
                let span = Span::new(range.start, range.end.max(range.start));
                reader.event(event, span)?;
            }
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                let message = error.info().lines().next().unwrap_or_default().to_owned();
                return Err(Refusal::new(reader.place(Span::new(at, at)), message));
            }
        }
    }
}

/// A collection that is still open.
struct Open {
    start: Span,
    anchor: usize,
    is_flow: bool,
    children: Children,
    weight: usize,
    end: u32,
}

enum Children {
    List(Vec<Arc<Node>>),
    Map(Vec<Entry>, Option<Key>),
}

/// A key whose value is not read yet.
struct Key {
    text: Arc<str>,
    at: Place,
    is_merge: bool,
}

/// A node that an alias may stand for, and how many values it has.
#[derive(Clone)]
struct Anchored {
    node: Arc<Node>,
    weight: usize,
}

struct Reader<'t> {
    text: &'t str,
    file: u32,
    within: Option<&'t LocatedText>,
    open: Vec<Open>,
    anchors: FxHashMap<usize, Anchored>,
    documents: Vec<Document>,
    odd_key: Option<Refusal>,
    has_folded: bool,
    values: usize,
    aliased: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, file: u32, within: Option<&'t LocatedText>) -> Self {
        Self {
            text,
            file,
            within,
            open: Vec::new(),
            anchors: FxHashMap::default(),
            documents: Vec::new(),
            odd_key: None,
            has_folded: false,
            values: 0,
            aliased: 0,
        }
    }

    fn place(&self, span: Span) -> Place {
        let span = match self.within {
            Some(located) => located.span(span.range()),
            None => span,
        };
        let file = self.file;
        Place { file, span }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Outcome<()> {
        match event {
            Event::DocumentStart(..) => self.anchors.clear(),
            Event::Scalar(value, style, anchor, tag) => {
                let tag = tag.map(|tag| tag.original());
                let node = Arc::new(self.scalar(&value, style, tag.as_deref(), span));
                self.finish(node, anchor, 1)?;
            }
            Event::SequenceStart(_, anchor, _) => {
                self.start(Children::List(Vec::new()), anchor, span);
            }
            Event::MappingStart(_, anchor, _) => {
                self.start(Children::Map(Vec::new(), None), anchor, span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::Alias(anchor) => self.alias(anchor, span)?,
            Event::UnresolvedAlias(name) => {
                let message = format!("alias `*{name}` names no anchor before it");
                return Err(Refusal::new(self.place(span), message));
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, children: Children, anchor: usize, span: Span) {
        let is_flow = matches!(span.of(self.text).as_bytes().first(), Some(b'{' | b'['));
        self.open.push(Open {
            start: span,
            anchor,
            is_flow,
            children,
            weight: 1,
            end: span.end,
        });
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, tag: Option<&str>, span: Span) -> Node {
        let span = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => with_header(self.text, span),
            _ => span,
        };
        let trimmed = span.of(self.text).trim_end().len();
        let span = Span::new(span.start as usize, span.start as usize + trimmed);
        let quoted = style != ScalarStyle::Plain;
        let value = match style {
            // The parser shows an absent value as `~`.
            ScalarStyle::Plain if trimmed == 0 => "",
            ScalarStyle::Literal | ScalarStyle::Folded => self.without_added_end(value, span),
            _ => value,
        };
        let in_flow = self.open.last().is_some_and(|open| open.is_flow);
        let plain = || {
            if quoted {
                Tag::Text
            } else {
                scalar::resolve(value)
            }
        };
        let tag = match tag {
            // An empty value between braces comes out of the library as empty text.
            None if !quoted && value.is_empty() && in_flow => Tag::Text,
            None if style == ScalarStyle::Folded && scalar::refolded(value) != value => {
                self.has_folded = true;
                Tag::Folded
            }
            None => plain(),
            Some("!!str") => Tag::Text,
            Some("!!binary") => Tag::Binary,
            Some("!!int" | "!!float" | "!!bool" | "!!null" | "!") => scalar::resolve(value),
            Some(_) => Tag::Text,
        };
        let text = Arc::from(value);
        Node::new(
            Content::Scalar(Scalar { text, tag, quoted }),
            self.place(span),
        )
    }

    /// A block at the end of a text that ends without a line break has none either.
    fn without_added_end<'v>(&self, value: &'v str, span: Span) -> &'v str {
        let is_last = self
            .text
            .get(span.end as usize..)
            .is_none_or(|rest| rest.trim().is_empty());
        if is_last && !self.text.ends_with('\n') {
            value.strip_suffix('\n').unwrap_or(value)
        } else {
            value
        }
    }

    /// A block collection ends where its last child ends: the parser sees its end only at the next token.
    fn close(&mut self, span: Span) -> Outcome<()> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let end = if span.end > span.start {
            span.end.max(open.end)
        } else {
            open.end
        };
        let content = match open.children {
            Children::List(items) => Content::List(items),
            Children::Map(entries, _) => Content::Map(self.mapping(entries)?),
        };
        let span = Span {
            start: open.start.start,
            end,
        };
        let node = Arc::new(Node::new(content, self.place(span)));
        if let Some(parent) = self.open.last_mut() {
            parent.end = parent.end.max(end);
        }
        self.finish(node, open.anchor, open.weight)
    }

    /// Hangs a finished node into the collection that is open.
    fn finish(&mut self, node: Arc<Node>, anchor: usize, weight: usize) -> Outcome<()> {
        if anchor > 0 {
            let node = node.clone();
            self.anchors.insert(anchor, Anchored { node, weight });
        }
        self.values += 1;
        if self.values > VALUES {
            let message = format!("file holds more than {VALUES} values");
            return Err(Refusal::new(node.at, message));
        }
        self.hang(node, weight)
    }

    fn hang(&mut self, node: Arc<Node>, weight: usize) -> Outcome<()> {
        let Some(open) = self.open.last_mut() else {
            self.documents.push(Document {
                root: node,
                odd_key: self.odd_key.take(),
                has_folded: std::mem::take(&mut self.has_folded),
            });
            return Ok(());
        };
        open.weight = open.weight.saturating_add(weight);
        if self.within.is_none() && node.at.file == self.file {
            open.end = open.end.max(node.at.span.end);
        }
        match &mut open.children {
            Children::List(items) => items.push(node),
            Children::Map(entries, pending) => {
                if let Some(key) = pending.take() {
                    let merge = Arc::from("<<");
                    entries.push(Entry {
                        key: if key.is_merge { merge } else { key.text },
                        key_at: key.at,
                        value: node,
                    });
                } else {
                    *pending = Some(key_of(&node, &mut self.odd_key)?);
                }
            }
        }
        Ok(())
    }

    /// An alias stands for a finished node, and what all aliases stand for together stays within bounds.
    fn alias(&mut self, anchor: usize, span: Span) -> Outcome<()> {
        let Some(target) = self.anchors.get(&anchor).cloned() else {
            let message = "alias refers to a node that contains it";
            return Err(Refusal::new(self.place(span), message));
        };
        self.aliased = self.aliased.saturating_add(target.weight);
        if self.aliased > ALIASED + self.values.saturating_mul(10) {
            let message = "aliases stand for too many values";
            return Err(Refusal::new(self.place(span), message));
        }
        if let Some(open) = self.open.last_mut() {
            open.end = open.end.max(span.end);
        }
        self.hang(target.node, target.weight)
    }

    /// The mapping with its merge keys followed; of a key that stands twice, the last one counts.
    fn mapping(&mut self, entries: Vec<Entry>) -> Outcome<Map> {
        let mut map = Map::default();
        let mut merged: Vec<Entry> = Vec::new();
        let mut seen: FxHashSet<Arc<str>> = FxHashSet::default();
        let is_large = entries.len() >= MANY_KEYS;
        for entry in entries {
            if &*entry.key == "<<" && entry.value.as_scalar().is_none() {
                merged.push(entry);
                continue;
            }
            let is_twice = if is_large {
                !seen.insert(entry.key.clone())
            } else {
                map.get(&entry.key).is_some()
            };
            if is_twice {
                let message = format!(
                    "duplicate key `{}` in this mapping",
                    entry.key.escape_debug()
                );
                self.odd_key
                    .get_or_insert(Refusal::new(entry.key_at, message));
                map.set(&entry.key, entry.key_at, Arc::unwrap_or_clone(entry.value));
            } else {
                map.entries.push(entry);
            }
        }
        for entry in merged {
            merge_into(&mut map, &entry)?;
        }
        Ok(map)
    }
}

fn key_of(node: &Node, odd_key: &mut Option<Refusal>) -> Outcome<Key> {
    let Some(scalar) = node.as_scalar() else {
        return Err(Refusal::new(node.at, "a key must be text"));
    };
    let is_merge = &*scalar.text == "<<" && !scalar.quoted;
    if !matches!(scalar.tag, Tag::Text | Tag::Binary) {
        let message = format!("key `{}` is no text", scalar.text.escape_debug());
        odd_key.get_or_insert(Refusal::new(node.at, message));
    }
    Ok(Key {
        text: scalar.text.clone(),
        at: node.at,
        is_merge,
    })
}

/// Adds the keys that `<<` names and the mapping does not have itself.
fn merge_into(map: &mut Map, entry: &Entry) -> Outcome<()> {
    let refuse = || Refusal::new(entry.key_at, "`<<` takes a mapping or a list of mappings");
    let sources: Vec<&Node> = match &entry.value.content {
        Content::Map(_) => vec![&entry.value],
        Content::List(items) => items.iter().map(|item| &**item).collect(),
        Content::Scalar(_) => return Err(refuse()),
    };
    for source in sources {
        for inherited in &source.as_map().ok_or_else(refuse)?.entries {
            if map.get(&inherited.key).is_none() {
                map.entries.push(inherited.clone());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
