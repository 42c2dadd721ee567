//! The switches of a chart: values that are `false`, and that a rendering may set to `true`.

use std::ops::Range;

use crate::render::helm::chart::Chart;
use crate::render::helm::chart::metadata::Dependency;
use crate::render::helm::limits;
use crate::render::helm::value::collection::{Entry, Map};
use crate::render::helm::value::{Val, Value};

/// Keys that are no switches of parts of a chart: they loosen what a container may do, or put another program in its place.
const NO_SWITCHES: &[&str] = &[
    "allowPrivilegeEscalation",
    "debug",
    "diagnosticMode",
    "dryRun",
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "insecure",
    "privileged",
    "skipTests",
];

/// The paths of values that switch the dependencies of a chart on that are `missing`: without these, templates would read what
/// is not there.
pub(super) fn of_missing(
    chart: &Chart,
    missing: &[(String, crate::render::place::Place)],
) -> Vec<String> {
    let is_missing = |wanted: &&Dependency| missing.iter().any(|(name, _)| *name == wanted.name);
    let wanted = chart.metadata.dependencies.iter().filter(is_missing);
    let paths = wanted.flat_map(|wanted| {
        let conditions = wanted
            .condition
            .split(',')
            .map(|path| path.trim().to_owned());
        let tags = wanted.tags.iter().map(|tag| format!("tags.{tag}"));
        conditions.chain(tags).filter(|path| !path.is_empty())
    });
    paths.collect()
}

/// The paths of the switches that values have, in the order of their numbers, those at the paths `without` aside.
pub(super) fn paths(values: &Map, without: &[String]) -> Vec<String> {
    let mut walk = Walk {
        without,
        on: 0..0,
        found: Vec::new(),
    };
    walk.below(values, "", 0);
    walk.found
}

/// Sets the switches with these numbers to `true`; each keeps its place.
pub(super) fn set(values: &Map, on: Range<usize>, without: &[String]) {
    let mut walk = Walk {
        without,
        on,
        found: Vec::new(),
    };
    walk.below(values, "", 0);
}

/// Whether a key is the name of a variable of a container, by how it is spelled: its value is a setting of a program, and no switch of the chart.
fn is_variable(key: &str) -> bool {
    key.contains('_') && !key.contains(|sign: char| sign.is_ascii_lowercase())
}

struct Walk<'a> {
    without: &'a [String],
    on: Range<usize>,
    found: Vec<String>,
}

impl Walk<'_> {
    fn below(&mut self, values: &Map, path: &str, depth: u32) {
        if depth > limits::VALUE_DEPTH {
            return;
        }
        for (key, entry) in values.snapshot() {
            if NO_SWITCHES.contains(&&*key) || is_variable(&key) {
                continue;
            }
            let path = if path.is_empty() {
                key.to_string()
            } else {
                format!("{path}.{key}")
            };
            match &entry.val.value {
                Value::Map(map) => self.below(map, &path, depth + 1),
                Value::Bool(false) if !self.without.contains(&path) => {
                    if self.on.contains(&self.found.len()) {
                        let value = Value::Bool(true);
                        let val = Val {
                            value,
                            ..entry.val.clone()
                        };
                        values.set_entry(&key, Entry { val, ..entry });
                    }
                    self.found.push(path);
                }
                _ => {}
            }
        }
    }
}
