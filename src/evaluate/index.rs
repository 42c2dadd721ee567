//! What a lookup is by: a table and one of its fields.

use hullmark_tables::Column;
use regorus::Value;

use crate::model::table::Table;

/// A table and a field of its rows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lookup {
    pub(super) table: Table,
    /// The field's name.
    name: String,
    /// The field's column; `None` if the table declares none of that name, so that no row is found by it.
    pub(super) column: Option<Column>,
}

impl Lookup {
    pub(super) fn new(table: Table, name: &str) -> Self {
        Self {
            table,
            name: name.to_owned(),
            column: table.row_type().column(name),
        }
    }

    /// The field's name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The name of the lookup below `input.index`.
    pub(super) fn key(&self) -> Value {
        Value::from(format!("{}_by_{}", self.table.name(), self.name))
    }
}
