//! Parts of a row, read where they are: no object is made of the row for it.

use regorus::Value;
use regorus::value::Object;

use crate::model::place::At;
use crate::model::row::{Field, Row};

/// A row, or something in it.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// A row.
    Row(&'a Row),
    /// A field of a row.
    Field(&'a Field),
    /// A value in a field.
    Value(&'a Value),
    /// An item of a list of places.
    Place(At),
    /// A key of an object.
    Key(&'a str),
}

impl<'a> Part<'a> {
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
            Self::Field(Field::Value(Value::String(text))) | Self::Value(Value::String(text)) => {
                Some(text)
            }
            _ => None,
        }
    }

    /// Whether it is `false`.
    pub fn is_false(self) -> bool {
        matches!(
            self,
            Self::Field(Field::Flag(false) | Field::Value(Value::Bool(false)))
                | Self::Value(Value::Bool(false))
        )
    }

    /// The number that it is, as the engine compares numbers.
    pub fn number(self) -> Option<Value> {
        match self {
            Self::Field(Field::Number(number)) => Some(Value::from(*number)),
            Self::Field(Field::Place(at)) => Some(at.value()),
            Self::Place(at) => Some(at.value()),
            Self::Field(Field::Value(value)) | Self::Value(value) => {
                value.as_number().ok().map(|_| value.clone())
            }
            _ => None,
        }
    }

    /// The field, or the value of the key, named so.
    pub fn get(self, name: &Value) -> Option<Self> {
        if let Some(row) = self.row() {
            return row.get(name.as_string().ok()?);
        }
        match self {
            Self::Field(Field::Map(pairs)) => {
                let name = name.as_string().ok()?;
                let mut pairs = pairs.iter().rev();
                let pair = pairs.find(|(key, _)| **key == **name);
                pair.map(|(_, value)| Self::Field(value))
            }
            Self::Field(Field::Value(value)) | Self::Value(value) => {
                value.as_object().ok()?.get(name).map(Self::Value)
            }
            _ => None,
        }
    }

    /// The item of a list with that number.
    pub fn item(self, number: usize) -> Option<Self> {
        match self {
            Self::Field(Field::Rows(rows)) => rows.get(number).map(Self::Row),
            Self::Field(Field::Value(value)) | Self::Value(value) => {
                value.as_array().ok()?.get(number).map(Self::Value)
            }
            _ => None,
        }
    }

    /// Shows `look` each item of a list or value of an object until it is content; says whether it was.
    pub fn any(self, look: &mut dyn FnMut(Self) -> bool) -> bool {
        if let Some(row) = self.row() {
            let mut fields = row.fields().iter();
            return fields.any(|(_, field)| look(Self::Field(field)));
        }
        match self {
            Self::Field(Field::Rows(rows)) => rows.iter().any(|row| look(Self::Row(row))),
            Self::Field(Field::Map(pairs)) => {
                let mut pairs = pairs.iter();
                pairs.any(|(_, value)| look(Self::Field(value)))
            }
            Self::Field(Field::Places(places)) => {
                let mut places = places.iter();
                places.any(|at| look(Self::Place(*at)))
            }
            Self::Field(Field::Value(value)) | Self::Value(value) => match value {
                Value::Array(items) => items.iter().any(|item| look(Self::Value(item))),
                Value::Set(items) => items.iter().any(|item| look(Self::Value(item))),
                Value::Object(pairs) => pairs.iter().any(|(_, item)| look(Self::Value(item))),
                _ => false,
            },
            _ => false,
        }
    }

    /// Shows `look` each key of an object until it is content; says whether it was.
    pub fn any_key(self, look: &mut dyn FnMut(Self) -> bool) -> bool {
        if let Some(row) = self.row() {
            return row.fields().iter().any(|(name, _)| look(Self::Key(name)));
        }
        match self {
            Self::Field(Field::Map(pairs)) => pairs.iter().any(|(key, _)| look(Self::Key(key))),
            Self::Field(Field::Value(value)) | Self::Value(value) => {
                let mut pairs = value.as_object().into_iter().flat_map(Object::iter);
                pairs.any(|(key, _)| look(Self::Value(key)))
            }
            _ => false,
        }
    }
}
