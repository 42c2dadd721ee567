//! Objects as they are written, for rules that ask of one kind what no other rule asks.

use hullmark_tables::specifications;

use crate::model::FileTables;
use crate::model::kubernetes::elsewhere::{Adds, adds};
use crate::model::kubernetes::{Object, value};
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::parse::yaml::tree::{Content, NodeId, Tree};

/// The kinds whose rows have a `body`.
const KINDS: [&str; 20] = [
    "AdmissionConfiguration",
    "ConfigMap",
    "CronJob",
    "EncryptionConfiguration",
    "HorizontalPodAutoscaler",
    "Ingress",
    "Job",
    "K8sAllowedRepos",
    "LimitRange",
    "NetworkPolicy",
    "PodDisruptionBudget",
    "PodSecurityPolicy",
    "Policy",
    "ResourceQuota",
    "Role",
    "ClusterRole",
    "SecurityContextConstraints",
    "Service",
    "ServiceAccount",
    "StatefulSet",
];

/// How deep keys are compared, and values looked at for what is not known.
const DEPTH: usize = 32;

pub(super) fn build_rows(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Specifications) {
        return;
    }
    let Object {
        tree,
        node,
        elsewhere,
        ..
    } = object;
    let version = tree.text_at(node, "apiVersion");
    let metadata = |name| tree.at(node, &["metadata", name]);
    let is_patch =
        elsewhere.is_partial && adds(version.unwrap_or_default(), object.kind) != Adds::Anything;
    let labels = metadata("labels");
    let annotations = metadata("annotations");
    let has_body = KINDS.contains(&object.kind);
    let is_open = has_body && has_unknown(tree, node, 0);
    let row = RowBuilder::at(object.at)
        .set(specifications::document, object.document)
        .text(specifications::kind, object.kind)
        .maybe_text(specifications::apiVersion, version)
        .maybe_text(specifications::name, object.name)
        .maybe_text(specifications::namespace, object.namespace)
        .set(
            specifications::has_namespace,
            metadata("namespace").is_some_and(|node| !value::is_null(tree, node)),
        );
    let row = value::set_texts(row, specifications::labels, &value::texts(tree, labels));
    let row = value::set_texts(
        row,
        specifications::annotations,
        &value::texts(tree, annotations),
    );
    let row = row
        .set(
            specifications::labels_known,
            value::is_known(tree, labels) && !is_patch && !elsewhere.has_labels,
        )
        .set(
            specifications::annotations_known,
            value::is_known(tree, annotations) && !is_patch && !elsewhere.sets("annotations"),
        )
        .set(specifications::is_whole, !is_patch && !is_open)
        .maybe(
            specifications::replicas,
            tree.at(node, &["spec", "replicas"])
                .and_then(|node| value::value(tree, node)),
        )
        .maybe(
            specifications::body,
            has_body
                .then(|| value::value_without(tree, node, &["metadata", "status"]))
                .flatten(),
        );
    let row = match unsorted(tree, node, &mut Vec::new()) {
        Some((path, key, before)) => row
            .text(specifications::unsorted, &path)
            .text(specifications::unsorted_key, &key)
            .text(specifications::sorted_after, &before),
        None => row,
    };
    tables.add_row(row);
}

/// Whether a value below is left to a template or a variable.
fn has_unknown(tree: &Tree, node: NodeId, depth: usize) -> bool {
    if depth > DEPTH || value::is_unknown(tree, node) {
        return true;
    }
    match tree.content(node) {
        Content::Mapping(_) => {
            let pairs = tree.pairs(node);
            let mut values = pairs.into_iter();
            values.any(|(key, value)| {
                tree.text(key).is_none_or(value::is_templated)
                    || has_unknown(tree, value, depth + 1)
            })
        }
        Content::Sequence(items) => items.iter().any(|item| has_unknown(tree, *item, depth + 1)),
        _ => false,
    }
}

/// The path of the first key that is before its turn, the key, and the one before it.
fn unsorted(tree: &Tree, node: NodeId, path: &mut Vec<String>) -> Option<(String, String, String)> {
    if path.len() > DEPTH {
        return None;
    }
    match tree.content(node) {
        Content::Mapping(_) => {
            let mut before = "";
            let pairs = tree.pairs(node);
            for (key, value) in pairs {
                let Some(text) = tree.text(key) else {
                    continue;
                };
                path.push(text.to_owned());
                if text < before {
                    return Some((path.join("."), text.to_owned(), before.to_owned()));
                }
                before = text;
                let found = unsorted(tree, value, path);
                if found.is_some() {
                    return found;
                }
                path.pop();
            }
            None
        }
        Content::Sequence(items) => {
            for (number, item) in items.iter().enumerate() {
                path.push(number.to_string());
                let found = unsorted(tree, *item, path);
                if found.is_some() {
                    return found;
                }
                path.pop();
            }
            None
        }
        _ => None,
    }
}
