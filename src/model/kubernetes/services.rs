//! Which pods Services send requests to: those of the file, and those of the folders around it.

use crate::model::kubernetes::elsewhere::OtherFiles;
use crate::model::kubernetes::value;
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::context::satisfy;

/// How deep lists of objects may hold lists.
const LISTS: usize = 4;

/// The Services that a file's pods may be selected by.
pub(super) struct Services<'t> {
    pub(super) others: &'t OtherFiles,
    own: Vec<Service<'t>>,
}

/// A Service of the file.
struct Service<'t> {
    name: Option<&'t str>,
    namespace: Option<&'t str>,
    /// The labels that it asks for; `None` if not all are known.
    labels: Option<Vec<(&'t str, &'t str)>>,
    /// Whether it only gives names to pods.
    is_headless: bool,
    /// The ports of pods that it sends requests to; `None` if they are not known.
    targets: Option<Vec<&'t str>>,
}

/// Whether a pod is selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Selected<'t> {
    /// Whether a Service selects it, or may.
    pub(super) is_selected: bool,
    /// The name of one that surely does.
    pub(super) by: Option<&'t str>,
}

/// The labels of a pod, as far as they matter here.
pub(super) struct Labels<'a> {
    pub(super) texts: &'a [(&'a str, &'a str)],
    pub(super) are_known: bool,
    pub(super) namespace: Option<&'a str>,
}

impl<'t> Services<'t> {
    pub(super) fn of(tree: &'t Tree, others: &'t OtherFiles) -> Self {
        let mut own = Vec::new();
        for root in &tree.roots {
            collect(tree, *root, &mut own, 0);
        }
        Self { others, own }
    }

    /// Whether one of them selects a pod with these labels.
    pub(super) fn select(&self, pod: &Labels<'_>) -> Selected<'t> {
        let own = self.own.iter().filter(|service| {
            service.namespace.is_none()
                || pod.namespace.is_none()
                || service.namespace == pod.namespace
        });
        let own = own.map(|service| {
            let selects = service
                .labels
                .as_ref()
                .map(|wanted| satisfy(pod.texts, wanted.iter().copied()));
            (service.name, selects)
        });
        let others = self.others.selections(pod.namespace);
        let others =
            others.map(|selection| (selection.name.as_deref(), selection.selects(pod.texts)));
        let mut found = Selected::default();
        for (name, selects) in own.chain(others) {
            match selects {
                Some(true) => {
                    return Selected {
                        is_selected: true,
                        by: name,
                    };
                }
                Some(false) => found.is_selected |= !pod.are_known,
                None => found.is_selected = true,
            }
        }
        found
    }

    /// Whether a Service shares its requests among pods with these labels and sends them to one of the `own` ports, numbers or names; or may do
    /// so. A port that none of `all` containers declares may be any container's.
    pub(super) fn reach(&self, pod: &Labels<'_>, own: &[&str], all: &[&str]) -> bool {
        let is_hit = |targets: &mut dyn Iterator<Item = &str>| {
            let mut targets = targets;
            (&mut targets).any(|target| own.contains(&target) || !all.contains(&target))
        };
        let is_selected = |labels: Option<bool>| labels.unwrap_or(true) || !pod.are_known;
        let mut here = self.own.iter().filter(|service| {
            let is_near = service.namespace.is_none()
                || pod.namespace.is_none()
                || service.namespace == pod.namespace;
            let selects = service
                .labels
                .as_ref()
                .map(|wanted| satisfy(pod.texts, wanted.iter().copied()));
            is_near && !service.is_headless && is_selected(selects)
        });
        let mut near = self.others.selections(pod.namespace);
        here.any(|service| match &service.targets {
            Some(targets) => is_hit(&mut targets.iter().copied()),
            None => true,
        }) || near.any(|service| {
            !service.is_headless
                && is_selected(service.selects(pod.texts))
                && match &service.targets {
                    Some(targets) => is_hit(&mut targets.iter().map(String::as_str)),
                    None => true,
                }
        })
    }
}

fn collect<'t>(tree: &'t Tree, node: NodeId, found: &mut Vec<Service<'t>>, depth: usize) {
    let items = match tree.text_at(node, "kind") {
        Some("Service") if tree.text_at(node, "apiVersion") == Some("v1") => {
            found.extend(service(tree, node));
            return;
        }
        Some("Template") => tree.get(node, "objects"),
        Some(kind) if kind.ends_with("List") => tree.get(node, "items"),
        _ => return,
    };
    if depth < LISTS {
        for item in items.map(|items| tree.items(items)).unwrap_or_default() {
            collect(tree, *item, found, depth + 1);
        }
    }
}

/// A Service, if it has a selector, and waits until a pod is ready.
fn service(tree: &Tree, node: NodeId) -> Option<Service<'_>> {
    let spec = tree.get(node, "spec")?;
    if value::is_true(tree, spec, "publishNotReadyAddresses") {
        return None;
    }
    let selector = value::child(tree, spec, "selector")?;
    let text = |name| value::known_text(tree, tree.at(node, &["metadata", name])?);
    let is_known = value::is_known(tree, Some(selector));
    Some(Service {
        name: text("name"),
        namespace: text("namespace"),
        labels: is_known.then(|| value::texts(tree, Some(selector))),
        is_headless: tree.text_at(spec, "clusterIP") == Some("None"),
        targets: targets(tree, spec),
    })
}

/// Whether a port of a Service is named for what Prometheus reads, which waits for nobody.
fn is_of_metrics(name: &str) -> bool {
    (name.contains("metrics") && !name.starts_with("http-m")) || name.contains("prometheus")
}

/// The ports of pods that a Service sends requests to, but for those of metrics.
fn targets(tree: &Tree, spec: NodeId) -> Option<Vec<&str>> {
    let ports = value::child(tree, spec, "ports")?;
    let is_waited_for = |port: &&NodeId| {
        tree.text_at(**port, "name")
            .is_none_or(|name| !is_of_metrics(name))
    };
    let ports = tree.items(ports).iter().filter(is_waited_for).map(|port| {
        let target = value::child(tree, *port, "targetPort");
        value::known_text(tree, target.or_else(|| tree.get(*port, "port"))?)
    });
    ports.collect()
}
