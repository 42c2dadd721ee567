//! `values.schema.json`: whether values have the types and keys that a chart wants.

use regex::Regex;

use crate::render::helm::chart::{Chart, Schema};
use crate::render::helm::fault::{Fallible, fault_at};
use crate::render::helm::limits;
use crate::render::helm::template::literal::whole;
use crate::render::helm::value::budget::Budget;
use crate::render::helm::value::collection::Map;
use crate::render::helm::value::compare::deep_equal;
use crate::render::helm::value::{Val, Value};
use crate::render::place::Place;

/// A value that does not fit: what is wrong, and the value's place.
type Misfit = (String, Place);

/// What the file of a schema says, read when it is asked for the first time.
fn value(schema: &Schema) -> Fallible<&Val> {
    if let Some(known) = schema.value.get() {
        return Ok(known);
    }
    let Some(read) = schema.file.documents()?.into_iter().next() else {
        let place = Place::new(schema.file.number, 0, 0);
        return fault_at("values.schema.json is empty", place);
    };
    Ok(schema.value.get_or_init(|| read))
}

/// Checks the values of a chart and of the charts in it.
pub fn check(chart: &Chart, values: &Val) -> Fallible<()> {
    if let Some(schema) = &chart.schema {
        let schema = value(schema)?;
        let checker = Checker {
            root: schema,
            budget: Budget::default(),
        };
        if let Err((message, place)) = checker.fits(values, schema, "", 0) {
            let name = chart.name();
            let message = format!(
                "values don't meet the specifications of the schema(s) in the following chart(s): {name}: {message}"
            );
            return fault_at(message, place);
        }
    }
    for inner in &chart.dependencies {
        let below = values.as_map().and_then(|map| map.get(inner.name()));
        let below = below.unwrap_or_else(|| Value::Map(Map::default()).into());
        check(inner, &below)?;
    }
    Ok(())
}

struct Checker<'s> {
    root: &'s Val,
    budget: Budget,
}

/// How deep references between schemas may lead.
const DEPTH: u32 = limits::VALUE_DEPTH;

impl Checker<'_> {
    /// Whether a value fits a schema; `path` leads to the value.
    fn fits(&self, val: &Val, schema: &Val, path: &str, depth: u32) -> Result<(), Misfit> {
        let at = |message: String| Err((format!("at '{path}': {message}"), val.at));
        if depth > DEPTH || self.budget.step().is_err() {
            return at("the schema is nested too deep".to_owned());
        }
        let rules = match &schema.value {
            Value::Bool(false) => return at("no value is allowed".to_owned()),
            Value::Map(rules) => rules,
            _ => return Ok(()),
        };
        if let Some(target) = rules.get("$ref").and_then(|target| self.referred(&target)) {
            self.fits(val, &target, path, depth + 1)?;
        }
        if let Some(wanted) = rules.get("type").filter(|wanted| !has_type(val, wanted)) {
            let wanted = names(&wanted).join(" or ");
            return at(format!("got {}, want {wanted}", type_of(val)));
        }
        let same = |other: &Val| deep_equal(val, other, &self.budget, 0).unwrap_or(false);
        if rules.get("const").is_some_and(|wanted| !same(&wanted)) {
            return at("value differs from the constant".to_owned());
        }
        if let Some(Value::List(choices)) = rules.get("enum").map(|val| val.value)
            && !choices.items.iter().any(same)
        {
            let choices = names(&Value::List(choices).into());
            return at(format!("value must be one of {}", choices.join(", ")));
        }
        self.combined(val, rules, path, depth)?;
        match &val.value {
            Value::Float(_) | Value::Int(..) => number(val, rules).or_else(at),
            Value::Str(text) => string(&text.to_str(), rules).or_else(at),
            Value::List(list) => {
                count(list.items.len(), rules, "minItems", "maxItems", "items").or_else(at)?;
                let Some(schema) = rules.get("items") else {
                    return Ok(());
                };
                for (index, item) in list.items.iter().enumerate() {
                    self.fits(item, &schema, &format!("{path}/{index}"), depth + 1)?;
                }
                Ok(())
            }
            Value::Map(map) => {
                count(
                    map.len(),
                    rules,
                    "minProperties",
                    "maxProperties",
                    "properties",
                )
                .or_else(at)?;
                self.object(val, map, rules, path, depth)
            }
            _ => Ok(()),
        }
    }

    /// `allOf`, `anyOf`, `oneOf`, `not` and `if`.
    fn combined(&self, val: &Val, rules: &Map, path: &str, depth: u32) -> Result<(), Misfit> {
        let schemas = |name: &str| {
            let found = rules.get(name);
            found.and_then(|val| val.as_list().map(|list| list.items.clone()))
        };
        let fits = |schema: &Val| self.fits(val, schema, path, depth + 1);
        let misfit = |message: &str| Err((format!("at '{path}': {message}"), val.at));
        for schema in schemas("allOf").unwrap_or_default() {
            fits(&schema)?;
        }
        if schemas("anyOf").is_some_and(|all| !all.iter().any(|schema| fits(schema).is_ok())) {
            return misfit("value fits none of 'anyOf'");
        }
        if let Some(all) = schemas("oneOf")
            && all.iter().filter(|schema| fits(schema).is_ok()).count() != 1
        {
            return misfit("value does not fit exactly one of 'oneOf'");
        }
        if rules.get("not").is_some_and(|schema| fits(&schema).is_ok()) {
            return misfit("value fits what it must 'not' be");
        }
        if let Some(condition) = rules.get("if") {
            let branch = if fits(&condition).is_ok() {
                "then"
            } else {
                "else"
            };
            if let Some(schema) = rules.get(branch) {
                fits(&schema)?;
            }
        }
        Ok(())
    }

    fn object(
        &self,
        val: &Val,
        map: &Map,
        rules: &Map,
        path: &str,
        depth: u32,
    ) -> Result<(), Misfit> {
        for name in rules
            .get("required")
            .map(|names_of| names(&names_of))
            .unwrap_or_default()
        {
            if !map.has(&name) {
                return Err((format!("at '{path}': missing property '{name}'"), val.at));
            }
        }
        let below = |name: &str| rules.get(name).and_then(|val| val.as_map().cloned());
        let properties = below("properties").unwrap_or_default();
        let patterns: Vec<(Option<Regex>, Val)> = below("patternProperties")
            .unwrap_or_default()
            .snapshot()
            .into_iter()
            .map(|(pattern, entry)| (Regex::new(&pattern).ok(), entry.val))
            .collect();
        for (name, entry) in map.snapshot() {
            let path = format!("{path}/{name}");
            let mut is_known = false;
            if let Some(schema) = properties.get(&name) {
                is_known = true;
                self.fits(&entry.val, &schema, &path, depth + 1)?;
            }
            for (pattern, schema) in &patterns {
                if pattern
                    .as_ref()
                    .is_some_and(|pattern| pattern.is_match(&name))
                {
                    is_known = true;
                    self.fits(&entry.val, schema, &path, depth + 1)?;
                }
            }
            match rules.get("additionalProperties") {
                Some(schema) if !is_known && matches!(schema.value, Value::Bool(false)) => {
                    let message =
                        format!("at '{path}': additional properties '{name}' not allowed");
                    return Err((message, entry.key.or(entry.val.at)));
                }
                Some(schema) if !is_known => self.fits(&entry.val, &schema, &path, depth + 1)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// What a reference inside the file leads to.
    fn referred(&self, target: &Val) -> Option<Val> {
        let path = target.as_text()?.to_str().into_owned();
        let path = path.strip_prefix('#')?;
        let mut found = self.root.clone();
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let name = name.replace("~1", "/").replace("~0", "~");
            found = match &found.value {
                Value::Map(map) => map.get(&name)?,
                Value::List(list) => list.items.get(name.parse::<usize>().ok()?)?.clone(),
                _ => return None,
            };
        }
        Some(found)
    }
}

fn type_of(val: &Val) -> &'static str {
    match &val.value {
        Value::Nil { .. } => "null",
        Value::Bool(_) => "boolean",
        Value::Str(_) | Value::Bytes(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => "number",
    }
}

fn has_type(val: &Val, wanted: &Val) -> bool {
    let own = type_of(val);
    let is_whole = match &val.value {
        Value::Float(value) => whole(*value).is_some(),
        Value::Int(..) => true,
        _ => false,
    };
    names(wanted)
        .iter()
        .any(|name| name == own || (name == "integer" && is_whole))
}

/// The texts of a list, or of a single one.
fn names(val: &Val) -> Vec<String> {
    match &val.value {
        Value::Str(text) => vec![text.to_str().into_owned()],
        Value::List(list) => list
            .items
            .iter()
            .filter_map(|item| item.as_text().map(|text| text.to_str().into_owned()))
            .collect(),
        _ => Vec::new(),
    }
}

fn limit(rules: &Map, name: &str) -> Option<f64> {
    match rules.get(name)?.value {
        Value::Float(value) => Some(value),
        _ => None,
    }
}

fn number(val: &Val, rules: &Map) -> Result<(), String> {
    let value = crate::render::helm::functions::convert::to_float(val);
    let fails = |name: &str, wrong: fn(f64, f64) -> bool| {
        limit(rules, name).is_some_and(|bound| wrong(value, bound))
    };
    if fails("minimum", |value, bound| value < bound)
        || fails("exclusiveMinimum", |value, bound| value <= bound)
    {
        return Err(format!("{value} is too small"));
    }
    if fails("maximum", |value, bound| value > bound)
        || fails("exclusiveMaximum", |value, bound| value >= bound)
    {
        return Err(format!("{value} is too large"));
    }
    if fails("multipleOf", |value, bound| {
        bound > 0.0 && (value / bound).fract() != 0.0
    }) {
        return Err(format!("{value} is no multiple as wanted"));
    }
    Ok(())
}

fn string(text: &str, rules: &Map) -> Result<(), String> {
    count(
        text.chars().count(),
        rules,
        "minLength",
        "maxLength",
        "characters",
    )?;
    let Some(pattern) = rules.get("pattern") else {
        return Ok(());
    };
    let pattern = pattern
        .as_text()
        .map(|pattern| pattern.to_str().into_owned())
        .unwrap_or_default();
    match Regex::new(&pattern) {
        Ok(matcher) if !matcher.is_match(text) => {
            Err(format!("'{text}' does not match pattern '{pattern}'"))
        }
        _ => Ok(()),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count is far below 2^53")]
fn count(count: usize, rules: &Map, least: &str, most: &str, what: &str) -> Result<(), String> {
    let count = count as f64;
    if limit(rules, least).is_some_and(|least| count < least) {
        return Err(format!("{count} {what} are too few"));
    }
    if limit(rules, most).is_some_and(|most| count > most) {
        return Err(format!("{count} {what} are too many"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::helm::yaml::read::read;
    use crate::render::text::Text;

    fn outcome(schema: &str, values: &str) -> Result<(), Misfit> {
        let read = |text: &str| read(&Text::plain(text), 1).unwrap().remove(0);
        let root = read(schema);
        let checker = Checker {
            root: &root,
            budget: Budget::default(),
        };
        checker.fits(&read(values), &root, "", 0)
    }

    #[test]
    fn values_fit_or_say_why_not() {
        for (schema, values, problem) in [
            ("{required: [a]}", "{b: 1}", "missing property 'a'"),
            (
                "{properties: {a: {type: integer}}}",
                "{a: 1.5}",
                "want integer",
            ),
            (
                "{properties: {a: {type: [string, 'null']}}}",
                "{a: null}",
                "",
            ),
            (
                "{additionalProperties: false, properties: {a: {}}}",
                "{b: 1}",
                "not allowed",
            ),
            ("{properties: {a: {enum: [x, 'z']}}}", "{a: w}", "one of"),
            (
                "{properties: {a: {$ref: '#/$defs/p'}}, $defs: {p: {minimum: 1}}}",
                "{a: 0}",
                "too small",
            ),
            ("{properties: {a: {pattern: '^x'}}}", "{a: abc}", "pattern"),
            (
                "{properties: {a: {items: {type: string}, minItems: 1}}}",
                "{a: [1]}",
                "got number",
            ),
            ("{anyOf: [{required: [a]}, {required: [b]}]}", "{b: 1}", ""),
            (
                "{oneOf: [{required: [a]}, {required: [b]}]}",
                "{a: 1, b: 1}",
                "oneOf",
            ),
            (
                "{if: {required: [a]}, then: {required: [b]}}",
                "{a: 1}",
                "missing property 'b'",
            ),
            ("{$ref: '#'}", "{a: 1}", "nested too deep"),
        ] {
            match outcome(schema, values) {
                Ok(()) => assert_eq!(problem, "", "{schema}"),
                Err((message, _)) => {
                    assert!(
                        !problem.is_empty() && message.contains(problem),
                        "{schema}: {message}"
                    );
                }
            }
        }
    }
}
