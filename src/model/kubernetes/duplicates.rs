//! The fields of a container whose items repeat an earlier one or name nothing, which no rule can count as fast.

use hullmark_tables::{Containers, containers};
use rustc_hash::FxHashSet;

use crate::model::kubernetes::{Object, Workload, value};
use crate::model::row::RowBuilder;
use crate::parse::yaml::tree::{NodeId, Tree};

/// Sets the numbers of the items in the lists of a container that repeat an earlier one or name nothing.
pub(super) fn set(
    row: RowBuilder<Containers>,
    tree: &Tree,
    container: NodeId,
    volumes: &Volumes,
) -> RowBuilder<Containers> {
    let child = |name| value::child(tree, container, name);
    row.set(
        containers::undefined_mounts,
        numbered(tree, child("volumeMounts"), |item| {
            let name = tree.text_at(item, "name");
            volumes.is_known
                && name
                    .is_some_and(|name| !value::is_templated(name) && !volumes.names.contains(name))
        }),
    )
    .set(
        containers::duplicate_mounts,
        repeated(tree, child("volumeMounts"), |item| {
            tree.text_at(item, "mountPath").map(ToOwned::to_owned)
        }),
    )
    .set(
        containers::duplicate_ports,
        repeated(tree, child("ports"), |item| {
            let protocol = tree.text_at(item, "protocol").unwrap_or("TCP");
            let port = tree
                .text_at(item, "containerPort")
                .filter(|port| !port.is_empty());
            port.map(|port| format!("{port}/{protocol}"))
        }),
    )
    .set(
        containers::duplicate_port_names,
        repeated(tree, child("ports"), |item| {
            tree.text_at(item, "name").map(ToOwned::to_owned)
        }),
    )
    .set(
        containers::duplicate_env,
        repeated(tree, child("env"), |item| {
            tree.text_at(item, "name").map(ToOwned::to_owned)
        }),
    )
    .set(
        containers::ports_without_number,
        numbered(tree, child("ports"), |item| {
            !value::is_unknown(tree, item) && value::child(tree, item, "containerPort").is_none()
        }),
    )
}

/// Numbers of the items of which something holds; the lists of the row count the same way.
fn numbered(
    tree: &Tree,
    list: Option<NodeId>,
    mut holds: impl FnMut(NodeId) -> bool,
) -> Vec<usize> {
    let items = list.map(|list| tree.items(list)).unwrap_or_default();
    let mappings = items.iter().filter(|item| tree.is_mapping(**item));
    mappings
        .enumerate()
        .filter(|(_, item)| holds(**item))
        .map(|(number, _)| number)
        .collect()
}

/// Numbers of the items that say what an earlier one says.
fn repeated(
    tree: &Tree,
    list: Option<NodeId>,
    says: impl Fn(NodeId) -> Option<String>,
) -> Vec<usize> {
    let mut seen = FxHashSet::default();
    numbered(tree, list, |item| {
        says(item).is_some_and(|text| {
            !text.is_empty() && !value::is_templated(&text) && !seen.insert(text)
        })
    })
}

/// The volumes that the containers of a pod may mount.
pub(super) struct Volumes {
    names: FxHashSet<String>,
    is_known: bool,
}

/// The volumes that a program adds to each pod of a kind: Jenkins to the pods of its agents.
const ADDED: [(&str, &str); 1] = [("Pod", "workspace-volume")];

/// The volumes of a pod, those that its owner makes included.
pub(super) fn volumes(workload: Workload<'_>) -> Volumes {
    let tree = workload.object.tree;
    let list = value::child(tree, workload.pod.node, "volumes");
    let items = list.map(|list| tree.items(list)).unwrap_or_default();
    let elsewhere = workload.object.elsewhere;
    let levels = (workload.template_node, workload.owner, workload.pod.node);
    let is_known = !is_above(workload.object, levels, "volumes")
        && !elsewhere.sets("volumes")
        && !elsewhere.sets("volumeClaimTemplates")
        && list.is_none_or(|list| !value::is_unknown(tree, list))
        && items.iter().all(|item| {
            !value::is_unknown(tree, *item)
                && tree
                    .get(*item, "name")
                    .is_none_or(|name| !value::is_unknown(tree, name))
        });
    let added = ADDED.into_iter();
    let added = added.filter(|(kind, _)| *kind == workload.object.kind);
    let named = items.iter().filter_map(|item| tree.text_at(*item, "name"));
    let claims = volume_claims(tree, workload.owner)
        .into_iter()
        .chain(policy_claims(tree, workload.object.node))
        .chain(added.map(|(_, name)| name));
    Volumes {
        names: named.chain(claims).map(ToOwned::to_owned).collect(),
        is_known,
    }
}

/// Whether a field of a pod's specification stands above it, where it is none: it is indented too little, and `unknown-field` says so.
pub(super) fn is_above(
    object: Object<'_>,
    (template, owner, spec): (NodeId, NodeId, NodeId),
    name: &str,
) -> bool {
    let tree = object.tree;
    let outer = tree.get(object.node, "spec");
    let holders = [Some(template), Some(owner), outer];
    let mut holders = holders.into_iter().flatten();
    holders.any(|holder| holder != spec && tree.get(holder, name).is_some())
}

/// The volumes that a `StatefulSet` makes for each of its pods.
fn volume_claims(tree: &Tree, owner: NodeId) -> Vec<&str> {
    let claims = tree.get(owner, "volumeClaimTemplates");
    let claims = claims.map(|list| tree.items(list)).unwrap_or_default();
    claims
        .iter()
        .filter_map(|claim| tree.text(tree.at(*claim, &["metadata", "name"])?))
        .collect()
}

/// The volumes that a `JobSet` makes for its pods.
fn policy_claims(tree: &Tree, object: NodeId) -> impl Iterator<Item = &str> {
    let items = |list: Option<NodeId>| list.map(|list| tree.items(list)).unwrap_or_default();
    let policies = items(tree.at(object, &["spec", "volumeClaimPolicies"]));
    let templates = policies
        .iter()
        .flat_map(move |policy| items(tree.get(*policy, "templates")));
    templates.filter_map(|claim| tree.text(tree.at(*claim, &["metadata", "name"])?))
}
