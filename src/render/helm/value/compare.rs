//! Go's comparisons: numbers of one kind only, text, truth values, and nothing.

use std::cmp::Ordering;

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::{IntKind, Val, Value};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Basic {
    Bool,
    Int,
    Uint,
    Float,
    Text,
    Other,
}

fn basic(val: &Val) -> Basic {
    match &val.value {
        Value::Bool(_) => Basic::Bool,
        Value::Int(_, IntKind::Uint64 | IntKind::Uint8) => Basic::Uint,
        Value::Int(..) => Basic::Int,
        Value::Float(_) => Basic::Float,
        Value::Str(_) => Basic::Text,
        _ => Basic::Other,
    }
}

fn incompatible<T>(one: &Val, other: &Val) -> Fallible<T> {
    let (one, other) = (one.given_type(), other.given_type());
    fault(format!(
        "incompatible types for comparison: {one} and {other}"
    ))
}

/// `eq` of two values.
pub fn equal(one: &Val, other: &Val) -> Fallible<bool> {
    let (left, right) = (basic(one), basic(other));
    if left != right
        && !matches!(
            (left, right),
            (Basic::Int, Basic::Uint) | (Basic::Uint, Basic::Int)
        )
    {
        if one.is_nil() || other.is_nil() {
            return Ok(false);
        }
        return incompatible(one, other);
    }
    match (&one.value, &other.value) {
        (Value::Nil { .. }, Value::Nil { .. }) => Ok(true),
        (Value::Nil { .. }, _) | (_, Value::Nil { .. }) => Ok(false),
        (Value::Bool(one), Value::Bool(other)) => Ok(one == other),
        (Value::Int(one, _), Value::Int(other, _)) => Ok(one == other),
        #[expect(
            clippy::float_cmp,
            reason = "the template asks whether they are the same number"
        )]
        (Value::Float(one), Value::Float(other)) => Ok(one == other),
        (Value::Str(one), Value::Str(other)) => Ok(one == other),
        (Value::Host(left), Value::Host(right)) => match left.equals(right) {
            Some(answer) => Ok(answer),
            None => fault(format!("non-comparable type {}", one.type_name())),
        },
        _ if one.kind_name() == other.kind_name() => {
            fault(format!("non-comparable type {}", one.type_name()))
        }
        _ => incompatible(one, other),
    }
}

/// The order of two values for `lt` and its like.
pub fn order(one: &Val, other: &Val) -> Fallible<Ordering> {
    match (&one.value, &other.value) {
        (Value::Int(one, _), Value::Int(other, _)) => Ok(one.cmp(other)),
        (Value::Float(one), Value::Float(other)) => {
            Ok(one.partial_cmp(other).unwrap_or(Ordering::Greater))
        }
        (Value::Str(one), Value::Str(other)) => Ok(one.bytes().cmp(other.bytes())),
        _ if basic(one) == basic(other) => fault("invalid type for comparison"),
        _ => incompatible(one, other),
    }
}

/// `reflect.DeepEqual`: types count, places do not.
pub fn deep_equal(one: &Val, other: &Val, budget: &Budget, depth: u32) -> Fallible<bool> {
    budget.visit(depth)?;
    match (&one.value, &other.value) {
        (Value::Nil { .. }, Value::Nil { .. }) => Ok(true),
        (Value::Bool(one), Value::Bool(other)) => Ok(one == other),
        (Value::Int(one, left), Value::Int(other, right)) => Ok(one == other && left == right),
        #[expect(
            clippy::float_cmp,
            reason = "the template asks whether they are the same number"
        )]
        (Value::Float(one), Value::Float(other)) => Ok(one == other),
        (Value::Str(one), Value::Str(other)) | (Value::Bytes(one), Value::Bytes(other)) => {
            Ok(one == other)
        }
        (Value::List(one), Value::List(other)) => {
            if one.kind != other.kind || one.items.len() != other.items.len() {
                return Ok(false);
            }
            for (one, other) in one.items.iter().zip(&other.items) {
                if !deep_equal(one, other, budget, depth + 1)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Map(one), Value::Map(other)) => {
            if one.is_same(other) {
                return Ok(true);
            }
            if one.kind() != other.kind() || one.len() != other.len() {
                return Ok(false);
            }
            for (key, entry) in one.entries().iter() {
                let Some(second) = other.get(key) else {
                    return Ok(false);
                };
                if !deep_equal(&entry.val, &second, budget, depth + 1)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Host(one), Value::Host(other)) => Ok(one.equals(other).unwrap_or(false)),
        _ => Ok(false),
    }
}
