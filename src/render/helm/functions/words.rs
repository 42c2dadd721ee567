//! Texts as words: abbreviated, wrapped, in plural.

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::strings::kept;
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::Val;
use crate::render::text::{Builder, Text};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("abbrev", "is", |call| {
        Ok(abbreviated(&call.text(1), 0, call.int(0)))
    }),
    function("abbrevboth", "iis", |call| {
        Ok(abbreviated(&call.text(2), call.int(0), call.int(1)))
    }),
    function("initials", "s", initials),
    function("plural", "ssi", |call| {
        Ok(call.val(usize::from(call.int(2) != 1)))
    }),
    function("wrap", "is", |call| wrapped(call, "\n", 1, false)),
    function("wrapWith", "iss", |call| {
        let separator = call.str(1);
        wrapped(call, &separator, 2, true)
    }),
    function("shuffle", "s", |call| Ok(call.val(0).into_unknown())),
];

/// At most `width` bytes with dots for what is left out, from `offset` on.
fn abbreviated(text: &Text, offset: i64, width: i64) -> Val {
    let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
    if width < 4 || (offset > 0 && width < 7) || length <= width {
        return Val::text(text.clone());
    }
    let offset = if length - offset < width - 3 {
        length - (width - 3)
    } else {
        offset.clamp(0, length)
    };
    let mut out = Builder::default();
    let cut = |from: i64, to: i64| {
        let at = |at: i64| usize::try_from(at).unwrap_or(0).min(text.len());
        at(from)..at(to.max(from))
    };
    if offset <= 4 {
        out.push_cut(text, cut(0, width - 3));
        out.push_plain("...");
    } else if offset + width - 3 < length {
        out.push_plain("...");
        out.push_cut(text, cut(offset, offset + width - 6));
        out.push_plain("...");
    } else {
        out.push_plain("...");
        out.push_cut(text, cut(length - (width - 3), length));
    }
    Val::text(out.finish())
}

/// The first letter of each word.
fn initials(call: &mut Call) -> Fallible<Val> {
    let text = call.text(0);
    let mut before = ' ';
    let marks: Vec<bool> = text
        .to_str()
        .chars()
        .map(|c| std::mem::replace(&mut before, c).is_whitespace() && !c.is_whitespace())
        .collect();
    let at = std::cell::Cell::new(0);
    Ok(kept(&text, |_| {
        let index = at.replace(at.get() + 1);
        marks.get(index).copied().unwrap_or(false)
    }))
}

/// Lines of at most as many characters as wanted; longer words are whole, unless `breaks` says that they are cut.
fn wrapped(call: &mut Call, separator: &str, index: usize, breaks: bool) -> Fallible<Val> {
    let text = call.text(index);
    let width = usize::try_from(call.int(0)).unwrap_or(1).max(1);
    let words = text.to_str();
    if words.len() != text.len() {
        return fault("wrap: text is not UTF-8");
    }
    let mut out = Builder::default();
    let mut column = 0;
    let mut at = 0;
    let mut is_first = true;
    for word in words.split(' ') {
        let count = word.chars().count();
        if !std::mem::take(&mut is_first) {
            if column + 1 + count > width {
                out.push_plain(separator);
                column = 0;
            } else {
                out.push_plain(" ");
                column += 1;
            }
        }
        for (index, (offset, c)) in word.char_indices().enumerate() {
            if breaks && index > 0 && column == width {
                out.push_plain(separator);
                column = 0;
            }
            out.push_cut(&text, at + offset..at + offset + c.len_utf8());
            column += 1;
        }
        at += word.len() + 1;
    }
    Ok(Val::text(out.finish()))
}
