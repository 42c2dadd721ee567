//! Objects out of the documents of a file: lists are opened, and what has no kind or name is refused.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::render::kustomize::patches;
use crate::render::kustomize::read::Document;
use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::scalar::{self, Tag};
use crate::render::kustomize::tree::{Content, Node, Place};

/// How many objects a file may hold, lists opened.
const OBJECTS: usize = 20_000;

/// Whether a place is in the object's own annotations: kustomize writes these anew, so that of two with one key the last one is left.
fn is_in_annotations(root: &Node, at: Place) -> bool {
    let annotations = root
        .get("metadata")
        .and_then(|metadata| metadata.get("annotations"));
    annotations.is_some_and(|annotations| {
        let (own, inner) = (annotations.at, at);
        own.file == inner.file
            && own.span.start <= inner.span.start
            && inner.span.end <= own.span.end
    })
}

/// The objects of documents.
pub fn of(documents: &[Document]) -> Outcome<Vec<Resource>> {
    let mut queue: VecDeque<Arc<Node>> = VecDeque::new();
    for document in documents {
        if document.root.is_empty() {
            continue;
        }
        if let Some(refusal) = &document.odd_key
            && !is_in_annotations(&document.root, refusal.at)
        {
            return Err(refusal.clone());
        }
        let mut root = document.root.clone();
        if document.has_folded {
            refold(&mut root);
        }
        queue.push_back(root);
    }
    let mut objects = Vec::new();
    while let Some(root) = queue.pop_front() {
        if root.is_empty() {
            continue;
        }
        check(&root)?;
        if objects.len() + queue.len() > OBJECTS {
            return Err(Refusal::new(
                root.at,
                format!("file holds more than {OBJECTS} objects"),
            ));
        }
        if text(&root, &["kind"]).ends_with("List")
            && let Some(items) = root.get("items")
        {
            match items.as_list() {
                Some(items) => queue.extend(items.iter().cloned()),
                None if items.is_null() => {}
                None => return Err(Refusal::new(items.at, "`items` of a list are a list")),
            }
            continue;
        }
        let mut resource = Resource::new(root);
        if needs_care(&resource.root) {
            patches::normalise_annotations(resource.root_mut());
        }
        objects.push(resource);
    }
    Ok(objects)
}

/// Texts in folded blocks as they come out of kustomize. Trees nest within `tree::DEPTH`.
fn refold(node: &mut Arc<Node>) {
    match &mut Arc::make_mut(node).content {
        Content::Scalar(scalar) if scalar.tag == Tag::Folded => {
            scalar.text = Arc::from(scalar::refolded(&scalar.text));
            scalar.tag = Tag::Text;
        }
        Content::Scalar(_) => {}
        Content::List(items) => items.iter_mut().for_each(refold),
        Content::Map(map) => map
            .entries
            .iter_mut()
            .for_each(|entry| refold(&mut entry.value)),
    }
}

fn needs_care(root: &Node) -> bool {
    root.at_path(&["metadata", "annotations"]).is_some()
}

fn text<'n>(root: &'n Node, path: &[&str]) -> &'n str {
    let node = root.at_path(path).filter(|node| !node.is_null());
    node.and_then(Node::as_str).unwrap_or_default()
}

fn check(root: &Node) -> Outcome<()> {
    let refuse = |message: &str| Err(Refusal::new(root.at, message).of(Cause::Refused));
    if root.as_map().is_none() {
        return Err(Refusal::new(
            root.at,
            format!("expected an object, found {}", root.kind_name()),
        )
        .of(Cause::Refused));
    }
    let kind = text(root, &["kind"]);
    if kind.is_empty() {
        return refuse("object has no `kind`");
    }
    if !kind.ends_with("List") && text(root, &["metadata", "name"]).is_empty() {
        return refuse("object has no `metadata.name`");
    }
    let annotations = root.at_path(&["metadata", "annotations"]);
    match annotations.filter(|node| node.as_map().is_none() && !node.is_null()) {
        Some(node) => Err(Refusal::new(node.at, "annotations are a mapping")),
        None => Ok(()),
    }
}

/// Annotations in which kustomize keeps its notes; they do not reach the output.
const NOTES: &[&str] = &[
    "config.kubernetes.io/path",
    "config.kubernetes.io/index",
    "config.k8s.io/id",
    "internal.config.kubernetes.io/path",
    "internal.config.kubernetes.io/index",
    "internal.config.kubernetes.io/seqindent",
    "internal.config.kubernetes.io/id",
    "internal.config.kubernetes.io/annotations-migration-resource-id",
    "internal.config.kubernetes.io/previousKinds",
    "internal.config.kubernetes.io/previousNames",
    "internal.config.kubernetes.io/previousNamespaces",
    "internal.config.kubernetes.io/prefixes",
    "internal.config.kubernetes.io/suffixes",
    "internal.config.kubernetes.io/allowNameChange",
    "internal.config.kubernetes.io/allowKindChange",
    "internal.config.kubernetes.io/refBy",
    "internal.config.kubernetes.io/generatorBehavior",
    "internal.config.kubernetes.io/needsHashSuffix",
];

/// Takes the annotations away that do not reach the output.
pub fn drop_notes(resource: &mut Resource) {
    let has_notes = resource
        .strings("annotations")
        .any(|(key, _)| NOTES.contains(&key));
    if !has_notes && !resource.is_annotated() {
        return;
    }
    if has_notes {
        let metadata = resource.metadata_mut(Place::default());
        if let Some(map) =
            metadata.and_then(|metadata| metadata.get_mut("annotations")?.as_map_mut())
        {
            map.entries.retain(|entry| !NOTES.contains(&&*entry.key));
        }
    }
    patches::normalise_annotations(resource.root_mut());
}

/// Whether an object is only for the build.
pub fn is_local(resource: &Resource) -> bool {
    let mut annotations = resource.strings("annotations");
    annotations.any(|(key, value)| key == "config.kubernetes.io/local-config" && value != "false")
}
