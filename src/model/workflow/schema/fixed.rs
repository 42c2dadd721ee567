//! What GitHub reads before there is anything to fill in: a workflow's name, its triggers and its jobs' ids.

use crate::model::workflow::schema::Check;
use crate::model::workflow::value;
use crate::parse::yaml::tree::{Content, NodeId};
use hullmark_tables::faults;

/// How deep triggers are looked into.
const DEPTH: usize = 8;

/// Reports every expression in them.
pub(super) fn workflow(check: &mut Check<'_, '_>, root: NodeId) {
    let tree = check.tree;
    if let Some(name) = tree.get(root, "name") {
        text(check, name, "the name of a workflow");
    }
    if let Some(on) = tree.get(root, "on") {
        triggers(check, on, 0);
    }
    if let Some(jobs) = tree.get(root, "jobs") {
        text(check, jobs, "`jobs`");
        for (key, _) in tree.pairs(jobs) {
            text(check, key, "the id of a job");
        }
    }
}

fn triggers(check: &mut Check<'_, '_>, node: NodeId, depth: usize) {
    let tree = check.tree;
    if depth > DEPTH {
        return;
    }
    match tree.content(node) {
        Content::Scalar(_) => text(check, node, "`on`"),
        Content::Sequence(items) => {
            for item in items {
                triggers(check, *item, depth + 1);
            }
        }
        Content::Mapping(pairs) => {
            for (key, child) in pairs {
                text(check, *key, "`on`");
                // These may hold one, or are prose.
                let is_open = tree.text(*key).is_some_and(|key| {
                    matches!(key, "default" | "value" | "description")
                        || key.starts_with("deprecat")
                });
                if !is_open {
                    triggers(check, *child, depth + 1);
                }
            }
        }
        Content::Alias(_) => {}
    }
}

fn text(check: &mut Check<'_, '_>, node: NodeId, place: &str) {
    if check.tree.text(node).is_some_and(value::is_dynamic) {
        let message = format!("{place} takes no `${{{{ }}}}`");
        check.problem(faults::NOT_ALLOWED, node, message);
    }
}
