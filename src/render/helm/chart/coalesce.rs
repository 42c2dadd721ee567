//! How the values of charts come together: what is set above wins, `global` flows down.

use crate::render::helm::chart::{Chart, values};
use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::limits;
use crate::render::helm::value::collection::{Entry, Map};
use crate::render::helm::value::{Val, Value};
use crate::render::place::Place;

/// The values of a chart and its subcharts under those that are given. `merges` keeps what is set to nothing.
pub fn coalesce(chart: &Chart, given: &Map, merges: bool) -> Fallible<Map> {
    let values = values::copied(given)?;
    with_dependencies(chart, &values, merges, 0)?;
    Ok(values)
}

fn with_dependencies(chart: &Chart, target: &Map, merges: bool, depth: usize) -> Fallible<()> {
    if depth > limits::CHART_DEPTH {
        return fault("charts are nested too deep");
    }
    own_values(chart, target, merges)?;
    for inner in &chart.dependencies {
        let name = inner.name();
        let Some(entry) = target.entry(name) else {
            let made = Map::default();
            let entry = Entry {
                key: inner.values_place,
                val: Val::from(Value::Map(made)).at(inner.values_place),
            };
            target.set_entry(name, entry);
            let made = target
                .get(name)
                .and_then(|val| val.as_map().cloned())
                .unwrap_or_default();
            globals(&made, target);
            with_dependencies(inner, &made, merges, depth + 1)?;
            continue;
        };
        let Some(map) = entry.val.as_map() else {
            let kind = entry.val.given_type();
            return fault(format!("type mismatch on {name}: {kind}")).map_err(
                |fault: Box<crate::render::helm::fault::Fault>| fault.placed(entry.val.at, 0),
            );
        };
        globals(map, target);
        with_dependencies(inner, map, merges, depth + 1)?;
    }
    Ok(())
}

/// Puts a chart's defaults under the values. What is set to nothing takes a default away; a default of nothing counts
/// only beside such a key, and for a subchart whose values are given.
fn own_values(chart: &Chart, target: &Map, merges: bool) -> Fallible<()> {
    let defaults = values::copied(&chart.values)?;
    for (key, entry) in defaults.snapshot() {
        let is_child = chart.dependencies.iter().any(|child| *child.name() == *key);
        let keeps_nothing = merges || is_child;
        let Some(present) = target.get(&key) else {
            match &entry.val.value {
                Value::Nil { .. } if !merges => {}
                Value::Map(map) if !merges => {
                    without_nothing(map, 0);
                    target.set_entry(&key, entry);
                }
                _ => target.set_entry(&key, entry),
            }
            continue;
        };
        match (&present.value, &entry.val.value) {
            (Value::Nil { .. }, _) if !merges => _ = target.remove(&key),
            (Value::Map(target), Value::Map(source)) => {
                if !keeps_nothing {
                    without_nothing(source, 0);
                }
                tables(target, source, keeps_nothing, 0);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Takes out keys that are set to nothing.
fn without_nothing(map: &Map, depth: u32) {
    for (key, entry) in map.snapshot() {
        match &entry.val.value {
            Value::Nil { .. } => _ = map.remove(&key),
            Value::Map(inner) if depth < limits::VALUE_DEPTH => without_nothing(inner, depth + 1),
            _ => {}
        }
    }
}

/// Puts one map under another.
pub fn tables(target: &Map, source: &Map, merges: bool, depth: u32) {
    if depth > limits::VALUE_DEPTH {
        return;
    }
    for (key, entry) in source.snapshot() {
        let Some(present) = target.get(&key) else {
            match &entry.val.value {
                Value::Nil { .. } if !merges => {}
                Value::Map(map) => {
                    if !merges {
                        without_nothing(map, depth);
                    }
                    target.set_entry(&key, entry);
                }
                _ => target.set_entry(&key, entry),
            }
            continue;
        };
        match (&present.value, &entry.val.value) {
            (Value::Nil { .. }, _) if !merges => _ = target.remove(&key),
            (Value::Map(target), Value::Map(source)) => tables(target, source, merges, depth + 1),
            _ => {}
        }
    }
}

/// Gives a subchart the globals of its parent, which win over its own.
fn globals(target: &Map, parent: &Map) {
    const GLOBAL: &str = "global";
    let of = |map: &Map| match map.entry(GLOBAL) {
        None => Some((Place::NONE, Place::NONE, Map::default())),
        Some(entry) => {
            let map = entry.val.as_map().cloned();
            map.map(|map| (entry.key, entry.val.at, map))
        }
    };
    let (Some((key, at, own)), Some((above_key, above_at, above))) = (of(target), of(parent))
    else {
        return;
    };
    for (name, entry) in above.snapshot() {
        let present = own.get(&name);
        match (&entry.val.value, present.as_ref().map(|val| &val.value)) {
            (Value::Map(map), Some(Value::Map(below))) => {
                let joined = values::copied(map).unwrap_or_default();
                tables(&joined, below, true, 0);
                let val = Val {
                    value: Value::Map(joined),
                    ..entry.val.clone()
                };
                own.set_entry(
                    &name,
                    Entry {
                        key: entry.key,
                        val,
                    },
                );
            }
            (Value::Map(map), None) => {
                let copy = values::copied(map).unwrap_or_default();
                let val = Val {
                    value: Value::Map(copy),
                    ..entry.val.clone()
                };
                own.set_entry(
                    &name,
                    Entry {
                        key: entry.key,
                        val,
                    },
                );
            }
            (Value::Map(_), Some(_)) | (_, Some(Value::Map(_))) => {}
            _ => own.set_entry(&name, entry),
        }
    }
    let val = Val::from(Value::Map(own)).at(at.or(above_at));
    target.set_entry(
        GLOBAL,
        Entry {
            key: key.or(above_key),
            val,
        },
    );
}
