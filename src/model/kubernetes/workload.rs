//! Pod specifications, wherever an object nests them.

use regorus::Value;
use rustc_hash::FxHashSet;

use crate::model::Facts;
use crate::model::kubernetes::pods::{self, Pod, is_patch, is_patched};
use crate::model::kubernetes::security::Level;
use crate::model::kubernetes::{Object, Workload, container, objects, value};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::parse::yaml::tree::{NodeId, Tree};

pub(super) fn fill(facts: &mut Facts, object: Object<'_>) {
    let pods = pods::pods(object);
    let is_single = pods.len() == 1;
    for pod in pods {
        workload(facts, object, &pod, is_single);
    }
}

fn workload(facts: &mut Facts, object: Object<'_>, pod: &Pod, is_single: bool) {
    let tree = object.tree;
    let at = if is_single {
        object.at
    } else {
        facts.node(pod.owner)
    };
    let template = facts.node(pod.template);
    let spec = facts.node(pod.spec);
    let workload = Workload {
        object,
        at,
        pod: Level {
            node: pod.spec,
            at: spec,
        },
        template,
        template_node: pod.template,
        owner: pod.owner,
        is_windows: is_windows(tree, pod.spec),
        is_job: is_job(object, pod.spec),
        has_user_namespace: value::is_false(tree, pod.spec, "hostUsers"),
    };
    let containers = container::fill(facts, workload);
    references(facts, object, pod.spec);
    if facts.wants(Table::Workloads) {
        let row = row(facts, workload, pod, &containers);
        facts.push(Table::Workloads, row);
    }
}

fn row(
    facts: &mut Facts,
    workload: Workload<'_>,
    pod: &Pod,
    containers: &container::Filled,
) -> Row {
    let Object { tree, .. } = workload.object;
    let api_version = tree.text_at(workload.object.node, "apiVersion");
    let row = Row::at(workload.at)
        .place("document", workload.object.document)
        .text("path", workload.object.path)
        .text("kind", workload.object.kind)
        .maybe_text("apiVersion", api_version)
        .maybe_text("name", workload.object.name)
        .maybe_text("namespace", workload.object.namespace)
        .place("object", workload.object.at)
        .place("template", workload.template)
        .place("pod", workload.pod.at)
        .text("pod_path", &pod.path)
        .places("containers", containers.main.clone())
        .places("init_containers", containers.init.clone())
        .flag("is_windows", workload.is_windows)
        .flag("is_job", workload.is_job)
        .flag("is_node_agent", workload.object.kind == "DaemonSet")
        .flag("is_patch", is_patched(workload.object, pod));
    let row = set_rollout(row, workload.object, pod);
    let row = set_pod(row, tree, pod.spec);
    set_volumes(facts, row, workload.object, pod)
}

/// What the owner of the pod template says: labels, selector, replicas, strategy.
fn set_rollout(row: Row, object: Object<'_>, pod: &Pod) -> Row {
    let tree = object.tree;
    // The older controllers write the labels without `matchLabels` above them.
    let is_flat = matches!(object.kind, "ReplicationController" | "DeploymentConfig");
    let labels = tree.at(pod.template, &["metadata", "labels"]);
    let texts = value::texts(tree, labels);
    let selector = value::child(tree, pod.owner, "selector").filter(|_| pod.owner != pod.template);
    let match_labels = selector.and_then(|selector| {
        if is_flat {
            Some(selector)
        } else {
            tree.get(selector, "matchLabels")
        }
    });
    let selector_known = selector.is_none_or(|selector| !value::is_unknown(tree, selector))
        && value::is_known(tree, match_labels);
    let strategy = ["strategy", "updateStrategy"]
        .into_iter()
        .find_map(|name| value::child(tree, pod.owner, name));
    let replicas = value::child(tree, pod.owner, "replicas");
    let known = |node: Option<NodeId>| node.and_then(|node| value::value(tree, node));
    let row = row
        .texts("label_pairs", value::pair_texts(&texts))
        .flag("labels_known", value::is_known(tree, labels))
        .flag("has_selector", selector.is_some())
        .text(
            "selector_field",
            if is_flat {
                "spec.selector"
            } else {
                "spec.selector.matchLabels"
            },
        )
        .flag("selector_known", selector_known)
        .rows(
            "unmet_expressions",
            unmet_expressions(tree, selector, &texts),
        )
        .flag("has_replicas", replicas.is_some())
        .maybe("replicas", known(replicas))
        .flag("has_strategy", strategy.is_some())
        .maybe("strategy", known(strategy));
    let row = value::set_texts(row, "labels", &texts);
    value::set_texts(row, "selector", &value::texts(tree, match_labels))
}

/// Expressions of a selector that the labels do not satisfy.
fn unmet_expressions(tree: &Tree, selector: Option<NodeId>, labels: &[(&str, &str)]) -> Vec<Row> {
    let list = selector.and_then(|selector| tree.get(selector, "matchExpressions"));
    let items = list.map(|list| tree.items(list)).unwrap_or_default();
    let mut unmet = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let (Some(key), Some(operator)) =
            (tree.text_at(*item, "key"), tree.text_at(*item, "operator"))
        else {
            continue;
        };
        let values = tree.get(*item, "values");
        let values: Vec<&str> = values
            .map(|values| tree.items(values))
            .unwrap_or_default()
            .iter()
            .filter_map(|value| tree.text(*value))
            .collect();
        let label = labels
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| *value);
        let is_met = match operator {
            "In" => label.is_some_and(|label| values.contains(&label)),
            "NotIn" => label.is_none_or(|label| !values.contains(&label)),
            "Exists" => label.is_some(),
            "DoesNotExist" => label.is_none(),
            _ => true,
        };
        if !is_met && !values.iter().any(|value| value::is_templated(value)) {
            let text = [key, operator, &values.join(", ")].join(" ");
            let row = Row::default().text("text", text.trim());
            unmet.push(row.value("number", Value::from(number as u64)));
        }
    }
    unmet
}

/// What the pod says beside its containers and volumes.
fn set_pod(row: Row, tree: &Tree, spec: NodeId) -> Row {
    const LISTS: &[&str] = &[
        "containers",
        "initContainers",
        "ephemeralContainers",
        "volumes",
    ];
    let known = |name| value::child(tree, spec, name).and_then(|node| value::value(tree, node));
    let account = known("serviceAccountName").or_else(|| known("serviceAccount"));
    let automount = "automountServiceAccountToken";
    let accounts = ["serviceAccountName", "serviceAccount"];
    row.maybe("spec", value::value_without(tree, spec, LISTS))
        .maybe("serviceAccountName", account)
        .flag(
            "automount_set",
            value::child(tree, spec, automount).is_some(),
        )
        .maybe(automount, known(automount))
        .flag("has_unknown_account", is_open(tree, spec, &accounts))
        .flag(
            "has_unknown_restart",
            is_open(tree, spec, &["restartPolicy"]),
        )
        .value("network", network(tree, spec))
}

/// The volumes, and which of them are mounted.
fn set_volumes(facts: &mut Facts, row: Row, object: Object<'_>, pod: &Pod) -> Row {
    let tree = object.tree;
    let volumes = value::child(tree, pod.spec, "volumes");
    let is_known = volumes.is_none_or(|list| {
        let mut items = tree.items(list).iter();
        !value::is_unknown(tree, list) && items.all(|item| is_known_volume(tree, *item))
    });
    let mounted = mounted(object, pod.owner, pod.spec);
    let items = volumes.map(|list| tree.items(list)).unwrap_or_default();
    let unused = items
        .iter()
        .filter(|item| tree.is_mapping(**item))
        .enumerate()
        .filter(|(_, item)| {
            let name = tree.text_at(**item, "name").unwrap_or_default();
            mounted.as_ref().is_some_and(|mounted| {
                !name.is_empty() && !value::is_templated(name) && !mounted.contains(name)
            })
        })
        .map(|(number, _)| Value::from(number as u64))
        .collect();
    row.rows("volumes", volume_list(facts, tree, volumes))
        .flag("volumes_known", is_known)
        .flag("mounts_known", mounted.is_some())
        .list("unused_volumes", unused)
}

fn network(tree: &Tree, spec: NodeId) -> Row {
    ["hostNetwork", "hostPID", "hostIPC"]
        .into_iter()
        .fold(Row::default(), |row, name| {
            row.flag(name, value::is_true(tree, spec, name))
        })
}

/// A volume's name and what kind of volume it is; the rest as it is written.
fn volume_list(facts: &mut Facts, tree: &Tree, volumes: Option<NodeId>) -> Vec<Row> {
    let items = volumes.map(|list| tree.items(list)).unwrap_or_default();
    let mappings = items.iter().filter(|item| tree.is_mapping(**item));
    mappings
        .map(|item| {
            let pairs = tree.pairs(*item);
            let named = pairs
                .iter()
                .filter_map(|(key, node)| Some((tree.text(*key)?, *node)));
            let source = named.clone().find(|(key, _)| *key != "name");
            let row =
                Row::nested(facts.node(*item)).maybe_text("name", tree.text_at(*item, "name"));
            match source {
                Some((kind, node)) => row
                    .text("type", kind)
                    .maybe("source", value::value(tree, node)),
                None => row,
            }
        })
        .collect()
}

fn is_known_volume(tree: &Tree, item: NodeId) -> bool {
    !value::is_unknown(tree, item)
        && tree
            .get(item, "name")
            .is_none_or(|name| !value::is_unknown(tree, name))
}

/// Names of the volumes that some container mounts; nothing if that is not known.
fn mounted(object: Object<'_>, owner: NodeId, spec: NodeId) -> Option<FxHashSet<&str>> {
    let tree = object.tree;
    let containers = tree.get(spec, "containers");
    if containers.is_none_or(|list| tree.items(list).is_empty()) {
        // A pod has containers: this one changes a pod that stands elsewhere.
        return None;
    }
    let mut names = FxHashSet::default();
    for list in ["containers", "initContainers", "ephemeralContainers"] {
        let Some(list) = tree.get(spec, list) else {
            continue;
        };
        if value::is_unknown(tree, list) {
            return None;
        }
        for container in tree.items(list) {
            // A patch mounts what the container that it changes may mount too.
            if is_patch(object, owner, *container) {
                return None;
            }
            for mounts in ["volumeMounts", "volumeDevices"] {
                let Some(mounts) = value::child(tree, *container, mounts) else {
                    continue;
                };
                if value::is_unknown(tree, mounts) {
                    return None;
                }
                for mount in tree.items(mounts) {
                    names.insert(value::known_text(tree, tree.get(*mount, "name")?)?);
                }
            }
        }
    }
    Some(names)
}

/// Whether something is written there that is not known yet.
fn is_open(tree: &Tree, spec: NodeId, names: &[&str]) -> bool {
    let mut nodes = names.iter().filter_map(|name| tree.get(spec, name));
    nodes.any(|node| value::is_unknown(tree, node))
}

fn is_windows(tree: &Tree, spec: NodeId) -> bool {
    let says =
        |path: &[&str]| tree.at(spec, path).and_then(|node| tree.text(node)) == Some("windows");
    says(&["os", "name"])
        || says(&["nodeSelector", "kubernetes.io/os"])
        || says(&["nodeSelector", "beta.kubernetes.io/os"])
}

/// What runs to its end needs no probes: jobs, and pods that are not started again.
fn is_job(object: Object<'_>, spec: NodeId) -> bool {
    let restart = object.tree.text_at(spec, "restartPolicy");
    matches!(object.kind, "Job" | "CronJob") || matches!(restart, Some("Never" | "OnFailure"))
}

fn references(facts: &mut Facts, object: Object<'_>, spec: NodeId) {
    if !facts.wants(Table::References) {
        return;
    }
    let tree = object.tree;
    for name in ["serviceAccountName", "serviceAccount"] {
        if let Some(node) = tree.get(spec, name) {
            objects::reference(facts, object, "service-account", node, false);
            break;
        }
    }
    let volumes = tree.get(spec, "volumes");
    for volume in volumes.map(|list| tree.items(list)).unwrap_or_default() {
        for (kind, source, name) in [
            ("configmap", "configMap", "name"),
            ("secret", "secret", "secretName"),
            ("claim", "persistentVolumeClaim", "claimName"),
        ] {
            let Some(source) = tree.get(*volume, source) else {
                continue;
            };
            if let Some(node) = tree.get(source, name) {
                objects::reference(
                    facts,
                    object,
                    kind,
                    node,
                    value::is_true(tree, source, "optional"),
                );
            }
        }
    }
}
