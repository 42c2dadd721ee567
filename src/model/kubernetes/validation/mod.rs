//! What the API server refuses, ignores or takes for something else in the values of an object, as rows of `violations`.

mod duplicate_objects;
mod facts;
mod forms;
mod numbers;
mod path;
mod probes;
mod schedule;
mod schema;
mod strings;
mod structure;

use hullmark_tables::violations;
use rustc_hash::FxHashSet;

pub(super) use self::duplicate_objects::DuplicateObjects;

use self::facts::{Check, Fact, Facts};
use crate::model::FileTables;
use crate::model::kubernetes::elsewhere::{self, Adds};
use crate::model::kubernetes::pods::{self, Pod};
use crate::model::kubernetes::{Object, image_streams, value};
use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::table::Table;
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::source_map::Origin;

/// Groups of resources without a dot in their name that are Kubernetes' own.
const CORE_GROUPS: [&str; 5] = ["apps", "batch", "autoscaling", "policy", "extensions"];

/// Kinds of others whose pod templates have Kubernetes' own form.
const POD_KINDS: [&str; 4] = ["Rollout", "DeploymentConfig", "CloneSet", "Service"];

/// A value that was found wrong.
#[derive(Debug, PartialEq, Eq)]
struct Violation {
    fault: &'static str,
    /// What is wrong with it.
    problem: String,
    /// What to write instead.
    expected: String,
}

impl Violation {
    fn new(fault: &'static str, problem: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            fault,
            problem: problem.into(),
            expected: expected.into(),
        }
    }
}

/// A field that a check looks at.
#[derive(Clone, Copy)]
struct Field<'t> {
    tree: &'t Tree,
    node: NodeId,
    /// Its key, or that of the list that holds it.
    name: &'t str,
    kind: &'t str,
    /// Whether the object changes one that is written elsewhere, so that what it lacks may be there.
    is_patch: bool,
    /// Whether images that are left empty are filled in before the object is applied.
    fills_images: bool,
    /// Whether its controller fills in ports and probes that are left out.
    fills_ports: bool,
}

impl<'t> Field<'t> {
    fn child(self, name: &'t str) -> Option<Self> {
        let node = value::child(self.tree, self.node, name)?;
        Some(Self { node, name, ..self })
    }

    /// The text of the scalar, if all of it is known.
    fn text(self) -> Option<&'t str> {
        value::known_text(self.tree, self.node)
    }
}

/// Where rows go, and what they belong to.
struct Sink<'s> {
    tables: &'s mut FileTables,
    document: RowRef,
    is_custom: bool,
    /// The values that were found wrong in the object.
    reported: FxHashSet<NodeId>,
}

impl Sink<'_> {
    fn add(&mut self, field: Field<'_>, violation: &Violation) {
        self.add_of_severity(field, None, violation);
    }

    /// Whether something was found wrong with a value.
    fn is_reported(&self, node: NodeId) -> bool {
        self.reported.contains(&node)
    }

    /// The same with another severity than that of the rule.
    fn add_of_severity(
        &mut self,
        field: Field<'_>,
        severity: Option<&'static str>,
        violation: &Violation,
    ) {
        self.add_row(field, severity, violation, None);
    }

    /// The same about what an earlier value of the object has as well.
    fn add_repeated(
        &mut self,
        field: Field<'_>,
        severity: Option<&'static str>,
        violation: &Violation,
        first: NodeId,
    ) {
        self.add_row(field, severity, violation, Some(first));
    }

    fn add_row(
        &mut self,
        field: Field<'_>,
        severity: Option<&'static str>,
        violation: &Violation,
        first: Option<NodeId>,
    ) {
        self.reported.insert(field.node);
        let at = self.tables.node(field.node);
        let value = field.tree.text(field.node).unwrap_or_default();
        let row = RowBuilder::at(at)
            .set(violations::document, self.document)
            .text(violations::fault, violation.fault)
            .text(violations::field, field.name)
            .text(violations::value, value)
            .text(violations::problem, &violation.problem)
            .text(violations::expected, &violation.expected)
            .maybe_text(violations::severity, severity)
            .set(violations::is_custom, self.is_custom);
        let row = match first {
            Some(first) => row.set(violations::earlier, self.tables.node(first)),
            None => row,
        };
        self.tables.add_row(row);
    }
}

/// Judges the values of an object.
pub(super) fn build_rows(tables: &mut FileTables, object: Object<'_>) {
    if !tables.wants(Table::Violations) {
        return;
    }
    let Object {
        tree, node, kind, ..
    } = object;
    let version = tree.text_at(node, "apiVersion").unwrap_or_default();
    let group = version.split_once('/').map_or("", |(group, _)| group);
    if is_local(object) || value::is_templated(version) || value::is_templated(kind) {
        return;
    }
    let is_core = group.is_empty() && version == "v1";
    let is_builtin = is_core
        || !group.is_empty() && (CORE_GROUPS.contains(&group) || group.ends_with(".k8s.io"));
    let pods = pods::pods(object);
    let patches: Vec<bool> = pods
        .iter()
        .map(|pod| pods::is_patched(object, pod))
        .collect();
    let mut sink = Sink {
        tables,
        document: object.document,
        is_custom: !is_builtin,
        reported: FxHashSet::default(),
    };
    let is_patch = patches.iter().any(|is_patch| *is_patch);
    let field = Field {
        tree,
        node,
        name: kind,
        kind,
        is_patch,
        fills_images: object.elsewhere.fills_images
            || image_streams::are_written(object)
            || pods::PATCH_FOLDERS
                .iter()
                .any(|word| object.path.contains(word)),
        fills_ports: pods::fills_ports(tree, node),
    };
    let own = if group.is_empty() {
        facts::of(kind)
    } else {
        facts::of(&format!("{}/{kind}", facts::group(group)))
    };
    if is_builtin {
        judge(&mut sink, field, own);
    }
    // In its first group, as OpenShift has it, an object of RBAC is named as in every other.
    let is_of_rbac = matches!(
        kind,
        "Role" | "ClusterRole" | "RoleBinding" | "ClusterRoleBinding"
    );
    let is_named_otherwise = own.has_object_name() || !is_builtin || is_of_rbac;
    facts::of("*").visit(field, &mut |field, fact| {
        let is_overruled = fact.check.is_name() && fact.is_object_name && is_named_otherwise;
        if !is_overruled {
            one(&mut sink, field, fact, field.node);
        }
    });
    if is_builtin || POD_KINDS.contains(&kind) {
        for (pod, is_patch) in pods.iter().zip(patches) {
            pod_specification(&mut sink, Field { is_patch, ..field }, object, pod);
        }
    }
    if !is_unapplied_patch(object) {
        schema::judge(&mut sink, object, is_patch);
    }
}

/// Whether a file is a patch that no kustomization of the repository builds with, or it would be judged as what is built: one names it in a comment, or its
/// name or folder says so.
fn is_unapplied_patch(object: Object<'_>) -> bool {
    let mut parts = object.path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    let mut words = name.split(['-', '_', '.']);
    let is_patch = |word: &str| matches!(word, "patch" | "patches");
    let is_rendered = matches!(object.around.source.origin(), Origin::Rendered(_));
    !is_rendered && (object.elsewhere.is_switched_off || words.any(is_patch) || parts.any(is_patch))
}

/// Whether an object configures a program of the developer and is never sent to an API server.
fn is_local(object: Object<'_>) -> bool {
    let Object { tree, node, .. } = object;
    let version = tree.text_at(node, "apiVersion").unwrap_or_default();
    let group = version.split_once('/').map_or("", |(group, _)| group);
    let annotations = tree.at(node, &["metadata", "annotations"]);
    let annotations = annotations.map(|node| tree.pairs(node)).unwrap_or_default();
    elsewhere::adds(version, object.kind) == Adds::NoObject
        || group.ends_with(".config.k8s.io")
        || object.kind == "Kustomization"
        || is_reference(object)
        || annotations.into_iter().any(|(key, _)| {
            // A function of Kustomize or kpt.
            matches!(
                tree.text(key),
                Some("config.kubernetes.io/function" | "config.kubernetes.io/local-config")
            )
        })
}

/// Whether a mapping only names an object and says how to patch it, as Hive's `SelectorSyncSet` and other operators take patches.
fn is_reference(object: Object<'_>) -> bool {
    let has = |name: &str| object.tree.get(object.node, name).is_some();
    let is_patch = has("patch") && (has("patchType") || has("applyMode") || has("name"));
    let says_nothing = || {
        ![
            "spec",
            "data",
            "stringData",
            "rules",
            "subjects",
            "webhooks",
        ]
        .into_iter()
        .any(has)
    };
    !has("metadata") && (is_patch || has("name") && says_nothing())
}

fn pod_specification(sink: &mut Sink<'_>, field: Field<'_>, object: Object<'_>, pod: &Pod) {
    let tree = field.tree;
    let at = |node| Field { node, ..field };
    if pod.template != object.node {
        judge(sink, at(pod.template), facts::of("Template"));
    }
    judge(sink, at(pod.spec), facts::of("Pod"));
    for list in ["containers", "initContainers", "ephemeralContainers"] {
        let list = tree.get(pod.spec, list);
        for container in list.map(|list| tree.items(list)).unwrap_or_default() {
            if !value::is_unknown(tree, *container) {
                judge(sink, at(*container), facts::of("Container"));
            }
        }
    }
}

fn judge(sink: &mut Sink<'_>, root: Field<'_>, facts: &Facts) {
    let top = root.node;
    facts.visit(root, &mut |field, fact| one(sink, field, fact, top));
}

/// One field of what is at `top` against one fact.
fn one(sink: &mut Sink<'_>, field: Field<'_>, fact: &Fact, top: NodeId) {
    if value::is_null(field.tree, field.node) && fact.check != Check::Image {
        return;
    }
    if value::is_unknown(field.tree, field.node) {
        return;
    }
    let takes = fact.takes;
    let found = match fact.check {
        Check::Text => strings::text(field),
        Check::LabelMap => {
            return strings::label_map(field, &mut |field, found| sink.add(field, &found));
        }
        Check::AnnotationMap => {
            return strings::annotation_map(field, &mut |field, found| sink.add(field, &found));
        }
        Check::Enum => strings::word(field, takes),
        Check::Image => strings::image(field),
        Check::Quantity => numbers::quantity(field),
        Check::Bytes => numbers::bytes(field),
        Check::Range => numbers::range(field, takes),
        Check::PercentOrNumber => numbers::percent_or_number(field),
        Check::Port => forms::port(field),
        Check::Label => forms::label(field),
        Check::Subdomain => forms::subdomain(field),
        Check::ServiceName => forms::service_name(field),
        Check::Segment => forms::segment(field),
        Check::PortName => forms::port_name(field),
        Check::Misplaced => {
            let is_empty = value::is_empty(field.tree, field.node);
            let severity = is_empty.then_some("warning");
            let key = takes.trim_matches('`');
            let is_there = field.tree.at(top, &[key, field.name]).is_some();
            let found = structure::misplaced(takes, is_empty, is_there);
            sink.add_of_severity(field, severity, &found);
            return;
        }
        Check::Gone => Some(structure::gone(takes)),
        Check::Exclusive | Check::Strategy => {
            let found = match fact.check {
                Check::Exclusive => structure::exclusive(field, takes),
                _ => structure::strategy(field, takes),
            };
            if let Some((field, found)) = found {
                sink.add(field, &found);
            }
            return;
        }
        Check::Cron => schedule::cron(field),
        Check::TimeZone => schedule::time_zone(field),
        Check::Probe => {
            return probes::probe(field, &mut |field, found| sink.add(field, &found));
        }
        Check::Handler => {
            return probes::handler(field, &mut |field, found| sink.add(field, &found));
        }
    };
    if let Some(found) = found {
        sink.add(field, &found);
    }
}

/// Whether a text stands for one that somebody puts there later: `REPLACE_ME`, `<name>`, `__NAME__`, `%NAME%`.
fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 6] = [
        "replace",
        "changeme",
        "change-me",
        "placeholder",
        "todo",
        "filled by",
    ];
    let lower = text.to_ascii_lowercase();
    let is_shouted = text.bytes().any(|byte| byte.is_ascii_uppercase())
        && !text.bytes().any(|byte| byte.is_ascii_lowercase());
    is_shouted
        || matches!(text, "..." | "…")
        || text.contains(['<', '>', '%', '{', '}', '$', '[', ']', '@', '*'])
        || text.contains("__")
        || WORDS.into_iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests;
