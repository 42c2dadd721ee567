//! The rows of the files that are evaluated together.

use std::cell::OnceCell;

use regorus::Value;

use crate::evaluate::object;
use crate::model::FileTables;
use crate::model::row::Row;
use crate::model::table::Table;

/// How many bytes a row counts for.
const ROW: usize = 64;

/// The rows by table, and the objects made of those that some rule gets to see.
pub(super) struct Batch<'a> {
    tables: Vec<Vec<Item<'a>>>,
    /// How many bytes of text they come from.
    bytes: usize,
}

struct Item<'a> {
    row: &'a Row,
    object: OnceCell<Value>,
}

impl<'a> Batch<'a> {
    /// The rows of the files, in the files' order.
    pub(super) fn of(files: &[&'a FileTables]) -> Self {
        let item = |row| Item {
            row,
            object: OnceCell::new(),
        };
        let tables = Table::ALL.iter().map(|table| {
            let rows = files.iter().flat_map(|facts| facts.rows(*table));
            rows.map(item).collect()
        });
        Self {
            tables: tables.collect(),
            bytes: files.iter().map(|facts| facts.bytes()).sum(),
        }
    }

    /// Its size: bytes of text, and a line's worth for each row, since an alias is a row of few bytes.
    pub(super) fn size(&self) -> usize {
        self.bytes + self.len() * ROW
    }

    /// How many rows there are in all tables.
    pub(super) fn len(&self) -> usize {
        self.tables.iter().map(Vec::len).sum()
    }

    /// The rows of a table.
    pub(super) fn rows(&self, table: Table) -> impl ExactSizeIterator<Item = &'a Row> {
        self.tables[table as usize].iter().map(|item| item.row)
    }

    /// The row of a table with that number.
    pub(super) fn row(&self, table: Table, number: usize) -> &'a Row {
        self.tables[table as usize][number].row
    }

    /// The same as the engine reads it: one object, however often it is asked for.
    pub(super) fn object(&self, table: Table, number: usize) -> Value {
        let item = &self.tables[table as usize][number];
        item.object.get_or_init(|| object::object(item.row)).clone()
    }

    /// All rows of a table as the engine reads them.
    pub(super) fn objects(&self, table: Table) -> Vec<Value> {
        let numbers = 0..self.tables[table as usize].len();
        numbers.map(|number| self.object(table, number)).collect()
    }
}
