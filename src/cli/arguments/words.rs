//! Words that flags take: their parsers, and what completions offer.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command, Error};

use crate::config::{FailOn, severity_named};
use crate::diagnostic::Severity;
use crate::report::Format;
use crate::report::statistics::Grouping;
use crate::suggestion::{did_you_mean, misspelt};

/// What `--fail-on` and `--severity` take for a level that other linters have under another name.
const OTHER_LEVELS: &[(&str, &str)] = &[
    ("note", "info"),
    ("notice", "info"),
    ("style", "info"),
    ("warn", "warning"),
    ("none", "never"),
];

/// The severities, and what `--fail-on` takes.
const SEVERITIES: &[&str] = &["error", "warning", "info"];
const LEVELS: &[&str] = &["error", "warning", "info", "never"];

/// Reads one of some words; an error is in our own words, not in clap's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<T> {
    known: fn() -> Vec<&'static str>,
    parse: fn(&str) -> Result<T, String>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Words<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, Error> {
        let parse = self.parse;
        let parser = StringValueParser::new().try_map(move |word: String| parse(&word));
        parser.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let known = (self.known)().into_iter();
        Some(Box::new(known.map(PossibleValue::new)))
    }
}

/// The value of `--format`.
pub(super) const FORMAT: Words<Format> = Words {
    known: || Format::ALL.map(Format::name).to_vec(),
    parse: |word| word.parse::<Format>().map_err(|error| error.to_string()),
};

/// The value of `--fail-on`.
pub(super) const FAIL_ON: Words<FailOn> = Words {
    known: || LEVELS.to_vec(),
    parse: |word| {
        FailOn::named(word)
            .ok_or_else(|| format!("error, warning, info or never{}", level(word, LEVELS)))
    },
};

/// The value of `--severity`.
pub(super) const SEVERITY: Words<Severity> = Words {
    known: || SEVERITIES.to_vec(),
    parse: |word| {
        severity_named(word)
            .ok_or_else(|| format!("error, warning or info{}", level(word, SEVERITIES)))
    },
};

/// The value of `--statistics`.
pub(super) const GROUPING: Words<Grouping> = Words {
    known: || Grouping::ALL.map(Grouping::name).to_vec(),
    parse: |word| {
        let mut all = Grouping::ALL.into_iter();
        all.find(|grouping| grouping.name() == word)
            .ok_or_else(|| "rule, severity, folder or file".to_owned())
    },
};

/// The level that a word may mean.
fn level(word: &str, known: &[&str]) -> String {
    let other = OTHER_LEVELS.iter().find(|(other, _)| *other == word);
    let other = other
        .map(|(_, level)| *level)
        .filter(|level| known.contains(level));
    did_you_mean(other.or_else(|| misspelt(word, known.iter().copied())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completions_offer_every_format() {
        let names = Format::ALL.map(Format::name);
        assert_eq!((FORMAT.known)(), names);
    }

    /// Each word that completions offer is one that the flag takes.
    #[test]
    fn flags_take_what_completions_offer() {
        fn takes<T>(words: &Words<T>) -> bool {
            let known = (words.known)();
            !known.is_empty() && known.iter().all(|word| (words.parse)(word).is_ok())
        }
        assert!(takes(&FORMAT) && takes(&FAIL_ON) && takes(&SEVERITY) && takes(&GROUPING));
    }
}
