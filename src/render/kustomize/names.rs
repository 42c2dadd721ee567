//! `namePrefix`, `nameSuffix` and `namespace`.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::render::kustomize::field::{self, FieldSpec, Make};
use crate::render::kustomize::fields::Text;
use crate::render::kustomize::id::Gvk;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::resources::Resources;
use crate::render::kustomize::scalar::Tag;
use crate::render::kustomize::tree::{Content, Node, Place};

/// Which end of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Its start.
    Prefix,
    /// Its end.
    Suffix,
}

/// Gives names a prefix or suffix.
pub fn affix(resources: &mut Resources, end: End, text: &Text, specs: &[FieldSpec]) -> Outcome<()> {
    for resource in resources.list_mut() {
        let gvk = resource.original_id().gvk;
        if keeps_name(&gvk) {
            continue;
        }
        for spec in specs.iter().filter(|spec| gvk.is_selected(&spec.gvk)) {
            if &*spec.path == "metadata/name" && !text.is_empty() {
                let affixes = match end {
                    End::Prefix => &mut resource.prefixes,
                    End::Suffix => &mut resource.suffixes,
                };
                affixes.push(text.text.clone());
                resource.store_id();
            }
            field::change(resource, spec, Make::Scalar, text.at, &mut |node| {
                let old = node.as_str().unwrap_or_default();
                let new = match end {
                    End::Prefix => format!("{}{old}", text.text),
                    End::Suffix => format!("{old}{}", text.text),
                };
                field::set_scalar(node, &new, None, text.at)
            })?;
        }
    }
    Ok(())
}

/// Kinds whose names mean more than a name.
fn keeps_name(gvk: &Gvk) -> bool {
    match &*gvk.kind {
        "CustomResourceDefinition" | "Namespace" => true,
        "APIService" => &*gvk.group == "apiregistration.k8s.io",
        _ => false,
    }
}

/// Which subjects of role bindings get the namespace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subjects {
    /// Those that are named `default`.
    #[default]
    NamedDefault,
    /// All service accounts.
    ServiceAccounts,
    /// None.
    None,
}

/// How a namespace is set.
#[derive(Clone, Debug)]
pub struct Namespace<'n> {
    /// The namespace.
    pub name: &'n Text,
    /// Fields that get it beside `metadata.namespace`.
    pub specs: &'n [FieldSpec],
    /// Which subjects get it.
    pub subjects: Subjects,
    /// Whether only what has none gets it.
    pub only_unset: bool,
}

/// Puts objects into a namespace.
pub fn namespace(resources: &mut Resources, namespace: &Namespace<'_>) -> Outcome<()> {
    if namespace.name.is_empty() {
        return Ok(());
    }
    let at = namespace.name.at;
    let list = resources.list_mut();
    for resource in list.iter_mut() {
        if resource.root.is_empty() || resource.keeps_namespace {
            continue;
        }
        resource.store_id();
        set_namespace(resource, namespace)?;
    }
    let mut ids = FxHashSet::default();
    for resource in &*list {
        let id = resource.current_id();
        if !ids.insert(id.clone()) {
            let message = format!("two objects are {id} once they are in one namespace");
            return Err(Refusal::new(at, message));
        }
    }
    Ok(())
}

fn set_namespace(resource: &mut Resource, namespace: &Namespace<'_>) -> Outcome<()> {
    let at = namespace.name.at;
    let mut set = |node: &mut Node| write(node, namespace);
    if !resource.is_cluster_scoped() {
        let spec = FieldSpec::everywhere("metadata/namespace");
        field::change(resource, &spec, Make::Scalar, at, &mut set)?;
    }
    let kind = resource.kind();
    let is_binding = matches!(kind, "RoleBinding" | "ClusterRoleBinding");
    let is_core = resource.api_version() == "v1";
    if is_binding {
        set_subjects(resource, namespace)?;
    }
    for spec in namespace.specs {
        let is_done = &*spec.path == "metadata/namespace"
            || (&*spec.path == "metadata/name" && !is_core)
            || (is_binding && &*spec.path == "subjects/namespace" && is_binding_kind(&spec.gvk));
        if !is_done {
            field::change(resource, spec, Make::Scalar, at, &mut |node| {
                write(node, namespace)
            })?;
        }
    }
    Ok(())
}

fn is_binding_kind(gvk: &Gvk) -> bool {
    matches!(&*gvk.kind, "RoleBinding" | "ClusterRoleBinding")
}

fn write(node: &mut Node, namespace: &Namespace<'_>) -> Outcome<()> {
    if namespace.only_unset && node.as_str().is_some_and(|text| !text.is_empty()) {
        return Ok(());
    }
    field::set_scalar(
        node,
        &namespace.name.text,
        Some(Tag::Text),
        namespace.name.at,
    )
}

fn set_subjects(resource: &mut Resource, namespace: &Namespace<'_>) -> Outcome<()> {
    let is_wanted = |subject: &Node| {
        let text = |key: &str| subject.get(key).and_then(|node| node.as_str());
        match namespace.subjects {
            Subjects::None => false,
            Subjects::NamedDefault => text("name") == Some("default"),
            Subjects::ServiceAccounts => text("kind") == Some("ServiceAccount"),
        }
    };
    let subjects = resource
        .root
        .get("subjects")
        .and_then(|node| node.as_list());
    if !subjects
        .unwrap_or_default()
        .iter()
        .any(|subject| is_wanted(subject))
    {
        return Ok(());
    }
    let root = resource.root_mut().as_map_mut();
    let subjects = root.and_then(|root| root.get_mut("subjects"));
    let Some(Content::List(subjects)) = subjects.map(|subjects| &mut subjects.content) else {
        return Ok(());
    };
    let at: Place = namespace.name.at;
    for subject in subjects.iter_mut().filter(|subject| is_wanted(subject)) {
        if let Some(map) = Arc::make_mut(subject).as_map_mut() {
            let node = map.get_or_insert("namespace", || Node::text("", at), at);
            write(node, namespace)?;
        }
    }
    Ok(())
}
