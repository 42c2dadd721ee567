//! What a project's `hullmark.yml` says, as plain data; it knows no rule.

pub mod patterns;

pub use hullmark_policy::given;

use std::path::PathBuf;

use crate::config::given::Given;
use crate::config::patterns::Patterns;
use crate::finding::Severity;

/// The names under which a configuration is found, in the order in which they are tried in a folder.
pub const NAMES: [&str; 3] = ["hullmark.yml", ".hullmark.yml", ".github/hullmark.yml"];

/// A configuration.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The rules that run; the default ones if absent.
    pub select: Option<Vec<Selector>>,
    /// The rules that do not.
    pub ignore: Vec<Selector>,
    /// How much findings matter.
    pub severity: Vec<(Selector, Level)>,
    /// What is not checked.
    pub exclude: Option<Patterns>,
    /// What is otherwise for some paths; a later one has the last word.
    pub overrides: Vec<Override>,
    /// Folders of the user's own rules, absolute.
    pub policies: Vec<PathBuf>,
    /// What rules are told: each rule as it is named, and its settings.
    pub rules: Vec<(Selector, Given)>,
    /// The least severity that fails.
    pub fail_on: Option<Severity>,
}

/// What is otherwise for some paths.
#[derive(Clone, Debug)]
pub struct Override {
    /// Which.
    pub paths: Patterns,
    /// Rules that run there besides the others.
    pub select: Vec<Selector>,
    /// Rules that do not run there.
    pub ignore: Vec<Selector>,
    /// How much findings matter there.
    pub severity: Vec<(Selector, Level)>,
}

/// How a rule, or several, are named: `image/latest-tag`, `image`, a profile, `ALL`, `hadolint:DL3007`, `DL3007`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// As written.
    pub text: String,
    /// Where, for a complaint: `hullmark.yml:3:5` or `--select`.
    pub place: String,
}

/// A severity, or none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Findings matter that much.
    At(Severity),
    /// The rule does not run.
    Off,
}
