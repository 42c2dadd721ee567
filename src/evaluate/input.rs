//! The input of one evaluation: the tables of a batch and the lookups its rules ask for.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

use crate::evaluate::batch::Batch;
use crate::evaluate::engine::{Active, Judge};
use crate::evaluate::filtered::Passed;
use crate::evaluate::lookup;
use crate::model::table::Table;
use crate::rules::{Rule, Settings, setting};

/// `input`: the tables of which a rule that is due sees every row as lists, the others empty, `index`, `sizes`, `filtered`,
/// and `settings` if a rule has any.
pub(super) fn input(batch: &Batch, judge: &Judge, due: &[&Active], passed: &Passed) -> Value {
    let wholes: BTreeSet<Table> = (due.iter())
        .flat_map(|active| active.wholes.iter().copied())
        .collect();
    let mut tables: BTreeMap<Value, Value> = BTreeMap::new();
    for table in Table::ALL {
        let rows = if wholes.contains(table) {
            batch.objects(*table)
        } else {
            Vec::new()
        };
        tables.insert(Value::from(table.name()), Value::from(rows));
    }
    let (index, sizes) = lookup::index(batch, judge, due, passed);
    tables.insert(Value::from("index"), object(index));
    tables.insert(Value::from("sizes"), object(sizes));
    tables.insert(Value::from("filtered"), filtered(batch, judge, due, passed));
    if let Some(settings) = &judge.settings {
        tables.insert(Value::from("settings"), settings.clone());
    }
    object(tables)
}

/// `input.filtered`: what passed the filters of the rules that are due, by the filters' texts.
fn filtered(batch: &Batch, judge: &Judge, due: &[&Active], passed: &Passed) -> Value {
    let used: BTreeSet<usize> = (due.iter())
        .flat_map(|active| active.filters.iter().copied())
        .filter(|filter| !passed[*filter].is_empty())
        .collect();
    let pairs = used.into_iter().map(|filter| {
        let table = judge.filters.table(filter);
        let rows = passed[filter].iter();
        let rows: Vec<Value> = rows.map(|number| batch.object(table, *number)).collect();
        (Value::from(judge.filters.key(filter)), Value::from(rows))
    });
    object(pairs.collect())
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

fn object(pairs: BTreeMap<Value, Value>) -> Value {
    Value::from(pairs)
}
