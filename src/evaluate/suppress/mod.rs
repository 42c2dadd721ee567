//! Suppressions: comments and annotations, ours and other tools', that suppress diagnostics, and what becomes of them.

mod annotation;
mod comment;
mod marker;
mod reach;
mod scope;
mod template;
mod terms;
#[cfg(test)]
mod tests;
mod tool;

use std::fmt;
use std::str::FromStr;

use hullmark_tables::{named_rule, suppressions};
use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, SuppressedBy};
use crate::evaluate::suppress::marker::Asked;
use crate::evaluate::suppress::reach::Reach;
use crate::evaluate::suppress::scope::Layout;
use crate::model::FileTables;
use crate::model::place::TextPlace;
use crate::model::row::RowBuilder;
use crate::parse::Parsed;
use crate::rules::select::{ALWAYS_ON, names_alias};
use crate::rules::{Catalogue, Rule, profiles};
use crate::sources::Source;
use crate::span::{FileId, FileSpan, Span};

/// How many comments of a file are read. A person writes a few; more are written to slow hullmark down.
const MOST: usize = 4_000;
/// How many names one of them may have, and how many all of them: each is compared with all rules. The rest suppress nothing.
const MOST_NAMES: usize = 1_000;
const MOST_NAMES_OF_FILE: usize = 10_000;

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

impl FromStr for Date {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no day of the form YYYY-MM-DD");
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts[..] else {
            return Err(wrong());
        };
        let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if (year.len(), month.len(), day.len()) != (4, 2, 2)
            || !parts.iter().all(|part| is_plain(part))
        {
            return Err(wrong());
        }
        let date = Self {
            year: year.parse().map_err(|_| wrong())?,
            month: month.parse().map_err(|_| wrong())?,
            day: day.parse().map_err(|_| wrong())?,
        };
        let fits = (1..=12).contains(&date.month) && (1..=date.days()).contains(&date.day);
        if fits { Ok(date) } else { Err(wrong()) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

impl Date {
    /// How many days it is after another one; negative if it is before.
    pub fn days_after(self, other: Self) -> i64 {
        self.number() - other.number()
    }

    /// The day so many days later; the last one of the year 9999 at most.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        let mut date = self;
        for _ in 0..days {
            let Self { year, month, day } = date;
            date = match (month, day) {
                _ if day < date.days() => Self {
                    day: day + 1,
                    ..date
                },
                (1..12, _) => Self {
                    month: month + 1,
                    day: 1,
                    ..date
                },
                _ if year >= 9999 => return date,
                _ => Self {
                    year: year + 1,
                    month: 1,
                    day: 1,
                },
            };
        }
        date
    }

    /// The number of the day, counted from the first one of year 0.
    fn number(self) -> i64 {
        let before = i64::from(self.year);
        let leaps = |years: i64| (years + 3) / 4 - (years + 99) / 100 + (years + 399) / 400;
        let months = (1..self.month).map(|month| i64::from(Self { month, ..self }.days()));
        before * 365 + leaps(before) + months.sum::<i64>() + i64::from(self.day)
    }

    /// How many days its month has.
    fn days(self) -> u8 {
        let is_leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

/// A comment, or an annotation, that suppresses diagnostics.
#[derive(Clone, Debug)]
pub struct Suppression {
    /// Its bytes.
    span: Span,
    /// The rules that it names.
    rules: Vec<Named>,
    /// The last day on which it counts, and where that is said.
    until: Option<(Date, Span)>,
    /// What follows ` -- `.
    reason: Option<String>,
    /// Where it counts; the whole file if absent.
    covers: Option<Span>,
    /// Whether it is for the line or node that it is at, not for a stage, a step or the file.
    is_near: bool,
    /// Whether it is written in hullmark's form. What another tool's comment does not do is for that tool to report.
    is_native: bool,
    /// What is wrong with how it is written, and the part of it that is.
    fault: Option<(String, Span)>,
}

/// A rule as a comment names it.
#[derive(Clone, Debug)]
struct Named {
    /// As written, or `tool:ID` where another tool's comment says only the id; `tool:*` means all of a tool's.
    text: String,
    /// Its bytes.
    span: Span,
    /// Whether it suppressed anything.
    is_used: bool,
    /// Whether it would have, if the configuration let it.
    is_refused: bool,
}

impl Suppression {
    /// Its bytes.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The rules that it names, as written, or `tool:ID` where another tool's comment says only the id.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|named| named.text.as_str())
    }

    /// What follows ` -- `.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// The last day on which it counts.
    pub fn until(&self) -> Option<Date> {
        self.until.map(|(until, _)| until)
    }

    /// Whether it counts for what begins at the byte.
    pub fn covers(&self, at: u32) -> bool {
        self.covers.is_none_or(|covered| covered.holds(at))
    }

    /// Whether it is not written as it should be.
    pub fn is_faulty(&self) -> bool {
        self.fault.is_some()
    }

    /// Whether that day is before today.
    pub fn is_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|(until, _)| until < today)
    }

    /// The rules that it names and that the configuration did not let it suppress, as written, with their bytes.
    pub fn refused(&self) -> impl Iterator<Item = (&str, Span)> {
        let refused = self.rules.iter().filter(|named| named.is_refused);
        refused.map(|named| (named.text.as_str(), named.span))
    }
}

pub use crate::evaluate::suppress::template::find_in_template;

/// Finds the comments of a file.
pub fn find(source: &Source, parsed: &Parsed) -> Vec<Suppression> {
    let mut found = Vec::new();
    let mut layout = None;
    for marker in comment::markers(source, parsed).take(MOST) {
        let layout = layout.get_or_insert_with(|| Layout::of(source, parsed));
        found.push(Suppression {
            covers: layout.covers(&marker),
            is_near: matches!(marker.asked, Asked::Near | Asked::Around),
            span: marker.span,
            rules: marker.rules,
            until: marker.until,
            reason: marker.reason,
            is_native: marker.is_native,
            fault: marker.fault,
        });
    }
    annotation::find(source, parsed, &mut found);
    let mut left = MOST_NAMES_OF_FILE;
    for suppression in &mut found {
        suppression.rules.truncate(left);
        left -= suppression.rules.len();
    }
    found
}

/// Marks the diagnostics of a file that its comments suppress, and notes in each comment what it did; `admits` says whether one may suppress
/// what a rule reports, by the rule's id, whether the comment has a reason, and for how many days it still counts, if it says so.
pub fn apply(
    file: FileId,
    suppressions: &mut [Suppression],
    diagnostics: &mut [Box<Diagnostic>],
    today: Date,
    admits: &dyn Fn(&str, bool, Option<i64>) -> bool,
) {
    if suppressions.is_empty() {
        return;
    }
    let mut by_text: FxHashMap<String, Reach> = FxHashMap::default();
    for (number, suppression) in suppressions.iter().enumerate() {
        if suppression.is_expired(today) {
            continue;
        }
        for (index, named) in suppression.rules.iter().enumerate() {
            let reach = by_text.entry(named.text.clone()).or_default();
            reach.add(suppression.covers, (number, index));
        }
    }
    by_text.values_mut().for_each(Reach::sort);
    // What says that a file was not judged is not for that file to suppress.
    let is_always_on = |rule: &str| ALWAYS_ON.contains(&rule);
    let diagnostics = diagnostics.iter_mut();
    for diagnostic in diagnostics.filter(|diagnostic| !is_always_on(&diagnostic.rule)) {
        // A member of a family is shown at the family's subject too.
        let own = diagnostic.primary.span.start;
        let part = diagnostic.part.as_ref();
        let part = part.filter(|part| part.family != *diagnostic.rule);
        let subject = part.map(|part| part.subject.span.start);
        let subject = subject.filter(|subject| *subject != own);
        let texts = names_of(diagnostic).into_iter();
        for (number, index) in texts
            .filter_map(|text| by_text.get(&text))
            .flat_map(|reach| {
                reach
                    .at(own)
                    .chain(subject.into_iter().flat_map(|at| reach.at(at)))
            })
        {
            let suppression = &mut suppressions[number];
            suppression.rules[index].is_used = true;
            let days = suppression.until.map(|(until, _)| until.days_after(today));
            if !admits(&diagnostic.rule, suppression.reason.is_some(), days) {
                suppression.rules[index].is_refused = true;
                continue;
            }
            diagnostic.suppressed.get_or_insert_with(|| {
                Box::new(SuppressedBy {
                    at: FileSpan::new(file, suppression.span),
                    reason: suppression.reason.clone(),
                })
            });
        }
    }
}

/// Every text by which a comment may name the diagnostic.
fn names_of(diagnostic: &Diagnostic) -> Vec<String> {
    let domain = diagnostic.rule.split('/').next().unwrap_or_default();
    let mut texts = vec![
        diagnostic.rule.to_string(),
        domain.to_owned(),
        format!("{domain}/*"),
        "ALL".to_owned(),
    ];
    texts.extend(diagnostic.part.iter().map(|part| part.family.to_string()));
    for alias in diagnostic.aliases.iter() {
        texts.push(alias.to_string());
        if let Some((tool, id)) = alias.split_once(':') {
            texts.extend([id.to_owned(), format!("{tool}:*")]);
        }
    }
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The rows of the table `suppressions`; a rule that is not `active` in this run is not called unused.
pub fn rows(
    facts: &mut FileTables,
    suppressions: &[Suppression],
    catalogue: &Catalogue,
    active: &[&Rule],
    today: Date,
) {
    let mut known: FxHashMap<&str, (bool, bool)> = FxHashMap::default();
    // Whether some rule has that name, and whether one that is active has.
    let mut asked = |name| {
        *known.entry(name).or_insert_with(|| {
            let is_known = (catalogue.rules.iter()).any(|rule| is_named(name, rule));
            let is_active = is_known && active.iter().any(|rule| is_named(name, rule));
            (is_known, is_active)
        })
    };
    for suppression in suppressions {
        let is_expired = suppression.is_expired(today);
        let names: Vec<&str> = suppression
            .rules
            .iter()
            .map(|named| named.text.as_str())
            .collect();
        let mut place = TextPlace::new(
            suppression.span,
            format!("suppression[{}]", names.join(",")),
        );
        let (mut unused, mut unknown) = (Vec::new(), Vec::new());
        for (index, named) in suppression.rules.iter().enumerate() {
            let field = format!("rules.{index}");
            let row = || {
                let row = RowBuilder::new().text(named_rule::name, &named.text);
                row.text(named_rule::field, &field)
            };
            // The other tool knows its rules itself.
            if suppression.is_native {
                match asked(named.text.as_str()) {
                    (false, _) => unknown.push(row()),
                    (true, true) if !named.is_used && !is_expired => unused.push(row()),
                    _ => {}
                }
            }
            place = place.field(field, named.span);
        }
        let until = suppression.until.map(|(date, _)| date.to_string());
        if let Some((_, span)) = suppression.until {
            place = place.field("until", span);
        }
        if let Some((_, span)) = &suppression.fault {
            place = place.field("fault", *span);
        }
        let at = facts.text(place);
        let fault = suppression.fault.as_ref();
        let fault = fault.map(|(fault, _)| fault.as_str());
        let tools = suppression.rules.iter();
        let tools = tools.filter_map(|named| profiles::tool(&named.text));
        facts.add_row(
            RowBuilder::at(at)
                .texts(suppressions::tools, tools)
                .texts(suppressions::rules, names)
                .maybe_text(suppressions::until, until.as_deref())
                .set(suppressions::is_ours, suppression.is_native)
                .set(suppressions::is_near, suppression.is_near)
                .set(suppressions::is_expired, is_expired)
                .set(suppressions::is_file, suppression.covers.is_none())
                .maybe_text(suppressions::reason, suppression.reason.as_deref())
                .set(suppressions::unused, unused)
                .set(suppressions::unknown, unknown)
                .maybe_text(suppressions::fault, fault),
        );
    }
}

/// Whether a comment's text names the rule: its id, its domain, `ALL` or another tool's id.
fn is_named(text: &str, rule: &Rule) -> bool {
    text == rule.id
        || text == "ALL"
        || text.strip_suffix("/*").unwrap_or(text) == rule.domain()
        || rule.aliases.iter().any(|alias| names_alias(text, alias))
}
