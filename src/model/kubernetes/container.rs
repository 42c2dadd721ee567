//! Containers of a pod, with what they are allowed, given and asked.

use regorus::Value;

use crate::model::Facts;
use crate::model::kubernetes::security::{self, Annotations, Level};
use crate::model::kubernetes::workload::Workload;
use crate::model::kubernetes::{objects, value};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::parse::yaml::tree::{NodeId, Tree};

/// Places of the containers that were filled in.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) main: Vec<Value>,
    pub(super) init: Vec<Value>,
}

pub(super) fn fill(facts: &mut Facts, workload: Workload<'_>) -> Filled {
    let tree = workload.object.tree;
    let metadata = tree.get(workload.template_node, "metadata");
    let annotations = metadata.and_then(|metadata| tree.get(metadata, "annotations"));
    let annotations = Annotations {
        texts: &value::texts(tree, annotations),
        at: workload.template,
    };
    let mut filled = Filled::default();
    for (list, role) in [
        ("containers", "container"),
        ("initContainers", "init"),
        ("ephemeralContainers", "ephemeral"),
    ] {
        let containers = tree.get(workload.pod.node, list);
        for node in containers.map(|list| tree.items(list)).unwrap_or_default() {
            if !tree.is_mapping(*node) || value::is_unknown(tree, *node) {
                continue;
            }
            let at = facts.node(*node);
            match role {
                "container" => filled.main.push(at.value()),
                "init" => filled.init.push(at.value()),
                _ => {}
            }
            container(
                facts,
                workload,
                Level { node: *node, at },
                role,
                &annotations,
            );
        }
    }
    filled
}

fn container(
    facts: &mut Facts,
    workload: Workload<'_>,
    level: Level,
    role: &'static str,
    annotations: &Annotations<'_>,
) {
    let tree = workload.object.tree;
    // A sidecar is an init container that is started again and stays.
    let is_sidecar = role == "init" && tree.text_at(level.node, "restartPolicy") == Some("Always");
    if facts.wants(Table::Containers) {
        let row = row(facts, workload, level, annotations)
            .text("role", role)
            .flag("is_sidecar", is_sidecar);
        facts.push(Table::Containers, row);
    }
    environment(facts, workload, level.node);
}

fn row(
    facts: &mut Facts,
    workload: Workload<'_>,
    level: Level,
    annotations: &Annotations<'_>,
) -> Row {
    let tree = workload.object.tree;
    let Level { node, at } = level;
    let name = tree.text_at(node, "name");
    let child = |name| value::child(tree, node, name);
    let known = |name| child(name).and_then(|node| value::value(tree, node));
    let lists = ["ports", "env", "envFrom"]
        .map(|name| (name, value::located_items(facts, tree, child(name))));
    let mounts = value::located_items(facts, tree, child("volumeMounts"));
    let capabilities = security::capabilities(facts, tree, node);
    let row = Row::at(at)
        .place("document", workload.object.document)
        .text("kind", "kubernetes")
        .maybe_text("name", name.filter(|name| !value::is_templated(name)))
        .maybe_text("image", child("image").and_then(|image| tree.text(image)))
        // A container without an image is a patch of one that stands elsewhere: what it lacks may stand there.
        .flag("is_patch", child("image").is_none())
        .place("workload", workload.at)
        .place("pod", workload.pod.at)
        .text("workload_kind", workload.object.kind)
        .maybe_text("workload_name", workload.object.name)
        .flag("is_windows", workload.is_windows)
        .flag("is_job", workload.is_job)
        .value("capabilities", capabilities)
        .value("probes", probes(tree, node))
        .value("resources", resources(tree, node, workload.pod.node))
        .list("mounts", mounts)
        .maybe("imagePullPolicy", known("imagePullPolicy"))
        .maybe("command", known("command"))
        .maybe("args", known("args"));
    let row = lists
        .into_iter()
        .fold(row, |row, (name, items)| row.list(name, items));
    security::set(
        row,
        tree,
        level,
        workload.pod,
        annotations,
        name.unwrap_or_default(),
    )
}

fn probes(tree: &Tree, container: NodeId) -> Value {
    ["livenessProbe", "readinessProbe", "startupProbe"]
        .into_iter()
        .fold(Row::default(), |row, name| {
            row.flag(name, value::child(tree, container, name).is_some())
        })
        .done()
}

/// Requests and limits; `set` names those that say something, known or not, for the container or its whole pod.
fn resources(tree: &Tree, container: NodeId, pod: NodeId) -> Value {
    let mut row = Row::default();
    let mut set = Vec::new();
    let mut is_known = true;
    let holders = [container, pod].map(|holder| value::child(tree, holder, "resources"));
    for part in ["requests", "limits"] {
        let mut texts = Vec::new();
        for (number, holder) in holders.into_iter().enumerate() {
            let Some(holder) = holder else { continue };
            let list = value::child(tree, holder, part);
            is_known &= !value::is_unknown(tree, holder);
            is_known &= list.is_none_or(|list| !value::is_unknown(tree, list));
            for (key, node) in list.map(|list| tree.pairs(list)).unwrap_or_default() {
                let Some(name) = tree.text(key).filter(|_| !value::is_null(tree, node)) else {
                    continue;
                };
                set.push(format!("{part}.{name}"));
                if let Some(text) = value::known_text(tree, node).filter(|_| number == 0) {
                    texts.push((name, text));
                }
            }
        }
        row = value::set_texts(row, part, &texts);
    }
    row.texts("set", set).flag("is_known", is_known).done()
}

/// What the environment is made of: literals are variables, the rest are references.
fn environment(facts: &mut Facts, workload: Workload<'_>, container: NodeId) {
    let object = workload.object;
    let tree = object.tree;
    let items = |name| {
        tree.get(container, name)
            .map(|list| tree.items(list))
            .unwrap_or_default()
    };
    for item in items("env") {
        let from = tree.get(*item, "valueFrom");
        for (kind, key) in [("configmap", "configMapKeyRef"), ("secret", "secretKeyRef")] {
            let Some(source) = from.and_then(|from| tree.get(from, key)) else {
                continue;
            };
            if let Some(name) = tree.get(source, "name") {
                objects::reference(
                    facts,
                    object,
                    kind,
                    name,
                    value::is_true(tree, source, "optional"),
                );
            }
        }
    }
    for item in items("envFrom") {
        for (kind, key) in [("configmap", "configMapRef"), ("secret", "secretRef")] {
            let Some(source) = tree.get(*item, key) else {
                continue;
            };
            if let Some(name) = tree.get(source, "name") {
                objects::reference(
                    facts,
                    object,
                    kind,
                    name,
                    value::is_true(tree, source, "optional"),
                );
            }
        }
    }
}
