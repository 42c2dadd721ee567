//! Reads the entries of a kustomization file's lists; transformer and generator files use the same ones.

use std::sync::Arc;

use crate::render::kustomize::field::FieldSpec;
use crate::render::kustomize::fields::{Fields, Text};
use crate::render::kustomize::id::{self, Gvk};
use crate::render::kustomize::kustomization::{
    Chart, FieldOptions, Generator, GeneratorOptions, Image, Inline, Labels, Patch, Replacement,
    Replicas, Selector, Source, Target, Var,
};
use crate::render::kustomize::refusal::{Outcome, Refusal};
use crate::render::kustomize::resource::Behavior;
use crate::render::kustomize::tree::Node;

/// Group, version and kind of a mapping.
pub fn gvk(fields: Fields<'_>) -> Outcome<Gvk> {
    Ok(Gvk {
        group: fields.text("group")?.text,
        version: fields.text("version")?.text,
        kind: fields.text("kind")?.text,
    })
}

/// A field spec.
pub fn field_spec(node: &Node) -> Outcome<FieldSpec> {
    let fields = Fields::new(node, &["group", "version", "kind", "path", "create"])?;
    Ok(FieldSpec {
        gvk: gvk(fields)?,
        path: fields.text("path")?.text,
        create: fields.flag("create")?,
    })
}

/// An entry of `labels`.
pub fn labels(node: &Node) -> Outcome<Labels> {
    const KNOWN: &[&str] = &[
        "pairs",
        "includeSelectors",
        "includeTemplates",
        "includeVolumeClaimTemplates",
        "fields",
    ];
    let fields = Fields::new(node, KNOWN)?;
    Ok(Labels {
        pairs: fields.pairs("pairs")?,
        in_selectors: fields.flag("includeSelectors")?,
        in_templates: fields.flag("includeTemplates")?,
        in_claims: fields.flag("includeVolumeClaimTemplates")?,
        fields: fields.each("fields", |node| field_spec(node))?,
        at: node.at,
    })
}

/// An entry of `patches` or `patchesJson6902`.
pub fn patch(node: &Arc<Node>) -> Outcome<Patch> {
    patch_of(
        Fields::new(node, &["path", "patch", "target", "options"])?,
        "patch",
    )
}

/// A patch whose inline text is in the field `inline`.
pub fn patch_of(fields: Fields<'_>, inline: &str) -> Outcome<Patch> {
    let mut patch = Patch {
        path: fields.text("path")?,
        inline: None,
        target: fields
            .get("target")
            .map(|node| selector(node))
            .transpose()?,
        renames: false,
        changes_kind: false,
        at: fields.at(),
    };
    let text = fields.text(inline)?;
    if let Some(node) = fields.get(inline).filter(|_| !text.text.trim().is_empty()) {
        let node = node.clone();
        patch.inline = Some(Inline { text, node });
    }
    if let Some(node) = fields.get("options") {
        let options = Fields::new(node, &["allowNameChange", "allowKindChange"])?;
        patch.renames = options.flag("allowNameChange")?;
        patch.changes_kind = options.flag("allowKindChange")?;
    }
    Ok(patch)
}

/// A selector of objects.
pub fn selector(node: &Node) -> Outcome<Selector> {
    const KNOWN: &[&str] = &[
        "group",
        "version",
        "kind",
        "name",
        "namespace",
        "annotationSelector",
        "labelSelector",
    ];
    let fields = Fields::new(node, KNOWN)?;
    Ok(Selector {
        gvk: gvk(fields)?,
        name: fields.text("name")?,
        namespace: fields.text("namespace")?,
        labels: fields.text("labelSelector")?,
        annotations: fields.text("annotationSelector")?,
        at: node.at,
    })
}

/// An entry of `images`.
pub fn image(node: &Node) -> Outcome<Image> {
    let fields = Fields::new(node, &["name", "newName", "newTag", "tagSuffix", "digest"])?;
    Ok(Image {
        name: fields.text("name")?,
        new_name: fields.text("newName")?,
        new_tag: fields.text("newTag")?,
        tag_suffix: fields.text("tagSuffix")?,
        digest: fields.text("digest")?,
        at: node.at,
    })
}

/// An entry of `replicas`.
pub fn replicas(node: &Node) -> Outcome<Replicas> {
    let fields = Fields::new(node, &["name", "count"])?;
    Ok(Replicas {
        name: fields.text("name")?,
        count: fields.number("count")?.unwrap_or_default(),
        at: fields.get("count").map_or(node.at, |count| count.at),
    })
}

/// An entry of `vars`.
pub fn var(node: &Node) -> Outcome<Var> {
    let fields = Fields::new(node, &["name", "objref", "fieldref"])?;
    let name = fields.text("name")?;
    let Some(object) = fields.get("objref") else {
        return Err(Refusal::new(node.at, "var has no `objref`"));
    };
    const KNOWN: &[&str] = &[
        "apiVersion",
        "group",
        "version",
        "kind",
        "name",
        "namespace",
    ];
    let object = Fields::new(object, KNOWN)?;
    let mut gvk = gvk(object)?;
    let api_version = object.text("apiVersion")?;
    if !api_version.is_empty() {
        let (group, version) = id::split_version(&api_version.text);
        if !group.is_empty() {
            gvk.group = Arc::from(group);
        }
        gvk.version = Arc::from(version);
    }
    let path = match fields.get("fieldref") {
        Some(node) => Fields::new(node, &["fieldPath"])?.text("fieldPath")?,
        None => Text::default(),
    };
    Ok(Var {
        name,
        gvk,
        object: object.text("name")?,
        namespace: object.text("namespace")?,
        path: or_name(path),
        at: node.at,
    })
}

fn or_name(mut path: Text) -> Text {
    if path.is_empty() {
        path.text = Arc::from("metadata.name");
    }
    path
}

/// An entry of `replacements` or of a file of them.
pub fn replacement(node: &Node) -> Outcome<Replacement> {
    let fields = Fields::new(node, &["source", "targets", "sourceValue", "path"])?;
    let value = fields
        .get("sourceValue")
        .map(|_| fields.text("sourceValue"))
        .transpose()?;
    let targets = fields
        .get("targets")
        .map(|_| fields.each("targets", |node| target(node)));
    Ok(Replacement {
        source: fields.get("source").map(|node| source(node)).transpose()?,
        value,
        targets: targets.transpose()?,
        at: node.at,
    })
}

fn source(node: &Node) -> Outcome<Source> {
    const KNOWN: &[&str] = &[
        "group",
        "version",
        "kind",
        "name",
        "namespace",
        "fieldPath",
        "options",
    ];
    let fields = Fields::new(node, KNOWN)?;
    Ok(Source {
        gvk: gvk(fields)?,
        name: fields.text("name")?,
        namespace: fields.text("namespace")?,
        path: or_name(fields.text("fieldPath")?),
        options: field_options(fields)?,
        at: node.at,
    })
}

fn target(node: &Node) -> Outcome<Target> {
    let fields = Fields::new(node, &["select", "reject", "fieldPaths", "options"])?;
    Ok(Target {
        select: fields
            .get("select")
            .map(|node| selector(node))
            .transpose()?,
        reject: fields.each("reject", |node| selector(node))?,
        paths: fields.texts("fieldPaths")?,
        options: field_options(fields)?,
        at: node.at,
    })
}

fn field_options(fields: Fields<'_>) -> Outcome<FieldOptions> {
    let Some(node) = fields.get("options") else {
        return Ok(FieldOptions::default());
    };
    let fields = Fields::new(node, &["delimiter", "index", "encoding", "create"])?;
    Ok(FieldOptions {
        delimiter: fields.text("delimiter")?,
        index: fields.number("index")?.unwrap_or_default(),
        create: fields.flag("create")?,
    })
}

/// An entry of `configMapGenerator`, or of `secretGenerator`, which has a type too.
pub fn generator(node: &Node, is_secret: bool) -> Outcome<Generator> {
    const KNOWN: &[&str] = &[
        "namespace",
        "name",
        "behavior",
        "literals",
        "files",
        "envs",
        "env",
        "options",
        "type",
    ];
    let known = if is_secret {
        KNOWN
    } else {
        &KNOWN[..KNOWN.len() - 1]
    };
    generator_of(Fields::new(node, known)?)
}

/// A generator's fields.
pub fn generator_of(fields: Fields<'_>) -> Outcome<Generator> {
    let behavior = fields.text("behavior")?;
    let behavior = match &*behavior.text {
        "replace" => Behavior::Replace,
        "merge" => Behavior::Merge,
        _ => Behavior::Create,
    };
    let mut envs = fields.texts("envs")?;
    envs.extend(Some(fields.text("env")?).filter(|env| !env.is_empty()));
    Ok(Generator {
        name: fields.text("name")?,
        namespace: fields.text("namespace")?,
        behavior,
        literals: fields.texts("literals")?,
        files: fields.texts("files")?,
        envs,
        secret_type: fields.text("type")?,
        options: match fields.get("options") {
            Some(node) => generator_options(node)?,
            None => GeneratorOptions::default(),
        },
        at: fields.at(),
    })
}

/// `generatorOptions`, or the `options` of a generator.
pub fn generator_options(node: &Node) -> Outcome<GeneratorOptions> {
    let fields = Fields::new(
        node,
        &[
            "labels",
            "annotations",
            "disableNameSuffixHash",
            "immutable",
        ],
    )?;
    let immutable = fields.flag("immutable")?;
    Ok(GeneratorOptions {
        labels: fields.pairs("labels")?,
        annotations: fields.pairs("annotations")?,
        without_hash: fields.flag("disableNameSuffixHash")?,
        immutable: fields
            .get("immutable")
            .map(|node| node.at)
            .filter(|_| immutable),
    })
}

/// An entry of `helmCharts`.
pub fn chart(node: &Node) -> Outcome<Chart> {
    const KNOWN: &[&str] = &[
        "name",
        "version",
        "repo",
        "releaseName",
        "namespace",
        "additionalValuesFiles",
        "valuesFile",
        "valuesInline",
        "valuesMerge",
        "includeCRDs",
        "skipHooks",
        "apiVersions",
        "kubeVersion",
        "nameTemplate",
        "skipTests",
        "debug",
        "devel",
    ];
    let fields = Fields::new(node, KNOWN)?;
    let mut values_files: Vec<Text> = Vec::new();
    values_files.extend(Some(fields.text("valuesFile")?).filter(|file| !file.is_empty()));
    values_files.extend(fields.texts("additionalValuesFiles")?);
    Ok(Chart {
        name: fields.text("name")?,
        repo: fields.text("repo")?,
        version: fields.text("version")?,
        release: fields.text("releaseName")?,
        namespace: fields.text("namespace")?,
        values_files,
        values: fields.get("valuesInline").cloned(),
        values_merge: fields.text("valuesMerge")?,
        with_crds: fields.flag("includeCRDs")?,
        at: node.at,
    })
}

/// An entry of `helmChartInflationGenerator`.
pub fn old_chart(node: &Node) -> Outcome<Chart> {
    const KNOWN: &[&str] = &[
        "chartName",
        "chartVersion",
        "chartRepoUrl",
        "chartHome",
        "chartRepoName",
        "helmBin",
        "helmHome",
        "values",
        "valuesLocal",
        "valuesMerge",
        "releaseName",
        "releaseNamespace",
        "extraArgs",
    ];
    let fields = Fields::new(node, KNOWN)?;
    Ok(Chart {
        name: fields.text("chartName")?,
        repo: fields.text("chartRepoUrl")?,
        version: fields.text("chartVersion")?,
        release: fields.text("releaseName")?,
        namespace: fields.text("releaseNamespace")?,
        values_files: Some(fields.text("values")?)
            .into_iter()
            .filter(|file| !file.is_empty())
            .collect(),
        values: fields.get("valuesLocal").cloned(),
        values_merge: fields.text("valuesMerge")?,
        with_crds: false,
        at: node.at,
    })
}
