//! Rows: what the model says, field by field, and the objects that the engine reads, made of those rows that some rule
//! gets to see.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::mem;
use std::ptr;
use std::sync::Arc;

use regorus::Value;
use regorus::value::Object;
use rustc_hash::{FxHashMap, FxHasher};

use crate::model::part::Part;
use crate::model::place::At;

/// A row of a table, or one nested in a row. A field that is set twice has the last value.
#[derive(Clone, Debug, Default)]
pub struct Row(Vec<(&'static str, Field)>);

/// What a field holds, as it was set: most rows are looked at by filters alone, and never become objects.
#[derive(Clone, Debug)]
pub enum Field {
    /// A text.
    Text(Arc<str>),
    /// One of a few texts, which all rows share.
    Word(&'static str),
    /// True or false.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A place.
    Place(At),
    /// Places, in their order.
    Places(Box<[At]>),
    /// A nested row.
    Row(Box<Row>),
    /// Nested rows, in their order.
    Rows(Box<[Row]>),
    /// An object whose keys come from the file; of equal keys the last one counts.
    Map(Box<[(String, Field)]>),
    /// Anything else.
    Value(Value),
}

thread_local! {
    /// Values of the texts that the program itself holds, by where they lie in memory: to hash their bytes for each
    /// field of each row took longer.
    static KEYS: RefCell<FxHashMap<(usize, usize), Value>> = RefCell::default();
    /// Most lists of most rows hold nothing: they share this one, and objects the other.
    static NOTHING: (Value, Value) = (Value::new_array(), Value::new_object());
    static SHAPES: RefCell<Shapes> = RefCell::default();
}

/// A text of the program as a value, made once a thread.
fn key(name: &'static str) -> Value {
    KEYS.with_borrow_mut(|keys| {
        keys.entry((name.as_ptr().addr(), name.len()))
            .or_insert_with(|| Value::from(name))
            .clone()
    })
}

impl Row {
    /// A row that stands at `at`.
    pub fn at(at: At) -> Self {
        Self::wide(at, 16)
    }

    /// The same for a row within another, which has few fields.
    pub fn nested(at: At) -> Self {
        Self::wide(at, 6)
    }

    /// The same with room for so many fields; more may follow.
    pub fn wide(at: At, fields: usize) -> Self {
        Self(Vec::with_capacity(fields)).place("at", at)
    }

    /// Sets a field to anything.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: impl Into<Field>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// Sets a field, or leaves it absent.
    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<impl Into<Field>>) -> Self {
        match value {
            Some(value) => self.value(name, value),
            None => self,
        }
    }

    /// Sets a field to a text.
    #[must_use]
    pub fn text(self, name: &'static str, text: &str) -> Self {
        self.value(name, text)
    }

    /// Sets a field to one of a few texts, which all rows share.
    #[must_use]
    pub fn word(self, name: &'static str, word: &'static str) -> Self {
        self.value(name, Field::Word(word))
    }

    /// Sets a field to a text, or leaves it absent.
    #[must_use]
    pub fn maybe_text(self, name: &'static str, text: Option<&str>) -> Self {
        self.maybe(name, text)
    }

    /// Sets a field to true or false.
    #[must_use]
    pub fn flag(self, name: &'static str, flag: bool) -> Self {
        self.value(name, flag)
    }

    /// Sets a field to a whole number.
    #[must_use]
    pub fn number(self, name: &'static str, number: i64) -> Self {
        self.value(name, number)
    }

    /// Sets a field to a list.
    #[must_use]
    pub fn list(self, name: &'static str, items: Vec<Value>) -> Self {
        if items.is_empty() {
            return self.rows(name, Vec::new());
        }
        self.value(name, Value::from(items))
    }

    /// Sets a field to a list of rows.
    #[must_use]
    pub fn rows(self, name: &'static str, rows: Vec<Row>) -> Self {
        self.value(name, Field::Rows(rows.into()))
    }

    /// Sets a field to a list of texts.
    #[must_use]
    pub fn texts<T: AsRef<str>>(
        self,
        name: &'static str,
        items: impl IntoIterator<Item = T>,
    ) -> Self {
        let items = items.into_iter();
        let items = items.map(|item| Value::from(item.as_ref()));
        self.list(name, items.collect())
    }

    /// Sets a field to a place: the row's own, or that of another row, by which rules look that one up.
    #[must_use]
    pub fn place(self, name: &'static str, at: At) -> Self {
        self.value(name, at)
    }

    /// Sets a field to a list of places.
    #[must_use]
    pub fn places(self, name: &'static str, places: Vec<At>) -> Self {
        self.value(name, Field::Places(places.into()))
    }

    /// Sets a field to an object whose keys come from the file.
    #[must_use]
    pub fn map<T: Into<Field>>(
        self,
        name: &'static str,
        pairs: impl IntoIterator<Item = (String, T)>,
    ) -> Self {
        let pairs = pairs.into_iter();
        let pairs = pairs.map(|(key, value)| (key, value.into()));
        self.value(name, Field::Map(pairs.collect()))
    }

    /// The row as it is kept, with no room for more fields.
    #[must_use]
    pub fn kept(mut self) -> Self {
        self.0.shrink_to_fit();
        self
    }

    /// The fields in the order in which they were set.
    pub fn fields(&self) -> &[(&'static str, Field)] {
        &self.0
    }

    /// A field.
    pub fn field(&self, name: &str) -> Option<&Field> {
        let mut fields = self.0.iter().rev();
        let field = fields.find(|(other, _)| *other == name);
        field.map(|(_, field)| field)
    }

    /// The same as a part that can be looked into.
    pub fn get(&self, name: &str) -> Option<Part<'_>> {
        self.field(name).map(Part::Field)
    }

    /// The row as the engine reads it.
    pub fn object(&self) -> Value {
        let mut values: Vec<Value> = self.0.iter().map(|(_, field)| field.object()).collect();
        let object: BTreeMap<Value, Value> = SHAPES.with_borrow_mut(|shapes| {
            let shape = shapes.of(&self.0);
            let mut object = shape.template.clone();
            for (value, from) in object.values_mut().zip(&shape.order) {
                *value = mem::replace(&mut values[*from], Value::Null);
            }
            object
        });
        Value::Object(Arc::new(Object::from(object)))
    }
}

impl Field {
    /// The field as the engine reads it.
    fn object(&self) -> Value {
        match self {
            Self::Text(text) => Value::String(Arc::clone(text)),
            Self::Word(word) => key(word),
            Self::Flag(flag) => Value::Bool(*flag),
            Self::Number(number) => Value::from(*number),
            Self::Place(at) => at.value(),
            Self::Places(places) => list(places.iter().map(|at| at.value())),
            Self::Row(row) => row.object(),
            Self::Rows(rows) => list(rows.iter().map(Row::object)),
            Self::Map(pairs) if pairs.is_empty() => NOTHING.with(|(_, object)| object.clone()),
            Self::Map(pairs) => {
                let pairs = pairs.iter();
                let pairs = pairs.map(|(key, value)| (Value::from(key.as_str()), value.object()));
                Value::from(pairs.collect::<BTreeMap<Value, Value>>())
            }
            Self::Value(value) => value.clone(),
        }
    }
}

fn list(items: impl ExactSizeIterator<Item = Value>) -> Value {
    match items.len() {
        0 => NOTHING.with(|(list, _)| list.clone()),
        _ => Value::from(items.collect::<Vec<Value>>()),
    }
}

impl From<Value> for Field {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

impl From<At> for Field {
    fn from(at: At) -> Self {
        Self::Place(at)
    }
}

impl From<Row> for Field {
    fn from(row: Row) -> Self {
        Self::Row(Box::new(row))
    }
}

impl From<bool> for Field {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Field {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Field {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

/// In which order the fields of rows stand in their objects. A builder sets the same fields in the same order for most
/// of its rows; to sort them anew for each took longer than all else here.
#[derive(Default)]
struct Shapes(FxHashMap<u64, Vec<Shape>>);

struct Shape {
    names: Vec<&'static str>,
    /// The number of each field in the order of the names. Of fields that are set twice, the last one.
    order: Vec<usize>,
    /// An object of these names: its copy takes no comparison of names, as to build one does.
    template: BTreeMap<Value, Value>,
}

impl Shapes {
    fn of(&mut self, fields: &[(&'static str, Field)]) -> &Shape {
        let mut hasher = FxHasher::default();
        for (name, _) in fields {
            hasher.write_usize(name.as_ptr().addr() ^ name.len());
        }
        let shapes = self.0.entry(hasher.finish()).or_default();
        let is_alike = |shape: &Shape| {
            let names = shape.names.iter();
            shape.names.len() == fields.len()
                && names
                    .zip(fields)
                    .all(|(name, (other, _))| ptr::eq(*name, *other))
        };
        let number = shapes.iter().position(is_alike).unwrap_or_else(|| {
            shapes.push(Shape::new(fields));
            shapes.len() - 1
        });
        &shapes[number]
    }
}

impl Shape {
    fn new(fields: &[(&'static str, Field)]) -> Self {
        let last: BTreeMap<&'static str, usize> = (fields.iter().enumerate())
            .map(|(number, (name, _))| (*name, number))
            .collect();
        Self {
            names: fields.iter().map(|(name, _)| *name).collect(),
            order: last.values().copied().collect(),
            template: last.keys().map(|name| (key(name), Value::Null)).collect(),
        }
    }
}
