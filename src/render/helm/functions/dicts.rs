//! Maps that templates make and change.

use std::rc::Rc;

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::collection::{Entries, Entry, List, ListKind, Map};
use crate::render::helm::value::print::to_text;
use crate::render::helm::value::{Val, Value};
use crate::render::place::Place;
use crate::render::text::Text;

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("dict", "a*", dict),
    function("set", "msa", set),
    function("unset", "ms", |call| {
        call.map(0).remove(&call.str(1));
        Ok(call.val(0))
    }),
    function("keys", "m*", keys),
    function("values", "m", values),
    function("pick", "ms*", |call| filtered(call, true)),
    function("omit", "ms*", |call| filtered(call, false)),
    function("pluck", "sm*", pluck),
    function("deepCopy", "a", |call| {
        copied(&call.val(0), &call.engine.state().budget, 0)
    }),
    function("mustDeepCopy", "a", |call| {
        copied(&call.val(0), &call.engine.state().budget, 0)
    }),
];

/// Where a key comes from: its own value, or the literal in the template.
fn key_place(key: &Val) -> Place {
    let piece = key
        .as_text()
        .and_then(|text| text.pieces().first().copied());
    let piece = piece.unwrap_or_default();
    piece.value.or(key.at).or(piece.template)
}

fn dict(call: &mut Call) -> Fallible<Val> {
    let map = Map::default();
    call.engine.state().budget.list(call.args.len())?;
    for pair in call.args.chunks(2) {
        let name = to_text(&pair[0], &call.engine.state().budget)?;
        let val = pair.get(1).cloned().unwrap_or_else(|| Val::str(""));
        map.set(&name.to_str(), key_place(&pair[0]), val);
    }
    Ok(Value::Map(map).into())
}

fn set(call: &mut Call) -> Fallible<Val> {
    let key = key_place(&call.val(1));
    call.map(0).set(&call.str(1), key, call.val(2));
    Ok(call.val(0))
}

fn keys(call: &mut Call) -> Fallible<Val> {
    let mut items = Vec::new();
    for index in 0..call.args.len() {
        let entries = call.map(index).snapshot();
        items.extend(
            entries.into_iter().map(|(name, entry)| {
                Val::text(Text::located(&name, entry.key, false)).at(entry.key)
            }),
        );
    }
    call.engine.state().budget.list(items.len())?;
    Ok(Value::List(List::of_kind(items, ListKind::Str)).into())
}

fn values(call: &mut Call) -> Fallible<Val> {
    let entries = call.map(0).snapshot();
    call.new_list(entries.into_iter().map(|(_, entry)| entry.val).collect())
}

fn filtered(call: &mut Call, keeps: bool) -> Fallible<Val> {
    let names: Vec<String> = (1..call.args.len()).map(|index| call.str(index)).collect();
    let map = call.map(0);
    call.engine.state().budget.list(map.len())?;
    let entries: Entries = map
        .snapshot()
        .into_iter()
        .filter(|(key, _)| names.iter().any(|name| **name == **key) == keeps)
        .collect();
    Ok(Val {
        value: Value::Map(Map::new(entries)),
        ..call.val(0)
    })
}

fn pluck(call: &mut Call) -> Fallible<Val> {
    let key = call.str(0);
    let found = (1..call.args.len()).filter_map(|index| call.map(index).get(&key));
    let found: Vec<Val> = found.collect();
    call.new_list(found)
}

/// A copy that shares nothing with the value.
pub fn copied(val: &Val, budget: &Budget, depth: u32) -> Fallible<Val> {
    budget.visit(depth)?;
    let value = match &val.value {
        Value::Map(map) => {
            let mut entries = Entries::new();
            for (key, entry) in map.snapshot() {
                let val = copied(&entry.val, budget, depth + 1)?;
                let key: Rc<str> = key;
                entries.insert(
                    key,
                    Entry {
                        key: entry.key,
                        val,
                    },
                );
            }
            Value::Map(Map::of_kind(entries, map.kind()))
        }
        Value::List(list) => {
            let mut items = Vec::with_capacity(list.items.len());
            for item in &list.items {
                items.push(copied(item, budget, depth + 1)?);
            }
            Value::List(List::of_kind(items, list.kind))
        }
        Value::Nil { .. } if depth == 0 => {
            return fault("runtime error: invalid memory address or nil pointer dereference");
        }
        other => other.clone(),
    };
    Ok(Val {
        value,
        ..val.clone()
    })
}
