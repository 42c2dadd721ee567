//! Values of a row, read where they are: no object is made of the row for it.

use std::cmp::Ordering;

use hullmark_tables::{Column, ColumnOf, Text, Texts};

use crate::model::place::RowRef;
use crate::model::row::{Field, Row};

/// A row, or something in it.
#[derive(Clone, Copy, Debug)]
pub enum ValueRef<'a> {
    /// A row.
    Row(&'a Row),
    /// A field of a row, or a value in one.
    Field(&'a Field),
    /// An item of a list of refs.
    Ref(RowRef),
    /// A key of an object.
    Key(&'a str),
}

impl Row {
    /// The value of a column, to be looked into.
    pub fn get(&self, column: Column) -> Option<ValueRef<'_>> {
        self.field(column).map(ValueRef::Field)
    }

    /// The text of a column.
    pub fn text<R>(&self, column: ColumnOf<R, Text>) -> Option<&str> {
        self.get(column.column()).and_then(ValueRef::text)
    }

    /// The texts of a column.
    pub fn texts<R>(&self, column: ColumnOf<R, Texts>) -> impl Iterator<Item = &str> {
        let items = match self.field(column.column()) {
            Some(Field::List(items)) => &items[..],
            _ => &[],
        };
        items.iter().filter_map(|item| ValueRef::Field(item).text())
    }
}

impl<'a> ValueRef<'a> {
    fn row(self) -> Option<&'a Row> {
        match self {
            Self::Row(row) => Some(row),
            Self::Field(Field::Row(row)) => Some(row),
            _ => None,
        }
    }

    /// The text that it is.
    pub fn text(self) -> Option<&'a str> {
        match self {
            Self::Field(Field::Text(text)) => Some(text),
            Self::Field(Field::Word(text)) => Some(text),
            Self::Key(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is `false`.
    pub fn is_false(self) -> bool {
        matches!(self, Self::Field(Field::Flag(false)))
    }

    /// How it compares with a number, as the engine compares numbers; `None` if it is none.
    pub fn compare(self, other: i64) -> Option<Ordering> {
        let at = match self {
            Self::Field(Field::Number(number)) => return Some(number.cmp(&other)),
            Self::Field(Field::Decimal(number)) => return Some(compare(*number, other)),
            Self::Field(Field::Ref(at)) => *at,
            Self::Ref(at) => at,
            _ => return None,
        };
        let other = u64::try_from(other);
        Some(other.map_or(Ordering::Greater, |other| at.number().cmp(&other)))
    }

    /// The field of a column, if it is a row of the column's type.
    pub fn field(self, column: Column) -> Option<Self> {
        let row = self.row().filter(|row| row.row_type() == column.row_type());
        row?.get(column)
    }

    /// The field, or the value of the key, named so.
    pub fn get(self, name: &str) -> Option<Self> {
        if let Some(row) = self.row() {
            return row.get(row.row_type().column(name)?);
        }
        match self {
            Self::Field(Field::Map(pairs)) => {
                let mut pairs = pairs.iter().rev();
                let pair = pairs.find(|(key, _)| key == name);
                pair.map(|(_, value)| Self::Field(value))
            }
            _ => None,
        }
    }

    /// The item of a list with that number, from 0.
    pub fn item(self, number: usize) -> Option<Self> {
        match self {
            Self::Field(Field::Rows(rows)) => rows.get(number).map(Self::Row),
            Self::Field(Field::List(items)) => items.get(number).map(Self::Field),
            Self::Field(Field::Refs(refs)) => refs.get(number).copied().map(Self::Ref),
            _ => None,
        }
    }

    /// Shows `look` each item of a list or value of an object until it is content; says whether it was.
    pub fn any(self, look: &mut dyn FnMut(Self) -> bool) -> bool {
        if let Some(row) = self.row() {
            return row.fields().iter().any(|field| look(Self::Field(field)));
        }
        match self {
            Self::Field(Field::Rows(rows)) => rows.iter().any(|row| look(Self::Row(row))),
            Self::Field(Field::List(items)) => items.iter().any(|item| look(Self::Field(item))),
            Self::Field(Field::Refs(refs)) => refs.iter().any(|at| look(Self::Ref(*at))),
            Self::Field(Field::Map(pairs)) => {
                let mut pairs = pairs.iter();
                pairs.any(|(_, value)| look(Self::Field(value)))
            }
            _ => false,
        }
    }

    /// Shows `look` each key of an object until it is content; says whether it was.
    pub fn any_key(self, look: &mut dyn FnMut(Self) -> bool) -> bool {
        if let Some(row) = self.row() {
            return row.names().any(|name| look(Self::Key(name)));
        }
        match self {
            Self::Field(Field::Map(pairs)) => pairs.iter().any(|(key, _)| look(Self::Key(key))),
            _ => false,
        }
    }
}

/// How a number with a fraction compares with a whole one; what is no number is above all.
fn compare(number: f64, other: i64) -> Ordering {
    #[expect(
        clippy::cast_precision_loss,
        reason = "no policy compares a quantity with more than 2^53"
    )]
    let other = other as f64;
    number.partial_cmp(&other).unwrap_or(Ordering::Greater)
}
