//! What the token of a workflow or job may do.

use hullmark_tables::permissions;

use crate::model::FileTables;
use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::workflow::{WorkflowFile, value};
use crate::parse::yaml::tree::{NodeId, Tree};

/// The rows of `permissions` below `node`, which is the workflow, or the job that is at `job`.
pub(super) fn build_rows(
    tables: &mut FileTables,
    file: WorkflowFile<'_>,
    node: NodeId,
    at: RowRef,
    job: Option<RowRef>,
) {
    let tree = file.tree;
    let Some(permissions) = tree.get(node, "permissions") else {
        return;
    };
    let row = || {
        RowBuilder::at(at)
            .set(permissions::document, file.at)
            .set(permissions::workflow, file.at)
            .maybe(permissions::job, job)
            .text(
                permissions::subject,
                if job.is_some() { "job" } else { "workflow" },
            )
    };
    if let Some(text) = tree.text(permissions) {
        if value::is_null(tree, permissions) || value::is_dynamic(text) {
            return;
        }
        let row = row()
            .text(permissions::scope, text)
            .text(
                permissions::level,
                text.strip_suffix("-all").unwrap_or(text),
            )
            .set(permissions::is_all, true)
            .text(permissions::field, "permissions");
        tables.add_row(row);
        return;
    }
    for (key, node) in tree.pairs(permissions) {
        if let (Some(scope), Some(level)) = (tree.text(key), value::known_text(tree, node)) {
            let row = row()
                .text(permissions::scope, scope)
                .text(permissions::level, level)
                .set(permissions::is_all, false)
                .text(permissions::field, &format!("permissions.{scope}"))
                .maybe_text(permissions::comment, comment(file, node));
            tables.add_row(row);
        }
    }
}

/// The comment on the line of a value.
fn comment(file: WorkflowFile<'_>, node: NodeId) -> Option<&str> {
    let tree = file.tree;
    let end = tree.node(node).span.end;
    let next = tree
        .comments
        .partition_point(|comment| comment.span.start < end);
    let comment = tree.comments.get(next)?;
    let between = file.text.get(end as usize..comment.span.start as usize)?;
    let text = comment.span.of(file.text).trim_start_matches('#').trim();
    (!between.contains('\n') && !text.is_empty()).then_some(text)
}

/// What is granted: a level by scope; `read-all` and `write-all` are the scope `*`. `None` if nothing is said here.
pub(super) fn granted(tree: &Tree, node: NodeId) -> Option<Vec<(String, &str)>> {
    let permissions = tree.get(node, "permissions")?;
    match tree.text(permissions) {
        Some("read-all") => Some(vec![("*".to_owned(), "read")]),
        Some("write-all") => Some(vec![("*".to_owned(), "write")]),
        Some(_) if value::is_null(tree, permissions) => Some(Vec::new()),
        Some(_) => None,
        None => Some(value::texts(tree, Some(permissions))),
    }
}
