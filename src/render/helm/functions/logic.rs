//! Go's own functions: comparisons, `not`, `len`, printing.

use std::cmp::Ordering;

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::compare::{equal, order};
use crate::render::helm::value::{Val, Value, format, print};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("not", "a", |call| Ok(Val::bool(!call.val(0).is_true()))),
    function("eq", "aa*", eq),
    function("ne", "aa", |call| {
        Ok(Val::bool(!equal(&call.val(0), &call.val(1))?))
    }),
    function("lt", "aa", |call| {
        compare(call, |order| order == Ordering::Less)
    }),
    function("le", "aa", |call| {
        compare(call, |order| order != Ordering::Greater)
    }),
    function("gt", "aa", |call| {
        compare(call, |order| order == Ordering::Greater)
    }),
    function("ge", "aa", |call| {
        compare(call, |order| order != Ordering::Less)
    }),
    function("len", "a", len),
    function("print", "a*", |call| {
        print::print(&call.args, false, &call.engine.state().budget).map(Val::text)
    }),
    function("println", "a*", |call| {
        print::print(&call.args, true, &call.engine.state().budget).map(Val::text)
    }),
    function("printf", "sa*", |call| {
        let format = call.text(0);
        format::printf(&format, call.rest(1), &call.engine.state().budget).map(Val::text)
    }),
    function("call", "a*", |_| {
        fault("call of a value that is no function")
    }),
];

fn eq(call: &mut Call) -> Fallible<Val> {
    let first = call.val(0);
    if call.args.len() < 2 {
        return fault("missing argument for comparison");
    }
    for other in call.rest(1) {
        if equal(&first, other)? {
            return Ok(Val::bool(true));
        }
    }
    Ok(Val::bool(false))
}

fn compare(call: &mut Call, wanted: fn(Ordering) -> bool) -> Fallible<Val> {
    let (one, other) = (call.val(0), call.val(1));
    Ok(Val::bool(wanted(order(&one, &other)?)))
}

fn len(call: &mut Call) -> Fallible<Val> {
    let val = call.val(0);
    let length = match &val.value {
        Value::Str(text) | Value::Bytes(text) => text.len(),
        Value::List(list) => list.items.len(),
        Value::Map(map) => map.len(),
        Value::Nil { .. } => return fault("len of nil pointer"),
        _ => return fault(format!("len of type {}", val.type_name())),
    };
    Ok(Val::int(length))
}
