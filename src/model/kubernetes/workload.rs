//! Pod specifications, wherever an object nests them.

use hullmark_tables::{
    HostNamespaces, UnmetExpression, Workloads, host_namespaces, unmet_expression, workloads,
};

use crate::model::FileTables;
use crate::model::kubernetes::admission::Admitted;
use crate::model::kubernetes::duplicates::is_above;
use crate::model::kubernetes::node_agent::NodeAgent;
use crate::model::kubernetes::pods::{self, Pod, is_patched};
use crate::model::kubernetes::security::Level;
use crate::model::kubernetes::services::{Labels, Selected};
use crate::model::kubernetes::{
    Object, Workload, container, leader, links, objects, platform, value, volumes,
};
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::parse::yaml::tree::{NodeId, Tree};

pub(super) fn build_rows(tables: &mut FileTables, object: Object<'_>) {
    let pods = pods::pods(object);
    let is_single = pods.len() == 1;
    for pod in &pods {
        workload(tables, object, pod, is_single);
    }
}

fn workload<'t>(tables: &mut FileTables, object: Object<'t>, pod: &'t Pod, is_single: bool) {
    let tree = object.tree;
    let at = if is_single {
        object.at
    } else {
        tables.node(pod.owner)
    };
    let template = tables.node(pod.template);
    let spec = tables.node(pod.spec);
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
        lone: pod.lone.as_deref(),
        is_windows: platform::is_windows(tree, pod.spec),
        is_job: is_job(object, pod.spec),
        agent: NodeAgent::of(object, pod.spec),
        has_user_namespace: value::is_false(tree, pod.spec, "hostUsers"),
        selected: selected(object, pod),
        admitted: Admitted::of(tree, pod.template),
    };
    // What the pod itself says is judged, whatever number of containers it has.
    let has_room = tables.wants(Table::Workloads) && tables.keep_room();
    let containers = container::build_rows(tables, workload);
    references(tables, object, pod.spec);
    links::note_pods(tables, object, pod, (at, template));
    tables.give_room(has_room);
    if tables.wants(Table::Workloads) {
        let row = row(tables, workload, pod, &containers);
        tables.add_row(row);
    }
}

/// Which Service sends requests to the pods.
fn selected<'t>(object: Object<'t>, pod: &Pod) -> Selected<'t> {
    let tree = object.tree;
    let labels = tree.at(pod.template, &["metadata", "labels"]);
    let found = object.services.select(&Labels {
        texts: &value::texts(tree, labels),
        are_known: value::is_known(tree, labels),
        namespace: object.namespace,
    });
    let own = tree
        .get(pod.owner, "serviceName")
        .filter(|_| object.kind == "StatefulSet" && !found.is_selected)
        .and_then(|name| value::known_text(tree, name))
        .filter(|name| !name.is_empty());
    match own {
        Some(name) => Selected {
            is_selected: true,
            by: Some(name),
        },
        None => found,
    }
}

fn row(
    tables: &mut FileTables,
    workload: Workload<'_>,
    pod: &Pod,
    containers: &container::Filled,
) -> RowBuilder<Workloads> {
    let Object { tree, .. } = workload.object;
    let api_version = tree.text_at(workload.object.node, "apiVersion");
    let row = RowBuilder::at(workload.at)
        .set(workloads::document, workload.object.document)
        .text(workloads::path, workload.object.path)
        .text(workloads::kind, workload.object.kind)
        .maybe_text(workloads::apiVersion, api_version)
        .maybe_text(workloads::name, workload.object.name)
        .maybe_text(workloads::namespace, workload.object.namespace)
        .maybe_text(
            workloads::scaled_as,
            workload
                .object
                .name
                .map(|name| format!("{}/{name}", workload.object.kind))
                .as_deref(),
        )
        .maybe_text(
            workloads::governed_by,
            tree.get(pod.owner, "serviceName")
                .filter(|_| workload.object.kind == "StatefulSet")
                .and_then(|name| value::known_text(tree, name))
                .filter(|name| !name.is_empty()),
        )
        .texts(workloads::claims, claims(tree, pod.spec))
        .set(workloads::object, workload.object.at)
        .set(workloads::template, workload.template)
        .set(workloads::pod, workload.pod.at)
        .text(workloads::pod_path, &pod.path)
        .set(workloads::containers, containers.main.clone())
        .set(workloads::init_containers, containers.init.clone())
        .set(workloads::is_windows, workload.is_windows)
        .set(workloads::is_job, workload.is_job)
        .set(workloads::is_node_agent, workload.agent.is_agent)
        .set(workloads::is_known_agent, workload.agent.is_known)
        .set(workloads::elects_leader, leader::is_elected(tree, pod.spec))
        .set(workloads::is_pinned, platform::is_pinned(tree, pod.spec))
        .set(workloads::is_patch, is_patched(workload.object, pod));
    let row = set_rollout(row, workload.object, pod);
    let row = set_pod(row, workload.object, pod);
    volumes::set(tables, row, workload.object, pod)
}

/// The names of the claims that a pod's volumes use.
fn claims(tree: &Tree, spec: NodeId) -> Vec<&str> {
    let volumes = tree.get(spec, "volumes");
    let volumes = volumes.map(|list| tree.items(list)).unwrap_or_default();
    let names = volumes.iter().filter_map(|volume| {
        let name = tree.at(*volume, &["persistentVolumeClaim", "claimName"])?;
        value::known_text(tree, name)
    });
    names.collect()
}

/// What the owner of the pod template says: labels, selector, replicas, strategy.
fn set_rollout(row: RowBuilder<Workloads>, object: Object<'_>, pod: &Pod) -> RowBuilder<Workloads> {
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
        .texts(workloads::label_pairs, value::pair_texts(&texts))
        .set(
            workloads::labels_known,
            value::is_known(tree, labels)
                && !object.elsewhere.has_labels
                && !object.elsewhere.fills_images,
        )
        .set(
            workloads::has_selector,
            selector.is_some() || object.elsewhere.sets("selector"),
        )
        .set(
            workloads::has_empty_selector,
            selector.is_some_and(|selector| is_empty_selector(tree, selector))
                && !object.elsewhere.sets("selector"),
        )
        .text(
            workloads::selector_field,
            if is_flat {
                "spec.selector"
            } else {
                "spec.selector.matchLabels"
            },
        )
        .set(workloads::selector_known, selector_known)
        .set(
            workloads::unmet_expressions,
            unmet_expressions(tree, selector, &texts),
        )
        .set(
            workloads::has_replicas,
            replicas.is_some() || object.elsewhere.has_replicas,
        )
        .maybe(
            workloads::replicas,
            known(replicas).filter(|_| !object.elsewhere.has_replicas),
        )
        // With no replicas an autoscaler is off.
        .set(
            workloads::writes_replicas,
            replicas.is_some_and(|node| tree.text(node) != Some("0")),
        )
        .set(
            workloads::has_strategy,
            strategy.is_some() || object.elsewhere.sets("strategy"),
        )
        .maybe(
            workloads::strategy,
            known(strategy).filter(|_| !object.elsewhere.sets("strategy")),
        );
    let row = value::set_texts(row, workloads::labels, &texts);
    value::set_texts(row, workloads::selector, &value::texts(tree, match_labels))
}

/// Whether a selector is a mapping that asks for nothing.
fn is_empty_selector(tree: &Tree, selector: NodeId) -> bool {
    let is_empty = |node: NodeId| {
        value::is_null(tree, node)
            || (tree.scalar(node).is_none()
                && tree.pairs(node).is_empty()
                && tree.items(node).is_empty())
    };
    let pairs = tree.pairs(selector);
    tree.is_mapping(selector) && pairs.into_iter().all(|(_, node)| is_empty(node))
}

/// Expressions of a selector that the labels do not satisfy.
fn unmet_expressions(
    tree: &Tree,
    selector: Option<NodeId>,
    labels: &[(&str, &str)],
) -> Vec<RowBuilder<UnmetExpression>> {
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
            let row = RowBuilder::new().text(unmet_expression::text, text.trim());
            unmet.push(row.set(unmet_expression::number, number));
        }
    }
    unmet
}

/// What the pod says beside its containers and volumes.
fn set_pod(row: RowBuilder<Workloads>, object: Object<'_>, pod: &Pod) -> RowBuilder<Workloads> {
    let spec = pod.spec;
    let Object {
        tree, elsewhere, ..
    } = object;
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
    row.maybe(workloads::spec, value::value_without(tree, spec, LISTS))
        .maybe(workloads::serviceAccountName, account)
        .set(
            workloads::automount_set,
            value::child(tree, spec, automount).is_some() || elsewhere.sets(automount),
        )
        .maybe(workloads::automountServiceAccountToken, known(automount))
        .set(
            workloads::has_unknown_account,
            is_open(tree, spec, &accounts) || elsewhere.sets("serviceAccountName"),
        )
        .set(
            workloads::has_unknown_restart,
            is_open(tree, spec, &["restartPolicy"])
                || is_above(object, (pod.template, pod.owner, spec), "restartPolicy"),
        )
        .set(workloads::network, network(tree, spec))
}

fn network(tree: &Tree, spec: NodeId) -> RowBuilder<HostNamespaces> {
    let is_true = |name| value::is_true(tree, spec, name);
    RowBuilder::new()
        .set(host_namespaces::hostNetwork, is_true("hostNetwork"))
        .set(host_namespaces::hostPID, is_true("hostPID"))
        .set(host_namespaces::hostIPC, is_true("hostIPC"))
}

/// Whether something is written there that is not known yet.
fn is_open(tree: &Tree, spec: NodeId, names: &[&str]) -> bool {
    let mut nodes = names.iter().filter_map(|name| tree.get(spec, name));
    nodes.any(|node| value::is_unknown(tree, node))
}

/// What runs to its end needs no probes: jobs, and pods that are not started again.
fn is_job(object: Object<'_>, spec: NodeId) -> bool {
    let restart = object.tree.text_at(spec, "restartPolicy");
    matches!(object.kind, "Job" | "CronJob") || matches!(restart, Some("Never" | "OnFailure"))
}

fn references(tables: &mut FileTables, object: Object<'_>, spec: NodeId) {
    if !tables.wants(Table::References) {
        return;
    }
    let tree = object.tree;
    for name in ["serviceAccountName", "serviceAccount"] {
        if let Some(node) = tree.get(spec, name) {
            objects::reference(tables, object, "service-account", node, false);
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
                    tables,
                    object,
                    kind,
                    node,
                    value::is_true(tree, source, "optional"),
                );
            }
        }
    }
}
