//! `patches`, `patchesStrategicMerge` and `patchesJson6902`.

use std::sync::Arc;

use crate::render::kustomize::directive::DIRECTIVE;
use crate::render::kustomize::fields::Text;
use crate::render::kustomize::id::{DEFAULT_NAMESPACE, Id, NO_NAMESPACE};
use crate::render::kustomize::json_patch::JsonPatch;
use crate::render::kustomize::kustomization::Selector;
use crate::render::kustomize::merge;
use crate::render::kustomize::pattern::{LabelSelector, Pattern};
use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::resources::Resources;
use crate::render::kustomize::scalar::Tag;
use crate::render::kustomize::schema::Schema;
use crate::render::kustomize::tree::{Content, Map, Node, Place, Scalar};

/// A strategic merge patch.
#[derive(Clone, Debug)]
pub struct MergePatch {
    /// The document.
    pub resource: Resource,
    /// Whether it may change the name.
    pub renames: bool,
    /// Whether it may change the kind.
    pub changes_kind: bool,
}

/// Whether a patch found what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It did, or says by a selector what it is for.
    Yes,
    /// There is no such object, or there are several.
    NoTarget(Refusal),
}

/// Applies a merge patch to the object that it names.
pub fn merge_by_name(
    resources: &mut Resources,
    patch: &MergePatch,
    schema: &Schema,
) -> Outcome<Applied> {
    let id = patch.resource.original_id();
    let at = patch.resource.name_at();
    match resources.with_id(&id)[..] {
        [index] => {
            apply(resources, index, patch, schema, &patch.resource.root)?;
            Ok(Applied::Yes)
        }
        [] => {
            let message = format!(
                "the patch is for {id}, which the build does not have{}",
                near(resources, &id)
            );
            let refusal = Refusal::new(at, message).of(Cause::NoTarget);
            Ok(Applied::NoTarget(refusal))
        }
        _ => Ok(Applied::NoTarget(Refusal::new(
            at,
            format!("patch is for {id}, of which there are several"),
        ))),
    }
}

/// Whether a target asks for all objects of a kind, if there are any.
pub fn is_wildcard(selector: &Selector) -> bool {
    let parts = [&selector.name, &selector.labels, &selector.annotations];
    parts
        .iter()
        .all(|part| part.is_empty() || matches!(&*part.text, ".*" | "*"))
}

/// What a selector asks for, as a message says it.
pub fn described(selector: &Selector) -> Arc<str> {
    let kind = &selector.gvk.kind;
    let mut text = if kind.is_empty() {
        "object".to_owned()
    } else {
        kind.to_string()
    };
    let parts = [
        ("named", &selector.name),
        ("in namespace", &selector.namespace),
        ("with labels", &selector.labels),
        ("with annotations", &selector.annotations),
    ];
    for (word, part) in parts.into_iter().filter(|(_, part)| !part.is_empty()) {
        text += &format!(" {word} `{}`", part.text);
    }
    text.into()
}

/// Whether a selector asks for labels or annotations and names no object: it is for what may be added, too.
pub fn is_standing(selector: &Selector) -> bool {
    selector.name.is_empty() && !(selector.labels.is_empty() && selector.annotations.is_empty())
}

/// Whether a selector asks for a kind alone.
pub fn is_general(selector: &Selector) -> bool {
    let parts = [
        &selector.name,
        &selector.namespace,
        &selector.labels,
        &selector.annotations,
    ];
    parts.into_iter().all(Text::is_empty)
}

/// What comes near an object that is not there: one of its name in another namespace or another version, or others of its kind.
fn near(resources: &mut Resources, id: &Id) -> String {
    const SHOWN: usize = 3;
    let alike = resources.with_name(&id.name).to_vec();
    let list = resources.list();
    let of_kind = |other: &Id| other.gvk.kind == id.gvk.kind;
    let mut ids = alike.iter().map(|index| list[*index].current_id());
    if let Some(other) = ids.find(of_kind) {
        if other.namespace != id.namespace {
            let shown = |namespace: &str| match namespace {
                DEFAULT_NAMESPACE | NO_NAMESPACE => "no namespace".to_owned(),
                namespace => format!("namespace `{namespace}`"),
            };
            let (there, here) = (shown(&other.namespace), shown(&id.namespace));
            return format!(": there is one in {there}, and the patch names {here}");
        }
        return ": its `apiVersion` is of another group or version".to_owned();
    }
    let others = list.iter().map(Resource::current_id).filter(of_kind);
    let mut names: Vec<String> = others.map(|id| format!("`{}`", id.name)).collect();
    names.sort();
    names.dedup();
    match names.len() {
        0 => format!(": there is no {}", id.gvk.kind),
        1..=SHOWN => format!(": of {}, there is {}", id.gvk.kind, names.join(", ")),
        more => format!(": there are {more} others of {}", id.gvk.kind),
    }
}

/// Applies a merge patch to all objects that `selector` means, whatever the patch is called.
pub fn merge_selected(
    resources: &mut Resources,
    selector: &Selector,
    patch: &MergePatch,
    schema: &Schema,
) -> Outcome<()> {
    for index in select(resources, selector)? {
        let target = &resources.list()[index];
        let version = target.root.get("apiVersion").cloned();
        let mut root = (*patch.resource.root).clone();
        if let Some(map) = root.as_map_mut() {
            map.remove("apiVersion", Place::default());
            if let Some(version) = version {
                map.insert("apiVersion", version.at, version);
            }
        }
        apply(resources, index, patch, schema, &Arc::new(root))?;
    }
    Ok(())
}

fn apply(
    resources: &mut Resources,
    index: usize,
    patch: &MergePatch,
    schema: &Schema,
    root: &Arc<Node>,
) -> Outcome<()> {
    let may_rename = patch.renames || patch.changes_kind;
    let deletes = patch.resource.root.get(DIRECTIVE).is_some();
    let resource = if may_rename || deletes {
        &mut resources.list_mut()[index]
    } else {
        resources.content_mut(index)
    };
    if may_rename {
        resource.store_id();
    }
    let old = resource.root.clone();
    let merged = merge::merge(schema, &old, root)?;
    let Some(merged) = merged.filter(|merged| !merged.is_empty()) else {
        resource.root = Arc::new(Node::empty_map(root.at));
        return Ok(());
    };
    resource.root = merged;
    keep_identity(resource, &old, patch);
    normalise_annotations(resource.root_mut());
    Ok(())
}

/// Puts back the name, kind and namespace that a patch must not change.
fn keep_identity(resource: &mut Resource, old: &Node, patch: &MergePatch) {
    let restore = |into: &mut Map, from: Option<&Arc<Node>>, key: &str| {
        let kept = from.and_then(|from| from.as_map()?.entry(key));
        match kept {
            Some(entry) => match into.entries.iter_mut().find(|now| &*now.key == key) {
                Some(now) => *now = entry.clone(),
                None => into.entries.push(entry.clone()),
            },
            None => _ = into.remove(key, Place::default()),
        }
    };
    let old_metadata = old.get("metadata");
    let at = resource.root.at;
    let Some(root) = resource.root_mut().as_map_mut() else {
        return;
    };
    if !patch.changes_kind {
        let old = Arc::new(old.clone());
        restore(root, Some(&old), "kind");
    }
    let metadata = root.get_or_insert("metadata", || Node::empty_map(at), at);
    let Some(metadata) = metadata.as_map_mut() else {
        return;
    };
    if !patch.renames {
        restore(metadata, old_metadata, "name");
    }
    restore(metadata, old_metadata, "namespace");
}

/// Applies a JSON patch to all objects that `selector` means. `stores_id` notes what they are called, as `patches` do.
pub fn json(
    resources: &mut Resources,
    selector: &Selector,
    patch: &JsonPatch,
    stores_id: bool,
) -> Outcome<()> {
    for index in select(resources, selector)? {
        let resource = &mut resources.list_mut()[index];
        if stores_id {
            resource.store_id();
        }
        // Notes of kustomize's own stand in the annotations, so there always are some.
        if resource.is_annotated() {
            let at = resource.root.at;
            if let Some(metadata) = resource.metadata_mut(at) {
                metadata.get_or_insert("annotations", || Node::empty_map(at), at);
            }
        }
        patch.apply(resource.root_mut())?;
        normalise_annotations(resource.root_mut());
    }
    Ok(())
}

/// Annotations are text, and an empty list of them is none.
pub fn normalise_annotations(root: &mut Node) {
    let needs = |map: &Map| {
        map.entries.is_empty()
            || map.entries.iter().any(|entry| {
                entry
                    .value
                    .as_scalar()
                    .is_none_or(|scalar| scalar.tag != Tag::Text)
            })
    };
    let annotations = root.at_path(&["metadata", "annotations"]);
    if !annotations.is_some_and(|node| node.as_map().is_none_or(needs)) {
        return;
    }
    let Some(metadata) = root
        .as_map_mut()
        .and_then(|root| root.get_mut("metadata")?.as_map_mut())
    else {
        return;
    };
    if metadata
        .get("annotations")
        .is_some_and(|node| node.is_null())
    {
        metadata.remove("annotations", Place::default());
        return;
    }
    let Some(Content::Map(map)) = metadata
        .get_mut("annotations")
        .map(|node| &mut node.content)
    else {
        return;
    };
    for entry in &mut map.entries {
        let text = entry.value.as_str().unwrap_or_default().to_owned();
        let value = Arc::make_mut(&mut entry.value);
        value.content = Content::Scalar(Scalar {
            text: Arc::from(text),
            tag: Tag::Text,
            quoted: true,
        });
    }
    if map.entries.is_empty() && map.removed.is_empty() {
        metadata.remove("annotations", Place::default());
    } else if map.entries.is_empty() {
        let by = map.removed[0].by;
        metadata.remove("annotations", by);
    }
}

/// The objects that a selector means, ascending: its names are those that they have or had first.
pub fn select(resources: &Resources, selector: &Selector) -> Outcome<Vec<usize>> {
    let at = selector.at;
    let pattern = |text: &str| Pattern::new(text, at);
    let (group, version, kind) = (
        pattern(&selector.gvk.group)?,
        pattern(&selector.gvk.version)?,
        pattern(&selector.gvk.kind)?,
    );
    let (name, namespace) = (
        pattern(&selector.name.text)?,
        pattern(&selector.namespace.text)?,
    );
    let labels = LabelSelector::new(&selector.labels.text, at)?;
    let annotations = LabelSelector::new(&selector.annotations.text, at)?;
    let is_meant = |resource: &Resource| {
        let (own_group, own_version) =
            crate::render::kustomize::id::split_version(resource.api_version());
        if resource.root.is_empty()
            || !kind.matches(resource.kind())
            || !group.matches(own_group)
            || !version.matches(own_version)
        {
            return false;
        }
        let original = resource.original_id();
        (namespace.is_any()
            || namespace.matches(&original.namespace)
            || namespace.matches(resource.effective_namespace()))
            && (name.matches(&original.name) || name.matches(resource.name()))
            && labels.matches(resource, "labels")
            && annotations.matches(resource, "annotations")
    };
    let meant = resources.list().iter().enumerate();
    Ok(meant
        .filter(|(_, resource)| is_meant(resource))
        .map(|(index, _)| index)
        .collect())
}
