//! Lookups: rows of a table by one of their fields, less what no rule can ask for.
//!
//! Most lookups go from place to place: `input.index.stages_by_at[command.stage]`. A rule gets such a key from a row that it
//! holds already, which one of its loops or an earlier lookup gave it. So the rows that its filters let through tell
//! which others it may ask for; of 18,000 commands, seven in ten are asked for by nobody.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;
use regorus::value::Array;
use rustc_hash::FxHashSet;

use crate::evaluate::batch::Batch;
use crate::evaluate::compiled::{Active, CompiledRules};
use crate::evaluate::filtered::{Passed, Sieve};
use crate::evaluate::index::Lookup;
use crate::evaluate::object;
use crate::model::place::RowRef;
use crate::model::row::Field;
use crate::model::table::Table;

/// The rows of a lookup by their keys.
enum Keys {
    /// The field holds places: each with the number of a row that it leads to, in their order.
    Places(Vec<(RowRef, usize)>),
    /// The field holds something else, which a rule may have from anywhere.
    Values,
}

/// A lookup that a rule makes, from a place to rows.
struct Way<'a> {
    lookup: usize,
    table: Table,
    pairs: &'a [(RowRef, usize)],
    sieves: &'a [Sieve],
}

/// Of the rows of a lookup's table, by their numbers, which ones are asked for.
type Wanted = Vec<bool>;

/// `input.index`, what the rules that are due may look up, and `input.sizes`, how many rows it would be, for all keys.
pub(super) fn index(
    batch: &Batch,
    rules: &CompiledRules,
    due: &[&Active],
    passed: &Passed,
) -> (BTreeMap<Value, Value>, BTreeMap<Value, Value>) {
    let used = due.iter().flat_map(|active| &active.lookups);
    let used: BTreeSet<usize> = used.map(|(number, _)| *number).collect();
    let counted = due.iter().flat_map(|active| &active.sizes);
    let counted: BTreeSet<usize> = counted.copied().collect();
    let keys: BTreeMap<usize, Keys> = used
        .union(&counted)
        .copied()
        .map(|number| (number, keys(batch, &rules.lookups[number])))
        .collect();
    let mut wanted: BTreeMap<usize, Wanted> = BTreeMap::new();
    for active in due.iter().filter(|active| !active.lookups.is_empty()) {
        reach(batch, rules, active, passed, &keys, &mut wanted);
    }
    let index = used.iter().map(|number| {
        let (lookup, keys) = (&rules.lookups[*number], &keys[number]);
        let found = match (keys, wanted.get(number)) {
            (Keys::Values, _) => by_value(batch, lookup),
            (Keys::Places(_), None) => BTreeMap::new(),
            (Keys::Places(pairs), Some(wanted)) => by_place(batch, lookup.table, pairs, wanted),
        };
        (lookup.key(), Value::from(found))
    });
    let sizes = counted.iter().map(|number| {
        let lookup = &rules.lookups[*number];
        let sizes = match &keys[number] {
            Keys::Places(pairs) => sizes(pairs),
            Keys::Values => {
                let found = by_value(batch, lookup).into_iter();
                let sizes = found.map(|(key, rows)| {
                    let count = rows.as_array().map_or(0, Array::len);
                    (key, Value::from(count as u64))
                });
                sizes.collect()
            }
        };
        (lookup.key(), Value::from(sizes))
    });
    (index.collect(), sizes.collect())
}

fn sizes(pairs: &[(RowRef, usize)]) -> BTreeMap<Value, Value> {
    let runs = pairs.chunk_by(|(one, _), (other, _)| one == other);
    let sizes = runs.map(|run| (object::number(run[0].0), Value::from(run.len() as u64)));
    sizes.collect()
}

fn keys(batch: &Batch, lookup: &Lookup) -> Keys {
    let mut pairs: Vec<(RowRef, usize)> = Vec::new();
    let Some(column) = lookup.column else {
        return Keys::Places(pairs);
    };
    for (number, row) in batch.rows(lookup.table).enumerate() {
        match row.field(column) {
            Some(Field::Ref(at)) => pairs.push((*at, number)),
            Some(Field::Refs(refs)) => pairs.extend(refs.iter().map(|at| (*at, number))),
            Some(_) => return Keys::Values,
            None => {}
        }
    }
    pairs.sort_unstable();
    Keys::Places(pairs)
}

/// Notes what a rule may ask for.
fn reach(
    batch: &Batch,
    rules: &CompiledRules,
    active: &Active,
    passed: &Passed,
    keys: &BTreeMap<usize, Keys>,
    wanted: &mut BTreeMap<usize, Wanted>,
) {
    let mut held: Vec<(Table, usize)> = Vec::new();
    for table in &active.wholes {
        held.extend((0..batch.rows(*table).len()).map(|number| (*table, number)));
    }
    for filter in &active.filters {
        let table = rules.filters.table(*filter);
        held.extend(passed[*filter].iter().map(|number| (table, *number)));
    }
    let mut ways: Vec<Way> = Vec::new();
    for (number, sieves) in &active.lookups {
        let table = rules.lookups[*number].table;
        let count = batch.rows(table).len();
        let wanted = wanted.entry(*number).or_insert_with(|| vec![false; count]);
        match &keys[number] {
            Keys::Places(pairs) if !active.is_free => ways.push(Way {
                lookup: *number,
                table,
                pairs,
                sieves,
            }),
            _ => {
                wanted.fill(true);
                held.extend((0..count).map(|number| (table, number)));
            }
        }
    }
    let mut seen: FxHashSet<RowRef> = FxHashSet::default();
    while let Some((table, number)) = held.pop() {
        for field in batch.row(table, number).fields() {
            let places = match field {
                Field::Ref(at) => std::slice::from_ref(at),
                Field::Refs(refs) => refs,
                _ => continue,
            };
            for at in places.iter().filter(|at| seen.insert(**at)) {
                for way in &ways {
                    for (_, number) in found(way.pairs, *at) {
                        let row = batch.row(way.table, *number);
                        if !way.sieves.is_empty()
                            && !way.sieves.iter().any(|sieve| sieve.passes(row))
                        {
                            continue;
                        }
                        if let Some(wanted) = wanted.get_mut(&way.lookup) {
                            wanted[*number] = true;
                        }
                        held.push((way.table, *number));
                    }
                }
            }
        }
    }
}

/// The rows that a place leads to.
fn found(pairs: &[(RowRef, usize)], at: RowRef) -> &[(RowRef, usize)] {
    let start = pairs.partition_point(|(other, _)| *other < at);
    let rest = &pairs[start..];
    let count = rest.iter().take_while(|(other, _)| *other == at).count();
    &rest[..count]
}

fn by_place(
    batch: &Batch,
    table: Table,
    pairs: &[(RowRef, usize)],
    wanted: &[bool],
) -> BTreeMap<Value, Value> {
    let runs = pairs.chunk_by(|(one, _), (other, _)| one == other);
    let found = runs.filter_map(|run| {
        let rows = run.iter().filter(|(_, number)| wanted[*number]);
        let rows: Vec<Value> = rows
            .map(|(_, number)| batch.object(table, *number))
            .collect();
        (!rows.is_empty()).then(|| (object::number(run[0].0), Value::from(rows)))
    });
    found.collect()
}

fn by_value(batch: &Batch, lookup: &Lookup) -> BTreeMap<Value, Value> {
    let field = Value::from(lookup.name());
    let mut found: BTreeMap<Value, Vec<Value>> = BTreeMap::new();
    for row in batch.objects(lookup.table) {
        match row.as_object().ok().and_then(|fields| fields.get(&field)) {
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
    let found = found.into_iter();
    found.map(|(key, rows)| (key, Value::from(rows))).collect()
}
