//! Writes YAML as Helm's `toYaml` does, each scalar and key with its origin.

use std::rc::Rc;

use crate::render::helm::fault::Fallible;
use crate::render::helm::template::literal::whole;
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::collection::{Entry, List, Map};
use crate::render::helm::value::{Val, Value, float};
use crate::render::helm::yaml::order;
use crate::render::helm::yaml::style::{self, Style};
use crate::render::text::{Builder, Piece, Text};

/// The column after which plain and quoted text goes on in a new line.
const WIDTH: usize = 80;

/// The value as YAML without the last end of line; `pretty` indents lists below their keys and folds
/// no long lines.
pub fn to_yaml(val: &Val, pretty: bool, budget: &Budget) -> Fallible<Text> {
    let mut emitter = Emitter {
        out: Builder::default(),
        column: 0,
        pretty,
        budget,
    };
    emitter.node(val, 0, true, 0)?;
    let text = emitter.out.finish();
    let end = text.len() - usize::from(text.bytes().ends_with(b"\n"));
    Ok(text.cut(0..end))
}

pub(super) struct Emitter<'a> {
    pub(super) out: Builder,
    pub(super) column: usize,
    pretty: bool,
    budget: &'a Budget,
}

impl Emitter<'_> {
    /// A value at an indentation; `inline` says that it begins on the current line.
    fn node(&mut self, val: &Val, indent: usize, inline: bool, depth: u32) -> Fallible<()> {
        self.budget.visit(depth)?;
        match &val.value {
            Value::Map(map) if !map.is_empty() => self.map(map, indent, inline, depth),
            Value::List(list) if !list.items.is_empty() => self.list(list, indent, inline, depth),
            _ => {
                self.scalar(val, indent + 2);
                Ok(())
            }
        }
    }

    fn map(&mut self, map: &Map, indent: usize, inline: bool, depth: u32) -> Fallible<()> {
        let entries = order::sorted(map.snapshot(), |(key, _): &(Rc<str>, Entry)| key);
        let mut inline = inline;
        for (key, entry) in entries {
            if !std::mem::take(&mut inline) {
                self.line(indent);
            }
            self.key(&key, &entry, indent);
            self.plain(":");
            let val = &entry.val;
            match &val.value {
                Value::Map(map) if !map.is_empty() => {
                    self.node(val, indent + 2, false, depth + 1)?;
                }
                Value::List(list) if !list.items.is_empty() => {
                    let inner = indent + if self.pretty { 2 } else { 0 };
                    self.node(val, inner, false, depth + 1)?;
                }
                _ => {
                    self.plain(" ");
                    self.node(val, indent, true, depth + 1)?;
                }
            }
            Budget::fits(self.out.len())?;
        }
        Ok(())
    }

    fn list(&mut self, list: &List, indent: usize, inline: bool, depth: u32) -> Fallible<()> {
        let mut inline = inline;
        for item in &list.items {
            if !std::mem::take(&mut inline) {
                self.line(indent);
            }
            self.plain("- ");
            let inner = match &item.value {
                Value::Map(map) if !map.is_empty() => indent + 2,
                Value::List(list) if !list.items.is_empty() => indent + 2,
                _ => indent,
            };
            self.node(item, inner, true, depth + 1)?;
        }
        Ok(())
    }

    fn key(&mut self, key: &str, entry: &Entry, indent: usize) {
        let text = Text::located(key, entry.key, false);
        if style::is_simple_key(key) {
            self.text(&text, style::style(key, true), indent, false);
        } else {
            self.plain("? ");
            self.text(&text, style::style(key, false), indent + 2, true);
            self.line(indent);
        }
    }

    fn scalar(&mut self, val: &Val, indent: usize) {
        let piece = val.piece();
        let word = match &val.value {
            Value::Str(text) => {
                let style = style::style(&text.to_str(), false);
                return self.text(text, style, indent, true);
            }
            Value::Bytes(text) => {
                let encoded = data_encoding::BASE64.encode(text.bytes());
                let encoded = text.remade(encoded.into_bytes());
                let style = style::style(&encoded.to_str(), false);
                return self.text(&encoded, style, indent, true);
            }
            Value::Bool(value) => value.to_string(),
            Value::Int(value, _) => value.to_string(),
            Value::Float(value) if self.pretty => float::general(*value, None),
            Value::Float(value) => number(*value),
            Value::List(_) => "[]".to_owned(),
            Value::Map(_) => "{}".to_owned(),
            Value::Host(host) => host.to_string(),
            Value::Nil { .. } => "null".to_owned(),
        };
        self.column += word.len();
        self.out.push(word.as_bytes(), piece);
    }

    fn text(&mut self, text: &Text, style: Style, indent: usize, folds: bool) {
        let valid = text.to_str();
        let text = if valid.len() == text.len() {
            text.clone()
        } else {
            text.remade(valid.as_bytes().to_vec())
        };
        let folds = folds && !self.pretty;
        match style {
            Style::Plain => self.flow(&text, indent, folds, ""),
            Style::Single => self.flow(&text, indent, folds, "'"),
            Style::Double => self.double(&text, indent, folds),
            Style::Literal => self.literal(&text, indent),
        }
    }

    /// Plain text and text in single quotes: a single space past the width may become a line break.
    fn flow(&mut self, text: &Text, indent: usize, folds: bool, quote: &str) {
        let words = text.to_str();
        self.plain(quote);
        let bytes = words.as_bytes();
        let mut from = 0;
        let mut after_space = false;
        for (at, c) in words.char_indices() {
            let next = bytes.get(at + c.len_utf8()).copied();
            let is_inside = quote.is_empty() || (at > 0 && next.is_some());
            if c == ' '
                && folds
                && !after_space
                && self.column > WIDTH
                && is_inside
                && next != Some(b' ')
            {
                self.out.push_cut(text, from..at);
                self.line(indent);
                from = at + 1;
            } else {
                self.column += 1;
                if c == '\'' && !quote.is_empty() {
                    self.out.push_cut(text, from..at + 1);
                    from = at;
                    self.column += 1;
                }
            }
            after_space = c == ' ';
        }
        self.out.push_cut(text, from..text.len());
        self.plain(quote);
    }

    fn double(&mut self, text: &Text, indent: usize, folds: bool) {
        let words = text.to_str();
        self.plain("\"");
        let bytes = words.as_bytes();
        let mut from = 0;
        let mut after_space = false;
        for (at, c) in words.char_indices() {
            let next = bytes.get(at + c.len_utf8()).copied();
            let escape = escape(c);
            if let Some(escape) = &escape {
                self.out.push_cut(text, from..at);
                let piece = text.origin_at(u32::try_from(at).unwrap_or(u32::MAX));
                let piece = piece.map(|(piece, _)| *piece).unwrap_or_default();
                self.out.push(
                    escape.as_bytes(),
                    Piece {
                        exact: false,
                        literal: false,
                        ..piece
                    },
                );
                self.column += escape.len();
                from = at + c.len_utf8();
            } else if c == ' '
                && folds
                && !after_space
                && self.column > WIDTH
                && at > 0
                && next.is_some()
            {
                self.out.push_cut(text, from..at);
                self.line(indent);
                if next == Some(b' ') {
                    self.plain("\\");
                }
                from = at + 1;
            } else {
                self.column += 1;
            }
            after_space = c == ' ' && escape.is_none();
        }
        self.out.push_cut(text, from..text.len());
        self.plain("\"");
    }

    fn literal(&mut self, text: &Text, indent: usize) {
        let bytes = text.bytes();
        let hint = if matches!(bytes.first(), Some(b' ' | b'\n')) {
            "2"
        } else {
            ""
        };
        let chomp = match bytes {
            [.., b'\n', b'\n'] | [b'\n'] => "+",
            [.., b'\n'] => "",
            _ => "-",
        };
        self.plain(&format!("|{hint}{chomp}"));
        for line in text.lines() {
            let end = line.end - usize::from(bytes.get(line.end - 1) == Some(&b'\n'));
            if end > line.start {
                self.line(indent);
                self.out.push_cut(text, line.start..end);
            } else {
                self.out.push_plain("\n");
            }
            self.column = indent + (end - line.start);
        }
        if chomp == "+" {
            self.out.push_plain("\n");
            self.column = 0;
        }
    }

    pub(super) fn plain(&mut self, text: &str) {
        self.out.push_plain(text);
        self.column += text.len();
    }

    /// A new line with its indentation; none if an empty line was left open.
    fn line(&mut self, indent: usize) {
        if self.column > 0 || self.out.is_empty() {
            self.out.push_plain("\n");
        }
        self.out.push_plain(&" ".repeat(indent));
        self.column = indent;
    }
}

/// A number: whole ones without an exponent as far as 64 bits reach.
fn number(value: f64) -> String {
    let text = float::json(value);
    if whole(value).is_some() || text.parse::<u64>().is_ok() {
        return text;
    }
    float::general(value, None)
}

/// What stands for a character between double quotes.
fn escape(c: char) -> Option<String> {
    let short = match c {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\0' => "\\0",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\u{b}' => "\\v",
        '\u{c}' => "\\f",
        '\r' => "\\r",
        '\u{1b}' => "\\e",
        '\u{85}' => "\\N",
        '\u{2028}' => "\\L",
        '\u{2029}' => "\\P",
        _ => "",
    };
    if !short.is_empty() {
        return Some(short.to_owned());
    }
    if style::is_printable(c) && c != '\u{feff}' {
        return None;
    }
    let code = u32::from(c);
    Some(match code {
        0..=0xff => format!("\\x{code:02X}"),
        0x100..=0xffff => format!("\\u{code:04X}"),
        _ => format!("\\U{code:08X}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::helm::yaml::read::read;
    use crate::render::place::Place;

    fn rewritten(yaml: &str) -> Text {
        let source = Text::located(yaml, Place::new(1, 0, yaml.len()), true);
        let documents = read(&source, 1).unwrap();
        to_yaml(&documents[0], false, &Budget::default()).unwrap()
    }

    #[test]
    fn yaml_is_written_as_helm_writes_it() {
        for (yaml, expected) in [
            (
                "b: 1\na: {c: [x, {d: e}, [f]], g: {}}\n",
                "a:\n  c:\n  - x\n  - d: e\n  - - f\n  g: {}\nb: 1",
            ),
            (
                "a: \"x\\ny\"\nb: \"\\n\"\nc: \"l\\n\"\n",
                "a: |-\n  x\n  y\nb: |2+\n\nc: |\n  l",
            ),
            (
                "- \"yes\"\n- 1e20\n- 1000000\n- 1e-7\n- null\n",
                "- \"yes\"\n- 1e+20\n- 1000000\n- 1e-07\n- null",
            ),
            ("\"a\\nb\": 4\n", "? |-\n  a\n  b\n: 4"),
            ("a: \"it's: so\"\n", "a: 'it''s: so'"),
        ] {
            assert_eq!(rewritten(yaml).to_str(), expected);
        }
    }

    #[test]
    fn long_text_is_folded_after_column_80() {
        let text = "word ".repeat(30);
        let yaml = rewritten(&format!("a: {}\n", text.trim_end()));
        let lines: Vec<String> = yaml.to_str().lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].len() > 80 && lines[1].starts_with("  word"));
    }

    #[test]
    fn scalars_lead_back_to_their_bytes() {
        let yaml = "image: {tag: v1, repo: a b}\n";
        let text = rewritten(yaml);
        let at = text.to_str().find("v1").unwrap();
        let (piece, before) = text.origin_at(u32::try_from(at).unwrap()).unwrap();
        let place = piece.place_of(before, 2);
        assert_eq!(place.span.of(yaml), "v1");
    }
}
