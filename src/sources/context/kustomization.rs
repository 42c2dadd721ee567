//! What kustomizations and Skaffold say of a file: whether it is a patch, and which of its values they set.
//!
//! Only those are read that build the file: the kustomizations of its folder and of those above it, and the overlays of these that lie near by.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde_yaml::Value;

use crate::regular::normal;
use crate::sources::context::documents::{documents, whole};
use crate::sources::context::patch::Patch;
use crate::sources::context::{BuildContexts, DirCache, HEIGHT, Site};
use crate::sources::{Entry, EntryKind, FileSystem, Source};

/// The names of a kustomization.
const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
/// How much of a kustomization or a patch is read; what is longer is not.
const LARGEST: u64 = 256 << 10;
/// How many folders above a base its overlays are looked for, and in how many folders each time.
const NEAR: usize = 3;
const FOLDERS: usize = 400;
/// How many entries of a folder are listed.
const ENTRIES: usize = 10_000;
/// How many configurations of Skaffold of one folder are read.
const SKAFFOLDS: usize = 8;
/// How many of them there may be with those that they require.
const REQUIRED: usize = 40;
/// How many kustomizations may stand upon one another.
const DEPTH: usize = 8;

/// A kustomization as far as it changes what others wrote.
#[derive(Debug, Default)]
pub(super) struct Kustomization {
    /// The files and folders that it builds, components included.
    resources: Vec<PathBuf>,
    components: Vec<PathBuf>,
    patch_files: Vec<PathBuf>,
    /// The patches that it names in comments alone.
    commented: Vec<PathBuf>,
    patches: Vec<Patch>,
    /// Whether a patch or a component that it names is not there.
    lacks_patch: bool,
    images: Vec<String>,
    replicas: Vec<String>,
    has_labels: bool,
    has_selectors: bool,
}

/// What is said of a file elsewhere.
#[derive(Debug, Default)]
pub struct Overrides {
    /// Whether a kustomization lists the file as a patch.
    pub is_patch: bool,
    /// Whether a kustomization names the file as a patch in a comment alone: it is switched off.
    pub is_switched_off: bool,
    /// Names of images whose tag or digest is set.
    pub images: Vec<String>,
    /// Names of workloads whose replicas are set.
    pub replicas: Vec<String>,
    /// Whether a kustomization that builds the file names a patch or a component that is not there, so that nobody knows what it adds.
    pub lacks_patch: bool,
    /// Whether labels are added to the pods.
    pub has_labels: bool,
    /// Whether labels are added to the selectors too.
    pub has_selectors: bool,
    /// Whether a release of `OpenShift` writes all images: the file `image-references` beside the manifest names them.
    pub has_image_references: bool,
    kustomizations: Vec<Arc<Kustomization>>,
}

impl Overrides {
    /// The keys that patches set in an object of this kind and name.
    pub fn patched_keys(&self, kind: &str, name: &str) -> FxHashSet<&str> {
        let patches = self.kustomizations.iter().flat_map(|found| &found.patches);
        let matching = patches.filter(|patch| patch.is_for(kind, name));
        matching
            .flat_map(|patch| patch.keys.iter().map(String::as_str))
            .collect()
    }
}

impl BuildContexts {
    /// What kustomizations and Skaffold say of a manifest.
    pub fn overrides(&self, manifest: &Source) -> Overrides {
        let site = self.site(manifest);
        site.map(|site| site.overrides()).unwrap_or_default()
    }
}

impl BuildContexts {
    /// The images that Skaffold builds and tags for what is rendered of a folder, whose path is as paths are shown.
    pub fn built_for(&self, folder: &str) -> Vec<String> {
        let Some(disk) = &self.directories else {
            return Vec::new();
        };
        let own = normal(&disk.folder().join(folder));
        let otherwise = || disk.folder().to_owned();
        let top = disk.repository(&own).unwrap_or_else(otherwise);
        let up = own.ancestors().take(HEIGHT);
        let up = up.take_while(|folder| folder.starts_with(&top));
        up.flat_map(|folder| skaffold(disk, folder).to_vec())
            .collect()
    }

    /// Whether a folder, as paths are shown, is that of a kustomization and of no chart.
    pub fn is_kustomization(&self, folder: &str) -> bool {
        self.directories.as_ref().is_some_and(|disk| {
            let own = normal(&disk.folder().join(folder));
            !disk.has(&own, "Chart.yaml") && NAMES.iter().any(|name| disk.has(&own, name))
        })
    }
}

impl Site<'_> {
    fn overrides(&self) -> Overrides {
        let Some(own) = self.file.parent() else {
            return Overrides::default();
        };
        let top = self.top(own);
        let disk = self.directories;
        let mut overrides = Overrides {
            has_image_references: disk.has(own, "image-references"),
            ..Overrides::default()
        };
        let mut building: Vec<PathBuf> = Vec::new();
        let up = own.ancestors().take(HEIGHT);
        for folder in up.take_while(|folder| folder.starts_with(&top)) {
            overrides
                .images
                .extend(skaffold(disk, folder).iter().cloned());
            let Some(found) = disk.kustomization(folder) else {
                continue;
            };
            overrides.is_patch |= found.patch_files.iter().any(|file| file == self.file);
            overrides.is_switched_off |= found.commented.iter().any(|file| file == self.file);
            if builds(disk, &found, self.file, 0) {
                building.push(folder.to_owned());
            }
        }
        for folder in building.clone() {
            building.extend(overlays(disk, &folder, &top));
        }
        building.sort_unstable();
        building.dedup();
        for folder in building {
            add(disk, &folder, &mut overrides, 0);
        }
        overrides
    }
}

/// Adds what a kustomization and its components say.
fn add(disk: &DirCache, folder: &Path, overrides: &mut Overrides, depth: usize) {
    let Some(found) = disk.kustomization(folder).filter(|_| depth < DEPTH) else {
        return;
    };
    overrides.images.extend(found.images.iter().cloned());
    overrides.replicas.extend(found.replicas.iter().cloned());
    overrides.lacks_patch |= found.lacks_patch;
    overrides.has_labels |= found.has_labels;
    overrides.has_selectors |= found.has_selectors;
    for component in &found.components {
        overrides.lacks_patch |= disk.kustomization(component).is_none();
        add(disk, component, overrides, depth + 1);
    }
    overrides.kustomizations.push(found);
}

/// Whether a kustomization builds a file, or all of another kustomization's folder.
fn builds(disk: &DirCache, kustomization: &Kustomization, wanted: &Path, depth: usize) -> bool {
    depth < DEPTH
        && kustomization.resources.iter().any(|resource| {
            resource == wanted
                || resource.extension().is_none()
                    && disk
                        .kustomization(resource)
                        .is_some_and(|found| builds(disk, &found, wanted, depth + 1))
        })
}

/// The folders near a base whose kustomizations build it.
fn overlays(disk: &DirCache, base: &Path, top: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let above = base.ancestors().skip(1).take(NEAR);
    for folder in above.take_while(|folder| folder.starts_with(top)) {
        for near in disk.kustomized(folder).iter() {
            let is_overlay = disk
                .kustomization(near)
                .is_some_and(|overlay| builds(disk, &overlay, base, 0));
            if is_overlay && near != base {
                found.push(near.clone());
            }
        }
    }
    found
}

/// The folders below a folder, two levels deep, that hold a kustomization.
pub(super) fn kustomized(disk: &DirCache, folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut seen = 0;
    let mut waiting = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = waiting.pop() {
        let entries = disk.files().entries(&folder, ENTRIES);
        for Entry { name, kind } in entries.unwrap_or_default() {
            let is_other = kind != EntryKind::Folder || name == ".git" || name == "node_modules";
            if is_other || seen >= FOLDERS {
                continue;
            }
            seen += 1;
            let below = folder.join(name);
            if NAMES.iter().any(|name| disk.has(&below, name)) {
                found.push(below.clone());
            }
            if depth == 0 {
                waiting.push((below, depth + 1));
            }
        }
    }
    found.sort_unstable();
    found
}

/// The kustomization of a folder.
pub(super) fn read(disk: &DirCache, folder: &Path) -> Option<Kustomization> {
    let name = NAMES.iter().find(|name| disk.has(folder, name))?;
    let written = text(disk.files(), &folder.join(name))?;
    let value = yaml(&written)?;
    let paths = |key: &str| -> Vec<PathBuf> {
        let names = items(&value, key).filter_map(Value::as_str);
        names.map(|name| normal(&folder.join(name))).collect()
    };
    let components = paths("components");
    let mut found = Kustomization {
        resources: ["resources", "bases"].into_iter().flat_map(paths).collect(),
        images: items(&value, "images")
            .chain(items(&value, "imageTags"))
            .filter(|image| {
                ["newTag", "digest", "newName"]
                    .iter()
                    .any(|key| image.get(key).is_some())
            })
            .filter_map(|image| Some(image.get("name")?.as_str()?.to_owned()))
            .collect(),
        replicas: items(&value, "replicas")
            .filter_map(|entry| Some(entry.get("name")?.as_str()?.to_owned()))
            .collect(),
        has_labels: value.get("commonLabels").is_some()
            || items(&value, "labels")
                .any(|entry| is_on(entry, "includeSelectors") || is_on(entry, "includeTemplates")),
        has_selectors: value.get("commonLabels").is_some()
            || items(&value, "labels").any(|entry| is_on(entry, "includeSelectors")),
        components,
        ..Kustomization::default()
    };
    for key in ["patches", "patchesStrategicMerge", "patchesJson6902"] {
        for entry in items(&value, key) {
            add_patch(disk.files(), &mut found, folder, entry);
        }
    }
    // What a component patches is built with what the kustomization lists.
    found.resources.extend(found.components.iter().cloned());
    let named =
        |file: &PathBuf| !found.resources.contains(file) && !found.patch_files.contains(file);
    found.commented = commented(&written, folder).filter(named).collect();
    Some(found)
}

/// The patches that comments of a kustomization name as its lists do: `#- path: patches/webhook.yaml`.
fn commented<'t>(text: &'t str, folder: &'t Path) -> impl Iterator<Item = PathBuf> + 't {
    let mut is_of_patches = false;
    text.lines().filter_map(move |line| {
        let bare = line.trim_start().trim_start_matches('#');
        let is_comment = bare.len() < line.trim_start().len();
        let bare = bare.trim();
        if let Some((key, "")) = bare.split_once(':')
            && !key.contains(' ')
        {
            is_of_patches = key.starts_with("patches");
        }
        let entry = bare.strip_prefix("- ").unwrap_or(bare);
        let is_path = entry.starts_with("path:");
        let is_entry = is_path || is_of_patches && entry.len() < bare.len();
        let name = entry.strip_prefix("path:").unwrap_or(entry);
        let name = name.trim().trim_matches(['"', '\'']);
        let is_file = name.ends_with(".yaml") || name.ends_with(".yml");
        (is_comment && is_entry && is_file && !name.contains(' '))
            .then(|| normal(&folder.join(name)))
    })
}

/// Adds a patch, written in the kustomization or in a file of its own.
fn add_patch(files: &dyn FileSystem, found: &mut Kustomization, folder: &Path, entry: &Value) {
    let target = entry.get("target");
    let written = entry.as_str().or_else(|| entry.get("patch")?.as_str());
    let path = entry.get("path").and_then(Value::as_str);
    let (is_text, path) = match (path, written) {
        (Some(path), _) => (false, path),
        (None, Some(text)) if text.contains('\n') || text.contains('{') => (true, text),
        (None, Some(path)) => (false, path),
        _ => return,
    };
    if is_text {
        found.patches.extend(Patch::read(path, target));
        return;
    }
    let file = normal(&folder.join(path));
    match text(files, &file) {
        Some(text) => found.patches.extend(Patch::read(&text, target)),
        None => found.lacks_patch = true,
    }
    found.patch_files.push(file);
}

/// The images that Skaffold builds by the configurations of a folder and those that they require, and tags.
pub(super) fn artifacts(disk: &DirCache, folder: &Path) -> Vec<String> {
    let names = disk.names_in(folder);
    let is_skaffold = |name: &&String| {
        let end = name.strip_prefix("skaffold");
        end.is_some_and(|end| end.ends_with(".yaml") || end.ends_with(".yml"))
    };
    let own = names.iter().filter(is_skaffold).take(SKAFFOLDS);
    let mut waiting: Vec<PathBuf> = own.map(|name| folder.join(name)).collect();
    let top = disk.repository(folder).unwrap_or_else(|| folder.to_owned());
    let mut images = Vec::new();
    let mut next = 0;
    while let Some(path) = waiting.get(next).cloned() {
        next += 1;
        let Some(text) = text(disk.files(), &path) else {
            continue;
        };
        for document in documents(&text) {
            let build = document.get("build");
            let profiles = items(&document, "profiles").filter_map(|profile| profile.get("build"));
            for build in build.into_iter().chain(profiles) {
                let artifacts = items(build, "artifacts");
                images.extend(artifacts.filter_map(|artifact| {
                    let name = artifact.get("image").or_else(|| artifact.get("imageName"));
                    Some(name?.as_str()?.to_owned())
                }));
            }
            let base = path.parent().unwrap_or(folder);
            let required = items(&document, "requires");
            for other in required.filter_map(|required| required.get("path")?.as_str()) {
                let other = normal(&base.join(other));
                let is_file = other.extension().is_some();
                let other = if is_file {
                    other
                } else {
                    other.join("skaffold.yaml")
                };
                let is_new = other.starts_with(&top) && !waiting.contains(&other);
                if is_new && waiting.len() < REQUIRED {
                    waiting.push(other);
                }
            }
        }
    }
    images
}

fn skaffold(disk: &DirCache, folder: &Path) -> Arc<[String]> {
    disk.artifacts(folder)
}

fn yaml(text: &str) -> Option<Value> {
    documents(text).into_iter().next()
}

fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(key)
        .and_then(Value::as_sequence)
        .into_iter()
        .flatten()
}

fn is_on(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool) == Some(true)
}

/// The text of a regular file that is not too large.
fn text(files: &dyn FileSystem, path: &Path) -> Option<String> {
    String::from_utf8(whole(files, path, LARGEST)?).ok()
}
