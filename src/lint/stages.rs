//! The rules of a run, loaded by the stage in which they are evaluated.

use crate::evaluate::{CompiledRules, PolicyError};
use crate::model::table::{Table, TableSet, may_hold};
use crate::rules::{Catalogue, Rule, Settings, filter};
use crate::sources::Kind;

/// The domain of the rules that read all files of a run together.
pub(super) const PROJECT: &str = "project";

/// The rules of a run by stage: rules of each file, rules of all files together, rules about suppressions.
pub(super) struct Stages {
    pub(super) file: CompiledRules,
    /// Those of the file's stage that are about the text of a file, not about what is deployed.
    pub(super) native: CompiledRules,
    pub(super) project: CompiledRules,
    pub(super) suppressions: CompiledRules,
}

impl Stages {
    /// Loads those of the `active` rules that may be about files of the `kinds`; all of them if the kinds are not known. If these files have a
    /// context, rules of the project may find in it what they look for beside them.
    ///
    /// # Errors
    /// If a rule cannot be loaded.
    pub(super) fn load(
        catalogue: &Catalogue,
        active: &[usize],
        settings: &Settings,
        (kinds, has_context): (Option<&[Kind]>, bool),
    ) -> Result<Self, PolicyError> {
        let is_elsewhere = |rule: &Rule| {
            kinds.is_some_and(|kinds| match stage(rule) {
                1 if has_context => !may_read(rule, kinds),
                _ => is_elsewhere(rule, kinds),
            })
        };
        let mut stages: [Vec<usize>; 3] = Default::default();
        for number in active {
            let rule = &catalogue.rules[*number];
            if !rule.is_family() && !is_elsewhere(rule) {
                stages[stage(rule)].push(*number);
            }
        }
        let load = |numbers: &[usize]| CompiledRules::load(catalogue, numbers, settings);
        let [file, project, suppressions] = &stages;
        let is_native = |number: &&usize| catalogue.rules[**number].is_native();
        let native: Vec<usize> = file.iter().filter(is_native).copied().collect();
        Ok(Self {
            file: load(file)?,
            native: load(&native)?,
            project: load(project)?,
            suppressions: load(suppressions)?,
        })
    }

    /// The tables that are filled.
    pub(super) fn tables(&self) -> TableSet {
        let mut tables = self.file.tables.union(self.project.tables);
        if tables.contains(Table::Copies) {
            tables.insert(Table::Builds);
        }
        if tables.contains(Table::Expressions) {
            tables.insert(Table::Calls);
        }
        tables
    }
}

fn stage(rule: &Rule) -> usize {
    let mut tables = rule.tables.iter();
    if rule.is_native() {
        0
    } else if rule.domain() == PROJECT {
        1
    } else if tables.any(|table| table == Table::Suppressions.name()) {
        2
    } else {
        0
    }
}

/// Whether a rule can say nothing about files of these kinds, if the names of all show what they are. A run over
/// Dockerfiles alone loads nothing about workflows, which takes longer than to check a small file, and keeps no rows for
/// what a Compose file might say.
fn is_elsewhere(rule: &Rule, kinds: &[Kind]) -> bool {
    let others: &[Kind] = match rule.domain() {
        "dockerfile" => &[Kind::Workflow],
        "kubernetes" => &[Kind::Dockerfile, Kind::Workflow],
        "workflow" | "yaml" => &[Kind::Dockerfile],
        _ => &[],
    };
    let is_of_others = !rule.is_of_user && kinds.iter().all(|kind| others.contains(kind));
    is_of_others || lacks_rows(rule, kinds)
}

/// Whether files of these kinds may have rows in one of a rule's tables.
fn may_read(rule: &Rule, kinds: &[Kind]) -> bool {
    let mut tables = rule.tables.iter();
    tables.any(|table| {
        let table = Table::named(table);
        table.is_none_or(|table| kinds.iter().any(|kind| may_hold(table, *kind)))
    })
}

/// Whether each body of a rule asks for rows that files of these kinds do not have.
fn lacks_rows(rule: &Rule, kinds: &[Kind]) -> bool {
    let has_rows = |source: &str| {
        Table::named(filter::table(source))
            .is_none_or(|table| kinds.iter().any(|kind| may_hold(table, *kind)))
    };
    let mut guards = rule.preconditions.iter();
    !rule.preconditions.is_empty()
        && guards.all(|guard| !guard.iter().all(|source| has_rows(source)))
}
