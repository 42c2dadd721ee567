//! What a lookup is by: a table, one of its fields, and what its rows pass.

use std::sync::Arc;

use hullmark_tables::Column;
use regorus::Value;

use crate::evaluate::PolicyError;
use crate::evaluate::filtered::Sieve;
use crate::model::row::Row;
use crate::model::table::Table;
use crate::rules;
use crate::rules::filter::Filter;

/// Rows of a table by a field.
#[derive(Debug)]
pub(super) struct Lookup {
    pub(super) table: Table,
    /// The field's name.
    pub(super) name: String,
    /// The field's column; `None` if the table declares none of that name, so that no row is found by it.
    pub(super) column: Option<Column>,
    /// Its rows pass one of these; they are all rows if there are none.
    sieves: Vec<Sieve>,
    /// Its name below `input.index`, which tells it from all others.
    pub(super) key: Arc<str>,
}

impl Lookup {
    /// The lookup of a rule, in a table of that name.
    ///
    /// # Errors
    /// If a filter of it is none.
    pub(super) fn of(lookup: &rules::Lookup, table: Table) -> Result<Self, PolicyError> {
        let sieves = lookup.filters.iter().map(|text| {
            let filter = Filter::read(text);
            let filter = filter.ok_or_else(|| PolicyError::no_filter(text))?;
            Ok(Sieve::of(table, &filter))
        });
        Ok(Self {
            table,
            name: lookup.field.to_string(),
            column: table.row_type().column(&lookup.field),
            sieves: sieves.collect::<Result<_, PolicyError>>()?,
            key: Arc::from(lookup.key.as_ref()),
        })
    }

    /// Whether it gives a row of its table.
    pub(super) fn gives(&self, row: &Row) -> bool {
        self.sieves.is_empty() || self.sieves.iter().any(|sieve| sieve.passes(row))
    }

    /// Its name below `input.index`.
    pub(super) fn name_in_input(&self) -> Value {
        Value::String(Arc::clone(&self.key))
    }
}
