//! Texts in quotes, as Go's `%q` and JSON write them.

use std::fmt::Write as _;

use crate::render::text::{Builder, Text};

/// Go's `%q`: the text in double quotes with escapes; the bytes between the quotes keep their origins.
pub fn quoted(text: &Text) -> Text {
    let mut out = Builder::default();
    push_quoted(&mut out, text);
    out.finish()
}

/// Appends the text as `%q` writes it.
pub fn push_quoted(out: &mut Builder, text: &Text) {
    escaped(out, text, go_escape);
}

/// Appends the text as a JSON string; `html` says that `<`, `>` and `&` are escaped.
pub fn push_json(out: &mut Builder, text: &Text, html: bool) {
    escaped(out, text, |c, buffer| json_escape(c, html, buffer));
}

/// Writes the text between quotes; `escape` gives what stands for a character, unless it stands for itself.
fn escaped(out: &mut Builder, text: &Text, escape: impl Fn(Unit, &mut String) -> bool) {
    out.push_plain("\"");
    let mut buffer = String::new();
    let mut from = 0;
    for (at, width, unit) in units(text.bytes()) {
        buffer.clear();
        if escape(unit, &mut buffer) {
            out.push_cut(text, from..at);
            let piece = text.origin_at(u32::try_from(at).unwrap_or(u32::MAX));
            let mut piece = piece.map(|(piece, _)| *piece).unwrap_or_default();
            piece.exact = false;
            piece.literal = false;
            out.push(buffer.as_bytes(), piece);
            from = at + width;
        }
    }
    out.push_cut(text, from..text.len());
    out.push_plain("\"");
}

/// A character, or a byte that is part of none.
#[derive(Clone, Copy)]
enum Unit {
    Char(char),
    Byte(u8),
}

/// The characters of a text with their offsets and widths.
fn units(bytes: &[u8]) -> impl Iterator<Item = (usize, usize, Unit)> + '_ {
    let mut at = 0;
    bytes.utf8_chunks().flat_map(move |chunk| {
        let start = at;
        let valid = chunk.valid();
        at += valid.len() + chunk.invalid().len();
        let chars = valid.char_indices();
        let chars = chars.map(move |(offset, c)| (start + offset, c.len_utf8(), Unit::Char(c)));
        let after = start + valid.len();
        let broken = chunk.invalid().iter().enumerate();
        chars.chain(broken.map(move |(offset, byte)| (after + offset, 1, Unit::Byte(*byte))))
    })
}

fn go_escape(unit: Unit, buffer: &mut String) -> bool {
    let c = match unit {
        Unit::Byte(byte) => {
            let _ = write!(buffer, "\\x{byte:02x}");
            return true;
        }
        Unit::Char(c) => c,
    };
    let short = match c {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\u{c}' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\u{b}' => "\\v",
        _ if is_printable(c) => return false,
        _ => "",
    };
    buffer.push_str(short);
    let code = u32::from(c);
    let _ = match code {
        _ if !short.is_empty() => Ok(()),
        0..=0x7f => write!(buffer, "\\x{code:02x}"),
        0x80..=0xffff => write!(buffer, "\\u{code:04x}"),
        _ => write!(buffer, "\\U{code:08x}"),
    };
    true
}

/// Whether Go prints a character as it is: letters, marks, numbers, signs and the plain space.
pub fn is_printable(c: char) -> bool {
    !(c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(
            c,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{180e}'
        )
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}')
        || matches!(c, '\u{e0000}'..='\u{e00ff}' | '\u{f0000}'..))
}

fn json_escape(unit: Unit, html: bool, buffer: &mut String) -> bool {
    let c = match unit {
        Unit::Byte(_) => {
            buffer.push_str("\\ufffd");
            return true;
        }
        Unit::Char(c) => c,
    };
    let short = match c {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\u{8}' => "\\b",
        '\u{c}' => "\\f",
        '<' | '>' | '&' if html => "",
        '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}' => "",
        _ => return false,
    };
    buffer.push_str(short);
    if short.is_empty() {
        let _ = write!(buffer, "\\u{:04x}", u32::from(c));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::place::Place;

    #[test]
    fn quotes_escape_as_go_and_json_do() {
        for (text, go, json) in [
            ("a\"b\\", r#""a\"b\\""#, r#""a\"b\\""#),
            ("é\t\u{a0}", "\"é\\t\\u00a0\"", "\"é\\t\u{a0}\""),
            (
                "<a&>\u{7f}",
                "\"<a&>\\x7f\"",
                "\"\\u003ca\\u0026\\u003e\u{7f}\"",
            ),
            ("\u{1F600}", "\"\u{1F600}\"", "\"\u{1F600}\""),
        ] {
            let text = Text::plain(text);
            assert_eq!(quoted(&text).to_str(), go);
            let mut out = Builder::default();
            push_json(&mut out, &text, true);
            assert_eq!(out.finish().to_str(), json);
        }
        assert_eq!(quoted(&Text::from_bytes(b"a\xc3")).to_str(), "\"a\\xc3\"");
    }

    #[test]
    fn what_is_quoted_keeps_its_place() {
        let text = Text::located("a\nb", Place::new(1, 5, 9), true);
        let text = quoted(&text);
        let place = |at| {
            text.origin_at(at)
                .map(|(piece, before)| piece.place_of(before, 1))
        };
        assert_eq!(place(1), Some(Place::new(1, 5, 6)));
        assert_eq!(place(4), Some(Place::new(1, 7, 8)));
    }
}
