//! What a plain scalar means: `y` is true, `0777` is 511, `1:30` is text.

use crate::render::helm::template::literal;

/// The meaning of a plain scalar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// Nothing, `~`, `null`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number of 64 bits with a sign.
    Int(i64),
    /// A whole number that needs the 64th bit.
    Uint(u64),
    /// Any other number.
    Float(f64),
    /// `2001-01-01` and its like: text that needs quotes.
    Timestamp,
    /// Text.
    Text,
}

/// The meaning of a plain scalar.
pub fn meaning(text: &str) -> Meaning {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Meaning::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => {
            return Meaning::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => {
            return Meaning::Bool(false);
        }
        ".nan" | ".NaN" | ".NAN" => return Meaning::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Meaning::Float(f64::INFINITY);
        }
        "-.inf" | "-.Inf" | "-.INF" => return Meaning::Float(f64::NEG_INFINITY),
        _ => {}
    }
    match text.as_bytes().first() {
        Some(b'.') => point(text),
        Some(b'0'..=b'9' | b'+' | b'-') => number(text),
        _ => Meaning::Text,
    }
}

/// A fraction that begins with its point.
fn point(text: &str) -> Meaning {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    match text.parse() {
        Ok(value) if plain => Meaning::Float(value),
        _ => Meaning::Text,
    }
}

fn number(text: &str) -> Meaning {
    if is_timestamp(text) {
        return Meaning::Timestamp;
    }
    let digits = text.replace('_', "");
    if let Some(value) = literal::integer(&digits) {
        return Meaning::Int(value);
    }
    if let Some(value) = digits
        .parse::<u64>()
        .ok()
        .filter(|_| !digits.starts_with('0'))
    {
        return Meaning::Uint(value);
    }
    let hex = digits
        .strip_prefix("0x")
        .map(|hex| u64::from_str_radix(hex, 16));
    if let Some(Ok(value)) = hex {
        return Meaning::Uint(value);
    }
    match digits.parse() {
        Ok(value) if is_decimal(&digits) => Meaning::Float(value),
        _ => Meaning::Text,
    }
}

/// Whether a text is `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.map(|text| text.strip_prefix(['-', '+']).unwrap_or(text));
    if exponent.is_some_and(|digits| digits.is_empty() || !are_digits(digits)) {
        return false;
    }
    match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && are_digits(fraction),
        Some((whole, fraction)) => are_digits(whole) && are_digits(fraction),
        None => !mantissa.is_empty() && are_digits(mantissa),
    }
}

/// Whether a text is a date, or a date and a time.
fn is_timestamp(text: &str) -> bool {
    let year = text.bytes().take_while(u8::is_ascii_digit).count();
    if year != 4 || text.as_bytes().get(4) != Some(&b'-') {
        return false;
    }
    let rest = &text[5..];
    let (date, time) = match rest.find(['T', 't', ' ']) {
        Some(at) => (&rest[..at], Some((&rest[at..=at], &rest[at + 1..]))),
        None => (rest, None),
    };
    let within = |text: &str, range: std::ops::RangeInclusive<u32>| {
        let plain = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain
            && text
                .parse()
                .is_ok_and(|number: u32| range.contains(&number))
    };
    let is_date = date
        .split_once('-')
        .is_some_and(|(month, day)| within(month, 1..=12) && within(day, 1..=31));
    let Some((mark, time)) = time.filter(|_| is_date) else {
        return is_date;
    };
    let (clock, zone) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let is_zone = match zone.as_bytes() {
        [] => mark == " ",
        b"Z" => mark != " ",
        [sign, rest @ ..] => {
            *sign != b'Z'
                && mark != " "
                && rest.len() == 5
                && rest[2] == b':'
                && rest.iter().filter(|byte| byte.is_ascii_digit()).count() == 4
        }
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let is_clock = match parts.as_slice() {
        [hour, minute, second] => {
            within(hour, 0..=23) && within(minute, 0..=59) && within(second, 0..=59)
        }
        _ => false,
    };
    is_zone
        && is_clock
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether an older reader takes a text for a number of base 60: `12:30:45`.
pub fn is_base_60(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut parts = text.split(':');
    let first = parts.next().unwrap_or_default();
    let starts = first.starts_with(|c: char| c.is_ascii_digit())
        && first
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'_');
    let rest: Vec<&str> = parts.collect();
    let Some((last, middle)) = rest.split_last() else {
        return false;
    };
    let is_sixtieth = |part: &str| match part.as_bytes() {
        [digit] => digit.is_ascii_digit(),
        [tens, digit] => matches!(tens, b'0'..=b'5') && digit.is_ascii_digit(),
        _ => false,
    };
    let (last, fraction) = last.split_once('.').unwrap_or((last, ""));
    let good_fraction = fraction
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'_');
    starts && good_fraction && is_sixtieth(last) && middle.iter().all(|part| is_sixtieth(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_mean_what_yaml_1_1_says() {
        for (text, expected) in [
            ("0777", Meaning::Int(511)),
            ("0o777", Meaning::Int(511)),
            ("08", Meaning::Float(8.0)),
            ("1_000", Meaning::Int(1000)),
            ("1:30", Meaning::Text),
            ("12e03", Meaning::Float(12000.0)),
            (".5", Meaning::Float(0.5)),
            ("+5", Meaning::Int(5)),
            ("y", Meaning::Bool(true)),
            ("Off", Meaning::Bool(false)),
            ("2001-01-01", Meaning::Timestamp),
            ("2006-01-02T15:04:05Z", Meaning::Timestamp),
            ("2006-01-02T15:04:05Z07:00", Meaning::Text),
            ("0x", Meaning::Text),
            ("0b11", Meaning::Int(3)),
            ("18446744073709551615", Meaning::Uint(u64::MAX)),
            ("1.2.3", Meaning::Text),
            ("-", Meaning::Text),
            ("100m", Meaning::Text),
        ] {
            assert_eq!(meaning(text), expected, "{text}");
        }
        assert!(
            is_base_60("12:30:45")
                && is_base_60("1:30")
                && !is_base_60("1:99")
                && !is_base_60("a:1")
        );
    }
}
