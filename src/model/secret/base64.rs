//! Texts in Base64, as Secrets have them.

/// What a value says once it is decoded; `None` if it is no Base64, or what comes of it is no plain text.
pub fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len() / 4 * 3);
    let mut bits = 0_u32;
    let mut count = 0_usize;
    let signs = value.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let mut padding = 0_usize;
    for byte in signs {
        if byte == b'=' {
            padding += 1;
            continue;
        }
        if padding > 0 {
            return None;
        }
        bits = bits << 6 | u32::from(sign(byte)?);
        count += 1;
        if count.is_multiple_of(4) {
            bytes.extend_from_slice(&bits.to_be_bytes()[1..]);
            bits = 0;
        }
    }
    let rest = count % 4;
    if count == 0
        || rest == 1
        || padding > 2
        || (padding > 0 && !(count + padding).is_multiple_of(4))
    {
        return None;
    }
    if rest > 1 {
        let whole = (bits << (6 * (4 - rest))).to_be_bytes();
        bytes.extend_from_slice(&whole[1..rest]);
    }
    let text = String::from_utf8(bytes).ok()?;
    let is_plain = text
        .chars()
        .all(|sign| !sign.is_control() || sign.is_ascii_whitespace());
    is_plain.then_some(text)
}

/// The six bits of a sign.
fn sign(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn texts_are_decoded() {
        for (value, text) in [
            ("YQ==", "a"),
            ("YWI=", "ab"),
            ("YWJj", "abc"),
            ("ZXhhbXBsZS1h\ncHAtc2VjcmV0", "example-app-secret"),
            ("aHVudGVyMg", "hunter2"),
        ] {
            assert_eq!(decoded(value).as_deref(), Some(text), "{value}");
        }
        for value in ["", "a", "YQ=a", "a_b-", "////", "=", "YQ="] {
            assert_eq!(decoded(value), None, "{value}");
        }
    }
}
