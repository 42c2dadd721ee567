//! What a scalar means: Kubernetes reads YAML 1.1 as `kubectl` does, GitHub reads YAML 1.2.

use crate::parse::yaml::tree::{Scalar, Style};

/// The meaning of a scalar.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// Nothing, `~` or `null`.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text: what it says is in the scalar.
    Text,
}

/// As `kubectl` reads it: `y`, `yes` and `on` are true, `0777` is 511.
pub fn kubernetes(scalar: &Scalar) -> Reading {
    read(scalar, |text| match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => {
            Some(Reading::Bool(true))
        }
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => {
            Some(Reading::Bool(false))
        }
        _ => number(text, true),
    })
}

/// What `kubectl` makes of a plain scalar that it does not keep as it is written: `yes` becomes `true`, `0777` becomes `511`.
pub fn converted(scalar: &Scalar) -> Option<String> {
    let text = scalar.text.text.as_str();
    let other = match kubernetes(scalar) {
        Reading::Bool(is) => is.to_string(),
        Reading::Int(number) => number.to_string(),
        Reading::Float(number) if number.abs() < 1e15 && number.abs() > 1e-6 => number.to_string(),
        _ => return None,
    };
    (other != text).then_some(other)
}

/// As GitHub reads it: YAML 1.2's core schema, in which `on` and `yes` are text.
pub fn github(scalar: &Scalar) -> Reading {
    read(scalar, |text| match text {
        "true" | "True" | "TRUE" => Some(Reading::Bool(true)),
        "false" | "False" | "FALSE" => Some(Reading::Bool(false)),
        _ => number(text, false),
    })
}

fn read(scalar: &Scalar, plain: impl Fn(&str) -> Option<Reading>) -> Reading {
    match scalar.tag.as_deref() {
        Some("!!str" | "!" | "!!binary") => return Reading::Text,
        _ if scalar.style != Style::Plain => return Reading::Text,
        _ => {}
    }
    match scalar.text.text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => Reading::Null,
        text => plain(text).unwrap_or(Reading::Text),
    }
}

/// A number; `old` knows octal numbers by a leading zero, `0b` and `_` between digits.
fn number(text: &str, old: bool) -> Option<Reading> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    let digits = if old {
        text.replace('_', "")
    } else {
        text.to_owned()
    };
    let (negative, digits) = match digits.as_bytes() {
        [b'-', ..] => (true, &digits[1..]),
        [b'+', ..] => (false, &digits[1..]),
        _ => (false, digits.as_str()),
    };
    let radix = |prefix: &str, radix: u32| {
        let digits = digits
            .strip_prefix(prefix)
            .filter(|rest| rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))?;
        i64::from_str_radix(digits, radix).ok()
    };
    let whole = radix("0x", 16)
        .or_else(|| radix("0o", 8))
        .or_else(|| radix("0b", 2).filter(|_| old))
        .or_else(|| radix("0", 8).filter(|_| old))
        .or_else(|| radix("", 10).filter(|_| !old || digits == "0" || !digits.starts_with('0')));
    if let Some(whole) = whole {
        return Some(Reading::Int(if negative { -whole } else { whole }));
    }
    match digits {
        ".inf" | ".Inf" | ".INF" if negative => return Some(Reading::Float(f64::NEG_INFINITY)),
        ".inf" | ".Inf" | ".INF" => return Some(Reading::Float(f64::INFINITY)),
        ".nan" | ".NaN" | ".NAN" => return Some(Reading::Float(f64::NAN)),
        _ => {}
    }
    let plain = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    let value: f64 = digits.parse().ok().filter(|_| plain)?;
    Some(Reading::Float(if negative { -value } else { value }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::LocatedText;

    fn plain(text: &str) -> Scalar {
        Scalar {
            text: LocatedText::verbatim(text, 0),
            style: Style::Plain,
            tag: None,
        }
    }

    #[test]
    fn kubernetes_and_github_read_the_same_words_differently() {
        for (text, old, new) in [
            ("on", Reading::Bool(true), Reading::Text),
            ("No", Reading::Bool(false), Reading::Text),
            ("true", Reading::Bool(true), Reading::Bool(true)),
            ("0777", Reading::Int(511), Reading::Int(777)),
            ("0o17", Reading::Int(15), Reading::Int(15)),
            ("-12", Reading::Int(-12), Reading::Int(-12)),
            ("1_000", Reading::Int(1000), Reading::Text),
            ("1.10", Reading::Float(1.1), Reading::Float(1.1)),
            ("y", Reading::Bool(true), Reading::Text),
            ("N", Reading::Bool(false), Reading::Text),
            ("0", Reading::Int(0), Reading::Int(0)),
            ("0x1F", Reading::Int(31), Reading::Int(31)),
            ("~", Reading::Null, Reading::Null),
            ("", Reading::Null, Reading::Null),
            ("1.2.3", Reading::Text, Reading::Text),
            ("100m", Reading::Text, Reading::Text),
            ("-", Reading::Text, Reading::Text),
            ("0x", Reading::Text, Reading::Text),
        ] {
            assert_eq!(kubernetes(&plain(text)), old, "{text}");
            assert_eq!(github(&plain(text)), new, "{text}");
        }
    }

    #[test]
    fn what_a_scalar_becomes_is_told() {
        for (text, expected) in [
            ("yes", Some("true")),
            ("n", Some("false")),
            ("True", Some("true")),
            ("0777", Some("511")),
            ("1_000", Some("1000")),
            ("1.10", Some("1.1")),
            ("true", None),
            ("12", None),
            ("web", None),
            ("", None),
        ] {
            assert_eq!(converted(&plain(text)).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn quotes_and_tags_make_text() {
        let mut scalar = plain("true");
        scalar.style = Style::Double;
        assert_eq!(kubernetes(&scalar), Reading::Text);
        scalar.style = Style::Plain;
        scalar.tag = Some("!!str".into());
        assert_eq!(github(&scalar), Reading::Text);
    }
}
