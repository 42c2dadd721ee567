//! Texts that only hold the place of another: words to be replaced, names between marks, sentences that say who fills something in.

/// Marks that stand around the name of what is put in later.
const FRAMES: [(&str, &str); 10] = [
    ("__", "__"),
    ("**", "**"),
    ("@", "@"),
    ("%", "%"),
    ("<", ">"),
    ("{", "}"),
    ("[", "]"),
    ("#", "#"),
    ("~", "~"),
    ("((", "))"),
];

/// How a text begins that asks to be replaced; letters only, in lower case.
const REQUESTS: [&str; 14] = [
    "replaceme",
    "replacewith",
    "replacethis",
    "toreplace",
    "tobereplaced",
    "changeme",
    "setme",
    "setby",
    "filledby",
    "fillin",
    "fillme",
    "insertyour",
    "placeholder",
    "todo",
];

/// Whether the whole text stands for another one.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    is_part(text) || is_sentence(text) || is_request(text)
}

/// Whether a part of a name does: `__X__`, `<x>`, `PROJECT_ID`.
pub(super) fn is_part(text: &str) -> bool {
    let is_framed = FRAMES.iter().any(|(open, close)| {
        text.len() > open.len() + close.len() && text.starts_with(open) && text.ends_with(close)
    });
    is_framed || is_in_capitals(text)
}

/// Words in capitals alone, as `REPLACE_ME`, `FILLED BY THE OPERATOR`.
fn is_in_capitals(text: &str) -> bool {
    let letters = text.bytes().filter(u8::is_ascii_uppercase).count();
    letters > 1
        && text.bytes().all(|byte| {
            byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"_- ".contains(&byte)
        })
}

/// Three words or more.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| {
        word.bytes().any(|byte| byte.is_ascii_alphabetic())
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_'.,()".contains(&byte))
    };
    text.split_whitespace().count() > 2 && text.split_whitespace().all(is_word)
}

fn is_request(text: &str) -> bool {
    let start: String = text
        .chars()
        .take(24)
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    REQUESTS.iter().any(|request| start.starts_with(request)) && !text.contains(['/', ':', '@'])
}

/// Whether the part of a digest after its algorithm is words about one: `set-me-to-the-digest`, `xxxx`, `...`.
pub(super) fn is_digest(hex: &str) -> bool {
    let is_filling = |byte: u8| matches!(byte, b'x' | b'X' | b'.' | b'?' | b'*');
    hex.bytes().all(is_filling) && !hex.is_empty()
        || hex.len() != 64
            && hex
                .bytes()
                .any(|byte| byte.is_ascii_alphabetic() && !byte.is_ascii_hexdigit())
            && (hex.contains(['-', '_', ' ']) || is_in_capitals(hex) || is_request(hex))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_other_texts_are_told_from_names() {
        for text in [
            "REPLACE_ME",
            "FILLED BY THE OPERATOR",
            "__IMAGE__",
            "**image**",
            "@@IMAGE@@",
            "%IMAGE%",
            "<image>",
            "change-me",
            "set by the controller",
            "Will be filled in later",
            "[[image]]",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "nginx",
            "Nginx",
            "ngi nx",
            "a",
            "A",
            "v1",
            "nginx:1.25",
            "todo/app:1",
            "a//b",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
        assert!(is_digest("set-me-to-the-digest-of-the-base") && is_digest("xxxxxxxx"));
        assert!(!is_digest("12") && !is_digest("abcdefg"));
    }
}
