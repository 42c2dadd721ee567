//! Writes located trees as YAML, keys sorted as kustomize sorts them, each line with the places that it comes from.

use std::sync::Arc;

use crate::render::kustomize::scalar::{self, Tag};
use crate::render::kustomize::tree::{Content, Entry, Map, Node, Place, Scalar};

/// A line of output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The text, without its end.
    pub text: String,
    /// Where its key was written; file 0 if it has none.
    pub key: Place,
    /// Where its value was written.
    pub value: Place,
    /// Where the value stood that it took the place of; file 0 if there was none.
    pub was: Place,
    /// How many bytes of the text come before the value.
    pub split: usize,
    /// Whether its value will be another one where it is deployed.
    pub is_unknown: bool,
    /// Whether it is one of the lines of a text of several lines.
    pub is_inner: bool,
    /// The keys that were taken away from the mapping that ends with this line, and what took them away.
    pub removed: Vec<(Arc<str>, Place)>,
}

/// The lines of a document. The tree nests within `tree::DEPTH`.
pub fn document(root: &Node) -> Vec<Line> {
    lines(root, true)
}

/// The lines of a document with its keys in the order in which they were written.
pub fn in_order(root: &Node) -> Vec<Line> {
    lines(root, false)
}

fn lines(root: &Node, is_sorted: bool) -> Vec<Line> {
    let mut writer = Writer {
        is_sorted,
        ..Writer::default()
    };
    match &root.content {
        Content::Map(map) if !map.entries.is_empty() => writer.map(map, 0),
        Content::List(items) if !items.is_empty() => {
            for item in items {
                writer.item(item, 0);
            }
        }
        _ => writer.leaf(root, 0),
    }
    writer.lines
}

#[derive(Default)]
struct Writer {
    lines: Vec<Line>,
    /// What begins the next line instead of blanks: the dashes of the items that it is the first line of.
    lead: Option<String>,
    is_sorted: bool,
}

impl Writer {
    /// A line that begins with `name`, a key with its colon, or nothing.
    fn line(&mut self, indent: usize, name: &str, text: &str, key: Place, node: &Node) {
        let lead = self.lead.take().unwrap_or_else(|| " ".repeat(indent));
        let split = lead.len() + name.len();
        let text = lead + name + text;
        let (value, was) = (node.at, node.was);
        self.lines.push(Line {
            text,
            key,
            value,
            was,
            split,
            is_unknown: node.is_unknown,
            is_inner: false,
            removed: Vec::new(),
        });
    }

    fn map(&mut self, map: &Map, indent: usize) {
        let mut sorted: Vec<&Entry> = map.entries.iter().collect();
        if self.is_sorted {
            sorted.sort_by(|a, b| a.key.cmp(&b.key));
        }
        for entry in sorted {
            let key = self.inline(&entry.key, false);
            let value = &entry.value;
            match &value.content {
                Content::Map(map) if !map.entries.is_empty() => {
                    self.line(indent, &format!("{key}:"), "", entry.key_at, value);
                    self.map(map, indent + 2);
                }
                Content::List(items) if !items.is_empty() => {
                    self.line(indent, &format!("{key}:"), "", entry.key_at, value);
                    for item in items {
                        self.item(item, indent);
                    }
                }
                _ => self.value(value, indent, &format!("{key}: "), entry.key_at),
            }
        }
        if let Some(last) = self.lines.last_mut() {
            let removed = map.removed.iter();
            let removed = removed.map(|removed| (Arc::clone(&removed.key), removed.by));
            last.removed.extend(removed);
        }
    }

    fn item(&mut self, item: &Node, indent: usize) {
        let lead = self.lead.take().unwrap_or_else(|| " ".repeat(indent));
        self.lead = Some(lead + "- ");
        match &item.content {
            Content::Map(map) if !map.entries.is_empty() => self.map(map, indent + 2),
            Content::List(items) if !items.is_empty() => {
                for inner in items {
                    self.item(inner, indent + 2);
                }
            }
            _ => self.leaf(item, indent),
        }
    }

    fn leaf(&mut self, node: &Node, indent: usize) {
        self.value(node, indent, "", Place::default());
    }

    fn value(&mut self, node: &Node, indent: usize, key: &str, key_at: Place) {
        let scalar = match &node.content {
            Content::Scalar(scalar) => scalar,
            Content::Map(_) => return self.line(indent, key, "{}", key_at, node),
            Content::List(_) => return self.line(indent, key, "[]", key_at, node),
        };
        if !is_block(scalar) {
            let text = self.inline_scalar(scalar);
            return self.line(indent, key, &text, key_at, node);
        }
        let body = &*scalar.text;
        let chomp = match body.len() - body.trim_end_matches('\n').len() {
            0 => "-",
            1 => "",
            _ => "+",
        };
        self.line(indent, key, &format!("|{chomp}"), key_at, node);
        for line in body.strip_suffix('\n').unwrap_or(body).split('\n') {
            let blank = line.is_empty();
            let text = if blank {
                String::new()
            } else {
                " ".repeat(indent + 2) + line
            };
            let (key, value, was) = (key_at, node.at, node.was);
            self.lines.push(Line {
                text,
                key,
                value,
                was,
                split: if blank { 0 } else { indent + 2 },
                is_unknown: node.is_unknown,
                is_inner: true,
                removed: Vec::new(),
            });
        }
    }
}

impl Writer {
    fn inline_scalar(&self, scalar: &Scalar) -> String {
        match scalar.tag {
            Tag::Text | Tag::Binary | Tag::Folded => self.inline(&scalar.text, true),
            // A date has become text on the way.
            Tag::Time => self.inline(&scalar::canonical(scalar), true),
            _ => scalar::canonical(scalar).into_owned(),
        }
    }

    /// Text on one line, in quotes where plain text would be something else for any reader of YAML 1.1, or, in the
    /// order as written, for kustomize.
    fn inline(&self, text: &str, is_value: bool) -> String {
        let is_special = if self.is_sorted {
            scalar::is_old_special(text)
        } else {
            scalar::resolve(text) != Tag::Text
        };
        if is_plain(text, is_value) && !is_special {
            text.to_owned()
        } else {
            quoted(text)
        }
    }
}

/// Whether text is best written as a literal block.
fn is_block(scalar: &Scalar) -> bool {
    let text = &*scalar.text;
    matches!(scalar.tag, Tag::Text | Tag::Folded)
        && text.contains('\n')
        && !text.starts_with([' ', '\n', '\t'])
        && !text
            .chars()
            .any(|c| c != '\n' && c != '\t' && (c.is_control() || is_odd(c)))
}

/// Characters that a block may not hold or that readers take for an end of line.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Text in double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || is_odd(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_plain(text: &str, is_value: bool) -> bool {
    let first = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '.' | '$' | '(');
    let inner = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                '/' | '_' | '.' | '-' | '@' | '+' | '=' | '$' | '(' | ')' | '~' | '^'
            )
            || (is_value && matches!(c, ' ' | ':' | ',' | ';'))
    };
    text.starts_with(first)
        && text.chars().all(inner)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::kustomize::read;

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        for text in [
            "a: {b: [1, {c: d, e: [[x], []]}], f: {}}\n",
            "a: \"yes\"\nb: '1'\nc: \"x: y\"\nd: \"#\"\ne: \" x\"\nf: \"\\u0001\"\n\"n\": \"-\"\n",
            "a: |\n  l1\n\n    l2\nb: |-\n  x\n  y\nc: |+\n  x\n\nd: \"\\n x\\n\"\n",
            "- - a\n  - b: c\n    d: e\n- null\n",
        ] {
            let root = read::read(text, 1, None).unwrap().remove(0).root;
            let lines: Vec<String> = document(&root).into_iter().map(|line| line.text).collect();
            let written = lines.join("\n") + "\n";
            let again = read::read(&written, 1, None).unwrap().remove(0).root;
            assert!(
                crate::render::kustomize::tree::equal(&root, &again),
                "{text} became\n{written}"
            );
        }
    }
}
