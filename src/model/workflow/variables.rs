//! The variables that workflows, jobs, steps and containers set.

use crate::model::place::RowRef;
use crate::model::workflow::{WorkflowFile, value};
use crate::model::{FileTables, variable};
use crate::parse::yaml::tree::NodeId;

/// `env` of a workflow, job, step or container.
pub(super) fn build_rows(
    tables: &mut FileTables,
    file: WorkflowFile<'_>,
    at: RowRef,
    node: NodeId,
    source: &str,
) {
    let tree = file.tree;
    let env = tree.get(node, "env");
    for (key, child) in env.map(|env| tree.pairs(env)).unwrap_or_default() {
        let Some(name) = tree.text(key) else { continue };
        let Some(text) = tree.text(child) else {
            continue;
        };
        let known = (!value::is_dynamic(text)).then_some(text);
        let field = format!("env.{name}");
        let row = variable::row(at, file.at, source, name, known, known.is_some(), &field);
        tables.add_row(row);
    }
}
