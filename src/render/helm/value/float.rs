//! Numbers with a fraction as Go writes them.

/// The shortest digits that read back as `value` (or `precision` digits after the first), and the power of ten of the first.
fn digits(value: f64, precision: Option<usize>) -> (String, i32) {
    let text = match precision {
        Some(precision) => format!("{:.*e}", precision, value.abs()),
        None => format!("{:e}", value.abs()),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (mantissa.replace('.', ""), exponent.parse().unwrap_or(0))
}

fn special(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        return Some("NaN");
    }
    match value {
        f64::INFINITY => Some("+Inf"),
        f64::NEG_INFINITY => Some("-Inf"),
        _ => None,
    }
}

fn sign(value: f64) -> &'static str {
    if value.is_sign_negative() { "-" } else { "" }
}

/// `%e` with the shortest or `precision` digits after the point.
pub fn exponential(value: f64, precision: Option<usize>) -> String {
    if let Some(word) = special(value) {
        return word.to_owned();
    }
    let (digits, exponent) = digits(value, precision);
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    let mark = if exponent < 0 { '-' } else { '+' };
    let size = exponent.unsigned_abs();
    format!("{}{first}{point}{rest}e{mark}{size:02}", sign(value))
}

/// `%f` with the shortest or `precision` digits after the point.
pub fn decimal(value: f64, precision: Option<usize>) -> String {
    if let Some(word) = special(value) {
        return word.to_owned();
    }
    match precision {
        Some(precision) => format!("{value:.precision$}"),
        None => format!("{value}"),
    }
}

/// `%g` with the shortest or `precision` digits: an exponent below -4 and from `precision` (6 for the shortest) on.
/// `%v` is the same with the shortest digits: a million prints as `1e+06`.
pub fn general(value: f64, precision: Option<usize>) -> String {
    if let Some(word) = special(value) {
        return word.to_owned();
    }
    let wanted = precision.map(|precision| precision.max(1) - 1);
    let (mut digits, exponent) = digits(value, wanted);
    digits.truncate(digits.trim_end_matches('0').len().max(1));
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let threshold =
        match precision.map(|precision| i32::try_from(precision.max(1)).unwrap_or(i32::MAX)) {
            None => 6,
            Some(precision) if precision > count && count > exponent => count,
            Some(precision) => precision,
        };
    if exponent < -4 || exponent >= threshold {
        return exponential(value, Some(digits.len() - 1));
    }
    decimal(
        value,
        Some(usize::try_from(count - 1 - exponent).unwrap_or(0)),
    )
}

/// As Go writes a number in JSON: an exponent only below 1e-6 and from 1e21 on.
pub fn json(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let text = exponential(value, None);
        return match text.split_once("e-0") {
            Some((mantissa, exponent)) => format!("{mantissa}e-{exponent}"),
            None => text,
        };
    }
    decimal(value, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_in_go() {
        for (value, printed, in_json) in [
            (1.0, "1", "1"),
            (-0.5, "-0.5", "-0.5"),
            (999_999.0, "999999", "999999"),
            (1_000_000.0, "1e+06", "1000000"),
            (123_456_789_012.0, "1.23456789012e+11", "123456789012"),
            (1e-7, "1e-07", "1e-7"),
            (0.0001, "0.0001", "0.0001"),
            (1e21, "1e+21", "1e+21"),
            (1_500_000.5, "1.5000005e+06", "1500000.5"),
            (0.1, "0.1", "0.1"),
        ] {
            assert_eq!(general(value, None), printed);
            assert_eq!(json(value), in_json);
        }
        assert_eq!(general(2.34567, Some(3)), "2.35");
        assert_eq!(general(100_000.0, Some(3)), "1e+05");
        assert_eq!(general(1234.0, Some(10)), "1234");
        assert_eq!(exponential(1234.5, Some(2)), "1.23e+03");
        assert_eq!(decimal(2.5, Some(0)), "2");
    }
}
