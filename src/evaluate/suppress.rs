//! Comments that set findings aside.

use crate::finding::Finding;
use crate::model::Facts;
use crate::parse::Parsed;
use crate::rules::{Catalogue, Rule};
use crate::sources::Source;

/// A day, as `until=` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Since year 0.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl std::str::FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no day of the form YYYY-MM-DD");
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else {
            return Err(wrong());
        };
        let date = Self {
            year: year.parse().map_err(|_| wrong())?,
            month: month.parse().map_err(|_| wrong())?,
            day: day.parse().map_err(|_| wrong())?,
        };
        let fits = (1..=12).contains(&date.month) && (1..=31).contains(&date.day);
        if fits { Ok(date) } else { Err(wrong()) }
    }
}

/// A comment that sets findings aside.
#[derive(Debug)]
pub struct Suppression {}

/// Finds the comments of a file.
pub fn find(_source: &Source, _parsed: &Parsed) -> Vec<Suppression> {
    Vec::new()
}

/// Marks the findings of a file that its comments set aside, and notes in each comment what it did.
pub fn apply(
    _source: &Source,
    _suppressions: &mut [Suppression],
    _findings: &mut [Finding],
    _today: Date,
) {
}

/// The rows of the table `suppressions`; a rule that is not `active` in this run is not called unused.
pub fn rows(
    _facts: &mut Facts,
    _suppressions: &[Suppression],
    _catalogue: &Catalogue,
    _active: &[&Rule],
    _today: Date,
) {
}
