//! Literals of Go: numbers, characters and texts in quotes.

use crate::render::helm::template::tree::Number;
use crate::render::place::Place;
use crate::render::text::{Builder, Piece, Text};

/// Reads a number as written in a template; nothing if it is none, or does not fit.
pub fn number(text: &str) -> Option<Number> {
    let is_hex = text
        .trim_start_matches(['+', '-'])
        .to_ascii_lowercase()
        .starts_with("0x");
    let has_exponent = text.contains(if is_hex { ['p', 'P'] } else { ['e', 'E'] });
    let is_float = text.contains('.') || has_exponent;
    if !is_float {
        let int = integer(text)?;
        return Some(Number {
            int: Some(int),
            #[expect(
                clippy::cast_precision_loss,
                reason = "Go gives the nearest float, too"
            )]
            float: int as f64,
            is_float: false,
        });
    }
    let float = if is_hex {
        hex_float(text)?
    } else {
        plain_float(text)?
    };
    Some(Number {
        int: whole(float),
        float,
        is_float: true,
    })
}

/// The integer that a float is, if it is one.
pub fn whole(value: f64) -> Option<i64> {
    let fits = value.fract() == 0.0 && (-9.2e18..9.2e18).contains(&value);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it has no fraction and fits"
    )]
    fits.then_some(value as i64)
}

/// An integer in Go's notation: `0x`, `0o`, `0b`, a leading `0` for octal, `_` between digits.
pub fn integer(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || digits.starts_with(['+', '-']) || !underscores_are_good(digits) {
        return None;
    }
    let digits = digits.replace('_', "");
    let lower = digits.to_ascii_lowercase();
    let (radix, digits) = match lower.get(..2) {
        Some("0x") => (16, &lower[2..]),
        Some("0o") => (8, &lower[2..]),
        Some("0b") => (2, &lower[2..]),
        Some(_) if lower.starts_with('0') => (8, &lower[1..]),
        _ => (10, lower.as_str()),
    };
    let size = i128::from_str_radix(digits, radix).ok()?;
    i64::try_from(if negative { -size } else { size }).ok()
}

/// Whether each `_` stands between digits, or after the prefix.
fn underscores_are_good(digits: &str) -> bool {
    !(digits.starts_with('_') || digits.ends_with('_') || digits.contains("__"))
}

fn plain_float(text: &str) -> Option<f64> {
    if !underscores_are_good(text.trim_start_matches(['+', '-'])) {
        return None;
    }
    text.replace('_', "")
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite())
}

/// A float as in `0x1.8p4`.
fn hex_float(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.replace('_', "").to_ascii_lowercase();
    let (mantissa, exponent) = lower.strip_prefix("0x")?.split_once('p')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let size = u64::from_str_radix(&digits, 16).ok()?;
    let exponent: i32 = exponent.parse().ok()?;
    let shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()? * 4)?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "Go gives the nearest float, too"
    )]
    let value = sign * (size as f64) * 2f64.powi(shift);
    value.is_finite().then_some(value)
}

/// The text between double quotes, which stand at `start` of `file`; nothing if an escape is wrong.
pub fn unquote(inner: &str, file: u32, start: usize, via: u32) -> Option<Text> {
    let mut out = Builder::default();
    let mut at = 0;
    let piece = |from: usize, to: usize, literal| {
        Piece::of_template(Place::new(file, start + from, start + to), literal, via)
    };
    while at < inner.len() {
        let rest = &inner[at..];
        let until = memchr::memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len());
        out.push(&rest.as_bytes()[..until], piece(at, at + until, true));
        at += until;
        if at < inner.len() {
            let (bytes, width) = escape(&inner[at..], '"')?;
            out.push(&bytes, piece(at, at + width, false));
            at += width;
        }
    }
    Some(out.finish())
}

/// The number of a character in single quotes.
pub fn character(inner: &str) -> Option<i64> {
    let mut chars = inner.chars();
    let first = chars.next()?;
    if first != '\\' {
        return chars
            .next()
            .is_none()
            .then_some(i64::from(u32::from(first)));
    }
    let (bytes, width) = escape(inner, '\'')?;
    if width != inner.len() {
        return None;
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => text.chars().next().map(|c| i64::from(u32::from(c))),
        Err(_) => bytes.first().map(|byte| i64::from(*byte)),
    }
}

/// The bytes that an escape stands for and its width.
fn escape(rest: &str, quote: char) -> Option<(Vec<u8>, usize)> {
    let letter = rest[1..].chars().next()?;
    let code = |from: usize, digits: usize, radix: u32| {
        let digits = rest.get(from..from + digits)?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        u32::from_str_radix(digits, radix).ok().filter(|_| plain)
    };
    let byte = |code: u32| u8::try_from(code).ok().map(|byte| vec![byte]);
    let simple = match letter {
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        '\\' => '\\',
        'x' => return Some((byte(code(2, 2, 16)?)?, 4)),
        '0'..='7' => return Some((byte(code(1, 3, 8)?)?, 4)),
        'u' | 'U' => {
            let digits = if letter == 'u' { 4 } else { 8 };
            let c = char::from_u32(code(2, digits, 16)?)?;
            return Some((c.to_string().into_bytes(), 2 + digits));
        }
        c if c == quote => c,
        _ => return None,
    };
    Some((simple.to_string().into_bytes(), 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_in_go() {
        for (text, int, float) in [
            ("0x1F", Some(31), 31.0),
            ("010", Some(8), 8.0),
            ("0b11", Some(3), 3.0),
            ("1_000", Some(1000), 1000.0),
            ("-5", Some(-5), -5.0),
            ("1e3", Some(1000), 1000.0),
            ("1.5", None, 1.5),
            ("0x1p4", Some(16), 16.0),
            ("0", Some(0), 0.0),
        ] {
            let number = number(text).unwrap();
            assert_eq!((number.int, number.float), (int, float), "{text}");
        }
        for text in [
            "99999999999999999999",
            "08",
            "1__0",
            "0x",
            "+-1",
            "1e",
            "_1",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn escapes_are_read_as_in_go() {
        let text = unquote(r#"a\tb\x41\u00e9\101\\\""#, 1, 10, 0).unwrap();
        assert_eq!(text.to_str(), "a\tbA\u{e9}A\\\"");
        assert_eq!(text.origin_at(2).unwrap().0.template, Place::new(1, 13, 14));
        assert!(unquote(r"\d", 1, 0, 0).is_none() && unquote(r"\", 1, 0, 0).is_none());
        assert_eq!(
            (character("a"), character(r"\n"), character("ab")),
            (Some(97), Some(10), None)
        );
    }
}
