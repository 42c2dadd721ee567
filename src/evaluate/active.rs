//! A rule that runs, with what it reads as numbers of tables, filters and lookups.

use std::sync::Arc;

use crate::evaluate::filtered::Sieve;
use crate::model::table::Table;

/// A rule that runs.
#[derive(Debug)]
pub struct Active {
    /// Its number in the catalogue.
    pub number: usize,
    /// Its id, shared by its findings.
    pub id: Arc<str>,
    /// Its aliases, shared by its findings.
    pub aliases: Arc<[Arc<str>]>,
    pub(super) tables: Vec<Table>,
    pub(super) guards: Vec<Vec<Rows>>,
    /// The tables of which it sees every row.
    pub(super) wholes: Vec<Table>,
    /// The filters through which it sees rows, by their numbers.
    pub(super) filters: Vec<usize>,
    /// The lookups that it makes, by their numbers; it is content with the rows that pass one of the sieves, if there are any.
    pub(super) lookups: Vec<(usize, Vec<Sieve>)>,
    /// The lookups of which it asks how many rows they give.
    pub(super) sizes: Vec<usize>,
    /// Its keys may come from anywhere, not only from the rows it sees.
    pub(super) is_free: bool,
    /// Its entry point in the program that the register machine runs.
    pub(super) entry: usize,
    /// Its rule in the interpreter.
    pub(super) point: String,
}

/// Rows that a rule loops over.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rows {
    /// All of a table.
    Table(Table),
    /// Those that pass the filter of that number.
    Filter(usize),
}

impl Active {
    /// Whether some body of the rule may yield something.
    pub(super) fn is_due(&self, is_filled: &dyn Fn(Rows) -> bool) -> bool {
        let mut tables = self.tables.iter();
        if !self.tables.is_empty() && !tables.any(|table| is_filled(Rows::Table(*table))) {
            return false;
        }
        let mut guards = self.guards.iter();
        self.guards.is_empty() || guards.any(|guard| guard.iter().all(|rows| is_filled(*rows)))
    }
}
