//! What a plain scalar is, and how it is written out: resources are read so that `yes`, `on` and `y` stay text.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::Arc;

/// A scalar as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The decoded text.
    pub text: Arc<str>,
    /// What kind of value the text is.
    pub tag: Tag,
    /// Whether it stood in quotes or in a block, so that it is text whatever it says.
    pub quoted: bool,
}

/// The kind of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Nothing.
    Null,
    /// True or false.
    Bool,
    /// A whole number.
    Int,
    /// Any other number.
    Float,
    /// A date, with or without a time.
    Time,
    /// Text.
    Text,
    /// Base64 of bytes, tagged so.
    Binary,
    /// Text in a folded block that kustomize does not write out as it stands, see [`refolded`].
    Folded,
}

impl Tag {
    /// What a person calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Int | Self::Float => "a number",
            Self::Time => "a date",
            Self::Text | Self::Binary | Self::Folded => "text",
        }
    }
}

/// The kind of a plain scalar, as the YAML library of kustomize reads resources.
pub fn resolve(text: &str) -> Tag {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Tag::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => return Tag::Bool,
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" | "-.inf" | "-.Inf" | "-.INF"
        | ".nan" | ".NaN" | ".NAN" => return Tag::Float,
        _ => {}
    }
    let first = text.as_bytes()[0];
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return Tag::Text;
    }
    if integer(text).is_some() {
        Tag::Int
    } else if float(text).is_some() {
        Tag::Float
    } else if time(text).is_some() {
        Tag::Time
    } else {
        Tag::Text
    }
}

/// A plain scalar that readers of YAML 1.1 see otherwise, as they see it.
pub fn old_reading(scalar: &Scalar) -> Option<Scalar> {
    let is_plain = !scalar.quoted;
    let word = |text: &'static str, tag: Tag| Scalar {
        text: Arc::from(text),
        tag,
        quoted: false,
    };
    match (scalar.tag, &*scalar.text) {
        (Tag::Text, "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON") if is_plain => {
            Some(word("true", Tag::Bool))
        }
        (Tag::Text, "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF") if is_plain => {
            Some(word("false", Tag::Bool))
        }
        (Tag::Time | Tag::Folded, _) => Some(Scalar {
            tag: Tag::Text,
            ..scalar.clone()
        }),
        _ => None,
    }
}

/// What kustomize makes of text in a folded block, which it writes and reads once more: its writer adds an empty line before
/// lines that begin with a blank, and adds none at all to text that itself begins with one.
pub fn refolded(text: &str) -> String {
    let is_blank = |line: &str| line.starts_with([' ', '\t']);
    let adds = !text.starts_with([' ', '\t', '\n']);
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = "";
    let mut rest = text;
    while let Some(end) = rest.find('\n') {
        let line = &rest[..end];
        out.push_str(line);
        if !line.is_empty() {
            before = line;
        }
        let run = rest[end..].len() - rest[end..].trim_start_matches('\n').len();
        rest = &rest[end + run..];
        let is_normal = !before.is_empty() && !is_blank(before);
        let written = run + usize::from(is_normal && adds);
        let next = rest.lines().next().unwrap_or_default();
        let kept = if rest.is_empty() {
            if run > 1 { written } else { 1 }
        } else if is_normal && !is_blank(next) {
            written - 1
        } else {
            written
        };
        out.push_str(if kept == 0 { " " } else { "" });
        out.extend(std::iter::repeat_n('\n', kept));
    }
    out.push_str(rest);
    out
}

/// Whether plain `text` is something else than text for a reader of YAML 1.1, as kustomization files are read.
pub fn is_old_special(text: &str) -> bool {
    const WORDS: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let is_word = WORDS.iter().any(|word| {
        let upper = word.to_uppercase();
        text == *word
            || text == upper
            || (text.len() == word.len() && text.starts_with(&upper[..1]) && text[1..] == word[1..])
    });
    is_word || resolve(text) != Tag::Text || is_sexagesimal(text)
}

/// `1:30`, a number to the base of 60 for old readers.
fn is_sexagesimal(text: &str) -> bool {
    text.contains(':')
        && text.split(':').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
}

/// The whole number that a plain scalar is.
fn integer(text: &str) -> Option<i128> {
    let plain: Cow<'_, str> = if text.contains('_') {
        Cow::Owned(text.replace('_', ""))
    } else {
        Cow::Borrowed(text)
    };
    let (negative, digits) = match plain.as_bytes() {
        [b'-', ..] => (true, &plain[1..]),
        [b'+', ..] => (false, &plain[1..]),
        _ => (false, &*plain),
    };
    let radix = |prefixes: [&str; 2], radix: u32| {
        let rest = prefixes
            .iter()
            .find_map(|prefix| digits.strip_prefix(prefix))?;
        unsigned(rest, radix)
    };
    let value = radix(["0x", "0X"], 16)
        .or_else(|| radix(["0b", "0B"], 2))
        .or_else(|| radix(["0o", "0O"], 8))
        .or_else(|| match digits.as_bytes() {
            [b'0', _, ..] => unsigned(&digits[1..], 8),
            _ => unsigned(digits, 10),
        })?;
    let value = if negative { -value } else { value };
    (i128::from(i64::MIN) <= value && value <= i128::from(u64::MAX)).then_some(value)
}

fn unsigned(digits: &str, radix: u32) -> Option<i128> {
    let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
    i128::from_str_radix(digits, radix)
        .ok()
        .filter(|_| is_plain)
}

/// The number with a fraction or exponent that a plain scalar is.
fn float(text: &str) -> Option<f64> {
    let plain = text.replace('_', "");
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_mantissa =
        !(whole.is_empty() && fraction.is_empty()) && all_digits(whole) && all_digits(fraction);
    let is_exponent = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    });
    if is_mantissa && is_exponent {
        plain.parse().ok()
    } else {
        None
    }
}

/// A date as RFC 3339, if the text is one.
fn time(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_date = bytes.len() >= 8 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-';
    if !is_date {
        return None;
    }
    let (date, rest) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let mut number = |most: usize| {
        let part = parts.next()?;
        let is_number = part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| is_number)
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    match rest {
        None => Some(format!("{date}T00:00:00Z")),
        Some(clock) => clock_text(clock).map(|clock| format!("{date}T{clock}")),
    }
}

/// `10:00:00.50Z` with a zone; without one the library keeps the text.
fn clock_text(text: &str) -> Option<String> {
    let zone_at = text.find(['Z', '+', '-'])?;
    let (clock, zone) = text.split_at(zone_at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let parts: Vec<u32> = clock
        .split(':')
        .map_while(|part| part.parse().ok())
        .collect();
    let [hour, minute, second] = parts[..] else {
        return None;
    };
    if hour > 23 || minute > 59 || second > 59 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut out = format!("{hour:02}:{minute:02}:{second:02}");
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        let _ = write!(out, ".{fraction}");
    }
    out.push_str(zone);
    Some(out)
}

/// How a scalar is written out: numbers as JSON and YAML writers of Go write them, all else as it is.
pub fn canonical(scalar: &Scalar) -> Cow<'_, str> {
    let text = &*scalar.text;
    match scalar.tag {
        Tag::Null => Cow::Borrowed("null"),
        Tag::Bool => match text.as_bytes().first() {
            Some(b't' | b'T') => Cow::Borrowed("true"),
            _ => Cow::Borrowed("false"),
        },
        Tag::Int => match integer(text) {
            Some(value) => Cow::Owned(value.to_string()),
            None => float_text(text),
        },
        Tag::Float => float_text(text),
        Tag::Time => time(text).map_or(Cow::Borrowed(text), Cow::Owned),
        Tag::Text | Tag::Binary | Tag::Folded => Cow::Borrowed(text),
    }
}

/// A float as it comes out of JSON: whole ones up to 1e21 as integers, others in the shortest way.
fn float_text(text: &str) -> Cow<'_, str> {
    let Some(value) = float(text) else {
        return Cow::Borrowed(text);
    };
    if value.fract() == 0.0 && value.abs() < 1e20 {
        let whole = format!("{value:.0}");
        if whole == "-0" {
            return Cow::Borrowed("0");
        }
        let fits = whole.parse::<i64>().is_ok() || whole.parse::<u64>().is_ok();
        if fits {
            return Cow::Owned(whole);
        }
    }
    Cow::Owned(shortest(value))
}

/// Go's `%g` with the fewest digits: an exponent of two digits below 1e-4 and from 1e21 on.
fn shortest(value: f64) -> String {
    let scientific = format!("{value:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else {
        return scientific;
    };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..21).contains(&exponent) && exponent < 6 {
        return format!("{value}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_come_out_as_go_writes_them() {
        for (text, want) in [
            ("0777", "511"),
            ("0o777", "511"),
            ("1_000", "1000"),
            ("1e3", "1000"),
            ("1.10", "1.1"),
            ("2001-01-01", "2001-01-01T00:00:00Z"),
            ("2001-01-01T10:00:00Z", "2001-01-01T10:00:00Z"),
            ("0x1F", "31"),
            ("12345678901234567890", "12345678901234567890"),
            ("1.0", "1"),
            (".5", "0.5"),
            ("1e30", "1e+30"),
            ("-0", "0"),
            ("+1", "1"),
            ("1e-7", "1e-07"),
            ("100000000000000000000.0", "1e+20"),
            ("123456789012345678901234567890", "1.2345678901234568e+29"),
            ("08", "8"),
            ("0b11", "3"),
            ("~", "null"),
            ("True", "true"),
            ("yes", "yes"),
            ("1:30", "1:30"),
            ("1.2.3", "1.2.3"),
            ("-", "-"),
            ("1234567.5", "1.2345675e+06"),
        ] {
            let tag = resolve(text);
            let scalar = Scalar {
                text: Arc::from(text),
                tag,
                quoted: false,
            };
            assert_eq!(canonical(&scalar), want, "{text} is {tag:?}");
        }
    }

    #[test]
    fn folded_text_is_written_once_more() {
        for (text, want) in [
            ("a\nb\n", "a\nb\n"),
            ("a\n  b\nc", "a\n\n  b\nc"),
            ("a\n  b\n  c\nd\n", "a\n\n  b\n  c\nd\n"),
            ("a b", "a b"),
            ("a\n\n", "a\n\n\n"),
        ] {
            assert_eq!(refolded(text), want, "{text:?}");
        }
    }

    #[test]
    fn old_readers_know_more_words() {
        for text in ["y", "N", "Yes", "off", "ON", "1:30", "null", "07", "true"] {
            assert!(is_old_special(text), "{text}");
        }
        for text in ["yEs", "nginx", "v1", "a:b", "-x", "nope"] {
            assert!(!is_old_special(text), "{text}");
        }
    }
}
