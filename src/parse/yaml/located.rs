//! Decoded scalars find their way back into the file: each style changes the text in its own way on reading.

use memchr::memchr2;

use crate::parse::yaml::tree::Style;
use crate::span::{LocatedText, Span};

/// The decoded `value` of the scalar at `span`, each byte with the place it came from.
pub(super) fn locate(text: &str, span: Span, value: &str, style: Style) -> LocatedText {
    let raw = span.of(text);
    let start = span.start;
    let quote = match style {
        Style::Single | Style::Double => 1,
        _ => 0,
    };
    let inner = raw
        .get(quote..raw.len().saturating_sub(quote))
        .unwrap_or_default();
    if matches!(style, Style::Plain | Style::Single | Style::Double) && inner == value {
        return LocatedText::verbatim(inner, start + u32::from(quote == 1));
    }
    let located = match style {
        Style::Plain => flow(inner, start, false, false),
        Style::Single => flow(inner, start + 1, true, false),
        Style::Double => flow(inner, start + 1, false, true),
        Style::Literal | Style::Folded => block(raw, start, value),
    };
    if located.text == value {
        return located;
    }
    // The way back is lost for this text alone; it still points at its first byte.
    LocatedText::verbatim(value, start)
}

/// Plain and quoted text: line breaks are folded, `''` and backslashes stand for something else.
fn flow(raw: &str, start: u32, single: bool, double: bool) -> LocatedText {
    let bytes = raw.as_bytes();
    let mut located = LocatedText::verbatim("", start);
    let mut at = 0;
    let mut from = 0;
    let file = |at: usize| start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
    while at < bytes.len() {
        match bytes[at] {
            b'\'' if single => {
                located.push(&raw[from..=at], file(from));
                at += 2;
                from = at.min(raw.len());
            }
            b'\\' if double => {
                located.push(&raw[from..at], file(from));
                let (decoded, length) = escape(&raw[at..]);
                if let Some(decoded) = decoded {
                    located.push(decoded.encode_utf8(&mut [0; 4]), file(at));
                }
                at += length;
                from = at.min(raw.len());
            }
            b'\n' | b'\r' => {
                let text = raw[from..at].trim_end_matches([' ', '\t']);
                located.push(text, file(from));
                let (breaks, length) = line_breaks(&raw[at..]);
                let folded = if breaks == 1 {
                    " ".to_owned()
                } else {
                    "\n".repeat(breaks - 1)
                };
                located.push(&folded, file(at));
                at += length;
                from = at;
            }
            _ => at += 1,
        }
    }
    located.push(raw.get(from..).unwrap_or_default(), file(from));
    located
}

/// How many line breaks are at the start of `raw`, spaces between them, and how many bytes they and the spaces take.
fn line_breaks(raw: &str) -> (usize, usize) {
    let bytes = raw.as_bytes();
    let (mut breaks, mut at) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => {
                breaks += 1;
                at += 1;
            }
            b'\r' | b'\n' => breaks += 1,
            b' ' | b'\t' => {}
            _ => break,
        }
        at += 1;
    }
    (breaks.max(1), at)
}

/// The character that an escape stands for and the bytes it takes; an escaped line break stands for nothing.
fn escape(raw: &str) -> (Option<char>, usize) {
    let Some(letter) = raw[1..].chars().next() else {
        return (None, 1);
    };
    let hex = |digits: usize| {
        let code = raw
            .get(2..2 + digits)
            .and_then(|code| u32::from_str_radix(code, 16).ok());
        let (mut code, mut length) = (code?, 2 + digits);
        if (0xD800..0xDC00).contains(&code) {
            // JSON writes characters past U+FFFF as two escapes.
            let low = raw
                .get(length..length + 6)
                .and_then(|low| low.strip_prefix("\\u"));
            let low = u32::from_str_radix(low?, 16).ok()?;
            code = 0x10000 + ((code - 0xD800) << 10) + low.checked_sub(0xDC00)?;
            length += 6;
        }
        Some((char::from_u32(code)?, length))
    };
    let simple = match letter {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        '\n' | '\r' => {
            let mut length = if raw[1..].starts_with("\r\n") { 3 } else { 2 };
            length += raw[length..].len() - raw[length..].trim_start_matches([' ', '\t']).len();
            return (None, length);
        }
        'x' | 'u' | 'U' => {
            let digits = match letter {
                'x' => 2,
                'u' => 4,
                _ => 8,
            };
            return match hex(digits) {
                Some((decoded, length)) => (Some(decoded), length),
                None => (None, 2),
            };
        }
        other => other,
    };
    (Some(simple), 1 + letter.len_utf8())
}

/// Block text: a header, then lines without their indentation. What became of the line breaks is read from `value`.
fn block(raw: &str, start: u32, value: &str) -> LocatedText {
    let mut located = LocatedText::verbatim("", start);
    let mut lines = Lines { raw, at: 0 };
    let Some(header) = lines.next() else {
        return located;
    };
    let file = |at: usize| start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
    let indentation = indentation(header.1, &lines, value);
    let mut done = 0;
    let mut last_end = header.0 + header.1.len();
    for (at, line) in lines {
        let strip = line
            .bytes()
            .take(indentation)
            .take_while(|byte| *byte == b' ')
            .count();
        let content = &line[strip..];
        if content.is_empty() {
            continue;
        }
        let rest = &value[done..];
        let breaks = if let Some(after) = rest
            .strip_prefix(' ')
            .filter(|_| done > 0 && !rest.starts_with(content))
        {
            rest.len() - after.len()
        } else {
            rest.bytes().take_while(|byte| *byte == b'\n').count()
        };
        if !rest[breaks..].starts_with(content) {
            break;
        }
        located.push(&rest[..breaks], file(last_end));
        located.push(content, file(at + strip));
        done += breaks + content.len();
        last_end = at + line.len();
    }
    located.push(&value[done..], file(last_end));
    located
}

/// The spaces before each line of a block: as much as before its first line with text, if its header does not say it.
fn indentation(header: &str, lines: &Lines<'_>, value: &str) -> usize {
    let mut lines = Lines {
        raw: lines.raw,
        at: lines.at,
    };
    let first = lines.find(|(_, line)| line.bytes().any(|byte| byte != b' '));
    let spaces = first.map_or(0, |(_, line)| {
        line.bytes().take_while(|byte| *byte == b' ').count()
    });
    let mut indicator = header.bytes().take(3);
    if indicator.any(|byte| byte.is_ascii_digit()) {
        // The number counts from the parent's indentation; the spaces that the value kept tell the same.
        let text = value.trim_start_matches('\n');
        let kept = text.bytes().take_while(|byte| *byte == b' ').count();
        return spaces.saturating_sub(kept);
    }
    spaces
}

/// Lines with the byte each begins at, without their ends.
struct Lines<'r> {
    raw: &'r str,
    at: usize,
}

impl<'r> Iterator for Lines<'r> {
    type Item = (usize, &'r str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.raw.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let length = memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let end = match rest.as_bytes().get(length..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ => 0,
        };
        self.at = start + length + end;
        Some((start, &rest[..length]))
    }
}
