//! The rows that pass the filters of rules, found in one look at each table of a batch.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use hullmark_tables::{Column, Type};
use rustc_hash::FxHashMap;

use crate::evaluate::batch::Batch;
use crate::evaluate::path::{PathStep, each, path_steps};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::value_ref::ValueRef;
use crate::rules::filter::{Filter, Step, Test};

/// All filters that some rule asks for.
#[derive(Debug, Default)]
pub(super) struct Filters {
    numbers: BTreeMap<String, usize>,
    filters: Vec<Compiled>,
    /// By table.
    tables: BTreeMap<usize, Plan>,
}

/// A filter whose fields are numbers already.
#[derive(Debug)]
struct Compiled {
    /// The filter's text.
    key: String,
    table: Table,
    /// All that is asked of a row; once the plan is made, what is still to be asked of a row that it hands over.
    predicates: Vec<Predicate>,
}

/// A condition on one of the fields that the plan of its table picks.
#[derive(Debug)]
struct Predicate {
    path: Path,
    test: Test,
}

/// A field of the row by its number in the plan, and the way on from its value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Path {
    field: usize,
    rest: Vec<PathStep>,
}

/// How the rows of one table meet its filters: most filters want one of a few texts at some path, so the text found
/// there names the filters that are worth a closer look.
#[derive(Debug, Default)]
struct Plan {
    /// The columns that some filter asks for; `None` for what the table does not declare, so that no row has it.
    columns: Vec<Option<Column>>,
    /// Its filters.
    filters: Vec<usize>,
    paths: Vec<(Path, Wanted)>,
    /// The filters that want no text.
    others: Vec<usize>,
}

/// Which filters want a text.
type Wanted = FxHashMap<String, Vec<usize>>;

/// A filter that is asked about single rows.
#[derive(Debug)]
pub(super) struct Sieve(Vec<(Vec<PathStep>, Test)>);

impl Sieve {
    /// The filter for rows of a table.
    pub(super) fn of(table: Table, filter: &Filter) -> Self {
        let conditions = filter.conditions.iter();
        let predicates = conditions.map(|condition| {
            let path = path_steps(Some(Type::Row(table.row_type())), &condition.path);
            (path, condition.test.clone())
        });
        Self(predicates.collect())
    }

    /// Whether the row passes.
    pub(super) fn passes(&self, row: &Row) -> bool {
        self.0.iter().all(|(path, test)| match &path[..] {
            // Most ask for a field of the row itself.
            [PathStep::Column(column)] => meets(row.get(*column), test),
            path => each(ValueRef::Row(row), path, &mut |value| meets(value, test)),
        })
    }
}

/// The numbers of the rows of a batch that pass each filter, by the filter's number.
pub(super) type Passed = Vec<Vec<usize>>;

impl Filters {
    /// The number of a filter, which is the same for equal ones.
    pub(super) fn add(&mut self, table: Table, text: &str, filter: &Filter) -> usize {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.filters.len();
        self.numbers.insert(text.to_owned(), number);
        let plan = self.tables.entry(table as usize).or_default();
        plan.filters.push(number);
        let predicates = filter.conditions.iter().map(|condition| Predicate {
            path: plan.path(table, &condition.path),
            test: condition.test.clone(),
        });
        self.filters.push(Compiled {
            key: text.to_owned(),
            table,
            predicates: predicates.collect(),
        });
        number
    }

    /// Decides by which of its conditions each filter finds its rows, once all filters are added.
    pub(super) fn plan(&mut self) {
        for plan in self.tables.values_mut() {
            plan.make(&mut self.filters);
        }
    }

    /// The rows of the batch that pass each filter, in their order.
    pub(super) fn pass(&self, batch: &Batch) -> Passed {
        let mut passed: Passed = self.filters.iter().map(|_| Vec::new()).collect();
        // The last row that each filter was asked about: a row may name it once for each item of a list.
        let mut last: Vec<usize> = vec![usize::MAX; self.filters.len()];
        for (table, plan) in &self.tables {
            let rows = batch.rows(Table::ALL[*table]);
            let mut picked: Vec<Option<ValueRef>> = Vec::with_capacity(plan.columns.len());
            for (number, row) in rows.enumerate() {
                picked.clear();
                let columns = plan.columns.iter();
                picked.extend(columns.map(|column| row.get((*column)?)));
                let mut take = |filter: usize| {
                    if std::mem::replace(&mut last[filter], number) == number {
                        return;
                    }
                    let mut predicates = self.filters[filter].predicates.iter();
                    if predicates.all(|predicate| predicate.passes(&picked)) {
                        passed[filter].push(number);
                    }
                };
                for (path, texts) in &plan.paths {
                    path.each(&picked, &mut |value| {
                        let wanting = value
                            .and_then(ValueRef::text)
                            .and_then(|text| texts.get(text));
                        for filter in wanting.into_iter().flatten() {
                            take(*filter);
                        }
                        false
                    });
                }
                plan.others.iter().for_each(|filter| take(*filter));
            }
        }
        passed
    }

    /// A filter's text, by which its rows are in `input.filtered`.
    pub(super) fn key(&self, filter: usize) -> &str {
        &self.filters[filter].key
    }

    /// The table whose rows a filter lets through.
    pub(super) fn table(&self, filter: usize) -> Table {
        self.filters[filter].table
    }
}

impl Plan {
    /// The more texts all filters together want at a path, the fewer rows have the one that a filter wants: few
    /// commands run `chown`, and nearly all are in a RUN.
    fn make(&mut self, filters: &mut [Compiled]) {
        let predicates = self.filters.iter();
        let predicates = predicates.flat_map(|number| &filters[*number].predicates);
        let mut known: Vec<(Path, BTreeSet<String>)> = Vec::new();
        for predicate in predicates {
            let Test::In(texts) = &predicate.test else {
                continue;
            };
            let at = known.iter().position(|(path, _)| *path == predicate.path);
            let at = at.unwrap_or_else(|| {
                known.push((predicate.path.clone(), BTreeSet::new()));
                known.len() - 1
            });
            known[at].1.extend(texts.iter().cloned());
        }
        let choice = |predicate: &Predicate| {
            let (_, texts) = known.iter().find(|(path, _)| *path == predicate.path)?;
            // A field of the row itself is cheaper to look at than all items of a list.
            let is_many = predicate.path.rest.iter().any(PathStep::is_many);
            matches!(predicate.test, Test::In(_)).then_some((!is_many, texts.len()))
        };
        for number in &self.filters {
            let predicates = &mut filters[*number].predicates;
            let best =
                (0..predicates.len()).max_by_key(|at| (choice(&predicates[*at]), Reverse(*at)));
            let Some(best) = best.filter(|best| choice(&predicates[*best]).is_some()) else {
                self.others.push(*number);
                continue;
            };
            let best = predicates.remove(best);
            let at = self.paths.iter().position(|(path, _)| *path == best.path);
            let at = at.unwrap_or_else(|| {
                self.paths.push((best.path, Wanted::default()));
                self.paths.len() - 1
            });
            if let Test::In(texts) = best.test {
                for text in texts {
                    self.paths[at].1.entry(text).or_default().push(*number);
                }
            }
        }
    }

    /// The path with its first field by number, so that each field of a row is looked up once for all filters.
    fn path(&mut self, table: Table, steps: &[Step]) -> Path {
        let (column, rest) = match steps.split_first() {
            Some((Step::Field(name), rest)) => (table.row_type().column(name), rest),
            // Nothing else is read as a filter.
            _ => (None, steps),
        };
        let field = self.columns.iter().position(|other| *other == column);
        let field = field.unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        });
        let of = column.map(|column| column.definition().of);
        Path {
            field,
            rest: path_steps(of, rest),
        }
    }
}

impl Path {
    /// As [`each`], from a row's picked fields.
    fn each(
        &self,
        picked: &[Option<ValueRef>],
        look: &mut dyn FnMut(Option<ValueRef>) -> bool,
    ) -> bool {
        match picked[self.field] {
            Some(value) => each(value, &self.rest, look),
            None => look(None),
        }
    }
}

impl Predicate {
    fn passes(&self, picked: &[Option<ValueRef>]) -> bool {
        self.path
            .each(picked, &mut |value| meets(value, &self.test))
    }
}

fn meets(value: Option<ValueRef>, test: &Test) -> bool {
    let text = value.and_then(ValueRef::text);
    let any = |texts: &[String], is_met: fn(&str, &str) -> bool| {
        text.is_some_and(|text| texts.iter().any(|one| is_met(text, one)))
    };
    let is_in = |texts: &[String]| any(texts, |text, one| text == one);
    match test {
        Test::In(texts) => is_in(texts),
        Test::NotIn(texts) => !is_in(texts),
        Test::Like(texts) => text.is_some_and(|text| {
            !text.is_ascii() || texts.iter().any(|one| one.eq_ignore_ascii_case(text))
        }),
        Test::Starts(starts) => any(starts, |text, start| text.starts_with(start)),
        Test::Ends(ends) => any(ends, |text, end| text.ends_with(end)),
        Test::Contains(parts) => any(parts, |text, part| text.contains(part)),
        Test::Number(wanted) => value
            .and_then(|value| value.compare(*wanted))
            .is_some_and(Ordering::is_eq),
        Test::Above(least) => value.is_some_and(|value| match value.compare(*least) {
            Some(ordering) => ordering.is_gt(),
            None => true,
        }),
        Test::Not(other) => value.is_some() && text != Some(other),
        Test::Holds => value.is_some_and(|value| !value.is_false()),
        Test::Fails => value.is_none_or(ValueRef::is_false),
        Test::Exists => value.is_some(),
        Test::Filled => match text {
            Some(text) => !text.is_empty(),
            None => value.is_some_and(|value| value.any(&mut |_| true)),
        },
    }
}
