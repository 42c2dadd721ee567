//! The day of the run.

use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::evaluate::suppress::Date;

/// Today in UTC, or the day of `SOURCE_DATE_EPOCH`, so that a report can be made again as it was.
pub(super) fn today() -> Date {
    let given = env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| seconds.parse().ok());
    let seconds = given.unwrap_or_else(|| {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs())
    });
    date(seconds / 86_400)
}

/// The last day that a date can name: that of the year 9999.
const LAST: u64 = 2_932_896;

/// The day of a time in seconds since 1970, in UTC.
pub(super) fn day_of(seconds: u64) -> Option<Date> {
    let day = seconds / 86_400;
    (day <= LAST).then(|| date(day))
}

/// The date of a day counted from 1970-01-01.
fn date(day: u64) -> Date {
    // Days are counted from a March 1st, so that the leap day is the last of its year; 400 years have 146,097 of them.
    let day = day + 719_468;
    let (era, day) = (day / 146_097, day % 146_097);
    let year_of_era = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 {
        (era * 400 + year_of_era, month + 3)
    } else {
        (era * 400 + year_of_era + 1, month - 9)
    };
    Date {
        year: u16::try_from(year).unwrap_or(u16::MAX),
        month: u8::try_from(month).unwrap_or(1),
        day: u8::try_from(day).unwrap_or(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (day, text) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (19_782, "2024-02-29"),
            (20_780, "2026-11-23"),
            (LAST, "9999-12-31"),
        ] {
            assert_eq!(date(day), text.parse().unwrap(), "{text}");
        }
    }
}
