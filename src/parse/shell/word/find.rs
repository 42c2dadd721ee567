//! Finding the next of a byte, whatever else is there.

use super::Text;

/// Where the byte is next; `end` if it does not.
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
