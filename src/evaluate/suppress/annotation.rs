//! Annotations of Kubernetes objects that suppress diagnostics: ours, `hullmark.dev/ignore: "rule, rule -- reason"`, and those of other tools.

use crate::evaluate::suppress::marker::{Marker, named};
use crate::evaluate::suppress::{MOST, MOST_NAMES, Suppression, terms};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::parse::{Parsed, Syntax};
use crate::sources::{Kind, Source};

/// Our own annotation.
const OURS: &str = "hullmark.dev/ignore";

/// Where annotations are; those of a pod template count for kube-score alone.
const OBJECT: &[&str] = &["metadata", "annotations"];
const TEMPLATES: [&[&str]; 2] = [
    &["spec", "template", "metadata", "annotations"],
    &[
        "spec",
        "jobTemplate",
        "spec",
        "template",
        "metadata",
        "annotations",
    ],
];

/// Adds what the annotations of the file's objects suppress, each for its own object.
pub(super) fn find(source: &Source, parsed: &Parsed, into: &mut Vec<Suppression>) {
    let Syntax::Yaml(tree) = &parsed.tree else {
        return;
    };
    if source.kind != Kind::Kubernetes {
        return;
    }
    for root in &tree.roots {
        object(tree, *root, into);
        let kind = tree.text_at(*root, "kind").unwrap_or_default();
        let items = match kind {
            "Template" => tree.get(*root, "objects"),
            _ if kind.ends_with("List") => tree.get(*root, "items"),
            _ => None,
        };
        let items = items.map(|items| tree.items(items)).unwrap_or_default();
        for item in items {
            object(tree, *item, into);
        }
    }
}

fn object(tree: &Tree, object: NodeId, into: &mut Vec<Suppression>) {
    let paths = TEMPLATES.iter().map(|path| (*path, true));
    for (path, is_template) in [(OBJECT, false)].into_iter().chain(paths) {
        let annotations = tree.at(object, path);
        for (key, value) in annotations.map(|node| tree.pairs(node)).unwrap_or_default() {
            if into.len() >= 2 * MOST {
                return;
            }
            let found = match tree.text(key) {
                Some(OURS) if !is_template => ours(tree, value),
                _ => of_tool(tree, key, value, is_template),
            };
            let Some(marker) = found else {
                continue;
            };
            into.push(Suppression {
                is_near: false,
                span: marker.span,
                rules: marker.rules,
                until: marker.until,
                reason: marker.reason,
                covers: Some(tree.node(object).span),
                is_native: marker.is_native,
                fault: marker.fault,
            });
        }
    }
}

/// `"rule, rule until=2027-01-31 -- reason"`.
fn ours(tree: &Tree, value: NodeId) -> Option<Marker> {
    let text = &tree.scalar(value)?.text;
    let whole = text.text.as_str();
    let at = |part: &str| {
        let start = part.as_ptr() as usize - whole.as_ptr() as usize;
        text.span(start..start + part.len())
    };
    let mut marker = Marker::new(tree.node(value).span);
    let (before, _) = terms::split(whole);
    // Options follow the last rule, after a space.
    let last = before.rfind(',').map_or(0, |comma| comma + 1);
    let end = before[last..].trim_start().find(char::is_whitespace);
    let indent = before[last..].len() - before[last..].trim_start().len();
    let end = end.map_or(before.len(), |end| last + indent + end);
    let names = whole[..end].split(',').map(str::trim);
    let names = names.filter(|name| !name.is_empty());
    let names = names.take(MOST_NAMES);
    marker.rules = names.map(|name| named(name.to_owned(), at(name))).collect();
    let terms = terms::read(&whole[end..]);
    marker.until = terms.until.map(|(date, option)| (date, at(option)));
    marker.reason = terms.reason.map(str::to_owned);
    marker.fault = terms.fault.map(|(fault, part)| (fault, at(part)));
    if marker.rules.is_empty() {
        let fault = format!("names no rule: write `{OURS}: \"rule, rule -- reason\"`");
        marker.fault = Some((fault, marker.span));
    }
    Some(marker)
}

/// An annotation that another tool reads.
fn of_tool(tree: &Tree, key: NodeId, value: NodeId, is_template: bool) -> Option<Marker> {
    let (ids, reason) = read(tree.text(key)?, tree.text(value)?);
    let span = tree.node(key).span;
    let ids = ids.into_iter();
    let ids = ids.filter(|id| !is_template || id.starts_with("kube-score:"));
    let ids = ids.take(MOST_NAMES);
    let rules: Vec<_> = ids.map(|id| named(id, span)).collect();
    let reason = reason.filter(|reason| !reason.is_empty());
    (!rules.is_empty()).then(|| Marker {
        rules,
        reason: reason.map(str::to_owned),
        is_native: false,
        ..Marker::new(span)
    })
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
