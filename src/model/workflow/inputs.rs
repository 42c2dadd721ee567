//! What steps give to actions: inputs that the action does not have, that it requires, or that are deprecated.

use std::sync::LazyLock;

use hullmark_tables::faults;
use rustc_hash::FxHashMap;

use crate::model::FileTables;
use crate::model::table::Table;
use crate::model::workflow::callee::{Callee, Declared};
use crate::model::workflow::uses::{self, major};
use crate::model::workflow::{WorkflowFile, value};
use crate::parse::yaml::tree::NodeId;
use crate::suggestion::misspelt;

/// What each line of releases declares, as written.
const TABLE: &str = include_str!("../../../data/action-inputs.tsv");

/// What a line of releases declares, in lower case.
struct Line {
    inputs: &'static str,
    required: &'static str,
    deprecated: &'static str,
    outputs: &'static str,
    /// Whether no release of the line has other inputs.
    is_whole: bool,
}

/// How many later major versions are asked whether they have an input.
const NEWER: u32 = 30;

/// By action in lower case and major version.
static LINES: LazyLock<FxHashMap<(&'static str, u32), Line>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let mut cell = || cells.next();
            let (action, line) = (cell()?, major(cell()?)?);
            let line = (
                (action, line),
                [cell()?, cell()?, cell()?, cell()?, cell()?],
            );
            let (key, [inputs, required, deprecated, outputs, state]) = line;
            let line = Line {
                inputs,
                required,
                deprecated,
                outputs,
                is_whole: state == "whole",
            };
            Some((key, line))
        })
        .collect()
});

/// Actions of the table, or their owners, that run in a container: the runner takes `args` and `entrypoint` for these.
const CONTAINERS: &[&str] = &[
    "actions/first-interaction",
    "enricomi/",
    "github/super-linter",
    "reviewdog/",
    "rtcamp/",
];

/// How many inputs of a step are looked at.
const MOST: usize = 100;

/// The outputs of an action and a release that are known, with spaces between.
pub(super) fn outputs(action: &str, line: u32) -> Option<&'static str> {
    let outputs = LINES.get(&(action, line))?.outputs;
    (outputs != "*").then_some(outputs)
}

/// Reports what a step gives to its action and what it leaves out, if the action and its release are known.
/// A step that `is_off` never runs, or may fail.
pub(super) fn check(
    tables: &mut FileTables,
    file: WorkflowFile<'_>,
    (step, is_off): (NodeId, bool),
) {
    let tree = file.tree;
    if file.is_dialect || !tables.wants(Table::Problems) {
        return;
    }
    let Some(uses) = tree.get(step, "uses") else {
        return;
    };
    let text = tree.text(uses).unwrap_or_default();
    let given = Given::of(file, (step, is_off), uses);
    if let Some(callee) = file.callees.action(text) {
        if let Callee::Declares(declared) = callee.as_ref() {
            local(tables, &given, text.trim(), declared);
        }
        return;
    }
    let Some((action, line)) = uses::release(file, uses) else {
        return;
    };
    let Some(known) = LINES.get(&(action.as_str(), line)) else {
        return;
    };
    let name = format!("`{action}` v{line}");
    let deprecated = |input: &str| {
        let is_deprecated = known.deprecated.split(' ').any(|other| other == input);
        is_deprecated.then_some("")
    };
    let is_container = CONTAINERS.iter().any(|start| action.starts_with(start));
    if known.inputs != "*" {
        let mut inputs = known.inputs.to_owned();
        if is_container {
            inputs.push_str(" args entrypoint");
        }
        let since = |input: &str| {
            let has = |release: &u32| {
                let known = LINES.get(&(action.as_str(), *release));
                known.is_some_and(|known| known.inputs.split(' ').any(|other| other == input))
            };
            let release = (line + 1..line + NEWER).find(has)?;
            Some(format!("`{action}@v{release}`"))
        };
        given.check(
            tables,
            &name,
            (&inputs, known.is_whole),
            (deprecated, since),
        );
    }
    // An input that the table does not have is one of a newer release, which may require others.
    if known.is_whole || known.inputs == "*" || given.are_in(known.inputs) {
        let required = known.required.split(' ').filter(|name| !name.is_empty());
        given.missing(tables, &name, required.map(|name| (name, true)));
    }
}

fn local(tables: &mut FileTables, given: &Given<'_>, name: &str, declared: &Declared) {
    let named = declared.inputs.iter().map(|input| input.name.as_str());
    let inputs: Vec<String> = named.map(str::to_ascii_lowercase).collect();
    let mut inputs = inputs.join(" ");
    if declared.is_docker {
        inputs.push_str(" args entrypoint");
    }
    let deprecated = |input: &str| {
        let mut all = declared.inputs.iter();
        let found = all.find(|other| other.name.eq_ignore_ascii_case(input))?;
        (!found.is_required)
            .then_some(found.deprecation.as_deref())
            .flatten()
    };
    let name = format!("`{name}`");
    given.check(tables, &name, (&inputs, true), (deprecated, |_: &str| None));
    let required = declared.inputs.iter().filter(|input| input.is_required);
    let required = required.map(|input| (input.name.as_str(), input.is_read));
    given.missing(tables, &name, required);
}

/// What a step hands to its action.
struct Given<'t> {
    /// The `uses`.
    uses: NodeId,
    /// The inputs as written, each with its value.
    inputs: Vec<(&'t str, NodeId)>,
    /// Whether there may be others.
    is_open: bool,
    /// Whether the step never runs, or may fail.
    is_off: bool,
}

impl<'t> Given<'t> {
    fn of(file: WorkflowFile<'t>, (step, is_off): (NodeId, bool), uses: NodeId) -> Self {
        let tree = file.tree;
        let with = tree.get(step, "with");
        let pairs = with.map(|with| tree.pairs(with)).unwrap_or_default();
        let is_text = with.is_some_and(|with| tree.text(with).is_some_and(value::is_dynamic));
        let env = tree
            .get(step, "env")
            .map(|env| tree.first_keys(env, MOST))
            .unwrap_or_default();
        let inputs = pairs.iter().take(MOST);
        let inputs = inputs.filter_map(|(key, node)| Some((tree.text(*key)?, *node)));
        let inputs: Vec<(&str, NodeId)> = inputs.collect();
        let is_open = is_text
            || pairs.len() > MOST
            || env.iter().any(|name| name.starts_with("INPUT_"))
            || inputs
                .iter()
                .any(|(name, _)| value::is_dynamic(name) || *name == "<<");
        Self {
            uses,
            inputs,
            is_open,
            is_off,
        }
    }

    /// Whether all inputs are among these.
    fn are_in(&self, known: &str) -> bool {
        self.inputs.iter().all(|(name, _)| {
            let folded = name.to_ascii_lowercase();
            known.split(' ').any(|input| input == folded)
        })
    }

    /// Reports inputs that are none of `known`, and deprecated ones. If `known` may lack some, only what is nearly one of them is known to be
    /// wrong.
    fn check<'d>(
        &self,
        tables: &mut FileTables,
        action: &str,
        (known, is_whole): (&str, bool),
        (deprecated, since): (
            impl Fn(&str) -> Option<&'d str>,
            impl Fn(&str) -> Option<String>,
        ),
    ) {
        for (name, node) in &self.inputs {
            let folded = name.to_ascii_lowercase();
            if value::is_dynamic(name) || *name == "<<" {
                continue;
            }
            if known.split(' ').any(|input| input == folded) {
                if let Some(text) = deprecated(&folded) {
                    report_deprecated(tables, *node, (action, name), text);
                }
                continue;
            }
            let near = similar(&folded, known);
            let is_slip = near.is_some_and(|near| is_slip(&folded, near));
            let (kind, message) = if is_whole || is_slip {
                let message = format!("{action} has no input `{name}`, which is ignored");
                (faults::UNKNOWN_INPUT, message)
            } else {
                let message = format!("{action} is not known to have an input `{name}`");
                (faults::UNLISTED_INPUT, message)
            };
            let remedy = match (since(&folded), near) {
                (Some(release), _) => {
                    format!("Use {release} or a newer release, which has `{name}`, or remove it.")
                }
                (None, Some(near)) => format!("Write `{near}`, or remove it."),
                (None, None) if action.starts_with("`.") => {
                    format!("Remove `{name}`, or declare it in `inputs` of the action.")
                }
                (None, None) => {
                    format!("Remove `{name}`, or look up its new name in the action's README.")
                }
            };
            let at = tables.node(*node);
            tables.problem_with_remedy(at, kind, (&message, &remedy), None);
        }
    }

    /// Reports required inputs that are not given, each with whether the action reads it. Where nothing is lost by it, that is advice.
    fn missing<'n>(
        &self,
        tables: &mut FileTables,
        action: &str,
        required: impl Iterator<Item = (&'n str, bool)>,
    ) {
        if self.is_open {
            return;
        }
        for (name, is_read) in required {
            let mut given = self.inputs.iter();
            if given.any(|(given, _)| given.eq_ignore_ascii_case(name)) {
                continue;
            }
            let message = format!("{action} requires the input `{name}`, which is not given");
            let remedy = if action.starts_with("`.") {
                format!(
                    "Add `{name}` to `with`, or write `required: false` in the action if it works without it."
                )
            } else {
                format!("Add `{name}` to `with`.")
            };
            let at = tables.node(self.uses);
            if self.is_off || !is_read {
                tables.minor_problem(at, faults::MISSING_INPUT, &message);
                continue;
            }
            tables.problem_with_remedy(at, faults::MISSING_INPUT, (&message, &remedy), None);
        }
    }
}

fn report_deprecated(
    tables: &mut FileTables,
    node: NodeId,
    (action, name): (&str, &str),
    text: &str,
) {
    let line = text.lines().next().unwrap_or_default().trim();
    let message = format!("input `{name}` of {action} is deprecated");
    let remedy = match line {
        "" => "Look up what replaces it in the action's README, or remove it.".to_owned(),
        text => format!(
            "The action says: {}{}",
            text,
            if text.ends_with('.') { "" } else { "." }
        ),
    };
    let at = tables.node(node);
    tables.problem_with_remedy(at, faults::DEPRECATED_INPUT, (&message, &remedy), None);
}

/// Whether a name is another one but for hyphens, or but for two letters.
fn is_slip(name: &str, near: &str) -> bool {
    let joined = |text: &str| text.replace(['-', '_'], "");
    joined(name) == joined(near) || (name.len() > 5 && strsim::damerau_levenshtein(name, near) <= 2)
}

/// The input that is meant: one that is spelt nearly so, or one that ends with the name behind a hyphen.
fn similar<'i>(name: &str, inputs: &'i str) -> Option<&'i str> {
    let joined = |text: &str| text.replace(['-', '_'], "");
    let mut same = inputs
        .split(' ')
        .filter(|input| joined(input) == joined(name));
    let longer = || {
        let mut longer = inputs.split(' ').filter(|input| {
            input
                .strip_suffix(name)
                .is_some_and(|rest| rest.ends_with(['-', '_']))
        });
        longer.next()
    };
    let begun = || {
        let mut begun = inputs.split(' ').filter(|input| input.starts_with(name));
        begun
            .next()
            .filter(|_| name.len() > 3 && begun.next().is_none())
    };
    same.next()
        .or_else(|| misspelt(name, inputs.split(' ')).filter(|_| name.len() > 3))
        .or_else(longer)
        .or_else(begun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_input_that_is_meant_is_near() {
        let inputs = LINES[&("actions/checkout", 4)].inputs;
        assert_eq!(similar("depth", inputs), Some("fetch-depth"));
        assert_eq!(similar("fetch_depth", inputs), Some("fetch-depth"));
        assert_eq!(similar("repo", inputs), Some("repository"));
        assert_eq!(similar("banana", inputs), None);
        let inputs = LINES[&("codecov/codecov-action", 5)].inputs;
        assert_eq!(similar("file", inputs), Some("files"));
    }

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), LINES.len());
        assert_eq!(outputs("actions/cache", 4), Some("cache-hit"));
        assert_eq!(outputs("actions/cache", 1), None);
    }
}
