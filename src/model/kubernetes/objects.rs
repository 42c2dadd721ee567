//! Objects and what they are beside their pods: Services, `ConfigMap`s.

use hullmark_tables::{objects, references, services};

use crate::model::FileTables;
use crate::model::kubernetes::elsewhere::{self, Adds};
use crate::model::kubernetes::{
    Object, applications, custom_lifecycle, lifecycle, secrets, text_settings, value,
};
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::model::{secret, variable};
use crate::parse::yaml::tree::NodeId;

pub(super) fn build_rows(tables: &mut FileTables, object: Object<'_>, is_list_item: bool) {
    let Object { tree, node, .. } = object;
    tables
        .resources
        .push((tree.node(node).span, resource(object).into()));
    let metadata = tree.get(node, "metadata");
    if tables.wants(Table::Objects) {
        let part = |name| metadata.and_then(|metadata| tree.get(metadata, name));
        let row = RowBuilder::at(object.at)
            .set(objects::document, object.document)
            .maybe_text(objects::apiVersion, tree.text_at(node, "apiVersion"))
            .text(objects::kind, object.kind)
            .maybe_text(objects::name, object.name)
            .maybe_text(objects::namespace, object.namespace)
            .set(objects::is_list_item, is_list_item)
            .text(objects::path, object.path)
            .set(objects::may_make_pods, may_make_pods(object))
            .maybe_text(objects::scales, scales(object).as_deref());
        let row = lifecycle::set(
            row,
            tree.text_at(node, "apiVersion"),
            object.kind,
            object.around,
        );
        let row = custom_lifecycle::set(row, object)
            .set(objects::is_sketch, is_sketch(object))
            .set(objects::repeats_version, object.repeats_version);
        let row = value::set_texts(row, objects::labels, &value::texts(tree, part("labels")));
        let row = value::set_texts(
            row,
            objects::annotations,
            &value::texts(tree, part("annotations")),
        );
        tables.add_row(row);
    }
    if object.kind == "ConfigMap" {
        config(tables, object);
    }
    if object.kind == "Secret" {
        secrets::build_rows(tables, object);
    }
    if object.kind == "Service" && tree.text_at(node, "apiVersion") == Some("v1") {
        service(tables, object);
    }
}

/// Whether a controller that is not Kubernetes' own may make pods of the object.
pub(super) fn may_make_pods(object: Object<'_>) -> bool {
    let version = object.tree.text_at(object.node, "apiVersion");
    elsewhere::adds(version.unwrap_or_default(), object.kind) == Adds::Anything
}

/// How many keys of a `ConfigMap`, and lines of one of them, become rows before only credentials do, or nothing.
const KEYS: usize = 2_000;

/// How many names of users of a `ConfigMap` are compared with its values, and how long they are.
const USERS: usize = 8;
const LONGEST_USER: usize = 200;

/// What a `ConfigMap` says: each key a variable.
fn config(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Variables) {
        return;
    }
    let tree = object.tree;
    let data = tree.get(object.node, "data");
    let pairs = data.map(|data| tree.pairs(data)).unwrap_or_default();
    let users = pairs.iter().take(KEYS).filter_map(|(key, node)| {
        let text = tree.text(*node).filter(|text| text.len() < LONGEST_USER)?;
        secret::is_user_name(tree.text(*key)?).then_some(text)
    });
    let users: Vec<&str> = users.take(USERS).collect();
    for (number, (key, node)) in pairs.into_iter().enumerate() {
        let (Some(name), Some(text)) = (tree.text(key), tree.text(node)) else {
            continue;
        };
        if number >= KEYS && !secret::is_secret_name(name) && secret::kind(text).is_none() {
            continue;
        }
        let at = tables.node(node);
        let is_known = !value::is_unknown(tree, node);
        let row = variable::row(
            at,
            object.document,
            "configmap",
            name,
            Some(text),
            is_known,
            "",
        );
        let users = users.iter().copied();
        let row = variable::of_users(row, (name, text), users, || {
            applications::names(object, None)
        });
        tables.add_row(row);
        if is_known {
            tables.name_secret(name, text, tree.node(node).span);
            text_settings::build_rows(tables, object, node, "configmap");
        }
    }
}

/// `Kind/name` of the workload whose replicas an autoscaler sets.
pub(super) fn scales(object: Object<'_>) -> Option<String> {
    if !matches!(object.kind, "HorizontalPodAutoscaler" | "ScaledObject") {
        return None;
    }
    let target = object.tree.at(object.node, &["spec", "scaleTargetRef"])?;
    let kind = object.tree.text_at(target, "kind").unwrap_or("Deployment");
    Some(format!("{kind}/{}", object.tree.text_at(target, "name")?))
}

/// `Kind/namespace/name`, or `Kind/name` where no namespace is written.
fn resource(object: Object<'_>) -> String {
    let parts = [Some(object.kind), object.namespace, object.name];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

fn service(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Services) {
        return;
    }
    let Object { tree, node, .. } = object;
    let spec = tree.get(node, "spec");
    let part = |name| spec.and_then(|spec| value::child(tree, spec, name));
    let selector = part("selector");
    let texts = value::texts(tree, selector);
    let ports = value::located_items(tables, tree, part("ports"));
    let row = RowBuilder::at(object.at)
        .set(services::document, object.document)
        .text(services::path, object.path)
        .maybe_text(services::name, object.name)
        .maybe_text(services::namespace, object.namespace)
        .set(
            services::has_selector,
            selector.is_some() && !(texts.is_empty() && value::is_known(tree, selector)),
        )
        .set(
            services::selector_known,
            value::is_known(tree, selector)
                && !object.elsewhere.is_partial
                && !object.elsewhere.sets("selector"),
        )
        .texts(services::selector_pairs, value::pair_texts(&texts))
        .maybe_text(
            services::r#type,
            part("type").and_then(|kind| value::known_text(tree, kind)),
        )
        .set(
            services::is_headless,
            part("clusterIP").and_then(|address| tree.text(address)) == Some("None"),
        )
        .set(services::ports, ports);
    let row = value::set_texts(row, services::selector, &texts);
    tables.add_row(row);
}

/// A value for a row that belongs to an object.
pub(super) fn reference(
    tables: &mut FileTables,
    object: Object<'_>,
    kind: &'static str,
    name: NodeId,
    is_optional: bool,
) {
    if !tables.wants(Table::References) {
        return;
    }
    let Some(target) = value::known_text(object.tree, name) else {
        return;
    };
    let at = tables.node(name);
    let row = RowBuilder::at(at)
        .set(references::document, object.document)
        .text(references::kind, kind)
        .text(references::target, target)
        .maybe_text(references::namespace, object.namespace)
        .set(references::is_optional, is_optional);
    tables.add_row(row);
}

/// Whether an object that is applied by itself would lack what its kind cannot do without.
pub(super) fn is_sketch(object: Object<'_>) -> bool {
    let tree = object.tree;
    match object.kind {
        "CustomResourceDefinition" => tree.at(object.node, &["spec", "names"]).is_none(),
        "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration" => {
            tree.get(object.node, "webhooks").is_none()
        }
        _ => false,
    }
}
