//! Finding expressions in a text, and what can be said of one that does not parse.

use std::ops::Range;

/// A stretch from `${{` to its `}}`.
pub(super) struct Braces {
    /// With the braces; to the end of the text if they are never closed.
    pub(super) range: Range<usize>,
    /// What is between them, if they are closed.
    pub(super) inner: Option<Range<usize>>,
}

/// The `${{ }}` of a text, in order. Braces inside a string literal of the expression do not close it.
pub(super) fn braces(text: &str) -> impl Iterator<Item = Braces> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find("${{")?;
        let inner = start + 3;
        let end = closing(text, inner);
        from = end.map_or(text.len(), |end| end + 2);
        Some(Braces {
            range: start..from,
            inner: end.map(|end| inner..end),
        })
    })
}

/// Where the `}}` stands that closes an expression which begins at `from`.
fn closing(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut in_string = false;
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\'' => in_string = !in_string,
            b'}' if !in_string && bytes.get(at + 1) == Some(&b'}') => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The token that begins at `offset`; one character at least, if there is one.
pub(super) fn token(code: &str, offset: usize) -> Range<usize> {
    let offset = (0..=offset.min(code.len()))
        .rev()
        .find(|at| code.is_char_boundary(*at))
        .unwrap_or(0);
    let rest = code.get(offset..).unwrap_or_default();
    let length = rest
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))
        .unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    offset..offset + length.max(first)
}

/// Where a function's name stands, in any case, before its `(`; all of the code if it is not found.
pub(super) fn call(code: &str, name: &str) -> Range<usize> {
    identifiers(code)
        .find(|range| {
            code[range.clone()].eq_ignore_ascii_case(name)
                && code[range.end..].trim_start().starts_with('(')
        })
        .unwrap_or(0..code.len())
}

/// What looks like a context in code that does not parse: `a.b.c` outside of strings.
pub(super) fn contexts(code: &str) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for range in identifiers(code) {
        match found.last_mut() {
            Some(last) if last.end + 1 == range.start && code[last.end..].starts_with('.') => {
                last.end = range.end;
            }
            _ => found.push(range),
        }
    }
    found
        .into_iter()
        .filter(|range| code[range.clone()].contains('.'))
        .map(|range| (code[range.clone()].to_ascii_lowercase(), range))
        .collect()
}

/// The identifiers outside of strings, in order.
fn identifiers(code: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = code.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut in_string = false;
        while let Some(byte) = bytes.get(at) {
            if *byte == b'\'' {
                in_string = !in_string;
            } else if !in_string && (byte.is_ascii_alphabetic() || *byte == b'_') {
                let start = at;
                while bytes
                    .get(at)
                    .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
                {
                    at += 1;
                }
                return Some(start..at);
            }
            at += 1;
        }
        None
    })
}
