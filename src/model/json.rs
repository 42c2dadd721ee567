//! Rows as JSON, for programs and tests.

use serde_json::{Map, Value};

use crate::model::place::RowRef;
use crate::model::row::{Field, Row};

impl Row {
    /// The row as an object; `place` says what stands for the `at` of a row.
    pub fn json(&self, place: &dyn Fn(RowRef) -> Value) -> Value {
        let fields = self.names().zip(self.fields());
        let fields = fields.map(|(name, field)| (name.to_owned(), field.json(place)));
        Value::Object(fields.collect())
    }
}

impl Field {
    /// The value; `place` says what stands for the `at` of a row.
    pub fn json(&self, place: &dyn Fn(RowRef) -> Value) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_ref()),
            Self::Word(text) => Value::from(*text),
            Self::Flag(flag) => Value::Bool(*flag),
            Self::Number(number) => Value::from(*number),
            // Ten minutes are 10, not 10.0.
            Self::Decimal(number) => number.to_string().parse().unwrap_or(Value::Null),
            Self::Ref(at) => place(*at),
            Self::Refs(refs) => refs.iter().map(|at| place(*at)).collect(),
            Self::Row(row) => row.json(place),
            Self::Rows(rows) => rows.iter().map(|row| row.json(place)).collect(),
            Self::List(items) => items.iter().map(|item| item.json(place)).collect(),
            Self::Map(pairs) => {
                let pairs = pairs.iter();
                let pairs = pairs.map(|(key, field)| (key.clone(), field.json(place)));
                Value::Object(pairs.collect::<Map<String, Value>>())
            }
        }
    }
}
