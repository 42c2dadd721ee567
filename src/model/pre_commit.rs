//! The hooks of pre-commit: where they come from.

use hullmark_tables::{documents, faults};

use crate::model::FileTables;
use crate::model::row::RowBuilder;
use crate::model::workflow;
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::Source;

/// How many repositories of a file are looked at.
const MOST: usize = 1_000;

pub(super) fn build_rows(tables: &mut FileTables, source: &Source, tree: &Tree) {
    let Some(root) = tree.roots.first().copied() else {
        return;
    };
    let at = tables.node(root);
    let row = RowBuilder::at(at).text(documents::kind, "pre-commit");
    tables.add_row(row.text(documents::path, &source.path));
    let repositories = tree.get(root, "repos");
    let repositories = repositories.map_or(&[][..], |list| tree.items(list));
    for repository in repositories.iter().take(MOST) {
        if let Some(node) = tree.get(*repository, "repo")
            && let Some(address) = tree.text(node)
        {
            check(tables, node, address.trim());
        }
    }
}

fn check(tables: &mut FileTables, node: NodeId, address: &str) {
    let at = tables.node(node);
    let insecure = ["http://", "git://"].iter();
    let mut insecure = insecure.filter_map(|scheme| Some((scheme, address.strip_prefix(scheme)?)));
    if let Some((scheme, rest)) = insecure.next()
        && !["localhost", "127.0.0.1"]
            .iter()
            .any(|host| rest.starts_with(host))
    {
        let message = format!(
            "`{address}` is fetched over `{scheme}`, so the hooks can be replaced on the way"
        );
        let remedy = format!("Write `https://{rest}`.");
        tables.problem_with_remedy(at, faults::INSECURE_HOOK_URL, (&message, &remedy), None);
    }
    let slug = address.split_once("github.com/").map(|(_, path)| path);
    let slug = slug.map(|slug| slug.trim_end_matches('/').trim_end_matches(".git"));
    if let Some(slug) = slug.map(str::to_ascii_lowercase)
        && workflow::is_archived(&slug)
    {
        let message = format!("`{slug}` is archived, so its hooks get no fixes");
        tables.problem(at, faults::ARCHIVED_HOOK, &message);
    }
}
