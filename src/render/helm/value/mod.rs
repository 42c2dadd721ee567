//! What templates compute with: Go's values as a template sees them, each with the place it comes from.

pub mod budget;
pub mod collection;
pub mod compare;
pub mod float;
pub mod format;
pub mod host;
pub mod print;
pub mod quote;
mod verbs;

use std::rc::Rc;

use crate::render::helm::value::collection::{List, Map};
use crate::render::helm::value::host::Host;
use crate::render::place::Place;
use crate::render::text::{Piece, Text};

/// Which of Go's integer types a number has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntKind {
    /// `int`: literals, lengths, indices.
    Int,
    /// `int64`: what arithmetic gives.
    Int64,
    /// `uint64`: the parts of a version.
    Uint64,
    /// `uint8`: a byte of a text.
    Uint8,
}

/// A value without its place.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing. `typed`: from a field or an element, whose own fields cannot be asked for.
    Nil {
        /// Whether a field of it is an error.
        typed: bool,
    },
    /// `bool`.
    Bool(bool),
    /// An integer.
    Int(i64, IntKind),
    /// `float64`.
    Float(f64),
    /// `string`.
    Str(Text),
    /// `[]uint8`: the content of a file.
    Bytes(Text),
    /// A slice.
    List(List),
    /// A map with text keys.
    Map(Map),
    /// An object of Helm's or of Go's library.
    Host(Rc<Host>),
}

/// A value and where it comes from.
#[derive(Clone, Debug)]
pub struct Val {
    /// The value.
    pub value: Value,
    /// The node in a values file or the like.
    pub at: Place,
    /// The number of the missing key that this is, or stands in for; 0 is none.
    pub hole: u32,
    /// Whether it is known only at run time.
    pub unknown: bool,
}

impl From<Value> for Val {
    fn from(value: Value) -> Self {
        Self {
            value,
            at: Place::NONE,
            hole: 0,
            unknown: false,
        }
    }
}

impl Val {
    /// Nothing, as a pipeline gives it.
    pub fn nil() -> Self {
        Value::Nil { typed: false }.into()
    }

    /// Nothing, as a field or an element gives it.
    pub fn typed_nil() -> Self {
        Value::Nil { typed: true }.into()
    }

    /// A boolean.
    pub fn bool(value: bool) -> Self {
        Value::Bool(value).into()
    }

    /// A number of type `int`; one past 64 bits saturates.
    pub fn int(value: usize) -> Self {
        Value::Int(i64::try_from(value).unwrap_or(i64::MAX), IntKind::Int).into()
    }

    /// A number of type `int64`.
    pub fn int64(value: i64) -> Self {
        Value::Int(value, IntKind::Int64).into()
    }

    /// A number of type `float64`.
    pub fn float(value: f64) -> Self {
        Value::Float(value).into()
    }

    /// Text with its origins.
    pub fn text(text: Text) -> Self {
        Value::Str(text).into()
    }

    /// Text without an origin.
    pub fn str(text: &str) -> Self {
        Self::text(Text::plain(text))
    }

    /// A list of type `[]interface {}`.
    pub fn list(items: Vec<Self>) -> Self {
        Value::List(List::new(items)).into()
    }

    /// An object.
    pub fn host(host: Host) -> Self {
        Value::Host(Rc::new(host)).into()
    }

    /// The same value at another place.
    #[must_use]
    pub fn at(mut self, at: Place) -> Self {
        self.at = at;
        self
    }

    /// The same value, known only at run time.
    #[must_use]
    pub fn into_unknown(mut self) -> Self {
        if let Value::Str(text) = &self.value {
            self.value = Value::Str(text.as_unknown());
        }
        self.unknown = true;
        self
    }

    /// The same value, but a field of nothing is nothing: what the end of a pipeline does.
    #[must_use]
    pub fn untyped(mut self) -> Self {
        if let Value::Nil { typed } = &mut self.value {
            *typed = false;
        }
        self
    }

    /// Whether it is nothing.
    pub fn is_nil(&self) -> bool {
        matches!(self.value, Value::Nil { .. })
    }

    /// Go's name of its type, such as `map[string]interface {}`; `<nil>` for nothing.
    pub fn type_name(&self) -> &'static str {
        match &self.value {
            Value::Nil { .. } => "<nil>",
            Value::Bool(_) => "bool",
            Value::Int(_, IntKind::Int) => "int",
            Value::Int(_, IntKind::Int64) => "int64",
            Value::Int(_, IntKind::Uint64) => "uint64",
            Value::Int(_, IntKind::Uint8) => "uint8",
            Value::Float(_) => "float64",
            Value::Str(_) => "string",
            Value::Bytes(_) => "[]uint8",
            Value::List(list) => list.kind.type_name(),
            Value::Map(map) => map.kind().type_name(),
            Value::Host(host) => host.type_name(),
        }
    }

    /// Go's name of its kind, such as `slice`; `invalid` for nothing.
    pub fn kind_name(&self) -> &'static str {
        match &self.value {
            Value::Nil { .. } => "invalid",
            Value::Bytes(_) | Value::List(_) => "slice",
            Value::Map(_) => "map",
            Value::Host(host) => host.kind_name(),
            _ => self.type_name(),
        }
    }

    /// The type as error messages name it: nothing is an interface.
    pub fn given_type(&self) -> &'static str {
        match &self.value {
            Value::Nil { .. } => "interface {}",
            _ => self.type_name(),
        }
    }

    /// Whether `if` takes it for true.
    pub fn is_true(&self) -> bool {
        match &self.value {
            Value::Nil { .. } => false,
            Value::Bool(value) => *value,
            Value::Int(value, _) => *value != 0,
            Value::Float(value) => *value != 0.0,
            Value::Str(text) | Value::Bytes(text) => !text.is_empty(),
            Value::List(list) => !list.items.is_empty(),
            Value::Map(map) => !map.is_empty(),
            Value::Host(_) => true,
        }
    }

    /// How it prints where it has no text of its own: the origin of its digits.
    pub fn piece(&self) -> Piece {
        Piece {
            hole: self.hole,
            unknown: self.unknown,
            ..Piece::of_value(self.at, false)
        }
    }

    /// Its text, if it is a string.
    pub fn as_text(&self) -> Option<&Text> {
        match &self.value {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The map, if it is one.
    pub fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_list(&self) -> Option<&List> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// The same value, standing in for the missing key with this number; one that stands in already stays as it is.
    #[must_use]
    pub fn with_hole(mut self, hole: u32) -> Self {
        if self.hole != 0 || hole == 0 {
            return self;
        }
        if let Value::Str(text) = &self.value {
            self.value = Value::Str(text.with_hole(hole));
        }
        self.hole = hole;
        self
    }
}
