//! What the verbs of `printf` make of numbers and characters.

use crate::render::helm::value::float;
use crate::render::helm::value::quote::is_printable;
use crate::render::text::Text;

/// What stands between `%` and the verb.
#[derive(Clone, Copy, Default)]
pub(super) struct Flags {
    pub(super) minus: bool,
    pub(super) plus: bool,
    pub(super) sharp: bool,
    pub(super) space: bool,
    pub(super) zero: bool,
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
}

pub(super) fn first_chars(text: &Text, count: usize) -> Text {
    let words = text.to_str();
    match words.char_indices().nth(count) {
        Some((end, _)) => text.cut(0..end.min(text.len())),
        None => text.clone(),
    }
}

pub(super) fn integer(value: i64, verb: char, flags: Flags) -> Option<String> {
    let size = value.unsigned_abs();
    let digits = match verb {
        'd' | 'v' => size.to_string(),
        'b' => format!("{size:b}"),
        'o' => format!("{}{size:o}", if flags.sharp { "0" } else { "" }),
        'O' => format!("0o{size:o}"),
        'x' => format!("{}{size:x}", if flags.sharp { "0x" } else { "" }),
        'X' => format!("{}{size:X}", if flags.sharp { "0X" } else { "" }),
        'c' => return Some(character(value).to_string()),
        'q' => return Some(quoted_char(character(value))),
        'U' => return Some(format!("U+{value:04X}")),
        _ => return None,
    };
    let sign = match (value < 0, flags.plus, flags.space) {
        (true, ..) => "-",
        (false, true, _) => "+",
        (false, false, true) => " ",
        _ => "",
    };
    let wanted = match (flags.precision, flags.width) {
        (Some(precision), _) => precision,
        (None, Some(width)) if flags.zero && !flags.minus => width.saturating_sub(sign.len()),
        _ => 0,
    };
    let zeros = "0".repeat(wanted.saturating_sub(digits.len()));
    Some(format!("{sign}{zeros}{digits}"))
}

fn character(value: i64) -> char {
    u32::try_from(value)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or('\u{fffd}')
}

fn quoted_char(c: char) -> String {
    match c {
        '\'' => "'\\''".to_owned(),
        '\\' => "'\\\\'".to_owned(),
        '\n' => "'\\n'".to_owned(),
        '\t' => "'\\t'".to_owned(),
        _ if is_printable(c) => format!("'{c}'"),
        _ => format!("'\\u{:04x}'", u32::from(c)),
    }
}

pub(super) fn fraction(value: f64, verb: char, flags: Flags) -> Option<String> {
    let text = match verb {
        'v' | 'g' => float::general(value, flags.precision),
        'G' => float::general(value, flags.precision).to_uppercase(),
        'e' => float::exponential(value, Some(flags.precision.unwrap_or(6))),
        'E' => float::exponential(value, Some(flags.precision.unwrap_or(6))).to_uppercase(),
        'f' | 'F' => float::decimal(value, Some(flags.precision.unwrap_or(6))),
        _ => return None,
    };
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (&text[..1], digits),
        None => ("", text.as_str()),
    };
    let sign = match (sign, flags.plus, flags.space) {
        ("", true, _) => "+",
        ("", false, true) => " ",
        (sign, ..) => sign,
    };
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit());
    let zeros = match flags.width {
        Some(width) if flags.zero && !flags.minus && is_number => {
            "0".repeat(width.saturating_sub(sign.len() + digits.len()))
        }
        _ => String::new(),
    };
    Some(format!("{sign}{zeros}{digits}"))
}
