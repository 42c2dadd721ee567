//! What objects say of others: autoscalers and budgets of their workloads, bindings of roles, an Ingress of Services.

use hullmark_tables::{Subject, autoscalers, backends, bindings, budgets, claims, subject};

use crate::model::FileTables;
use crate::model::kubernetes::{Object, objects, roles, value};
use crate::model::row::{Field, RowBuilder};
use crate::model::table::Table;
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{NodeId, Tree};

pub(super) fn build_rows(tables: &mut FileTables, object: Object<'_>) {
    match object.kind {
        "HorizontalPodAutoscaler" | "ScaledObject" => autoscaler(tables, object),
        "PodDisruptionBudget" => budget(tables, object),
        "PersistentVolumeClaim" => claim(tables, object),
        "RoleBinding" | "ClusterRoleBinding" => binding(tables, object),
        "Ingress" => ingress(tables, object),
        "Role" | "ClusterRole" => roles::build_rows(tables, object),
        _ => {}
    }
}

fn autoscaler(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Autoscalers) {
        return;
    }
    let tree = object.tree;
    let is_keda = object.kind == "ScaledObject";
    let (low, high) = if is_keda {
        ("minReplicaCount", "maxReplicaCount")
    } else {
        ("minReplicas", "maxReplicas")
    };
    let written = |name| {
        let node = tree.at(object.node, &["spec", name])?;
        (!value::is_null(tree, node)).then_some(node)
    };
    let minimum = match written(low) {
        Some(node) => number(tree, node),
        None => Some(i64::from(!is_keda)),
    };
    let row = RowBuilder::at(object.at)
        .set(autoscalers::document, object.document)
        .text(autoscalers::path, object.path)
        .maybe_text(autoscalers::name, object.name)
        .maybe_text(autoscalers::namespace, object.namespace)
        .maybe_text(autoscalers::scales, objects::scales(object).as_deref())
        .text(autoscalers::minimum_field, &format!("spec.{low}"))
        .maybe(autoscalers::minimum, minimum)
        .maybe(
            autoscalers::maximum,
            written(high).and_then(|node| number(tree, node)),
        )
        .texts(autoscalers::utilized, utilized(object));
    tables.add_row(row);
}

/// The resources by whose use, as a share of what is requested, an autoscaler scales.
fn utilized(object: Object<'_>) -> Vec<&str> {
    let tree = object.tree;
    let Some(spec) = tree.get(object.node, "spec") else {
        return Vec::new();
    };
    if object.kind == "ScaledObject" {
        let triggers = value::child(tree, spec, "triggers");
        let triggers = triggers.map(|list| tree.items(list)).unwrap_or_default();
        let of_resources = triggers.iter().filter_map(|trigger| {
            let kind = tree.text_at(*trigger, "type")?;
            let metadata = tree.at(*trigger, &["metadata", "type"]);
            let metric = tree.get(*trigger, "metricType").or(metadata);
            let metric = metric.and_then(|node| tree.text(node));
            (matches!(kind, "cpu" | "memory") && metric.is_none_or(|text| text == "Utilization"))
                .then_some(kind)
        });
        return of_resources.collect();
    }
    let Some(metrics) = value::child(tree, spec, "metrics") else {
        // Without metrics it scales by 80 percent of the processor.
        let is_known = tree.get(spec, "metrics").is_none();
        return is_known.then_some("cpu").into_iter().collect();
    };
    let of_resources = tree.items(metrics).iter().filter_map(|metric| {
        let resource = tree.get(*metric, "resource")?;
        let name = value::known_text(tree, tree.get(resource, "name")?)?;
        let is_share = tree.get(resource, "targetAverageUtilization").is_some()
            || tree
                .at(resource, &["target", "averageUtilization"])
                .is_some();
        (matches!(name, "cpu" | "memory") && is_share).then_some(name)
    });
    of_resources.collect()
}

fn claim(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Claims) {
        return;
    }
    let tree = object.tree;
    let modes = tree.at(object.node, &["spec", "accessModes"]);
    let modes = modes.map(|list| tree.items(list)).unwrap_or_default();
    let known: Vec<&str> = modes
        .iter()
        .filter_map(|mode| value::known_text(tree, *mode))
        .collect();
    let is_known = known.len() == modes.len() && !object.elsewhere.sets("accessModes");
    let row = RowBuilder::at(object.at)
        .set(claims::document, object.document)
        .text(claims::path, object.path)
        .maybe_text(claims::name, object.name)
        .maybe_text(claims::namespace, object.namespace)
        .texts(
            claims::access_modes,
            if is_known { known } else { Vec::new() },
        );
    tables.add_row(row);
}

fn number(tree: &Tree, node: NodeId) -> Option<i64> {
    match scalar::kubernetes(tree.scalar(node)?) {
        Reading::Int(number) => Some(number),
        _ => None,
    }
}

fn budget(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Budgets) {
        return;
    }
    let Object { tree, node, .. } = object;
    let spec = tree.get(node, "spec");
    let part = |name| spec.and_then(|spec| value::child(tree, spec, name));
    let selector = part("selector");
    let labels = selector.and_then(|selector| value::child(tree, selector, "matchLabels"));
    let has_expressions = selector.is_some_and(|selector| {
        let expressions = value::child(tree, selector, "matchExpressions");
        expressions.is_some_and(|list| !tree.items(list).is_empty())
    });
    let is_known = selector.is_none_or(|selector| !value::is_unknown(tree, selector))
        && value::is_known(tree, labels)
        && !has_expressions;
    let texts = value::texts(tree, labels);
    let amount = |name| part(name).and_then(|node| value::value(tree, node));
    let row = RowBuilder::at(object.at)
        .set(budgets::document, object.document)
        .text(budgets::path, object.path)
        .maybe_text(budgets::apiVersion, tree.text_at(node, "apiVersion"))
        .maybe_text(budgets::name, object.name)
        .maybe_text(budgets::namespace, object.namespace)
        .set(budgets::has_selector, selector.is_some())
        .set(budgets::selector_known, is_known)
        .texts(budgets::selector_pairs, value::pair_texts(&texts))
        .maybe(budgets::minAvailable, amount("minAvailable"))
        .maybe(budgets::maxUnavailable, amount("maxUnavailable"))
        .set(
            budgets::has_amount,
            part("minAvailable").is_some() || part("maxUnavailable").is_some(),
        )
        .set(
            budgets::has_eviction_policy,
            part("unhealthyPodEvictionPolicy").is_some(),
        );
    tables.add_row(value::set_texts(row, budgets::selector, &texts));
}

fn binding(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Bindings) {
        return;
    }
    let Object { tree, node, .. } = object;
    let role = |name| {
        tree.at(node, &["roleRef", name])
            .and_then(|node| value::known_text(tree, node))
    };
    let list = value::child(tree, node, "subjects");
    let items = list.map(|list| tree.items(list)).unwrap_or_default();
    let subjects: Vec<RowBuilder<Subject>> = items
        .iter()
        .filter(|item| tree.is_mapping(**item))
        .map(|item| {
            let text = |name| {
                tree.get(*item, name)
                    .and_then(|node| value::known_text(tree, node))
            };
            RowBuilder::at(tables.node(*item))
                .maybe_text(subject::kind, text("kind"))
                .maybe_text(subject::name, text("name"))
                .maybe_text(subject::namespace, text("namespace"))
        })
        .collect();
    let row = RowBuilder::at(object.at)
        .set(bindings::document, object.document)
        .text(bindings::kind, object.kind)
        .maybe_text(bindings::name, object.name)
        .maybe_text(bindings::namespace, object.namespace)
        .maybe_text(bindings::role_kind, role("kind"))
        .maybe_text(bindings::role, role("name"))
        .set(bindings::subjects, subjects);
    tables.add_row(row);
}

/// The Services of an Ingress, in the form of `networking.k8s.io/v1` and in the older one.
fn ingress(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Backends) {
        return;
    }
    let Object { tree, node, .. } = object;
    let Some(spec) = tree.get(node, "spec") else {
        return;
    };
    for name in ["defaultBackend", "backend"] {
        if let Some(found) = value::child(tree, spec, name) {
            backend(tables, object, found);
        }
    }
    let rules = tree.get(spec, "rules");
    for rule in rules.map(|list| tree.items(list)).unwrap_or_default() {
        let paths = tree.at(*rule, &["http", "paths"]);
        for path in paths.map(|list| tree.items(list)).unwrap_or_default() {
            if let Some(found) = value::child(tree, *path, "backend") {
                backend(tables, object, found);
            }
        }
    }
}

fn backend(tables: &mut FileTables, object: Object<'_>, node: NodeId) {
    let tree = object.tree;
    let port = |path: &[&str]| -> Option<Field> {
        let node = tree.at(node, path)?;
        value::value(tree, node)
    };
    let (name, port, field) = match tree.get(node, "service") {
        Some(service) => {
            let named = port(&["service", "port", "name"]);
            let field = if named.is_some() {
                "service.port.name"
            } else {
                "service.port.number"
            };
            let port = named.or_else(|| port(&["service", "port", "number"]));
            (tree.get(service, "name"), port, field)
        }
        None => (
            tree.get(node, "serviceName"),
            port(&["servicePort"]),
            "servicePort",
        ),
    };
    let (Some(name), Some(port)) = (name.and_then(|name| value::known_text(tree, name)), port)
    else {
        return;
    };
    let at = tables.node(node);
    let row = RowBuilder::at(at)
        .set(backends::document, object.document)
        .maybe_text(backends::namespace, object.namespace)
        .maybe_text(backends::ingress, object.name)
        .text(backends::service, name)
        .text(backends::port_field, field)
        .set(backends::port, port);
    tables.add_row(row);
}
