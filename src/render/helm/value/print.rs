//! How a value prints: Go's `%v`, with origins.

use crate::render::helm::fault::Fallible;
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::{Val, Value, float};
use crate::render::text::{Builder, Piece, Text};

/// What nothing prints as at the top, until the end of a template takes it out.
pub const NO_VALUE: &str = "<no value>";

/// Go's `%v` of a value: `<nil>` for nothing.
pub fn printed(val: &Val, budget: &Budget) -> Fallible<Text> {
    if let Value::Str(text) = &val.value {
        return Ok(text.clone());
    }
    let mut out = Builder::default();
    push_printed(&mut out, val, budget, 0)?;
    Ok(out.finish())
}

/// Appends Go's `%v` of a value.
pub fn push_printed(out: &mut Builder, val: &Val, budget: &Budget, depth: u32) -> Fallible<()> {
    budget.visit(depth)?;
    Budget::fits(out.len())?;
    let piece = val.piece();
    match &val.value {
        Value::Str(text) => out.push_text(text),
        Value::List(list) => {
            out.push(b"[", piece);
            for (index, item) in list.items.iter().enumerate() {
                if index > 0 {
                    out.push_plain(" ");
                }
                push_printed(out, item, budget, depth + 1)?;
            }
            out.push(b"]", piece);
        }
        Value::Map(map) => {
            out.push(b"map[", piece);
            for (index, (key, entry)) in map.snapshot().iter().enumerate() {
                if index > 0 {
                    out.push_plain(" ");
                }
                out.push(key.as_bytes(), Piece::of_value(entry.key, false));
                out.push_plain(":");
                push_printed(out, &entry.val, budget, depth + 1)?;
            }
            out.push(b"]", piece);
        }
        _ => out.push(scalar(val).as_bytes(), piece),
    }
    Ok(())
}

/// The text of a value that is neither text nor a collection.
fn scalar(val: &Val) -> String {
    match &val.value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value, _) => value.to_string(),
        Value::Float(value) => float::general(*value, None),
        Value::Bytes(text) => {
            let bytes: Vec<String> = text.bytes().iter().map(u8::to_string).collect();
            format!("[{}]", bytes.join(" "))
        }
        Value::Host(host) => host.to_string(),
        _ => "<nil>".to_owned(),
    }
}

/// Sprig's `toString`: `%v`, but the bytes of a file are text.
pub fn to_text(val: &Val, budget: &Budget) -> Fallible<Text> {
    match &val.value {
        Value::Bytes(text) => Ok(text.clone()),
        _ => printed(val, budget),
    }
}

/// Appends what an action prints; `action` is its place and frame.
pub fn push_action(out: &mut Builder, val: &Val, action: Piece, budget: &Budget) -> Fallible<()> {
    let origin = Piece {
        template: action.template,
        via: action.via,
        ..val.piece()
    };
    match &val.value {
        Value::Str(text) if text.is_empty() => out.mark(first_of(text, origin)),
        Value::Str(text) => out.push_printed(text, origin),
        Value::Nil { .. } => out.push(NO_VALUE.as_bytes(), origin),
        Value::List(list) if list.items.is_empty() => out.push(b"[]", origin),
        _ => out.push_printed(&printed(val, budget)?, origin),
    }
    Ok(())
}

/// The origin of an empty text: its own mark if it has one.
fn first_of(text: &Text, origin: Piece) -> Piece {
    let Some(own) = text.pieces().first() else {
        return origin;
    };
    Piece {
        value: own.value.or(origin.value),
        hole: own.hole.max(origin.hole),
        unknown: own.unknown || origin.unknown,
        ..origin
    }
}

/// The text without `<no value>`, as the end of a template leaves it; where it was is a mark.
pub fn without_no_value(text: &Text) -> Text {
    let finder = memchr::memmem::Finder::new(NO_VALUE);
    let mut found = finder.find_iter(text.bytes()).peekable();
    if found.peek().is_none() {
        return text.clone();
    }
    let mut out = Builder::default();
    let mut from = 0;
    for at in found {
        out.push_cut(text, from..at);
        if let Some((piece, _)) = text.origin_at(u32::try_from(at).unwrap_or(u32::MAX)) {
            out.mark(*piece);
        }
        from = at + NO_VALUE.len();
    }
    out.push_cut(text, from..text.len());
    out.finish()
}

/// `print`: a space only between two operands that are not text; `println` has them between all.
pub fn print(args: &[Val], between_all: bool, budget: &Budget) -> Fallible<Text> {
    let mut out = Builder::default();
    let is_text = |val: &Val| matches!(val.value, Value::Str(_));
    for (index, arg) in args.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| args.get(before));
        if before.is_some_and(|before| between_all || !(is_text(before) || is_text(arg))) {
            out.push_plain(" ");
        }
        push_printed(&mut out, arg, budget, 0)?;
        Budget::fits(out.len())?;
    }
    if between_all {
        out.push(b"\n", Piece::default());
    }
    Ok(out.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::helm::value::IntKind;

    #[test]
    fn print_puts_spaces_between_numbers_only() {
        let number = |value| Value::Int(value, IntKind::Int).into();
        let args = [
            Val::str("a"),
            number(1),
            number(2),
            Val::str("b"),
            Val::nil(),
            Val::bool(true),
        ];
        let budget = Budget::default();
        assert_eq!(
            print(&args, false, &budget).unwrap().to_str(),
            "a1 2b<nil> true"
        );
        assert_eq!(
            print(&args, true, &budget).unwrap().to_str(),
            "a 1 2 b <nil> true\n"
        );
    }
}
