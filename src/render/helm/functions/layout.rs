//! Go's layouts of times: `2006-01-02` stands for year, month and day.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, Offset as _, Timelike as _};

/// As Go prints a time.
pub fn go_text(time: &DateTime<FixedOffset>) -> String {
    format(time, "2006-01-02 15:04:05.999999999 -0700 MST")
}

/// The elements of a layout, longer ones before their beginnings.
const ELEMENTS: &[&str] = &[
    "January",
    "Jan",
    "Monday",
    "Mon",
    "MST",
    "2006",
    "Z07:00:00",
    "Z07:00",
    "Z0700",
    "Z07",
    "-07:00:00",
    "-07:00",
    "-0700",
    "-07",
    "002",
    "01",
    "02",
    "03",
    "04",
    "05",
    "06",
    "15",
    "PM",
    "pm",
    "_2",
    "1",
    "2",
    "3",
    "4",
    "5",
];

/// Splits a layout at its next element: the text before it, the element, and the rest.
fn next_element(layout: &str) -> Option<(&str, &str, &str)> {
    for (at, _) in layout.char_indices() {
        let rest = &layout[at..];
        if let Some(digits) = rest.strip_prefix(['.', ',']) {
            let first = digits.chars().next();
            let count = digits.chars().take_while(|c| Some(*c) == first).count();
            let after = digits[count.min(digits.len())..].chars().next();
            let is_end = !after.is_some_and(|c| c.is_ascii_digit());
            if matches!(first, Some('0' | '9')) && is_end {
                return Some((&layout[..at], &rest[..=count], &rest[count + 1..]));
            }
        }
        let found = ELEMENTS.iter().find(|element| rest.starts_with(**element));
        if let Some(element) = found {
            let is_word =
                *element == "Jan" && rest[3..].starts_with(|c: char| c.is_ascii_lowercase());
            if !is_word {
                return Some((
                    &layout[..at],
                    &rest[..element.len()],
                    &rest[element.len()..],
                ));
            }
        }
    }
    None
}

/// The time in a layout such as `2006-01-02`.
pub fn format(time: &DateTime<FixedOffset>, layout: &str) -> String {
    let mut out = String::new();
    let mut rest = layout;
    while let Some((before, element, after)) = next_element(rest) {
        out.push_str(before);
        push_element(&mut out, time, element);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn push_element(out: &mut String, time: &DateTime<FixedOffset>, element: &str) {
    let (_, hour12) = time.hour12();
    let _ = match element {
        "2006" => write!(out, "{:04}", time.year()),
        "06" => write!(out, "{:02}", time.year().rem_euclid(100)),
        "January" => write!(out, "{}", month(time)),
        "Jan" => write!(out, "{}", &month(time)[..3]),
        "01" => write!(out, "{:02}", time.month()),
        "1" => write!(out, "{}", time.month()),
        "Monday" => write!(out, "{}", weekday(time)),
        "Mon" => write!(out, "{}", &weekday(time)[..3]),
        "02" => write!(out, "{:02}", time.day()),
        "_2" => write!(out, "{:2}", time.day()),
        "2" => write!(out, "{}", time.day()),
        "002" => write!(out, "{:03}", time.ordinal()),
        "15" => write!(out, "{:02}", time.hour()),
        "03" => write!(out, "{hour12:02}"),
        "3" => write!(out, "{hour12}"),
        "04" => write!(out, "{:02}", time.minute()),
        "4" => write!(out, "{}", time.minute()),
        "05" => write!(out, "{:02}", time.second()),
        "5" => write!(out, "{}", time.second()),
        "PM" => write!(out, "{}", if time.hour() < 12 { "AM" } else { "PM" }),
        "pm" => write!(out, "{}", if time.hour() < 12 { "am" } else { "pm" }),
        "MST" => write!(out, "{}", zone(time)),
        _ if element.starts_with(['Z', '-']) => write!(out, "{}", offset(time, element)),
        _ => write!(out, "{}", fraction(time, element)),
    };
}

fn month(time: &DateTime<FixedOffset>) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES
        .get(time.month0() as usize)
        .copied()
        .unwrap_or("January")
}

fn weekday(time: &DateTime<FixedOffset>) -> &'static str {
    const NAMES: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let index = time.weekday().num_days_from_monday() as usize;
    NAMES.get(index).copied().unwrap_or("Monday")
}

fn zone(time: &DateTime<FixedOffset>) -> String {
    match time.offset().fix().local_minus_utc() {
        0 => "UTC".to_owned(),
        _ => offset(time, "-0700"),
    }
}

fn offset(time: &DateTime<FixedOffset>, element: &str) -> String {
    let seconds = time.offset().fix().local_minus_utc();
    if seconds == 0 && element.starts_with('Z') {
        return "Z".to_owned();
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
    match &element[1..] {
        "07" => format!("{sign}{hours:02}"),
        "0700" => format!("{sign}{hours:02}{minutes:02}"),
        "07:00" => format!("{sign}{hours:02}:{minutes:02}"),
        _ => format!("{sign}{hours:02}:{minutes:02}:{:02}", seconds.abs() % 60),
    }
}

/// `.000` gives all digits, `.999` leaves zeros at the end out.
fn fraction(time: &DateTime<FixedOffset>, element: &str) -> String {
    let digits = format!("{:09}", time.nanosecond());
    let kept = &digits[..(element.len() - 1).min(9)];
    if element.ends_with('0') {
        return format!("{}{kept}", &element[..1]);
    }
    match kept.trim_end_matches('0') {
        "" => String::new(),
        kept => format!("{}{kept}", &element[..1]),
    }
}

/// Reads a time in a layout; elements of text are English names.
pub fn parse(layout: &str, text: &str) -> Option<DateTime<FixedOffset>> {
    let (mut year, mut month, mut day, mut hour, mut minute, mut second) = (0, 1, 1, 0, 0, 0);
    let (mut offset, mut is_afternoon) = (0, None);
    let (mut layout, mut text) = (layout, text);
    while let Some((before, element, after)) = next_element(layout) {
        text = text.strip_prefix(before)?;
        layout = after;
        let width = match element {
            "2006" => 4,
            "01" | "02" | "03" | "04" | "05" | "06" | "15" => 2,
            "002" => 3,
            _ => text.bytes().take(2).take_while(u8::is_ascii_digit).count(),
        };
        if element.starts_with(['Z', '-']) && element.len() > 1 {
            (offset, text) = zone_of(element, text)?;
            continue;
        }
        if let "MST" | "PM" | "pm" | "Mon" | "Monday" | "Jan" | "January" = element {
            let width = text.bytes().take_while(u8::is_ascii_alphabetic).count();
            let word = text.get(..width)?;
            text = text.get(width..)?;
            match element {
                "PM" | "pm" => is_afternoon = Some(word.eq_ignore_ascii_case("pm")),
                "Jan" | "January" => month = month_of(word)?,
                _ => {}
            }
            continue;
        }
        if element.starts_with(['.', ',']) {
            let width = text.bytes().skip(1).take_while(u8::is_ascii_digit).count();
            text = text.get(
                if text.starts_with(['.', ',']) {
                    width + 1
                } else {
                    0
                }..,
            )?;
            continue;
        }
        let number: u32 = text.get(..width)?.trim_start().parse().ok()?;
        text = text.get(width..)?;
        match element {
            "2006" => year = i32::try_from(number).ok()?,
            "06" => year = i32::try_from(number).ok()? + if number >= 69 { 1900 } else { 2000 },
            "01" | "1" => month = number,
            "02" | "_2" | "2" => day = number,
            "15" | "03" | "3" => hour = number,
            "04" | "4" => minute = number,
            "05" | "5" => second = number,
            _ => {}
        }
    }
    if text != layout {
        return None;
    }
    hour = match is_afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let local = NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(hour, minute, second)?;
    local
        .and_local_timezone(FixedOffset::east_opt(offset)?)
        .single()
}

fn month_of(word: &str) -> Option<u32> {
    const NAMES: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let at = NAMES.find(word.get(..3)?)?;
    u32::try_from(at / 3 + 1).ok()
}

/// The seconds east of UTC and the text after the zone.
fn zone_of<'t>(element: &str, text: &'t str) -> Option<(i32, &'t str)> {
    if let Some(rest) = text.strip_prefix('Z').filter(|_| element.starts_with('Z')) {
        return Some((0, rest));
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let word = text.get(1..element.len())?;
    let digits = word.replace(':', "");
    let number = |range: std::ops::Range<usize>| {
        digits
            .get(range)
            .map_or(Some(0), |part| part.parse::<i32>().ok())
    };
    let seconds = number(0..2)? * 3600 + number(2..4)? * 60 + number(4..6).unwrap_or(0);
    Some((sign * seconds, text.get(element.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_read_and_write() {
        for (layout, text) in [
            ("2006-01-02", "2020-03-04"),
            ("2006-01-02T15:04:05Z07:00", "2020-03-04T05:06:07Z"),
            ("2006-01-02T15:04:05Z07:00", "2020-03-04T05:06:07+02:00"),
            ("Jan 2, 2006 at 3:04pm (MST)", "Mar 4, 2020 at 5:06pm (UTC)"),
        ] {
            let time = parse(layout, text).unwrap();
            assert_eq!(format(&time, layout), text);
        }
        assert!(parse("2006-01-02", "xx").is_none());
        assert!(parse("2006-01-02", "2020-13-04").is_none());
        let time = parse("2006-01-02", "2020-03-04").unwrap();
        assert_eq!(format(&time, "Mon Jan _2 06 .000"), "Wed Mar  4 20 .000");
        assert_eq!(
            go_text(&parse("2006", "0001").unwrap()),
            "0001-01-01 00:00:00 +0000 UTC"
        );
    }
}
