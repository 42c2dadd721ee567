//! Upper and lower case, and names in the case of a convention.

use crate::render::helm::fault::Fallible;
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::Val;
use crate::render::text::{Builder, Text};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("upper", "s", |call| {
        Ok(changed(&call.text(0), |_, c| c.to_uppercase().collect()))
    }),
    function("lower", "s", |call| {
        Ok(changed(&call.text(0), |_, c| c.to_lowercase().collect()))
    }),
    function("title", "s", title),
    function("untitle", "s", untitle),
    function("swapcase", "s", |call| {
        Ok(changed(&call.text(0), |_, c| swapped(c)))
    }),
    function("camelcase", "s", camel),
    function("snakecase", "s", |call| Ok(separated(&call.text(0), '_'))),
    function("kebabcase", "s", |call| Ok(separated(&call.text(0), '-'))),
];

/// Each character changed; `before` is the one before it.
fn changed(text: &Text, change: impl Fn(Option<char>, char) -> String) -> Val {
    let words = text.to_str();
    let mut out = Builder::default();
    let mut before = None;
    let mut from = 0;
    for (at, c) in words.char_indices() {
        let new = change(before.replace(c), c);
        let mut buffer = [0; 4];
        if new != *c.encode_utf8(&mut buffer) {
            out.push_cut(text, from..at);
            let piece = text.origin_at(u32::try_from(at).unwrap_or(u32::MAX));
            let (mut piece, past) = piece
                .map(|(piece, past)| (*piece, past))
                .unwrap_or_default();
            if new.len() == c.len_utf8() {
                piece.value.span.start += if piece.exact { past } else { 0 };
                piece.template.span.start += if piece.literal { past } else { 0 };
            } else {
                piece.exact = false;
                piece.literal = false;
            }
            out.push(new.as_bytes(), piece);
            from = at + c.len_utf8();
        }
    }
    out.push_cut(text, from.min(text.len())..text.len());
    Val::text(out.finish())
}

fn starts_word(before: Option<char>) -> bool {
    before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == '\''))
}

/// The first letter of each word in upper case; a quote is part of no word.
fn title(call: &mut Call) -> Fallible<Val> {
    Ok(changed(&call.text(0), |before, c| {
        let starts = before.is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
        if starts {
            c.to_uppercase().collect()
        } else {
            c.to_string()
        }
    }))
}

fn untitle(call: &mut Call) -> Fallible<Val> {
    Ok(changed(&call.text(0), |before, c| {
        if starts_word(before) {
            c.to_lowercase().collect()
        } else {
            c.to_string()
        }
    }))
}

fn swapped(c: char) -> String {
    if c.is_uppercase() {
        c.to_lowercase().collect()
    } else {
        c.to_uppercase().collect()
    }
}

/// `http_server` becomes `HttpServer`: separators go, the letter after them is upper case.
fn camel(call: &mut Call) -> Fallible<Val> {
    let text = call.text(0);
    let words = text.to_str();
    let mut made = String::new();
    let mut up = true;
    for c in words.chars() {
        if matches!(c, '_' | '-' | ' ') {
            up = true;
        } else if std::mem::take(&mut up) {
            made.extend(c.to_uppercase());
        } else {
            made.push(c);
        }
    }
    Ok(Val::text(text.remade(made.into_bytes())))
}

/// `HTTPServerName` becomes `http_server_name`: a separator where a word begins.
fn separated(text: &Text, separator: char) -> Val {
    let chars: Vec<char> = text.to_str().chars().collect();
    let mut made = String::new();
    for (index, c) in chars.iter().copied().enumerate() {
        let before = index.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(index + 1).copied();
        if matches!(c, '_' | '-' | ' ' | '.') {
            if !made.is_empty() && !made.ends_with(separator) {
                made.push(separator);
            }
            continue;
        }
        let begins = match before {
            Some(before) if c.is_uppercase() => {
                before.is_lowercase()
                    || before.is_ascii_digit()
                    || (before.is_uppercase() && after.is_some_and(char::is_lowercase))
            }
            Some(before) => before.is_alphabetic() && c.is_ascii_digit(),
            None => false,
        };
        if begins && !made.is_empty() && !made.ends_with(separator) {
            made.push(separator);
        }
        made.extend(c.to_lowercase());
    }
    Val::text(text.remade(made.into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_separated_where_they_begin() {
        for (text, snake) in [
            ("HTTPServerName", "http_server_name"),
            ("aB2c_d", "a_b_2c_d"),
            ("first name", "first_name"),
            ("already-kebab", "already_kebab"),
        ] {
            let made = separated(&Text::plain(text), '_');
            assert_eq!(made.as_text().unwrap().to_str(), snake, "{text}");
        }
    }
}
