//! Spans of time.

use crate::render::helm::fault::Fallible;
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::host::Host;
use crate::render::helm::value::{IntKind, Val, Value};

const SECOND: i64 = 1_000_000_000;

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("duration", "a", |call| {
        let seconds = match &call.val(0).value {
            Value::Str(text) => text.to_str().parse().unwrap_or(0),
            Value::Int(value, IntKind::Int64) => *value,
            _ => 0,
        };
        Ok(Val::str(&go_text(seconds.saturating_mul(SECOND))))
    }),
    function("durationRound", "a", rounded),
];

/// Reads `1h30m`; nothing if it is no duration.
pub fn parse(text: &str) -> Option<i64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .unwrap_or(rest.len());
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let width = rest
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(rest.len());
        let unit = match &rest[..width] {
            "ns" => 1.0,
            "us" | "µs" | "μs" => 1e3,
            "ms" => 1e6,
            "s" => 1e9,
            "m" => 60e9,
            "h" => 3600e9,
            _ => return None,
        };
        total += number * unit;
        rest = &rest[width..];
    }
    crate::render::helm::template::literal::whole((sign * total).trunc())
}

/// As Go prints a duration: `1h0m0s`.
pub fn go_text(nanoseconds: i64) -> String {
    if nanoseconds == 0 {
        return "0s".to_owned();
    }
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let size = nanoseconds.unsigned_abs();
    let fraction = |unit: u64, name: &str| {
        let rest = size % unit;
        let digits = format!("{rest:0width$}", width = unit.ilog10() as usize);
        let digits = digits.trim_end_matches('0');
        let point = if digits.is_empty() { "" } else { "." };
        format!("{sign}{}{point}{digits}{name}", size / unit)
    };
    match size {
        0..1_000 => return format!("{sign}{size}ns"),
        1_000..1_000_000 => return fraction(1_000, "µs"),
        1_000_000..1_000_000_000 => return fraction(1_000_000, "ms"),
        _ => {}
    }
    let seconds = size / 1_000_000_000;
    let rest = format!("{:09}", size % 1_000_000_000);
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    let tail = format!("{}{point}{rest}s", seconds % 60);
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{sign}{tail}"),
        (0, minutes) => format!("{sign}{minutes}m{tail}"),
        (hours, minutes) => format!("{sign}{hours}h{minutes}m{tail}"),
    }
}

/// The largest unit alone.
fn rounded(call: &mut Call) -> Fallible<Val> {
    let val = call.val(0);
    let nanoseconds = match &val.value {
        Value::Str(text) => parse(&text.to_str()).unwrap_or(0),
        Value::Int(value, IntKind::Int64) => *value,
        Value::Host(host) => match &**host {
            Host::Time(time) => {
                let since = crate::render::helm::functions::stand_ins::now() - *time;
                let made = since.num_nanoseconds().unwrap_or(0);
                return Ok(Val::str(&largest(made)).into_unknown());
            }
            _ => 0,
        },
        _ => 0,
    };
    Ok(Val::str(&largest(nanoseconds)))
}

fn largest(nanoseconds: i64) -> String {
    let size = nanoseconds.unsigned_abs();
    let units: [(u64, &str); 6] = [
        (31_536_000, "y"),
        (2_592_000, "mo"),
        (86_400, "d"),
        (3_600, "h"),
        (60, "m"),
        (1, "s"),
    ];
    let found = units
        .iter()
        .map(|(unit, name)| (unit * 1_000_000_000, name));
    match found.into_iter().find(|(unit, _)| size > *unit) {
        Some((unit, name)) => format!("{}{name}", size / unit),
        None => "0s".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_print_as_in_go() {
        for (text, printed, large) in [
            ("95s", "1m35s", "1m"),
            ("3600s", "1h0m0s", "60m"),
            ("2h10m5s", "2h10m5s", "2h"),
            ("2400h10m5s", "2400h10m5s", "3mo"),
            ("1.5s", "1.5s", "1s"),
            ("250ms", "250ms", "0s"),
            ("0", "0s", "0s"),
        ] {
            let value = parse(text).unwrap();
            assert_eq!(go_text(value), printed);
            assert_eq!(largest(value), large);
        }
        assert_eq!(parse("x"), None);
        assert_eq!(parse("5"), None);
    }
}
