//! The input of one evaluation: the tables of a batch and the lookups its rules ask for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use regorus::Value;

use crate::evaluate::Judge;
use crate::model::Facts;
use crate::model::table::Table;
use crate::rules::{Rule, Settings, setting};

/// A lookup: rows of a table by one of their fields.
pub(super) type Lookup = (Table, String);

/// `input`: every table as a list, empty where there is nothing, `index`, `filtered`, and `settings` if a rule has any.
pub(super) fn input(batch: &[&Facts], judge: &Judge, filtered: Value) -> Value {
    let mut tables: BTreeMap<Value, Value> = BTreeMap::new();
    for table in Table::ALL {
        let rows: Vec<Value> = batch
            .iter()
            .flat_map(|facts| facts.rows(*table).iter().cloned())
            .collect();
        tables.insert(Value::from(table.name()), Value::from(rows));
    }
    let index: BTreeMap<Value, Value> = judge
        .lookups
        .iter()
        .map(|(table, field)| {
            let name = format!("{}_by_{field}", table.name());
            (Value::from(name), index(batch, *table, field))
        })
        .collect();
    tables.insert(Value::from("index"), object(index));
    tables.insert(Value::from("filtered"), filtered);
    if let Some(settings) = &judge.settings {
        tables.insert(Value::from("settings"), settings.clone());
    }
    object(tables)
}

/// `input.settings` of the rules that take any: by their ids, what users gave and the defaults of the rest.
pub(super) fn settings<'a>(
    rules: impl Iterator<Item = &'a Rule>,
    given: &Settings,
) -> Option<Value> {
    let rules = rules.filter(|rule| !rule.settings.is_empty());
    let settings: BTreeMap<Value, Value> = rules
        .map(|rule| {
            let given = given.get(rule.id.as_ref());
            let settings = rule.settings.iter().map(|setting| {
                let value = given.and_then(|given| given.get(setting.name.as_ref()));
                let value = value.unwrap_or(&setting.default);
                (Value::from(setting.name.as_ref()), plain(value))
            });
            (Value::from(rule.id.as_ref()), object(settings.collect()))
        })
        .collect();
    (!settings.is_empty()).then(|| object(settings))
}

fn plain(value: &setting::Value) -> Value {
    let text = |text: &Cow<'static, str>| Value::from(text.as_ref());
    match value {
        setting::Value::Boolean(is) => Value::from(*is),
        setting::Value::Integer(number) => Value::from(*number),
        setting::Value::Text(one) => text(one),
        setting::Value::List(items) => Value::from(items.iter().map(text).collect::<Vec<_>>()),
        setting::Value::Map(pairs) => {
            let pairs = pairs.iter().map(|(key, value)| (text(key), text(value)));
            object(pairs.collect())
        }
    }
}

fn index(batch: &[&Facts], table: Table, field: &str) -> Value {
    let field = Value::from(field);
    // Rows that share a key mostly stand together, and the keys mostly in their order.
    let mut runs: Vec<(&Value, Vec<Value>)> = Vec::new();
    let mut add = |key, row: &Value| match runs.last_mut() {
        Some((last, rows)) if *last == key => rows.push(row.clone()),
        _ => runs.push((key, vec![row.clone()])),
    };
    for row in batch.iter().flat_map(|facts| facts.rows(table)) {
        match row.as_object().ok().and_then(|fields| fields.get(&field)) {
            // A list is looked up by each of its items.
            Some(Value::Array(keys)) => keys.iter().for_each(|key| add(key, row)),
            Some(key) => add(key, row),
            None => {}
        }
    }
    runs.sort_by_key(|(key, _)| *key);
    runs.dedup_by(|(key, rows), (kept, all)| {
        let is_same = key == kept;
        if is_same {
            all.append(rows);
        }
        is_same
    });
    let runs = runs.into_iter();
    object(
        runs.map(|(key, rows)| (key.clone(), Value::from(rows)))
            .collect(),
    )
}

fn object(pairs: BTreeMap<Value, Value>) -> Value {
    Value::from(pairs)
}
