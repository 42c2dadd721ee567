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

fn is_connector(c: char) -> bool {
    matches!(c, '_' | '-' | ' ')
}

/// `http_server` becomes `HttpServer`: a connector between letters goes, the letter after it is upper case.
/// Upper case at the start of a word stays for its first letter only.
fn camel(call: &mut Call) -> Fallible<Val> {
    let text = call.text(0);
    let chars: Vec<char> = text.to_str().chars().collect();
    let mut made = String::new();
    let mut is_shouting = false;
    for (index, c) in chars.iter().copied().enumerate() {
        let before = index.checked_sub(1).map(|before| chars[before]);
        if is_connector(c) {
            let after = chars.get(index + 1).copied();
            let joins = !made.is_empty() && after.is_some_and(|after| !is_connector(after));
            let is_leading = chars[..index].iter().copied().all(is_connector);
            if !joins || is_leading {
                made.push(c);
            }
        } else if before.is_none_or(is_connector) {
            is_shouting = c.is_uppercase();
            made.extend(c.to_uppercase());
        } else {
            is_shouting &= c.is_uppercase();
            if is_shouting {
                made.extend(c.to_lowercase());
            } else {
                made.push(c);
            }
        }
    }
    Ok(Val::text(text.remade(made.into_bytes())))
}

/// `HTTPServerName` becomes `http_server_name`: a separator where a word begins. Digits go with the small letters that
/// follow them, else with the word before them.
fn separated(text: &Text, separator: char) -> Val {
    let chars: Vec<char> = text.to_str().chars().collect();
    let mut made = String::new();
    let mut is_number = false;
    for (index, c) in chars.iter().copied().enumerate() {
        let before = index.checked_sub(1).map(|before| chars[before]);
        let before = before.filter(|before| !is_connector(*before));
        if is_connector(c) {
            is_number = false;
            made.push(separator);
            continue;
        }
        let after = |at: usize| chars.get(at).copied();
        let begins = match before {
            None => {
                is_number = c.is_ascii_digit();
                false
            }
            Some(before) if c.is_ascii_digit() => {
                let digits = chars[index..]
                    .iter()
                    .take_while(|c| c.is_ascii_digit())
                    .count();
                let takes_letters = after(index + digits).is_some_and(char::is_lowercase);
                let begins = before.is_alphabetic() && !is_number && takes_letters;
                is_number |= begins;
                begins
            }
            Some(before) if c.is_uppercase() => {
                is_number = false;
                !before.is_uppercase() || after(index + 1).is_some_and(char::is_lowercase)
            }
            Some(_) => false,
        };
        if begins && before.is_some_and(char::is_alphanumeric) {
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
            ("foo2", "foo2"),
            ("a1b2", "a_1b2"),
            ("Foo2Bar3", "foo2_bar3"),
            ("1A2b", "1_a_2b"),
            ("k8sName", "k_8s_name"),
            ("HTTP20xOK", "http_20x_ok"),
            ("__a__b", "__a__b"),
            ("foo.Bar", "foo.bar"),
        ] {
            let made = separated(&Text::plain(text), '_');
            assert_eq!(made.as_text().unwrap().to_str(), snake, "{text}");
        }
    }
}
