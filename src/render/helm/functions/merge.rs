//! `merge` and its like: maps joined in place.

use crate::render::helm::fault::Fallible;
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::collection::Map;
use crate::render::helm::value::{Val, Value};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("merge", "mm*", |call| merged(call, false)),
    function("mustMerge", "mm*", |call| merged(call, false)),
    function("mergeOverwrite", "mm*", |call| merged(call, true)),
    function("mustMergeOverwrite", "mm*", |call| merged(call, true)),
];

fn merged(call: &mut Call, overwrites: bool) -> Fallible<Val> {
    let target = call.map(0);
    for index in 1..call.args.len() {
        join(
            &target,
            &call.map(index),
            overwrites,
            &call.engine.state().budget,
            0,
        )?;
    }
    let first = call.val(0);
    if first.is_nil() {
        return Ok(Value::Map(target).into());
    }
    Ok(first)
}

/// Joins `source` into `target`, whose values stay unless they are empty or `overwrites` says so.
fn join(target: &Map, source: &Map, overwrites: bool, budget: &Budget, depth: u32) -> Fallible<()> {
    budget.visit(depth)?;
    if target.is_same(source) {
        return Ok(());
    }
    for (key, entry) in source.snapshot() {
        budget.step()?;
        let Some(present) = target.get(&key) else {
            target.set_entry(&key, entry);
            continue;
        };
        let is_filled = present.is_true();
        match (&present.value, &entry.val.value) {
            (Value::Map(inner), Value::Map(other)) => {
                join(inner, other, overwrites, budget, depth + 1)?;
            }
            (_, Value::Nil { .. }) if !overwrites => {}
            _ if overwrites || !is_filled => target.set_entry(&key, entry),
            _ => {}
        }
    }
    Ok(())
}
