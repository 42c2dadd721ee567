//! The configuration of a project: `hullmark.yml` and flags, read, checked against the catalogue and resolved to what runs where.

mod always_on;
pub mod baseline;
mod bit_set;
pub mod error;
mod extends;
mod load;
pub mod project;
pub mod reader;
pub mod rule_settings;
pub mod selection;
pub mod selector;
pub mod superseded;
pub mod test_data;
mod trusted;
mod weakened;

pub use hullmark_policy::given;
pub use hullmark_schema::target::Target;

pub use crate::config::load::{load, load_for};

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::config::baseline::Stored;
use crate::config::error::{Mistake, MistakeKind};
use crate::config::given::Given;
use crate::config::project::Project;
use crate::config::selection::Selection;
use crate::diagnostic::{Diagnostic, Severity};
use crate::patterns::Patterns;
use crate::rules::{Catalogue, Rule, Settings};
use crate::suggestion::similar;

/// A configuration as it is written.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The rules that run; the default ones if absent.
    pub select: Option<Vec<Selector>>,
    /// The rules that do not.
    pub ignore: Vec<Selector>,
    /// The severities of findings.
    pub severity: Vec<(Selector, Level)>,
    /// The files that are not checked.
    pub exclude: Vec<Patterns>,
    /// The folders that hold test data, as globs; [`test_data::DEFAULT`] if absent.
    pub test_data: Option<Vec<String>>,
    /// The releases of Kubernetes that manifests are for.
    pub kubernetes: Option<Target>,
    /// Files with schemas of custom resources, absolute.
    pub schemas: Vec<PathBuf>,
    /// What is different for some paths; the last one that matches has precedence.
    pub overrides: Vec<Override>,
    /// Folders of the user's own rules, absolute.
    pub policies: Vec<PathBuf>,
    /// The settings of rules, by the names with which the rules are selected.
    pub rules: Vec<(Selector, Given)>,
    /// The least severity that fails.
    pub fail_on: Option<FailOn>,
    /// The rules that run whatever else is ignored, and that no override, comment or nearer configuration weakens.
    pub locked: Vec<Selector>,
    /// What comments and annotations in files may suppress.
    pub suppressions: Suppressions,
    /// The file with the findings that are not reported, absolute.
    pub baseline: Option<PathBuf>,
    /// The files that it is built on, as written; none once they are read.
    pub extends: Vec<Extended>,
    /// The files that were read for that, as they are shown, in the order in which they are named.
    pub bases: Vec<String>,
    /// Where each key that counts is written, `hullmark.yml:3:1`.
    pub origins: BTreeMap<&'static str, Vec<String>>,
}

/// A configuration that another one is built on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extended {
    /// The path as written.
    pub text: String,
    /// Where: `hullmark.yml:1:10`.
    pub place: String,
}

/// What comments and annotations in files may suppress.
#[derive(Clone, Debug, Default)]
pub struct Suppressions {
    /// Whether they suppress nothing.
    pub is_refused: bool,
    /// Whether one without a reason suppresses nothing.
    pub needs_reason: bool,
    /// The number of days for which one may count from today on; without an `until=` it suppresses nothing then.
    pub expiry: Option<u32>,
    /// The rules that they do not suppress, besides those that are locked.
    pub forbid: Vec<Selector>,
}

impl Config {
    /// Whether it says what those who write the files cannot weaken: no nearer configuration takes its place.
    pub fn is_binding(&self) -> bool {
        let Suppressions {
            is_refused,
            needs_reason,
            expiry,
            forbid,
        } = &self.suppressions;
        !self.locked.is_empty()
            || *is_refused
            || *needs_reason
            || expiry.is_some()
            || !forbid.is_empty()
    }
}

/// The least severity of a finding with which `check` fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// That one.
    At(Severity),
    /// None: findings do not change the exit status.
    Never,
}

impl FailOn {
    /// The one of that name; `None` for any other word.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "never" => Some(Self::Never),
            _ => severity_named(word).map(Self::At),
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::At(severity) => severity.name(),
            Self::Never => "never",
        }
    }
}

/// What is different for some paths.
#[derive(Clone, Debug)]
pub struct Override {
    /// The paths.
    pub paths: Patterns,
    /// Rules that run there besides the others.
    pub select: Vec<Selector>,
    /// Rules that do not run there.
    pub ignore: Vec<Selector>,
    /// The severities of findings there.
    pub severity: Vec<(Selector, Level)>,
}

/// How a rule, or several, are named: `image/latest-tag`, `image`, a profile, `ALL`, `hadolint:DL3007`, `DL3007`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// As written.
    pub text: String,
    /// Where: `hullmark.yml:3:5` or `--select`.
    pub place: String,
}

/// A severity, or none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Findings have that severity.
    At(Severity),
    /// The rule does not run.
    Off,
}

/// What a caller asks for besides the configuration file: the flags of a command, or the settings of an editor.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// Run only the rules that these select; what the configuration says if there are none.
    pub select: Vec<String>,
    /// Do not run these.
    pub ignore: Vec<String>,
    /// The configuration file, instead of the nearest one.
    pub config: Option<PathBuf>,
    /// Read no configuration file.
    pub isolated: bool,
    /// A revision of the repository, or a folder, whose configuration and policies count instead of those of the checkout.
    pub config_from: Option<String>,
    /// Folders of the user's own rules.
    pub policy: Vec<PathBuf>,
    /// Comments and annotations in files suppress nothing, and nothing is said of them.
    pub without_suppressions: bool,
}

/// A configuration with its catalogue, resolved.
#[derive(Debug)]
pub struct Resolved {
    /// All rules, the user's own among them.
    pub catalogue: Catalogue,
    /// The configuration file.
    pub config: Config,
    /// Where it is, and where paths count from.
    pub project: Project,
    /// The settings of rules.
    pub settings: Settings,
    /// Which rules run where.
    pub selection: Selection,
    /// Whether comments and annotations in files are read at all.
    pub reads_suppressions: bool,
    /// The file of the baseline that the configuration names.
    pub baseline: Option<Stored>,
    /// How the place of a trusted configuration is shown, if it is one.
    pub trusted: Option<String>,
    /// What the configuration of the checkout would let pass that the trusted one does not.
    pub weakened: Vec<String>,
}

impl Resolved {
    /// The severity of a diagnostic of a rule in the file of that path, relative to the working folder; `None` if the rule does
    /// not run there, or not for such diagnostics.
    pub fn severity_for(
        &self,
        diagnostic: &Diagnostic,
        rule: &Rule,
        path: &str,
    ) -> Option<Severity> {
        let number = self.catalogue.number(&rule.id)?;
        self.selection.severity_for(diagnostic, number, rule, path)
    }

    /// Whether a comment or an annotation may suppress what the rule of that id reports: one that has a reason or not, and that counts for so many
    /// days more, or for ever.
    pub fn admits_suppression(&self, rule: &str, has_reason: bool, days: Option<i64>) -> bool {
        let suppressions = &self.config.suppressions;
        let number = self.catalogue.number(rule);
        !suppressions.is_refused
            && (has_reason || !suppressions.needs_reason)
            && suppressions
                .expiry
                .is_none_or(|most| days.is_some_and(|days| days <= i64::from(most)))
            && number.is_none_or(|number| self.selection.is_suppressible(number))
    }

    /// Whether nothing takes away what the rule of that id reports.
    pub fn is_locked(&self, rule: &str) -> bool {
        let number = self.catalogue.number(rule);
        number.is_some_and(|number| self.selection.is_locked(number))
    }

    /// The severity of a rule where no override changes it: the configured one, else the one that the selected tool has, else its own.
    pub fn severity(&self, number: usize) -> Severity {
        let own = self.catalogue.rules[number].severity;
        self.selection.severity(number).unwrap_or(own)
    }
}

/// The severity of that name; `None` for any other word.
pub fn severity_named(name: &str) -> Option<Severity> {
    let severities = [Severity::Error, Severity::Warning, Severity::Info];
    severities
        .into_iter()
        .find(|severity| severity.name() == name)
}

/// A selector that names nothing in the catalogue.
fn unknown_rule(catalogue: &Catalogue, selector: &Selector) -> Mistake {
    Mistake {
        place: selector.place.clone(),
        kind: MistakeKind::UnknownRule {
            selector: selector.text.clone(),
            suggestion: similar(&selector.text, &catalogue.selectors()).map(ToOwned::to_owned),
        },
    }
}
