//! Whether the workflows that `workflow_run` watches run for people with rights alone.

use crate::model::workflow::{triggers, value};
use crate::parse::yaml;
use crate::parse::yaml::tree::{NodeId, Tree};

/// What stands for `workflow_run` among the events of a workflow whose runs only people with rights, or the clock, can cause.
pub(super) const TRUSTED: &str = "trusted_workflow_run";

/// Events that people with rights in the repository cause, or nobody. A run of a workflow that another calls is that of the caller, by its name.
const OF_INSIDERS: &[&str] = &[
    "push",
    "workflow_dispatch",
    "repository_dispatch",
    "schedule",
    "release",
    "create",
    "delete",
    "deployment",
    "registry_package",
    "page_build",
    "branch_protection_rule",
    "merge_group",
    "workflow_call",
];

/// The names of workflows that a workflow watches.
pub(super) fn names(tree: &Tree, root: NodeId) -> Vec<&str> {
    let watched = tree.at(root, &["on", "workflow_run", "workflows"]);
    let names = value::list(tree, watched).into_iter();
    names.map(|(_, name)| name).collect()
}

/// Whether each of the watched workflows is among these texts, and none that has one of the names starts for an outsider.
pub(super) fn are_of_insiders(watched: &[&str], workflows: &[String]) -> bool {
    let mut missing: Vec<&str> = watched.to_vec();
    // Most of those beside it have other names: they are not parsed to know that.
    let named = workflows
        .iter()
        .filter(|text| watched.iter().any(|name| text.contains(name)));
    for text in named {
        let mut problems = Vec::new();
        let tree = yaml::parse(text, &mut problems);
        let Some(root) = tree.roots.first().copied() else {
            continue;
        };
        let name = tree.text_at(root, "name").unwrap_or_default().trim();
        if !watched.contains(&name) {
            continue;
        }
        let events = triggers::names(&tree, root);
        let are_known = !events.is_empty() && problems.is_empty();
        if !are_known || !events.iter().all(|event| OF_INSIDERS.contains(event)) {
            return false;
        }
        missing.retain(|other| *other != name);
    }
    !watched.is_empty() && missing.is_empty()
}

#[cfg(test)]
mod tests {
    use super::are_of_insiders;

    #[test]
    fn a_run_is_trusted_if_each_watched_workflow_is_there_and_starts_for_nobody_else() {
        let texts = |texts: &[&str]| -> Vec<String> {
            texts.iter().map(|text| (*text).to_owned()).collect()
        };
        let release = "name: Release\non:\n  push: {tags: [v*]}\n  workflow_dispatch:\n";
        let test = "name: Test\non: [push, pull_request]\n";
        let nightly = "name: Nightly\non: {schedule: [{cron: '0 3 * * *'}]}\n";
        let images = "name: Images\non: {merge_group: , workflow_call: , push: }\n";
        let all = texts(&[release, test, nightly, images]);
        assert!(are_of_insiders(&["Images"], &all));
        assert!(are_of_insiders(&["Release"], &all));
        assert!(are_of_insiders(&["Release", "Nightly"], &all));
        assert!(!are_of_insiders(&["Release", "Test"], &all));
        assert!(!are_of_insiders(&["Release", "Elsewhere"], &all));
        assert!(!are_of_insiders(&[], &all));
        let twice = texts(&[release, "name: Release\non: issues\n"]);
        assert!(!are_of_insiders(&["Release"], &twice));
    }
}
