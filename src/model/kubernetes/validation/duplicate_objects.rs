//! Objects of one file with the same kind, namespace and name: the last one is what the cluster has.

use std::collections::hash_map::Entry;

use hullmark_tables::violations;
use rustc_hash::FxHashMap;

use crate::model::FileTables;
use crate::model::kubernetes::{Object, value};
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::parse::yaml::tree::NodeId;

/// Group, kind, namespace and name, and what tells objects apart that have all of them in common.
type Identity = (String, String, String, String, String);

/// Annotations that say to which namespaces or clusters Config Sync applies an object.
const SELECTORS: [&str; 3] = [
    "configmanagement.gke.io/namespace-selector",
    "configmanagement.gke.io/cluster-selector",
    "configsync.gke.io/cluster-name-selector",
];

/// Annotations that say in which phases of a release an object is there.
const HOOKS: [&str; 2] = ["helm.sh/hook", "argocd.argoproj.io/hook"];

/// The objects of a file so far.
#[derive(Default)]
pub(in crate::model::kubernetes) struct DuplicateObjects(FxHashMap<Identity, Known>);

/// The last object of a name.
#[derive(Clone)]
struct Known {
    node: NodeId,
    /// Whether it was said that there are several.
    is_told: bool,
    /// The phases of a release in which alone it is there.
    phases: Vec<String>,
}

impl DuplicateObjects {
    /// Notes an object, and adds a row if it is the second of its name.
    pub(in crate::model::kubernetes) fn note(
        &mut self,
        tables: &mut FileTables,
        object: Object<'_>,
    ) {
        let tree = object.tree;
        // A file of patches may change one object several times.
        let is_patches = object.path.contains("patch") || object.path.contains("kustomization");
        if !tables.wants(Table::Violations) || is_patches || super::is_local(object) {
            return;
        }
        let metadata = tree.get(object.node, "metadata");
        let name = metadata.and_then(|metadata| tree.get(metadata, "name"));
        let namespace = metadata.and_then(|metadata| tree.get(metadata, "namespace"));
        if namespace.is_some_and(|node| value::is_unknown(tree, node)) {
            return;
        }
        let (Some(name), Some(version)) = (name, tree.text_at(object.node, "apiVersion")) else {
            return;
        };
        let Some(text) = value::known_text(tree, name).filter(|text| !text.is_empty()) else {
            return;
        };
        let group = version.split_once('/').map_or("", |(group, _)| group);
        let identity = (
            group.to_owned(),
            object.kind.to_owned(),
            object.namespace.unwrap_or_default().to_owned(),
            text.to_owned(),
            distinction(object),
        );
        let known = Known {
            node: object.node,
            is_told: false,
            phases: phases(object),
        };
        let earlier = match self.0.entry(identity) {
            Entry::Vacant(place) => {
                place.insert(known);
                return;
            }
            Entry::Occupied(mut place) => {
                let is_apart = are_apart(&place.get().phases, &known.phases);
                let is_told = place.get().is_told;
                let known = Known {
                    is_told: is_told || !is_apart,
                    ..known
                };
                let earlier = place.insert(known).node;
                if is_told || is_apart {
                    return;
                }
                earlier
            }
        };
        let at = tables.node(name);
        let earlier = tables.node(earlier);
        let row = RowBuilder::at(at)
            .set(violations::document, object.document)
            .text(violations::fault, "duplicate")
            .text(violations::field, object.kind)
            .text(violations::value, text)
            .text(
                violations::problem,
                "is defined more than once in this file",
            )
            .text(violations::expected, "another name")
            .set(violations::earlier, earlier)
            .set(violations::is_custom, false);
        tables.add_row(row);
    }
}

/// The phases in which a hook is there; none for an object that stays.
fn phases(object: Object<'_>) -> Vec<String> {
    let Object { tree, node, .. } = object;
    let annotations = tree.at(node, &["metadata", "annotations"]);
    let hooks = HOOKS
        .iter()
        .filter_map(|key| tree.text(tree.get(annotations?, key)?));
    let phases = hooks.flat_map(|phases| phases.split(','));
    phases.map(|phase| phase.trim().to_owned()).collect()
}

/// Whether two hooks have no phase in common, so that the first is gone, or replaced, when the second one is made.
fn are_apart(first: &[String], second: &[String]) -> bool {
    !first.is_empty() && !second.is_empty() && !first.iter().any(|phase| second.contains(phase))
}

/// What makes two objects of one name no repetition: each goes to other namespaces or clusters, or is the next revision of a service of Knative.
fn distinction(object: Object<'_>) -> String {
    let Object { tree, node, .. } = object;
    let annotations = tree.at(node, &["metadata", "annotations"]);
    let selected = SELECTORS.iter().filter_map(|key| {
        let text = tree.text(tree.get(annotations?, key)?)?;
        Some(format!("{key}={text}"))
    });
    let mut parts: Vec<String> = selected.collect();
    let version = tree.text_at(node, "apiVersion").unwrap_or_default();
    if version.starts_with("serving.knative.dev/") {
        let revision = tree.at(node, &["spec", "template", "metadata", "name"]);
        parts.extend(revision.and_then(|name| tree.text(name)).map(str::to_owned));
    }
    parts.join(",")
}
