//! What starts a workflow: `on` as one name, a list of names or a mapping.

use hullmark_tables::{self as tables, trigger};

use crate::model::FileTables;
use crate::model::row::RowBuilder;
use crate::model::workflow::value;
use crate::parse::yaml::tree::{Content, NodeId, Tree};

/// One event of `on`.
pub(super) struct Trigger<'t> {
    pub(super) name: &'t str,
    /// The scalar that names it, or what it is given.
    node: NodeId,
    /// What it is given, in the form of a mapping.
    settings: Option<NodeId>,
}

/// The events of a workflow in the order of the file.
pub(super) fn all(tree: &Tree, root: NodeId) -> Vec<Trigger<'_>> {
    let Some(on) = tree.get(root, "on") else {
        return Vec::new();
    };
    if let Content::Mapping(_) = tree.content(on) {
        let pairs = tree.pairs(on).into_iter();
        let triggers = pairs.filter_map(|(key, node)| {
            let name = tree.text(key)?;
            let settings = Some(node);
            Some(Trigger {
                name,
                node,
                settings,
            })
        });
        return triggers.collect();
    }
    let named = value::list(tree, Some(on)).into_iter();
    let triggers = named.map(|(node, name)| Trigger {
        name,
        node,
        settings: None,
    });
    triggers.collect()
}

/// The names of the events of a workflow.
pub(super) fn names(tree: &Tree, root: NodeId) -> Vec<&str> {
    let triggers = all(tree, root).into_iter();
    triggers.map(|trigger| trigger.name).collect()
}

/// Whether an event is always of a branch that the file names in full, or of one whose name GitHub makes.
pub(super) fn fixes_ref(tree: &Tree, root: NodeId, event: &str) -> bool {
    match event {
        "push" => {
            let on = tree.get(root, "on");
            let push = on.and_then(|on| tree.get(on, event));
            let filter = |name| push.and_then(|push| tree.get(push, name));
            let branches = value::list(tree, filter("branches"));
            let is_plain = |text: &str| !text.contains(['*', '?', '[', '+', '!', '$']);
            filter("tags").is_none()
                && filter("tags-ignore").is_none()
                && !branches.is_empty()
                && branches.iter().all(|(_, text)| is_plain(text))
        }
        "pull_request"
        | "pull_request_review"
        | "pull_request_review_comment"
        | "schedule"
        | "issues"
        | "issue_comment"
        | "workflow_run"
        | "repository_dispatch"
        | "discussion"
        | "discussion_comment"
        | "fork"
        | "watch"
        | "gollum"
        | "label"
        | "milestone" => true,
        _ => false,
    }
}

/// The trigger as rules see it: its name and the filters it sets.
pub(super) fn row(
    tables: &mut FileTables,
    tree: &Tree,
    trigger: &Trigger<'_>,
) -> RowBuilder<tables::Trigger> {
    let at = tables.node(trigger.node);
    let filter = |name| {
        let node = trigger
            .settings
            .and_then(|settings| tree.get(settings, name));
        value::list(tree, node).into_iter().map(|(_, text)| text)
    };
    let has = |name| {
        let node = trigger
            .settings
            .and_then(|settings| tree.get(settings, name));
        node.is_some()
    };
    RowBuilder::at(at)
        .text(trigger::name, trigger.name)
        .texts(trigger::types, filter("types"))
        .texts(trigger::branches, filter("branches"))
        .texts(trigger::tags, filter("tags"))
        .texts(trigger::workflows, filter("workflows"))
        .set(
            trigger::has_branches,
            has("branches") || has("branches-ignore"),
        )
        .set(trigger::has_tags, has("tags") || has("tags-ignore"))
        .set(trigger::has_paths, has("paths") || has("paths-ignore"))
        .set(trigger::has_inputs, has("inputs"))
}
