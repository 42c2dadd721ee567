//! How a text is written in YAML: plain, in quotes, or as a block.

use crate::render::helm::yaml::scalar::{Meaning, is_base_60, meaning};

/// A style of scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As it is.
    Plain,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
    /// `|`.
    Literal,
}

/// Whether a character may be written as it is.
pub fn is_printable(c: char) -> bool {
    matches!(c,
        '\n' | '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

/// What stands in a text that rules some styles out.
#[derive(Default)]
struct Found {
    block_indicator: bool,
    special: bool,
    line_break: bool,
    space_at_start: bool,
    break_at_start: bool,
    space_at_end: bool,
    break_at_end: bool,
    space_then_break: bool,
    break_then_space: bool,
}

fn look(text: &str) -> Found {
    let mut found = Found {
        block_indicator: text.starts_with("---") || text.starts_with("..."),
        ..Found::default()
    };
    let (mut after_blank, mut after_space, mut after_break) = (true, false, false);
    let mut chars = text.chars().peekable();
    let mut is_first = true;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let before_blank = next.is_none_or(|next| {
            matches!(
                next,
                ' ' | '\t' | '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}'
            )
        });
        found.block_indicator |= match c {
            '#' if is_first => true,
            ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@'
            | '`' => is_first,
            '?' | '-' => is_first && before_blank,
            ':' => before_blank,
            '#' => after_blank,
            _ => false,
        };
        found.special |= !is_printable(c);
        let is_break = matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
        if c == ' ' {
            found.space_at_start |= is_first;
            found.space_at_end |= next.is_none();
            found.break_then_space |= after_break;
        } else if is_break {
            found.line_break = true;
            found.break_at_start |= is_first;
            found.break_at_end |= next.is_none();
            found.space_then_break |= after_space;
        }
        after_space = c == ' ';
        after_break = is_break;
        after_blank = c == ' ' || c == '\t' || is_break;
        is_first = false;
    }
    found
}

/// The style of a text as a value or as a key.
pub fn style(text: &str, is_key: bool) -> Style {
    let is_plain_text = meaning(text) == Meaning::Text && !is_base_60(text);
    let wanted = if text.contains('\n') {
        Style::Literal
    } else if is_plain_text {
        Style::Plain
    } else {
        Style::Double
    };
    let found = look(text);
    let no_quotes = found.special || found.space_then_break;
    let ends =
        found.space_at_start || found.break_at_start || found.space_at_end || found.break_at_end;
    match wanted {
        Style::Plain
            if !(ends
                || no_quotes
                || found.break_then_space
                || found.line_break
                || found.block_indicator) =>
        {
            Style::Plain
        }
        Style::Plain if !(no_quotes || found.break_then_space) => Style::Single,
        Style::Literal if !(no_quotes || found.space_at_end || is_key) => Style::Literal,
        _ => Style::Double,
    }
}

/// Whether a key may stand before its colon on one line.
pub fn is_simple_key(text: &str) -> bool {
    text.len() <= 128 && !look(text).line_break
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_get_the_quotes_that_they_need() {
        for (text, expected) in [
            ("abc", Style::Plain),
            ("true", Style::Double),
            ("y", Style::Double),
            ("", Style::Double),
            ("a: b", Style::Single),
            ("a:b", Style::Plain),
            ("- x", Style::Single),
            ("-", Style::Single),
            ("a #c", Style::Single),
            (" lead", Style::Single),
            ("a\nb", Style::Literal),
            ("a \nb", Style::Double),
            ("\n", Style::Literal),
            ("tab\there", Style::Double),
            ("é", Style::Plain),
            ("\u{1F600}", Style::Double),
            ("it's", Style::Plain),
            ("<<", Style::Plain),
            ("12:30:45", Style::Double),
            ("---", Style::Single),
        ] {
            assert_eq!(style(text, false), expected, "{text:?}");
        }
    }
}
