//! Values from files and from the command line.

use crate::render::helm::chart::File;
use crate::render::helm::fault::{Fallible, fault_at};
use crate::render::helm::limits;
use crate::render::helm::value::collection::Map;
use crate::render::helm::value::{Val, Value};
use crate::render::place::Place;

/// The values of a file; those of its later documents are put over those of the earlier ones.
pub fn of_file(file: &File) -> Fallible<(Map, Place)> {
    let mut values = Map::default();
    let mut place = Place::new(file.number, 0, 0);
    for (index, val) in file.documents()?.into_iter().enumerate() {
        match &val.value {
            Value::Map(map) if index == 0 => values = map.clone(),
            Value::Map(map) => overlay(&values, map, 0),
            Value::Nil { .. } => continue,
            _ => {
                let message = format!("cannot load {}: values are no mapping", file.name);
                return fault_at(message, val.at.or(place));
            }
        }
        if !place.span.range().is_empty() || index == 0 {
            place = val.at;
        }
    }
    Ok((values, place))
}

/// Puts values over others: maps are joined, all else replaces, nothing too.
pub fn overlay(target: &Map, source: &Map, depth: u32) {
    for (key, entry) in source.snapshot() {
        let inner = target.get(&key).and_then(|val| val.as_map().cloned());
        match (inner, entry.val.as_map()) {
            (Some(inner), Some(map)) if depth < limits::VALUE_DEPTH => {
                overlay(&inner, map, depth + 1);
            }
            _ => target.set_entry(&key, entry),
        }
    }
}

/// A deep copy of values.
pub fn copied(values: &Map) -> Fallible<Map> {
    let budget = crate::render::helm::value::budget::Budget::default();
    let val = Val::from(Value::Map(values.clone()));
    let copy = crate::render::helm::functions::dicts::copied(&val, &budget, 0)?;
    Ok(copy.as_map().cloned().unwrap_or_default())
}
