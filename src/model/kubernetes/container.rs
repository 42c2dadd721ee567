//! Containers of a pod, with what they are allowed, given and asked.

use hullmark_tables::{
    Containers, ProbePort, Probes, Resources, containers, images, probe_port, probes, resources,
};

use crate::model::FileTables;
use crate::model::kubernetes::admission;
use crate::model::kubernetes::applications;
use crate::model::kubernetes::components;
use crate::model::kubernetes::duplicates::{self, Volumes};
use crate::model::kubernetes::elsewhere::Elsewhere;
use crate::model::kubernetes::image_streams;
use crate::model::kubernetes::security::{self, Annotations, Level};
use crate::model::kubernetes::services::Labels;
use crate::model::kubernetes::sibling_containers::SiblingContainers;
use crate::model::kubernetes::{Workload, objects, pods, scripts, value};
use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::model::{image, reference, secret, variable};
use crate::parse::yaml::tree::{NodeId, Tree};

/// Places of the containers that were filled in.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) main: Vec<RowRef>,
    pub(super) init: Vec<RowRef>,
}

pub(super) fn build_rows(tables: &mut FileTables, workload: Workload<'_>) -> Filled {
    let tree = workload.object.tree;
    let metadata = tree.get(workload.template_node, "metadata");
    let annotations = metadata.and_then(|metadata| tree.get(metadata, "annotations"));
    let annotations = Annotations {
        texts: &value::texts(tree, annotations),
        at: workload.template,
    };
    let volumes = duplicates::volumes(workload);
    let lists = pods::containers(workload.object, workload.pod.node, workload.lone.is_some());
    let siblings = if tables.wants(Table::Containers) {
        SiblingContainers::of(tree, lists.iter().flat_map(|(nodes, _)| nodes))
    } else {
        SiblingContainers::default()
    };
    let mut filled = Filled::default();
    for (containers, role) in lists {
        for node in &containers {
            // A patch may say of a container only that it goes.
            let is_deleted = tree.text_at(*node, "$patch") == Some("delete");
            if !tree.is_mapping(*node) || value::is_unknown(tree, *node) || is_deleted {
                continue;
            }
            let at = tables.node(*node);
            match role {
                "container" => filled.main.push(at),
                "init" => filled.init.push(at),
                _ => {}
            }
            container(
                tables,
                workload,
                Level { node: *node, at },
                role,
                &annotations,
                &volumes,
                &siblings,
            );
        }
    }
    filled
}

fn container(
    tables: &mut FileTables,
    workload: Workload<'_>,
    level: Level,
    role: &'static str,
    annotations: &Annotations<'_>,
    volumes: &Volumes,
    siblings: &SiblingContainers,
) {
    let tree = workload.object.tree;
    // A sidecar is an init container that is started again and stays.
    let is_sidecar = role == "init" && tree.text_at(level.node, "restartPolicy") == Some("Always");
    if tables.wants(Table::Containers) {
        let row = row(tables, workload, level, annotations, volumes)
            .text(containers::role, role)
            .set(containers::is_sidecar, is_sidecar)
            .texts(containers::beside, siblings.except(tree, level.node));
        tables.add_row(row);
    }
    if tables.wants(Table::Images)
        && let Some(text) = value::child(tree, level.node, "image").and_then(|it| tree.text(it))
        // `empty-image` speaks of what is empty or null.
        && !text.trim().is_empty()
        && !image_streams::writes(workload.object, level.node)
    {
        let name = tree.text_at(level.node, "name");
        let is_set = workload.object.elsewhere.sets_image(name, text);
        // What is written is then never pulled.
        let value = if is_set { "$IMAGE" } else { text };
        let document = workload.object.document;
        let row = image::row_as(level.at, document, role, text, value, "image");
        // A builder would look past spaces around it; the API server refuses them.
        let row = if is_set || text.trim() == text {
            row
        } else {
            row.set(images::is_valid, false)
        };
        tables.add_row(row);
    }
    components::build_rows(tables, workload, level);
    environment(tables, workload, level.node);
    scripts::build_rows(tables, workload, level);
}

fn row(
    tables: &mut FileTables,
    workload: Workload<'_>,
    level: Level,
    annotations: &Annotations<'_>,
    volumes: &Volumes,
) -> RowBuilder<Containers> {
    let tree = workload.object.tree;
    let Level { node, at } = level;
    let name = tree.text_at(node, "name").or(workload.lone);
    let elsewhere = workload.object.elsewhere;
    let child = |name| value::child(tree, node, name);
    let known = |name| child(name).and_then(|node| value::value(tree, node));
    let mut items = |name| value::located_items(tables, tree, child(name));
    let (ports, env, env_from) = (items("ports"), items("env"), items("envFrom"));
    let mounts = items("volumeMounts");
    let capabilities = security::capabilities(tables, tree, node, elsewhere, workload.admitted);
    let image = child("image").and_then(|image| tree.text(image));
    let repository = image.and_then(|image| reference::parse(image).repository);
    let row = RowBuilder::at(at)
        .set(containers::document, workload.object.document)
        .text(containers::kind, "kubernetes")
        .maybe_text(
            containers::name,
            name.filter(|name| !value::is_templated(name)),
        )
        .maybe_text(containers::image, image)
        .maybe_text(containers::repository, repository)
        .maybe_text(
            containers::image_name,
            repository.and_then(|repository| repository.rsplit('/').next()),
        )
        .set(
            containers::is_patch,
            pods::is_patch(workload.object, workload.owner, node),
        )
        .set(containers::has_user_namespace, workload.has_user_namespace)
        .set(containers::is_selected, workload.selected.is_selected)
        .set(containers::is_reached, is_reached(workload, node))
        .maybe_text(containers::service, workload.selected.by)
        .set(
            containers::fills_ports,
            pods::fills_ports(tree, workload.object.node),
        )
        .set(containers::workload, workload.at)
        .set(containers::pod, workload.pod.at)
        .text(containers::workload_kind, workload.object.kind)
        .maybe_text(containers::workload_name, workload.object.name)
        .set(containers::is_windows, workload.is_windows)
        .set(containers::is_job, workload.is_job)
        .set(containers::is_node_agent, workload.agent.is_agent)
        .set(containers::is_known_agent, workload.agent.is_known)
        .set(containers::capabilities, capabilities)
        .set(containers::probes, probes(tree, node, elsewhere))
        .set(containers::probe_ports, probe_ports(tree, node))
        .maybe(containers::liveness, known("livenessProbe"))
        .maybe(containers::readiness, known("readinessProbe"))
        .set(
            containers::has_security_context,
            has_security_context(tree, node),
        )
        .set(
            containers::has_pod_security_context,
            has_security_context(tree, workload.pod.node),
        )
        .set(
            containers::has_open_pull_policy,
            child("imagePullPolicy").is_some_and(|node| value::is_unknown(tree, node)),
        )
        .set(containers::resources, resources(workload, node))
        .set(containers::ports_known, ports_known(tree, child("ports")))
        .set(containers::mounts, mounts)
        .maybe(containers::imagePullPolicy, known("imagePullPolicy"))
        .maybe(containers::command, known("command"))
        .maybe(containers::args, known("args"))
        .set(
            containers::binds_host_port,
            listed(tree, child("ports"), |item| {
                value::child(tree, item, "hostPort")
                    .is_some_and(|port| tree.text(port) != Some("0"))
            }),
        )
        .set(
            containers::adds_capabilities,
            listed(
                tree,
                tree.at(node, &["securityContext", "capabilities", "add"]),
                |_| true,
            ),
        )
        .set(containers::ports, ports)
        .set(containers::env, env)
        .set(containers::envFrom, env_from);
    let row = duplicates::set(row, tree, node, volumes);
    security::set(
        row,
        tree,
        level,
        workload.pod,
        annotations,
        name.unwrap_or_default(),
        (elsewhere, workload.admitted),
    )
}

/// Whether a Service sends requests to a port of the container, or may do so.
fn is_reached(workload: Workload<'_>, container: NodeId) -> bool {
    if !workload.selected.is_selected {
        return false;
    }
    let object = workload.object;
    let tree = object.tree;
    let labels = tree.at(workload.template_node, &["metadata", "labels"]);
    let names = |container: NodeId| {
        let ports = tree.get(container, "ports");
        let items = ports.map(|ports| tree.items(ports)).unwrap_or_default();
        items.iter().copied().flat_map(move |port| {
            let texts = ["containerPort", "name"].into_iter();
            texts.filter_map(move |key| tree.text_at(port, key))
        })
    };
    let containers = tree.get(workload.pod.node, "containers");
    let containers = containers.map(|list| tree.items(list)).unwrap_or_default();
    let all: Vec<&str> = containers.iter().flat_map(|node| names(*node)).collect();
    let own: Vec<&str> = names(container).collect();
    let pod = Labels {
        texts: &value::texts(tree, labels),
        are_known: value::is_known(tree, labels),
        namespace: object.namespace,
    };
    object.services.reach(&pod, &own, &all)
}

/// Whether something holds of an item of a list.
fn listed(tree: &Tree, list: Option<NodeId>, holds: impl Fn(NodeId) -> bool) -> bool {
    let items = list.map(|list| tree.items(list)).unwrap_or_default();
    items.iter().any(|item| holds(*item))
}

/// Whether a container or pod has a security context that says anything: a cluster writes out `{}` for none.
fn has_security_context(tree: &Tree, node: NodeId) -> bool {
    value::child(tree, node, "securityContext")
        .is_some_and(|context| !tree.is_mapping(context) || !tree.pairs(context).is_empty())
}

/// Ports that probes ask, with the probe and its handler.
fn probe_ports(tree: &Tree, container: NodeId) -> Vec<RowBuilder<ProbePort>> {
    let mut asked = Vec::new();
    for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
        for handler in ["httpGet", "tcpSocket", "grpc"] {
            let port = tree.at(container, &[probe, handler, "port"]);
            let Some(port) = port.and_then(|port| value::value(tree, port)) else {
                continue;
            };
            let row = RowBuilder::new()
                .text(probe_port::probe, probe)
                .text(probe_port::handler, handler);
            asked.push(row.set(probe_port::port, port));
        }
    }
    asked
}

fn probes(tree: &Tree, container: NodeId, elsewhere: &Elsewhere<'_>) -> RowBuilder<Probes> {
    let has = |name| value::child(tree, container, name).is_some() || elsewhere.sets(name);
    RowBuilder::new()
        .set(probes::livenessProbe, has("livenessProbe"))
        .set(probes::readinessProbe, has("readinessProbe"))
        .set(probes::startupProbe, has("startupProbe"))
}

/// Requests and limits; `set` names those that say something, known or not, for the container or its whole pod.
fn resources(workload: Workload<'_>, container: NodeId) -> RowBuilder<Resources> {
    let object = workload.object;
    let tree = object.tree;
    let elsewhere = object.elsewhere;
    let mut row = RowBuilder::new();
    let mut set = object.limit_ranges.defaults(object.namespace);
    set.extend(elsewhere.default_resources().map(ToOwned::to_owned));
    let mut amounts = Vec::new();
    let mut is_known =
        !elsewhere.sets("resources") && !admission::manages_resources(tree, workload.template_node);
    let holders =
        [container, workload.pod.node].map(|holder| value::child(tree, holder, "resources"));
    for (part, column) in [
        ("requests", resources::requests),
        ("limits", resources::limits),
    ] {
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
                    let amount = quantity(text);
                    amounts.extend(amount.map(|amount| (format!("{part}.{name}"), amount)));
                }
            }
        }
        row = value::set_texts(row, column, &texts);
    }
    row.map(resources::amounts, amounts)
        .texts(resources::set, set)
        .set(resources::is_known, is_known)
}

/// Whether nothing of a list of ports is left to run time.
fn ports_known(tree: &Tree, ports: Option<NodeId>) -> bool {
    let Some(ports) = ports else { return true };
    !value::is_unknown(tree, ports)
        && tree.items(ports).iter().all(|item| {
            let name = tree.get(*item, "name");
            tree.is_mapping(*item)
                && !value::is_unknown(tree, *item)
                && name.is_none_or(|name| !value::is_unknown(tree, name))
        })
}

/// A quantity such as `250m`, `1.5Gi` or `1e3` as a number.
pub(super) fn quantity(text: &str) -> Option<f64> {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    let end = text.find(|c| !is_number(c)).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let factor = match unit {
        "" => 1.0,
        "n" => 1e-9,
        "u" => 1e-6,
        "m" => 1e-3,
        "k" => 1e3,
        "M" => 1e6,
        "G" => 1e9,
        "T" => 1e12,
        "P" => 1e15,
        "E" => 1e18,
        "Ki" => 1024.0,
        "Mi" => 1_048_576.0,
        "Gi" => 1_073_741_824.0,
        "Ti" => 1_099_511_627_776.0,
        "Pi" => 1_125_899_906_842_624.0,
        "Ei" => 1_152_921_504_606_846_976.0,
        exponent => {
            let exponent: i32 = exponent.strip_prefix(['e', 'E'])?.parse().ok()?;
            10_f64.powi(exponent)
        }
    };
    let number: f64 = number.parse().ok()?;
    Some(number * factor)
}

/// What the environment is made of: literals are variables, the rest are references.
fn environment(tables: &mut FileTables, workload: Workload<'_>, container: NodeId) {
    let object = workload.object;
    let tree = object.tree;
    let items = |name| {
        tree.get(container, name)
            .map(|list| tree.items(list))
            .unwrap_or_default()
    };
    let variables = items("env");
    let holder = tree.text_at(container, "name");
    for item in variables {
        literal(tables, (workload, holder), *item, variables);
        let from = tree.get(*item, "valueFrom");
        for (kind, key) in [("configmap", "configMapKeyRef"), ("secret", "secretKeyRef")] {
            let Some(source) = from.and_then(|from| tree.get(from, key)) else {
                continue;
            };
            if let Some(name) = tree.get(source, "name") {
                objects::reference(
                    tables,
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
                    tables,
                    object,
                    kind,
                    name,
                    value::is_true(tree, source, "optional"),
                );
            }
        }
    }
}

/// A variable whose value is in the manifest, or that has none.
fn literal(
    tables: &mut FileTables,
    (workload, holder): (Workload<'_>, Option<&str>),
    item: NodeId,
    beside: &[NodeId],
) {
    let object = workload.object;
    let tree = object.tree;
    if !tables.wants(Table::Variables) || value::child(tree, item, "valueFrom").is_some() {
        return;
    }
    let Some(name) = tree.text_at(item, "name") else {
        return;
    };
    let node = value::child(tree, item, "value");
    let is_known = node.is_none_or(|node| !value::is_unknown(tree, node));
    let text = node.and_then(|node| tree.text(node));
    if let (Some(node), Some(text), true) = (node, text, is_known) {
        tables.name_secret(name, text, tree.node(node).span);
    }
    let at = tables.node(item);
    let row = variable::row(
        at,
        object.document,
        "container-env",
        name,
        text,
        is_known,
        "value",
    );
    let row = match text.filter(|_| is_known && secret::is_secret_name(name)) {
        Some(text) => {
            let users = beside.iter().take(BESIDE).filter_map(|item| {
                let is_user = secret::is_user_name(tree.text_at(*item, "name")?);
                tree.text_at(*item, "value").filter(|_| is_user)
            });
            variable::of_users(row, (name, text), users, || {
                applications::names(object, holder)
            })
        }
        None => row,
    };
    tables.add_row(row);
}

/// How many variables of a container are asked whether they name the user of a password.
const BESIDE: usize = 50;
