//! Where objects keep their pods: known kinds at their place, custom resources wherever they nest a template.

use crate::model::kubernetes::elsewhere::{self, Adds};
use crate::model::kubernetes::{Object, loose};
use crate::model::placeholder;
use crate::parse::yaml::tree::{Content, NodeId, Tree};

/// Kinds that hold no pod, however much they nest.
const WITHOUT_PODS: [&str; 15] = [
    "ConfigMap",
    "Secret",
    "CustomResourceDefinition",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "Ingress",
    "NetworkPolicy",
    "Namespace",
    "ServiceAccount",
    "PersistentVolumeClaim",
    "PersistentVolume",
    "HorizontalPodAutoscaler",
    "Kustomization",
];
/// The image for which Istio's injector writes its own, and the rest of the container.
const INJECTED: &str = "auto";

/// Words in the path of a file that say that it may be a patch.
pub(super) const PATCH_FOLDERS: [&str; 4] = ["patch", "overlay", "kustom", "component"];

/// How deep a template may nest in a custom resource, and how many nodes are looked at for it.
const DEPTH: usize = 10;
const NODES: usize = 20_000;

/// A pod specification and what names it.
pub(super) struct Pod {
    /// The mapping with `metadata` and `spec`: a pod template, or the Pod itself.
    pub(super) template: NodeId,
    pub(super) spec: NodeId,
    /// The mapping beside `template`, which has replicas, selector and strategy.
    pub(super) owner: NodeId,
    pub(super) path: String,
    /// The name of the one container that `spec` is, where no pod stands around it.
    pub(super) lone: Option<String>,
}

/// What the one container at a path is called: by its key, or by its release if that is no name.
fn lone_name(object: Object<'_>, path: &str) -> String {
    let last = path.rsplit('.').next().unwrap_or_default();
    match object.name {
        Some(name) if last == "values" => name.to_owned(),
        _ => last.to_owned(),
    }
}

/// Every pod specification of an object.
pub(super) fn pods(object: Object<'_>) -> Vec<Pod> {
    let Object { tree, node, .. } = object;
    // Knative has a `Service` too, which holds a pod template.
    let is_core_service =
        object.kind == "Service" && tree.text_at(node, "apiVersion") == Some("v1");
    let is_without = WITHOUT_PODS.contains(&object.kind)
        || [
            "Allowlist",
            "Policy",
            "Constraint",
            "Exemption",
            "Exception",
        ]
        .iter()
        .any(|end| object.kind.ends_with(end))
        || matches!(adds(object), Adds::NoPods | Adds::NoObject);
    if is_core_service || is_without || is_of_cloud_run(object) {
        return Vec::new();
    }
    let mut found = Vec::new();
    if object.kind == "Pod" {
        if let Some(spec) = tree.get(node, "spec").filter(|spec| tree.is_mapping(*spec)) {
            found.push(Pod {
                template: node,
                spec,
                owner: node,
                path: "spec".to_owned(),
                lone: None,
            });
        }
        return found;
    }
    if let Some(pod) = template_of(object) {
        return vec![pod];
    }
    let is_custom = adds(object) == Adds::Anything;
    let mut waiting = vec![(node, String::new(), 0)];
    let mut budget = NODES;
    while let Some((node, path, depth)) = waiting.pop() {
        if budget == 0 || depth > DEPTH {
            continue;
        }
        budget -= 1;
        match tree.content(node) {
            Content::Mapping(_) => {
                let loose = loose::form(tree, node).filter(|_| is_custom && depth > 0);
                let is_taken = loose == Some(loose::Form::Pod);
                if let Some(form) = loose {
                    let lone = (form == loose::Form::Container).then(|| lone_name(object, &path));
                    found.push(Pod {
                        template: node,
                        spec: node,
                        owner: node,
                        path: path.clone(),
                        lone,
                    });
                }
                for (key, child) in tree.pairs(node).into_iter().rev() {
                    let Some(name) = tree.text(key) else { continue };
                    if depth == 0 && matches!(name, "metadata" | "status" | "apiVersion" | "kind") {
                        continue;
                    }
                    let path = if path.is_empty() {
                        name.to_owned()
                    } else {
                        format!("{path}.{name}")
                    };
                    let spec = match name {
                        "template" | "podTemplate" | "podTemplateSpec" => tree.get(child, "spec"),
                        _ => None,
                    };
                    match spec.filter(|spec| is_pod_spec(tree, *spec)) {
                        Some(spec) => found.push(Pod {
                            template: child,
                            spec,
                            owner: node,
                            path: format!("{path}.spec"),
                            lone: None,
                        }),
                        None if is_custom && loose::is_consumed(name) && is_taken => {}
                        None if tree.scalar(child).is_none() => {
                            waiting.push((child, path, depth + 1));
                        }
                        None => {}
                    }
                }
            }
            Content::Sequence(items) => {
                for (number, item) in items.iter().enumerate().rev() {
                    if tree.scalar(*item).is_none() {
                        waiting.push((*item, format!("{path}.{number}"), depth + 1));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn adds(object: Object<'_>) -> Adds {
    let version = object.tree.text_at(object.node, "apiVersion");
    elsewhere::adds(version.unwrap_or_default(), object.kind)
}

/// Whether the controller of an object fills in the ports of containers and probes that are left out.
pub(super) fn fills_ports(tree: &Tree, node: NodeId) -> bool {
    tree.text_at(node, "apiVersion")
        .is_some_and(|version| version.starts_with("serving.knative.dev/"))
}

/// The containers of a pod specification by their role.
pub(super) fn containers(
    object: Object<'_>,
    spec: NodeId,
    is_lone: bool,
) -> Vec<(Vec<NodeId>, &'static str)> {
    let tree = object.tree;
    if is_lone {
        return vec![(vec![spec], "container")];
    }
    let mut lists = vec![
        ("containers", "container"),
        ("initContainers", "init"),
        ("ephemeralContainers", "ephemeral"),
    ];
    if adds(object) == Adds::Anything {
        lists.extend(loose::LISTS);
    }
    let list = |(name, role): (&str, &'static str)| {
        let path: Vec<&str> = name.split('.').collect();
        let node = tree.at(spec, &path);
        let nodes = node.map_or_else(Vec::new, |node| {
            if tree.is_mapping(node) && name != "containers" {
                vec![node]
            } else {
                tree.items(node).to_vec()
            }
        });
        (nodes, role)
    };
    lists.into_iter().map(list).collect()
}

/// Google's Cloud Run takes the shape of Knative's objects, but runs no pods: it refuses their security settings.
fn is_of_cloud_run(object: Object<'_>) -> bool {
    let Object { tree, node, .. } = object;
    let is_own_kind = tree
        .text_at(node, "apiVersion")
        .is_some_and(|version| version.starts_with("run.googleapis.com/"));
    let marks = [
        &["metadata", "labels"][..],
        &["metadata", "annotations"],
        &["spec", "template", "metadata", "annotations"],
    ];
    let mut keys = marks
        .into_iter()
        .filter_map(|path| tree.at(node, path))
        .flat_map(|mapping| tree.pairs(mapping))
        .filter_map(|(key, _)| tree.text(key));
    is_own_kind
        || keys.any(|key| {
            key.starts_with("run.googleapis.com/") || key == "cloud.googleapis.com/location"
        })
}

/// The pod template of a kind that is known to have one, whatever the template holds.
fn template_of(object: Object<'_>) -> Option<Pod> {
    let path: &[&str] = match object.kind {
        "CronJob" => &["spec", "jobTemplate", "spec"],
        "Deployment"
        | "DeploymentConfig"
        | "StatefulSet"
        | "DaemonSet"
        | "ReplicaSet"
        | "ReplicationController"
        | "Job" => &["spec"],
        _ => return None,
    };
    let Object { tree, node, .. } = object;
    let owner = tree.at(node, path)?;
    let template = tree
        .get(owner, "template")
        .filter(|template| tree.is_mapping(*template))?;
    let spec = tree
        .get(template, "spec")
        .filter(|spec| tree.is_mapping(*spec));
    Some(Pod {
        template,
        spec: spec.unwrap_or(template),
        owner,
        path: format!("{}.template.spec", path.join(".")),
        lone: None,
    })
}

fn is_pod_spec(tree: &Tree, spec: NodeId) -> bool {
    tree.get(spec, "containers").is_some_and(|containers| {
        tree.items(containers)
            .iter()
            .any(|item| tree.is_mapping(*item))
    })
}

/// A patch names a container without saying what runs in it: the rest stands elsewhere. A pod without an image is otherwise one that
/// lacks it, or that is only sketched.
pub(super) fn is_patch(object: Object<'_>, owner: NodeId, container: NodeId) -> bool {
    let tree = object.tree;
    let image = tree.text_at(container, "image").unwrap_or_default();
    let is_filled_in = image == INJECTED || placeholder::is_placeholder(image);
    if object.elsewhere.is_partial || is_filled_in || tree.get(container, "$patch").is_some() {
        return true;
    }
    let folder_says = PATCH_FOLDERS.iter().any(|word| object.path.contains(word));
    let is_replicated = matches!(
        object.kind,
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet"
    );
    let lacks_selector = is_replicated && tree.get(owner, "selector").is_none();
    if tree.get(container, "image").is_some() {
        let labels = tree.at(owner, &["template", "metadata", "labels"]);
        return folder_says && lacks_selector && labels.is_none();
    }
    let says_more = ["env", "envFrom", "args", "volumeMounts"]
        .into_iter()
        .any(|name| tree.get(container, name).is_some());
    let is_known = matches!(
        object.kind,
        "Pod"
            | "Deployment"
            | "DeploymentConfig"
            | "StatefulSet"
            | "DaemonSet"
            | "ReplicaSet"
            | "ReplicationController"
            | "Job"
            | "CronJob"
    );
    folder_says || !is_known || (says_more && lacks_selector)
}

/// Whether every container of a pod is a patch.
pub(super) fn is_patched(object: Object<'_>, pod: &Pod) -> bool {
    let containers = object.tree.get(pod.spec, "containers");
    let items = containers
        .map(|list| object.tree.items(list))
        .unwrap_or_default();
    let is_replicated = matches!(
        object.kind,
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet"
    );
    let may_lack = is_replicated && object.tree.get(pod.owner, "selector").is_none()
        || matches!(object.kind, "Job" | "CronJob");
    let lacks_all = may_lack && containers.is_none();
    object.elsewhere.is_partial
        || lacks_all
        || !items.is_empty() && items.iter().all(|item| is_patch(object, pod.owner, *item))
}
