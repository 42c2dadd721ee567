//! Annotations of Kubernetes objects by which other tools suppress diagnostics.

use crate::evaluate::suppress::marker::named;
use crate::evaluate::suppress::{MOST, Suppression};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::parse::{Parsed, Syntax};
use crate::sources::{Kind, Source};

/// Where annotations are; those of a pod template count for kube-score alone.
const OBJECT: &[&str] = &["metadata", "annotations"];
const TEMPLATE: &[&str] = &["spec", "template", "metadata", "annotations"];

/// Adds what the annotations of the file's objects suppress, each for its own object.
pub(super) fn find(source: &Source, parsed: &Parsed, into: &mut Vec<Suppression>) {
    let Syntax::Yaml(tree) = &parsed.tree else {
        return;
    };
    if source.kind != Kind::Kubernetes {
        return;
    }
    for root in &tree.roots {
        let is_list = tree
            .text_at(*root, "kind")
            .is_some_and(|kind| kind.ends_with("List"));
        match tree.get(*root, "items").filter(|_| is_list) {
            Some(items) => tree
                .items(items)
                .iter()
                .for_each(|item| object(tree, *item, into)),
            None => object(tree, *root, into),
        }
    }
}

fn object(tree: &Tree, object: NodeId, into: &mut Vec<Suppression>) {
    for (path, is_template) in [(OBJECT, false), (TEMPLATE, true)] {
        let Some(annotations) = tree.at(object, path) else {
            continue;
        };
        for (key, value) in tree.pairs(annotations) {
            let (Some(name), Some(text)) = (tree.text(key), tree.text(value)) else {
                continue;
            };
            let (ids, reason) = read(name, text);
            let ids = ids
                .into_iter()
                .filter(|id| !is_template || id.starts_with("kube-score:"));
            let span = tree.node(key).span;
            let length = (span.end - span.start) as usize;
            let rules: Vec<_> = ids
                .map(|id| named(id, span.start as usize, length))
                .collect();
            if rules.is_empty() || into.len() >= 2 * MOST {
                continue;
            }
            into.push(Suppression {
                is_near: false,
                span,
                rules,
                until: None,
                reason: reason
                    .filter(|reason| !reason.is_empty())
                    .map(str::to_owned),
                covers: Some(tree.node(object).span),
                is_native: false,
                fault: None,
            });
        }
    }
}

/// What an annotation suppresses, and why.
fn read<'a>(name: &str, value: &'a str) -> (Vec<String>, Option<&'a str>) {
    let is_true = value.eq_ignore_ascii_case("true");
    if let Some(check) = name.strip_prefix("ignore-check.kube-linter.io/") {
        return (vec![format!("kube-linter:{check}")], Some(value));
    }
    if name == "kube-linter.io/ignore-all" {
        return (vec!["kube-linter:*".to_owned()], Some(value));
    }
    if name == "kube-score/ignore" {
        let ids = value.split(',').map(str::trim).filter(|id| !id.is_empty());
        return (ids.map(|id| format!("kube-score:{id}")).collect(), None);
    }
    if let Some(check) = name
        .strip_prefix("polaris.fairwinds.com/")
        .filter(|_| is_true)
    {
        return match check {
            "exempt" => (vec!["polaris:*".to_owned()], None),
            _ => (
                check
                    .strip_suffix("-exempt")
                    .map(|check| format!("polaris:{check}"))
                    .into_iter()
                    .collect(),
                None,
            ),
        };
    }
    if ["checkov.io/skip", "bridgecrew.io/skip", "cortex.io/skip"]
        .iter()
        .any(|tool| name.contains(tool))
    {
        let (id, reason) = match value.split_once('=') {
            Some((id, reason)) => (id, Some(reason)),
            None => (value, None),
        };
        return (vec![format!("checkov:{}", id.trim())], reason);
    }
    (Vec::new(), None)
}
