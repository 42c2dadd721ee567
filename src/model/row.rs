//! Rows as the engine reads them, built without a detour through JSON.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::mem;
use std::ptr;
use std::sync::Arc;

use regorus::Value;
use regorus::value::Object;
use rustc_hash::{FxHashMap, FxHasher};

use crate::model::place::At;

/// An object for a rule: a row of a table, or one nested in a row. A field that is set twice has the last value.
#[derive(Debug, Default)]
pub struct Row(Vec<(&'static str, Value)>);

thread_local! {
    /// Values of the texts that the program itself holds, by where they lie in memory: to hash their bytes for each
    /// field of each row took longer.
    static KEYS: RefCell<FxHashMap<(usize, usize), Value>> = RefCell::default();
    /// Most lists of most rows hold nothing: they share this one, and objects the other.
    static SHAPES: RefCell<Shapes> = RefCell::default();
    static NOTHING: (Value, Value) = (Value::new_array(), Value::new_object());
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
        Self(Vec::with_capacity(16)).place("at", at)
    }

    /// Sets a field to any value.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: Value) -> Self {
        self.0.push((name, value));
        self
    }

    /// Sets a field, or leaves it absent.
    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<Value>) -> Self {
        match value {
            Some(value) => self.value(name, value),
            None => self,
        }
    }

    /// Sets a field to a text.
    #[must_use]
    pub fn text(self, name: &'static str, text: &str) -> Self {
        self.value(name, Value::from(text))
    }

    /// Sets a field to one of a few texts, which all rows share.
    #[must_use]
    pub fn word(self, name: &'static str, word: &'static str) -> Self {
        self.value(name, key(word))
    }

    /// Sets a field to a text, or leaves it absent.
    #[must_use]
    pub fn maybe_text(self, name: &'static str, text: Option<&str>) -> Self {
        self.maybe(name, text.map(Value::from))
    }

    /// Sets a field to true or false.
    #[must_use]
    pub fn flag(self, name: &'static str, flag: bool) -> Self {
        self.value(name, Value::Bool(flag))
    }

    /// Sets a field to a whole number.
    #[must_use]
    pub fn number(self, name: &'static str, number: i64) -> Self {
        self.value(name, Value::from(number))
    }

    /// Sets a field to a list.
    #[must_use]
    pub fn list(self, name: &'static str, items: Vec<Value>) -> Self {
        if items.is_empty() {
            return self.value(name, NOTHING.with(|(list, _)| list.clone()));
        }
        self.value(name, Value::from(items))
    }

    /// Sets a field to a list of texts.
    #[must_use]
    pub fn texts<T: AsRef<str>>(
        self,
        name: &'static str,
        items: impl IntoIterator<Item = T>,
    ) -> Self {
        self.list(
            name,
            items
                .into_iter()
                .map(|item| Value::from(item.as_ref()))
                .collect(),
        )
    }

    /// Sets a field to a place, for values that come from elsewhere.
    #[must_use]
    pub fn place(self, name: &'static str, at: At) -> Self {
        self.value(name, at.value())
    }

    /// Sets a field to an object whose keys come from the file.
    #[must_use]
    pub fn map(self, name: &'static str, pairs: impl IntoIterator<Item = (String, Value)>) -> Self {
        let object: BTreeMap<Value, Value> = pairs
            .into_iter()
            .map(|(key, value)| (Value::from(key), value))
            .collect();
        if object.is_empty() {
            return self.value(name, NOTHING.with(|(_, object)| object.clone()));
        }
        self.value(name, Value::Object(Arc::new(object.into())))
    }

    /// The row as a value.
    pub fn done(self) -> Value {
        let object: BTreeMap<Value, Value> = SHAPES.with_borrow_mut(|shapes| {
            let shape = shapes.of(&self.0);
            let mut values = self.0;
            let mut object = shape.template.clone();
            for (value, from) in object.values_mut().zip(&shape.order) {
                *value = mem::replace(&mut values[*from].1, Value::Null);
            }
            object
        });
        Value::Object(Arc::new(Object::from(object)))
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
    fn of(&mut self, fields: &[(&'static str, Value)]) -> &Shape {
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
    fn new(fields: &[(&'static str, Value)]) -> Self {
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
