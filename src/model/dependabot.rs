//! Dependabot's configuration: how soon it takes a new release, and whether an update runs code of others.

use hullmark_tables::{documents, faults};

use crate::model::FileTables;
use crate::model::row::RowBuilder;
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::Source;

/// For how many days a release should be out: most malicious ones are found and withdrawn in that time.
const DAYS: u32 = 7;

/// How many updates of a file are looked at.
const MOST: usize = 1_000;

pub(super) fn build_rows(tables: &mut FileTables, source: &Source, tree: &Tree) {
    let Some(root) = tree.roots.first().copied() else {
        return;
    };
    let at = tables.node(root);
    let row = RowBuilder::at(at).text(documents::kind, "dependabot");
    tables.add_row(row.text(documents::path, &source.path));
    let updates = tree.get(root, "updates");
    let updates = updates.map_or(&[][..], |updates| tree.items(updates));
    for update in updates.iter().take(MOST) {
        cooldown(tables, tree, *update);
        let key = "insecure-external-code-execution";
        if let Some(node) = tree.get(*update, key)
            && tree.text(node).is_some_and(|text| text.trim() == "allow")
        {
            let at = tables.node(node);
            let message = "an update may run code of the packages that it updates, with the credentials that Dependabot has for registries";
            tables.problem(at, faults::EXTERNAL_CODE, message);
        }
    }
}

fn cooldown(tables: &mut FileTables, tree: &Tree, update: NodeId) {
    let name = tree.text_at(update, "package-ecosystem").unwrap_or("these");
    let set = "Set `cooldown: { default-days: 7 }`.";
    let days = |node: NodeId| tree.text(node).and_then(|text| text.trim().parse().ok());
    let (node, message) = match tree.get(update, "cooldown") {
        None if tree.is_mapping(update) => (
            update,
            format!(
                "updates of `{name}` have no `cooldown`, so a release is taken on the day it is published"
            ),
        ),
        Some(cooldown) => match tree.get(cooldown, "default-days") {
            None => (
                cooldown,
                format!(
                    "`cooldown` of `{name}` has no `default-days`, so some releases are taken on the day they are published"
                ),
            ),
            Some(node) if days(node).is_some_and(|days: u32| days < DAYS) => (
                node,
                format!(
                    "`{name}` takes a release after {} days, before most malicious ones are found",
                    tree.text(node).unwrap_or_default()
                ),
            ),
            Some(_) => return,
        },
        None => return,
    };
    let at = tables.node(node);
    tables.problem_with_remedy(at, faults::COOLDOWN_MISSING, (&message, set), None);
}
