//! Fixtures of rules: a rule must report something in each `bad*` and nothing in each `good*`. `hullmark test` and the project's own tests run them here.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::error::{self, Mistake};
use crate::config::{reader, rule_settings};
use crate::diagnostic::Diagnostic;
use crate::evaluate::PolicyError;
use crate::evaluate::suppress::Date;
use crate::lint::{DefaultSeverities, Linter, Options, Outcome};
use crate::rules::select::RULE_ERROR;
use crate::rules::template::{self, Part};
use crate::rules::{Catalogue, Rule, Settings};
use crate::sources::{self, Roots, SourceDb};

/// What a rule is set to: in the folder of its fixtures, or in a fixture that is a folder.
pub const SETTINGS: &str = "settings.yml";

/// How the engine writes a value that there is none of.
const UNDEFINED: &str = "<undefined>";

/// A fixture that cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its settings have mistakes.
    #[error(transparent)]
    Settings(#[from] error::Error),
    /// Its files cannot be read.
    #[error(transparent)]
    Sources(#[from] sources::Error),
    /// The rules cannot be loaded.
    #[error(transparent)]
    Engine(#[from] PolicyError),
}

/// A fixture: a file, or a folder of files that are checked together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixture {
    /// The number of its rule in the catalogue.
    pub rule: usize,
    /// The name of the file or folder: `bad.yaml`, `good-template`.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Whether the rule must report something; it must report nothing otherwise.
    pub is_bad: bool,
}

/// The fixtures of a set of rules, below one folder: `<domain>/<rule>/bad*` and `good*`.
#[derive(Debug)]
pub struct Suite<'a> {
    catalogue: &'a Catalogue,
    /// The folder that holds the domains, absolute.
    folder: PathBuf,
    /// The folder from which paths are shown.
    working: &'a Path,
    /// The day on which suppressions are checked.
    today: Date,
    /// The settings beside the fixtures of each rule.
    settings: Settings,
}

impl<'a> Suite<'a> {
    /// The suite in the absolute `folder`; reads the settings beside the fixtures.
    ///
    /// # Errors
    /// If settings have mistakes.
    pub fn load(
        catalogue: &'a Catalogue,
        folder: PathBuf,
        working: &'a Path,
        today: Date,
    ) -> Result<Self, Error> {
        let mut settings = Settings::default();
        for rule in catalogue
            .rules
            .iter()
            .filter(|rule| !rule.settings.is_empty())
        {
            let file = folder.join(rule.id.as_ref()).join(SETTINGS);
            read_settings(rule, &file, working, &mut settings)?;
        }
        Ok(Self {
            catalogue,
            folder,
            working,
            today,
            settings,
        })
    }

    /// The folder of a rule's fixtures.
    pub fn folder_of(&self, number: usize) -> PathBuf {
        self.folder.join(self.catalogue.rules[number].id.as_ref())
    }

    /// The fixtures of the rule of that number, by name; none if it has no folder. Files of other names are no fixtures.
    pub fn of_rule(&self, number: usize) -> Vec<Fixture> {
        let folder = self.folder_of(number);
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut fixtures: Vec<Fixture> = entries
            .filter_map(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                let is_bad = is_bad(&name)?;
                Some(Fixture {
                    rule: number,
                    path: entry.path(),
                    name,
                    is_bad,
                })
            })
            .collect();
        fixtures.sort_by(|a, b| a.name.cmp(&b.name));
        fixtures
    }

    /// Checks a fixture with the rules of those numbers.
    ///
    /// # Errors
    /// If its settings have mistakes, or it cannot be checked.
    pub fn check(&self, fixture: &Fixture, active: &[usize]) -> Result<Outcome, Error> {
        let rule = &self.catalogue.rules[fixture.rule];
        let own = fixture.path.join(SETTINGS);
        if !own.is_file() {
            return self.check_path(self.working, &fixture.path, active, &self.settings);
        }
        let mut settings = self.settings.clone();
        settings.remove(rule.id.as_ref());
        read_settings(rule, &own, self.working, &mut settings)?;
        self.check_path(self.working, &fixture.path, active, &settings)
    }

    /// Checks files with the settings beside the fixtures; paths are shown from `working`.
    ///
    /// # Errors
    /// If they cannot be checked.
    pub fn check_files(
        &self,
        working: &Path,
        path: &Path,
        active: &[usize],
    ) -> Result<Outcome, Error> {
        self.check_path(working, path, active, &self.settings)
    }

    fn check_path(
        &self,
        working: &Path,
        path: &Path,
        active: &[usize],
        settings: &Settings,
    ) -> Result<Outcome, Error> {
        let mut db = SourceDb::on_disk(working);
        let files = db.discover(&Roots {
            paths: vec![path.to_owned()],
            ..Roots::default()
        })?;
        let families = active.iter();
        let members = families.flat_map(|number| self.catalogue.members(*number));
        let members = members.filter(|member| self.catalogue.rules[*member].is_default);
        let mut active: Vec<usize> = active.iter().copied().chain(members).collect();
        active.sort_unstable();
        active.dedup();
        let options = Options {
            catalogue: self.catalogue,
            active: &active,
            settings,
            shellcheck: None,
            severities: &DefaultSeverities,
            past: None,
            folds: true,
            today: self.today,
        };
        let linter = Linter::for_files(options, &db, &files)?;
        Ok(linter.check_project(&db, &files))
    }

    /// What is wrong with the outcome of a fixture, a line each; nothing if the rule does what it must.
    pub fn faults(&self, fixture: &Fixture, outcome: &Outcome) -> Vec<String> {
        let name = &fixture.name;
        if outcome.files == 0 {
            return vec![format!("{name}: is nothing that hullmark checks")];
        }
        let errors = reported(outcome, RULE_ERROR);
        let mut faults: Vec<String> = errors
            .map(|diagnostic| format!("{name}: {}", diagnostic.message))
            .collect();
        let rule = &self.catalogue.rules[fixture.rule];
        let found: Vec<&Diagnostic> = reported(outcome, &rule.id).collect();
        if fixture.is_bad && found.is_empty() {
            faults.push(format!("{name}: the rule found nothing"));
        }
        for diagnostic in found {
            let place = || self.place(fixture, outcome, diagnostic);
            if !fixture.is_bad {
                faults.push(format!("{}: {}", place(), diagnostic.message));
            }
            if let Some(hole) = hole(rule, diagnostic) {
                let place = place();
                faults.push(format!(
                    "{place}: shows `{hole}`, which the finding does not fill"
                ));
            }
        }
        faults
    }

    /// `bad.yaml:3:5`, or `bad/deploy/pod.yaml:3:5` in a fixture that is a folder.
    fn place(&self, fixture: &Fixture, outcome: &Outcome, diagnostic: &Diagnostic) -> String {
        let Some(source) = outcome.sources.get(&diagnostic.primary.file) else {
            return fixture.name.clone();
        };
        let start = source
            .lines
            .position(&source.text, diagnostic.primary.span.start);
        let whole = self.working.join(source.path.as_ref());
        let below = whole.strip_prefix(&fixture.path).unwrap_or(Path::new(""));
        let mut path = fixture.name.clone();
        for part in below {
            path.push('/');
            path.push_str(&part.to_string_lossy());
        }
        format!("{path}:{}:{}", start.line, start.column)
    }

    /// The folders that hold fixtures of no rule, such as those of a rule that was renamed; sorted.
    pub fn without_rule(&self) -> Vec<PathBuf> {
        let entries = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten();
        let mut found = Vec::new();
        for domain in entries(&self.folder) {
            for folder in entries(&domain.path()) {
                let (domain, name) = (domain.file_name(), folder.file_name());
                let id = format!("{}/{}", domain.to_string_lossy(), name.to_string_lossy());
                let mut fixtures = entries(&folder.path());
                if self.catalogue.rule(&id).is_none()
                    && fixtures.any(|entry| is_bad(&entry.file_name().to_string_lossy()).is_some())
                {
                    found.push(folder.path());
                }
            }
        }
        found.sort();
        found
    }
}

/// Whether a fixture of that name is bad; `None` if it is no fixture.
fn is_bad(name: &str) -> Option<bool> {
    let is_bad = name.starts_with("bad");
    (is_bad || name.starts_with("good")).then_some(is_bad)
}

/// A placeholder of the rule that a diagnostic shows as it is, or a value that was undefined.
fn hole(rule: &Rule, diagnostic: &Diagnostic) -> Option<String> {
    let help = diagnostic.help(Some(rule));
    let related = diagnostic
        .related
        .iter()
        .map(|label| label.message.as_str());
    let mut texts = [diagnostic.message.as_str(), help]
        .into_iter()
        .chain(related);
    if let Some(text) = texts.find(|text| text.contains(UNDEFINED)) {
        return Some(text.to_owned());
    }
    let templates = [
        (&rule.message, diagnostic.message.as_str()),
        (&rule.remediation, help),
    ];
    templates.into_iter().find_map(|(template, text)| {
        template::parts(template).find_map(|part| match part {
            Part::Placeholder {
                name,
                follows_dollar: false,
            } => {
                let hole = format!("{{{name}}}");
                text.contains(&hole).then_some(hole)
            }
            _ => None,
        })
    })
}

/// The diagnostics of a rule that are not suppressed.
pub fn reported<'o>(outcome: &'o Outcome, rule: &str) -> impl Iterator<Item = &'o Diagnostic> {
    let diagnostics = outcome.diagnostics.iter().map(AsRef::as_ref);
    diagnostics
        .filter(move |diagnostic| *diagnostic.rule == *rule && diagnostic.suppressed.is_none())
}

/// Reads a rule's settings from a file, if there is one.
fn read_settings(
    rule: &Rule,
    file: &Path,
    working: &Path,
    into: &mut Settings,
) -> Result<(), error::Error> {
    if !file.is_file() {
        return Ok(());
    }
    let given = reader::read_settings(file, working)?;
    let mut mistakes: Vec<Mistake> = Vec::new();
    rule_settings::read(rule, &given, into, &mut mistakes);
    match mistakes[..] {
        [] => Ok(()),
        _ => Err(error::Error::Invalid(mistakes)),
    }
}
