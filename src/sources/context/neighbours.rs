//! Objects of the folders around a manifest that say something of its workloads: autoscalers, limits of a namespace, Services.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use memchr::memmem;
use rustc_hash::FxHashSet;
use serde_yaml::Value;

use crate::sources::context::documents::whole;
use crate::sources::context::{BuildContexts, Site};
use crate::sources::source_map::Origin;
use crate::sources::{FileSystem, Source};

/// How many files of a folder are looked at, and how large each may be.
const FILES: usize = 400;
const LARGEST: u64 = 256 << 10;
/// How many documents of a file are looked at.
const DOCUMENTS: usize = 200;
/// Kinds other than Services that set something.
const SETTERS: [&str; 3] = ["HorizontalPodAutoscaler", "ScaledObject", "LimitRange"];
/// How many folders above the file's own are looked at.
const ABOVE: usize = 2;
/// From how many comparisons on labels are put in order first.
const MANY: usize = 4096;

/// What the folders around a folder say, each by itself.
pub type Around = Arc<[Arc<[Neighbour]>]>;

/// One such object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The namespace, if one is written.
    pub namespace: Option<String>,
    /// What it sets.
    pub sets: Setting,
}

/// What an object sets for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The replicas of a workload, by kind and name.
    Replicas(String, String),
    /// A default for containers: `requests.cpu`, `limits.memory` and the like.
    Resource(String),
    /// That a Service sends requests to pods with some labels.
    Service(Selection),
}

/// Which pods a Service selects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The name of the Service, if it is known.
    pub name: Option<String>,
    /// The labels that it asks for; `None` if they are not known.
    pub labels: Option<Vec<(String, String)>>,
    /// Whether it only gives names to pods, and shares no requests among them.
    pub is_headless: bool,
    /// The ports of pods that it sends requests to, numbers or names; `None` if they are not known.
    pub targets: Option<Vec<String>>,
}

impl Selection {
    /// Whether pods with these labels are surely selected; `None` if the selector is not known.
    pub fn selects(&self, labels: &[(&str, &str)]) -> Option<bool> {
        let wanted = self.labels.as_ref()?;
        let wanted = wanted
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()));
        Some(satisfy(labels, wanted))
    }
}

/// Whether labels have all of those that a selector asks for, and it asks for some.
pub fn satisfy<'w>(
    labels: &[(&str, &str)],
    mut wanted: impl ExactSizeIterator<Item = (&'w str, &'w str)>,
) -> bool {
    if wanted.len() * labels.len() < MANY {
        return wanted.len() > 0 && wanted.all(|pair| labels.contains(&pair));
    }
    let labels: FxHashSet<(&str, &str)> = labels.iter().copied().collect();
    wanted.all(|pair| labels.contains(&pair))
}

impl BuildContexts {
    /// The autoscalers, limits and Services near a manifest, by folder: its own, those below, and the two above within the project.
    pub fn neighbours(&self, manifest: &Source) -> Around {
        if matches!(manifest.origin(), Origin::Rendered(_)) {
            // All that is deployed together is in the text.
            let mut found = Vec::new();
            for document in split(&manifest.text) {
                read_document(document, &mut found);
            }
            return Arc::new([found.into()]);
        }
        let site = self.site(manifest);
        site.map(|site| site.neighbours()).unwrap_or_default()
    }

    /// Whether a manifest is in a folder of files that a Go program is built with, as those that it installs.
    pub fn is_embedded(&self, manifest: &Source) -> bool {
        let site = self.site(manifest);
        site.is_some_and(|site| {
            let own = site.file.parent();
            own.is_some_and(|own| {
                let top = site.top(own);
                site.directories.has(&top, "go.mod") && is_of_assets(own, &top)
            })
        })
    }

    /// Whether code fills in the images that a manifest leaves empty: several of its folder are, or the repository is an operator's.
    pub fn fills_images(&self, manifest: &Source) -> bool {
        let empty = empty_images(&manifest.text);
        let mut images = images(&manifest.text);
        // Where all images have names, nothing is filled in, and no other file is read.
        let is_asked = empty > 0 || images.any(str::is_empty);
        empty > 1
            || is_asked
                && self
                    .site(manifest)
                    .is_some_and(|site| site.is_of_operator() || site.empty_images() > 1)
    }
}

/// Whether a folder is one of those, below the root of a repository, whose files programs of the repository read.
fn is_of_assets(folder: &Path, root: &Path) -> bool {
    const FOLDERS: [&str; 9] = [
        "assets",
        "bindata",
        "embed",
        "files",
        "internal",
        "pkg",
        "resources",
        "templates",
        "testdata",
    ];
    let below = folder.strip_prefix(root).unwrap_or(folder);
    below
        .components()
        .any(|part| FOLDERS.iter().any(|name| part.as_os_str() == *name))
}

impl Site<'_> {
    fn neighbours(&self) -> Around {
        let own = self.file.parent();
        own.map(|own| self.directories.around(own, || self.around(own)))
            .unwrap_or_default()
    }

    fn around(&self, own: &Path) -> Around {
        let top = self.top(own);
        let up = own.ancestors().take(ABOVE + 1);
        let mut folders: Vec<PathBuf> = Vec::new();
        for folder in up.take_while(|folder| folder.starts_with(&top)) {
            folders.push(folder.to_owned());
            folders.extend(self.directories.folders(folder).iter().cloned());
        }
        folders.sort_unstable();
        folders.dedup();
        let near = folders
            .iter()
            .map(|folder| self.directories.neighbours(folder));
        near.filter(|near| !near.is_empty()).collect()
    }

    /// How many containers without the name of an image the YAML files of the file's folder have.
    fn empty_images(&self) -> usize {
        let Some(own) = self.file.parent() else {
            return 0;
        };
        let files = self.directories.files();
        let names = self.directories.names_in(own);
        let names = names.iter().filter(|name| is_yaml(name)).take(FILES);
        let texts = names.filter_map(|name| whole(files, &own.join(name), LARGEST));
        texts
            .map(|bytes| empty_images(&String::from_utf8_lossy(&bytes)))
            .sum()
    }

    /// Whether the file lies in the repository of an operator, whose code fills in manifests before it applies them.
    fn is_of_operator(&self) -> bool {
        let Some(own) = self.file.parent() else {
            return false;
        };
        let top = self.top(own);
        let has = |name: &str| self.directories.has(&top, name);
        let name = top
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let is_named = name.is_some_and(|name| name.ends_with("-operator"));
        let is_embedded = is_of_assets(own, &top);
        is_named || has("PROJECT") || has("bundle.Dockerfile") || has("go.mod") && is_embedded
    }
}

/// How many containers of a manifest have an image without a name.
pub fn empty_images(text: &str) -> usize {
    images(text)
        .filter(|value| matches!(*value, "\"\"" | "''" | "~" | "null"))
        .count()
}

/// What is behind each `image:` of a text, on its line.
fn images(text: &str) -> impl Iterator<Item = &str> {
    let found = memmem::find_iter(text.as_bytes(), "image:");
    found.filter_map(|at| {
        let mut before = text.as_bytes()[..at].iter().rev();
        let before = before.find(|byte| !matches!(byte, b' ' | b'-'));
        let after = || text[at + "image:".len()..].lines().next();
        let is_key = before.is_none_or(|byte| *byte == b'\n');
        is_key.then(|| after().unwrap_or_default().trim())
    })
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// Those of a folder with these names in it.
pub(super) fn read(files: &dyn FileSystem, names: &[String], folder: &Path) -> Vec<Neighbour> {
    let mut found = Vec::new();
    for name in names.iter().filter(|name| is_yaml(name)).take(FILES) {
        let path = folder.join(name);
        let Some(bytes) = whole(files, &path, LARGEST) else {
            continue;
        };
        let has = |word: &str| memmem::find(&bytes, word.as_bytes()).is_some();
        if !SETTERS.into_iter().chain(["kind: Service"]).any(has) {
            continue;
        }
        if let Ok(text) = std::str::from_utf8(&bytes) {
            for document in split(text) {
                read_document(document, &mut found);
            }
        }
    }
    found
}

/// The documents of a file as they are written.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.match_indices("\n---").map(|(at, _)| at).find(|at| {
            let after = text.as_bytes().get(at + 4);
            after.is_none_or(u8::is_ascii_whitespace)
        });
        let (document, after) = match end {
            Some(end) => (&text[..=end], Some(&text[end + 4..])),
            None => (text, None),
        };
        rest = after;
        Some(document)
    })
    .take(DOCUMENTS)
}

fn read_document(text: &str, found: &mut Vec<Neighbour>) {
    let is_service = |line: &str| line.trim_start_matches(['-', ' ']).trim_end() == "kind: Service";
    let has_service = text.lines().any(is_service);
    if !has_service && !SETTERS.into_iter().any(|word| text.contains(word)) {
        return;
    }
    // A comment behind the mark of a document belongs to none.
    let value: Option<Value> = serde_yaml::from_str(text).ok();
    match value {
        Some(value) => add(&value, found),
        // A template: which pods it selects is known when it is filled in.
        None if has_service => found.push(Neighbour {
            namespace: None,
            sets: Setting::Service(Selection::default()),
        }),
        None => {}
    }
}

/// What a Service says of pods; `None` if it has no selector, or sends requests to pods that are not ready too.
fn selection(object: &Value) -> Option<Selection> {
    let early = object.get("spec")?.get("publishNotReadyAddresses");
    if early.and_then(Value::as_bool) == Some(true) {
        return None;
    }
    let name = object.get("metadata").and_then(|data| data.get("name"));
    let selector = object.get("spec")?.get("selector")?.as_mapping()?;
    let pairs = selector.iter().map(|(key, value)| {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        let is_known = !value.contains("${") && !value.contains("{{");
        is_known.then_some((key.as_str()?.to_owned(), value))
    });
    Some(Selection {
        name: name.and_then(Value::as_str).map(ToOwned::to_owned),
        labels: pairs.collect(),
        is_headless: object.get("spec")?.get("clusterIP").and_then(Value::as_str) == Some("None"),
        targets: targets(object),
    })
}

/// The ports of pods that a Service sends requests to, but for those of metrics, which wait for nobody.
fn targets(object: &Value) -> Option<Vec<String>> {
    let ports = object.get("spec")?.get("ports")?.as_sequence()?.iter();
    let is_waited_for = |port: &&Value| {
        let name = port.get("name").and_then(Value::as_str).unwrap_or_default();
        (!name.contains("metrics") || name.starts_with("http-m")) && !name.contains("prometheus")
    };
    let ports = ports.filter(is_waited_for).map(|port| {
        match port.get("targetPort").or_else(|| port.get("port"))? {
            Value::Number(number) => Some(number.to_string()),
            Value::String(text) if !text.contains(['$', '{']) => Some(text.clone()),
            _ => None,
        }
    });
    ports.collect()
}

fn add(object: &Value, found: &mut Vec<Neighbour>) {
    let text = |value: &Value, key: &str| Some(value.get(key)?.as_str()?.to_owned());
    let namespace = object
        .get("metadata")
        .and_then(|data| text(data, "namespace"));
    let spec = object.get("spec");
    match object.get("kind").and_then(Value::as_str) {
        Some("HorizontalPodAutoscaler" | "ScaledObject") => {
            let target = spec.and_then(|spec| spec.get("scaleTargetRef"));
            if let Some(name) = target.and_then(|target| text(target, "name")) {
                let kind = target.and_then(|target| text(target, "kind"));
                let kind = kind.unwrap_or_else(|| "Deployment".to_owned());
                let sets = Setting::Replicas(kind, name);
                found.push(Neighbour { namespace, sets });
            }
        }
        Some("Service") => {
            let version = object.get("apiVersion").and_then(Value::as_str);
            if let Some(selection) = selection(object).filter(|_| version == Some("v1")) {
                let sets = Setting::Service(selection);
                found.push(Neighbour { namespace, sets });
            }
        }
        Some("LimitRange") => {
            let limits = spec.and_then(|spec| spec.get("limits"));
            for limit in limits.and_then(Value::as_sequence).into_iter().flatten() {
                if text(limit, "type").is_some_and(|kind| kind == "Container") {
                    defaults(limit, namespace.as_ref(), found);
                }
            }
        }
        Some(kind) if kind.ends_with("List") => {
            let items = object.get("items").and_then(Value::as_sequence);
            for item in items.into_iter().flatten() {
                add(item, found);
            }
        }
        _ => {}
    }
}

/// A default limit is the default request too; so is a maximum without a default.
fn defaults(limit: &Value, namespace: Option<&String>, found: &mut Vec<Neighbour>) {
    for (key, parts) in [
        ("default", &["limits", "requests"][..]),
        ("max", &["limits", "requests"]),
        ("defaultRequest", &["requests"]),
    ] {
        let named = limit.get(key).and_then(Value::as_mapping);
        for name in named
            .into_iter()
            .flat_map(|pairs| pairs.keys())
            .filter_map(Value::as_str)
        {
            found.extend(parts.iter().map(|part| Neighbour {
                namespace: namespace.cloned(),
                sets: Setting::Resource(format!("{part}.{name}")),
            }));
        }
    }
}
