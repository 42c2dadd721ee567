//! Kubernetes objects, their pod specifications and containers, as rows; Compose services too.

mod admission;
mod applications;
mod component_flags;
mod components;
mod compose;
mod container;
mod custom_lifecycle;
mod duplicates;
mod elsewhere;
mod image_streams;
mod leader;
mod lifecycle;
mod limit_ranges;
mod links;
mod loose;
mod node_agent;
mod objects;
mod platform;
mod pods;
mod relations;
mod release;
mod roles;
mod schemas;
mod scripts;
mod secrets;
mod security;
mod services;
mod sibling_containers;
mod specifications;
mod text_settings;
mod validation;
mod value;
mod volumes;
mod workload;

use std::cell::OnceCell;

use hullmark_tables::documents;
use rustc_hash::FxHashSet;

use crate::model::FileTables;
use crate::model::kubernetes::admission::Admitted;
use crate::model::kubernetes::elsewhere::{Elsewhere, OtherFiles};
use crate::model::kubernetes::limit_ranges::LimitRanges;
use crate::model::kubernetes::node_agent::NodeAgent;
use crate::model::kubernetes::security::Level;
use crate::model::kubernetes::services::{Selected, Services};
use crate::model::kubernetes::validation::DuplicateObjects;
use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::context::{BuildContexts, Releases};
use crate::sources::{Kind, Source};

/// One object of a file, as those see it who read below it.
#[derive(Clone, Copy)]
struct Object<'t> {
    tree: &'t Tree,
    /// The object's mapping.
    node: NodeId,
    /// The row of it, or of the document if it is Compose.
    at: RowRef,
    document: RowRef,
    kind: &'t str,
    name: Option<&'t str>,
    namespace: Option<&'t str>,
    path: &'t str,
    limit_ranges: &'t LimitRanges<'t>,
    elsewhere: &'t Elsewhere<'t>,
    services: &'t Services<'t>,
    around: Surroundings<'t>,
    /// Whether a `Template` of `OpenShift` holds it.
    is_of_template: bool,
    /// Whether an earlier object of the file has the same version and kind.
    repeats_version: bool,
}

/// What is known around a file.
#[derive(Clone, Copy)]
struct Surroundings<'t> {
    source: &'t Source,
    contexts: &'t BuildContexts,
    /// The releases of Kubernetes that its objects are for; looked up when the first object asks.
    releases: &'t OnceCell<Option<Releases>>,
}

impl<'t> Surroundings<'t> {
    /// The releases of Kubernetes that the objects of the file are for, if that is known.
    fn releases(self) -> Option<&'t Releases> {
        let find = || self.contexts.releases(self.source);
        self.releases.get_or_init(find).as_ref()
    }
}

/// What the objects of one file share.
struct FileContext<'t> {
    path: &'t str,
    around: Surroundings<'t>,
    limit_ranges: &'t LimitRanges<'t>,
    services: Services<'t>,
    duplicates: DuplicateObjects,
    versions: FxHashSet<(&'t str, &'t str)>,
    /// Whether the objects are those of a `Template`.
    is_template: bool,
}

/// How deep lists of objects may hold lists.
const LISTS: usize = 16;

/// A workload as its containers see it.
#[derive(Clone, Copy)]
struct Workload<'t> {
    object: Object<'t>,
    at: RowRef,
    pod: Level,
    template: RowRef,
    template_node: NodeId,
    owner: NodeId,
    /// The name of a container that stands for the whole pod, in the values of a chart.
    lone: Option<&'t str>,
    is_windows: bool,
    is_job: bool,
    agent: NodeAgent,
    has_user_namespace: bool,
    selected: Selected<'t>,
    admitted: Option<Admitted>,
}

pub(super) fn build_rows(
    tables: &mut FileTables,
    source: &Source,
    tree: &Tree,
    contexts: &BuildContexts,
) {
    let limit_ranges = LimitRanges::of(tree);
    let others = match source.kind {
        Kind::Kubernetes => OtherFiles::of(tables, source, contexts),
        _ => OtherFiles::default(),
    };
    let releases = OnceCell::new();
    let mut context = FileContext {
        path: &source.path,
        around: Surroundings {
            source,
            contexts,
            releases: &releases,
        },
        limit_ranges: &limit_ranges,
        services: Services::of(tree, &others),
        duplicates: DuplicateObjects::default(),
        versions: FxHashSet::default(),
        is_template: false,
    };
    for root in &tree.roots {
        if !tree.is_mapping(*root) {
            continue;
        }
        let document = tables.node(*root);
        let kind = match source.kind {
            Kind::Compose => "compose",
            _ => "kubernetes",
        };
        tables.add_row(
            RowBuilder::at(document)
                .text(documents::kind, kind)
                .text(documents::path, &source.path),
        );
        match source.kind {
            Kind::Compose => compose::build_rows(tables, source, tree, *root, document),
            _ => object(tables, tree, *root, document, (&mut context, 0)),
        }
    }
}

/// One object, or those that a `List` or a `Template` of `OpenShift` holds.
fn object<'t>(
    tables: &mut FileTables,
    tree: &'t Tree,
    node: NodeId,
    document: RowRef,
    (context, depth): (&mut FileContext<'t>, usize),
) {
    // Where SOPS encrypted the whole file, nobody knows which object it is.
    let Some(kind) = tree
        .text_at(node, "kind")
        .filter(|kind| !value::is_encrypted(kind))
    else {
        return;
    };
    let items = match kind {
        "Template" => tree.get(node, "objects"),
        _ if kind.ends_with("List") => tree.get(node, "items"),
        _ => None,
    };
    if items.is_some() && depth >= LISTS {
        let at = tables.node(node);
        tables.unjudged(
            at,
            &format!("lists nest deeper than {LISTS}; the objects in this one are not checked"),
        );
        return;
    }
    if let Some(items) = items {
        let was_template = context.is_template;
        context.is_template |= kind == "Template";
        for item in tree.items(items) {
            object(tables, tree, *item, document, (&mut *context, depth + 1));
        }
        context.is_template = was_template;
        return;
    }
    if tree.get(node, "apiVersion").is_none() {
        return;
    }
    let at = if depth == 0 {
        document
    } else {
        tables.node(node)
    };
    let metadata = tree.get(node, "metadata");
    let text = |name| value::known_text(tree, tree.get(metadata?, name)?);
    let elsewhere = Elsewhere::of(context.services.others, tree, node);
    let version = tree.text_at(node, "apiVersion").unwrap_or_default();
    let object = Object {
        tree,
        node,
        at,
        document,
        kind,
        name: text("name").or_else(|| text("generateName")),
        namespace: text("namespace"),
        path: context.path,
        limit_ranges: context.limit_ranges,
        elsewhere: &elsewhere,
        services: &context.services,
        around: context.around,
        is_of_template: context.is_template,
        repeats_version: !context.versions.insert((version, kind)),
    };
    objects::build_rows(tables, object, depth > 0);
    release::build_rows(tables, object);
    specifications::build_rows(tables, object);
    components::build_configured(tables, object);
    relations::build_rows(tables, object);
    links::note(tables, object);
    validation::build_rows(tables, object);
    context.duplicates.note(tables, object);
    workload::build_rows(tables, object);
}

#[cfg(test)]
mod tests;
