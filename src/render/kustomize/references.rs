//! Names of renamed objects in the objects that refer to them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::render::kustomize::config::Config;
use crate::render::kustomize::field::{self, FieldSpec, Make};
use crate::render::kustomize::id::{Gvk, Id};
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::resources::Resources;
use crate::render::kustomize::tree::{Content, Node, Place};

/// An object that others may refer to.
struct Candidate {
    /// What it was called before.
    previous: Vec<Id>,
    current: Id,
    name: Node,
    namespace: String,
    namespace_at: Place,
    is_service_account: bool,
    prefixes: Vec<Arc<str>>,
    suffixes: Vec<Arc<str>>,
}

/// Rewrites all references to objects that have been renamed.
pub fn fix(resources: &mut Resources, config: &Config) -> Outcome<()> {
    let index = Index::of(resources.list());
    if index.by_name.is_empty() {
        return Ok(());
    }
    let plan = plan_by_kind(config);
    for number in 0..resources.list().len() {
        let referrer = &resources.list()[number];
        let gvk = referrer.original_id().gvk;
        let mut due: Vec<Planned<'_>> = ["", &*gvk.kind]
            .iter()
            .filter_map(|kind| plan.get(*kind))
            .flatten()
            .filter(|(.., spec)| gvk.is_selected(&spec.gvk))
            .copied()
            .collect();
        due.sort_by_key(|(number, ..)| *number);
        for (_, target, spec) in due {
            fix_field(resources, number, target, spec, &index)?;
        }
    }
    Ok(())
}

/// A field that may hold names: its number in the order of work, what it refers to, the field.
type Planned<'c> = (usize, &'c Gvk, &'c FieldSpec);

/// The fields by the kind that has them, in the order in which they are worked through.
fn plan_by_kind(config: &Config) -> FxHashMap<&str, Vec<Planned<'_>>> {
    let mut plan: FxHashMap<&str, Vec<Planned<'_>>> = FxHashMap::default();
    let mut number = 0;
    for reference in &config.name_reference {
        for spec in &reference.referrers {
            plan.entry(&*spec.gvk.kind)
                .or_default()
                .push((number, &reference.target, spec));
            number += 1;
        }
    }
    plan
}

fn fix_field(
    resources: &mut Resources,
    number: usize,
    target: &Gvk,
    spec: &FieldSpec,
    index: &Index,
) -> Outcome<()> {
    let resource = &resources.list()[number];
    let path = field::split(&spec.path, '/');
    let mut is_due = false;
    field::visit(&resource.root, &path, &mut |node| {
        is_due |= index.knows_some(node);
    });
    if !is_due {
        return Ok(());
    }
    let referrer = Referrer::of(resource, target, &spec.path);
    let gvk = resource.gvk();
    let spec = FieldSpec {
        gvk,
        path: spec.path.clone(),
        create: false,
    };
    let mut found: Vec<usize> = Vec::new();
    let resource = resources.content_mut(number);
    field::change(
        resource,
        &spec,
        Make::Nothing,
        Place::default(),
        &mut |node| set(node, &referrer, index, &mut found),
    )?;
    for target in found {
        resources.content_mut(target).is_referred = true;
    }
    Ok(())
}

/// Who refers, and to what kind.
struct Referrer {
    id: Id,
    is_cluster_scoped: bool,
    prefixes: Vec<Arc<str>>,
    suffixes: Vec<Arc<str>>,
    target: Gvk,
    /// The kind in `roleRef`, if the field is the name in it.
    role: Option<Gvk>,
    /// Namespaces of the service accounts that a role binding names.
    subjects: Vec<String>,
}

impl Referrer {
    fn of(resource: &Resource, target: &Gvk, path: &str) -> Self {
        let text = |path: &[&str]| resource.root.at_path(path).and_then(Node::as_str);
        let role = match (text(&["roleRef", "apiGroup"]), text(&["roleRef", "kind"])) {
            (Some(group), Some(kind)) if path.ends_with("roleRef/name") => Some(Gvk {
                group: Arc::from(group),
                version: Arc::from(""),
                kind: Arc::from(kind),
            }),
            _ => None,
        };
        let subjects = resource
            .root
            .get("subjects")
            .and_then(|node| node.as_list());
        let subjects = subjects
            .filter(|_| resource.kind() == "RoleBinding")
            .unwrap_or_default();
        let namespaces = subjects.iter().filter_map(|subject| {
            let text = |key: &str| subject.get(key).and_then(|node| node.as_str());
            let namespace = text("namespace")?;
            (text("kind") == Some("ServiceAccount")).then(|| namespace.to_owned())
        });
        Self {
            id: resource.current_id(),
            is_cluster_scoped: resource.is_cluster_scoped(),
            prefixes: resource.prefixes.clone(),
            suffixes: resource.suffixes.clone(),
            target: target.clone(),
            role,
            subjects: namespaces.collect(),
        }
    }

    /// Whether it may refer to a candidate at all.
    fn may_see(&self, candidate: &Candidate) -> bool {
        if self.is_cluster_scoped || is_cluster_scoped(&candidate.current) {
            return true;
        }
        let is_near = candidate.current.namespace == self.id.namespace;
        let in_subjects = self.subjects.contains(&candidate.namespace);
        is_near || (in_subjects && candidate.is_service_account)
    }
}

fn is_cluster_scoped(id: &Id) -> bool {
    &*id.namespace == crate::render::kustomize::id::NO_NAMESPACE
}

struct Index {
    candidates: Vec<Candidate>,
    /// The numbers of candidates by the names that they had.
    by_name: FxHashMap<Arc<str>, Vec<usize>>,
    /// The numbers of the objects that the candidates are.
    numbers: Vec<usize>,
}

impl Index {
    fn of(list: &[Resource]) -> Self {
        let mut index = Self {
            candidates: Vec::new(),
            by_name: FxHashMap::default(),
            numbers: Vec::new(),
        };
        for (number, resource) in list.iter().enumerate() {
            let mut previous = resource.ids();
            let Some(current) = previous.pop() else {
                continue;
            };
            let at = resource.name_at();
            let name = resource.root.at_path(&["metadata", "name"]);
            let name = name.cloned().unwrap_or_else(|| Node::text("", at));
            for id in &previous {
                let numbers = index.by_name.entry(id.name.clone()).or_default();
                if numbers.last() != Some(&index.candidates.len()) {
                    numbers.push(index.candidates.len());
                }
            }
            index.numbers.push(number);
            index.candidates.push(Candidate {
                previous,
                current,
                name,
                namespace: resource.namespace().to_owned(),
                namespace_at: place_of(resource, "namespace"),
                is_service_account: resource.kind() == "ServiceAccount",
                prefixes: resource.prefixes.clone(),
                suffixes: resource.suffixes.clone(),
            });
        }
        index
    }

    /// Whether a value, or a name in it, is one that some object had.
    fn knows_some(&self, node: &Node) -> bool {
        let knows = |node: &Node| {
            node.as_str()
                .is_some_and(|text| self.by_name.contains_key(text))
        };
        match &node.content {
            Content::Scalar(_) => knows(node),
            Content::Map(map) => map.get("name").is_none_or(|name| knows(name)),
            Content::List(items) => items.iter().any(|item| self.knows_some(item)),
        }
    }

    /// The object that a name refers to.
    fn find(
        &self,
        name: &str,
        referrer: &Referrer,
        is_allowed: &dyn Fn(&Candidate) -> bool,
        same_namespace_too: bool,
        at: Place,
    ) -> Outcome<Option<usize>> {
        let numbers = self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        let was_selected = |candidate: &Candidate, gvk: &Gvk| {
            candidate.previous.iter().any(|id| id.gvk.is_selected(gvk))
        };
        let fits = |number: &usize| {
            let candidate = &self.candidates[*number];
            is_allowed(candidate)
                && was_selected(candidate, &referrer.target)
                && referrer
                    .role
                    .as_ref()
                    .is_none_or(|role| was_selected(candidate, role))
                && referrer.may_see(candidate)
        };
        let mut found: Vec<usize> = numbers.iter().copied().filter(fits).collect();
        if found.len() == 1 {
            return Ok(found.pop());
        }
        found.retain(|number| referrer.has_affixes_of(&self.candidates[*number], true));
        if found.len() > 1 {
            found.retain(|number| referrer.has_affixes_of(&self.candidates[*number], false));
        }
        let Some(first) = found.first().map(|number| &self.candidates[*number]) else {
            return Ok(None);
        };
        let is_same = |number: &usize| {
            let candidate = &self.candidates[*number];
            candidate.current.name == first.current.name
                && (!same_namespace_too || candidate.namespace == first.namespace)
        };
        if found.iter().all(is_same) {
            return Ok(found.first().copied());
        }
        let message = format!("`{}` could refer to several objects", name.escape_debug());
        Err(Refusal::new(at, message))
    }
}

impl Referrer {
    fn has_affixes_of(&self, candidate: &Candidate, empty_is_any: bool) -> bool {
        let agrees = |own: &[Arc<str>], other: &[Arc<str>]| {
            let shorter = own.len().min(other.len());
            if shorter == 0 {
                return empty_is_any || own.len() == other.len();
            }
            own[own.len() - shorter..] == other[other.len() - shorter..]
        };
        agrees(&self.prefixes, &candidate.prefixes) && agrees(&self.suffixes, &candidate.suffixes)
    }
}

fn set(node: &mut Node, referrer: &Referrer, index: &Index, found: &mut Vec<usize>) -> Outcome<()> {
    let at = node.at;
    if node.is_null() {
        return Ok(());
    }
    if let Content::List(items) = &mut node.content {
        for item in items {
            if index.knows_some(item) {
                set(Arc::make_mut(item), referrer, index, found)?;
            }
        }
        return Ok(());
    }
    if node.as_map().is_some() {
        return set_mapping(node, referrer, index, found);
    }
    let name = node.as_str().unwrap_or_default();
    if let Some(number) = index.find(name, referrer, &|_| true, false, at)? {
        found.push(index.numbers[number]);
        write(node, &index.candidates[number].name)?;
    }
    Ok(())
}

/// A mapping that holds `name` and perhaps `namespace`.
fn set_mapping(
    node: &mut Node,
    referrer: &Referrer,
    index: &Index,
    found: &mut Vec<usize>,
) -> Outcome<()> {
    let at = node.at;
    let Some(name) = node.get("name") else {
        return Err(Refusal::new(at, "a reference has no `name`"));
    };
    let name = name.as_str().unwrap_or_default().to_owned();
    let namespace = node
        .get("namespace")
        .and_then(|node| node.as_str())
        .map(str::to_owned);
    let was_in = |candidate: &Candidate, namespace: &str| {
        let original = candidate.previous.first().unwrap_or(&candidate.current);
        &*original.namespace == namespace
    };
    let has = |namespace: &str| {
        let seen = index
            .candidates
            .iter()
            .filter(|other| referrer.may_see(other));
        seen.into_iter().any(|other| was_in(other, namespace))
    };
    let is_original = namespace.as_deref().is_some_and(has);
    let is_in = |candidate: &Candidate, namespace: &str| &*candidate.current.namespace == namespace;
    let is_allowed = |candidate: &Candidate| match &namespace {
        None => true,
        Some(namespace) if is_original => was_in(candidate, namespace),
        Some(namespace) => is_in(candidate, namespace),
    };
    let Some(number) = index.find(&name, referrer, &is_allowed, true, at)? else {
        return Ok(());
    };
    found.push(index.numbers[number]);
    let candidate = &index.candidates[number];
    let Some(map) = node.as_map_mut() else {
        return Ok(());
    };
    if let Some(name) = map.get_mut("name") {
        write(name, &candidate.name)?;
    }
    if !candidate.namespace.is_empty() {
        let own = candidate.namespace_at;
        let slot = map.get_or_insert("namespace", || Node::text("", own), own);
        if slot.as_str() != Some(&candidate.namespace) {
            field::set_scalar(slot, &candidate.namespace, None, own)?;
        }
    }
    Ok(())
}

/// Where a field of an object's metadata was written.
fn place_of(resource: &Resource, field: &str) -> Place {
    let node = resource.root.at_path(&["metadata", field]);
    node.map_or(resource.root.at, |node| node.at)
}

/// Writes the name of an object over a reference to it.
fn write(node: &mut Node, name: &Node) -> Outcome<()> {
    let text = name.as_str().unwrap_or_default();
    if node.as_str() == Some(text) {
        return Ok(());
    }
    field::set_scalar(node, text, None, name.at)
}
