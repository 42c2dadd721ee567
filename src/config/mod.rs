//! The configuration of a project: `hullmark.yml` and flags, read, checked against the catalogue and resolved to what runs where.

mod always_on;
mod bit_set;
pub mod error;
pub mod project;
pub mod reader;
pub mod rule_settings;
pub mod selection;
pub mod selector;
pub mod superseded;
pub mod test_data;

pub use hullmark_policy::given;

use std::io;
use std::path::{Path, PathBuf};

use crate::config::error::{Error, Mistake, MistakeKind};
use crate::config::given::Given;
use crate::config::project::Project;
use crate::config::selection::{Selection, Selectors};
use crate::diagnostic::{Diagnostic, Severity};
use crate::patterns::Patterns;
use crate::regular;
use crate::rules::{self, Catalogue, Rule, Settings, user};
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
    pub exclude: Option<Patterns>,
    /// The folders that hold test data, as globs; [`test_data::DEFAULT`] if absent.
    pub test_data: Option<Vec<String>>,
    /// What is different for some paths; the last one that matches has precedence.
    pub overrides: Vec<Override>,
    /// Folders of the user's own rules, absolute.
    pub policies: Vec<PathBuf>,
    /// The settings of rules, by the names with which the rules are selected.
    pub rules: Vec<(Selector, Given)>,
    /// The least severity that fails.
    pub fail_on: Option<FailOn>,
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
    /// Folders of the user's own rules.
    pub policy: Vec<PathBuf>,
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
}

/// Reads the configuration for the absolute folder `working` and the user's policies, and resolves which rules run.
///
/// # Errors
/// Those of [`load_for`].
pub fn load(flags: &Flags, working: &Path) -> Result<Resolved, Error> {
    load_for(flags, working, &[])
}

/// The same for files and folders, named from `working`, whose nearest configuration counts.
///
/// # Errors
/// If a file cannot be read, policies cannot be used, or the configuration has mistakes: all of them.
pub fn load_for(flags: &Flags, working: &Path, paths: &[PathBuf]) -> Result<Resolved, Error> {
    let mut project = project::find(working, paths);
    if flags.isolated || flags.config.is_some() {
        let file = flags.config.as_ref().map(|file| working.join(file));
        project = project.with_config(file);
    }
    let (config, mut mistakes) = match &project.config {
        Some(file) => {
            let is_named = flags.config.is_some();
            if !is_named {
                check_inside(file, &project, working, "pass it with --config")?;
            }
            let (config, mistakes) = reader::read(file, working)?;
            for policies in config.policies.iter().filter(|_| !is_named) {
                check_inside(policies, &project, working, "pass it with --policy")?;
            }
            (config, mistakes)
        }
        None => (Config::default(), Vec::new()),
    };
    let mut catalogue = rules::catalogue();
    let mut refused = Vec::new();
    for policies in config.policies.iter().chain(&flags.policy) {
        let shown = policies.strip_prefix(working).unwrap_or(policies);
        let extended = user::extend(&mut catalogue, shown);
        refused.extend(extended.err().map(Error::from));
    }
    if !refused.is_empty() {
        // Without their rules, names of them would seem unknown.
        if !mistakes.is_empty() {
            refused.insert(0, Error::Invalid(mistakes));
        }
        return Err(Error::Several(refused));
    }
    let settings = rule_settings::resolve(&catalogue, &config.rules, &mut mistakes);
    let selectors = Selectors {
        select: of_flag("--select", &flags.select),
        ignore: of_flag("--ignore", &flags.ignore),
    };
    let selection = Selection::resolve(&catalogue, &config, &selectors, working, &mut mistakes);
    if !mistakes.is_empty() {
        mistakes.sort_by_key(Mistake::line);
        return Err(Error::Invalid(mistakes));
    }
    Ok(Resolved {
        catalogue,
        config,
        project,
        settings,
        selection,
    })
}

/// Refuses a file or folder that a configuration in the repository leads to, by a link or by its path, and that is none of the repository's.
fn check_inside(
    path: &Path,
    project: &Project,
    working: &Path,
    instead: &str,
) -> Result<(), Error> {
    let of_config = || project.config.as_deref().map(project::folder);
    let root = project.repository.as_deref().or_else(of_config);
    if !path.exists() || root.is_some_and(|root| regular::is_inside(path, root)) {
        return Ok(());
    }
    let path = path.strip_prefix(working).unwrap_or(path);
    Err(Error::Unreadable {
        path: path.to_string_lossy().into_owned(),
        source: io::Error::other(format!(
            "lies outside the repository; {instead} if it is meant"
        )),
    })
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

/// The selectors of a flag.
fn of_flag(flag: &str, texts: &[String]) -> Vec<Selector> {
    let selectors = texts.iter().map(|text| Selector {
        text: text.trim().to_owned(),
        place: flag.to_owned(),
    });
    selectors.collect()
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
