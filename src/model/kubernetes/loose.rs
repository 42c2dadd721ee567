//! Containers of custom resources that are in no pod template: steps of Argo and Tekton, pods of the Prometheus operator, values of charts.

use crate::model::kubernetes::value;
use crate::parse::yaml::tree::{NodeId, Tree};

/// Where such resources keep containers beside the lists of a pod, with the role of each.
pub(super) const LISTS: [(&str, &str); 6] = [
    ("container", "container"),
    ("script", "container"),
    ("containerSet.containers", "container"),
    ("steps", "container"),
    ("sidecars", "container"),
    ("stepTemplate", "container"),
];

/// Settings of a security context that only a container has.
const SETTINGS: [&str; 3] = ["privileged", "allowPrivilegeEscalation", "capabilities"];

/// What a mapping is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// It holds containers, volumes or the namespaces of a pod.
    Pod,
    /// It is a container by itself.
    Container,
}

/// Whether a mapping of a custom resource is a pod or a container by what it says.
pub(super) fn form(tree: &Tree, node: NodeId) -> Option<Form> {
    let lists = ["containers", "initContainers"].into_iter();
    let lists = lists.chain(LISTS.iter().map(|(name, _)| *name));
    let holds_containers = lists
        .filter_map(|name| tree.at(node, &name.split('.').collect::<Vec<_>>()))
        .any(|list| {
            is_container(tree, list)
                || tree
                    .items(list)
                    .iter()
                    .any(|item| is_container(tree, *item))
        });
    let volumes = tree.get(node, "volumes");
    let mut volumes = volumes
        .map(|list| tree.items(list))
        .unwrap_or_default()
        .iter();
    let is_pod = holds_containers
        || volumes.any(|volume| {
            tree.get(*volume, "hostPath")
                .is_some_and(|path| tree.is_mapping(path))
        })
        || ["hostNetwork", "hostPID", "hostIPC"]
            .into_iter()
            .any(|name| value::is_true(tree, node, name));
    if is_pod {
        return Some(Form::Pod);
    }
    // The image in parts, as values of charts have it, beside what it runs.
    let has_parts = tree
        .get(node, "image")
        .is_some_and(|image| tree.get(image, "repository").is_some());
    let has_command = ["command", "args"].iter().any(|name| {
        let list = tree.get(node, name);
        list.is_some_and(|list| !tree.items(list).is_empty())
    });
    if has_parts && has_command {
        return Some(Form::Container);
    }
    let context = tree.get(node, "securityContext")?;
    let is_own = SETTINGS
        .iter()
        .any(|name| tree.get(context, name).is_some());
    is_own.then_some(Form::Container)
}

/// Whether what is below the key belongs to the pod that holds it.
pub(super) fn is_consumed(key: &str) -> bool {
    matches!(
        key,
        "containers" | "initContainers" | "ephemeralContainers" | "volumes"
    ) || LISTS
        .iter()
        .any(|(name, _)| name.split('.').next() == Some(key))
}

/// Whether a mapping is a container: it has an image, or what only a container says.
fn is_container(tree: &Tree, node: NodeId) -> bool {
    let has = |name| tree.get(node, name);
    has("image").is_some_and(|image| tree.scalar(image).is_some())
        || has("securityContext").is_some() && has("name").is_some()
}
