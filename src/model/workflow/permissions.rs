//! What the token of a workflow or job may do.

use regorus::Value;

use crate::model::Facts;
use crate::model::place::At;
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::workflow::{Flow, value};
use crate::parse::yaml::tree::{NodeId, Tree};

/// The rows of `permissions` below `node`, which is the workflow, or the job that stands at `job`.
pub(super) fn fill(facts: &mut Facts, flow: Flow<'_>, node: NodeId, at: At, job: Option<At>) {
    let tree = flow.tree;
    let Some(permissions) = tree.get(node, "permissions") else {
        return;
    };
    let row = || {
        Row::at(at)
            .place("document", flow.at)
            .place("workflow", flow.at)
            .maybe("job", job)
            .text("subject", if job.is_some() { "job" } else { "workflow" })
    };
    if let Some(text) = tree.text(permissions) {
        if value::is_null(tree, permissions) || value::is_dynamic(text) {
            return;
        }
        let row = row()
            .text("scope", text)
            .text("level", text.strip_suffix("-all").unwrap_or(text))
            .flag("is_all", true)
            .text("field", "permissions");
        facts.push(Table::Permissions, row);
        return;
    }
    for (key, level) in tree.pairs(permissions) {
        if let (Some(scope), Some(level)) = (tree.text(key), value::known_text(tree, level)) {
            let row = row()
                .text("scope", scope)
                .text("level", level)
                .flag("is_all", false)
                .text("field", &format!("permissions.{scope}"));
            facts.push(Table::Permissions, row);
        }
    }
}

/// What is granted: a level by scope; `read-all` and `write-all` are the scope `*`. Nothing if nothing is said here.
pub(super) fn granted(tree: &Tree, node: NodeId) -> Option<Vec<(String, Value)>> {
    let permissions = tree.get(node, "permissions")?;
    match tree.text(permissions) {
        Some("read-all") => Some(vec![("*".to_owned(), "read".into())]),
        Some("write-all") => Some(vec![("*".to_owned(), "write".into())]),
        Some(_) if value::is_null(tree, permissions) => Some(Vec::new()),
        Some(_) => None,
        None => Some(value::texts(tree, Some(permissions))),
    }
}
