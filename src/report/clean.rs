//! Text from linted files on its way to a terminal: what could steer the terminal becomes a visible sign.

use std::borrow::Cow;

/// The same text with every character that steers a terminal replaced by one visible character; tabs stay.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| visible(c) != c) {
        Cow::Owned(text.chars().map(visible).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// A text of several lines, each of them as [`clean`] shows it.
pub(super) fn clean_lines(text: &str) -> String {
    let lines: Vec<Cow<'_, str>> = text.lines().map(clean).collect();
    lines.join("\n")
}

/// How a character is shown. Control characters have pictures of their own; those that turn the reading direction or
/// hide (as in "Trojan Source" attacks) have none.
pub(super) fn visible(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        '\u{80}'..='\u{9F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' => '\u{FFFD}',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_marks_are_shown() {
        assert_eq!(clean("a\u{1B}[31m\tb"), "a\u{241B}[31m\tb");
        assert_eq!(clean("x\u{202E}y\0"), "x\u{FFFD}y\u{2400}");
        assert_eq!(clean_lines("a\nb\u{202E}"), "a\nb\u{FFFD}");
        assert!(matches!(clean("plain ä \u{1F600}"), Cow::Borrowed(_)));
    }
}
