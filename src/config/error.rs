//! What is wrong with a configuration, with the place of every mistake.

use std::io;

use crate::inert::line;
use crate::patterns::BadGlob;
use crate::rules::user;
use crate::suggestion::did_you_mean;

/// How many mistakes are shown.
const MOST_SHOWN: usize = 100;

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// As shown to the user.
        path: String,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// `--config-from` names nothing that can be read.
    #[error("--config-from: `{from}` {reason}")]
    From {
        /// As the user wrote it.
        from: String,
        /// Why, and what to do.
        reason: String,
    },
    /// Policies of the user's cannot be loaded.
    #[error(transparent)]
    Policy(#[from] user::Error),
    /// More than one of these; each has its lines.
    #[error("{}", lines(.0))]
    Several(Vec<Self>),
    /// Mistakes in the file or the flags, in their order; at least one.
    #[error("{}", mistakes(.0))]
    Invalid(Vec<Mistake>),
}

/// A mistake in a configuration or a flag.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {kind}")]
pub struct Mistake {
    /// `hullmark.yml:3:5` (line and column from 1), or a flag: `--select`.
    pub place: String,
    /// What is wrong.
    #[source]
    pub kind: MistakeKind,
}

impl Mistake {
    /// Its line and column in the file, from 1; those of flags come last.
    pub fn line(&self) -> (usize, usize) {
        let mut parts = self.place.rsplit(':').map(str::parse);
        match (parts.next(), parts.next()) {
            (Some(Ok(column)), Some(Ok(line))) => (line, column),
            _ => (usize::MAX, 0),
        }
    }
}

/// What is wrong at a place of a configuration.
#[derive(Debug, thiserror::Error)]
pub enum MistakeKind {
    /// The file is no YAML.
    #[error("{0}")]
    Syntax(String),
    /// More than one YAML document.
    #[error("a configuration is one document")]
    SecondDocument,
    /// A list, mapping or text that is too large.
    #[error("a {what} of a configuration has at most {most} {}", unit(.what))]
    TooLarge {
        /// Which of them it is.
        what: &'static str,
        /// How many items or bytes it may have.
        most: usize,
    },
    /// A key that no configuration has.
    #[error("unknown key `{key}`{}", did_you_mean(.suggestion.as_deref()))]
    UnknownKey {
        /// As written.
        key: String,
        /// A key that has a similar name.
        suggestion: Option<String>,
    },
    /// A value of another type.
    #[error("{what} is {wanted}, not {found}{}", did_you_mean(.suggestion.as_deref()))]
    WrongType {
        /// The key or the part of the configuration.
        what: String,
        /// What it takes, with an article.
        wanted: &'static str,
        /// What is there.
        found: String,
        /// One of the values that it takes, if what is there is similar.
        suggestion: Option<String>,
    },
    /// An item of a list of texts that is no text.
    #[error("{key} is a list of texts, not of {found}")]
    WrongItem {
        /// The key of the list.
        key: String,
        /// What is there.
        found: String,
    },
    /// An override that says not for which files it is.
    #[error("an override needs `paths`")]
    MissingPaths,
    /// A file that cannot be extended.
    #[error("`{path}` {reason}")]
    Extends {
        /// As written.
        path: String,
        /// Why, and what to do.
        reason: String,
    },
    /// A glob that cannot be read.
    #[error(transparent)]
    Glob(#[from] BadGlob),
    /// A selector that names no rule.
    #[error("unknown rule `{selector}`{}", did_you_mean(.suggestion.as_deref()))]
    UnknownRule {
        /// As written.
        selector: String,
        /// A rule, domain, profile or alias that has a similar name.
        suggestion: Option<String>,
    },
    /// Settings for a rule that takes none.
    #[error("rule `{selector}` has no settings")]
    NoSettings {
        /// As written.
        selector: String,
    },
    /// Settings that are no mapping.
    #[error("the settings of `{rule}` are a mapping, `key: value`, not {found}")]
    SettingsType {
        /// The rule's id.
        rule: String,
        /// What is there.
        found: String,
    },
    /// A setting that the rule does not have.
    #[error("`{rule}` has no setting `{name}`{}", hint(.suggestion.as_deref(), .known))]
    UnknownSetting {
        /// The rule's id.
        rule: String,
        /// As written.
        name: String,
        /// A setting that has a similar name.
        suggestion: Option<String>,
        /// All settings of the rule.
        known: Vec<String>,
    },
    /// A value that a setting does not take.
    #[error("`{name}` {reason}{}", did_you_mean(.suggestion.as_deref()))]
    SettingValue {
        /// The setting.
        name: String,
        /// What it takes, and what is there.
        reason: String,
        /// One of the values that it takes, if what is there is similar.
        suggestion: Option<String>,
    },
}

fn lines<T: ToString>(all: &[T]) -> String {
    let lines: Vec<String> = all.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// What the size of a text, or of a list, is counted in.
fn unit(what: &str) -> &'static str {
    if what == "text" { "bytes" } else { "items" }
}

/// Mistakes, one a line, whatever the texts that they quote hold.
fn mistakes(all: &[Mistake]) -> String {
    let shown = all.iter().take(MOST_SHOWN);
    let mut lines: Vec<String> = shown.map(|mistake| line(&mistake.to_string())).collect();
    if all.len() > MOST_SHOWN {
        lines.push(format!("and {} more mistakes", all.len() - MOST_SHOWN));
    }
    lines.join("\n")
}

fn hint(suggestion: Option<&str>, known: &[String]) -> String {
    match suggestion {
        None => format!("; it has {}", known.join(", ")),
        some => did_you_mean(some),
    }
}
