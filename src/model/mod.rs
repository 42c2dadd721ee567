//! Located trees become rows of the tables that rules read.

pub mod part;
pub mod place;
pub mod row;
pub mod table;

mod dockerfile;
mod flags;
mod image;
mod install;
mod kubernetes;
mod label;
mod lifetime;
mod names;
mod packages;
mod path;
mod reference;
mod script;
mod secret;
mod variable;
mod words;
mod workflow;

use std::ops::Range;
use std::sync::Arc;

use crate::model::place::{At, Target, TextPlace};
use crate::model::row::Row;
use crate::model::table::{Table, TableSet};
use crate::parse::faults::FaultKind;
use crate::parse::shell::Shell;
use crate::parse::{Parsed, Syntax};
use crate::sources::{Kind, Source};
use crate::span::{LocatedText, Span};

/// What one file gives to the tables.
#[derive(Debug)]
pub struct Facts {
    file: u32,
    wanted: TableSet,
    rows: Vec<Vec<Row>>,
    /// What each [`At`] of this file means.
    pub places: Vec<Target>,
    /// The Kubernetes objects of the file: bytes and `Kind/namespace/name`.
    pub resources: Vec<(Span, Arc<str>)>,
    /// The scripts for programs that judge them, if a rule asks for their remarks.
    pub scripts: Vec<Script>,
}

/// A script as its shell reads it.
#[derive(Debug)]
pub struct Script {
    /// Its row.
    pub at: At,
    /// The row of its document.
    pub document: At,
    /// Who reads it.
    pub shell: Shell,
    /// As `scripts` has it.
    pub source: &'static str,
    /// Its text.
    pub text: LocatedText,
    /// Names that have a value before it begins.
    pub variables: Vec<String>,
    /// Where it stands, in terms that survive moved lines.
    pub path: String,
}

impl Facts {
    fn new(file: u32, wanted: TableSet) -> Self {
        Self {
            file,
            wanted,
            rows: (0..Table::COUNT).map(|_| Vec::new()).collect(),
            places: Vec::new(),
            resources: Vec::new(),
            scripts: Vec::new(),
        }
    }

    /// No rows yet, for rows that come from nowhere in the tree.
    pub fn empty(file: u32) -> Self {
        Self::new(file, TableSet::ALL)
    }

    /// Drops all but the rows of `tables`, and what they mean in the file; says whether any are left. Built again, the file
    /// has the same places.
    pub fn keep(&mut self, tables: TableSet) -> bool {
        let mut left = false;
        for table in Table::ALL {
            let rows = &mut self.rows[*table as usize];
            if tables.contains(*table) {
                left |= !rows.is_empty();
            } else {
                *rows = Vec::new();
            }
        }
        self.places = Vec::new();
        self.resources = Vec::new();
        self.scripts = Vec::new();
        left
    }

    /// Whether a selected rule reads the table; a builder asks before it works for one.
    pub fn wants(&self, table: Table) -> bool {
        self.wanted.contains(table)
    }

    /// A new place.
    pub fn place(&mut self, target: Target) -> At {
        let place = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(target);
        At {
            file: self.file,
            place,
        }
    }

    /// A new place for a node of the YAML tree.
    pub fn node(&mut self, node: crate::parse::yaml::tree::NodeId) -> At {
        self.place(Target::Node(node))
    }

    /// A new place for some bytes of the file.
    fn stretch(&mut self, range: &Range<usize>, path: &Arc<str>) -> At {
        let span = Span::new(range.start, range.end);
        self.place(Target::Stretch(span, Arc::clone(path)))
    }

    /// A new place for a stretch of text.
    pub fn text(&mut self, place: TextPlace) -> At {
        self.place(Target::Text(Box::new(place)))
    }

    /// Adds a row, if the table is wanted.
    pub fn push(&mut self, table: Table, row: Row) {
        if self.wants(table) {
            self.rows[table as usize].push(row.kept());
        }
    }

    /// A problem that an analysis found.
    pub(crate) fn problem(&mut self, at: At, kind: FaultKind, message: &str) {
        self.push(Table::Problems, problem_row(at, kind, message));
    }

    /// The same of a node that is a mapping or a sequence, as `found` says, where something else should be.
    pub(crate) fn problem_found(
        &mut self,
        at: At,
        kind: FaultKind,
        found: &'static str,
        message: &str,
    ) {
        let row = problem_row(at, kind, message).word("found", found);
        self.push(Table::Problems, row);
    }

    /// The file's number in the run.
    pub fn file(&self) -> u32 {
        self.file
    }

    /// `Kind/namespace/name` of the object that holds `span`.
    pub fn resource(&self, span: Span) -> Option<&Arc<str>> {
        let inside = self.resources.iter().filter(|(object, _)| {
            object.start <= span.start && span.start < object.end.max(object.start + 1)
        });
        inside
            .min_by_key(|(object, _)| object.end - object.start)
            .map(|(_, name)| name)
    }

    /// The rows of a table.
    pub fn rows(&self, table: Table) -> &[Row] {
        &self.rows[table as usize]
    }
}

/// A row of `problems`; native rules are made of these.
fn problem_row(at: At, kind: FaultKind, message: &str) -> Row {
    Row::at(at)
        .word("rule", kind.rule)
        .word("kind", kind.name)
        .text("problem", message)
        .rows("related", Vec::new())
}

/// The rows of one file, `file` being its number in the run; only the `wanted` tables are filled.
pub fn build(file: u32, source: &Source, parsed: &Parsed, wanted: TableSet) -> Facts {
    let mut facts = Facts::new(file, wanted);
    match (&parsed.tree, source.kind) {
        (Syntax::Dockerfile(tree), _) => dockerfile::fill(&mut facts, source, tree),
        (Syntax::Yaml(tree), Kind::Workflow | Kind::Action) => {
            workflow::fill(&mut facts, source, tree);
        }
        (Syntax::Yaml(tree), _) => kubernetes::fill(&mut facts, source, tree),
    }
    for (number, problem) in parsed.problems.iter().enumerate() {
        let at = facts.text(TextPlace::new(problem.span, format!("problem[{number}]")));
        let related = problem.related.iter().map(|(span, message)| {
            let at = facts.text(TextPlace::new(*span, "related"));
            Row::nested(at).text("message", message)
        });
        let related: Vec<Row> = related.collect();
        let row = problem_row(at, problem.kind, &problem.message).flag(
            "is_in_workflow",
            matches!(source.kind, Kind::Workflow | Kind::Action),
        );
        facts.push(Table::Problems, row.rows("related", related));
    }
    facts
}
