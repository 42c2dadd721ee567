//! Patterns of branches, tags and paths, and the times of schedules.

use crate::model::workflow::schema::Check;
use crate::model::workflow::value;
use crate::parse::yaml::tree::NodeId;
use hullmark_tables::faults;

/// Checks one pattern of a filter.
pub(super) fn pattern(check: &mut Check<'_, '_>, key: &str, node: NodeId, text: &str) {
    if value::is_dynamic(text) {
        return;
    }
    let is_path = key.starts_with("paths");
    let body = text.strip_prefix('!').unwrap_or(text);
    if is_path {
        if text.trim() != text {
            check.problem(
                faults::PATH_SPACES,
                node,
                format!("`{text}` begins or ends with a space, so it matches nothing"),
            );
            return;
        }
        let mut parts = body.split('/');
        if parts.any(|part| part == "." || part == "..") {
            check.problem(
                faults::PATH_DOT_SEGMENTS,
                node,
                format!("`{text}` has `.` or `..` in it, so it matches nothing"),
            );
        }
    } else if key.starts_with("branches") || key.starts_with("tags") {
        let is_bad =
            |letter: char| letter.is_ascii_control() || matches!(letter, ' ' | '~' | '^' | ':');
        let escapes = body.contains('\\')
            && !body.contains("\\*")
            && !body.contains("\\?")
            && !body.contains("\\[");
        if let Some(letter) = body.chars().find(|letter| is_bad(*letter)) {
            check.problem(
                faults::INVALID_REF_CHAR,
                node,
                format!("`{letter}` is in no name of a branch or tag, so `{text}` matches nothing"),
            );
        } else if escapes {
            check.problem(
                faults::INVALID_REF_CHAR,
                node,
                format!("branch and tag filters are not regular expressions, and `{text}` looks like one"),
            );
        } else if body.starts_with('/') || body.ends_with('/') || body.ends_with('.') {
            check.problem(
                faults::INVALID_REF_CHAR,
                node,
                format!("no name of a branch or tag begins or ends like `{text}`"),
            );
        }
    }
    if let Some(fault) = fault(text, body) {
        check.problem(
            faults::INVALID_PATTERN,
            node,
            format!("pattern `{text}` {fault}"),
        );
    }
}

fn fault(text: &str, body: &str) -> Option<String> {
    if text == "!" {
        return Some("excludes nothing".to_owned());
    }
    let mut letters = body.char_indices().peekable();
    let mut previous = None;
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            '?' | '+' if previous.is_none() => {
                return Some(format!(
                    "probably matches nothing: no character precedes `{letter}`, which repeats one"
                ));
            }
            '?' | '+' if previous == Some('*') => {
                return Some(format!(
                    "probably matches nothing: `{letter}` repeats the character before it, and that is `*`"
                ));
            }
            '[' => {
                let inside = &body[at + 1..];
                let Some(end) = inside.find(']') else {
                    return Some("has a `[` without its `]`".to_owned());
                };
                if end == 0 {
                    return Some("has an empty `[]`".to_owned());
                }
                if !is_ordered(&inside[..end]) {
                    return Some("has a range that runs backwards".to_owned());
                }
                while letters.next_if(|(next, _)| *next <= at + 1 + end).is_some() {}
            }
            _ => {}
        }
        previous = Some(letter);
    }
    None
}

/// Whether each range in a set runs upwards.
fn is_ordered(set: &str) -> bool {
    let letters: Vec<char> = set.chars().collect();
    letters
        .windows(3)
        .all(|window| window[1] != '-' || window[0] <= window[2])
}

/// Checks `schedule`.
pub(super) fn schedules(check: &mut Check<'_, '_>, node: NodeId) {
    let tree = check.tree;
    for item in tree.items(node) {
        if !tree.is_mapping(*item) {
            continue;
        }
        for (key, child) in tree.pairs(*item) {
            if let Some(key) = tree
                .text(key)
                .filter(|key| !matches!(*key, "cron" | "timezone"))
            {
                let message = format!("unknown key `{key}` in `schedule`");
                check.problem(faults::UNKNOWN_KEY, child, message);
            }
        }
        if let Some(zone) = tree.get(*item, "timezone")
            && tree.text(zone).is_some_and(|zone| !is_zone(zone))
        {
            let zone_text = tree.text(zone).unwrap_or_default();
            check.problem(
                faults::TIMEZONE,
                zone,
                format!("`{zone_text}` is no time zone"),
            );
        }
        let Some(cron) = tree.get(*item, "cron") else {
            continue;
        };
        let Some(text) = tree.text(cron) else {
            continue;
        };
        if text.starts_with('$') || text.contains("{{") {
            continue;
        }
        match minutes(text) {
            Err(fault) => check.problem(faults::CRON_FORMAT, cron, format!("`{text}` {fault}")),
            Ok(minutes) if is_too_often(text, &minutes) => {
                too_often(check, cron, text);
            }
            Ok(_) => {}
        }
    }
}

/// A schedule that asks for more runs than there will be; with `*` for the minute and an hour beside it once an hour was meant, or once a day.
fn too_often(check: &mut Check<'_, '_>, node: NodeId, text: &str) {
    let mut fields = text.split_whitespace();
    let (minute, hour) = (
        fields.next().unwrap_or_default(),
        fields.next().unwrap_or_default(),
    );
    let rest: Vec<&str> = fields.collect();
    let number = hour.parse::<u32>().ok().filter(|_| minute == "*");
    let Some(number) = number else {
        let message =
            format!("`{text}` asks for more than one run in 5 minutes, which GitHub does not give");
        return check.problem(faults::TOO_FREQUENT_SCHEDULE, node, message);
    };
    let message =
        format!("`{text}` asks for a run in every minute from {number}:00 to {number}:59");
    let remedy = format!(
        "Write `0 {hour} {}` to run once at {number}:00.",
        rest.join(" ")
    );
    check.problem_with_remedy(faults::TOO_FREQUENT_SCHEDULE, node, (&message, &remedy));
}

/// The names of time zones, as written.
const ZONES_TABLE: &str = include_str!("../../../../data/time-zones.txt");

/// Whether a name is one of the IANA time zones.
fn is_zone(name: &str) -> bool {
    ZONES_TABLE.lines().any(|zone| zone == name)
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// The minutes of an hour in which a schedule may run, or what is wrong with it.
fn minutes(text: &str) -> Result<Vec<u32>, String> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [minute, hour, day, month, weekday] = fields.as_slice() else {
        return Err(format!("has {} fields, not 5", fields.len()));
    };
    let minutes = values(minute, 0, 59, &[])?;
    values(hour, 0, 23, &[])?;
    values(day, 1, 31, &[])?;
    values(month, 1, 12, &MONTHS)?;
    values(weekday, 0, 7, &DAYS)?;
    Ok(minutes)
}

/// The numbers that a field of a schedule stands for.
fn values(field: &str, low: u32, high: u32, names: &[&str]) -> Result<Vec<u32>, String> {
    let number = |text: &str| -> Result<u32, String> {
        let position = names
            .iter()
            .position(|name| name.eq_ignore_ascii_case(text));
        let number = match position {
            Some(index) => u32::try_from(index).unwrap_or_default() + u32::from(names.len() == 12),
            None => text
                .parse()
                .map_err(|_| format!("has `{text}` where a number must stand"))?,
        };
        if (low..=high).contains(&number) {
            Ok(number)
        } else {
            Err(format!("has {number}, which is not from {low} to {high}"))
        }
    };
    let mut found = Vec::new();
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => {
                let step = step.parse().ok().filter(|step| *step > 0);
                (
                    range,
                    step.ok_or_else(|| format!("has `{part}`, whose step is no number above 0"))?,
                )
            }
            None => (part, 1),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (low, high),
            Some((from, to)) => (number(from)?, number(to)?),
            None if part.contains('/') => (number(range)?, high),
            None => (number(range)?, number(range)?),
        };
        if from > to {
            return Err(format!("has `{part}`, which runs backwards"));
        }
        found.extend((from..=to).step_by(step));
    }
    Ok(found)
}

/// Whether two runs may come within 5 minutes.
fn is_too_often(text: &str, minutes: &[u32]) -> bool {
    let mut minutes = minutes.to_vec();
    minutes.sort_unstable();
    minutes.dedup();
    let is_every_hour = text.split_whitespace().nth(1) == Some("*");
    let wraps = match (minutes.first(), minutes.last()) {
        (Some(first), Some(last)) => is_every_hour && minutes.len() > 1 && first + 60 - last < 5,
        _ => false,
    };
    wraps || minutes.windows(2).any(|pair| pair[1] - pair[0] < 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_are_read_as_github_reads_them() {
        assert_eq!(minutes("*/15 2-4 * JAN-mar MON").unwrap(), [0, 15, 30, 45]);
        for text in [
            "0 0 * *",
            "60 * * * *",
            "@daily",
            "0 0 0 * *",
            "*/0 * * * *",
            "0 5-2 * * *",
        ] {
            assert!(minutes(text).is_err(), "{text}");
        }
        assert!(is_too_often(
            "*/3 * * * *",
            &minutes("*/3 * * * *").unwrap()
        ));
        assert!(!is_too_often("0 * * * *", &minutes("0 * * * *").unwrap()));
    }

    #[test]
    fn patterns_are_read_as_github_reads_them() {
        for text in ["v[0-", "v[9-0]", "!", "+x", "[]"] {
            assert!(
                fault(text, text.strip_prefix('!').unwrap_or(text)).is_some(),
                "{text}"
            );
        }
        for text in ["**", "release/v[0-9]+", "!main", "v1.?", "*.js"] {
            assert!(
                fault(text, text.strip_prefix('!').unwrap_or(text)).is_none(),
                "{text}"
            );
        }
    }
}
