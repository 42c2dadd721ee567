//! Values that are known only at run time.

use std::ops::Range;

use crate::render::helm::chart::Chart;
use crate::render::helm::limits;
use crate::render::helm::value::collection::{Entry, List, Map};
use crate::render::helm::value::{Val, Value};
use crate::render::place::Place;

/// Which of the values of a file are unknown.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// All of them.
    All,
    /// Those that are written at these bytes, which are in order.
    At(&'a [Range<usize>]),
}

impl Which<'_> {
    fn holds(self, at: Place) -> bool {
        let Which::At(ranges) = self else {
            return true;
        };
        let own = at.span.range();
        let next = ranges.partition_point(|range| range.end <= own.start);
        ranges.get(next).is_some_and(|range| range.start < own.end)
    }
}

/// Makes values unknown; what holds others is known as far as these are.
pub fn mark(values: &Map, which: Which, depth: u32) {
    if depth > limits::VALUE_DEPTH {
        return;
    }
    for (key, entry) in values.snapshot() {
        let val = marked(&entry.val, which, depth + 1);
        values.set_entry(&key, Entry { val, ..entry });
    }
}

/// Makes the version of the program unknown where a release writes it: the chart in the repository has version 0.0.0.
pub fn forget_stamped(chart: &Chart) {
    let version = chart.metadata.version.trim_start_matches('v');
    let is_stamped = version == "0.0.0" || version.starts_with("0.0.0-");
    let fields = chart.metadata.fields.as_map().filter(|_| is_stamped);
    let entry = fields.and_then(|fields| Some((fields, fields.entry("appVersion")?)));
    if let Some((fields, entry)) = entry {
        let val = entry.val.clone().into_unknown();
        fields.set_entry("appVersion", Entry { val, ..entry });
    }
    for inner in &chart.dependencies {
        forget_stamped(inner);
    }
}

fn marked(val: &Val, which: Which, depth: u32) -> Val {
    match &val.value {
        Value::Map(map) => {
            mark(map, which, depth);
            val.clone()
        }
        Value::List(list) if depth <= limits::VALUE_DEPTH => {
            let items = list.items.iter().map(|item| marked(item, which, depth + 1));
            let value = Value::List(List::new(items.collect()));
            Val {
                value,
                ..val.clone()
            }
        }
        _ if which.holds(val.at) => val.clone().into_unknown(),
        _ => val.clone(),
    }
}
