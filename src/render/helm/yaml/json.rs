//! Writes JSON as Go does.

use crate::render::helm::fault::Fallible;
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::{Val, Value, float, quote};
use crate::render::text::{Builder, Piece, Text};

/// How JSON looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Whether `<`, `>` and `&` are escaped.
    pub html: bool,
    /// Whether each value has a line of its own.
    pub pretty: bool,
}

/// The value as JSON.
pub fn to_json(val: &Val, look: Look, budget: &Budget) -> Fallible<Text> {
    let mut out = Builder::default();
    push(&mut out, val, look, budget, 0)?;
    Ok(out.finish())
}

fn line(out: &mut Builder, look: Look, depth: u32) {
    if look.pretty {
        out.push_plain("\n");
        out.push_plain(&"  ".repeat(depth as usize));
    }
}

fn push(out: &mut Builder, val: &Val, look: Look, budget: &Budget, depth: u32) -> Fallible<()> {
    budget.visit(depth)?;
    let piece = val.piece();
    let word = match &val.value {
        Value::Str(text) => {
            quote::push_json(out, text, look.html);
            return Ok(());
        }
        Value::Bytes(text) => format!("\"{}\"", data_encoding::BASE64.encode(text.bytes())),
        Value::List(list) if !list.items.is_empty() => {
            out.push(b"[", piece);
            for (index, item) in list.items.iter().enumerate() {
                if index > 0 {
                    out.push_plain(",");
                }
                line(out, look, depth + 1);
                push(out, item, look, budget, depth + 1)?;
            }
            line(out, look, depth);
            out.push_plain("]");
            return Ok(());
        }
        Value::Map(map) if !map.is_empty() => {
            out.push(b"{", piece);
            for (index, (key, entry)) in map.snapshot().iter().enumerate() {
                if index > 0 {
                    out.push_plain(",");
                }
                line(out, look, depth + 1);
                let key = Text::with_piece(key, Piece::of_value(entry.key, false));
                quote::push_json(out, &key, look.html);
                out.push_plain(if look.pretty { ": " } else { ":" });
                push(out, &entry.val, look, budget, depth + 1)?;
            }
            line(out, look, depth);
            out.push_plain("}");
            return Budget::fits(out.len());
        }
        Value::List(_) => "[]".to_owned(),
        Value::Map(_) => "{}".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value, _) => value.to_string(),
        Value::Float(value) => float::json(*value),
        Value::Host(host) => format!("\"{host}\""),
        Value::Nil { .. } => "null".to_owned(),
    };
    out.push(word.as_bytes(), piece);
    Ok(())
}
