//! What one file is: its tree, its rows, its suppressions, and what an installed program says about its scripts.

use std::sync::{Arc, OnceLock};

use hullmark_tables::{builds, calls, faults};

use crate::evaluate::Document;
use crate::evaluate::guarded;
use crate::evaluate::suppress::{self, Suppression};
use crate::external::ShellCheck;
use crate::lint::retry;
use crate::lint::shellcheck;
use crate::meter::{Meter, Stage, timed};
use crate::model::table::{Table, TableSet};
use crate::model::{self, FileTables};
use crate::parse::problem::Problem;
use crate::parse::{self, Parsed, Syntax};
use crate::sources::context::{Build, BuildContexts, Call};
use crate::sources::{ReadProblem, Source};
use crate::span::Span;

/// How files are analyzed.
pub(super) struct Recipe<'a> {
    /// The tables that are filled.
    pub(super) tables: TableSet,
    /// Where Dockerfiles are built.
    pub(super) contexts: &'a BuildContexts,
    /// The program that is asked about scripts, if rules want that.
    pub(super) shellcheck: Option<&'a ShellCheck>,
    /// Where it is noted what that takes.
    pub(super) meter: Option<&'a Meter>,
}

/// A file, analyzed.
#[derive(Debug)]
pub(super) struct FileAnalysis {
    pub(super) source: Arc<Source>,
    /// Why it was not read as it is.
    pub(super) problem: Option<ReadProblem>,
    parsed: Parsed,
    facts: FileTables,
    pub(super) suppressions: Vec<Suppression>,
    /// What it says about builds of Dockerfiles.
    pub(super) builds: Vec<Build>,
    /// What it hands to local actions and workflows of what an attacker writes.
    pub(super) calls: Vec<Call>,
    /// Why `ShellCheck` gave no answer.
    pub(super) failure: Option<String>,
    /// Whether places can be found: it has its tree and what its places mean.
    is_whole: bool,
    /// The whole analysis, made again.
    again: OnceLock<Box<FileAnalysis>>,
}

impl FileAnalysis {
    /// Parses a file and fills the tables. A panic on the way is a fault of hullmark's that costs this file alone, and is
    /// reported.
    pub(super) fn of(source: Arc<Source>, problem: Option<ReadProblem>, recipe: &Recipe) -> Self {
        let unreadable = problem
            .as_ref()
            .map(|problem| Problem::new(faults::UNREADABLE_FILE, problem.span, &problem.message));
        let unreadable: Vec<Problem> = unreadable.into_iter().collect();
        let analyzed = guarded(|| analyze(&source, &unreadable, recipe));
        let analyzed = analyzed.ok().or_else(|| rest(&source, &unreadable, recipe));
        let (parsed, mut facts, suppressions) = analyzed.unwrap_or_else(|| failed(&source, recipe));
        let asked = recipe.shellcheck.filter(|_| !facts.scripts.is_empty());
        let answered = asked.map_or(Ok(()), |program| shellcheck::add_rows(&mut facts, program));
        Self {
            builds: builds_of(&facts),
            calls: calls_of(&facts, &source.path),
            failure: answered.err().map(|error| error.to_string()),
            source,
            problem,
            parsed,
            facts,
            suppressions,
            is_whole: true,
            again: OnceLock::new(),
        }
    }

    /// A file of which nothing but its text matters: it is judged as what is rendered of it.
    pub(super) fn of_text(source: Arc<Source>) -> Self {
        Self {
            facts: FileTables::empty(source.id().number()),
            source,
            problem: None,
            parsed: Parsed::empty(),
            suppressions: Vec::new(),
            builds: Vec::new(),
            calls: Vec::new(),
            failure: None,
            is_whole: true,
            again: OnceLock::new(),
        }
    }

    /// The file as rules see it.
    pub(super) fn document(&self) -> Document<'_> {
        Document {
            source: &self.source,
            parsed: &self.parsed,
            facts: &self.facts,
        }
    }

    /// The objects in it, as diagnostics name them.
    pub(super) fn objects(&self) -> Vec<Arc<str>> {
        let resources = self.facts.resources.iter();
        resources.map(|(_, name)| Arc::clone(name)).collect()
    }

    /// The same with its tree and places, made again if they were dropped.
    pub(super) fn whole(&self, recipe: &Recipe) -> &Self {
        if self.is_whole {
            return self;
        }
        self.again.get_or_init(|| {
            let source = Arc::clone(&self.source);
            Box::new(Self::of(source, self.problem.clone(), recipe))
        })
    }

    /// Drops all rows but those of `tables`, and unless `is_whole` what their places mean; whether there are any rows.
    pub(super) fn keep(&mut self, tables: TableSet, is_whole: bool) -> bool {
        let has_rows = self.facts.keep(tables);
        self.is_whole = is_whole || !has_rows;
        if !is_whole {
            self.facts.places = Vec::new();
            self.facts.resources = Vec::new();
        }
        // Places in a Dockerfile are spans already.
        if !is_whole || !has_rows || matches!(self.parsed.tree, Syntax::Dockerfile(_)) {
            self.parsed = Parsed::empty();
        }
        has_rows
    }

    /// Whether any of these tables has a row.
    pub(super) fn has_rows(&self, tables: TableSet) -> bool {
        let is_linked = [Table::ObjectReferences, Table::Coverage]
            .into_iter()
            .any(|table| tables.contains(table));
        let mut all = Table::ALL.iter();
        (is_linked && self.facts.has_links())
            || all.any(|table| tables.contains(*table) && !self.facts.rows(*table).is_empty())
    }
}

/// A file's tree, its rows, and its suppressions.
type Analyzed = (Parsed, FileTables, Vec<Suppression>);

fn analyze(source: &Source, problems: &[Problem], recipe: &Recipe) -> Analyzed {
    let meter = recipe.meter;
    let mut parsed = timed(meter, Stage::Parse, || parse::parse(source));
    parsed.problems.extend_from_slice(problems);
    let facts = timed(meter, Stage::Model, || {
        model::build(source, &parsed, recipe.tables, recipe.contexts)
    });
    let suppressions = timed(meter, Stage::Suppressions, || {
        suppress::find(source, &parsed)
    });
    (parsed, facts, suppressions)
}

/// What a file on which hullmark failed is without the documents that cause it: these are reported, the others are judged.
fn rest(source: &Source, problems: &[Problem], recipe: &Recipe) -> Option<Analyzed> {
    let works = |part: Source| guarded(|| analyze(&part, &[], recipe)).is_ok();
    let rest = retry::without_failing(source, works)?;
    let message = "hullmark failed on this document; please report it with the file";
    let failed = rest.failed.into_iter();
    let failed = failed.map(|span| Problem::new(faults::INTERNAL_ERROR, span, message));
    let problems: Vec<Problem> = problems.iter().cloned().chain(failed).collect();
    guarded(|| analyze(&rest.source, &problems, recipe)).ok()
}

/// What a file is on which hullmark failed: the fault alone.
fn failed(source: &Source, recipe: &Recipe) -> Analyzed {
    let message = "hullmark failed on this file; please report it with the file";
    let span = Span::new(0, source.text.find('\n').unwrap_or(source.text.len()));
    let empty = Source::new(source.id(), Arc::clone(&source.path), source.kind, "");
    let mut parsed = parse::parse(&empty);
    parsed.problems = vec![Problem::new(faults::INTERNAL_ERROR, span, message)];
    let facts = model::build(source, &parsed, recipe.tables, recipe.contexts);
    let suppressions = guarded(|| suppress::find(source, &parsed)).unwrap_or_default();
    (parsed, facts, suppressions)
}

/// What the rows of a file say about builds of Dockerfiles.
fn builds_of(facts: &FileTables) -> Vec<Build> {
    let rows = facts.rows(Table::Builds).iter();
    let builds = rows.filter_map(|row| {
        let dockerfile = row.text(builds::dockerfile)?.into();
        Some((dockerfile, row.text(builds::context)?.to_owned()))
    });
    builds.collect()
}

/// What the rows of a file say about calls of local actions and workflows.
fn calls_of(facts: &FileTables, path: &Arc<str>) -> Vec<Call> {
    let rows = facts.rows(Table::Calls).iter();
    let calls = rows.filter_map(|row| {
        Some(Call {
            target: row.text(calls::target)?.to_owned(),
            input: row.text(calls::input)?.to_owned(),
            context: row.text(calls::context)?.to_owned(),
            by: Arc::clone(path),
            events: row.texts(calls::events).map(ToOwned::to_owned).collect(),
        })
    });
    calls.collect()
}
