//! `docs/model.md`: the tables and their columns for those who write rules, made from the declarations.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use hullmark_tables::{ColumnDefinition, RowType, Table};

use crate::model::table::may_hold;
use crate::sources::Kind;

const OPENING: &str = "\
# The model: tables that rules read

This page is made from the declarations in `crates/tables`; `hullmark parse --tables` prints the same.

Every file becomes rows. A rule iterates one table (`some container in input.containers`) and looks up the rest
through `input.index.<table>_by_<field>` (a list is looked up by each of its items);
`input.sizes.<table>_by_<field>` says how many rows that would be. `hullmark parse FILE` prints the rows of a file
exactly as a rule sees them.

What holds for every row:

- `at` is opaque: a rule hands it back. `document` is the `at` of the row in `documents` that the row belongs to.
- **An unknown or absent value has no field.** Flags and lists are there unless their column says otherwise; a list
  may be empty. Never fire because of what is unknown: every row whose value may be unknown has a flag that says so.
- Field names below a row of a Kubernetes object or workflow are those of Kubernetes or GitHub, so that `field` in a
  finding is the path in the file: `{\"at\": container.at, \"field\": \"securityContext.privileged\"}`. Items of a
  list: `ports.0.hostPort`.

Types: a *flag* is true or false; a *ref* is the `at` of a row; a *path* is what to hand back as `field`; a *map* has
keys that come from the file; *as written* is a value as the file has it, without what is null or unknown; any other
name is a row within the row, described at the end.
";

/// Headings, and whether a table with rows of files of these kinds is below them.
type Group = (&'static str, fn(&[Kind]) -> bool);

const GROUPS: [Group; 4] = [
    ("Shared by several kinds", |kinds| kinds.len() > 2),
    ("Dockerfile", |kinds| kinds == [Kind::Dockerfile]),
    ("Kubernetes", |kinds| kinds == [Kind::Kubernetes]),
    ("Workflows", |kinds| kinds == [Kind::Workflow, Kind::Action]),
];

const KINDS: [Kind; 5] = [
    Kind::Dockerfile,
    Kind::Kubernetes,
    Kind::Workflow,
    Kind::Action,
    Kind::Compose,
];

/// How long a line is at most, in characters.
const WIDTH: usize = 118;

/// The page, in Markdown.
pub fn page() -> String {
    let mut page = String::from(OPENING);
    for (heading, holds) in GROUPS {
        // Writing to a String does not fail.
        let _ = writeln!(page, "\n## {heading}");
        let tables = Table::ALL.iter().filter(|table| {
            let kinds = KINDS.iter().filter(|kind| may_hold(**table, **kind));
            holds(&kinds.copied().collect::<Vec<_>>())
        });
        for table in tables {
            let _ = writeln!(page, "\n### {}\n\n{}\n", table.name(), table.meaning());
            columns(table.row_type(), &mut page);
        }
    }
    page.push_str("\n## Rows within rows\n");
    for row in nested() {
        let _ = writeln!(page, "\n### {}\n", row.name());
        columns(row, &mut page);
    }
    page
}

/// The types of rows within the rows of tables, by name.
fn nested() -> BTreeSet<RowType> {
    let columns = RowType::ALL.iter().flat_map(|row| row.columns());
    columns.filter_map(|column| column.of.row()).collect()
}

fn columns(row: RowType, page: &mut String) {
    for column in row.columns() {
        wrap(&line(column), page);
    }
}

fn line(column: &ColumnDefinition) -> String {
    let (name, of, meaning) = (column.name, column.of, column.meaning);
    let absent = match column.absent {
        Some(when) => format!(" *Absent {when}.*"),
        None => String::new(),
    };
    format!("- `{name}` ({of}): {meaning}{absent}")
}

/// An item of a list, its lines broken between words.
fn wrap(text: &str, page: &mut String) {
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width == 0 {
            width = length;
        } else if width + 1 + length <= WIDTH {
            page.push(' ');
            width += 1 + length;
        } else {
            page.push_str("\n  ");
            width = 2 + length;
        }
        page.push_str(word);
    }
    page.push('\n');
}
