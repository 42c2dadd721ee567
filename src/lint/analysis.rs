//! What one file is: its tree, its rows, its suppressions, and what an installed program says about its scripts.

use std::sync::Arc;

use crate::evaluate::Document;
use crate::evaluate::guarded;
use crate::evaluate::suppress::{self, Suppression};
use crate::external::ShellCheck;
use crate::lint::batch::INTERNAL_ERROR;
use crate::lint::shellcheck;
use crate::model::part::Part;
use crate::model::table::{Table, TableSet};
use crate::model::{self, Facts};
use crate::parse::problem::Problem;
use crate::parse::{self, Parsed};
use crate::sources::context::{Build, BuildContexts};
use crate::sources::{ReadProblem, Source, UNREADABLE};
use crate::span::Span;

/// A file, analyzed.
#[derive(Debug)]
pub(super) struct FileAnalysis {
    pub(super) source: Arc<Source>,
    /// Why it was not read as it is.
    pub(super) problem: Option<ReadProblem>,
    parsed: Parsed,
    facts: Facts,
    pub(super) suppressions: Vec<Suppression>,
    /// What it says about builds of Dockerfiles.
    pub(super) builds: Vec<Build>,
    /// Why `ShellCheck` gave no answer.
    pub(super) failure: Option<String>,
}

impl FileAnalysis {
    /// Parses a file and fills the `tables`. A panic on the way is a fault of hullmark's that costs this file alone, and is
    /// reported.
    pub(super) fn of(
        source: Source,
        problem: Option<ReadProblem>,
        tables: TableSet,
        contexts: &BuildContexts,
        shellcheck: Option<&ShellCheck>,
    ) -> Self {
        let source = Arc::new(source);
        let analyzed = guarded(|| {
            let mut parsed = parse::parse(&source);
            parsed.problems.extend(
                problem
                    .as_ref()
                    .map(|problem| Problem::new(UNREADABLE, problem.span, &problem.message)),
            );
            let facts = model::build(&source, &parsed, tables, contexts);
            let suppressions = suppress::find(&source, &parsed);
            (parsed, facts, suppressions)
        });
        let (parsed, mut facts, suppressions) =
            analyzed.unwrap_or_else(|_| failed(&source, tables, contexts));
        let asked = shellcheck.filter(|_| !facts.scripts.is_empty());
        let answered = asked.map_or(Ok(()), |program| shellcheck::add_rows(&mut facts, program));
        Self {
            builds: builds(&facts),
            failure: answered.err().map(|error| error.to_string()),
            source,
            problem,
            parsed,
            facts,
            suppressions,
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

    /// Drops all rows but those of `tables`, and the tree if there are none; whether there are any.
    pub(super) fn keep(&mut self, tables: TableSet) -> bool {
        let has_rows = self.facts.keep(tables);
        if !has_rows {
            self.parsed = Parsed::empty();
        }
        has_rows
    }

    /// Whether any of these tables has a row.
    pub(super) fn has_rows(&self, tables: TableSet) -> bool {
        let mut all = Table::ALL.iter();
        all.any(|table| tables.contains(*table) && !self.facts.rows(*table).is_empty())
    }
}

/// What a file is on which hullmark failed: the fault alone.
fn failed(
    source: &Source,
    tables: TableSet,
    contexts: &BuildContexts,
) -> (Parsed, Facts, Vec<Suppression>) {
    let message = "hullmark failed on this file; please report it with the file";
    let span = Span::new(0, source.text.find('\n').unwrap_or(source.text.len()));
    let empty = Source::new(source.id(), Arc::clone(&source.path), source.kind, "");
    let mut parsed = parse::parse(&empty);
    parsed.problems = vec![Problem::new(INTERNAL_ERROR, span, message)];
    let facts = model::build(source, &parsed, tables, contexts);
    let suppressions = guarded(|| suppress::find(source, &parsed)).unwrap_or_default();
    (parsed, facts, suppressions)
}

/// What the rows of a file say about builds of Dockerfiles.
fn builds(facts: &Facts) -> Vec<Build> {
    let rows = facts.rows(Table::Builds).iter();
    let builds = rows.filter_map(|row| {
        let text = |name| row.get(name).and_then(Part::text);
        Some((text("dockerfile")?.into(), text("context")?.to_owned()))
    });
    builds.collect()
}
