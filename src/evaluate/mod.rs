//! Rows become diagnostics: the engine evaluates rules over the tables, and every `at` that a rule gives back becomes bytes of a file.

#![expect(
    clippy::similar_names,
    reason = "`make` gives what is `made`, `text` is what a `test` asks for"
)]

mod aliases;
mod apart;
mod batch;
mod compiled;
mod engine;
mod filtered;
mod guard;
mod identity;
mod index;
mod input;
mod lookup;
mod message;
mod object;
mod path;
mod settings;
mod shape;
pub mod suppress;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hullmark_tables::problems;
use regorus::Value;

use crate::diagnostic::{
    Diagnostic, FamilyPart, Fingerprint, FingerprintKey, Holder, Label, Severity,
};
use crate::evaluate::batch::Batch;
use crate::evaluate::compiled::Rows;
pub use crate::evaluate::compiled::{Active, CompiledRules};
pub use crate::evaluate::guard::guarded;
use crate::evaluate::identity::identity;
use crate::model::FileTables;
use crate::model::place::{RowRef, Step, resolve};
use crate::model::table::Table;
use crate::model::value_ref::ValueRef;
use crate::parse::Parsed;
use crate::rules::{Catalogue, Rule, family};
use crate::sources::Source;
use crate::sources::source_map::Origin;
use crate::span::{FileId, FileSpan, Span};

/// Why rules cannot run at all.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
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

impl PolicyError {
    /// The text of a filter that nobody can read.
    fn no_filter(text: &str) -> Self {
        Self::Engine(format!("`{text}` is no filter"))
    }
}

/// From how many rows on all threads share the rules of a batch. So much comes of one file only that is larger than any
/// that people write; with less, the threads have other batches to evaluate.
const LARGE: usize = 4096;

pub use crate::rules::select::RULE_ERROR;

/// A file as evaluation sees it.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The file.
    pub source: &'a Source,
    /// Its tree.
    pub parsed: &'a Parsed,
    /// Its rows.
    pub facts: &'a FileTables,
}

/// What a rule yielded, with places as the model gave them out.
#[derive(Debug)]
pub struct RawResult {
    /// The rule's number in the catalogue.
    pub rule: usize,
    id: Arc<str>,
    aliases: Arc<[Arc<str>]>,
    at: RowRef,
    value: Value,
}

impl RawResult {
    /// The file that it is about.
    pub fn file(&self) -> FileId {
        FileId::new(self.at.file)
    }
}

/// What rules are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Each file of a batch: a rule that fails over the batch is run again file by file.
    Files,
    /// All files together: what such a rule finds in one file alone means nothing.
    Project,
}

/// Why not all that a rule finds in a file is there.
#[derive(Debug)]
pub enum Shortfall {
    /// It failed, and this is why.
    Failed(String),
    /// It found that many more problems than are kept.
    Cut(usize),
}

/// How many findings of one rule in one file are kept. Nobody reads more, and each takes a kilobyte.
pub const FINDINGS: usize = 1_000;

/// Evaluates a batch of files together, as [`each`] does, and gives all that was found.
pub fn evaluate(
    rules: &CompiledRules,
    batch: &[&FileTables],
    failed: &mut dyn FnMut(&str, FileId, Shortfall),
) -> Vec<RawResult> {
    let found = each(rules, Scope::Files, batch, failed, &Some);
    found.into_iter().flatten().collect()
}

/// Evaluates a batch of files together and gives what came of each rule, in the rules' order; `make` turns what a rule yields
/// into what is kept, before its thread runs the next rule. What fails over one file, or over the project, is reported by `failed`; a failure over the
/// project as one of its first file. So is what is found in a file beyond [`FINDINGS`] of a rule.
pub fn each<T: Send>(
    rules: &CompiledRules,
    scope: Scope,
    batch: &[&FileTables],
    failed: &mut dyn FnMut(&str, FileId, Shortfall),
    make: &(dyn Fn(RawResult) -> Option<T> + Sync),
) -> Vec<Vec<T>> {
    let mut again: BTreeSet<usize> = BTreeSet::new();
    let mut results = native(rules, batch, failed, make);
    let mut keep =
        |active: &Active, found: Found<T>, failed: &mut dyn FnMut(&str, FileId, Shortfall)| {
            results.push(found.kept);
            for (file, more) in found.cut {
                failed(&active.id, file, Shortfall::Cut(more));
            }
        };
    for (active, result) in run(rules, false, batch, &|_| true, make) {
        match (result, batch) {
            (Ok(found), _) => keep(active, found, failed),
            (Err(error), [facts]) => {
                failed(
                    &active.id,
                    FileId::new(facts.file()),
                    Shortfall::Failed(error),
                );
            }
            (Err(error), [first, ..]) if scope == Scope::Project => {
                failed(
                    &active.id,
                    FileId::new(first.file()),
                    Shortfall::Failed(error),
                );
            }
            (Err(_), _) => _ = again.insert(active.number),
        }
    }
    for facts in batch {
        let mut alone = |is_alone: bool, is_wanted: &dyn Fn(&Active) -> bool| {
            for (active, result) in run(rules, is_alone, &[facts], is_wanted, make) {
                match result {
                    Ok(found) => keep(active, found, failed),
                    Err(error) => {
                        failed(
                            &active.id,
                            FileId::new(facts.file()),
                            Shortfall::Failed(error),
                        );
                    }
                }
            }
        };
        if rules.has_alone() {
            alone(true, &|_| true);
        }
        if !again.is_empty() {
            alone(false, &|active| again.contains(&active.number));
        }
    }
    results
}

/// Runs those of the wanted rules that have something to read in the files: the rules that read each file by itself, or
/// the others. Gives for each the results of what it yielded, or why it failed.
fn run<'a, T: Send>(
    rules: &'a CompiledRules,
    is_alone: bool,
    files: &[&FileTables],
    is_wanted: &dyn Fn(&Active) -> bool,
    make: &(dyn Fn(RawResult) -> Option<T> + Sync),
) -> Vec<(&'a Active, Result<Found<T>, String>)> {
    let batch = Batch::of(files);
    let passed = rules.filters.pass(&batch);
    let is_filled = |rows: Rows| match rows {
        Rows::Table(table) => batch.rows(table).len() > 0,
        Rows::Filter(number) => !passed[number].is_empty(),
    };
    let due = rules.due(is_alone, is_wanted, &is_filled);
    if due.is_empty() {
        return Vec::new();
    }
    let active: Vec<&Active> = due.iter().flat_map(|(_, rules)| rules).copied().collect();
    let input = input::input(&batch, rules, &active, &passed);
    let budget = rules.budget(batch.size());
    let how = (budget, batch.len() >= LARGE);
    let meter = rules.meter.as_deref();
    compiled::run(&due, &input, how, meter, &|active, yielded| {
        if !matches!(yielded, Value::Set(_) | Value::Undefined) {
            return Err(active.placed("`deny` is no set of findings"));
        }
        let yielded = || yielded.as_set().into_iter().flat_map(|set| set.iter());
        if let Some(reason) = yielded().find_map(shape::refusal) {
            return Err(active.placed(&reason));
        }
        let results = yielded().filter_map(|value| raw(active, value));
        Ok(found(results.collect(), make))
    })
}

/// What a rule found.
struct Found<T> {
    kept: Vec<T>,
    /// How many more there are in a file of which not all are kept.
    cut: Vec<(FileId, usize)>,
}

/// Makes something of the first results in each file.
fn found<T>(mut results: Vec<RawResult>, make: &dyn Fn(RawResult) -> Option<T>) -> Found<T> {
    let mut cut = Vec::new();
    if results.len() > FINDINGS {
        results.sort_by_key(|result| result.at);
        let mut of_file = (None, 0);
        results.retain(|result| {
            if of_file.0 != Some(result.file()) {
                cut.extend(more(of_file));
                of_file = (Some(result.file()), 0);
            }
            of_file.1 += 1;
            of_file.1 <= FINDINGS
        });
        cut.extend(more(of_file));
    }
    let mut kept: Vec<T> = results.into_iter().filter_map(make).collect();
    kept.shrink_to_fit();
    Found { kept, cut }
}

/// How many of the results in a file are not kept, if not all are.
fn more((file, count): (Option<FileId>, usize)) -> Option<(FileId, usize)> {
    let more = count.checked_sub(FINDINGS).filter(|more| *more > 0)?;
    Some((file?, more))
}

/// What the native rules find: the rows of `problems`.
fn native<T>(
    rules: &CompiledRules,
    batch: &[&FileTables],
    failed: &mut dyn FnMut(&str, FileId, Shortfall),
    make: &(dyn Fn(RawResult) -> Option<T> + Sync),
) -> Vec<Vec<T>> {
    if rules.natives.is_empty() {
        return Vec::new();
    }
    let mut of_rules: BTreeMap<usize, (&Active, Vec<RawResult>)> = BTreeMap::new();
    for row in batch.iter().flat_map(|facts| facts.rows(Table::Problems)) {
        let rule = row.get(problems::rule.column()).and_then(ValueRef::text);
        let Some(active) = rule.and_then(|rule| rules.natives.get(rule)) else {
            continue;
        };
        let of_rule = of_rules.entry(active.number);
        let (_, results) = of_rule.or_insert_with(|| (active, Vec::new()));
        results.extend(raw(active, &object::object(row)));
    }
    let found = of_rules.into_values().map(|(active, results)| {
        let found = found(results, make);
        for (file, more) in found.cut {
            failed(&active.id, file, Shortfall::Cut(more));
        }
        found.kept
    });
    found.collect()
}

fn raw(active: &Active, value: &Value) -> Option<RawResult> {
    Some(RawResult {
        rule: active.number,
        id: Arc::clone(&active.id),
        aliases: aliases::chosen(&active.aliases, &active.conditions, value),
        at: object::at(&value["at"])?,
        value: value.clone(),
    })
}

/// The files that places are in.
pub trait Documents<'a> {
    /// A file of the run; `None` if it is not one of these.
    fn document(&self, file: FileId) -> Option<Document<'a>>;
}

/// Turns what a rule yielded into a diagnostic; `None` if it is about no file of `documents`.
pub fn diagnostic(
    catalogue: &Catalogue,
    raw: &RawResult,
    documents: &dyn Documents<'_>,
) -> Option<Diagnostic> {
    let rule = &catalogue.rules[raw.rule];
    let found = locate(raw.at, &raw.value["field"], documents)?;
    Some(Diagnostic {
        rule: Arc::clone(&raw.id),
        severity: severity(&raw.value["severity"]).unwrap_or(rule.severity),
        message: message::fill(&rule.message, &raw.value),
        help: remedy(&raw.value).or_else(|| message::help(&rule.remediation, &raw.value)),
        aliases: Arc::clone(&raw.aliases),
        primary: found.at,
        resource: found.resource.map(Arc::clone),
        key: FingerprintKey::of(&raw.id, &found.place),
        related: related(&raw.value["related"], documents),
        part: part(rule, raw, &found, documents),
        members: Box::default(),
        fingerprint: Fingerprint::default(),
        suppressed: None,
        holder: found.holder.map(Box::new),
        is_minor: raw.value[family::MINOR] == Value::Bool(true),
    })
}

/// What to do about a problem, where its row says more than its rule.
fn remedy(value: &Value) -> Option<Box<str>> {
    Some(Box::from(&**value["remedy"].as_string().ok()?))
}

/// What a finding adds to one that is made of several, of its family or its rule, for the row that it names, or is at, or for
/// its file.
fn part(
    rule: &Rule,
    raw: &RawResult,
    found: &Located<'_>,
    documents: &dyn Documents<'_>,
) -> Option<Box<FamilyPart>> {
    let about = object::at(&raw.value[family::ABOUT]);
    if rule.is_once {
        let about = about.and_then(|about| locate(about, &Value::Undefined, documents));
        let place = about.as_ref().map_or("", |about| about.place.as_str());
        return Some(Box::new(FamilyPart {
            family: rule.id.clone(),
            subject: about
                .as_ref()
                .map_or(FileSpan::new(raw.file(), Span::default()), |about| about.at),
            key: FingerprintKey::of(&rule.id, place),
            name: Box::default(),
            text: Box::default(),
            block: Box::default(),
            note: Box::default(),
            is_written: true,
        }));
    }
    // A finding that is about nothing is no part of its rule's family.
    if rule.family.is_empty() || raw.value[family::ABOUT] == Value::Null {
        return None;
    }
    let subject = locate(about.unwrap_or(raw.at), &Value::Undefined, documents)?;
    let filled = |template: &str| message::fill(template, &raw.value).into_boxed_str();
    Some(Box::new(FamilyPart {
        family: rule.family.clone(),
        subject: subject.at,
        key: FingerprintKey::of(&rule.family, &subject.place),
        name: message::shown(&raw.value[family::NAME]).into_boxed_str(),
        text: filled(&rule.part),
        block: filled(rule.block.trim_end()),
        note: Box::default(),
        is_written: found.is_written,
    }))
}

fn severity(value: &Value) -> Option<Severity> {
    match value.as_string().ok()?.as_ref() {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "info" => Some(Severity::Info),
        _ => None,
    }
}

/// A place, found in its file.
struct Located<'a> {
    at: FileSpan,
    /// In the file, in terms that survive moved lines and changed neighbours.
    place: String,
    resource: Option<&'a Arc<str>>,
    /// Whether all of the field is there.
    is_written: bool,
    /// The collection that is meant, if the text is rendered.
    holder: Option<Holder>,
}

fn locate<'a>(at: RowRef, field: &Value, documents: &dyn Documents<'a>) -> Option<Located<'a>> {
    let document = documents.document(FileId::new(at.file))?;
    let target = document.facts.places.get(at.place as usize)?;
    let found = resolve(target, &steps(field), &document.parsed.tree);
    let resource = document.facts.resource(found.span);
    let is_rendered = matches!(document.source.origin(), Origin::Rendered(_));
    let absent = found.absent;
    let holder = |within| Holder { within, absent };
    let text = found.span.of(&document.source.text);
    let place = identity(document.source.kind, &found.path, text);
    let place = match resource {
        Some(resource) => format!("{resource}/{place}"),
        None => place,
    };
    Some(Located {
        at: FileSpan::new(document.source.id(), found.span),
        place,
        resource,
        is_written: found.is_whole,
        holder: found.holder.filter(|_| is_rendered).map(holder),
    })
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

/// How many other places one finding may show.
const RELATED: usize = 1_000;

fn related(value: &Value, documents: &dyn Documents<'_>) -> Vec<Label> {
    let Ok(items) = value.as_array() else {
        return Vec::new();
    };
    let items = items.iter().take(RELATED).filter_map(|item| {
        let found = locate(object::at(&item["at"])?, &item["field"], documents)?;
        let message = message::shown(&item["message"]);
        let at = found.at;
        Some(Label { at, message })
    });
    items.collect()
}
