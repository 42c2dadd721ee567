//! What an object defines, names and selects, for [`crate::model::links`].

mod local;
mod selector;
mod walk;

use crate::model::FileTables;
use crate::model::kubernetes::pods::{Pod, is_patched};
use crate::model::kubernetes::{Object, objects, value};
use crate::model::links::table::{KindId, Step, table};
use crate::model::links::{Definition, Links, Owner, Pairs, Pods, RENDERING};
use crate::model::place::RowRef;
use crate::model::table::Table;

/// Words in annotations and labels by which a program copies an object to other namespaces.
const COPIED: [&str; 6] = [
    "reflect",
    "replicat",
    "kubed",
    "kyverno",
    "synchroni",
    "/sync",
];

/// What an object defines, names and selects.
pub(super) fn note(tables: &mut FileTables, object: Object<'_>) {
    if !wants(tables) || links(tables, object).is_full() {
        return;
    }
    let version = object.tree.text_at(object.node, "apiVersion");
    let kind = table().kind(version.unwrap_or_default(), object.kind);
    let owner = owner(tables, object);
    if let Some(kind) = kind {
        note_sketch(tables, object, owner);
        define(tables, object, kind, owner);
        if let Some(root) = table().root(kind) {
            walk::from(tables, object, (object.node, root), owner);
        }
    }
}

/// What a pod specification of an object names, and which labels its pods have.
pub(super) fn note_pods(
    tables: &mut FileTables,
    object: Object<'_>,
    pod: &Pod,
    (at, template): (RowRef, RowRef),
) {
    if !wants(tables) || links(tables, object).is_full() {
        return;
    }
    let owner = owner(tables, object);
    let tree = object.tree;
    let labels = tree.at(pod.template, &["metadata", "labels"]);
    let are_labels_known = value::is_known(tree, labels)
        && !object.elsewhere.has_labels
        && !object.elsewhere.fills_images
        && !is_patched(object, pod);
    let pods = Pods {
        owner,
        at,
        template,
        labels: owned(&value::texts(tree, labels)),
        are_labels_known,
        ports: ports(object, pod),
    };
    links(tables, object).pods.push(pods);
    if pod.lone.is_none() {
        walk::from(tables, object, (pod.spec, table().pod_spec()), owner);
    }
}

/// The names of the ports of a pod; `None` if others may have more, or there are none, which an operator or an injected container may add.
fn ports(object: Object<'_>, pod: &Pod) -> Option<Box<[Box<str>]>> {
    let tree = object.tree;
    if object.elsewhere.is_patch || object.elsewhere.sets("ports") || is_patched(object, pod) {
        return None;
    }
    let mut ports: Vec<Box<str>> = Vec::new();
    for list in ["containers", "initContainers"] {
        let path = [Step::Key(list), Step::Item, Step::Key("ports"), Step::Item];
        for port in walk::nodes(tree, pod.spec, &path)? {
            if let Some(name) = tree.get(port, "name") {
                ports.push(value::known_text(tree, name)?.into());
            }
        }
    }
    (!ports.is_empty()).then(|| ports.into())
}

/// The labels of a pod template that has no pod specification, as sketches of workloads have.
fn note_sketch(tables: &mut FileTables, object: Object<'_>, owner: u32) {
    let tree = object.tree;
    let template = tree.at(object.node, &["spec", "template"]);
    let Some(template) = template.filter(|template| tree.get(*template, "spec").is_none()) else {
        return;
    };
    let labels = tree.at(template, &["metadata", "labels"]);
    if labels.is_none() {
        return;
    }
    let pods = Pods {
        owner,
        at: object.at,
        template: tables.node(template),
        labels: owned(&value::texts(tree, labels)),
        are_labels_known: value::is_known(tree, labels),
        ports: None,
    };
    links(tables, object).pods.push(pods);
}

fn wants(tables: &FileTables) -> bool {
    tables.wants(Table::ObjectReferences) || tables.wants(Table::Coverage)
}

fn links<'t>(tables: &'t mut FileTables, object: Object<'_>) -> &'t mut Links {
    tables.links.get_or_insert_with(|| {
        Box::new(Links {
            path: object.path.into(),
            ..Links::default()
        })
    })
}

/// The number of the object among those of the file.
fn owner(tables: &mut FileTables, object: Object<'_>) -> u32 {
    let owners = &mut links(tables, object).owners;
    if owners.last().is_none_or(|last| last.at != object.at) {
        owners.push(Owner {
            at: object.at,
            kind: object.kind.into(),
            name: object.name.map(Into::into),
            namespace: stated(object, object.namespace).map(Into::into),
            is_partial: object.elsewhere.is_patch,
            may_make_pods: objects::may_make_pods(object),
        });
    }
    u32::try_from(owners.len() - 1).unwrap_or(u32::MAX)
}

/// A namespace, unless it is the one that a rendering has because nobody said for which it is.
fn stated<'t>(object: Object<'_>, namespace: Option<&'t str>) -> Option<&'t str> {
    let is_rendered = object.path.contains(RENDERING);
    namespace.filter(|name| !(is_rendered && *name == "default"))
}

fn owned(pairs: &[(&str, &str)]) -> Pairs {
    let pairs = pairs.iter();
    pairs
        .map(|(key, value)| ((*key).into(), (*value).into()))
        .collect()
}

fn define(tables: &mut FileTables, object: Object<'_>, kind: KindId, owner: u32) {
    let Some(name) = object.name else { return };
    let tree = object.tree;
    let word = table().name(kind);
    let metadata = |name| tree.at(object.node, &["metadata", name]);
    let marks = ["annotations", "labels"].into_iter().filter_map(metadata);
    let marks = marks.flat_map(|node| tree.pairs(node));
    let marks: Vec<&str> = marks.filter_map(|(key, _)| tree.text(key)).collect();
    let is_marked = |words: &[&str]| {
        let mut marks = marks.iter();
        marks.any(|mark| words.iter().any(|word| mark.contains(word)))
    };
    let labels = metadata("labels");
    let has_labels = word == "Service"
        && value::is_known(tree, labels)
        && !object.elsewhere.has_labels
        && !object.elsewhere.is_patch;
    let definition = Definition {
        kind,
        owner,
        name: name.into(),
        is_product: false,
        is_anywhere: is_marked(&COPIED),
        keys: if matches!(word, "ConfigMap" | "Secret") {
            keys(object).filter(|_| !is_marked(&["inject"]))
        } else {
            parts(object, kind)
        },
        labels: has_labels.then(|| owned(&value::texts(tree, labels))),
    };
    links(tables, object).definitions.push(definition);
}

/// The parts of an object that others ask for, such as the ports of a Service; `None` if there are none, or not all are known.
fn parts(object: Object<'_>, kind: KindId) -> Option<Box<[Box<str>]>> {
    let tree = object.tree;
    if object.elsewhere.is_patch || object.elsewhere.sets("ports") {
        return None;
    }
    let mut parts: Vec<Box<str>> = Vec::new();
    for path in table().keys(kind) {
        let nodes = walk::nodes(tree, object.node, path)?;
        for node in nodes {
            parts.push(value::known_text(tree, node)?.into());
        }
    }
    (!parts.is_empty()).then(|| parts.into())
}

/// The keys of a `ConfigMap` or `Secret`; `None` if they are not known, or there are none, which something may fill in.
fn keys(object: Object<'_>) -> Option<Box<[Box<str>]>> {
    let tree = object.tree;
    let kind = tree.text_at(object.node, "type");
    let is_filled = kind.is_some_and(|kind| kind == "kubernetes.io/service-account-token");
    if object.elsewhere.is_patch || object.elsewhere.sets("data") || is_filled {
        return None;
    }
    let mut keys: Vec<Box<str>> = Vec::new();
    for name in ["data", "binaryData", "stringData"] {
        let Some(node) = value::child(tree, object.node, name) else {
            continue;
        };
        if !tree.is_mapping(node) || value::is_unknown(tree, node) {
            return None;
        }
        for (key, _) in tree.pairs(node) {
            keys.push(value::known_text(tree, key)?.into());
        }
    }
    (!keys.is_empty()).then(|| keys.into())
}
