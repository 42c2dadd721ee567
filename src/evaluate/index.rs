//! What a lookup is by: a table, one of its fields, and what its rows pass.

use std::sync::{Arc, OnceLock};

use hullmark_tables::Column;
use regorus::Value;

use crate::evaluate::filtered::Sieve;
use crate::model::row::Row;
use crate::model::table::Table;
use crate::rules::filter::Filter;
use crate::rules::{self, Texts};

/// Rows of a table by a field.
#[derive(Debug)]
pub(super) struct Lookup {
    pub(super) table: Table,
    /// The field's name.
    pub(super) name: String,
    /// The field's column; `None` if the table declares none of that name, so that no row is found by it.
    pub(super) column: Option<Column>,
    /// Its rows pass one of these; they are all rows if there are none.
    filters: Texts,
    /// The same, read when the lookup is asked for the first time.
    sieves: OnceLock<Vec<Sieve>>,
    /// Its name below `input.index`, which tells it from all others.
    pub(super) key: Arc<str>,
}

impl Lookup {
    /// The lookup of a rule, in a table of that name.
    pub(super) fn of(lookup: &rules::Lookup, table: Table) -> Self {
        Self {
            table,
            name: lookup.field.to_string(),
            column: table.row_type().column(&lookup.field),
            filters: lookup.filters.clone(),
            sieves: OnceLock::new(),
            key: Arc::from(lookup.key.as_ref()),
        }
    }

    /// Whether it gives a row of its table.
    pub(super) fn gives(&self, row: &Row) -> bool {
        let sieves = self.sieves.get_or_init(|| {
            // A filter that cannot be read lets all through: the loop itself asks again.
            let filters: Option<Vec<Filter>> =
                self.filters.iter().map(|text| Filter::read(text)).collect();
            let filters = filters.unwrap_or_default();
            filters
                .iter()
                .map(|filter| Sieve::of(self.table, filter))
                .collect()
        });
        sieves.is_empty() || sieves.iter().any(|sieve| sieve.passes(row))
    }

    /// Its name below `input.index`.
    pub(super) fn name_in_input(&self) -> Value {
        Value::String(Arc::clone(&self.key))
    }
}
