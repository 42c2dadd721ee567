//! Kubernetes objects, their pod specifications and containers, as rows; Compose services too.

mod compose;
mod container;
mod duplicates;
mod objects;
mod pods;
mod scripts;
mod security;
mod sibling_containers;
mod value;
mod workload;

use hullmark_tables::documents;

use crate::model::Facts;
use crate::model::kubernetes::security::Level;
use crate::model::place::At;
use crate::model::row::RowBuilder;
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::{Kind, Source};

/// One object of a file, as those see it who read below it.
#[derive(Clone, Copy)]
struct Object<'t> {
    tree: &'t Tree,
    /// The object's mapping.
    node: NodeId,
    /// The row of it, or of the document if it is Compose.
    at: At,
    document: At,
    kind: &'t str,
    name: Option<&'t str>,
    namespace: Option<&'t str>,
    path: &'t str,
}

/// How deep lists of objects may hold lists.
const LISTS: usize = 4;

/// A workload as its containers see it.
#[derive(Clone, Copy)]
struct Workload<'t> {
    object: Object<'t>,
    at: At,
    pod: Level,
    template: At,
    template_node: NodeId,
    owner: NodeId,
    is_windows: bool,
    is_job: bool,
    has_user_namespace: bool,
}

pub(super) fn fill(facts: &mut Facts, source: &Source, tree: &Tree) {
    for root in &tree.roots {
        if !tree.is_mapping(*root) {
            continue;
        }
        let document = facts.node(*root);
        let kind = match source.kind {
            Kind::Compose => "compose",
            _ => "kubernetes",
        };
        facts.push(
            RowBuilder::at(document)
                .text(documents::kind, kind)
                .text(documents::path, &source.path),
        );
        match source.kind {
            Kind::Compose => compose::fill(facts, source, tree, *root, document),
            _ => object(facts, tree, *root, document, (&source.path, 0)),
        }
    }
}

/// One object, or those that a `List` or a `Template` of `OpenShift` holds.
fn object(
    facts: &mut Facts,
    tree: &Tree,
    node: NodeId,
    document: At,
    (path, depth): (&str, usize),
) {
    let Some(kind) = tree.text_at(node, "kind") else {
        return;
    };
    let items = match kind {
        "Template" => tree.get(node, "objects"),
        _ if kind.ends_with("List") => tree.get(node, "items"),
        _ => None,
    };
    if let Some(items) = items.filter(|_| depth < LISTS) {
        for item in tree.items(items) {
            object(facts, tree, *item, document, (path, depth + 1));
        }
        return;
    }
    if tree.get(node, "apiVersion").is_none() {
        return;
    }
    let at = if depth == 0 {
        document
    } else {
        facts.node(node)
    };
    let metadata = tree.get(node, "metadata");
    let text = |name| value::known_text(tree, tree.get(metadata?, name)?);
    let object = Object {
        tree,
        node,
        at,
        document,
        kind,
        name: text("name").or_else(|| text("generateName")),
        namespace: text("namespace"),
        path,
    };
    objects::fill(facts, object, depth > 0);
    workload::fill(facts, object);
}

#[cfg(test)]
mod tests;
