//! Located trees become rows of the tables that rules read.

pub mod page;
pub mod place;
pub mod row;
pub mod table;
mod users;
pub mod value_ref;

mod addresses;
mod command_words;
mod credentials;
mod dependabot;
mod dockerfile;
mod end_of_life;
mod expansion_text;
mod flags;
mod holder;
mod image;
mod install;
mod json;
mod kubernetes;
mod label;
mod links;
pub(crate) mod nested;
mod official_images;
mod packages;
mod path;
mod placeholder;
mod powershell;
mod pre_commit;
mod printed;
mod reference;
mod script;
mod secret;
mod shell_variables;
mod variable;
mod words;
mod workflow;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use hullmark_tables::faults::{self, FaultKind};
use hullmark_tables::{Problems, Related, TableKind, problems, related};
use rustc_hash::FxHashMap;

use crate::model::links::Links;
use crate::model::nested::Nested;
use crate::model::place::{RowRef, SourceRef, TextPlace};
use crate::model::row::{Field, Row, RowBuilder};
use crate::model::table::{Table, TableSet};
use crate::model::value_ref::ValueRef;
use crate::parse::problem::Problem;
use crate::parse::shell::Shell;
use crate::parse::yaml::is_unrendered;
use crate::parse::{Parsed, Syntax};
use crate::sources::context::BuildContexts;
use crate::sources::{Kind, Source};
use crate::span::{LocatedText, Span};

/// What one file gives to the tables.
#[derive(Debug)]
pub struct FileTables {
    file: u32,
    wanted: TableSet,
    rows: Vec<Vec<Row>>,
    /// What each [`At`] of this file means.
    pub places: Vec<SourceRef>,
    /// The Kubernetes objects of the file: bytes and `Kind/namespace/name`.
    pub resources: Vec<(Span, Arc<str>)>,
    /// The scripts for external linters, if a rule reads their remarks.
    pub scripts: Vec<Script>,
    /// What its objects define, name and select, if a rule asks what of that is there.
    links: Option<Box<Links>>,
    /// The bytes of values that rows of `variables` show to be credentials by their names.
    named_secrets: Vec<Span>,
    /// How many more rows and words the file may have.
    rows_left: usize,
    words_left: usize,
    /// How many problems there are, by their rules.
    problems: FxHashMap<String, usize>,
    /// What is said of parts that are not judged, each once.
    unjudged: Vec<String>,
    /// How many bytes of text the rows come from.
    bytes: usize,
    /// The same objects as they are asked for; made when a finding asks first.
    nested: OnceLock<Nested>,
}

/// How many rows a file may have. Aliases and long lists multiply what is written; a row takes a kilobyte and more.
const ROWS: usize = 10_000;
/// How many of them one table may have: ten thousand commands leave room for the images.
const ROWS_OF_TABLE: usize = 8_000;

/// How many words, with what they read, the commands of a file may have.
const WORDS: usize = 60_000;

/// How many problems of one rule a file may have; of these, fewer are reported and the rest is counted.
const PROBLEMS: usize = 10_000;

/// A script as its shell reads it.
#[derive(Debug)]
pub struct Script {
    /// Its row.
    pub at: RowRef,
    /// The row of its document.
    pub document: RowRef,
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

impl FileTables {
    fn new(file: u32, wanted: TableSet) -> Self {
        Self {
            file,
            wanted,
            rows: (0..Table::COUNT).map(|_| Vec::new()).collect(),
            places: Vec::new(),
            resources: Vec::new(),
            scripts: Vec::new(),
            links: None,
            named_secrets: Vec::new(),
            rows_left: ROWS,
            words_left: WORDS,
            problems: FxHashMap::default(),
            unjudged: Vec::new(),
            bytes: 0,
            nested: OnceLock::new(),
        }
    }

    /// No rows yet, for rows that come from nowhere in the tree.
    pub fn empty(file: u32) -> Self {
        Self::new(file, TableSet::ALL)
    }

    /// Drops all but the rows of `tables`; says whether any are left. What their places mean is kept with them.
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
        self.scripts = Vec::new();
        if tables.contains(Table::ObjectReferences) || tables.contains(Table::Coverage) {
            left |= self.links.is_some();
        } else {
            self.links = None;
        }
        if !left {
            self.places = Vec::new();
            self.resources = Vec::new();
        }
        left
    }

    /// Whether a selected rule reads the table; a builder asks before it works for one.
    pub fn wants(&self, table: Table) -> bool {
        self.wanted.contains(table)
    }

    /// A new place.
    pub fn place(&mut self, target: SourceRef) -> RowRef {
        let place = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(target);
        RowRef {
            file: self.file,
            place,
        }
    }

    /// A new place for a node of the YAML tree.
    pub fn node(&mut self, node: crate::parse::yaml::tree::NodeId) -> RowRef {
        self.place(SourceRef::Node(node))
    }

    /// A new place for some bytes of the file.
    fn text_span(&mut self, range: &Range<usize>, path: &Arc<str>) -> RowRef {
        let span = Span::new(range.start, range.end);
        self.place(SourceRef::TextSpan(span, Arc::clone(path)))
    }

    /// A new place for a stretch of text.
    pub fn text(&mut self, place: TextPlace) -> RowRef {
        self.place(SourceRef::Text(Box::new(place)))
    }

    /// The rows of a table, to amend.
    fn rows_mut(&mut self, table: Table) -> &mut [crate::model::row::Row] {
        &mut self.rows[table as usize]
    }

    /// Adds a row, if the table is wanted. A problem always is: that something could not be read does not depend on the
    /// rules that are selected.
    pub fn add_row<R: TableKind>(&mut self, row: RowBuilder<R>) {
        if R::TABLE == Table::Problems {
            self.add_problem(row.build());
        } else if self.wants(R::TABLE) && self.may_add(&row) {
            self.rows[R::TABLE as usize].push(row.build());
        }
    }

    /// Keeps room for a row that is added behind others, however many these are; `false` if there is none.
    fn keep_room(&mut self) -> bool {
        let left = self.rows_left.checked_sub(1);
        self.rows_left = left.unwrap_or_default();
        left.is_some()
    }

    /// Gives back the room that was kept, for the row that is added next.
    fn give_room(&mut self, was_kept: bool) {
        self.rows_left += usize::from(was_kept);
    }

    /// Adds a row that comes of the rows of other files, which are bounded.
    fn add_derived<R: TableKind>(&mut self, row: RowBuilder<R>) {
        self.rows[R::TABLE as usize].push(row.build());
    }

    /// Whether it says what its objects define, name or select.
    pub(crate) fn has_links(&self) -> bool {
        self.links.is_some()
    }

    /// Adds a problem, unless there are too many of its rule to be told.
    fn add_problem(&mut self, row: Row) {
        let rule = row.get(problems::rule.column());
        let rule = rule.and_then(ValueRef::text).unwrap_or_default();
        let told = match self.problems.get_mut(rule) {
            Some(told) => told,
            None => self.problems.entry(rule.to_owned()).or_default(),
        };
        *told += 1;
        if *told <= PROBLEMS {
            self.rows[Table::Problems as usize].push(row);
        } else if let Some(Field::Ref(at)) = row.fields().first() {
            let message =
                "file has more problems of a kind than are counted; those from here on are not";
            self.unjudged(*at, message);
        }
    }

    /// Whether the file may have one more row; at the first that it may not, the rest is not judged.
    fn may_add<R: TableKind>(&mut self, row: &RowBuilder<R>) -> bool {
        let is_table_full = self.rows(R::TABLE).len() >= ROWS_OF_TABLE;
        if let Some(left) = self.rows_left.checked_sub(1).filter(|_| !is_table_full) {
            self.rows_left = left;
            return true;
        }
        if let Some(at) = row.place() {
            let message = "file says more than can be checked; what follows from here on is not";
            self.unjudged(at, message);
        }
        false
    }

    /// Takes some of the words that the commands of a file may have; if there are not as many left, what is at `at` and behind
    /// it is not judged.
    fn take_words(&mut self, count: usize, at: impl FnOnce(&mut Self) -> RowRef) -> bool {
        if let Some(left) = self.words_left.checked_sub(count) {
            self.words_left = left;
            return true;
        }
        self.words_left = 0;
        let at = at(self);
        self.unjudged(at, "scripts of the file have more words than can be checked; the commands from here on are not");
        false
    }

    /// Notes that the value of a variable, in these bytes, is told to be a credential by the variable's name.
    fn name_secret(&mut self, name: &str, value: &str, span: Span) {
        if self.wants(Table::Secrets) && secret::is_credential(name, value) {
            self.named_secrets.push(span);
        }
    }

    /// A problem that an analysis found.
    pub(crate) fn problem(&mut self, at: RowRef, kind: FaultKind, message: &str) {
        self.add_row(problem_row(at, kind, message).set(problems::related, Vec::new()));
    }

    /// A part of the file that a bound keeps from being judged; one such place is enough.
    pub(crate) fn unjudged(&mut self, at: RowRef, message: &str) {
        if !self.unjudged.iter().any(|told| told == message) {
            self.unjudged.push(message.to_owned());
            self.problem(at, faults::UNJUDGED, message);
        }
    }

    /// The same with another severity than that of the rule.
    pub(crate) fn problem_of_severity(
        &mut self,
        at: RowRef,
        kind: FaultKind,
        severity: &'static str,
        message: &str,
    ) {
        let row = problem_row(at, kind, message).text(problems::severity, severity);
        self.add_row(row.set(problems::related, Vec::new()));
    }

    /// A problem that is advice, and left to who asks for its rule.
    pub(crate) fn minor_problem(&mut self, at: RowRef, kind: FaultKind, message: &str) {
        let row = problem_row(at, kind, message)
            .text(problems::severity, "info")
            .set(problems::minor, true);
        self.add_row(row.set(problems::related, Vec::new()));
    }

    /// The same with what to do about it, and perhaps another severity than that of the rule.
    pub(crate) fn problem_with_remedy(
        &mut self,
        at: RowRef,
        kind: FaultKind,
        (message, remedy): (&str, &str),
        severity: Option<&'static str>,
    ) {
        let row = problem_row(at, kind, message)
            .text(problems::remedy, remedy)
            .maybe_text(problems::severity, severity);
        self.add_row(row.set(problems::related, Vec::new()));
    }

    /// The same of a node that is a mapping or a sequence, as `found` says, where something else should be.
    pub(crate) fn problem_found(
        &mut self,
        at: RowRef,
        kind: FaultKind,
        found: &'static str,
        message: &str,
    ) {
        let row = problem_row(at, kind, message).text(problems::found, found);
        self.add_row(row.set(problems::related, Vec::new()));
    }

    /// The file's number in the run.
    pub fn file(&self) -> u32 {
        self.file
    }

    /// `Kind/namespace/name` of the object that holds `span`.
    pub fn resource(&self, span: Span) -> Option<&Arc<str>> {
        let nested =
            (self.nested).get_or_init(|| Nested::of(self.resources.iter().map(|(span, _)| *span)));
        let number = nested.around(span.start)?;
        self.resources.get(number).map(|(_, name)| name)
    }

    /// How many bytes of text the rows come from.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The rows of a table.
    pub fn rows(&self, table: Table) -> &[Row] {
        &self.rows[table as usize]
    }
}

/// A row of `problems` without its related places; the findings of native rules are made of these.
fn problem_row(at: RowRef, kind: FaultKind, message: &str) -> RowBuilder<Problems> {
    RowBuilder::at(at)
        .text(problems::rule, kind.rule)
        .maybe_text(problems::kind, (!kind.name.is_empty()).then_some(kind.name))
        .text(problems::problem, message)
}

/// Rows of the tables that tell what the objects of all these files are to one another; `None` if none of these tables is wanted.
pub(crate) fn linked(files: &[&FileTables], wanted: TableSet) -> Option<FileTables> {
    links::resolve(files, wanted)
}

/// What to do about a fault of a parser, where its rule's own help does not say it.
fn remedy(kind: FaultKind) -> Option<&'static str> {
    match kind {
        faults::MERGE_CONFLICT => Some("Keep one side, and delete the three marker lines."),
        faults::BUILD_PLACEHOLDER => Some(
            "Build what the build tool made of this file, or write the value, or an `ARG` whose name has no dot.",
        ),
        _ => None,
    }
}

/// The rows of one file; only the `wanted` tables are filled. `contexts` says what a Dockerfile may copy, and what is around a manifest.
pub fn build(
    source: &Source,
    parsed: &Parsed,
    wanted: TableSet,
    contexts: &BuildContexts,
) -> FileTables {
    let mut tables = FileTables::new(source.id().number(), wanted);
    tables.bytes = source.text.len();
    let is_workflow = matches!(source.kind, Kind::Workflow | Kind::Action);
    if source.kind == Kind::Workflow && workflow::repository::is_idle(source, contexts) {
        credentials::build_rows(&mut tables, source);
        return tables;
    }
    match (&parsed.tree, source.kind) {
        (Syntax::Dockerfile(tree), _) => {
            dockerfile::build_rows(&mut tables, source, tree, contexts);
        }
        (Syntax::Yaml(tree), Kind::Workflow | Kind::Action) => {
            // GitHub refuses the whole of a file that is no YAML: nothing is missing in what is left of it.
            let is_broken = |problem: &Problem| {
                problem.kind == faults::YAML_SYNTAX_ERROR && !problem.message.starts_with("alias")
            };
            if !parsed.problems.iter().any(is_broken) {
                workflow::build_rows(&mut tables, source, tree, contexts);
            }
        }
        (Syntax::Yaml(tree), Kind::Dependabot) => dependabot::build_rows(&mut tables, source, tree),
        (Syntax::Yaml(tree), Kind::PreCommit) => pre_commit::build_rows(&mut tables, source, tree),
        (Syntax::Yaml(tree), _) => kubernetes::build_rows(&mut tables, source, tree, contexts),
    }
    image::note_homes(&mut tables, source, contexts);
    credentials::build_rows(&mut tables, source);
    for (number, problem) in parsed.problems.iter().enumerate() {
        if problem.kind == faults::BUILD_PLACEHOLDER && contexts.has_build_file(source) {
            continue;
        }
        let at = tables.text(TextPlace::new(problem.span, format!("problem[{number}]")));
        let related = problem.related.iter().map(|(span, message)| {
            let at = tables.text(TextPlace::new(*span, "related"));
            RowBuilder::at(at).text(related::message, message)
        });
        let related: Vec<RowBuilder<Related>> = related.collect();
        let row = problem_row(at, problem.kind, &problem.message)
            .set(problems::is_in_workflow, is_workflow)
            .maybe_text(
                problems::remedy,
                problem.help.as_deref().or_else(|| remedy(problem.kind)),
            )
            .maybe_text(problems::severity, is_unrendered(problem).then_some("info"));
        tables.add_row(row.set(problems::related, related));
    }
    tables
}
