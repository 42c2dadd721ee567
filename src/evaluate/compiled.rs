//! Rules that are ready to run, with what they read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use regorus::Value;
use rustc_hash::FxHashMap;

use crate::evaluate::PolicyError;
use crate::evaluate::engine::{Budget, Entry, Runner};
use crate::evaluate::filtered::Filters;
use crate::evaluate::index::Lookup;
use crate::evaluate::settings;
use crate::meter::{self, Meter};
use crate::model::table::{Table, TableSet};
use crate::rules::alias::Condition;
use crate::rules::filter::Filter;
use crate::rules::select::ALWAYS_ON;
use crate::rules::{self, Body, Catalogue, Rule, Settings, metadata};

/// How many rules a thread takes at a time where all threads share those of a large input.
const SHARE: usize = 2;

/// A rule that runs.
#[derive(Debug)]
pub struct Active {
    /// Its number in the catalogue.
    pub number: usize,
    /// Its id, shared by its findings.
    pub id: Arc<str>,
    /// Its aliases, shared by its findings.
    pub aliases: Arc<[Arc<str>]>,
    /// When those of them count that do not count for each finding.
    pub(super) conditions: Cow<'static, [Condition]>,
    tables: Vec<Table>,
    /// By body, the rows without which it yields nothing.
    preconditions: Vec<Vec<Rows>>,
    /// The tables of which it sees every row.
    pub(super) wholes: Vec<Table>,
    /// The filters through which it sees rows, by their numbers.
    pub(super) filters: Vec<usize>,
    /// The lookups that it makes, by their numbers.
    pub(super) lookups: Vec<usize>,
    /// The lookups of which it asks how many rows they give.
    pub(super) sizes: Vec<usize>,
    /// Its keys may come from anywhere, not only from the rows it sees.
    pub(super) is_free: bool,
    entry: Entry,
    /// Where a user's rule is written: `rules/acme/web-pod.rego:12`; empty for ours.
    place: String,
}

/// Rows that a rule loops over.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rows {
    /// All of a table.
    Table(Table),
    /// Those that pass the filter of that number.
    Filter(usize),
}

/// A program with those of its rules that run.
#[derive(Debug)]
pub(super) struct Loaded {
    runner: Runner,
    rules: Vec<Active>,
    /// Each file is evaluated by itself.
    is_alone: bool,
}

/// Rules that run together, ready to run.
#[derive(Debug, Default)]
pub struct CompiledRules {
    programs: Vec<Loaded>,
    /// The native rules by their ids.
    pub(super) natives: FxHashMap<Arc<str>, Active>,
    /// The tables that they read.
    pub tables: TableSet,
    pub(super) lookups: Vec<Lookup>,
    /// Their numbers by their names.
    numbers: FxHashMap<Arc<str>, usize>,
    /// What users set, for all batches; absent if no rule takes any.
    pub(super) settings: Option<Value>,
    pub(super) filters: Filters,
    /// How many of them users wrote.
    of_user: usize,
    /// Where it is noted what rules take.
    pub meter: Option<Arc<Meter>>,
}

impl CompiledRules {
    /// Loads the programs of the rules with those numbers in the catalogue, less those that wait for a setting.
    ///
    /// # Errors
    /// If the engine refuses a user's policy, or a rule reads a table that the model lacks.
    pub fn load(
        catalogue: &Catalogue,
        numbers: &[usize],
        settings: &Settings,
    ) -> Result<Self, PolicyError> {
        let numbers: Vec<usize> = numbers
            .iter()
            .copied()
            .filter(|number| !catalogue.rules[*number].is_idle(settings))
            .collect();
        let rules = numbers.iter().map(|number| &catalogue.rules[*number]);
        let mut compiled = Self {
            settings: settings::settings(rules, settings),
            ..Self::default()
        };
        for number in &numbers {
            let rule = &catalogue.rules[*number];
            if rule.is_native() {
                let native = Active::native(*number, rule);
                // What could not be read is a row in any case; the table is wanted for what analyses find.
                if !ALWAYS_ON.contains(&rule.id.as_ref()) {
                    compiled.tables.insert(Table::Problems);
                }
                compiled.natives.insert(Arc::clone(&native.id), native);
            }
        }
        let of_user = numbers
            .iter()
            .filter(|number| catalogue.rules[**number].is_of_user);
        compiled.of_user = of_user.count();
        for (index, program) in catalogue.programs.iter().enumerate() {
            let rules: Vec<usize> = numbers
                .iter()
                .copied()
                .filter(|number| catalogue.rules[*number].program() == Some(index))
                .collect();
            if rules.is_empty() {
                continue;
            }
            let runner = Runner::new(program)?;
            // What we wrote joins its rows file by file, whatever else is evaluated with them. A user's rule may as well
            // say "no row is like this": it means the file, unless it is about the whole project.
            let is_alone = rules.iter().all(|number| {
                let rule = &catalogue.rules[*number];
                rule.is_of_user && rule.domain() != "project"
            });
            let active: Result<Vec<Active>, PolicyError> = rules
                .into_iter()
                .map(|number| compiled.activate(number, &catalogue.rules[number], &runner))
                .collect();
            compiled.programs.push(Loaded {
                runner,
                rules: active?,
                is_alone,
            });
        }
        compiled.filters.plan();
        Ok(compiled)
    }

    fn activate(
        &mut self,
        number: usize,
        rule: &Rule,
        runner: &Runner,
    ) -> Result<Active, PolicyError> {
        // The interpreter gets a policy as it was written, with no loop narrowed.
        let is_narrowed = matches!(runner, Runner::Machine(_));
        let known = |name: &str| {
            Table::named(name).ok_or_else(|| PolicyError::UnknownTable {
                rule: rule.id.to_string(),
                table: name.to_owned(),
            })
        };
        let named = |tables: &[Cow<'static, str>]| -> Result<Vec<Table>, PolicyError> {
            let tables = tables.iter().filter(|table| *table != "index");
            tables.map(|table| known(table)).collect()
        };
        let tables = named(&rule.tables)?;
        let wholes = if is_narrowed {
            named(&rule.full_scans)?
        } else {
            tables.clone()
        };
        self.tables = self.tables.union(tables.iter().copied().collect());
        let mut numbered = |lookup: &rules::Lookup| -> Result<usize, PolicyError> {
            let table = known(&lookup.table)?;
            let lookup = if is_narrowed {
                Lookup::of(lookup, table)
            } else {
                Lookup::of(&lookup.whole(), table)
            };
            self.tables.insert(lookup.table);
            let number = self.numbers.entry(Arc::clone(&lookup.key));
            Ok(*number.or_insert_with(|| {
                self.lookups.push(lookup);
                self.lookups.len() - 1
            }))
        };
        let lookups = rule.lookups.iter().map(&mut numbered);
        let lookups = lookups.collect::<Result<Vec<usize>, PolicyError>>()?;
        let sizes = rule.sizes.iter().map(numbered);
        let sizes = sizes.collect::<Result<Vec<usize>, PolicyError>>()?;
        let mut filters = BTreeMap::new();
        for text in rule.filters.iter() {
            let filter = Filter::read(text).ok_or_else(|| PolicyError::no_filter(text))?;
            let number = self.filters.add(known(&filter.table)?, text, &filter);
            filters.insert(text.as_ref(), number);
        }
        let rows = |source: &Cow<'_, str>| match filters.get(source.as_ref()) {
            Some(number) => Ok(Rows::Filter(*number)),
            None => known(source).map(Rows::Table),
        };
        // So it has no preconditions either: they speak of filters.
        let preconditions = rule.preconditions.iter().filter(|_| is_narrowed);
        let preconditions: Result<Vec<Vec<Rows>>, PolicyError> = preconditions
            .map(|sources| sources.iter().map(rows).collect())
            .collect();
        Ok(Active {
            tables,
            preconditions: preconditions?,
            wholes,
            filters: filters.into_values().collect(),
            lookups,
            sizes,
            is_free: rule.is_of_user || !is_narrowed,
            entry: Entry {
                index: match rule.body {
                    Body::Rego { entry, .. } => entry,
                    Body::Native | Body::Family => 0,
                },
                path: format!("data.{}.deny", metadata::package_of(&rule.id)),
            },
            ..Active::native(number, rule)
        })
    }

    /// What each rule may take over a batch of that size.
    pub(super) fn budget(&self, size: usize) -> Budget {
        Budget::new(size, self.of_user)
    }

    /// Whether some rules read each file by itself.
    pub(super) fn has_alone(&self) -> bool {
        self.programs.iter().any(|loaded| loaded.is_alone)
    }

    /// The wanted rules that have something to read, those that read a file by itself or the others, with what runs them.
    pub(super) fn due(
        &self,
        is_alone: bool,
        is_wanted: &dyn Fn(&Active) -> bool,
        is_filled: &dyn Fn(Rows) -> bool,
    ) -> Vec<(&Loaded, Vec<&Active>)> {
        let programs = self.programs.iter();
        let due = programs
            .filter(|loaded| loaded.is_alone == is_alone)
            .map(|loaded| {
                let rules = loaded.rules.iter();
                let rules = rules.filter(|rule| is_wanted(rule) && rule.is_due(is_filled));
                let rules: Vec<&Active> = rules.collect();
                (loaded, rules)
            });
        due.filter(|(_, rules)| !rules.is_empty()).collect()
    }
}

impl Active {
    /// A rule that reads nothing through the engine.
    fn native(number: usize, rule: &Rule) -> Self {
        let aliases = rule.aliases.iter();
        Self {
            number,
            id: Arc::from(rule.id.as_ref()),
            aliases: aliases.map(|alias| Arc::from(alias.as_ref())).collect(),
            conditions: rule.conditions.clone(),
            tables: Vec::new(),
            preconditions: Vec::new(),
            wholes: Vec::new(),
            filters: Vec::new(),
            lookups: Vec::new(),
            sizes: Vec::new(),
            is_free: false,
            entry: Entry::default(),
            place: rule.place.to_string(),
        }
    }

    /// A fault of the rule, with the place at which a user finds it.
    pub(super) fn placed(&self, fault: &str) -> String {
        if self.place.is_empty() {
            return fault.to_owned();
        }
        format!("{}: {fault}", self.place)
    }

    /// Whether some body of the rule may yield something.
    fn is_due(&self, is_filled: &dyn Fn(Rows) -> bool) -> bool {
        let mut tables = self.tables.iter();
        if !self.tables.is_empty() && !tables.any(|table| is_filled(Rows::Table(*table))) {
            return false;
        }
        let mut preconditions = self.preconditions.iter();
        self.preconditions.is_empty()
            || preconditions.any(|sources| sources.iter().all(|rows| is_filled(*rows)))
    }
}

/// Runs rules over `input`, each within the budget, one after the other or, if it `is_large`, on all threads. Gives for each, in their order, what
/// was made of what it yielded, or why it failed.
pub(super) fn run<'a, T: Send>(
    due: &[(&'a Loaded, Vec<&'a Active>)],
    input: &Value,
    (budget, is_large): (Budget, bool),
    meter: Option<&Meter>,
    make: &(dyn Fn(&Active, Value) -> Result<T, String> + Sync),
) -> Vec<(&'a Active, Result<T, String>)> {
    let some = |loaded: &Loaded, rules: &[&'a Active]| {
        let entries: Vec<&Entry> = rules.iter().map(|rule| &rule.entry).collect();
        let mut made = Vec::with_capacity(rules.len());
        let mut start = meter::now(meter);
        loaded.runner.run(&entries, input, budget, &mut |found| {
            let rule = rules[made.len()];
            made.push((rule, found.and_then(|found| make(rule, found))));
            if let Some(meter) = meter {
                meter.add_rule(&rule.id, start);
            }
            start = meter::now(meter);
        });
        made
    };
    let ran = due.iter().flat_map(|(loaded, rules)| {
        if is_large {
            let shares = rules.par_chunks(SHARE);
            let shares: Vec<_> = shares.map(|rules| some(loaded, rules)).collect();
            shares.into_iter().flatten().collect()
        } else {
            some(loaded, rules)
        }
    });
    ran.collect()
}
