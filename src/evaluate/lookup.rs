//! Lookups: rows of a table by one of their fields, less what no rule can ask for.
//!
//! Most lookups go from place to place: `input.index.stages_by_at[command.stage]`. A rule gets such a key from a row that it
//! holds already, which one of its loops or an earlier lookup gave it. So the rows that its filters let through tell
//! which others it may ask for; of 18,000 commands, seven in ten are asked for by nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use regorus::Value;
use regorus::value::Array;
use rustc_hash::FxHashMap;

use crate::evaluate::batch::Batch;
use crate::evaluate::compiled::{Active, CompiledRules};
use crate::evaluate::filtered::Passed;
use crate::evaluate::index::Lookup;
use crate::evaluate::object;
use crate::model::place::RowRef;
use crate::model::row::Field;
use crate::model::table::Table;

/// The rows of a lookup by their keys.
enum Keys {
    /// The field holds places.
    Places(Places),
    /// The field holds something else, which a rule may have from anywhere.
    Values,
}

/// The places that a field holds.
struct Places {
    /// Each with the number of a row that it leads to, in their order.
    pairs: Vec<(RowRef, usize)>,
    /// Where those of a place begin and end.
    runs: FxHashMap<RowRef, Range<usize>>,
}

impl Places {
    fn of(mut pairs: Vec<(RowRef, usize)>) -> Self {
        pairs.sort_unstable();
        let mut runs = FxHashMap::default();
        let mut start = 0;
        for run in pairs.chunk_by(|(one, _), (other, _)| one == other) {
            runs.insert(run[0].0, start..start + run.len());
            start += run.len();
        }
        Self { pairs, runs }
    }

    /// The rows that a place leads to.
    fn at(&self, at: RowRef) -> &[(RowRef, usize)] {
        let run = self.runs.get(&at);
        run.map_or(&[], |run| &self.pairs[run.clone()])
    }
}

/// The keys of lookups by table and field.
type FieldKeys<'a> = FxHashMap<(usize, &'a str), Keys>;

/// The lookups that a rule makes from places to rows of a table, by one field.
struct Way<'a> {
    table: Table,
    places: &'a Places,
    lookups: Vec<usize>,
}

/// What is asked of a lookup.
#[derive(Default)]
enum Wanted {
    /// Nothing.
    #[default]
    Nothing,
    /// The rows that these places lead to, by their numbers: those that the lookup gives.
    Places(FxHashMap<RowRef, Vec<usize>>),
    /// All that it has.
    All,
}

/// The places that rules were followed from, each with the number of the last rule: one table for all rules.
#[derive(Default)]
struct Seen {
    rule: usize,
    last: FxHashMap<RowRef, usize>,
}

impl Seen {
    /// Whether the rule at hand was not followed from a place yet.
    fn is_new(&mut self, at: RowRef) -> bool {
        self.last.insert(at, self.rule) != Some(self.rule)
    }
}

/// `input.index`, what the rules that are due may look up, and `input.sizes`, how many rows it would be, for all keys.
pub(super) fn index(
    batch: &Batch,
    rules: &CompiledRules,
    due: &[&Active],
    passed: &Passed,
) -> (BTreeMap<Value, Value>, BTreeMap<Value, Value>) {
    let used = due.iter().flat_map(|active| &active.lookups);
    let used: BTreeSet<usize> = used.copied().collect();
    let counted = due.iter().flat_map(|active| &active.sizes);
    let counted: BTreeSet<usize> = counted.copied().collect();
    let mut fields: FieldKeys = FieldKeys::default();
    for number in used.union(&counted) {
        let lookup = &rules.lookups[*number];
        let field = (lookup.table as usize, lookup.name.as_str());
        (fields.entry(field)).or_insert_with(|| keys(batch, lookup));
    }
    let keys = |number: usize| -> &Keys {
        let lookup = &rules.lookups[number];
        &fields[&(lookup.table as usize, lookup.name.as_str())]
    };
    let mut wanted: Vec<Wanted> = Vec::new();
    wanted.resize_with(rules.lookups.len(), Wanted::default);
    let mut seen = Seen::default();
    for active in due.iter().filter(|active| !active.lookups.is_empty()) {
        seen.rule += 1;
        reach(
            batch,
            rules,
            active,
            passed,
            &keys,
            (&mut wanted, &mut seen),
        );
    }
    let index = used.iter().map(|number| {
        let lookup = &rules.lookups[*number];
        let found = match (keys(*number), &wanted[*number]) {
            (Keys::Values, _) => by_value(batch, lookup),
            (Keys::Places(places), Wanted::All) => all_by_place(batch, lookup, &places.pairs),
            (Keys::Places(_), Wanted::Places(wanted)) => by_place(batch, lookup.table, wanted),
            (Keys::Places(_), Wanted::Nothing) => BTreeMap::new(),
        };
        (lookup.name_in_input(), Value::from(found))
    });
    let sizes = counted.iter().map(|number| {
        let lookup = &rules.lookups[*number];
        let sizes = match keys(*number) {
            Keys::Places(places) => sizes(&places.pairs),
            Keys::Values => {
                let found = by_value(batch, lookup).into_iter();
                let sizes = found.map(|(key, rows)| {
                    let count = rows.as_array().map_or(0, Array::len);
                    (key, Value::from(count as u64))
                });
                sizes.collect()
            }
        };
        (lookup.name_in_input(), Value::from(sizes))
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
        return Keys::Places(Places::of(pairs));
    };
    for (number, row) in batch.rows(lookup.table).enumerate() {
        match row.field(column) {
            Some(Field::Ref(at)) => pairs.push((*at, number)),
            Some(Field::Refs(refs)) => pairs.extend(refs.iter().map(|at| (*at, number))),
            Some(_) => return Keys::Values,
            None => {}
        }
    }
    Keys::Places(Places::of(pairs))
}

/// Notes what a rule may ask for.
fn reach<'k>(
    batch: &Batch,
    rules: &CompiledRules,
    active: &Active,
    passed: &Passed,
    keys: &dyn Fn(usize) -> &'k Keys,
    (wanted, seen): (&mut [Wanted], &mut Seen),
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
    for number in &active.lookups {
        let lookup = &rules.lookups[*number];
        match keys(*number) {
            Keys::Places(places) if !active.is_free => {
                let way = ways.iter_mut().find(|way| std::ptr::eq(way.places, places));
                match way {
                    Some(way) => way.lookups.push(*number),
                    None => ways.push(Way {
                        table: lookup.table,
                        places,
                        lookups: vec![*number],
                    }),
                }
            }
            _ => {
                wanted[*number] = Wanted::All;
                let rows = batch.rows(lookup.table).enumerate();
                let rows = rows.filter(|(_, row)| lookup.gives(row));
                held.extend(rows.map(|(row, _)| (lookup.table, row)));
            }
        }
    }
    while let Some((table, number)) = held.pop() {
        for field in batch.row(table, number).fields() {
            let places = match field {
                Field::Ref(at) => std::slice::from_ref(at),
                Field::Refs(refs) => refs,
                _ => continue,
            };
            for at in places.iter().filter(|at| seen.is_new(**at)) {
                for way in &ways {
                    let rows = way.places.at(*at);
                    if !rows.is_empty() {
                        follow(batch, rules, way, *at, rows, wanted, &mut held);
                    }
                }
            }
        }
    }
}

/// Notes that the lookups of a way are asked for the rows that a place leads to, and holds those that they give.
fn follow(
    batch: &Batch,
    rules: &CompiledRules,
    way: &Way,
    at: RowRef,
    rows: &[(RowRef, usize)],
    wanted: &mut [Wanted],
    held: &mut Vec<(Table, usize)>,
) {
    for number in &way.lookups {
        let lookup = &rules.lookups[*number];
        let gives = |row: usize| lookup.gives(batch.row(way.table, row));
        let given = || rows.iter().map(|(_, row)| *row).filter(|row| gives(*row));
        if matches!(wanted[*number], Wanted::Nothing) {
            wanted[*number] = Wanted::Places(FxHashMap::default());
        }
        match &mut wanted[*number] {
            Wanted::Places(places) => {
                let given = places.entry(at).or_insert_with(|| given().collect());
                held.extend(given.iter().map(|row| (way.table, *row)));
            }
            Wanted::Nothing | Wanted::All => held.extend(given().map(|row| (way.table, row))),
        }
    }
}

/// The rows of those places that lead to some.
fn by_place(
    batch: &Batch,
    table: Table,
    wanted: &FxHashMap<RowRef, Vec<usize>>,
) -> BTreeMap<Value, Value> {
    let found = wanted.iter().filter(|(_, rows)| !rows.is_empty());
    let found = found.map(|(at, rows)| {
        let rows = rows.iter().map(|number| batch.object(table, *number));
        (object::number(*at), Value::from(rows.collect::<Vec<_>>()))
    });
    found.collect()
}

/// All rows that a lookup gives, by their places.
fn all_by_place(
    batch: &Batch,
    lookup: &Lookup,
    pairs: &[(RowRef, usize)],
) -> BTreeMap<Value, Value> {
    let mut places: FxHashMap<RowRef, Vec<usize>> = FxHashMap::default();
    for (at, number) in pairs {
        if lookup.gives(batch.row(lookup.table, *number)) {
            places.entry(*at).or_default().push(*number);
        }
    }
    by_place(batch, lookup.table, &places)
}

fn by_value(batch: &Batch, lookup: &Lookup) -> BTreeMap<Value, Value> {
    let field = Value::from(lookup.name.as_str());
    let mut found: BTreeMap<Value, Vec<Value>> = BTreeMap::new();
    for (number, row) in batch.rows(lookup.table).enumerate() {
        if !lookup.gives(row) {
            continue;
        }
        let row = batch.object(lookup.table, number);
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
