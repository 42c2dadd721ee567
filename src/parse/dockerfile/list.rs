//! What keeps a text from being the JSON list that it is meant to be.

use crate::parse::dockerfile::Slip;
use crate::span::LocatedText;

/// The slip in a text that begins as a JSON list of strings does and is none; nothing if a shell may be meant to read it (`[ -f x ] && y`).
pub(super) fn fault(body: &LocatedText) -> Option<Slip> {
    let text = body.text.trim_end();
    let inner = text.strip_prefix('[')?;
    let first = inner.trim_start().chars().next()?;
    let is_test = inner.starts_with([' ', '\t', '[', '-', '!', ':']);
    if first == '\'' || (is_test && !is_listed(inner)) {
        return None;
    }
    let (at, length, problem) = scan(text)?;
    let end = at + length.min(text.len() - at);
    Some(Slip {
        span: body.span(at..end),
        text: problem,
    })
}

/// Whether what follows the bracket and a blank begins as a list of strings does: `"a",` or `"a" ]`. `[ "$a" = b ]` is a test.
fn is_listed(inner: &str) -> bool {
    let Some(rest) = inner.trim_start().strip_prefix('"') else {
        return false;
    };
    let Some(end) = string_end(rest) else {
        return false;
    };
    rest[end..].trim_start().starts_with(',')
}

/// The byte behind the quote that ends the string whose first quote is before `rest`.
fn string_end(rest: &str) -> Option<usize> {
    let mut letters = rest.char_indices();
    while let Some((offset, letter)) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            '"' => return Some(offset + 1),
            _ => {}
        }
    }
    None
}

/// Goes through the list up to its slip: where it is, how many bytes it has, and what it is.
fn scan(text: &str) -> Option<(usize, usize, String)> {
    let mut at = 1;
    let mut needs_comma = false;
    let mut comma = None;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        let Some(letter) = rest.chars().next() else {
            return Some((0, 1, "nothing closes the bracket".to_owned()));
        };
        match letter {
            ']' => {
                if let Some(comma) = comma {
                    return Some((
                        comma,
                        1,
                        "trailing comma before the closing bracket".to_owned(),
                    ));
                }
                return behind(text, at + 1);
            }
            ',' if needs_comma => {
                (needs_comma, comma) = (false, Some(at));
                at += 1;
            }
            ',' => return Some((at, 1, "a string is missing before the comma".to_owned())),
            '"' => {
                let Some(end) = string_end(&rest[1..]) else {
                    return Some((at, rest.len(), "nothing closes the quote".to_owned()));
                };
                let string = &rest[..=end];
                if needs_comma {
                    let problem = format!("a comma is missing before `{string}`");
                    return Some((at, string.len(), problem));
                }
                if let Some(fault) = string_fault(string) {
                    return Some((at, string.len(), fault));
                }
                (needs_comma, comma) = (true, None);
                at += string.len();
            }
            _ => return word(text, at),
        }
    }
}

/// What is wrong with a word of the list that is no string.
fn word(text: &str, at: usize) -> Option<(usize, usize, String)> {
    let rest = &text[at..];
    let end = rest.find([',', ']', ' ', '\t']).unwrap_or(rest.len());
    let word = &rest[..end];
    // `[$x` and `[a-z]*` are texts for a shell, not lists.
    let is_listed = text.contains('"') || text.contains(',') || text.ends_with(']');
    // `[${PROGRAM}]` as a whole is no pattern for names.
    let is_variable = text[..at].trim() == "[" && word.starts_with("${") && text.ends_with("}]");
    let is_plain = !word.is_empty()
        && (is_variable || !word.contains(['$', '*', '=']))
        && !text.contains("]]");
    if !is_listed || !is_plain || text[at + end..].contains(['&', '|', ';']) {
        return None;
    }
    Some((at, end, format!("`{word}` is not in double quotes")))
}

/// What is wrong with a string: JSON knows few escapes and no bare control characters.
fn string_fault(string: &str) -> Option<String> {
    if serde_json::from_str::<String>(string).is_ok() {
        return None;
    }
    let bad = string.split('\\').skip(1).find_map(|part| {
        let letter = part.chars().next()?;
        (!"\"/bfnrtu".contains(letter)).then_some(letter)
    });
    Some(match bad {
        Some(letter) => format!("`\\{letter}` is no escape in JSON: write `\\\\` or `/`"),
        None => format!("`{string}` is no string in JSON"),
    })
}

/// What is behind the closing bracket.
fn behind(text: &str, at: usize) -> Option<(usize, usize, String)> {
    let rest = &text[at..];
    let start = at + rest.len() - rest.trim_start().len();
    let rest = rest.trim();
    if rest.is_empty() {
        return None;
    }
    let problem = if rest.starts_with('#') {
        "a Dockerfile has no comments at the end of a line"
    } else {
        "text follows the closing bracket"
    };
    Some((start, rest.len(), problem.to_owned()))
}
