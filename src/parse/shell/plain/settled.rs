//! Words that are words to the grammar too.

use std::ops::Range;

use crate::parse::shell::word::{self, Text};

/// Whether a word is one to the grammar too: quotes and substitutions end in it, and nothing in it is more than its
/// pieces say.
pub(super) fn is_settled(text: Text, range: Range<usize>) -> bool {
    let Range { start: mut at, end } = range;
    let bytes = text.masked.as_bytes().get(..end).unwrap_or_default();
    let mut in_double = false;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let next = match rest {
            [b'"', ..] => {
                in_double = !in_double;
                Some(at + 1)
            }
            [b'\'', inner @ ..] if !in_double => {
                let length = inner.iter().position(|byte| *byte == b'\'');
                let inner = inner.get(..length.unwrap_or_default()).unwrap_or_default();
                let is_text = inner.iter().all(|byte| is_text(*byte));
                length.filter(|_| is_text).map(|length| at + length + 2)
            }
            [b'\\', b' '..=b'~', ..] => Some(at + 2),
            [b'$', b'(', b'(', ..] => None,
            [b'$', b'(', inner @ ..] => {
                let close = word::closing_parenthesis(text, at + 2, end);
                let inner = inner.get(..close - at - 2).unwrap_or_default();
                // The grammar looks for the ends of here-documents in the whole script.
                let has_document = inner.windows(2).any(|pair| pair == b"<<");
                (!has_document).then_some(close + 1)
            }
            [b'$', b'{', name @ ..] => closing_brace(name).map(|length| at + length + 3),
            [
                b'$',
                b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'0'..=b'9' | b'?' | b'@' | b'#',
                ..,
            ] => Some(at + 2),
            // At the end of a text in quotes, as in a pattern.
            [b'$', b'"' | b' ', ..] if in_double => Some(at + 1),
            [b'\\' | b'$' | b'`', ..] => None,
            [b'(' | b')' | 128.., ..] if !in_double => None,
            [byte, ..] => is_text(*byte).then_some(at + 1),
            [] => None,
        };
        match next {
            Some(next) if next <= end => at = next,
            _ => return false,
        }
    }
    !in_double
}

/// Whether a byte stands for itself wherever quotes keep it from meaning more.
fn is_text(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b' '..=b'~' | 128..)
}

/// How long the inside of `${…}` is, if it is a name and perhaps an operator with a plain text.
fn closing_brace(inner: &[u8]) -> Option<usize> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let name = inner.iter().take_while(|byte| is_name(byte)).count();
    let end = inner.iter().position(|byte| *byte == b'}')?;
    let is_plain = |byte: &u8| byte.is_ascii_graphic() && !b"\"'\\$`(){<>|&;".contains(byte);
    let operand = inner.get(name..end)?;
    (name > 0 && operand.iter().all(is_plain)).then_some(end)
}
