//! The input of one evaluation: the tables of a batch and the lookups its rules ask for.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;

use crate::model::Facts;
use crate::model::table::Table;

/// A lookup: rows of a table by one of their fields.
pub(super) type Lookup = (Table, String);

/// Which tables of the batch hold rows.
pub(super) fn filled(batch: &[&Facts]) -> BTreeSet<&'static str> {
    Table::ALL
        .iter()
        .filter(|table| batch.iter().any(|facts| !facts.rows(**table).is_empty()))
        .map(|table| table.name())
        .collect()
}

/// `input`: every table as a list, empty where there is nothing, and `index`.
pub(super) fn input(batch: &[&Facts], lookups: &BTreeSet<Lookup>) -> Value {
    let mut tables: BTreeMap<Value, Value> = BTreeMap::new();
    for table in Table::ALL {
        let rows: Vec<Value> = batch
            .iter()
            .flat_map(|facts| facts.rows(*table).iter().cloned())
            .collect();
        tables.insert(Value::from(table.name()), Value::from(rows));
    }
    let index: BTreeMap<Value, Value> = lookups
        .iter()
        .map(|(table, field)| {
            let name = format!("{}_by_{field}", table.name());
            (Value::from(name), index(batch, *table, field))
        })
        .collect();
    tables.insert(Value::from("index"), object(index));
    object(tables)
}

fn index(batch: &[&Facts], table: Table, field: &str) -> Value {
    let field = Value::from(field);
    let mut found: BTreeMap<Value, Vec<Value>> = BTreeMap::new();
    for row in batch.iter().flat_map(|facts| facts.rows(table)) {
        let Ok(fields) = row.as_object() else {
            continue;
        };
        match fields.get(&field) {
            // A list is looked up by each of its items.
            Some(Value::Array(keys)) => {
                for key in keys.iter() {
                    found.entry(key.clone()).or_default().push(row.clone());
                }
            }
            Some(key) => found.entry(key.clone()).or_default().push(row.clone()),
            None => {}
        }
    }
    object(
        found
            .into_iter()
            .map(|(key, rows)| (key, Value::from(rows)))
            .collect(),
    )
}

fn object(pairs: BTreeMap<Value, Value>) -> Value {
    Value::from(pairs)
}
