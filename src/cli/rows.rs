//! `hullmark parse`: the rows of a file as a rule sees them, with places as line and column.

use std::io::{self, Write};
use std::sync::Arc;

use hullmark_tables::faults;
use serde_json::{Map, Value, json};

use crate::cli::arguments::ListFormat;
use crate::cli::date::today;
use crate::evaluate::suppress;
use crate::model::place::{RowRef, resolve};
use crate::model::row::{Field, Row};
use crate::model::table::{Table, TableSet};
use crate::model::{self, FileTables};
use crate::parse::problem::Problem;
use crate::parse::{self, Parsed};
use crate::rules::{Catalogue, Rule};
use crate::sources::context::{BuildContexts, DirCache};
use crate::sources::{ReadProblem, Source};

/// How wide a value may be before it is broken into lines.
const WIDTH: usize = 100;

/// What is printed of a file, and how.
pub(super) struct Request<'a> {
    /// The tables; all that have rows if none is named.
    pub(super) tables: &'a [Table],
    /// For a person or a program.
    pub(super) format: ListFormat,
    /// The rules that suppressions may name.
    pub(super) catalogue: &'a Catalogue,
    /// What is known of folders on the disk.
    pub(super) directories: &'a Arc<DirCache>,
}

/// Prints the rows of a file.
pub(super) fn write(
    request: &Request,
    source: &Source,
    problem: Option<&ReadProblem>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let contexts = BuildContexts::new(request.directories, []);
    let mut parsed = parse::parse(source);
    let unread = problem.map(|problem| {
        Problem::new(
            faults::UNREADABLE_FILE,
            problem.span,
            problem.message.clone(),
        )
    });
    parsed.problems.extend(unread);
    let mut facts = model::build(source, &parsed, TableSet::ALL, &contexts);
    let rules: Vec<&Rule> = request.catalogue.rules.iter().collect();
    let suppressions = suppress::find(source, &parsed);
    suppress::rows(
        &mut facts,
        &suppressions,
        request.catalogue,
        &rules,
        today(),
    );
    let view = View {
        source,
        parsed: &parsed,
        facts: &facts,
    };
    let tables = Table::ALL.iter().copied().filter(|table| {
        let is_asked = request.tables.is_empty() || request.tables.contains(table);
        is_asked && !facts.rows(*table).is_empty()
    });
    match request.format {
        ListFormat::Text => view.text(tables, out),
        ListFormat::Json => view.json(tables, out),
    }
}

struct View<'a> {
    source: &'a Source,
    parsed: &'a Parsed,
    facts: &'a FileTables,
}

/// A value as text: what is broken into lines, and what is not.
enum Shown {
    Plain(String),
    List(Vec<Shown>),
    /// In the order of the names.
    Object(Vec<(String, Shown)>),
}

impl View<'_> {
    fn text(&self, tables: impl Iterator<Item = Table>, out: &mut dyn Write) -> io::Result<()> {
        for (number, table) in tables.enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            let rows = self.facts.rows(table);
            writeln!(out, "{} ({})", table.name(), rows.len())?;
            for row in rows {
                writeln!(out)?;
                let mut text = String::new();
                object(&self.row(row), 2, &mut text);
                out.write_all(text.as_bytes())?;
            }
        }
        Ok(())
    }

    /// An object of tables, each a list of rows; a place is an object of line and column.
    fn json(&self, tables: impl Iterator<Item = Table>, out: &mut dyn Write) -> io::Result<()> {
        let place = |at| match self.position(at) {
            Some((line, column)) => json!({"line": line, "column": column}),
            None => Value::Null,
        };
        let mut file = Map::new();
        for table in tables {
            let rows = self.facts.rows(table).iter();
            let rows = rows.map(|row| row.json(&place)).collect();
            file.insert(table.name().to_owned(), rows);
        }
        let file = json!({"path": *self.source.path, "tables": file});
        serde_json::to_writer_pretty(&mut *out, &file)?;
        writeln!(out)
    }

    fn row(&self, row: &Row) -> Vec<(String, Shown)> {
        let fields = row.names().zip(row.fields());
        let fields = fields.map(|(name, field)| (name.to_owned(), self.field(field)));
        sorted(fields.collect())
    }

    fn field(&self, field: &Field) -> Shown {
        match field {
            Field::Ref(at) => Shown::Plain(self.place(*at)),
            Field::Refs(refs) => Shown::List(
                refs.iter()
                    .map(|at| Shown::Plain(self.place(*at)))
                    .collect(),
            ),
            Field::Row(row) => Shown::Object(self.row(row)),
            Field::Rows(rows) => {
                let rows = rows.iter().map(|row| Shown::Object(self.row(row)));
                Shown::List(rows.collect())
            }
            Field::List(items) => Shown::List(items.iter().map(|item| self.field(item)).collect()),
            Field::Map(pairs) => {
                let pairs = pairs.iter();
                let pairs = pairs.map(|(key, field)| (name(key), self.field(field)));
                Shown::Object(sorted(pairs.collect()))
            }
            scalar => Shown::Plain(scalar.json(&|_| Value::Null).to_string()),
        }
    }

    /// A place as `line:column`.
    fn place(&self, at: RowRef) -> String {
        match self.position(at) {
            Some((line, column)) => format!("{line}:{column}"),
            None => at.number().to_string(),
        }
    }

    fn position(&self, at: RowRef) -> Option<(u32, u32)> {
        let target = self.facts.places.get(at.place as usize)?;
        let span = resolve(target, &[], &self.parsed.tree).span;
        let start = self.source.lines.position(&self.source.text, span.start);
        Some((start.line, start.column))
    }
}

/// Fields by their names, `at` first; of equal names the last.
fn sorted(mut fields: Vec<(String, Shown)>) -> Vec<(String, Shown)> {
    fields.reverse();
    fields.sort_by(|(one, _), (other, _)| one.cmp(other));
    fields.dedup_by(|(other, _), (one, _)| one == other);
    fields
}

/// The fields of an object, one a line; `at` is the first.
fn object(fields: &[(String, Shown)], indent: usize, text: &mut String) {
    let is_at = |(name, _): &&(String, Shown)| name == "at";
    let first = fields.iter().filter(is_at);
    for (name, value) in first.chain(fields.iter().filter(|field| !is_at(field))) {
        let line = line(value);
        text.push_str(&" ".repeat(indent));
        text.push_str(name);
        text.push(':');
        if indent + name.len() + line.len() <= WIDTH || is_plain(value) {
            text.push(' ');
            text.push_str(&line);
            text.push('\n');
        } else {
            text.push('\n');
            block(value, indent + 2, text);
        }
    }
}

/// A collection that is too wide for a line.
fn block(value: &Shown, indent: usize, text: &mut String) {
    let items = match value {
        Shown::Object(fields) => return object(fields, indent, text),
        Shown::List(items) => items,
        Shown::Plain(_) => return,
    };
    for item in items {
        let line = line(item);
        let from = text.len();
        if indent + line.len() <= WIDTH || is_plain(item) {
            text.push_str(&" ".repeat(indent + 2));
            text.push_str(&line);
            text.push('\n');
        } else {
            block(item, indent + 2, text);
        }
        if text.len() > from + indent {
            text.replace_range(from + indent..=from + indent, "-");
        }
    }
}

/// The value on one line.
fn line(value: &Shown) -> String {
    match value {
        Shown::Plain(text) => text.clone(),
        Shown::List(items) => {
            let items: Vec<String> = items.iter().map(line).collect();
            format!("[{}]", items.join(", "))
        }
        Shown::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name}: {}", line(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
    }
}

fn is_plain(value: &Shown) -> bool {
    matches!(value, Shown::Plain(_))
}

/// A key of the file as a name, in quotes if it would be misread without.
fn name(key: &str) -> String {
    if !key.is_empty() && key.bytes().all(is_bare) {
        return key.to_owned();
    }
    Value::from(key).to_string()
}

/// Whether a byte may be in a name without quotes.
fn is_bare(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"',:{}[]".contains(&byte)
}
