//! YAML and JSON from values and back.

use crate::render::helm::fault::{Fallible, fault};
use crate::render::helm::functions::{Call, Function, function};
use crate::render::helm::value::collection::Map;
use crate::render::helm::value::{Val, Value};
use crate::render::helm::yaml::json::{Look, to_json};
use crate::render::helm::yaml::{emit, read};
use crate::render::place::Place;
use crate::render::text::Text;

const PLAIN: Look = Look {
    html: true,
    pretty: false,
};
const RAW: Look = Look {
    html: false,
    pretty: false,
};
const PRETTY: Look = Look {
    html: true,
    pretty: true,
};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("toYaml", "a", |call| yaml(call, false)),
    function("mustToYaml", "a", |call| yaml(call, false)),
    function("toYamlPretty", "a", |call| yaml(call, true)),
    function("toJson", "a", |call| json(call, PLAIN)),
    function("mustToJson", "a", |call| json(call, PLAIN)),
    function("toRawJson", "a", |call| json(call, RAW)),
    function("mustToRawJson", "a", |call| json(call, RAW)),
    function("toPrettyJson", "a", |call| json(call, PRETTY)),
    function("mustToPrettyJson", "a", |call| json(call, PRETTY)),
    function("fromYaml", "s", from_map),
    function("fromJson", "s", from_map),
    function("fromYamlArray", "s", from_list),
    function("fromJsonArray", "s", from_list),
    function("mustFromJson", "s", |call| match first(&call.text(0)) {
        Ok(val) => Ok(val),
        Err(message) => fault(message),
    }),
];

fn yaml(call: &mut Call, pretty: bool) -> Fallible<Val> {
    let val = call.val(0);
    let made = Val::text(emit::to_yaml(&val, pretty, &call.engine.state().budget)?);
    Ok(Val {
        hole: val.hole,
        ..made
    })
}

fn json(call: &mut Call, look: Look) -> Fallible<Val> {
    to_json(&call.val(0), look, &call.engine.state().budget).map(Val::text)
}

fn first(text: &Text) -> Result<Val, String> {
    let found = read::read(text, 1)
        .map_err(|broken| format!("error converting YAML to JSON: yaml: {}", broken.message))?;
    Ok(found.into_iter().next().unwrap_or_else(Val::nil))
}

/// The map that a text says; what is wrong with it is its `Error`.
fn from_map(call: &mut Call) -> Fallible<Val> {
    let text = call.text(0);
    call.engine.state().budget.steps(text.len() / 64)?;
    let problem = match first(&text) {
        Ok(val) if val.as_map().is_some() => return Ok(val),
        Ok(val) if val.is_nil() => return Ok(Value::Map(Map::default()).into()),
        Ok(val) => cannot_unmarshal(&val, "map[string]interface {}"),
        Err(message) => message,
    };
    let map = Map::default();
    map.set("Error", Place::NONE, Val::str(&problem));
    Ok(Value::Map(map).into())
}

fn from_list(call: &mut Call) -> Fallible<Val> {
    let text = call.text(0);
    call.engine.state().budget.steps(text.len() / 64)?;
    let problem = match first(&text) {
        Ok(val) if val.as_list().is_some() => return Ok(val),
        Ok(val) if val.is_nil() => return Ok(Val::list(Vec::new())),
        Ok(val) => cannot_unmarshal(&val, "[]interface {}"),
        Err(message) => message,
    };
    Ok(Val::list(vec![Val::str(&problem)]))
}

fn cannot_unmarshal(val: &Val, into: &str) -> String {
    let kind = match &val.value {
        Value::Map(_) => "object",
        Value::List(_) => "array",
        Value::Str(_) => "string",
        Value::Bool(_) => "bool",
        _ => "number",
    };
    format!(
        "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {kind} into Go value of type {into}"
    )
}
