//! JSON as Go writes it: keys sorted, `<`, `>` and `&` escaped.

use crate::render::kustomize::scalar::{self, Tag};
use crate::render::kustomize::tree::{Content, Entry, Node};

/// The JSON of a tree, on one line or indented by two blanks. The tree nests within `tree::DEPTH`.
pub fn json(root: &Node, is_pretty: bool) -> String {
    let mut out = String::new();
    write(root, is_pretty.then_some(0), &mut out);
    out
}

fn write(node: &Node, indent: Option<usize>, out: &mut String) {
    match &node.content {
        Content::Scalar(scalar) => match scalar.tag {
            Tag::Text | Tag::Binary | Tag::Folded => text(&scalar.text, out),
            Tag::Time => text(&scalar::canonical(scalar), out),
            _ => out.push_str(&scalar::canonical(scalar)),
        },
        Content::List(items) => {
            let each = |out: &mut String, index: usize, indent| write(&items[index], indent, out);
            collection(['[', ']'], items.len(), indent, out, &each);
        }
        Content::Map(map) => {
            let mut entries: Vec<&Entry> = map.entries.iter().collect();
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            let each = |out: &mut String, index: usize, indent: Option<usize>| {
                let entry = entries[index];
                text(&entry.key, out);
                out.push_str(if indent.is_some() { ": " } else { ":" });
                write(&entry.value, indent, out);
            };
            collection(['{', '}'], entries.len(), indent, out, &each);
        }
    }
}

fn collection(
    brackets: [char; 2],
    count: usize,
    indent: Option<usize>,
    out: &mut String,
    each: &dyn Fn(&mut String, usize, Option<usize>),
) {
    out.push(brackets[0]);
    let inner = indent.map(|indent| indent + 2);
    let break_line = |out: &mut String, indent: Option<usize>| {
        if let Some(indent) = indent {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
        }
    };
    for index in 0..count {
        if index > 0 {
            out.push(',');
        }
        break_line(out, inner);
        each(out, index, inner);
    }
    if count > 0 {
        break_line(out, indent);
    }
    out.push(brackets[1]);
}

/// A text in quotes.
pub fn text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c if u32::from(c) < 0x20 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}
