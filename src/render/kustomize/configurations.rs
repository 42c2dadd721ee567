//! Files under `configurations` and `crds`: more fields for the transformers.

use std::sync::Arc;

use crate::render::kustomize::config::{Config, Reference, merge_specs};
use crate::render::kustomize::decode_entries as entries;
use crate::render::kustomize::field::FieldSpec;
use crate::render::kustomize::fields::Fields;
use crate::render::kustomize::id::Gvk;
use crate::render::kustomize::read::Document;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::tree::{Node, Place};

/// How deep the types of a file under `crds` may lead into one another.
const DEPTH: usize = 32;
/// How many properties are followed.
const PROPERTIES: usize = 100_000;

/// All fields of a file under `configurations`.
const KNOWN: &[&str] = &[
    "namePrefix",
    "nameSuffix",
    "namespace",
    "commonLabels",
    "labels",
    "templateLabels",
    "volumeClaimTemplateLabels",
    "commonAnnotations",
    "nameReference",
    "varReference",
    "images",
    "replicas",
];

/// Reads a file under `configurations`.
pub fn read(documents: &[Document], at: Place) -> Outcome<Config> {
    let mut config = Config::default();
    let Some(root) = documents.first().map(|document| &document.root) else {
        return Ok(config);
    };
    if root.is_null() {
        return Ok(config);
    }
    let fields = Fields::new(root, KNOWN)?;
    let map = root.as_map().map_or(&[][..], |map| &map.entries);
    for entry in map {
        if &*entry.key == "nameReference" {
            for node in fields.list("nameReference")? {
                let own = Fields::new(node, &["group", "version", "kind", "fieldSpecs"])?;
                let reference = Reference {
                    target: entries::gvk(own)?,
                    referrers: own.each("fieldSpecs", |node| field_spec(node))?,
                };
                config.add_reference(reference, at)?;
            }
        } else if let Some(list) = config.list_mut(&entry.key) {
            *list = fields.each(&entry.key, |node| field_spec(node))?;
        }
    }
    Ok(config)
}

/// A field spec.
fn field_spec(node: &Node) -> Outcome<FieldSpec> {
    let fields = Fields::new(node, &["group", "version", "kind", "path", "create"])?;
    Ok(FieldSpec {
        gvk: entries::gvk(fields)?,
        path: fields.text("path")?.text,
        create: fields.flag("create")?,
    })
}

/// Reads a file under `crds`: definitions of types by name whose properties say what they refer to.
pub fn read_crds(documents: &[Document], at: Place) -> Outcome<Config> {
    let mut config = Config::default();
    let Some(root) = documents.first().map(|document| &document.root) else {
        return Ok(config);
    };
    let Some(definitions) = root.as_map() else {
        return Err(Refusal::new(at, "definitions of types are wanted here"));
    };
    let mut count = 0;
    for entry in &definitions.entries {
        if entry.value.as_map().is_none() {
            return Err(Refusal::new(
                entry.key_at,
                "definitions of types are wanted here",
            ));
        }
        let has =
            |name: &str| properties(&entry.value).is_some_and(|node| node.get(name).is_some());
        if !(has("kind") && has("apiVersion") && has("metadata")) {
            continue;
        }
        let kind = entry.key.rsplit('.').next().unwrap_or_default();
        let gvk = Gvk {
            kind: Arc::from(kind),
            ..Gvk::default()
        };
        let mut open: Vec<(&Node, Vec<&str>)> = vec![(&entry.value, Vec::new())];
        while let Some((of, path)) = open.pop() {
            let map = properties(of).and_then(|node| node.as_map());
            for property in map.into_iter().flat_map(|map| &map.entries) {
                count += 1;
                if path.len() > DEPTH || count > PROPERTIES {
                    return Err(Refusal::new(
                        property.key_at,
                        "types lead into one another too deep",
                    ));
                }
                let path: Vec<&str> = path.iter().copied().chain([&*property.key]).collect();
                add_property(&mut config, &gvk, &path, &property.value, at)?;
                let inner = property.value.get("$ref").and_then(|node| node.as_str());
                if let Some(inner) = inner.and_then(|name| definitions.get(name)) {
                    open.push((inner, path));
                }
            }
        }
    }
    Ok(config)
}

fn properties(definition: &Node) -> Option<&Arc<Node>> {
    let schema = definition
        .get("Schema")
        .or_else(|| definition.get("schema"));
    schema?.get("properties")
}

fn add_property(
    config: &mut Config,
    gvk: &Gvk,
    path: &[&str],
    property: &Node,
    at: Place,
) -> Outcome<()> {
    let text = |key: &str| property.get(key).and_then(|node| node.as_str());
    let spec = |path: &[&str]| FieldSpec {
        gvk: gvk.clone(),
        path: Arc::from(path.join("/")),
        create: false,
    };
    for (key, list) in [
        ("x-kubernetes-annotation", "commonAnnotations"),
        ("x-kubernetes-label-selector", "commonLabels"),
        ("x-kubernetes-identity", "namePrefix"),
    ] {
        if let (Some(_), Some(list)) = (text(key), config.list_mut(list)) {
            merge_specs(list, &[spec(path)], at)?;
        }
    }
    let version = text("x-kubernetes-object-ref-api-version");
    if let (Some(version), Some(kind)) = (version, text("x-kubernetes-object-ref-kind")) {
        let name = text("x-kubernetes-object-ref-name-key").unwrap_or("name");
        let path: Vec<&str> = path.iter().copied().chain([name]).collect();
        let target = Gvk {
            version: Arc::from(version),
            kind: Arc::from(kind),
            ..Gvk::default()
        };
        let referrers = vec![spec(&path)];
        config.add_reference(Reference { target, referrers }, at)?;
    }
    Ok(())
}
