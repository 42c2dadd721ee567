//! The flags of each instruction, and what their values may be. Source: the Dockerfile reference.

use crate::parse::dockerfile::{Flag, Instruction, mounts};
use crate::parse::problem::Problem;
use crate::span::Span;
use hullmark_tables::faults;

/// What a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    Text,
    /// Text, and the flag may stand several times.
    Texts,
    /// Nothing, `true` or `false`.
    Switch,
    Duration,
    Count,
    /// A mount; the flag may stand several times.
    Mounts,
    OneOf(&'static [&'static str]),
}

use Takes::{Count, Duration, Mounts, OneOf, Switch, Text, Texts};

fn flags_of(keyword: &str) -> &'static [(&'static str, Takes)] {
    match keyword {
        "ADD" => &[
            ("chown", Text),
            ("chmod", Text),
            ("link", Switch),
            ("keep-git-dir", Switch),
            ("checksum", Text),
            ("exclude", Texts),
            ("unpack", Switch),
        ],
        "COPY" => &[
            ("from", Text),
            ("chown", Text),
            ("chmod", Text),
            ("link", Switch),
            ("parents", Switch),
            ("exclude", Texts),
        ],
        "FROM" => &[("platform", Text)],
        "HEALTHCHECK" => &[
            ("interval", Duration),
            ("timeout", Duration),
            ("start-period", Duration),
            ("start-interval", Duration),
            ("retries", Count),
        ],
        "RUN" => &[
            ("mount", Mounts),
            ("network", OneOf(&["default", "none", "host"])),
            ("security", OneOf(&["sandbox", "insecure"])),
            ("device", Texts),
        ],
        _ => &[],
    }
}

/// Says which flags `BuildKit` would refuse.
pub(super) fn validate(instruction: &Instruction, problems: &mut Vec<Problem>) {
    let keyword = instruction.keyword.as_str();
    let mut fault = |kind, span: Span, message: String| {
        problems.push(Problem::new(kind, span, message));
    };
    let known = flags_of(keyword);
    // As many as there are flags to know, however often they stand.
    let mut seen: Vec<&str> = Vec::new();
    for flag in &instruction.flags {
        let Some((name, takes)) = known.iter().find(|(name, _)| *name == flag.name) else {
            let shown: String = flag.name.chars().take(40).collect();
            let near = known.iter().map(|(name, _)| *name);
            let near = near.filter(|name| strsim::damerau_levenshtein(name, &shown) <= 2);
            let hint = near
                .min_by_key(|name| strsim::damerau_levenshtein(name, &shown))
                .map(|name| format!("; did you mean `--{name}`?"))
                .unwrap_or_default();
            let message = format!("`{keyword}` has no flag `--{shown}`{hint}");
            fault(faults::INVALID_FLAG, flag.span, message);
            continue;
        };
        if !seen.contains(name) {
            seen.push(name);
        } else if !matches!(takes, Texts | Mounts) {
            let message = format!("duplicate flag `--{name}`");
            fault(faults::INVALID_FLAG, flag.span, message);
        }
        if *takes == Mounts {
            let value = flag.value.as_deref();
            if let Some(message) = value.and_then(mounts::fault) {
                fault(faults::INVALID_FLAG, flag.value_span, message);
            }
        }
        if let Some(value) = flag.value.as_ref().filter(|_| flag.is_apart) {
            let shown: String = value.chars().take(60).collect();
            let message = format!("flag `--{name}` takes its value behind `=`: `--{name}={shown}`");
            fault(faults::INVALID_FLAG, flag.span, message);
            continue;
        }
        if let Some(wanted) = refused(flag, *takes) {
            let kind = match takes {
                Duration | Count => faults::INVALID_HEALTHCHECK,
                _ => faults::INVALID_FLAG,
            };
            fault(
                kind,
                flag.value_span,
                format!("flag `--{name}` takes {wanted}"),
            );
        }
    }
}

/// What the flag should have had, if its value is refused.
fn refused(flag: &Flag, takes: Takes) -> Option<String> {
    let value = flag.value.as_deref();
    match (takes, value) {
        (Switch, None) => None,
        (Switch, Some(value)) => {
            let is_known = ["true", "false"]
                .iter()
                .any(|word| value.eq_ignore_ascii_case(word));
            (!is_known).then(|| "`true` or `false`".to_owned())
        }
        (_, None) => Some("a value".to_owned()),
        (Text | Texts | Mounts, _) => None,
        // An empty value is the same as none of these flags.
        (Duration | Count, Some("")) => None,
        (Duration, Some(value)) => match seconds(value) {
            None => Some("a duration with its unit, such as `30s`".to_owned()),
            Some(seconds) if seconds != 0.0 && seconds < 0.001 => {
                Some("no less than a millisecond".to_owned())
            }
            Some(_) => None,
        },
        (Count, Some(value)) => {
            let digits = value.strip_prefix('+').unwrap_or(value);
            let is_count =
                digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.parse::<i32>().is_ok();
            (!is_count).then(|| "a whole number".to_owned())
        }
        (OneOf(words), Some(value)) => (!words.contains(&value)).then(|| {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            words.join(" or ")
        }),
    }
}

/// A duration as Go writes them: `1h30m`, `1.5s`, `0`.
fn seconds(text: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 8] = [
        ("ns", 1e-9),
        ("us", 1e-6),
        ("\u{b5}s", 1e-6),
        ("\u{3bc}s", 1e-6),
        ("ms", 1e-3),
        ("s", 1.0),
        ("m", 60.0),
        ("h", 3600.0),
    ];
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0.0);
    }
    let mut sum = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let is_digit = |letter: char| letter.is_ascii_digit() || letter == '.';
        let unit = rest.find(|letter| !is_digit(letter))?;
        let number: f64 = rest[..unit].parse().ok()?;
        rest = &rest[unit..];
        let end = rest.find(is_digit).unwrap_or(rest.len());
        let (_, size) = UNITS.iter().find(|(name, _)| *name == &rest[..end])?;
        sum += number * size;
        rest = &rest[end..];
    }
    Some(sign * sum)
}
