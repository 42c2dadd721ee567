//! Texts: cut, trimmed, joined, quoted, with their origins kept.

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::lists::list_of;
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::limits;
use crate::render::helm::value::collection::{Entries, Entry, Map, MapKind};
use crate::render::helm::value::quote;
use crate::render::helm::value::{Val, Value};
use crate::render::place::Place;
use crate::render::text::{Builder, Piece, Text};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("trim", "s", |call| {
        Ok(trimmed(&call.text(0), char::is_whitespace))
    }),
    function("trimAll", "ss", trim_all),
    function("trimall", "ss", trim_all),
    function("trimPrefix", "ss", |call| {
        Ok(without_prefix(&call.text(1), &call.text(0)))
    }),
    function("trimSuffix", "ss", |call| {
        Ok(without_suffix(&call.text(1), &call.text(0)))
    }),
    function("nospace", "s", |call| {
        Ok(kept(&call.text(0), |c| !c.is_whitespace()))
    }),
    function("trunc", "is", trunc),
    function("substr", "iis", substr),
    function("replace", "sss", replace),
    function("repeat", "is", repeat),
    function("indent", "is", |call| indent(call, false)),
    function("nindent", "is", |call| indent(call, true)),
    function("contains", "ss", |call| {
        let (wanted, text) = (call.text(0), call.text(1));
        Ok(Val::bool(
            memchr::memmem::find(text.bytes(), wanted.bytes()).is_some(),
        ))
    }),
    function("hasPrefix", "ss", |call| {
        Ok(Val::bool(
            call.text(1).bytes().starts_with(call.text(0).bytes()),
        ))
    }),
    function("hasSuffix", "ss", |call| {
        Ok(Val::bool(
            call.text(1).bytes().ends_with(call.text(0).bytes()),
        ))
    }),
    function("quote", "a*", |call| quoted(call, &quote::quoted)),
    function("squote", "a*", |call| quoted(call, &single_quoted)),
    function("cat", "a*", cat),
    function("split", "ss", |call| split(call, None)),
    function("splitn", "sis", |call| split(call, Some(call.int(1)))),
    function("splitList", "ss", |call| {
        Ok(list_of(parts(&call.text(1), call.text(0).bytes(), None)))
    }),
];

/// The text without what `drops` at both ends.
fn trimmed(text: &Text, drops: impl Fn(char) -> bool) -> Val {
    let words = text.to_str();
    if words.len() != text.len() {
        return Val::text(text.clone());
    }
    let start = words.len() - words.trim_start_matches(&drops).len();
    let end = start + words[start..].trim_end_matches(&drops).len();
    Val::text(text.cut(start..end))
}

fn trim_all(call: &mut Call) -> Fallible<Val> {
    let set = call.str(0);
    Ok(trimmed(&call.text(1), |c| set.contains(c)))
}

fn without_prefix(text: &Text, prefix: &Text) -> Val {
    let has = text.bytes().starts_with(prefix.bytes());
    let start = if has { prefix.len() } else { 0 };
    Val::text(text.cut(start..text.len()))
}

fn without_suffix(text: &Text, suffix: &Text) -> Val {
    let has = text.bytes().ends_with(suffix.bytes());
    let end = text.len() - if has { suffix.len() } else { 0 };
    Val::text(text.cut(0..end))
}

/// The characters that are kept.
pub(super) fn kept(text: &Text, keeps: impl Fn(char) -> bool) -> Val {
    let mut out = Builder::default();
    let words = text.to_str();
    let mut from = 0;
    for (at, c) in words.char_indices() {
        if !keeps(c) {
            out.push_cut(text, from..at);
            from = at + c.len_utf8();
        }
    }
    out.push_cut(text, from..text.len());
    Val::text(out.finish())
}

/// Bytes, not characters: a cut may split one.
fn trunc(call: &mut Call) -> Fallible<Val> {
    let (count, text) = (call.int(0), call.text(1));
    let size = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if size >= text.len() {
        return Ok(Val::text(text));
    }
    let range = if count < 0 {
        text.len() - size..text.len()
    } else {
        0..size
    };
    Ok(Val::text(text.cut(range)))
}

fn substr(call: &mut Call) -> Fallible<Val> {
    let (start, end, text) = (call.int(0), call.int(1), call.text(2));
    let length = text.len();
    let within = |at: i64| usize::try_from(at).ok().filter(|at| *at <= length);
    let range = if start < 0 {
        match within(end) {
            Some(end) => 0..end,
            None => return fault(format!("slice bounds out of range [:{end}]")),
        }
    } else {
        let end = within(end).unwrap_or(length);
        match within(start).filter(|start| *start <= end) {
            Some(start) => start..end,
            None => return fault(format!("slice bounds out of range [{start}:{end}]")),
        }
    };
    Ok(Val::text(text.cut(range)))
}

fn replace(call: &mut Call) -> Fallible<Val> {
    let (old, new, text) = (call.text(0), call.text(1), call.text(2));
    let mut out = Builder::default();
    let mut from = 0;
    let found: Vec<usize> = if old.is_empty() {
        let words = text.to_str();
        let starts = words.char_indices().map(|(at, _)| at);
        starts.chain([text.len()]).collect()
    } else {
        memchr::memmem::find_iter(text.bytes(), old.bytes()).collect()
    };
    for at in found {
        out.push_cut(&text, from..at);
        push_instead(&mut out, &text, at, &new);
        from = at + old.len();
        if out.len() > limits::TEXT_BYTES {
            return fault("replace: text is too large");
        }
    }
    out.push_cut(&text, from.min(text.len())..text.len());
    Ok(Val::text(out.finish()))
}

/// Appends what stands in for the bytes at `at`: with its own origin, or theirs.
pub(super) fn push_instead(out: &mut Builder, text: &Text, at: usize, new: &Text) {
    let replaced = text.origin_at(u32::try_from(at).unwrap_or(u32::MAX));
    let origin = replaced.map(|(piece, _)| *piece).unwrap_or_default();
    let own = new.pieces().iter().any(|piece| piece.value.is_some());
    let printed = if own { Piece::default() } else { origin };
    out.push_printed(new, printed);
}

fn repeat(call: &mut Call) -> Fallible<Val> {
    let (count, text) = (call.int(0), call.text(1));
    let Ok(count) = usize::try_from(count) else {
        return fault("strings: negative Repeat count");
    };
    let size = count
        .checked_mul(text.len())
        .filter(|size| *size <= limits::TEXT_BYTES);
    if size.is_none() {
        return fault("repeat: text is too large");
    }
    if text.is_empty() {
        return Ok(Val::text(text));
    }
    call.engine.state().budget.steps(count)?;
    let mut out = Builder::default();
    for _ in 0..count {
        out.push_text(&text);
    }
    Ok(Val::text(out.finish()))
}

/// Spaces before each line, empty ones too; `nindent` begins on a line of its own.
fn indent(call: &mut Call, on_new_line: bool) -> Fallible<Val> {
    let (count, text) = (call.int(0), call.text(1));
    let Ok(count) = usize::try_from(count) else {
        return fault("strings: negative Repeat count");
    };
    let lines = memchr::memchr_iter(b'\n', text.bytes()).count() + 1;
    if count.saturating_mul(lines) > limits::TEXT_BYTES {
        return fault("indent: text is too large");
    }
    let pad = " ".repeat(count);
    let mut out = Builder::default();
    if on_new_line {
        out.push_plain("\n");
    }
    out.push_plain(&pad);
    let mut from = 0;
    for at in memchr::memchr_iter(b'\n', text.bytes()) {
        out.push_cut(&text, from..at + 1);
        out.push_plain(&pad);
        from = at + 1;
    }
    out.push_cut(&text, from..text.len());
    Ok(Val::text(out.finish()))
}

fn quoted(call: &mut Call, quote: &dyn Fn(&Text) -> Text) -> Fallible<Val> {
    let mut out = Builder::default();
    let mut is_first = true;
    for index in 0..call.args.len() {
        if call.args[index].is_nil() {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            out.push_plain(" ");
        }
        out.push_text(&quote(&call.as_text(index)?));
    }
    let made = Val::text(out.finish());
    Ok(match call.args.first() {
        Some(first) => Val {
            hole: first.hole,
            ..made
        },
        None => made,
    })
}

fn single_quoted(text: &Text) -> Text {
    let mut out = Builder::default();
    out.push_plain("'");
    out.push_text(text);
    out.push_plain("'");
    out.finish()
}

/// All that is not nothing, with spaces between.
fn cat(call: &mut Call) -> Fallible<Val> {
    let mut out = Builder::default();
    let mut is_first = true;
    for index in 0..call.args.len() {
        if call.args[index].is_nil() {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            out.push_plain(" ");
        }
        out.push_text(&call.as_text(index)?);
    }
    Ok(Val::text(out.finish()))
}

/// The parts between separators, at most `limit` of them; an empty separator splits characters.
pub(super) fn parts(text: &Text, separator: &[u8], limit: Option<usize>) -> Vec<Text> {
    let mut parts = Vec::new();
    let mut from = 0;
    let most = limit.unwrap_or(usize::MAX);
    if separator.is_empty() {
        let words = text.to_str();
        let mut starts = words.char_indices().map(|(at, _)| at).skip(1);
        while parts.len() + 1 < most {
            let Some(at) = starts.next() else { break };
            parts.push(text.cut(from..at));
            from = at;
        }
        if from < text.len() {
            parts.push(text.cut(from..text.len()));
        }
        return parts;
    }
    for at in memchr::memmem::find_iter(text.bytes(), separator) {
        if parts.len() + 1 >= most {
            break;
        }
        parts.push(text.cut(from..at));
        from = at + separator.len();
    }
    parts.push(text.cut(from..text.len()));
    parts
}

/// A map of the parts, named `_0`, `_1` and so on.
fn split(call: &mut Call, limit: Option<i64>) -> Fallible<Val> {
    let text = call.text(call.args.len() - 1);
    let limit = match limit {
        Some(0) => return Ok(Value::Map(Map::of_kind(Entries::new(), MapKind::Str)).into()),
        Some(limit) => usize::try_from(limit).ok(),
        None => None,
    };
    let parts = parts(&text, call.text(0).bytes(), limit);
    call.engine.state().budget.list(parts.len())?;
    let entries = parts.into_iter().enumerate().map(|(index, part)| {
        let entry = Entry {
            key: Place::NONE,
            val: Val::text(part),
        };
        (format!("_{index}").into(), entry)
    });
    Ok(Value::Map(Map::of_kind(entries.collect(), MapKind::Str)).into())
}
