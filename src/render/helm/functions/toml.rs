//! TOML from values and back: what charts write into configuration files.

use crate::render::helm::fault::Fallible;
use crate::render::helm::functions::{Function, function};
use crate::render::helm::limits;
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::collection::{List, Map};
use crate::render::helm::value::{IntKind, Val, Value, float, quote};
use crate::render::place::Place;
use crate::render::text::{Builder, Text};

/// The table.
pub const FUNCTIONS: &[Function] = &[
    function("toToml", "a", |call| {
        let mut out = Builder::default();
        if let Some(map) = call.val(0).as_map() {
            table(&mut out, map, "", &call.engine.state().budget, 0)?;
        }
        Ok(Val::text(out.finish()))
    }),
    function("fromToml", "s", |call| {
        let text = call.str(0);
        let map = Map::default();
        if let Err(message) = read(&text, &map) {
            map.set("Error", Place::NONE, Val::str(&message));
        }
        Ok(Value::Map(map).into())
    }),
];

fn is_table(val: &Val) -> bool {
    val.as_map().is_some()
}

fn is_list_of_tables(val: &Val) -> bool {
    val.as_list()
        .is_some_and(|list| !list.items.is_empty() && list.items.iter().all(is_table))
}

/// A table: its plain values first, then the tables in it.
fn table(out: &mut Builder, map: &Map, path: &str, budget: &Budget, depth: u32) -> Fallible<()> {
    budget.visit(depth)?;
    let levels = if path.is_empty() {
        0
    } else {
        path.split('.').count()
    };
    let pad = "  ".repeat(levels);
    let entries = map.snapshot();
    let plain = entries
        .iter()
        .filter(|(_, entry)| !is_table(&entry.val) && !is_list_of_tables(&entry.val));
    for (name, entry) in plain.filter(|(_, entry)| !entry.val.is_nil()) {
        out.push_plain(&format!("{pad}{} = ", key(name)));
        value(out, &entry.val, budget, depth + 1)?;
        out.push_plain("\n");
    }
    for (name, entry) in &entries {
        let below = if path.is_empty() {
            key(name)
        } else {
            format!("{path}.{}", key(name))
        };
        let tables: Vec<Map> = match &entry.val.value {
            Value::Map(map) => vec![map.clone()],
            Value::List(list) if is_list_of_tables(&entry.val) => list
                .items
                .iter()
                .filter_map(|item| item.as_map().cloned())
                .collect(),
            _ => continue,
        };
        let (open, close) = if is_table(&entry.val) {
            ("[", "]")
        } else {
            ("[[", "]]")
        };
        for inner in tables {
            let blank = if out.is_empty() || !path.is_empty() {
                ""
            } else {
                "\n"
            };
            out.push_plain(&format!("{blank}{pad}{open}{below}{close}\n"));
            table(out, &inner, &below, budget, depth + 1)?;
        }
    }
    Ok(())
}

fn key(name: &str) -> String {
    let is_bare = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if is_bare {
        name.to_owned()
    } else {
        format!("{name:?}")
    }
}

fn value(out: &mut Builder, val: &Val, budget: &Budget, depth: u32) -> Fallible<()> {
    budget.visit(depth)?;
    let piece = val.piece();
    match &val.value {
        Value::Str(text) => quote::push_json(out, text, false),
        Value::Float(number) => {
            let text = float::json(*number);
            let point = if text.contains(['.', 'e']) { "" } else { ".0" };
            out.push(format!("{text}{point}").as_bytes(), piece);
        }
        Value::List(list) => {
            out.push_plain("[");
            for (index, item) in list.items.iter().enumerate() {
                if index > 0 {
                    out.push_plain(", ");
                }
                value(out, item, budget, depth + 1)?;
            }
            out.push_plain("]");
        }
        Value::Map(map) => {
            out.push_plain("{");
            for (index, (name, entry)) in map.snapshot().iter().enumerate() {
                if index > 0 {
                    out.push_plain(", ");
                }
                out.push_plain(&format!("{} = ", key(name)));
                value(out, &entry.val, budget, depth + 1)?;
            }
            out.push_plain("}");
        }
        _ => out.push_text(&crate::render::helm::value::print::printed(val, budget)?),
    }
    Ok(())
}

/// Reads tables, keys and plain values.
fn read(text: &str, root: &Map) -> Result<(), String> {
    let mut current = root.clone();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        let wrong = || format!("toml: line {}: cannot read {line:?}", number + 1);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(path) = line
            .strip_prefix("[[")
            .and_then(|rest| rest.split_once("]]"))
        {
            current = element(root, path.0);
            continue;
        }
        if let Some((path, _)) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            current = path
                .split('.')
                .fold(root.clone(), |map, name| child(&map, unquoted(name)));
            continue;
        }
        let (name, rest) = line.split_once('=').ok_or_else(wrong)?;
        let mut path: Vec<&str> = name.split('.').map(unquoted).collect();
        let last = path.pop().ok_or_else(wrong)?;
        let target = path
            .iter()
            .fold(current.clone(), |map, name| child(&map, name));
        let (val, rest) = read_value(rest.trim(), 0).ok_or_else(wrong)?;
        if !rest.trim().is_empty() && !rest.trim().starts_with('#') {
            return Err(wrong());
        }
        target.set(last, Place::NONE, val);
    }
    Ok(())
}

fn unquoted(name: &str) -> &str {
    name.trim().trim_matches(['"', '\''])
}

/// The table of a name, made if there is none.
fn child(map: &Map, name: &str) -> Map {
    match map.get(name).map(|val| val.value) {
        Some(Value::Map(found)) => found,
        Some(Value::List(list)) => match list.items.last().and_then(Val::as_map) {
            Some(found) => found.clone(),
            None => Map::default(),
        },
        _ => {
            let made = Map::default();
            map.set(name, Place::NONE, Value::Map(made.clone()).into());
            made
        }
    }
}

/// A new element of a list of tables.
fn element(root: &Map, path: &str) -> Map {
    let mut names: Vec<&str> = path.split('.').map(unquoted).collect();
    let last = names.pop().unwrap_or_default();
    let parent = names
        .iter()
        .fold(root.clone(), |map, name| child(&map, name));
    let mut items = match parent.get(last).map(|val| val.value) {
        Some(Value::List(tables)) => tables.items.clone(),
        _ => Vec::new(),
    };
    let made = Map::default();
    items.push(Value::Map(made.clone()).into());
    parent.set(last, Place::NONE, Val::list(items));
    made
}

/// A value at the start of a text, and the rest.
fn read_value(text: &str, depth: u32) -> Option<(Val, &str)> {
    if depth > limits::VALUE_DEPTH {
        return None;
    }
    if let Some(rest) = text.strip_prefix('"') {
        let mut end = 0;
        while !rest[end..].starts_with('"') {
            let c = rest[end..].chars().next()?;
            end += c.len_utf8();
            if c == '\\' {
                end += rest[end..].chars().next()?.len_utf8();
            }
        }
        let inner = crate::render::helm::template::literal::unquote(&rest[..end], 0, 0, 0)?;
        return Some((Val::text(Text::plain(&inner.to_str())), &rest[end + 1..]));
    }
    if let Some(rest) = text.strip_prefix('\'') {
        let (inner, rest) = rest.split_once('\'')?;
        return Some((Val::str(inner), rest));
    }
    if let Some(rest) = text.strip_prefix('[') {
        let mut items = Vec::new();
        let mut rest = rest.trim_start();
        while !rest.starts_with(']') {
            let (val, after) = read_value(rest, depth + 1)?;
            items.push(val);
            rest = after.trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        }
        return Some((Value::List(List::new(items)).into(), &rest[1..]));
    }
    let end = text
        .find([',', ']', '#', ' ', '\t', '}'])
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let val = match word {
        "true" | "false" => Val::bool(word == "true"),
        "" => return None,
        _ => match word.replace('_', "").parse::<i64>() {
            Ok(number) => Value::Int(number, IntKind::Int64).into(),
            Err(_) => Val::float(word.parse().ok()?),
        },
    };
    Some((val, rest))
}
