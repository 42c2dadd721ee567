//! The schedules of a `CronJob`, as its controller reads them.

use crate::model::kubernetes::validation::{Field, Violation};
use crate::parse::yaml::scalar::{self, Reading};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const DESCRIPTORS: [&str; 7] = [
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
];
const FORM: &str = "five fields: minute, hour, day of the month, month, day of the week";

/// Cron, with five fields or a word such as `@daily`.
pub(super) fn cron(field: Field<'_>) -> Option<Violation> {
    let text = field.text()?;
    let scalar = field.tree.scalar(field.node)?;
    if scalar::kubernetes(scalar) != Reading::Text || text.contains(['<', '{', '%', '$']) {
        return None;
    }
    let invalid = |problem: String| Some(Violation::new("cron", problem, FORM));
    if text.trim().is_empty() {
        return invalid("is empty".to_owned());
    }
    if text.starts_with("TZ=") || text.starts_with("CRON_TZ=") {
        return Some(Violation::new(
            "cron",
            "names a time zone, which is refused since Kubernetes 1.29",
            "the time zone into `spec.timeZone`",
        ));
    }
    if let Some(word) = text.strip_prefix('@') {
        let is_known = DESCRIPTORS.contains(&text)
            || word
                .strip_prefix("every ")
                .is_some_and(|time| is_duration(time.trim()));
        return if is_known {
            None
        } else {
            invalid(format!("has the unknown word `{text}`"))
        };
    }
    // A word alone is one that somebody fills in.
    if !text.contains(' ')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
    {
        return None;
    }
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [minute, hour, day, month, weekday] = fields.as_slice() else {
        return invalid(format!("has {} fields, not 5", fields.len()));
    };
    let parts: [(&str, u32, u32, &[&str], &str); 5] = [
        (minute, 0, 59, &[], "minutes"),
        (hour, 0, 23, &[], "hours"),
        (day, 1, 31, &[], "days of the month"),
        (month, 1, 12, &MONTHS, "months"),
        (weekday, 0, 6, &DAYS, "days of the week"),
    ];
    let mut faults = parts
        .into_iter()
        .filter_map(|(text, low, high, names, what)| {
            let mut parts = text.split(',');
            let fault = parts.find_map(|part| fault(part, low, high, names));
            fault.map(|fault| format!("{fault} for the {what}, which are {low} to {high}"))
        });
    invalid(faults.next()?)
}

/// What is wrong with a part such as `1-5/2`.
fn fault(part: &str, low: u32, high: u32, names: &[&str]) -> Option<String> {
    let has = || Some(format!("has `{part}`"));
    let (range, step) = match part.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (part, None),
    };
    if step.is_some_and(|step| !step.parse::<u32>().is_ok_and(|step| step > 0)) {
        return has();
    }
    if matches!(range, "*" | "?") {
        return None;
    }
    let number = |text: &str| {
        let lower = text.to_ascii_lowercase();
        let position = names.iter().position(|name| *name == lower);
        let number = match position {
            Some(index) => u32::try_from(index).ok().map(|index| index + low),
            None => text.parse().ok(),
        };
        number.filter(|number| (low..=high).contains(number))
    };
    let (from, to) = range.split_once('-').unwrap_or((range, range));
    match (number(from), number(to)) {
        (Some(from), Some(to)) if from <= to => None,
        _ => has(),
    }
}

fn is_duration(text: &str) -> bool {
    let begins = text
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit());
    begins && text.ends_with(['s', 'm', 'h'])
}

/// A name of the time-zone database.
pub(super) fn time_zone(field: Field<'_>) -> Option<Violation> {
    let text = field.text()?;
    if text.contains(['<', '{', '%', '$']) {
        return None;
    }
    let is_offset = text.starts_with(['+', '-'])
        || text
            .strip_prefix("UTC")
            .or(text.strip_prefix("GMT"))
            .is_some_and(|rest| rest.starts_with(['+', '-']));
    let is_wrong =
        text.trim() != text || text.is_empty() || text.eq_ignore_ascii_case("local") || is_offset;
    is_wrong.then(|| {
        Violation::new(
            "cron",
            "is not the name of a time zone",
            "a name such as `Etc/UTC` or `Europe/Berlin`",
        )
    })
}
