//! Finding where quotes, braces and parentheses close, without reading what they hold.

use super::{MAX_DEPTH, Text};

/// Where the parenthesis stands that closes one opened before `from`; `end` if there is none.
pub(in crate::parse::shell) fn closing_parenthesis(text: Text, from: usize, end: usize) -> usize {
    skip_parentheses(text, from, end, 0).min(end)
}

/// Where the byte stands next; `end` if it does not.
pub(super) fn find(text: Text, from: usize, end: usize, byte: u8) -> usize {
    let rest = text.masked.as_bytes().get(from..end).unwrap_or_default();
    rest.iter()
        .position(|b| *b == byte)
        .map_or(end, |at| from + at)
}

/// The same, past those behind a backslash.
pub(super) fn find_unescaped(text: Text, mut at: usize, end: usize, byte: u8) -> usize {
    while at < end {
        match text.byte(at) {
            Some(b'\\') => at += 2,
            Some(found) if found == byte => return at,
            _ => at += 1,
        }
    }
    end
}

/// Past what double quotes hold, from behind the opening one to the closing one.
fn skip_double(text: Text, mut at: usize, end: usize, depth: u32) -> usize {
    while at < end && depth < MAX_DEPTH {
        at = match (text.byte(at), text.byte(at + 1)) {
            (Some(b'\\'), _) => at + 2,
            (Some(b'"'), _) => return at,
            (Some(b'`'), _) => find_unescaped(text, at + 1, end, b'`') + 1,
            (Some(b'$'), Some(b'(')) => skip_parentheses(text, at + 2, end, depth + 1) + 1,
            (Some(b'$'), Some(b'{')) => skip_braces(text, at + 2, end, depth + 1) + 1,
            _ => at + 1,
        };
    }
    end
}

/// From behind `${` to the brace that closes it.
pub(super) fn skip_braces(text: Text, mut at: usize, end: usize, depth: u32) -> usize {
    while at < end && depth < MAX_DEPTH {
        at = match (text.byte(at), text.byte(at + 1)) {
            (Some(b'\\'), _) => at + 2,
            (Some(b'}'), _) => return at,
            (Some(b'"'), _) => skip_double(text, at + 1, end, depth + 1) + 1,
            (Some(b'$'), Some(b'(')) => skip_parentheses(text, at + 2, end, depth + 1) + 1,
            (Some(b'$'), Some(b'{')) => skip_braces(text, at + 2, end, depth + 1) + 1,
            _ => at + 1,
        };
    }
    end
}

/// From behind `(` to the parenthesis that closes it. The `)` of a `case` pattern closes nothing.
pub(super) fn skip_parentheses(text: Text, mut at: usize, end: usize, depth: u32) -> usize {
    let mut open = 0_u32;
    let mut cases: Vec<u32> = Vec::new();
    let mut at_word = true;
    while at < end && depth < MAX_DEPTH {
        let was_at_word = std::mem::replace(&mut at_word, false);
        at = match (text.byte(at), text.byte(at + 1)) {
            (Some(b'\\'), _) => at + 2,
            (Some(b'\''), _) => find(text, at + 1, end, b'\'') + 1,
            (Some(b'"'), _) => skip_double(text, at + 1, end, depth + 1) + 1,
            (Some(b'`'), _) => find_unescaped(text, at + 1, end, b'`') + 1,
            (Some(b'$'), Some(b'{')) => skip_braces(text, at + 2, end, depth + 1) + 1,
            (Some(b'#'), _) if was_at_word => find(text, at + 1, end, b'\n'),
            (Some(b'('), _) => {
                open += 1;
                at_word = true;
                at + 1
            }
            (Some(b')'), _) if cases.last() == Some(&open) => {
                at_word = true;
                at + 1
            }
            (Some(b')'), _) if open == 0 => return at,
            (Some(b')'), _) => {
                open -= 1;
                at + 1
            }
            (Some(b'c'), _) if was_at_word && is_word(text, at, "case") => {
                cases.push(open);
                at + 4
            }
            (Some(b'e'), _) if was_at_word && is_word(text, at, "esac") => {
                cases.pop();
                at + 4
            }
            (Some(byte), _) => {
                at_word = matches!(byte, b' ' | b'\t' | b'\n' | b';' | b'|' | b'&');
                at + 1
            }
            (None, _) => return end,
        };
    }
    end
}

fn is_word(text: Text, at: usize, word: &str) -> bool {
    let rest = text.masked.as_bytes().get(at..).unwrap_or_default();
    rest.starts_with(word.as_bytes())
        && rest
            .get(word.len())
            .is_none_or(|b| matches!(b, b' ' | b'\t' | b'\n' | b';' | b')'))
}
