//! Inputs that popular actions do not have: the runner ignores them, and what they should set is not set.

use std::sync::LazyLock;

use hullmark_tables::faults;
use rustc_hash::FxHashMap;

use crate::model::FileTables;
use crate::model::table::Table;
use crate::model::workflow::uses::{self, major};
use crate::model::workflow::{WorkflowFile, value};
use crate::parse::yaml::tree::NodeId;
use crate::suggestion::misspelt;

/// The inputs of each line of releases, as written.
const TABLE: &str = include_str!("../../../data/action-inputs.tsv");

/// By action in lower case and major version: the inputs, with spaces between.
static INPUTS: LazyLock<FxHashMap<(&'static str, u32), &'static str>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (action, line, inputs) = (cells.next()?, cells.next()?, cells.next()?);
            Some(((action, major(line)?), inputs))
        })
        .collect()
});

/// How many inputs of a step are looked at.
const MOST: usize = 100;

/// Reports the inputs of a step that its action does not have, if the action and its release are known.
pub(super) fn check(tables: &mut FileTables, file: WorkflowFile<'_>, step: NodeId) {
    let tree = file.tree;
    if file.is_dialect || !tables.wants(Table::Problems) {
        return;
    }
    let (Some(uses), Some(with)) = (tree.get(step, "uses"), tree.get(step, "with")) else {
        return;
    };
    let Some((action, line)) = uses::release(file, uses) else {
        return;
    };
    let Some(inputs) = INPUTS.get(&(action.as_str(), line)) else {
        return;
    };
    for (key, node) in tree.pairs(with).into_iter().take(MOST) {
        let Some(name) = tree.text(key) else { continue };
        let folded = name.to_ascii_lowercase();
        let is_known = inputs.split(' ').any(|input| input == folded);
        // The runner takes these for every action that is a container.
        let is_open = matches!(folded.as_str(), "args" | "entrypoint" | "<<");
        if is_known || is_open || value::is_dynamic(name) {
            continue;
        }
        let message = format!("`{action}` v{line} has no input `{name}`, which is ignored");
        let remedy = match similar(&folded, inputs) {
            Some(near) => format!("Write `{near}`, or remove it."),
            None => format!("Remove `{name}`, or look up its new name in the action's README."),
        };
        let at = tables.node(node);
        tables.problem_with_remedy(at, faults::UNKNOWN_INPUT, (&message, &remedy), None);
    }
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
        let inputs = INPUTS[&("actions/checkout", 4)];
        assert_eq!(similar("depth", inputs), Some("fetch-depth"));
        assert_eq!(similar("fetch_depth", inputs), Some("fetch-depth"));
        assert_eq!(similar("repo", inputs), Some("repository"));
        assert_eq!(similar("banana", inputs), None);
        let inputs = INPUTS[&("codecov/codecov-action", 5)];
        assert_eq!(similar("file", inputs), Some("files"));
    }
}
