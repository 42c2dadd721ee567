//! The rows that pass the filters of rules, found in one look at each table of a batch.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ptr;

use regorus::Value;
use rustc_hash::FxHashMap;

use crate::evaluate::batch::Batch;
use crate::model::part::Part;
use crate::model::row::Row;
use crate::model::table::Table;
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
    key: Value,
    table: Table,
    /// All that is asked of a row; once the plan is made, what is still to be asked of a row that it hands over.
    asks: Vec<Ask>,
}

/// A condition on one of the fields that the plan of its table picks.
#[derive(Debug)]
struct Ask {
    path: Path,
    test: Test,
}

/// A field of the row by its number in the plan, and the way on from its value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Path {
    field: usize,
    rest: Vec<Way>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    Field(Value),
    Item(usize),
    Each,
    Keys,
}

/// How the rows of one table meet its filters: most filters want one of a few texts at some path, so the text found
/// there names the filters that are worth a closer look.
#[derive(Debug, Default)]
struct Plan {
    /// The fields that some filter asks for, by name.
    fields: FxHashMap<String, usize>,
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
pub(super) struct Sieve(Vec<(Vec<Way>, Test)>);

impl Sieve {
    pub(super) fn of(filter: &Filter) -> Self {
        let conditions = filter.conditions.iter();
        let asks = conditions.map(|condition| (ways(&condition.path), condition.test.clone()));
        Self(asks.collect())
    }

    /// Whether the row passes.
    pub(super) fn passes(&self, row: &Row) -> bool {
        let mut asks = self.0.iter();
        asks.all(|(path, test)| each(Part::Row(row), path, &mut |part| meets(part, test)))
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
        let asks = filter.conditions.iter().map(|condition| Ask {
            path: plan.path(&condition.path),
            test: condition.test.clone(),
        });
        self.filters.push(Compiled {
            key: Value::from(text),
            table,
            asks: asks.collect(),
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
        // The last row that each filter took: a row may name it twice.
        let mut last: Vec<usize> = vec![usize::MAX; self.filters.len()];
        for (table, plan) in &self.tables {
            let rows = batch.rows(Table::ALL[*table]);
            let mut picker = Picker::new(plan);
            for (number, row) in rows.enumerate() {
                let picked = picker.pick(row);
                let mut take = |filter: usize| {
                    if last[filter] != number
                        && self.filters[filter]
                            .asks
                            .iter()
                            .all(|ask| ask.passes(&picked))
                    {
                        last[filter] = number;
                        passed[filter].push(number);
                    }
                };
                for (path, texts) in &plan.paths {
                    path.each(&picked, &mut |part| {
                        let wanting = part.and_then(Part::text).and_then(|text| texts.get(text));
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

    /// A filter's text, by which its rows stand in `input.filtered`.
    pub(super) fn key(&self, filter: usize) -> Value {
        self.filters[filter].key.clone()
    }

    /// The table whose rows a filter judges.
    pub(super) fn table(&self, filter: usize) -> Table {
        self.filters[filter].table
    }
}

impl Plan {
    /// The more texts all filters together want at a path, the fewer rows have the one that a filter wants: few
    /// commands run `chown`, and nearly all stand in a RUN.
    fn make(&mut self, filters: &mut [Compiled]) {
        let asks = self
            .filters
            .iter()
            .flat_map(|number| &filters[*number].asks);
        let mut known: Vec<(Path, BTreeSet<String>)> = Vec::new();
        for ask in asks {
            let Test::In(texts) = &ask.test else { continue };
            let at = known.iter().position(|(path, _)| *path == ask.path);
            let at = at.unwrap_or_else(|| {
                known.push((ask.path.clone(), BTreeSet::new()));
                known.len() - 1
            });
            known[at].1.extend(texts.iter().cloned());
        }
        let choice = |ask: &Ask| {
            let (_, texts) = known.iter().find(|(path, _)| *path == ask.path)?;
            // A field of the row itself is cheaper to look at than all items of a list.
            let is_many = ask.path.rest.iter().any(Way::is_many);
            matches!(ask.test, Test::In(_)).then_some((!is_many, texts.len()))
        };
        for number in &self.filters {
            let asks = &mut filters[*number].asks;
            let best = (0..asks.len()).max_by_key(|at| (choice(&asks[*at]), Reverse(*at)));
            let Some(best) = best.filter(|best| choice(&asks[*best]).is_some()) else {
                self.others.push(*number);
                continue;
            };
            let best = asks.remove(best);
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
    fn path(&mut self, steps: &[Step]) -> Path {
        let (name, rest) = match steps.split_first() {
            Some((Step::Field(name), rest)) => (name.as_str(), rest),
            // Nothing else is read as a filter; no row has a field without a name.
            _ => ("", steps),
        };
        let next = self.fields.len();
        Path {
            field: *self.fields.entry(name.to_owned()).or_insert(next),
            rest: ways(rest),
        }
    }
}

/// Picks from rows the fields that a plan asks for.
struct Picker<'a> {
    plan: &'a Plan,
    /// Where the name of each field of the last row lies in memory, its length, and the field's number in the plan. Most
    /// rows of a table have the same fields.
    last: Vec<(*const str, Option<usize>)>,
}

impl<'a> Picker<'a> {
    fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            last: Vec::new(),
        }
    }

    /// The fields, by their numbers.
    fn pick<'row>(&mut self, row: &'row Row) -> Vec<Option<Part<'row>>> {
        let mut picked = vec![None; self.plan.fields.len()];
        for (at, (name, field)) in row.fields().iter().enumerate() {
            let number = match self.last.get(at) {
                Some((last, number)) if ptr::eq(*last, *name) => *number,
                _ => {
                    let number = self.plan.fields.get(*name).copied();
                    self.last.resize(self.last.len().max(at + 1), ("", None));
                    self.last[at] = (*name, number);
                    number
                }
            };
            if let Some(number) = number {
                picked[number] = Some(Part::Field(field));
            }
        }
        picked
    }
}

impl Path {
    /// As [`each`], from a row's picked fields.
    fn each(&self, picked: &[Option<Part>], look: &mut dyn FnMut(Option<Part>) -> bool) -> bool {
        match picked[self.field] {
            Some(part) => each(part, &self.rest, look),
            None => look(None),
        }
    }
}

impl Way {
    /// Whether it leads to many values.
    fn is_many(&self) -> bool {
        matches!(self, Self::Each | Self::Keys)
    }
}

impl Ask {
    fn passes(&self, picked: &[Option<Part>]) -> bool {
        self.path.each(picked, &mut |part| meets(part, &self.test))
    }
}

fn meets(part: Option<Part>, test: &Test) -> bool {
    let text = part.and_then(Part::text);
    let is_in = |texts: &[String]| text.is_some_and(|text| texts.iter().any(|one| one == text));
    match test {
        Test::In(texts) => is_in(texts),
        Test::NotIn(texts) => !is_in(texts),
        Test::Like(texts) => text.is_some_and(|text| {
            !text.is_ascii() || texts.iter().any(|one| one.eq_ignore_ascii_case(text))
        }),
        Test::Starts(start) => text.is_some_and(|text| text.starts_with(start.as_str())),
        Test::Ends(end) => text.is_some_and(|text| text.ends_with(end.as_str())),
        Test::Contains(part) => text.is_some_and(|text| text.contains(part.as_str())),
        Test::Number(wanted) => part
            .and_then(Part::number)
            .is_some_and(|number| number == Value::from(*wanted)),
        Test::Above(least) => part.is_some_and(|part| match part.number() {
            Some(number) => number > Value::from(*least),
            None => true,
        }),
        Test::Not(other) => part.is_some() && text != Some(other),
        Test::Holds => part.is_some_and(|part| !part.is_false()),
        Test::Fails => part.is_none_or(Part::is_false),
        Test::Exists => part.is_some(),
        Test::Filled => match text {
            Some(text) => !text.is_empty(),
            None => part.is_some_and(|part| part.any(&mut |_| true)),
        },
    }
}

fn ways(path: &[Step]) -> Vec<Way> {
    let ways = path.iter().map(|step| match step {
        Step::Field(name) => Way::Field(Value::from(name.as_str())),
        Step::Item(number) => Way::Item(*number),
        Step::Each => Way::Each,
        Step::Keys => Way::Keys,
    });
    ways.collect()
}

/// Shows `look` what the path leads to, or that it leads to nothing, until it is content; says whether it was.
fn each(part: Part, path: &[Way], look: &mut dyn FnMut(Option<Part>) -> bool) -> bool {
    let Some((way, rest)) = path.split_first() else {
        return look(Some(part));
    };
    let next = match way {
        Way::Field(name) => part.get(name),
        Way::Item(number) => part.item(*number),
        Way::Each => return part.any(&mut |item| each(item, rest, look)),
        Way::Keys => return part.any_key(&mut |key| each(key, rest, look)),
    };
    match next {
        Some(next) => each(next, rest, look),
        None => look(None),
    }
}
