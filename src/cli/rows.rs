//! `hullmark parse`: the rows of a file as a rule sees them, with places as line and column.

use std::io::{self, Write};

use regorus::Value;

use crate::cli::date::today;
use crate::evaluate::suppress;
use crate::model::place::{At, resolve};
use crate::model::table::{Table, TableSet};
use crate::model::{self, Facts};
use crate::parse::faults;
use crate::parse::problem::Problem;
use crate::parse::{self, Parsed};
use crate::rules::{Catalogue, Rule};
use crate::sources::{ReadProblem, Source};

/// The number that the file has in this run: a high one, so that no number in the file is taken for a place.
const FILE: u32 = 0x4855_4c4c;

/// How wide a value may be before it is broken into lines.
const WIDTH: usize = 100;

/// Prints the rows of `tables`, or of all that have any.
pub(super) fn write(
    source: &Source,
    problem: Option<&ReadProblem>,
    tables: &[Table],
    catalogue: &Catalogue,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut parsed = parse::parse(source);
    let unread = problem.map(|problem| {
        Problem::new(
            faults::UNREADABLE_FILE,
            problem.span,
            problem.message.clone(),
        )
    });
    parsed.problems.extend(unread);
    let mut facts = model::build(FILE, source, &parsed, TableSet::ALL);
    let rules: Vec<&Rule> = catalogue.rules.iter().collect();
    let suppressions = suppress::find(source, &parsed);
    suppress::rows(&mut facts, &suppressions, catalogue, &rules, today());
    let view = View {
        source,
        parsed: &parsed,
        facts: &facts,
    };
    let mut is_first = true;
    for table in Table::ALL {
        let rows = facts.rows(*table);
        if rows.is_empty() || !(tables.is_empty() || tables.contains(table)) {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            writeln!(out)?;
        }
        writeln!(out, "{} ({})", table.name(), rows.len())?;
        for row in rows {
            writeln!(out)?;
            let mut text = String::new();
            view.object(&row.object(), 2, &mut text);
            out.write_all(text.as_bytes())?;
        }
    }
    Ok(())
}

struct View<'a> {
    source: &'a Source,
    parsed: &'a Parsed,
    facts: &'a Facts,
}

impl View<'_> {
    /// The fields of an object, one a line; `at` is the first.
    fn object(&self, value: &Value, indent: usize, text: &mut String) {
        let Ok(object) = value.as_object() else {
            return;
        };
        let is_at = |key: &Value| key.as_string().is_ok_and(|key| key.as_ref() == "at");
        let fields = object.iter().filter(|(key, _)| is_at(key));
        for (key, value) in fields.chain(object.iter().filter(|(key, _)| !is_at(key))) {
            let key = name(key);
            let line = self.line(value);
            text.push_str(&" ".repeat(indent));
            text.push_str(&key);
            text.push(':');
            if indent + key.len() + line.len() <= WIDTH || is_plain(value) {
                text.push(' ');
                text.push_str(&line);
                text.push('\n');
            } else {
                text.push('\n');
                self.block(value, indent + 2, text);
            }
        }
    }

    /// A collection that is too wide for a line.
    fn block(&self, value: &Value, indent: usize, text: &mut String) {
        if value.as_object().is_ok() {
            self.object(value, indent, text);
        }
        for item in value.as_array().into_iter().flat_map(|items| items.iter()) {
            let line = self.line(item);
            let from = text.len();
            if indent + line.len() <= WIDTH || is_plain(item) {
                text.push_str(&" ".repeat(indent + 2));
                text.push_str(&line);
                text.push('\n');
            } else {
                self.block(item, indent + 2, text);
            }
            if text.len() > from + indent {
                text.replace_range(from + indent..=from + indent, "-");
            }
        }
    }

    /// The value on one line.
    fn line(&self, value: &Value) -> String {
        match value {
            Value::Object(object) => {
                let fields: Vec<String> = object
                    .iter()
                    .map(|(key, value)| format!("{}: {}", name(key), self.line(value)))
                    .collect();
                format!("{{{}}}", fields.join(", "))
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.line(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Number(_) => self.place(value).unwrap_or_else(|| value.to_string()),
            other => other.to_string(),
        }
    }

    /// A place as `line:column`.
    fn place(&self, value: &Value) -> Option<String> {
        let at = At::from_value(value).filter(|at| at.file == FILE)?;
        let target = self.facts.places.get(at.place as usize)?;
        let span = resolve(target, &[], &self.parsed.tree).span;
        let start = self.source.lines.position(&self.source.text, span.start);
        Some(format!("{}:{}", start.line, start.column))
    }
}

fn is_plain(value: &Value) -> bool {
    !matches!(value, Value::Object(_) | Value::Array(_))
}

fn name(key: &Value) -> String {
    match key.as_string() {
        Ok(key) if !key.is_empty() && key.bytes().all(is_bare) => key.to_string(),
        _ => key.to_string(),
    }
}

/// Whether a byte may stand in a name without quotes.
fn is_bare(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"',:{}[]".contains(&byte)
}
