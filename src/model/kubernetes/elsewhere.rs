//! What is said of an object elsewhere, or filled in later: by a kustomization, an operator, an injector, an autoscaler, a default of the namespace.

use std::sync::{Arc, LazyLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::kubernetes::value;
use crate::model::table::Table;
use crate::model::{FileTables, placeholder, reference};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::Source;
use crate::sources::context::{
    BuildContexts, Neighbour, Overrides, Selection, Setting, empty_images,
};
use crate::sources::source_map::Origin;

/// What controllers add to the pods of each kind, as written.
const KINDS_TABLE: &str = include_str!("../../../data/pod-kinds.tsv");

/// What a controller adds to a pod template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Adds {
    /// The template is the pod.
    Nothing,
    /// Whatever it likes.
    Anything,
    /// There is no pod.
    NoPods,
    /// There is no object either: a program of the developer reads it, and no API server.
    NoObject,
}

static KINDS: LazyLock<FxHashMap<(&'static str, &'static str), Adds>> = LazyLock::new(|| {
    let lines = KINDS_TABLE.lines().filter(|line| !line.starts_with('#'));
    let kinds = lines.filter_map(|line| {
        let mut cells = line.split('\t');
        let (group, kind) = (cells.next()?, cells.next()?);
        let adds = match cells.next()? {
            "nothing" => Adds::Nothing,
            "no-pods" => Adds::NoPods,
            "no-object" => Adds::NoObject,
            _ => Adds::Anything,
        };
        Some(((group, kind), adds))
    });
    kinds.collect()
});

/// What the controller of a kind adds to its pods.
pub(super) fn adds(api_version: &str, kind: &str) -> Adds {
    if value::is_templated(api_version) {
        return Adds::Nothing;
    }
    let group = match api_version.split_once('/') {
        Some((group, _)) => group,
        // Kubernetes' own kinds without a group have one version.
        None if matches!(api_version, "v1" | "") => "core",
        None => api_version,
    };
    let found = [(group, kind), (group, "*")]
        .into_iter()
        .find_map(|key| KINDS.get(&key));
    found.copied().unwrap_or(Adds::Anything)
}

/// What other files say of the objects of one file.
#[derive(Default)]
pub(super) struct OtherFiles {
    overrides: Overrides,
    neighbours: Arc<[Arc<[Neighbour]>]>,
    /// Whether code fills in the images that are left empty.
    fills_images: bool,
}

impl OtherFiles {
    /// What the tables that are wanted depend on.
    pub(super) fn of(tables: &FileTables, source: &Source, contexts: &BuildContexts) -> Self {
        let wants = |needed: &[Table]| needed.iter().any(|table| tables.wants(*table));
        let mut others = Self::default();
        if wants(OVERRIDDEN) {
            others.overrides = contexts.overrides(source);
            if matches!(source.origin(), Origin::Rendered(_)) {
                others.overrides.images = contexts.built_for(&source.project_path);
            }
            others.fills_images = empty_images(&source.text) > 0 && contexts.fills_images(source);
        }
        if wants(SET_BY_NEIGHBOURS) {
            others.neighbours = contexts.neighbours(source);
        }
        others
    }

    /// What is written near an object of a namespace.
    fn near(&self, namespace: Option<&str>) -> impl Iterator<Item = &Setting> {
        let all = self.neighbours.iter().flat_map(|folder| folder.iter());
        let near = all.filter(move |neighbour| {
            let other = neighbour.namespace.as_deref();
            other.is_none() || namespace.is_none() || other == namespace
        });
        near.map(|neighbour| &neighbour.sets)
    }

    /// Which Services near an object may select pods.
    pub(super) fn selections(&self, namespace: Option<&str>) -> impl Iterator<Item = &Selection> {
        self.near(namespace).filter_map(|setting| match setting {
            Setting::Service(selection) => Some(selection),
            _ => None,
        })
    }
}

/// The tables whose rows kustomizations change: those of pods, and of Services.
const OVERRIDDEN: &[Table] = &[
    Table::Workloads,
    Table::Components,
    Table::Specifications,
    Table::Containers,
    Table::Images,
    Table::References,
    Table::Services,
    Table::Violations,
    Table::Variables,
    Table::Scripts,
    Table::Commands,
    Table::Constructs,
    Table::Remarks,
    Table::Secrets,
    Table::ObjectReferences,
    Table::Coverage,
];

/// The tables with columns that autoscalers and limits of a namespace set.
const SET_BY_NEIGHBOURS: &[Table] = &[Table::Workloads, Table::Containers];

/// What is said of one object.
#[derive(Default)]
pub(super) struct Elsewhere<'o> {
    /// Whether it is a patch of another object, or a template that is completed: what it lacks is not missing.
    pub(super) is_partial: bool,
    /// Whether it is one of these for another reason than that an unknown program reads its kind.
    pub(super) is_patch: bool,
    /// Whether a kustomization names its file as a patch in a comment alone.
    pub(super) is_switched_off: bool,
    /// Whether labels are added to its pods.
    pub(super) has_labels: bool,
    /// Whether its replicas are set: by an autoscaler, or by a kustomization.
    pub(super) has_replicas: bool,
    /// Whether images that it leaves empty are filled in before it is applied.
    pub(super) fills_images: bool,
    /// Whether a release writes every image.
    has_image_references: bool,
    keys: FxHashSet<&'o str>,
    images: &'o [String],
    /// The containers whose image an image stream writes; `*` for all.
    streamed: Vec<String>,
    resources: Vec<&'o str>,
}

impl<'o> Elsewhere<'o> {
    pub(super) fn of(others: &'o OtherFiles, tree: &Tree, node: NodeId) -> Self {
        let kind = tree.text_at(node, "kind").unwrap_or_default();
        let api_version = tree.text_at(node, "apiVersion").unwrap_or_default();
        let metadata = |name| {
            tree.at(node, &["metadata", name])
                .and_then(|node| tree.text(node))
        };
        let name = metadata("name").unwrap_or_default();
        let overrides = &others.overrides;
        let is_of_operator = ["name", "namespace"]
            .into_iter()
            .filter_map(metadata)
            .any(placeholder::is_placeholder);
        let mut keys = overrides.patched_keys(kind, name);
        if overrides.has_selectors {
            keys.insert("selector");
        }
        let namespace = metadata("namespace");
        let mut is_scaled = false;
        let mut resources = Vec::new();
        for setting in others.near(namespace) {
            match setting {
                Setting::Replicas(of, target) => is_scaled |= of == kind && target == name,
                Setting::Resource(resource) => resources.push(resource.as_str()),
                Setting::Service(_) => {}
            }
        }
        let is_patch = overrides.is_patch
            || overrides.lacks_patch
            || is_of_operator
            || tree.get(node, "$patch").is_some();
        let is_completed = is_patch || adds(api_version, kind) == Adds::Anything;
        Self {
            is_patch,
            is_switched_off: overrides.is_switched_off,
            // Who fills in the image fills in more.
            is_partial: is_completed || has_empty_image(tree, node),
            fills_images: is_completed || others.fills_images,
            has_image_references: overrides.has_image_references,
            has_labels: overrides.has_labels || keys.contains("labels"),
            has_replicas: is_scaled
                || keys.contains("replicas")
                || overrides
                    .replicas
                    .iter()
                    .any(|replicated| replicated == name),
            images: &overrides.images,
            streamed: streamed(tree, node, kind),
            keys,
            resources,
        }
    }

    /// Whether a patch sets the key somewhere in the object.
    pub(super) fn sets(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Whether something else than the file says which image the container runs.
    pub(super) fn sets_image(&self, container: Option<&str>, image: &str) -> bool {
        let container = container.unwrap_or_default();
        let is_streamed = self
            .streamed
            .iter()
            .any(|name| name == "*" || name == container);
        is_streamed
            || self.has_image_references
            || self.sets("image")
            || self.images.iter().any(|name| is_named(image, name))
    }

    /// The requests and limits that the namespace gives to containers which ask for none.
    pub(super) fn default_resources(&self) -> impl Iterator<Item = &str> {
        self.resources.iter().copied()
    }
}

/// Whether a container of the object's pod has an image without a name.
fn has_empty_image(tree: &Tree, node: NodeId) -> bool {
    const PODS: [&[&str]; 3] = [
        &["spec", "template", "spec"],
        &["spec", "jobTemplate", "spec", "template", "spec"],
        &["spec"],
    ];
    let pods = PODS.into_iter().filter_map(|path| tree.at(node, path));
    let lists = pods.flat_map(|pod| {
        let lists = ["containers", "initContainers"].into_iter();
        lists.filter_map(move |list| tree.get(pod, list))
    });
    lists.flat_map(|list| tree.items(list)).any(|container| {
        let image = tree.get(*container, "image");
        image.is_some_and(|image| tree.text(image).is_some_and(|text| text.trim().is_empty()))
    })
}

/// Whether an image has the name that a kustomization or Skaffold looks for: the whole name before tag and digest.
fn is_named(image: &str, name: &str) -> bool {
    let reference = reference::parse(image);
    match (reference.registry, reference.repository) {
        (Some(registry), Some(repository)) => name
            .strip_prefix(registry)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(|rest| rest == repository),
        (None, Some(repository)) => repository == name,
        _ => false,
    }
}

/// The containers whose image is written by a trigger of an image stream.
fn streamed(tree: &Tree, node: NodeId, kind: &str) -> Vec<String> {
    let mut names = Vec::new();
    let annotation = ["metadata", "annotations", "image.openshift.io/triggers"];
    if let Some(text) = tree.at(node, &annotation).and_then(|node| tree.text(node)) {
        // `…containers[?(@.name=="web")].image`, or by number.
        let mut rest = text;
        while let Some(at) = rest.find("@.name==") {
            rest = &rest[at + "@.name==".len()..];
            let name = rest.trim_start_matches(['\\', '"', '\'']);
            let end = name.find(['\\', '"', '\'', ')']).unwrap_or(name.len());
            names.push(name[..end].to_owned());
        }
        if names.is_empty() {
            names.push("*".to_owned());
        }
    }
    if kind == "DeploymentConfig" {
        let triggers = tree.at(node, &["spec", "triggers"]);
        for trigger in triggers.map(|list| tree.items(list)).unwrap_or_default() {
            let list = tree.at(*trigger, &["imageChangeParams", "containerNames"]);
            let items = list.map(|list| tree.items(list)).unwrap_or_default();
            let items = items.iter().filter_map(|item| tree.text(*item));
            names.extend(items.map(ToOwned::to_owned));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{Adds, adds, is_named};

    #[test]
    fn kinds_are_found_by_group() {
        assert_eq!(adds("apps/v1", "Deployment"), Adds::Nothing);
        assert_eq!(adds("v1", "Pod"), Adds::Nothing);
        assert_eq!(adds("argoproj.io/v1alpha1", "Rollout"), Adds::Nothing);
        assert_eq!(adds("argoproj.io/v1alpha1", "Workflow"), Adds::Anything);
        assert_eq!(adds("kyverno.io/v1", "ClusterPolicy"), Adds::NoPods);
        assert_eq!(adds("example.com/v1", "Thing"), Adds::Anything);
        assert_eq!(adds("builtin", "LabelTransformer"), Adds::NoObject);
        assert_eq!(adds("skaffold/v4beta1", "Config"), Adds::NoObject);
    }

    #[test]
    fn an_image_has_the_whole_name() {
        assert!(is_named("example.com/web:1", "example.com/web"));
        assert!(is_named("controller", "controller"));
        assert!(!is_named("example.com/web", "web"));
        assert!(!is_named("example.com/web2", "example.com/web"));
    }
}
