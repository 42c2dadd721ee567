//! Required fields that are not there, and items of lists that repeat an earlier one.

use hullmark_schema::{Field as Declared, Type};
use rustc_hash::FxHashSet;

use crate::model::kubernetes::validation::Violation;
use crate::model::kubernetes::validation::schema::state::Walk;
use crate::model::kubernetes::value;
use crate::parse::yaml::tree::NodeId;

/// Required fields that other rules ask for, with the kind of value that they are in.
const OF_OTHER_RULES: [&str; 2] = ["selector", "containerPort"];

/// Fields of Kubernetes' own kinds whose items the server holds against each other: of other lists the keys only say how lists are merged.
const UNIQUE: [&str; 5] = [
    "containers",
    "initContainers",
    "ephemeralContainers",
    "volumes",
    "volumeClaimTemplates",
];

/// The required fields that a mapping lacks.
pub(super) fn of_type(walk: &mut Walk<'_, '_, '_, '_>, of: Type<'_>, node: NodeId) {
    if walk.is_partial || !of.has_required() {
        return;
    }
    for field in of.fields() {
        if !field.is_required() || field.has_default() {
            continue;
        }
        let name = field.name();
        // A key without a value is a blank that somebody fills in: a value of a chart, a comment such as `##NAME##`.
        if walk.tree.get(node, name).is_none()
            && !OF_OTHER_RULES.contains(&name)
            && walk.is_there(field.there())
            && !walk.sink.is_reported(node)
            && !walk
                .meant
                .iter()
                .any(|meant| meant.0 == node && meant.1 == name)
        {
            // Owners are written by the cluster.
            if of.name() == "meta.v1.OwnerReference" || is_completed(walk, node) {
                return;
            }
            let place = walk.path.text();
            let place = if place.is_empty() {
                walk.kind_text()
            } else {
                format!("`{place}`")
            };
            let violation = Violation::new(
                "missing-field",
                format!("`{name}` is required in {place}"),
                match name {
                    "pathType" => "Add `pathType: Prefix`".to_owned(),
                    name => format!("Add `{name}`"),
                },
            );
            let field = walk.at(node);
            walk.missing.push((field, violation));
        }
    }
}

/// Kinds that are often the template of something, or that are asked and not stored: they need no name.
const NAMELESS: [&str; 12] = [
    "Pod",
    "PodTemplate",
    "Binding",
    "Eviction",
    "Scale",
    "TokenRequest",
    "TokenReview",
    "SubjectAccessReview",
    "SelfSubjectAccessReview",
    "SelfSubjectRulesReview",
    "SelfSubjectReview",
    "LocalSubjectAccessReview",
];

/// The name of an object whose metadata is there without one.
pub(super) fn name(walk: &mut Walk<'_, '_, '_, '_>) {
    let object = walk.object;
    let metadata = walk.tree.get(object.node, "metadata");
    let Some(metadata) = metadata.filter(|node| walk.tree.is_mapping(*node)) else {
        return;
    };
    let has = |name| walk.tree.get(metadata, name).is_some();
    let is_content = |name: &&str| walk.tree.get(object.node, name).is_some();
    let is_whole = ["spec", "data", "stringData", "webhooks", "rules", "roleRef"]
        .iter()
        .any(is_content);
    if !walk.is_builtin
        || walk.is_partial
        || !is_whole
        || has("name")
        || has("generateName")
        || has("<<")
        || NAMELESS.contains(&walk.kind.kind())
        || walk.tree.pairs(metadata).is_empty()
        || walk.sink.is_reported(metadata)
        || is_completed(walk, metadata)
        || object.around.contexts.is_embedded(object.around.source)
    {
        return;
    }
    let violation = Violation::new(
        "missing-field",
        "`name` is required in `metadata`",
        "Add `name`",
    );
    let field = walk.at(metadata);
    walk.missing.push((field, violation));
}

/// Reports what is missing in an object, unless it is written like a part of another.
pub(super) fn report(walk: &mut Walk<'_, '_, '_, '_>) {
    let missing = std::mem::take(&mut walk.missing);
    let spec = walk.tree.get(walk.object.node, "spec");
    // A workload without pods changes another, and an object without anything is a sketch.
    let is_part = missing.iter().any(|(field, violation)| {
        let is_at = |node, name| field.node == node && violation.problem.starts_with(name);
        spec.is_some_and(|spec| is_at(spec, "`template`")) || is_at(walk.object.node, "`spec`")
    });
    if is_part || !walk.is_builtin && missing.len() > 1 {
        return;
    }
    for (field, violation) in missing {
        // What it lacks stands in the wrong place, which was said.
        if walk.sink.is_reported(field.node) {
            continue;
        }
        let trust = walk.trust();
        walk.sink.add_of_severity(field, trust, &violation);
    }
}

/// Whether a mapping says that there is more than is written: a patch, a template, keys that are filled in.
fn is_completed(walk: &Walk<'_, '_, '_, '_>, node: NodeId) -> bool {
    let pairs = walk.tree.pairs(node);
    pairs.into_iter().any(|(key, _)| {
        walk.tree
            .text(key)
            .is_none_or(|key| key.contains(['$', '<', '{', '%', '*']))
    })
}

/// Items of a list that have the keys of an earlier one.
pub(super) fn repeated(walk: &mut Walk<'_, '_, '_, '_>, declared: Declared<'_>, list: NodeId) {
    let name = declared.name();
    if walk.is_builtin && !UNIQUE.contains(&name) {
        return;
    }
    let keys: Vec<&str> = declared.keys().collect();
    if keys.is_empty() || keys == ["set"] {
        return;
    }
    let tree = walk.tree;
    let mut seen: FxHashSet<Vec<&str>> = FxHashSet::default();
    for item in tree.items(list) {
        let texts = keys.iter().map(|key| {
            let node = match *key {
                "name" if name == "volumeClaimTemplates" => tree.at(*item, &["metadata", "name"]),
                key => tree.get(*item, key),
            }?;
            value::known_text(tree, node)
        });
        let Some(texts) = texts.collect::<Option<Vec<&str>>>() else {
            continue;
        };
        if texts.iter().all(|text| !text.is_empty()) && !seen.insert(texts.clone()) {
            let violation = Violation::new(
                "duplicate-item",
                format!(
                    "`{name}` has two items with `{}: {}`",
                    keys.join("`, `"),
                    texts.join(", ")
                ),
                format!(
                    "Give this item of `{name}` another `{}`, or remove it",
                    keys.join("`, `")
                ),
            );
            walk.say(*item, walk.trust(), &violation);
        }
    }
}
