//! `index`, `get`, `dig` and others that look into collections.

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::collection::MapKind;
use crate::render::helm::value::{Val, Value};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("index", "aa*", index),
    function("get", "ms", get),
    function("dig", "a*", dig),
    function("hasKey", "ms", |call| {
        Ok(Val::bool(call.map(0).has(&call.str(1))))
    }),
];

fn index(call: &mut Call) -> Fallible<Val> {
    let mut item = call.val(0);
    if item.is_nil() {
        return fault("index of untyped nil");
    }
    for key in call.args.clone().iter().skip(1) {
        item = step(call, &item, key)?;
    }
    Ok(item)
}

fn step(call: &mut Call, item: &Val, key: &Val) -> Fallible<Val> {
    match &item.value {
        Value::Nil { .. } => fault("index of nil pointer"),
        Value::List(list) => {
            let at = position(key, list.items.len())?;
            Ok(list.items.get(at).cloned().unwrap_or_else(Val::nil))
        }
        Value::Str(text) | Value::Bytes(text) => {
            let at = position(key, text.len())?;
            let byte = text.bytes().get(at).copied().unwrap_or_default();
            Ok(Value::Int(i64::from(byte), crate::render::helm::value::IntKind::Uint8).into())
        }
        Value::Map(map) => {
            let Some(name) = key.as_text() else {
                if key.is_nil() {
                    return fault("value is nil; should be of type string");
                }
                return fault(format!(
                    "value has type {}; should be string",
                    key.type_name()
                ));
            };
            let name = name.to_str();
            match map.get(&name) {
                Some(val) => Ok(val),
                None if map.kind() == MapKind::Str => Ok(Val::str("")),
                None => Ok(call.engine.state_mut().missing(item, &name, true)),
            }
        }
        _ => fault(format!("can't index item of type {}", item.type_name())),
    }
}

fn position(key: &Val, length: usize) -> Fallible<usize> {
    match &key.value {
        Value::Int(at, _) => match usize::try_from(*at) {
            Ok(at) if at < length => Ok(at),
            _ => fault(format!("index out of range: {at}")),
        },
        Value::Nil { .. } => fault("cannot index slice/array with nil"),
        _ => fault(format!(
            "cannot index slice/array with type {}",
            key.type_name()
        )),
    }
}

/// The value of a key, or an empty text.
fn get(call: &mut Call) -> Fallible<Val> {
    let (map, key) = (call.val(0), call.str(1));
    if let Some(found) = call.map(0).get(&key) {
        return Ok(found);
    }
    let missing = call.engine.state_mut().missing(&map, &key, false);
    Ok(Val::str("").with_hole(missing.hole))
}

/// The value below a path of keys, or the default before the map.
fn dig(call: &mut Call) -> Fallible<Val> {
    let count = call.args.len();
    if count < 3 {
        return fault("dig needs at least three arguments");
    }
    let mut val = call.val(count - 1);
    let is_plain = val.as_map().is_some_and(|map| map.kind() == MapKind::Any);
    if !is_plain {
        let name = val.type_name();
        return fault(format!(
            "interface conversion: interface {{}} is {name}, not map[string]interface {{}}"
        ));
    }
    for index in 0..count - 2 {
        let Some(key) = call.args[index]
            .as_text()
            .map(|key| key.to_str().into_owned())
        else {
            return fault("interface conversion: interface {} is not string");
        };
        let Some(map) = val.as_map().filter(|map| map.kind() == MapKind::Any) else {
            let name = val.type_name();
            return fault(format!(
                "interface conversion: interface {{}} is {name}, not map[string]interface {{}}"
            ));
        };
        let Some(found) = map.get(&key) else {
            let missing = call.engine.state_mut().missing(&val, &key, false);
            return Ok(call.val(count - 2).with_hole(missing.hole));
        };
        val = found;
    }
    Ok(val)
}
