//! Images that a trigger of `OpenShift` writes whenever their stream has a new one: what is in their place is never pulled.

use crate::model::kubernetes::Object;
use crate::parse::yaml::tree::NodeId;

/// The annotation in which an object of Kubernetes has its triggers, as JSON.
const ANNOTATION: &str = "image.openshift.io/triggers";

/// Whether a trigger of the object writes the image of a container.
pub(super) fn writes(object: Object<'_>, container: NodeId) -> bool {
    let Some(name) = object.tree.text_at(container, "name") else {
        return false;
    };
    is_annotated(object, name) || is_in_triggers(object, name)
}

/// Whether triggers of the object write images of its containers, whichever these are.
pub(super) fn are_written(object: Object<'_>) -> bool {
    let Object { tree, node, .. } = object;
    let annotations = tree.at(node, &["metadata", "annotations"]);
    annotations.is_some_and(|annotations| tree.get(annotations, ANNOTATION).is_some())
        || (object.kind == "DeploymentConfig" && tree.at(node, &["spec", "triggers"]).is_some())
}

/// An annotation names the field that it writes: `spec.template.spec.containers[?(@.name=="web")].image`.
fn is_annotated(object: Object<'_>, name: &str) -> bool {
    let Object { tree, node, .. } = object;
    let annotations = tree.at(node, &["metadata", "annotations"]);
    let triggers = annotations.and_then(|annotations| tree.text_at(annotations, ANNOTATION));
    triggers.is_some_and(|triggers| {
        let quotes = ["\\\"", "\"", "'"];
        quotes
            .iter()
            .any(|quote| triggers.contains(&format!("{quote}{name}{quote}")))
            || triggers.contains("containers[0]")
    })
}

/// `triggers` of a `DeploymentConfig` list the containers whose images they write.
fn is_in_triggers(object: Object<'_>, name: &str) -> bool {
    let Object { tree, node, .. } = object;
    if object.kind != "DeploymentConfig" {
        return false;
    }
    let triggers = tree.at(node, &["spec", "triggers"]);
    let mut triggers = triggers
        .map(|list| tree.items(list))
        .unwrap_or_default()
        .iter();
    triggers.any(|trigger| {
        let names = tree.at(*trigger, &["imageChangeParams", "containerNames"]);
        let names = names.map(|list| tree.items(list)).unwrap_or_default();
        tree.text_at(*trigger, "type") == Some("ImageChange")
            && names.iter().any(|item| tree.text(*item) == Some(name))
    })
}
