//! `hullmark parse --tables`: the tables that rules read, with their columns.

use std::fmt::Write as _;

use hullmark_tables::{ColumnDefinition, RowType, Table};
use serde_json::{Value, json};

use crate::cli::arguments::ListFormat;

/// The tables, or those that are named.
pub(super) fn list(tables: &[Table], format: ListFormat) -> String {
    let tables = if tables.is_empty() {
        Table::ALL
    } else {
        tables
    };
    match format {
        ListFormat::Text => text(tables),
        ListFormat::Json => json(tables),
    }
}

fn text(tables: &[Table]) -> String {
    let mut text = String::new();
    for (number, table) in tables.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        let _ = writeln!(text, "{}: {}", table.name(), table.meaning());
        columns(table.row_type(), 2, &mut text);
    }
    text
}

/// One line a column, those of a nested row below it.
fn columns(row: RowType, indent: usize, text: &mut String) {
    for column in row.columns() {
        let absent = match column.absent {
            Some(when) => format!(" Absent {when}."),
            None => String::new(),
        };
        let (name, of, meaning) = (column.name, column.of, column.meaning);
        let _ = writeln!(text, "{:indent$}{name} ({of}): {meaning}{absent}", "");
        if let Some(nested) = column.of.row() {
            columns(nested, indent + 4, text);
        }
    }
}

fn json(tables: &[Table]) -> String {
    let tables = tables.iter().map(|table| {
        json!({
            "table": table.name(),
            "meaning": table.meaning(),
            "columns": json_columns(table.row_type()),
        })
    });
    let tables: Vec<Value> = tables.collect();
    format!("{:#}\n", json!({ "tables": tables }))
}

fn json_columns(row: RowType) -> Value {
    let column = |column: &ColumnDefinition| {
        let mut definition = json!({
            "name": column.name,
            "type": column.of.to_string(),
            "meaning": column.meaning,
        });
        if let Some(when) = column.absent {
            definition["absent"] = when.into();
        }
        if let Some(nested) = column.of.row() {
            definition["columns"] = json_columns(nested);
        }
        definition
    };
    row.columns().iter().map(column).collect()
}
