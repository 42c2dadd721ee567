//! What a kustomization file says.

use std::sync::Arc;

use crate::render::kustomize::field::FieldSpec;
use crate::render::kustomize::fields::{Pair, Text};
use crate::render::kustomize::id::Gvk;
use crate::render::kustomize::resource::Behavior;
use crate::render::kustomize::tree::{Node, Place};

/// A kustomization or component.
#[derive(Clone, Debug, Default)]
pub struct Kustomization {
    /// The number of its file.
    pub file: u32,
    /// Whether it is a component.
    pub is_component: bool,
    /// Deprecated fields that it uses.
    pub deprecated: Vec<Text>,
    /// `resources` and `bases`.
    pub resources: Vec<Text>,
    /// `components`.
    pub components: Vec<Text>,
    /// `crds`.
    pub crds: Vec<Text>,
    /// `configurations`.
    pub configurations: Vec<Text>,
    /// `generators`: paths or inline texts.
    pub generators: Vec<Inline>,
    /// `transformers`, likewise.
    pub transformers: Vec<Inline>,
    /// `validators`, likewise.
    pub validators: Vec<Inline>,
    /// `namePrefix`.
    pub name_prefix: Text,
    /// `nameSuffix`.
    pub name_suffix: Text,
    /// `namespace`.
    pub namespace: Text,
    /// `commonLabels`.
    pub common_labels: Vec<Pair>,
    /// `labels`.
    pub labels: Vec<Labels>,
    /// `commonAnnotations`.
    pub common_annotations: Vec<Pair>,
    /// `patchesStrategicMerge`: paths or inline texts.
    pub merge_patches: Vec<Inline>,
    /// `patches`.
    pub patches: Vec<Patch>,
    /// `patchesJson6902`.
    pub json_patches: Vec<Patch>,
    /// `images` and `imageTags`.
    pub images: Vec<Image>,
    /// `replicas`.
    pub replicas: Vec<Replicas>,
    /// `replacements`.
    pub replacements: Vec<ReplacementField>,
    /// `vars`.
    pub vars: Vec<Var>,
    /// `configMapGenerator`.
    pub config_maps: Vec<Generator>,
    /// `secretGenerator`.
    pub secrets: Vec<Generator>,
    /// `generatorOptions`.
    pub generator_options: GeneratorOptions,
    /// `helmCharts` and `helmChartInflationGenerator`.
    pub charts: Vec<Chart>,
    /// `helmGlobals.chartHome`.
    pub chart_home: Text,
    /// `sortOptions`.
    pub sort: Option<Sort>,
    /// `openapi.path`.
    pub schema: Option<Text>,
    /// `buildMetadata`.
    pub build_metadata: Vec<Text>,
}

/// A path, or a document in a scalar of the kustomization file.
#[derive(Clone, Debug)]
pub struct Inline {
    /// The text.
    pub text: Text,
    /// The scalar that it is.
    pub node: Arc<Node>,
}

/// An entry of `labels`.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// The labels.
    pub pairs: Vec<Pair>,
    /// Whether selectors get them too.
    pub in_selectors: bool,
    /// Whether templates get them too.
    pub in_templates: bool,
    /// Whether volume claim templates get them too.
    pub in_claims: bool,
    /// More fields that get them.
    pub fields: Vec<FieldSpec>,
    /// Where it stands.
    pub at: Place,
}

/// An entry of `patches` or `patchesJson6902`.
#[derive(Clone, Debug)]
pub struct Patch {
    /// The file of the patch; empty for an inline one.
    pub path: Text,
    /// The inline patch.
    pub inline: Option<Inline>,
    /// What it is for.
    pub target: Option<Selector>,
    /// Whether it may change names.
    pub renames: bool,
    /// Whether it may change kinds.
    pub changes_kind: bool,
    /// Where it stands.
    pub at: Place,
}

/// Which objects are meant; all texts but the last two are regular expressions.
#[derive(Clone, Debug, Default)]
pub struct Selector {
    /// Group, version and kind.
    pub gvk: Gvk,
    /// The name.
    pub name: Text,
    /// The namespace.
    pub namespace: Text,
    /// Labels.
    pub labels: Text,
    /// Annotations.
    pub annotations: Text,
    /// Where it stands.
    pub at: Place,
}

/// An entry of `images`.
#[derive(Clone, Debug)]
pub struct Image {
    /// The name of the image.
    pub name: Text,
    /// Its new name.
    pub new_name: Text,
    /// Its new tag.
    pub new_tag: Text,
    /// What its tag gets appended.
    pub tag_suffix: Text,
    /// Its new digest.
    pub digest: Text,
    /// Where the entry stands.
    pub at: Place,
}

/// An entry of `replicas`.
#[derive(Clone, Debug)]
pub struct Replicas {
    /// The name of the object.
    pub name: Text,
    /// How many.
    pub count: i64,
    /// Where the number stands.
    pub at: Place,
}

/// An entry of `replacements`.
#[derive(Clone, Debug)]
pub enum ReplacementField {
    /// The file that has it, or a list of them.
    Path(Text),
    /// Written in place.
    Inline(Box<Replacement>),
}

/// A value that is copied to other fields.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// The field that it is read from.
    pub source: Option<Source>,
    /// The value itself.
    pub value: Option<Text>,
    /// The fields that get it; `None` if there is no such list.
    pub targets: Option<Vec<Target>>,
    /// Where it stands.
    pub at: Place,
}

/// Where a replacement reads.
#[derive(Clone, Debug)]
pub struct Source {
    /// The object; what is empty is any.
    pub gvk: Gvk,
    /// Its name.
    pub name: Text,
    /// Its namespace.
    pub namespace: Text,
    /// The field; empty for the name.
    pub path: Text,
    /// Which part of it.
    pub options: FieldOptions,
    /// Where it stands.
    pub at: Place,
}

/// Where a replacement writes.
#[derive(Clone, Debug)]
pub struct Target {
    /// The objects.
    pub select: Option<Selector>,
    /// Of these, those that are left alone.
    pub reject: Vec<Selector>,
    /// The fields; none for the name.
    pub paths: Vec<Text>,
    /// Which part of them.
    pub options: FieldOptions,
    /// Where it stands.
    pub at: Place,
}

/// Which part of a field a replacement reads or writes.
#[derive(Clone, Debug, Default)]
pub struct FieldOptions {
    /// What separates the parts; empty for the whole field.
    pub delimiter: Text,
    /// Which part.
    pub index: i64,
    /// Whether a field is made where it is not there.
    pub create: bool,
}

/// An entry of `vars`.
#[derive(Clone, Debug)]
pub struct Var {
    /// Its name: `$(NAME)` is filled in.
    pub name: Text,
    /// The object that it reads from.
    pub gvk: Gvk,
    /// The name of the object.
    pub object: Text,
    /// The namespace of the object; empty is any.
    pub namespace: Text,
    /// The field.
    pub path: Text,
    /// Where it stands.
    pub at: Place,
}

/// An entry of `configMapGenerator` or `secretGenerator`.
#[derive(Clone, Debug)]
pub struct Generator {
    /// The name of the object.
    pub name: Text,
    /// Its namespace.
    pub namespace: Text,
    /// What becomes of one that is there already.
    pub behavior: Behavior,
    /// `key=value` texts.
    pub literals: Vec<Text>,
    /// Files, each its own key.
    pub files: Vec<Text>,
    /// Files of `KEY=value` lines.
    pub envs: Vec<Text>,
    /// The type of a secret.
    pub secret_type: Text,
    /// Its options.
    pub options: GeneratorOptions,
    /// Where it stands.
    pub at: Place,
}

/// What generated objects get beside their data.
#[derive(Clone, Debug, Default)]
pub struct GeneratorOptions {
    /// Labels.
    pub labels: Vec<Pair>,
    /// Annotations.
    pub annotations: Vec<Pair>,
    /// Whether names get no hash.
    pub without_hash: bool,
    /// Whether they are immutable, and where that is said.
    pub immutable: Option<Place>,
}

/// An entry of `helmCharts`.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The chart's name.
    pub name: Text,
    /// Where it is fetched from.
    pub repo: Text,
    /// Its version.
    pub version: Text,
    /// The name of the release.
    pub release: Text,
    /// Its namespace.
    pub namespace: Text,
    /// Files of values.
    pub values_files: Vec<Text>,
    /// Values written in place.
    pub values: Option<Arc<Node>>,
    /// How `values` go together with the files: `override`, `replace` or `merge`.
    pub values_merge: Text,
    /// Whether custom resource definitions are part of it.
    pub with_crds: bool,
    /// Where it stands.
    pub at: Place,
}

/// `sortOptions`.
#[derive(Clone, Debug)]
pub struct Sort {
    /// Whether kinds are sorted; otherwise objects stay in the order in which they were read.
    pub is_legacy: bool,
    /// Kinds that come first and last, if they are named.
    pub order: Option<(Vec<Text>, Vec<Text>)>,
}
