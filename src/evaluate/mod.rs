//! Rows become findings: the engine judges the tables, and every `at` it hands back becomes bytes of a file again.

mod aliases;
mod batch;
mod engine;
mod filtered;
mod input;
mod lookup;
mod message;
mod object;
mod path;
pub mod suppress;

use std::collections::BTreeSet;
use std::sync::Arc;

use hullmark_tables::{faults, problems};
use regorus::Value;

use crate::evaluate::batch::Batch;
use crate::evaluate::engine::Rows;
pub use crate::evaluate::engine::{Active, Judge};
use crate::finding::{Finding, Fingerprint, Location, Place, Related, Severity};
use crate::model::FileTables;
use crate::model::place::{RowRef, Step, resolve};
use crate::model::table::Table;
use crate::model::value_ref::ValueRef;
use crate::parse::Parsed;
use crate::rules::{Catalogue, yields};
use crate::sources::Source;

/// Why rules cannot run at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The engine refused a program.
    #[error("policy engine: {0}")]
    Engine(String),
    /// A rule reads a table that the model does not have.
    #[error("rule `{rule}` reads `input.{table}`, which is no table of the model")]
    UnknownTable {
        /// The rule's id.
        rule: String,
        /// What it reads.
        table: String,
    },
}

/// From how many rows on all threads share the rules of a batch. So much comes of one file only that is larger than any
/// that people write; with less, the threads have other batches to judge.
const LARGE: usize = 4096;

/// The rule under which a rule's own failure is reported.
pub const RULE_ERROR: &str = faults::RULE_ERROR.rule;

/// A file as evaluation sees it.
#[derive(Debug)]
pub struct Document<'a> {
    /// The file.
    pub source: &'a Source,
    /// Its tree.
    pub parsed: &'a Parsed,
    /// Its rows.
    pub facts: &'a FileTables,
}

/// Something that a rule yielded, still in the model's terms.
#[derive(Debug)]
pub struct Raw {
    /// The rule's number in the catalogue.
    pub rule: usize,
    id: Arc<str>,
    aliases: Arc<[Arc<str>]>,
    /// Where it stands.
    pub at: RowRef,
    value: Value,
}

impl Raw {
    /// The numbers of the files that it points into.
    pub fn files(&self) -> Vec<u32> {
        let mut files = vec![self.at.file];
        if let Ok(items) = self.value["related"].as_array() {
            files.extend(
                items
                    .iter()
                    .filter_map(|item| object::at(&item["at"]))
                    .map(|at| at.file),
            );
        }
        files
    }
}

/// Judges a batch of files together, as [`each`] does, and gives all that was found.
pub fn evaluate(
    judge: &Judge,
    batch: &[&FileTables],
    failed: &mut dyn FnMut(&Active, u32, String),
) -> Vec<Raw> {
    let found = each(judge, batch, failed, &Some);
    found.into_iter().flatten().collect()
}

/// Judges a batch of files together and gives what came of each rule, in the rules' order; `make` turns what a rule yields
/// into what is kept, before its thread runs the next rule. A rule that fails over the batch is run again file by file, and what fails over one file is
/// told by `failed`.
pub fn each<T: Send>(
    judge: &Judge,
    batch: &[&FileTables],
    failed: &mut dyn FnMut(&Active, u32, String),
    make: &(dyn Fn(Raw) -> Option<T> + Sync),
) -> Vec<Vec<T>> {
    let mut again: BTreeSet<usize> = BTreeSet::new();
    let mut made = vec![native(judge, batch, make)];
    for (active, result) in run(judge, false, batch, &|_| true, make) {
        match (result, batch) {
            (Ok(of_rule), _) => made.push(of_rule),
            (Err(error), [facts]) => failed(active, facts.file(), error),
            (Err(_), _) => _ = again.insert(active.number),
        }
    }
    for facts in batch {
        let mut alone = |is_alone: bool, is_wanted: &dyn Fn(&Active) -> bool| {
            for (active, result) in run(judge, is_alone, &[facts], is_wanted, make) {
                match result {
                    Ok(of_rule) => made.push(of_rule),
                    Err(error) => failed(active, facts.file(), error),
                }
            }
        };
        if judge.has_alone() {
            alone(true, &|_| true);
        }
        if !again.is_empty() {
            alone(false, &|active| again.contains(&active.number));
        }
    }
    made
}

/// Runs those of the wanted rules that have something to read in the files: the rules that judge each file by itself, or
/// the others. Gives for each what was made of what it yielded, or why it failed.
fn run<'a, T: Send>(
    judge: &'a Judge,
    is_alone: bool,
    files: &[&FileTables],
    is_wanted: &dyn Fn(&Active) -> bool,
    make: &(dyn Fn(Raw) -> Option<T> + Sync),
) -> Vec<(&'a Active, Result<Vec<T>, String>)> {
    let batch = Batch::of(files);
    let passed = judge.filters.pass(&batch);
    let is_filled = |rows: Rows| match rows {
        Rows::Table(table) => batch.rows(table).len() > 0,
        Rows::Filter(number) => !passed[number].is_empty(),
    };
    let due = judge.due(is_alone, is_wanted, &is_filled);
    if due.is_empty() {
        return Vec::new();
    }
    let rules: Vec<&Active> = due.iter().flat_map(|(_, rules)| rules).copied().collect();
    let input = input::input(&batch, judge, &rules, &passed);
    engine::run(&due, &input, batch.len() >= LARGE, &|active, yielded| {
        let yielded = || yielded.as_set().into_iter().flat_map(|set| set.iter());
        if let Some(reason) = yielded().find_map(refused) {
            return Err(reason.to_owned());
        }
        let made = yielded().filter_map(|value| make(raw(active, value)?));
        let mut made: Vec<T> = made.collect();
        made.shrink_to_fit();
        Ok(made)
    })
}

/// What the native rules find: the rows of `problems`.
fn native<T>(
    judge: &Judge,
    batch: &[&FileTables],
    make: &(dyn Fn(Raw) -> Option<T> + Sync),
) -> Vec<T> {
    if judge.natives.is_empty() {
        return Vec::new();
    }
    let rows = batch.iter().flat_map(|facts| facts.rows(Table::Problems));
    let found = rows.filter_map(|row| {
        let rule = row.get(problems::rule.column()).and_then(ValueRef::text)?;
        make(raw(judge.natives.get(rule)?, &object::object(row))?)
    });
    found.collect()
}

fn raw(active: &Active, value: &Value) -> Option<Raw> {
    Some(Raw {
        rule: active.number,
        id: Arc::clone(&active.id),
        aliases: aliases::chosen(&active.aliases, &active.conditions, value),
        at: object::at(&value["at"])?,
        value: value.clone(),
    })
}

/// Why what a rule yielded cannot be taken.
fn refused(yielded: &Value) -> Option<&'static str> {
    let names = yielded.as_object().ok()?.keys();
    yields::refusal(
        names
            .filter_map(|name| name.as_string().ok())
            .map(AsRef::as_ref),
    )
}

/// Turns what a rule yielded into a finding. `document` gives the file of a number.
pub fn finding<'a>(
    catalogue: &Catalogue,
    raw: &Raw,
    document: &dyn Fn(u32) -> Option<Document<'a>>,
) -> Option<Finding> {
    let rule = &catalogue.rules[raw.rule];
    let (location, place, resource) = locate(raw.at, &raw.value["field"], document)?;
    Some(Finding {
        rule: Arc::clone(&raw.id),
        severity: severity(&raw.value["severity"]).unwrap_or(rule.severity),
        message: message::fill(&rule.message, &raw.value),
        aliases: Arc::clone(&raw.aliases),
        resource,
        place: Place::of(&raw.id, &location.path, &place),
        location,
        related: related(&raw.value["related"], document),
        fix: Vec::new(),
        fingerprint: Fingerprint::default(),
        suppressed: None,
    })
}

fn severity(value: &Value) -> Option<Severity> {
    match value.as_string().ok()?.as_ref() {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "info" => Some(Severity::Info),
        _ => None,
    }
}

type Located = (Location, String, Option<Arc<str>>);

fn locate<'a>(
    at: RowRef,
    field: &Value,
    document: &dyn Fn(u32) -> Option<Document<'a>>,
) -> Option<Located> {
    let document = document(at.file)?;
    let target = document.facts.places.get(at.place as usize)?;
    let found = resolve(target, &steps(field), &document.parsed.tree);
    let resource = document.facts.resource(found.span).map(Arc::clone);
    let place = match &resource {
        Some(resource) => format!("{resource}/{}", found.path),
        None => found.path,
    };
    Some((location(document.source, found.span), place, resource))
}

/// The place of a span, as a person reads it.
pub fn location(source: &Source, span: crate::span::Span) -> Location {
    Location {
        path: Arc::clone(&source.path),
        span,
        start: source.lines.position(&source.text, span.start),
        end: source
            .lines
            .position(&source.text, span.end.max(span.start)),
    }
}

/// A field path: `"ports.0.hostPort"`, or a list where a key holds a dot.
fn steps(field: &Value) -> Vec<Step> {
    if let Ok(text) = field.as_string() {
        return text
            .split('.')
            .filter(|part| !part.is_empty())
            .map(Step::parse)
            .collect();
    }
    let Ok(parts) = field.as_array() else {
        return Vec::new();
    };
    let parts = parts.iter().filter_map(|part| match part.as_string() {
        Ok(text) => Some(Step::Key(text.to_string())),
        Err(_) => part
            .as_u64()
            .ok()
            .and_then(|number| usize::try_from(number).ok())
            .map(Step::Item),
    });
    parts.collect()
}

fn related<'a>(value: &Value, document: &dyn Fn(u32) -> Option<Document<'a>>) -> Vec<Related> {
    let Ok(items) = value.as_array() else {
        return Vec::new();
    };
    let items = items.iter().filter_map(|item| {
        let (location, ..) = locate(object::at(&item["at"])?, &item["field"], document)?;
        let message = message::shown(&item["message"]);
        Some(Related { message, location })
    });
    items.collect()
}
