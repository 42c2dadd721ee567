//! The input of one evaluation: the tables of a batch and the lookups its rules ask for.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

use crate::evaluate::batch::Batch;
use crate::evaluate::compiled::{Active, CompiledRules};
use crate::evaluate::filtered::Passed;
use crate::evaluate::lookup;
use crate::model::table::Table;

/// `input`: the tables of which a rule that is due sees every row as lists, the others empty, `index`, `sizes`, `filtered`,
/// and `settings` if a rule has any.
pub(super) fn input(
    batch: &Batch,
    rules: &CompiledRules,
    due: &[&Active],
    passed: &Passed,
) -> Value {
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
    let (index, sizes) = lookup::index(batch, rules, due, passed);
    tables.insert(Value::from("index"), object(index));
    tables.insert(Value::from("sizes"), object(sizes));
    tables.insert(Value::from("filtered"), filtered(batch, rules, due, passed));
    if let Some(settings) = &rules.settings {
        tables.insert(Value::from("settings"), settings.clone());
    }
    object(tables)
}

/// `input.filtered`: what passed the filters of the rules that are due, by the filters' texts.
fn filtered(batch: &Batch, rules: &CompiledRules, due: &[&Active], passed: &Passed) -> Value {
    let used: BTreeSet<usize> = (due.iter())
        .flat_map(|active| active.filters.iter().copied())
        .filter(|filter| !passed[*filter].is_empty())
        .collect();
    let pairs = used.into_iter().map(|filter| {
        let table = rules.filters.table(filter);
        let rows = passed[filter].iter();
        let rows: Vec<Value> = rows.map(|number| batch.object(table, *number)).collect();
        (Value::from(rules.filters.key(filter)), Value::from(rows))
    });
    object(pairs.collect())
}

fn object(pairs: BTreeMap<Value, Value>) -> Value {
    Value::from(pairs)
}
