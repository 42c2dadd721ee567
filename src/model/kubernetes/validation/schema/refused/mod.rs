//! What the API server refuses although each field has its type: fields that contradict each other, or that need one another.

mod objects;
mod pod;
mod selectors;

use crate::model::kubernetes::validation::schema::state::Walk;
use crate::model::kubernetes::validation::{Field, Violation};
use crate::model::kubernetes::value;
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::source_map::Origin;

/// Judges a mapping of the type of a name.
pub(super) fn judge(walk: &mut Walk<'_, '_, '_, '_>, of: &str, node: NodeId) {
    let part = Part {
        tree: walk.tree,
        node,
        is_whole: !walk.is_partial,
    };
    let found = match of {
        "core.v1.Toleration" => selectors::toleration(part),
        "meta.v1.LabelSelectorRequirement" => selectors::expression(part, &["In", "NotIn"]),
        "core.v1.NodeSelectorRequirement" => {
            selectors::expression(part, &["In", "NotIn", "Gt", "Lt"])
        }
        "core.v1.SeccompProfile" => pod::seccomp(part),
        "core.v1.ObjectFieldSelector" => pod::field_path(part, walk.path.name()),
        "core.v1.VolumeMount" => pod::mount(part),
        "core.v1.HostPathVolumeSource" => pod::host_path(part),
        "core.v1.Capabilities" => pod::capabilities(part),
        "core.v1.KeyToPath" => pod::key_to_path(part),
        "core.v1.PodSpec" => pod::specification(part, walk.object.kind),
        "core.v1.TopologySpreadConstraint" => pod::spread(part),
        _ => None,
    };
    report(walk, found);
}

/// Judges an object as a whole.
pub(super) fn judge_object(walk: &mut Walk<'_, '_, '_, '_>) {
    let part = Part {
        tree: walk.tree,
        node: walk.object.node,
        is_whole: !walk.is_partial,
    };
    let found = match (walk.kind.group(), walk.kind.kind()) {
        ("", "Service") => objects::service(part),
        ("", "ConfigMap") => objects::keys(part, &["data", "binaryData"]),
        ("", "Secret") => objects::keys(part, &["data", "stringData"]),
        ("", "PersistentVolumeClaim") => objects::claim(part),
        ("apps", "Deployment") => objects::deployment(part),
        ("batch", "Job") => objects::job(part),
        ("autoscaling", "HorizontalPodAutoscaler") => objects::autoscaler(part),
        ("networking.k8s.io", "Ingress") => objects::ingress(part),
        ("rbac.authorization.k8s.io", "ClusterRoleBinding") => {
            let around = walk.object.around;
            // A program sets the namespace in what it installs.
            let found = objects::binding(part);
            let found = found.filter(|_| !around.contexts.is_embedded(around.source));
            found.filter(|(subject, ..)| {
                !is_commented_out(walk, *subject, "namespace") && !is_set_by_parent(walk, *subject)
            })
        }
        ("rbac.authorization.k8s.io", "Role") => objects::role(part),
        ("apiextensions.k8s.io", "CustomResourceDefinition") => objects::definition(part),
        ("apiregistration.k8s.io", "APIService") => objects::api_service(part),
        ("scheduling.k8s.io", "PriorityClass") => objects::priority(part),
        _ => None,
    };
    report(walk, found);
}

/// Whether a comment within a mapping has a field, for whoever applies the object to fill in: `# namespace: <your-namespace>`.
fn is_commented_out(walk: &Walk<'_, '_, '_, '_>, node: NodeId, name: &str) -> bool {
    let span = walk.tree.node(node).span;
    let comments = &walk.tree.comments;
    let first = comments.partition_point(|comment| comment.span.start < span.start);
    let inside = comments[first..].iter();
    let mut inside = inside.take_while(|comment| comment.span.start < span.end);
    inside.any(|comment| {
        let text = comment.span.of(&walk.object.around.source.text);
        let text = text.trim_start_matches('#').trim_start();
        let rest = text.strip_prefix(name);
        comment.own_line && rest.is_some_and(|rest| rest.starts_with(':'))
    })
}

/// Whether a kustomization that builds with this one sets the namespace of a subject: what is built has its `ServiceAccount`, without a namespace either,
/// and the transformer of namespaces sets both.
fn is_set_by_parent(walk: &Walk<'_, '_, '_, '_>, subject: NodeId) -> bool {
    let tree = walk.tree;
    let around = walk.object.around;
    let is_built = matches!(around.source.origin(), Origin::Rendered(_))
        && around
            .contexts
            .is_kustomization(&around.source.project_path);
    let name = tree.text_at(subject, "name");
    is_built
        && tree.roots.iter().any(|root| {
            let metadata = tree.get(*root, "metadata");
            let text = |field| metadata.and_then(|metadata| tree.text_at(metadata, field));
            tree.text_at(*root, "kind") == Some("ServiceAccount")
                && text("name").is_some_and(|account| Some(account) == name)
                && text("namespace").is_none()
        })
}

/// A finding: where, what is wrong, what to do.
type Found = (NodeId, String, String);

fn report(walk: &mut Walk<'_, '_, '_, '_>, found: Option<Found>) {
    let Some((node, problem, help)) = found else {
        return;
    };
    let violation = Violation::new("invalid", problem, help);
    if !walk.sink.is_reported(node) {
        let field = Field { ..walk.at(node) };
        walk.sink.add_of_severity(field, walk.trust(), &violation);
    }
}

/// A mapping of an object whose fields are held against each other.
#[derive(Clone, Copy)]
struct Part<'t> {
    tree: &'t Tree,
    node: NodeId,
    /// Whether nothing is added to the object.
    is_whole: bool,
}

impl<'t> Part<'t> {
    /// The value of a field, if it says anything.
    fn get(self, name: &str) -> Option<NodeId> {
        value::child(self.tree, self.node, name)
    }

    /// The mapping in a field.
    fn part(self, name: &str) -> Option<Self> {
        let node = self.get(name).filter(|node| self.tree.is_mapping(*node))?;
        Some(Self { node, ..self })
    }

    /// The text of a field, if all of it is known.
    fn text(self, name: &str) -> Option<&'t str> {
        value::known_text(self.tree, self.get(name)?).filter(|text| !text.is_empty())
    }

    /// The whole number in a field.
    fn number(self, name: &str) -> Option<i64> {
        match scalar::kubernetes(self.tree.scalar(self.get(name)?)?) {
            Reading::Int(number) => Some(number),
            _ => None,
        }
    }

    /// Whether a field is not there, and nobody adds it.
    fn lacks(self, name: &str) -> bool {
        self.is_whole
            && self.tree.get(self.node, name).is_none_or(|node| {
                value::is_null(self.tree, node) && !self.tree.is_made_later(node)
            })
            && !self.tree.pairs(self.node).iter().any(|(key, _)| {
                let key = self.tree.text(*key);
                key.is_none_or(|key| key.contains(['$', '{', '<']))
            })
    }

    /// The mappings in a list.
    fn items(self, name: &str) -> impl Iterator<Item = Self> {
        let list = self.get(name);
        let items = list.map(|list| self.tree.items(list)).unwrap_or_default();
        let mappings = items
            .iter()
            .filter(move |item| self.tree.is_mapping(**item));
        mappings.map(move |item| Self {
            node: *item,
            ..self
        })
    }

    /// How many items a list has; `None` if it is none, or not known.
    fn count(self, name: &str) -> Option<usize> {
        let node = self.get(name)?;
        (!value::is_unknown(self.tree, node)).then(|| self.tree.items(node).len())
    }
}

fn found(node: NodeId, problem: impl Into<String>, help: impl Into<String>) -> Found {
    (node, problem.into(), help.into())
}
