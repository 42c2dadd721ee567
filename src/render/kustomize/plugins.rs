//! The built-in plugins that files under `generators` and `transformers` configure; others are programs, which are not run.

use std::sync::Arc;

use crate::render::kustomize::accumulated::{Accumulated, Walk};
use crate::render::kustomize::decode_entries as entries;
use crate::render::kustomize::engine::Engine;
use crate::render::kustomize::field::{self, FieldSpec, Make};
use crate::render::kustomize::fields::fields_of;
use crate::render::kustomize::fields::{self, Fields, Text};
use crate::render::kustomize::generate::{self, Kind};
use crate::render::kustomize::generators::absorb;
use crate::render::kustomize::hash;
use crate::render::kustomize::images;
use crate::render::kustomize::kustomization::{GeneratorOptions, Inline, ReplacementField};
use crate::render::kustomize::labels;
use crate::render::kustomize::loader::Folder;
use crate::render::kustomize::names::{self, End, Namespace, Subjects};
use crate::render::kustomize::patches;
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::resource::Resource;
use crate::render::kustomize::scalar::Tag;
use crate::render::kustomize::transform::{merge_by_name, replace_one};
use crate::render::kustomize::tree::{Node, Place};

impl Engine<'_> {
    /// Runs a generator of a configuration.
    pub(super) fn run_generator(
        &mut self,
        folder: &Folder,
        plugin: &Resource,
        into: &mut Accumulated,
        walk: &Walk,
    ) -> Outcome<()> {
        let root = &plugin.root;
        let kind = match (plugin.api_version(), plugin.kind()) {
            ("builtin", "ConfigMapGenerator") => Kind::ConfigMap,
            ("builtin", "SecretGenerator") => Kind::Secret,
            ("builtin", "HelmChartInflationGenerator") => {
                let fields = fields_of(root, &[])?;
                into.has_charts = true;
                let chart = entries::chart(&without_header(root))?;
                return self.add_chart(folder, &chart, &fields.text("chartHome")?, into, walk);
            }
            ("builtin", kind) => {
                let message = format!("there is no built-in generator {kind}");
                return Err(Refusal::new(root.at, message));
            }
            (_, kind) => {
                into.leave_out(root.at, format!("generator {kind} is not run"));
                return Ok(());
            }
        };
        let mut generator = entries::generator_of(fields_of(root, &[])?)?;
        if generator.name.is_empty() {
            generator.name = metadata(plugin, "name");
        }
        if generator.namespace.is_empty() {
            generator.namespace = metadata(plugin, "namespace");
        }
        let global = GeneratorOptions::default();
        let made = generate::make(&mut self.loader, folder, &generator, kind, &global)?;
        absorb(into, made, root.at)
    }

    /// Runs a transformer of a configuration.
    pub(super) fn run_transformer(
        &mut self,
        folder: &Folder,
        plugin: &Resource,
        into: &mut Accumulated,
        walk: &Walk,
    ) -> Outcome<()> {
        let root = &plugin.root;
        if plugin.api_version() != "builtin" {
            into.leave_out(root.at, format!("transformer {} is not run", plugin.kind()));
            return Ok(());
        }
        let fields = fields_of(root, &[])?;
        let specs = || fields.each("fieldSpecs", |node| entries::field_spec(node));
        match plugin.kind() {
            "PrefixTransformer" => affix(into, End::Prefix, &fields.text("prefix")?, &specs()?),
            "SuffixTransformer" => affix(into, End::Suffix, &fields.text("suffix")?, &specs()?),
            "PrefixSuffixTransformer" => {
                affix(into, End::Prefix, &fields.text("prefix")?, &specs()?)?;
                affix(into, End::Suffix, &fields.text("suffix")?, &specs()?)
            }
            "NamespaceTransformer" => namespace(into, fields, plugin, &specs()?),
            "LabelTransformer" => {
                labels::set_all(&mut into.resources, &fields.pairs("labels")?, &specs()?)
            }
            "AnnotationsTransformer" => labels::set_all(
                &mut into.resources,
                &fields.pairs("annotations")?,
                &specs()?,
            ),
            "ImageTagTransformer" => match fields.get("imageTag") {
                Some(node) => {
                    images::set_image(&mut into.resources, &entries::image(node)?, &specs()?)
                }
                None => Ok(()),
            },
            "ReplicaCountTransformer" => replicas(into, fields, &specs()?),
            "HashTransformer" => hash::append(&mut into.resources),
            "PatchTransformer" => {
                self.patch(folder, &entries::patch_of(fields, "patch")?, into, walk)
            }
            "PatchJson6902Transformer" => {
                self.old_json_patch(folder, &entries::patch_of(fields, "jsonOp")?, into)
            }
            "PatchStrategicMergeTransformer" => self.merge_plugin(folder, fields, into, walk),
            "ReplacementTransformer" => self.replacement_plugin(folder, fields, into),
            "ValueAddTransformer" => add_value(into, fields, folder),
            kind => {
                let message = format!("there is no built-in transformer {kind}");
                Err(Refusal::new(root.at, message))
            }
        }
    }

    fn merge_plugin(
        &mut self,
        folder: &Folder,
        fields: Fields<'_>,
        into: &mut Accumulated,
        walk: &Walk,
    ) -> Outcome<()> {
        let inline = |node: &Arc<Node>| {
            let text = fields::text(node)?;
            let node = node.clone();
            Ok(Inline { text, node })
        };
        let mut all: Vec<Inline> = fields.each("paths", inline)?;
        if let Some(node) = fields.get("patches") {
            all.push(inline(node)?);
        }
        for entry in all {
            for patch in self.merge_patches(folder, &entry, into)? {
                merge_by_name(&patch, into, walk)?;
            }
        }
        Ok(())
    }

    fn replacement_plugin(
        &mut self,
        folder: &Folder,
        fields: Fields<'_>,
        into: &mut Accumulated,
    ) -> Outcome<()> {
        let all = fields.each("replacements", |node| match node.get("path") {
            Some(path) => fields::text(path).map(ReplacementField::Path),
            None => entries::replacement(node).map(|made| ReplacementField::Inline(Box::new(made))),
        })?;
        for field in all {
            for replacement in self.replacements(folder, &field, into)? {
                replace_one(into, &replacement)?;
            }
        }
        Ok(())
    }
}

/// A configuration's fields without those that name it.
fn without_header(root: &Node) -> Node {
    let mut node = root.clone();
    if let Some(map) = node.as_map_mut() {
        let is_header = |key: &str| {
            ["apiVersion", "kind", "metadata", "chartHome", "configHome"].contains(&key)
        };
        map.entries.retain(|entry| !is_header(&entry.key));
    }
    node
}

/// A field of the metadata of a configuration.
fn metadata(plugin: &Resource, field: &str) -> Text {
    let node = plugin.root.at_path(&["metadata", field]);
    let text = node.and_then(Node::as_str).unwrap_or_default();
    Text {
        text: Arc::from(text),
        at: node.map_or(plugin.root.at, |node| node.at),
    }
}

fn affix(into: &mut Accumulated, end: End, text: &Text, specs: &[FieldSpec]) -> Outcome<()> {
    if specs.is_empty() {
        return Err(Refusal::new(text.at, "transformer has no `fieldSpecs`"));
    }
    names::affix(&mut into.resources, end, text, specs)
}

fn namespace(
    into: &mut Accumulated,
    fields: Fields<'_>,
    plugin: &Resource,
    specs: &[FieldSpec],
) -> Outcome<()> {
    let mode = fields.text("setRoleBindingSubjects")?;
    let subjects = match &*mode.text {
        "" | "defaultOnly" => Subjects::NamedDefault,
        "allServiceAccounts" => Subjects::ServiceAccounts,
        "none" => Subjects::None,
        _ => {
            return Err(Refusal::new(
                mode.at,
                "must be defaultOnly, allServiceAccounts or none",
            ));
        }
    };
    let name = metadata(plugin, "namespace");
    let namespace = Namespace {
        name: &name,
        specs,
        subjects,
        only_unset: fields.flag("unsetOnly")?,
    };
    names::namespace(&mut into.resources, &namespace)
}

/// Writes a text into fields, which are made where they are not there; without a text, the name of the kustomization's folder.
fn add_value(into: &mut Accumulated, fields: Fields<'_>, folder: &Folder) -> Outcome<()> {
    let mut value = fields.text("value")?;
    value.text = Arc::from(value.text.trim());
    if value.is_empty() {
        value.text = Arc::from(folder.0.rsplit('/').next().unwrap_or_default());
    }
    for target in fields.list("targets")? {
        let target = fields_of(target, &[])?;
        if fields.get("targetFilePath").is_some() || target.number("filePathPosition")?.is_some() {
            into.leave_out(target.at(), "parts of paths are not added".to_owned());
            continue;
        }
        let path = target.text("fieldPath")?;
        let selector = target.get("selector").map(|node| entries::selector(node));
        let selector = selector.transpose()?.unwrap_or_default();
        let spec = FieldSpec::everywhere(&path.text);
        for index in patches::select(&into.resources, &selector)? {
            let resource = &mut into.resources.list_mut()[index];
            let is_namespace = &*path.text == "metadata/namespace";
            if is_namespace && resource.is_cluster_scoped() {
                continue;
            }
            field::change(resource, &spec, Make::Scalar, value.at, &mut |node| {
                let tag = is_namespace.then_some(Tag::Text);
                field::set_scalar(node, &value.text, tag, value.at)
            })?;
        }
    }
    Ok(())
}

fn replicas(into: &mut Accumulated, fields: Fields<'_>, specs: &[FieldSpec]) -> Outcome<()> {
    let Some(node) = fields.get("replica") else {
        return Err(Refusal::new(fields.at(), "transformer has no `replica`"));
    };
    let entry = entries::replicas(node)?;
    let is_found = images::set_replicas(&mut into.resources, &entry, specs)?;
    if is_found || !into.missing.is_empty() {
        return Ok(());
    }
    let at: Place = entry.name.at;
    Err(Refusal::new(
        at,
        format!("nothing with replicas is called `{}`", entry.name.text),
    ))
}
