//! What the transformers of one kustomization do to its objects, in their fixed order.

use std::sync::Arc;

use crate::render::kustomize::accumulated::{Accumulated, Unmatched, Walk};
use crate::render::kustomize::decode_entries;
use crate::render::kustomize::engine::Engine;
use crate::render::kustomize::images;
use crate::render::kustomize::json_patch;
use crate::render::kustomize::kustomization::{
    Inline, Kustomization, Patch, Replacement, ReplacementField,
};
use crate::render::kustomize::labels;
use crate::render::kustomize::loader::Folder;
use crate::render::kustomize::names::{self, End, Namespace, Subjects};
use crate::render::kustomize::objects;
use crate::render::kustomize::patches::{self, Applied, MergePatch};
use crate::render::kustomize::read::Document;
use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::replace;
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::tree::{Node, Place};

impl Engine<'_> {
    /// Runs the transformers of a kustomization.
    pub(super) fn transform(
        &mut self,
        folder: &Folder,
        kustomization: &Kustomization,
        into: &mut Accumulated,
        walk: &mut Walk,
    ) -> Outcome<()> {
        self.patch_all(folder, kustomization, into, walk)?;
        name_and_label(kustomization, into)?;
        let config = into.config.clone();
        for patch in &kustomization.json_patches {
            self.old_json_patch(folder, patch, into)?;
        }
        for entry in &kustomization.replicas {
            let is_found = images::set_replicas(&mut into.resources, entry, &config.replicas)?;
            if !is_found && into.missing.is_empty() {
                let message = format!("nothing with replicas is called `{}`", entry.name.text);
                return Err(Refusal::new(entry.name.at, message).of(Cause::NoObject));
            }
        }
        for image in &kustomization.images {
            images::set_image(&mut into.resources, image, &config.images)?;
        }
        for field in &kustomization.replacements {
            for replacement in self.replacements(folder, field, into)? {
                replace_one(into, &replacement)?;
            }
        }
        for plugin in self.plugins(folder, &kustomization.transformers, into, walk)? {
            self.run_transformer(folder, &plugin, into, walk)?;
            into.resources.drop_empty();
        }
        for plugin in self.plugins(folder, &kustomization.validators, into, walk)? {
            into.leave_out(
                plugin.root.at,
                format!("validator {} is not run", plugin.kind()),
            );
        }
        Ok(())
    }

    fn patch_all(
        &mut self,
        folder: &Folder,
        kustomization: &Kustomization,
        into: &mut Accumulated,
        walk: &Walk,
    ) -> Outcome<()> {
        let mut merges = Vec::new();
        for inline in &kustomization.merge_patches {
            merges.extend(self.merge_patches(folder, inline, into)?);
        }
        for patch in &merges {
            merge_by_name(patch, into, walk)?;
        }
        into.resources.drop_empty();
        for patch in &kustomization.patches {
            self.patch(folder, patch, into, walk)?;
            into.resources.drop_empty();
        }
        Ok(())
    }

    /// The patches of an entry of `patchesStrategicMerge`.
    pub(super) fn merge_patches(
        &mut self,
        folder: &Folder,
        inline: &Inline,
        into: &mut Accumulated,
    ) -> Outcome<Vec<MergePatch>> {
        let written = self.loader.inline(&inline.node, false).ok();
        let is_inline = written.as_ref().is_some_and(|documents| {
            documents
                .iter()
                .any(|document| document.root.as_map().is_some())
        });
        let objects = match written {
            Some(documents) if is_inline => objects::of(&documents)?,
            _ => {
                let file = self.loader.file(folder, &inline.text)?;
                into.files.insert(file);
                let objects = self
                    .objects_of(file)
                    .map_err(|refusal| refusal.or_at(inline.text.at))?;
                objects.to_vec()
            }
        };
        let patch = |resource: Resource| MergePatch {
            resource,
            renames: false,
            changes_kind: false,
        };
        Ok(objects.into_iter().map(patch).collect())
    }

    /// The documents of a patch, from its file or out of the kustomization.
    pub(super) fn patch_documents(
        &mut self,
        folder: &Folder,
        patch: &Patch,
        into: &mut Accumulated,
    ) -> Outcome<Arc<Vec<Document>>> {
        match (&patch.inline, patch.path.is_empty()) {
            (Some(_), false) => Err(Refusal::new(patch.at, "patch has both a path and a text")),
            (None, true) => Err(Refusal::new(
                patch.at,
                "patch has neither a path nor a text",
            )),
            (Some(inline), true) => self.loader.inline(&inline.node, true).map(Arc::new),
            (None, false) => {
                let file = self.loader.file(folder, &patch.path)?;
                into.files.insert(file);
                self.loader.documents(file)
            }
        }
    }

    /// A JSON patch that begins with a bracket is JSON, not the YAML that looks like it.
    fn check_json(&self, patch: &Patch, list: &Node) -> Outcome<()> {
        let file = self
            .loader
            .source(list.at.file)
            .map(|source| source.text.clone());
        let text = match &patch.inline {
            Some(inline) => inline.text.text.clone(),
            None => file.unwrap_or_default(),
        };
        let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
        if text.trim_start().starts_with('[') && !is_json() {
            return Err(Refusal::new(
                list.at,
                "a JSON patch in brackets must be JSON",
            ));
        }
        Ok(())
    }

    fn is_in_component(&mut self, folder: &Folder) -> bool {
        let kustomization = self.kustomization(folder, Place::default());
        kustomization.is_ok_and(|kustomization| kustomization.is_component)
    }

    /// Applies an entry of `patches`.
    pub(super) fn patch(
        &mut self,
        folder: &Folder,
        patch: &Patch,
        into: &mut Accumulated,
        walk: &Walk,
    ) -> Outcome<()> {
        let documents = self.patch_documents(folder, patch, into)?;
        if let Some(target) = &patch.target
            && !patches::is_wildcard(target)
        {
            if patches::select(&into.resources, target)?.is_empty() {
                let unmatched = Unmatched {
                    target: patches::described(target),
                    is_general: patches::is_standing(target)
                        || self.is_in_component(folder) && patches::is_general(target),
                };
                into.unmatched.insert(patch.at, unmatched);
            } else {
                into.matched.insert(patch.at);
            }
        }
        let mut lists = documents
            .iter()
            .take(1)
            .filter(|document| document.root.as_list().is_some());
        if let Some(list) = lists.next() {
            self.check_json(patch, &list.root)?;
            let Some(target) = &patch.target else {
                return Err(Refusal::new(patch.at, "a JSON patch needs a `target`"));
            };
            let operations = json_patch::read(&list.root)?;
            return patches::json(&mut into.resources, target, &operations, true);
        }
        let objects = objects::of(&documents)?;
        if patch.target.is_some() && objects.len() > 1 {
            return Err(Refusal::new(
                patch.at,
                "several patches in one entry cannot have a `target`",
            ));
        }
        for resource in objects {
            let merge = MergePatch {
                resource,
                renames: patch.renames,
                changes_kind: patch.changes_kind,
            };
            match &patch.target {
                Some(target) => {
                    patches::merge_selected(&mut into.resources, target, &merge, &walk.schema)?;
                }
                None => merge_by_name(&merge, into, walk)?,
            }
        }
        Ok(())
    }

    /// Applies an entry of `patchesJson6902`.
    pub(super) fn old_json_patch(
        &mut self,
        folder: &Folder,
        patch: &Patch,
        into: &mut Accumulated,
    ) -> Outcome<()> {
        let target = patch
            .target
            .as_ref()
            .filter(|target| !target.name.is_empty());
        let Some(target) = target else {
            return Err(Refusal::new(patch.at, "patch has no target with a `name`"));
        };
        let documents = self.patch_documents(folder, patch, into)?;
        let nothing = || Refusal::new(patch.at, "patch is empty");
        let operations = json_patch::read(&documents.first().ok_or_else(nothing)?.root)?;
        if operations.is_empty() {
            return Err(nothing());
        }
        patches::json(&mut into.resources, target, &operations, false)
    }

    /// The replacements of an entry, which may be a file of them.
    pub(super) fn replacements(
        &mut self,
        folder: &Folder,
        field: &ReplacementField,
        into: &mut Accumulated,
    ) -> Outcome<Vec<Replacement>> {
        let path = match field {
            ReplacementField::Inline(replacement) => return Ok(vec![(**replacement).clone()]),
            ReplacementField::Path(path) => path,
        };
        let file = self.loader.file(folder, path)?;
        into.files.insert(file);
        let documents = self.loader.documents(file)?;
        let Some(root) = documents.first().map(|document| &document.root) else {
            return Err(Refusal::new(path.at, "file of replacements is empty"));
        };
        match root.as_list() {
            Some(items) => items
                .iter()
                .map(|item| decode_entries::replacement(item))
                .collect(),
            None => decode_entries::replacement(root).map(|replacement| vec![replacement]),
        }
    }
}

/// Namespace, prefix and suffix, labels and annotations.
fn name_and_label(kustomization: &Kustomization, into: &mut Accumulated) -> Outcome<()> {
    let config = into.config.clone();
    let resources = &mut into.resources;
    names::namespace(
        resources,
        &Namespace {
            name: &kustomization.namespace,
            specs: &config.namespace,
            subjects: Subjects::NamedDefault,
            only_unset: false,
        },
    )?;
    let (prefix, suffix) = (&kustomization.name_prefix, &kustomization.name_suffix);
    if !prefix.is_empty() {
        names::affix(resources, End::Prefix, prefix, &config.name_prefix)?;
    }
    if !suffix.is_empty() {
        names::affix(resources, End::Suffix, suffix, &config.name_suffix)?;
    }
    for entry in &kustomization.labels {
        labels::set_all(resources, &entry.pairs, &labels::specs(entry, &config)?)?;
    }
    labels::set_all(
        resources,
        &kustomization.common_labels,
        &config.common_labels,
    )?;
    labels::set_all(
        resources,
        &kustomization.common_annotations,
        &config.common_annotations,
    )?;
    Ok(())
}

/// Applies a merge patch to the object that it names; where something is missing, it may be that.
pub(super) fn merge_by_name(
    patch: &MergePatch,
    into: &mut Accumulated,
    walk: &Walk,
) -> Outcome<()> {
    match patches::merge_by_name(&mut into.resources, patch, &walk.schema)? {
        Applied::NoTarget(refusal) if into.missing.is_empty() => Err(refusal),
        _ => Ok(()),
    }
}

/// Applies a replacement; where something is missing, its source may be that.
pub(super) fn replace_one(into: &mut Accumulated, replacement: &Replacement) -> Outcome<()> {
    let is_done = replace::apply(&mut into.resources, replacement)?;
    if is_done || !into.missing.is_empty() {
        return Ok(());
    }
    let at = replacement
        .source
        .as_ref()
        .map_or(replacement.at, |source| source.at);
    let named = replacement.source.as_ref().map(|source| {
        let kind = if source.gvk.kind.is_empty() {
            "object"
        } else {
            &source.gvk.kind
        };
        format!(
            "there is no {} `{}`, which this replacement reads",
            kind.escape_debug(),
            source.name.text.escape_debug()
        )
    });
    let message = named.unwrap_or_else(|| "source of this replacement is not there".to_owned());
    Err(Refusal::new(at, message).of(Cause::NoObject))
}
