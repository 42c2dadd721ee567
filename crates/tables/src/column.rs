//! Columns by number, and what is declared of each.

use std::fmt;
use std::marker::PhantomData;

use crate::kind::Type;
use crate::row_type::RowType;

/// A column of a table or of a nested row: the row type in the upper byte, the position in it in the lower.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(u16);

/// What is declared of a column.
#[derive(Debug)]
pub struct ColumnDefinition {
    /// The name of the field, as rules write it.
    pub name: &'static str,
    /// What it holds.
    pub of: Type,
    /// One sentence on what it means.
    pub meaning: &'static str,
    /// When the field is absent; `None` if it is in every row.
    pub absent: Option<&'static str>,
}

impl Column {
    pub(crate) const fn new(row: RowType, position: u8) -> Self {
        Self((row as u16) << 8 | position as u16)
    }

    /// The number of the column, distinct among all columns of all row types.
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The type of the rows that have the column.
    pub fn row_type(self) -> RowType {
        RowType::ALL[usize::from(self.0 >> 8)]
    }

    /// The position of the column among those of its row type, from 0.
    pub const fn position(self) -> usize {
        (self.0 & 0xff) as usize
    }

    /// What is declared of it.
    pub fn definition(self) -> &'static ColumnDefinition {
        &self.row_type().columns()[self.position()]
    }

    /// The name of the field, as rules write it.
    pub fn name(self) -> &'static str {
        self.definition().name
    }
}

impl fmt::Debug for Column {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.row_type().name(), self.name())
    }
}

/// A column of rows of type `R` that holds values of kind `K`: what builders of rows name.
pub struct ColumnOf<R, K> {
    column: Column,
    types: PhantomData<fn() -> (R, K)>,
}

impl<R, K> ColumnOf<R, K> {
    pub(crate) const fn new(column: Column) -> Self {
        Self {
            column,
            types: PhantomData,
        }
    }

    /// The column without its types.
    pub const fn column(self) -> Column {
        self.column
    }
}

impl<R, K> Clone for ColumnOf<R, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, K> Copy for ColumnOf<R, K> {}

impl<R, K> fmt::Debug for ColumnOf<R, K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.column.fmt(formatter)
    }
}

/// The name of a raw identifier such as `r#type` without its mark.
pub(crate) const fn bare(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// The position of the column of that name, when the program is compiled.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a row has at most 128 columns"
)]
pub(crate) const fn position(columns: &[ColumnDefinition], name: &str) -> u8 {
    let mut position = 0;
    while !is_same(columns[position].name.as_bytes(), name.as_bytes()) {
        position += 1;
    }
    position as u8
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}
