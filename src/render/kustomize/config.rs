//! Which fields each transformer reaches: the built-in tables, and what `configurations` and `crds` add to them.

use std::sync::{Arc, LazyLock};

use crate::render::kustomize::field::FieldSpec;
use crate::render::kustomize::id::Gvk;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::tree::Place;

/// The built-in fields.
const TABLE: &str = include_str!("../../../data/kustomize/field-specs.tsv");

/// Kinds that come first, in their order, wherever kinds are sorted.
pub const FIRST_KINDS: &[&str] = &[
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];
/// Kinds that come last.
pub const LAST_KINDS: &[&str] = &[
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// Names of one kind, and the fields that hold them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The kind that is referred to.
    pub target: Gvk,
    /// The fields that refer to it.
    pub referrers: Vec<FieldSpec>,
}

/// The fields of all transformers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// What gets the name prefix.
    pub name_prefix: Vec<FieldSpec>,
    /// What gets the name suffix.
    pub name_suffix: Vec<FieldSpec>,
    /// What gets the namespace, beside `metadata.namespace`.
    pub namespace: Vec<FieldSpec>,
    /// What gets labels that selectors get too.
    pub common_labels: Vec<FieldSpec>,
    /// What gets other labels, beside `metadata.labels`.
    pub labels: Vec<FieldSpec>,
    /// The labels of templates.
    pub template_labels: Vec<FieldSpec>,
    /// The labels of volume claim templates.
    pub claim_labels: Vec<FieldSpec>,
    /// What gets annotations.
    pub common_annotations: Vec<FieldSpec>,
    /// What holds names of other objects.
    pub name_reference: Vec<Reference>,
    /// Where `$(VAR)` is filled in.
    pub var_reference: Vec<FieldSpec>,
    /// What holds images.
    pub images: Vec<FieldSpec>,
    /// What holds a number of replicas.
    pub replicas: Vec<FieldSpec>,
}

impl Config {
    /// The list that `configurations` call so.
    pub fn list_mut(&mut self, name: &str) -> Option<&mut Vec<FieldSpec>> {
        match name {
            "namePrefix" => Some(&mut self.name_prefix),
            "nameSuffix" => Some(&mut self.name_suffix),
            "namespace" => Some(&mut self.namespace),
            "commonLabels" => Some(&mut self.common_labels),
            "labels" => Some(&mut self.labels),
            "templateLabels" => Some(&mut self.template_labels),
            "volumeClaimTemplateLabels" => Some(&mut self.claim_labels),
            "commonAnnotations" => Some(&mut self.common_annotations),
            "varReference" => Some(&mut self.var_reference),
            "images" => Some(&mut self.images),
            "replicas" => Some(&mut self.replicas),
            _ => None,
        }
    }

    fn lists(&self) -> [&Vec<FieldSpec>; 11] {
        [
            &self.name_prefix,
            &self.name_suffix,
            &self.namespace,
            &self.common_labels,
            &self.labels,
            &self.template_labels,
            &self.claim_labels,
            &self.common_annotations,
            &self.var_reference,
            &self.images,
            &self.replicas,
        ]
    }

    fn lists_mut(&mut self) -> [&mut Vec<FieldSpec>; 11] {
        [
            &mut self.name_prefix,
            &mut self.name_suffix,
            &mut self.namespace,
            &mut self.common_labels,
            &mut self.labels,
            &mut self.template_labels,
            &mut self.claim_labels,
            &mut self.common_annotations,
            &mut self.var_reference,
            &mut self.images,
            &mut self.replicas,
        ]
    }

    /// Adds what a reference entry says.
    pub fn add_reference(&mut self, reference: Reference, at: Place) -> Outcome<()> {
        let mut known = self.name_reference.iter_mut();
        if let Some(known) = known.find(|known| known.target == reference.target) {
            return merge_specs(&mut known.referrers, &reference.referrers, at);
        }
        self.name_reference.push(reference);
        Ok(())
    }

    fn sort(&mut self) {
        for list in self.lists_mut() {
            list.sort_by_key(|spec| sort_key(&spec.gvk));
        }
        self.name_reference
            .sort_by_key(|reference| sort_key(&reference.target));
    }
}

/// The built-in fields.
pub fn builtin() -> Arc<Config> {
    static CONFIG: LazyLock<Arc<Config>> = LazyLock::new(|| {
        let mut config = Config::default();
        for row in TABLE.lines().filter(|line| !line.starts_with('#')) {
            add_row(&mut config, row);
        }
        config.sort();
        Arc::new(config)
    });
    CONFIG.clone()
}

fn add_row(config: &mut Config, row: &str) {
    let columns: Vec<&str> = row.split('\t').collect();
    let text = |index: usize| match columns.get(index).copied().unwrap_or("-") {
        "-" => "",
        text => text,
    };
    let gvk = |from: usize| Gvk {
        group: Arc::from(text(from)),
        version: Arc::from(text(from + 1)),
        kind: Arc::from(text(from + 2)),
    };
    let spec = FieldSpec {
        gvk: gvk(1),
        path: Arc::from(text(4)),
        create: text(5) == "create",
    };
    if let Some(list) = config.list_mut(text(0)) {
        list.push(spec);
        return;
    }
    let target = gvk(6);
    match config
        .name_reference
        .iter_mut()
        .find(|known| known.target == target)
    {
        Some(known) => known.referrers.push(spec),
        None => config.name_reference.push(Reference {
            target,
            referrers: vec![spec],
        }),
    }
}

/// The fields of both; `at` is the place to tell if they contradict each other.
pub fn merge(a: &Arc<Config>, b: &Arc<Config>, at: Place) -> Outcome<Arc<Config>> {
    if Arc::ptr_eq(a, b) || **b == Config::default() {
        return Ok(a.clone());
    }
    if **a == Config::default() {
        return Ok(b.clone());
    }
    let mut merged = (**a).clone();
    for (into, from) in merged.lists_mut().into_iter().zip(b.lists()) {
        merge_specs(into, from, at)?;
    }
    for reference in &b.name_reference {
        merged.add_reference(reference.clone(), at)?;
    }
    merged.sort();
    Ok(Arc::new(merged))
}

/// Adds specs; one for the same path whose kinds an earlier one lies in is the same, and must agree with it.
pub fn merge_specs(into: &mut Vec<FieldSpec>, from: &[FieldSpec], at: Place) -> Outcome<()> {
    for spec in from {
        let known = into
            .iter()
            .find(|known| known.path == spec.path && known.gvk.is_selected(&spec.gvk));
        match known {
            Some(known) if known.create != spec.create => {
                let message = format!("two field specs for `{}` differ in `create`", spec.path);
                return Err(Refusal::new(at, message));
            }
            Some(_) => {}
            None => into.push(spec.clone()),
        }
    }
    Ok(())
}

/// The rank of a kind, and for kinds of one rank the text that sorts them.
pub fn sort_key(gvk: &Gvk) -> (isize, String) {
    let or = |text: &str, empty: &str| {
        if text.is_empty() {
            empty.to_owned()
        } else {
            text.to_owned()
        }
    };
    let text = format!(
        "{}_{}_{}",
        or(&gvk.group, "~G"),
        or(&gvk.version, "~V"),
        or(&gvk.kind, "~K")
    );
    (rank(&gvk.kind, FIRST_KINDS, LAST_KINDS), text)
}

/// Below zero for kinds that come first, above it for those that come last.
pub fn rank<S: AsRef<str>>(kind: &str, first: &[S], last: &[S]) -> isize {
    let position = |list: &[S]| list.iter().position(|name| name.as_ref() == kind);
    let narrow = |number: usize| isize::try_from(number).unwrap_or(isize::MAX);
    match (position(last), position(first)) {
        (Some(index), _) => 1 + narrow(index),
        (None, Some(index)) => narrow(index) - narrow(first.len()),
        (None, None) => 0,
    }
}
