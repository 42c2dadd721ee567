//! Bytes become text: UTF-8 with or without a byte order mark, UTF-16 of either order.

use std::str;

use crate::sources::ReadProblem;
use crate::span::Span;

/// Makes a unit of UTF-16 of its bytes.
type Unit = fn([u8; 2]) -> u16;

/// Text in UTF-16, if the bytes begin with its mark or as YAML's specification detects it without one: each second byte is zero.
pub(super) fn utf16(bytes: &[u8]) -> Option<String> {
    let (unit, text): (Unit, &[u8]) = match bytes {
        // The mark of UTF-32, which nobody writes.
        [0xff, 0xfe, 0, 0, ..] => return None,
        [0xff, 0xfe, rest @ ..] => (u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => (u16::from_be_bytes, rest),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => (u16::from_le_bytes, bytes),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => (u16::from_be_bytes, bytes),
        _ => return None,
    };
    let (units, rest) = text.as_chunks::<2>();
    let units: Vec<u16> = units.iter().map(|bytes| unit(*bytes)).collect();
    let mut text = String::from_utf16_lossy(&units);
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Some(text)
}

/// Text in UTF-8 without its byte order mark. U+FFFD replaces a byte that is not UTF-8, and the problem says where the first one is: a comment in
/// Latin-1 is no reason to leave the rest unchecked.
///
/// # Errors
/// If the bytes are no text at all.
pub(super) fn utf8(mut bytes: Vec<u8>) -> Result<(String, Option<ReadProblem>), &'static str> {
    if bytes.contains(&0) {
        return Err("file holds NUL bytes, so it is no text");
    }
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, None)),
        Err(error) => error,
    };
    let first = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let bad: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    if bad > bytes.len() / 4 {
        return Err("file is not in UTF-8 or UTF-16");
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let problem = ReadProblem {
        message:
            "file is not valid UTF-8 from here on; it is checked without the bytes that are not"
                .to_owned(),
        span: Span::new(first, first + char::REPLACEMENT_CHARACTER.len_utf8()),
    };
    Ok((text, Some(problem)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf16_is_detected_by_its_mark_and_without_it() {
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(utf16(&wide("\u{feff}kind: ä", bytes)).unwrap(), "kind: ä");
            assert_eq!(utf16(&wide("kind: ä", bytes)).unwrap(), "kind: ä");
        }
        // Half of a pair, and half a unit at the end.
        assert_eq!(
            utf16(b"\xff\xfea\0\0\xd8b\0c").unwrap(),
            "a\u{fffd}b\u{fffd}"
        );
        assert!(utf16(b"kind: x").is_none());
        assert!(utf16(b"").is_none());
    }

    #[test]
    fn latin_1_in_a_comment_costs_that_comment() {
        let (text, problem) = utf8(b"\xef\xbb\xbf# caf\xe9\nFROM x\n".to_vec()).unwrap();
        assert_eq!(text, "# caf\u{fffd}\nFROM x\n");
        assert_eq!(problem.unwrap().span, Span::new(5, 8));
        assert!(utf8(vec![0x80; 10]).is_err());
        assert!(utf8(b"a\0b".to_vec()).is_err());
    }
}
