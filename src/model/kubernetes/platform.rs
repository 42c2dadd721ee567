//! On which operating system a pod runs, as far as the manifest says.

use crate::parse::yaml::tree::{NodeId, Tree};

/// Labels of nodes that name their operating system.
const LABELS: [&str; 2] = ["kubernetes.io/os", "beta.kubernetes.io/os"];
/// Labels that Windows nodes have whatever their value.
const WINDOWS_LABELS: [&str; 1] = ["node.kubernetes.io/windows-build"];

/// Whether the pod may run on one node only: by the node's name, or by its host name among the labels it asks for.
pub(super) fn is_pinned(tree: &Tree, spec: NodeId) -> bool {
    let selector = tree.get(spec, "nodeSelector");
    let pairs = selector.map(|node| tree.pairs(node)).unwrap_or_default();
    tree.text_at(spec, "nodeName")
        .is_some_and(|name| !name.is_empty())
        || pairs
            .iter()
            .any(|(key, _)| tree.text(*key) == Some("kubernetes.io/hostname"))
}

/// Whether the pod is said to run on Windows: by `os`, a node selector, a required node affinity, Windows options, a runtime class, or its images.
pub(super) fn is_windows(tree: &Tree, spec: NodeId) -> bool {
    if let Some(name) = tree
        .at(spec, &["os", "name"])
        .and_then(|node| tree.text(node))
    {
        return is_word(name);
    }
    let containers = ["containers", "initContainers"]
        .into_iter()
        .filter_map(|list| tree.get(spec, list))
        .flat_map(|list| tree.items(list));
    let mut levels = containers.copied().chain([spec]);
    is_selected(tree, spec)
        || tree
            .text_at(spec, "runtimeClassName")
            .is_some_and(|class| class.to_ascii_lowercase().contains("windows"))
        || levels.any(|level| has_options(tree, level) || has_image(tree, level))
}

fn is_word(text: &str) -> bool {
    text.eq_ignore_ascii_case("windows")
}

fn is_selected(tree: &Tree, spec: NodeId) -> bool {
    let selector = tree.get(spec, "nodeSelector");
    let pairs = selector.map(|node| tree.pairs(node)).unwrap_or_default();
    let mut labels = pairs
        .iter()
        .filter_map(|(key, value)| Some((tree.text(*key)?, tree.text(*value)?)));
    if labels.any(|(key, value)| is_label(key, value)) {
        return true;
    }
    let required = [
        "affinity",
        "nodeAffinity",
        "requiredDuringSchedulingIgnoredDuringExecution",
        "nodeSelectorTerms",
    ];
    let terms = tree.at(spec, &required);
    let terms = terms.map(|list| tree.items(list)).unwrap_or_default();
    // Of several terms one is enough, so all have to say it.
    !terms.is_empty()
        && terms.iter().all(|term| {
            let expressions = tree.get(*term, "matchExpressions");
            let items = expressions.map(|list| tree.items(list)).unwrap_or_default();
            items.iter().any(|item| is_expression(tree, *item))
        })
}

fn is_label(key: &str, value: &str) -> bool {
    (LABELS.contains(&key) && is_word(value))
        || WINDOWS_LABELS.contains(&key)
        || (key.ends_with("os-distribution") || key.ends_with("/os-sku"))
            && value.to_ascii_lowercase().starts_with("windows")
}

fn is_expression(tree: &Tree, item: NodeId) -> bool {
    let key = tree.text_at(item, "key").unwrap_or_default();
    let values = tree.get(item, "values");
    let values: Vec<&str> = values
        .map(|list| tree.items(list))
        .unwrap_or_default()
        .iter()
        .filter_map(|value| tree.text(*value))
        .collect();
    match tree.text_at(item, "operator") {
        Some("In") => !values.is_empty() && values.iter().all(|value| is_label(key, value)),
        Some("NotIn") => LABELS.contains(&key) && values.contains(&"linux"),
        Some("Exists") => WINDOWS_LABELS.contains(&key),
        _ => false,
    }
}

fn has_options(tree: &Tree, level: NodeId) -> bool {
    let options = tree.at(level, &["securityContext", "windowsOptions"]);
    options.is_some_and(|options| !tree.pairs(options).is_empty())
}

/// Microsoft publishes what runs on Windows alone below a few names.
fn has_image(tree: &Tree, level: NodeId) -> bool {
    let image = tree.text_at(level, "image").unwrap_or_default();
    let path = image.strip_prefix("mcr.microsoft.com/");
    path.is_some_and(|path| {
        path.starts_with("windows/")
            || path.starts_with("windows:")
            || path.contains("nanoserver")
            || path.contains("windowsservercore")
            || path.starts_with("dotnet/framework/")
    })
}
