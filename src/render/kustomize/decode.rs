//! Reads the root of a kustomization file.

use std::sync::Arc;

use crate::render::kustomize::decode_entries as entries;
use crate::render::kustomize::fields::{self, Fields, Text};
use crate::render::kustomize::kustomization::{
    GeneratorOptions, Inline, Kustomization, ReplacementField, Sort,
};
use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::tree::Node;

/// All fields of a kustomization.
const KNOWN: &[&str] = &[
    "apiVersion",
    "kind",
    "metadata",
    "openapi",
    "namePrefix",
    "nameSuffix",
    "namespace",
    "commonLabels",
    "labels",
    "commonAnnotations",
    "patchesStrategicMerge",
    "patchesJson6902",
    "patches",
    "images",
    "imageTags",
    "replacements",
    "replicas",
    "vars",
    "sortOptions",
    "resources",
    "components",
    "crds",
    "bases",
    "configMapGenerator",
    "secretGenerator",
    "helmGlobals",
    "helmCharts",
    "helmChartInflationGenerator",
    "generatorOptions",
    "configurations",
    "generators",
    "transformers",
    "validators",
    "buildMetadata",
];
/// Fields that others have taken the place of.
const DEPRECATED: &[&str] = &[
    "bases",
    "commonLabels",
    "imageTags",
    "patchesJson6902",
    "patchesStrategicMerge",
    "vars",
    "helmChartInflationGenerator",
];

/// Reads a kustomization from the document of its file.
pub fn kustomization(root: &Node) -> Outcome<Kustomization> {
    let top = Fields::new(root, KNOWN).map_err(|refusal| {
        if is_kustomize(root) {
            refusal
        } else {
            refusal.of(Cause::Other)
        }
    })?;
    let mut made = Kustomization {
        file: root.at.file,
        is_component: is_component(top)?,
        ..Kustomization::default()
    };
    let is_header = |key: &str| {
        ["apiVersion", "kind"]
            .iter()
            .any(|name| name.eq_ignore_ascii_case(key))
    };
    let map = root.as_map().map_or(&[][..], |map| &map.entries);
    if map
        .iter()
        .all(|entry| is_header(&entry.key) || entry.value.is_null())
    {
        return Err(Refusal::new(root.at, "kustomization is empty"));
    }
    check_metadata(top)?;
    made.deprecated = DEPRECATED
        .iter()
        .filter_map(|name| {
            let at = top.get(name).and_then(|_| top.key_at(name))?;
            let text = Arc::from(*name);
            Some(Text { text, at })
        })
        .collect();
    paths(top, &mut made)?;
    transformers(top, &mut made)?;
    generators(top, &mut made)?;
    Ok(made)
}

/// Whether a document says that kustomize reads it: a file of that name may hold an object of Flux, or be something else.
fn is_kustomize(root: &Node) -> bool {
    let text = |key: &str| root.get(key).and_then(|node| node.as_str());
    if let Some(version) = text("apiVersion") {
        return version.starts_with("kustomize.config.k8s.io/");
    }
    let map = root.as_map().map_or(&[][..], |map| &map.entries);
    text("kind").is_none_or(|kind| kind == "Kustomization")
        && map.iter().any(|entry| KNOWN[3..].contains(&&*entry.key))
}

fn is_component(top: Fields<'_>) -> Outcome<bool> {
    let (kind, version) = (top.text("kind")?, top.text("apiVersion")?);
    let (is_component, want) = match &*kind.text {
        "" | "Kustomization" => (false, "kustomize.config.k8s.io/v1beta1"),
        "Component" => (true, "kustomize.config.k8s.io/v1alpha1"),
        _ => {
            return Err(Refusal::new(
                kind.at,
                "`kind` must be Kustomization or Component",
            ));
        }
    };
    if !version.is_empty() && &*version.text != want {
        return Err(Refusal::new(
            version.at,
            format!("`apiVersion` must be {want}"),
        ));
    }
    Ok(is_component)
}

fn check_metadata(top: Fields<'_>) -> Outcome<()> {
    let Some(node) = top.get("metadata") else {
        return Ok(());
    };
    let metadata = Fields::new(node, &["name", "namespace", "labels", "annotations"])?;
    metadata.text("name")?;
    metadata.text("namespace")?;
    metadata.pairs("labels")?;
    metadata.pairs("annotations").map(|_| ())
}

fn paths(top: Fields<'_>, made: &mut Kustomization) -> Outcome<()> {
    made.resources = top.texts("resources")?;
    made.resources.extend(top.texts("bases")?);
    made.components = top.texts("components")?;
    made.crds = top.texts("crds")?;
    made.configurations = top.texts("configurations")?;
    made.generators = inlines(top, "generators")?;
    made.transformers = inlines(top, "transformers")?;
    made.validators = inlines(top, "validators")?;
    made.merge_patches = inlines(top, "patchesStrategicMerge")?;
    made.build_metadata = top.texts("buildMetadata")?;
    if let Some(node) = top.get("openapi") {
        let openapi = Fields::new(node, &["path", "version"])?;
        made.schema = Some(openapi.text("path")?).filter(|path| !path.is_empty());
    }
    Ok(())
}

fn inlines(top: Fields<'_>, name: &str) -> Outcome<Vec<Inline>> {
    top.each(name, |node| {
        let text = fields::text(node)?;
        let node = node.clone();
        Ok(Inline { text, node })
    })
}

fn transformers(top: Fields<'_>, made: &mut Kustomization) -> Outcome<()> {
    made.name_prefix = top.text("namePrefix")?;
    made.name_suffix = top.text("nameSuffix")?;
    made.namespace = top.text("namespace")?;
    made.common_labels = top.pairs("commonLabels")?;
    made.labels = top.each("labels", |node| entries::labels(node))?;
    made.common_annotations = top.pairs("commonAnnotations")?;
    made.patches = top.each("patches", entries::patch)?;
    made.json_patches = top.each("patchesJson6902", entries::patch)?;
    made.images = top.each("images", |node| entries::image(node))?;
    made.images
        .extend(top.each("imageTags", |node| entries::image(node))?);
    made.replicas = top.each("replicas", |node| entries::replicas(node))?;
    made.vars = top.each("vars", |node| entries::var(node))?;
    made.replacements = top.each("replacements", |node| {
        let path = node.get("path").filter(|path| !path.is_null());
        match path {
            Some(path) => {
                Fields::new(node, &["path"])?;
                fields::text(path).map(ReplacementField::Path)
            }
            None => entries::replacement(node).map(|made| ReplacementField::Inline(Box::new(made))),
        }
    })?;
    made.sort = top.get("sortOptions").map(|node| sort(node)).transpose()?;
    Ok(())
}

fn generators(top: Fields<'_>, made: &mut Kustomization) -> Outcome<()> {
    made.generator_options = match top.get("generatorOptions") {
        Some(node) => entries::generator_options(node)?,
        None => GeneratorOptions::default(),
    };
    made.config_maps = top.each("configMapGenerator", |node| entries::generator(node, false))?;
    made.secrets = top.each("secretGenerator", |node| entries::generator(node, true))?;
    made.charts = top.each("helmCharts", |node| entries::chart(node))?;
    made.charts
        .extend(top.each("helmChartInflationGenerator", |node| {
            entries::old_chart(node)
        })?);
    if let Some(node) = top.get("helmGlobals") {
        let globals = Fields::new(node, &["chartHome", "configHome"])?;
        made.chart_home = globals.text("chartHome")?;
    }
    Ok(())
}

fn sort(node: &Node) -> Outcome<Sort> {
    let options = Fields::new(node, &["order", "legacySortOptions"])?;
    let order = options.text("order")?;
    let is_legacy = match &*order.text {
        "legacy" => true,
        "fifo" => false,
        _ => return Err(Refusal::new(order.at, "`order` must be legacy or fifo")),
    };
    let Some(node) = options.get("legacySortOptions") else {
        return Ok(Sort {
            is_legacy,
            order: None,
        });
    };
    if !is_legacy {
        return Err(Refusal::new(
            node.at,
            "`legacySortOptions` need the order legacy",
        ));
    }
    let legacy = Fields::new(node, &["orderFirst", "orderLast"])?;
    let order = Some((legacy.texts("orderFirst")?, legacy.texts("orderLast")?));
    Ok(Sort { is_legacy, order })
}
