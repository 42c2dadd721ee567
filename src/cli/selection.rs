//! Which rules run where, and how much their findings matter: the configuration and the flags against the catalogue.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::cli::Trouble;
use crate::cli::arguments::Choice;
use crate::cli::settings;
use crate::cli::suggestion::suggested;
use crate::cli::tuning;
use crate::config::patterns::Patterns;
use crate::config::{Config, Level, Selector};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::RULE_ERROR;
use crate::rules::profiles;
use crate::rules::select::{names, names_alias, names_findings};
use crate::rules::{self, Catalogue, Rule, Settings, user};

/// The rules of a run.
#[derive(Debug)]
pub(super) struct Selection {
    /// All rules that there are, the user's own among them.
    pub(super) catalogue: Catalogue,
    /// The configuration.
    pub(super) config: Config,
    /// The numbers of the rules that run on some file.
    pub(super) active: Vec<usize>,
    /// What the configuration sets for rules.
    pub(super) settings: Settings,
    /// For each rule, what holds where no override says otherwise.
    plain: Vec<Wanted>,
    /// For each override, what it says of each rule.
    overrides: Vec<(Patterns, Vec<Said>)>,
    /// The number of each rule.
    numbers: FxHashMap<String, usize>,
    folder: PathBuf,
}

/// What holds for a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Wanted {
    /// Whether it runs.
    runs: bool,
    /// Whether somebody said that it should not.
    is_refused: bool,
    /// The only aliases whose findings are wanted, if it runs because a peer's id was selected.
    only: Vec<String>,
    /// The aliases whose findings are not wanted.
    without: Vec<String>,
    severity: Option<Severity>,
    /// How much findings with an alias matter to its peer, if it runs because that peer was selected.
    weights: Vec<(String, Severity)>,
}

/// What an override says of a rule.
#[derive(Clone, Debug, Default)]
struct Said {
    select: bool,
    ignore: bool,
    without: Vec<String>,
    level: Option<Level>,
}

/// Reads the configuration and the policies, and settles what runs.
pub(super) fn settle(choice: &Choice, folder: &Path) -> Result<Selection, Trouble> {
    let config = match &choice.config {
        Some(file) => settings::read(&folder.join(file), folder)?,
        None if choice.isolated => Config::default(),
        None => match settings::nearest(folder) {
            Some(file) => settings::read(&file, folder)?,
            None => Config::default(),
        },
    };
    let mut catalogue = rules::catalogue();
    for policies in config.policies.iter().chain(&choice.policy) {
        let shown = policies.strip_prefix(folder).unwrap_or(policies);
        user::extend(&mut catalogue, shown).map_err(|error| Trouble(error.to_string()))?;
    }
    let flag = |flag: &str, texts: &[String]| -> Vec<Selector> {
        let place = flag.to_owned();
        let texts = texts.iter().map(|text| text.trim().to_owned());
        texts
            .map(|text| Selector {
                text,
                place: place.clone(),
            })
            .collect()
    };
    let settings = tuning::settle(&catalogue, &config.rules)?;
    let mut selection = Selection {
        settings,
        plain: Vec::new(),
        overrides: Vec::new(),
        active: Vec::new(),
        numbers: FxHashMap::default(),
        folder: folder.to_owned(),
        catalogue,
        config,
    };
    selection.weigh(
        &flag("--select", &choice.select),
        &flag("--ignore", &choice.ignore),
    )?;
    Ok(selection)
}

impl Selection {
    fn weigh(&mut self, select: &[Selector], ignore: &[Selector]) -> Result<(), Trouble> {
        let rules = &self.catalogue.rules;
        let config = &self.config;
        let ids = rules.iter().map(|rule| rule.id.to_string());
        self.numbers = ids.zip(0..).collect();
        let mut all: Vec<&Selector> = select.iter().chain(ignore).chain(&config.ignore).collect();
        all.extend(config.select.iter().flatten());
        all.extend(config.severity.iter().map(|(selector, _)| selector));
        for other in &config.overrides {
            all.extend(other.select.iter().chain(&other.ignore));
            all.extend(other.severity.iter().map(|(selector, _)| selector));
        }
        for selector in all {
            known(&self.catalogue, selector)?;
        }
        // A flag that selects has the word alone; what it ignores is ignored besides.
        let chosen = match (select, &config.select) {
            ([], Some(select)) => Some(select.as_slice()),
            ([], None) => None,
            _ => Some(select),
        };
        let ignored: Vec<&Selector> = ignore.iter().chain(&config.ignore).collect();
        self.plain = rules
            .iter()
            .map(|rule| wanted(rule, chosen, &ignored, &config.severity))
            .collect();
        let overrides = config.overrides.iter().map(|other| {
            let ignored: Vec<&Selector> = other.ignore.iter().collect();
            let said = rules.iter().map(|rule| {
                let is_chosen = select.is_empty()
                    && other
                        .select
                        .iter()
                        .any(|selector| names(&selector.text, rule));
                let is_ignored = |selectors: &[Selector]| {
                    selectors
                        .iter()
                        .any(|selector| names_whole(&selector.text, rule))
                };
                Said {
                    select: is_chosen && !is_ignored(ignore),
                    ignore: is_ignored(&other.ignore),
                    without: aliases(rule, &ignored),
                    level: level(rule, &other.severity),
                }
            });
            (other.paths.clone(), said.collect())
        });
        self.overrides = overrides.collect();
        let runs = |number: usize| {
            self.plain[number].runs || self.overrides.iter().any(|(_, said)| said[number].select)
        };
        self.active = (0..rules.len()).filter(|number| runs(*number)).collect();
        Ok(())
    }

    /// How much the rule of that number matters where no override says otherwise: as the configuration says, else as the selected peer does.
    pub(super) fn severity(&self, number: usize) -> Severity {
        let plain = &self.plain[number];
        let weight = || plain.weights.iter().map(|(_, severity)| *severity).max();
        let own = self.catalogue.rules[number].severity;
        plain.severity.or_else(weight).unwrap_or(own)
    }

    /// How much a finding matters; nothing if the rule does not run there, or not for that.
    pub(super) fn verdict(
        &self,
        finding: &Diagnostic,
        rule: &Rule,
        path: &str,
    ) -> Option<Severity> {
        let number = *self.numbers.get(rule.id.as_ref())?;
        let plain = &self.plain[number];
        // That a chosen rule failed is said whatever else was chosen.
        let mut runs = plain.runs || (*rule.id == *RULE_ERROR && !plain.is_refused);
        let weights = plain
            .weights
            .iter()
            .filter(|(alias, _)| carries(finding, alias));
        let weight = weights.map(|(_, severity)| *severity).max();
        let mut severity = plain.severity.or(weight).unwrap_or(finding.severity);
        let mut only = plain.only.as_slice();
        let mut without = plain.without.iter().any(|alias| carries(finding, alias));
        let path = (!self.overrides.is_empty()).then(|| self.folder.join(path));
        for (paths, said) in &self.overrides {
            let said = &said[number];
            if !path.as_ref().is_some_and(|path| paths.hold(path, false)) {
                continue;
            }
            if said.select {
                (runs, only) = (true, &[]);
            }
            runs &= !said.ignore;
            without |= said.without.iter().any(|alias| carries(finding, alias));
            match said.level {
                Some(Level::Off) => runs = false,
                Some(Level::At(level)) => severity = level,
                None => {}
            }
        }
        let is_wanted = only.is_empty() || only.iter().any(|alias| carries(finding, alias));
        (runs && is_wanted && !without).then_some(severity)
    }
}

fn carries(finding: &Diagnostic, alias: &str) -> bool {
    finding
        .aliases
        .iter()
        .any(|carried| names_findings(alias, carried))
}

/// Whether the selector names the rule as such, not by a peer or its id.
fn names_whole(selector: &str, rule: &Rule) -> bool {
    names(selector, rule)
        && !rule
            .aliases
            .iter()
            .any(|alias| names_findings(selector, alias))
}

/// The selectors that name only some findings of the rule: those that carry a peer's id, or one of a peer's.
fn aliases(rule: &Rule, selectors: &[&Selector]) -> Vec<String> {
    let named = selectors.iter().map(|selector| &selector.text);
    named
        .filter(|text| names(text, rule) && !names_whole(text, rule))
        .cloned()
        .collect()
}

fn wanted(
    rule: &Rule,
    select: Option<&[Selector]>,
    ignore: &[&Selector],
    levels: &[(Selector, Level)],
) -> Wanted {
    let is_whole = |selector: &&Selector| names_whole(&selector.text, rule);
    let mut only = Vec::new();
    let is_selected = match select {
        None => rule.is_default,
        Some(select) => {
            let select = select.iter();
            let named: Vec<&Selector> = select.filter(|it| names(&it.text, rule)).collect();
            let is_whole = named.iter().any(is_whole);
            if !is_whole {
                only = aliases(rule, &named);
            }
            is_whole || !only.is_empty()
        }
    };
    let level = level(rule, levels);
    let is_refused = ignore.iter().any(is_whole) || level == Some(Level::Off);
    let weights = only.iter().flat_map(|peer| profiles::members(peer, rule));
    let weights = weights.filter_map(|(alias, severity)| Some((alias.to_owned(), severity?)));
    Wanted {
        weights: weights.collect(),
        runs: is_selected && !is_refused,
        is_refused,
        only,
        without: aliases(rule, ignore),
        severity: match level {
            Some(Level::At(severity)) => Some(severity),
            _ => None,
        },
    }
}

/// What the entries say of a rule: one that names it beats one that names its domain, profile or all; of equals the last counts.
fn level(rule: &Rule, entries: &[(Selector, Level)]) -> Option<Level> {
    let rank = |selector: &str| {
        if selector == rule.id {
            3
        } else if rule
            .aliases
            .iter()
            .any(|alias| names_alias(selector, alias))
        {
            2
        } else {
            u8::from(selector != "ALL")
        }
    };
    let named = entries
        .iter()
        .filter(|(selector, _)| names(&selector.text, rule));
    named
        .max_by_key(|(selector, _)| rank(&selector.text))
        .map(|(_, level)| *level)
}

/// Refuses a selector that names no rule.
fn known(catalogue: &Catalogue, selector: &Selector) -> Result<(), Trouble> {
    if catalogue.knows(&selector.text) {
        return Ok(());
    }
    let hint = suggested(&selector.text, &catalogue.selectors());
    Err(Trouble(format!(
        "{}: unknown rule `{}`{hint}",
        selector.place, selector.text
    )))
}
