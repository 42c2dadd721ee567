//! Reads YAML as Helm does, each value with its place.

use std::borrow::Cow;
use std::rc::Rc;

use granit_parser::{Event, Options, Parser, ScalarStyle, Tag};
use rustc_hash::FxHashMap;

use crate::render::helm::limits;
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::collection::{Entries, Entry, Map};
use crate::render::helm::value::{Val, Value, float};
use crate::render::helm::yaml::locate;
use crate::render::helm::yaml::scalar::{Meaning, meaning};
use crate::render::place::Place;
use crate::render::text::Text;

/// Why a text is no YAML, or none that Helm takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// What is wrong.
    pub message: String,
    /// The byte at which it is.
    pub at: usize,
}

/// Reads the documents of a text, at most `limit` of them.
pub fn read(source: &Text, limit: usize) -> Result<Vec<Val>, Broken> {
    let text = source.to_str();
    let mut options = Options::default();
    options.flow_nesting_limit = limits::VALUE_DEPTH as usize;
    options.block_nesting_limit = limits::VALUE_DEPTH as usize;
    options.emit_unresolved_aliases = true;
    options.max_buffered_comment_events = usize::MAX;
    let mut parser = Parser::new_from_str_with_options(&text, options);
    let mut reader = Reader {
        source,
        documents: Vec::new(),
        open: Vec::new(),
        anchors: FxHashMap::default(),
        nodes: 0,
    };
    while reader.documents.len() < limit {
        match parser.next_event() {
            None | Some(Ok((Event::StreamEnd, _))) => break,
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or_default();
                let range = range.start..range.end.max(range.start);
                reader.event(event, range)?;
            }
            Some(Err(error)) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                let message = error.info().lines().next().unwrap_or_default().to_owned();
                return Err(Broken { message, at });
            }
        }
    }
    Ok(reader.documents)
}

/// A collection that is not closed yet.
struct Open {
    kind: Kind,
    anchor: usize,
    start: usize,
    end: usize,
}

enum Kind {
    List(Vec<Val>),
    Map {
        entries: Entries,
        merged: Vec<Val>,
        key: Option<(Rc<str>, Place, bool)>,
    },
}

struct Reader<'a> {
    source: &'a Text,
    documents: Vec<Val>,
    open: Vec<Open>,
    anchors: FxHashMap<usize, Val>,
    nodes: usize,
}

type Range = std::ops::Range<usize>;

impl Reader<'_> {
    fn event(&mut self, event: Event, range: Range) -> Result<(), Broken> {
        match event {
            Event::DocumentStart(..) => {
                self.anchors.clear();
                self.open.clear();
            }
            Event::Scalar(text, style, anchor, tag) => {
                let range = trimmed(self.source, range, style);
                let is_merge = style == ScalarStyle::Plain && text == "<<";
                let val = self.scalar(&text, style, tag.as_deref(), range.clone())?;
                if anchor > 0 {
                    self.anchors.insert(anchor, val.clone());
                }
                self.place(val, range, is_merge)?;
            }
            Event::SequenceStart(_, anchor, _) => self.start(Kind::List(Vec::new()), anchor, range),
            Event::MappingStart(_, anchor, _) => {
                let kind = Kind::Map {
                    entries: Entries::new(),
                    merged: Vec::new(),
                    key: None,
                };
                self.start(kind, anchor, range);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range)?,
            Event::Alias(anchor) => {
                let Some(val) = self.anchors.get(&anchor).cloned() else {
                    return broken("anchor contains itself", range.start);
                };
                let copy = self.copied(&val, range.start)?;
                self.place(copy, range, false)?;
            }
            Event::UnresolvedAlias(name) => {
                return broken(format!("unknown anchor '{name}' referenced"), range.start);
            }
            _ => {}
        }
        Ok(())
    }

    fn count(&mut self, at: usize) -> Result<(), Broken> {
        self.nodes += 1;
        if self.nodes > limits::YAML_NODES {
            return broken(
                format!("document has more than {} values", limits::YAML_NODES),
                at,
            );
        }
        Ok(())
    }

    /// What an alias stands for, each node counted.
    fn copied(&mut self, val: &Val, at: usize) -> Result<Val, Broken> {
        // The nodes of a document bound how often an anchor is copied, its depth is bounded by nesting.
        let mut waiting = vec![val.clone()];
        while let Some(val) = waiting.pop() {
            self.count(at)?;
            match &val.value {
                Value::List(list) => waiting.extend(list.items.iter().cloned()),
                Value::Map(map) => {
                    waiting.extend(map.snapshot().into_iter().map(|(_, entry)| entry.val));
                }
                _ => {}
            }
        }
        let copy = crate::render::helm::functions::dicts::copied(val, &Budget::default(), 1);
        copy.map_err(|fault| Broken {
            message: fault.message,
            at,
        })
    }

    fn start(&mut self, kind: Kind, anchor: usize, range: Range) {
        self.open.push(Open {
            kind,
            anchor,
            start: range.start,
            end: range.end,
        });
    }

    fn close(&mut self, range: Range) -> Result<(), Broken> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let is_flow = self
            .source
            .bytes()
            .get(open.start)
            .is_some_and(|byte| matches!(byte, b'{' | b'['));
        let end = if is_flow { range.end } else { open.end };
        let value = match open.kind {
            Kind::List(items) => {
                Value::List(crate::render::helm::value::collection::List::new(items))
            }
            Kind::Map {
                mut entries,
                merged,
                ..
            } => {
                for val in merged {
                    merge(&mut entries, &val, open.start)?;
                }
                Value::Map(Map::new(entries))
            }
        };
        let val = Val::from(value).at(self.place_of(open.start..end));
        if open.anchor > 0 {
            self.anchors.insert(open.anchor, val.clone());
        }
        self.place(val, open.start..end, false)
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, val: Val, range: Range, is_merge: bool) -> Result<(), Broken> {
        self.count(range.start)?;
        let place = self.place_of(range.clone());
        let Some(open) = self.open.last_mut() else {
            self.documents.push(val);
            return Ok(());
        };
        open.end = open.end.max(range.end);
        match &mut open.kind {
            Kind::List(items) => items.push(val),
            Kind::Map {
                entries,
                merged,
                key,
            } => match key.take() {
                None => *key = Some((Rc::from(key_text(&val, range.start)?), place, is_merge)),
                Some((_, _, true)) => merged.push(val),
                Some((name, key, false)) => _ = entries.insert(name, Entry { key, val }),
            },
        }
        Ok(())
    }

    /// The place of some bytes of the source.
    fn place_of(&self, range: Range) -> Place {
        let start = u32::try_from(range.start).unwrap_or(u32::MAX);
        let width = u32::try_from(range.len()).unwrap_or(u32::MAX);
        let found = self.source.origin_at(start);
        found.map_or(Place::NONE, |(piece, before)| {
            if piece.exact || !piece.value.is_some() {
                piece.place_of(before, width)
            } else {
                piece.value
            }
        })
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        range: Range,
    ) -> Result<Val, Broken> {
        let at = self.place_of(range.clone());
        let is_binary = tag.is_some_and(|tag| tag.original() == "!!binary");
        let core = tag.and_then(Tag::core_suffix);
        let is_plain = match (core, tag.is_some()) {
            (Some("int" | "float" | "bool" | "null"), _) => true,
            (Some(_), _) | (None, true) => false,
            (None, false) => style == ScalarStyle::Plain,
        };
        let meaning = if is_plain {
            meaning(text)
        } else {
            Meaning::Text
        };
        let value = match meaning {
            Meaning::Null => Value::Nil { typed: true },
            Meaning::Bool(value) => Value::Bool(value),
            #[expect(clippy::cast_precision_loss, reason = "Helm makes all numbers floats")]
            Meaning::Int(value) => Value::Float(value as f64),
            #[expect(clippy::cast_precision_loss, reason = "Helm makes all numbers floats")]
            Meaning::Uint(value) => Value::Float(value as f64),
            Meaning::Float(value) if value.is_finite() => Value::Float(value),
            Meaning::Float(value) => {
                let word = float::general(value, None);
                return broken(format!("json: unsupported value: {word}"), range.start);
            }
            Meaning::Text | Meaning::Timestamp if is_binary => {
                let plain: String = text.split_whitespace().collect();
                let bytes = data_encoding::BASE64
                    .decode(plain.as_bytes())
                    .unwrap_or_default();
                Value::Str(locate::scalar(self.source, range, text).remade(bytes))
            }
            Meaning::Text | Meaning::Timestamp => {
                Value::Str(locate::scalar(self.source, range, text))
            }
        };
        Ok(Val::from(value).at(at))
    }
}

fn broken<T>(message: impl Into<String>, at: usize) -> Result<T, Broken> {
    let message = message.into();
    Err(Broken { message, at })
}

/// The bytes of a scalar without the blanks that the parser counts to it; a block keeps its last end of line.
fn trimmed(source: &Text, range: Range, style: ScalarStyle) -> Range {
    let raw = source.bytes().get(range.clone()).unwrap_or_default();
    let keeps = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
    let blanks = raw
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_whitespace() && !keeps)
        .count();
    range.start..range.end - blanks
}

/// The text that a key becomes.
fn key_text(key: &Val, at: usize) -> Result<Cow<'static, str>, Broken> {
    match &key.value {
        Value::Str(text) => Ok(Cow::Owned(text.to_str().into_owned())),
        Value::Bool(true) => Ok(Cow::Borrowed("true")),
        Value::Bool(false) => Ok(Cow::Borrowed("false")),
        Value::Float(value) if value.fract() == 0.0 && value.abs() < 1e18 => {
            Ok(Cow::Owned(float::decimal(*value, None)))
        }
        Value::Float(value) => Ok(Cow::Owned(float::general(*value, None))),
        Value::Nil { .. } => broken("unsupported map key of type nil", at),
        _ => broken("invalid map key", at),
    }
}

/// `<<`: what a map does not set itself comes from another, or from the first of several that sets it.
fn merge(entries: &mut Entries, val: &Val, at: usize) -> Result<(), Broken> {
    match &val.value {
        Value::Map(map) => {
            for (key, entry) in map.snapshot() {
                entries.entry(key).or_insert(entry);
            }
            Ok(())
        }
        Value::List(list) if list.items.iter().all(|item| item.as_map().is_some()) => {
            for item in &list.items {
                merge(entries, item, at)?;
            }
            Ok(())
        }
        _ => broken(
            "map merge requires map or sequence of maps as the value",
            at,
        ),
    }
}
