//! Functions that choose, call and refuse: `default`, `include`, `tpl`, `required` and their like.

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::collection::MapKind;
use crate::render::helm::value::compare::deep_equal;
use crate::render::helm::value::{Val, Value};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("default", "aa*", default),
    function("empty", "a", |call| Ok(Val::bool(!call.val(0).is_true()))),
    function("coalesce", "a*", coalesce),
    function("ternary", "aab", ternary),
    function("all", "a*", |call| {
        Ok(Val::bool(call.args.iter().all(Val::is_true)))
    }),
    function("any", "a*", |call| {
        Ok(Val::bool(call.args.iter().any(Val::is_true)))
    }),
    function("required", "sa", required),
    function("fail", "s", fail),
    function("include", "sa", include),
    function("tpl", "sa", tpl),
    function("typeOf", "a", |call| Ok(Val::str(call.val(0).type_name()))),
    function("kindOf", "a", |call| Ok(Val::str(call.val(0).kind_name()))),
    function("typeIs", "sa", |call| {
        Ok(Val::bool(call.val(1).type_name() == call.str(0)))
    }),
    function("kindIs", "sa", |call| {
        Ok(Val::bool(call.val(1).kind_name() == call.str(0)))
    }),
    function("typeIsLike", "sa", type_is_like),
    function("deepEqual", "aa", |call| {
        let answer = deep_equal(&call.val(0), &call.val(1), &call.engine.state().budget, 0)?;
        Ok(Val::bool(answer))
    }),
    function("hello", "", |_| Ok(Val::str("Hello!"))),
    function("common.Values.AsMap", "a", as_map),
    function("common.Values.YAML", "a", |call| {
        let text = crate::render::helm::yaml::emit::to_yaml(
            &call.val(0),
            false,
            &call.engine.state().budget,
        )?;
        Ok(Val::text(text))
    }),
];

/// The given value, unless it is empty; what stands in for it remembers the missing key.
fn default(call: &mut Call) -> Fallible<Val> {
    let given = call.val(1);
    if given.is_true() {
        return Ok(given);
    }
    let stand_in = call.val(0);
    Ok(call.engine.state_mut().standing_in(stand_in, &given))
}

fn coalesce(call: &mut Call) -> Fallible<Val> {
    let Some(found) = call.args.iter().find(|arg| arg.is_true()).cloned() else {
        return Ok(Val::nil());
    };
    let first = call.val(0);
    Ok(if first.is_true() {
        found
    } else {
        call.engine.state_mut().standing_in(found, &first)
    })
}

fn ternary(call: &mut Call) -> Fallible<Val> {
    Ok(call.val(usize::from(!call.val(2).is_true())))
}

/// Notes what a chart refuses and goes on, if that is wanted; refuses otherwise.
fn refused(call: &mut Call, message: String) -> Fallible<Val> {
    if !call.engine.state().is_lenient {
        return fault(message);
    }
    let fault = crate::render::helm::fault::Fault {
        message,
        place: call.engine.state().site,
        via: call.engine.state().via,
        is_syntax: false,
        undefined: None,
    };
    call.engine.state_mut().passed_over.push(fault);
    Ok(Val::str("").into_unknown())
}

fn required(call: &mut Call) -> Fallible<Val> {
    let val = call.val(1);
    let is_missing = val.is_nil()
        || val
            .as_text()
            .is_some_and(crate::render::text::Text::is_empty);
    if is_missing {
        let message = call.str(0);
        return refused(call, message).map(|made| made.with_hole(val.hole));
    }
    Ok(val)
}

fn fail(call: &mut Call) -> Fallible<Val> {
    let message = call.str(0);
    refused(call, message)
}

fn include(call: &mut Call) -> Fallible<Val> {
    let (name, dot) = (call.str(0), call.val(1));
    call.engine.include(&name, &dot).map(Val::text)
}

fn tpl(call: &mut Call) -> Fallible<Val> {
    let (text, dot) = (call.text(0), call.val(1));
    call.engine.tpl(&text, &dot).map(Val::text)
}

fn type_is_like(call: &mut Call) -> Fallible<Val> {
    let (wanted, name) = (call.str(0), call.val(1).type_name());
    Ok(Val::bool(
        name == wanted || name.strip_prefix('*') == Some(&wanted),
    ))
}

fn as_map(call: &mut Call) -> Fallible<Val> {
    let val = call.val(0);
    let Some(map) = val.as_map().filter(|map| map.kind() == MapKind::Values) else {
        return Ok(val);
    };
    let entries = map.entries().clone();
    let plain = crate::render::helm::value::collection::Map::new(entries);
    Ok(Val {
        value: Value::Map(plain),
        ..val
    })
}
