//! Objects of the folders around a manifest that set what its workloads leave out: autoscalers, and limits of a namespace.

use std::path::Path;
use std::sync::Arc;

use memchr::memmem;
use serde_yaml::Value;

use crate::sources::context::documents::{documents, whole};
use crate::sources::context::{BuildContexts, Site};
use crate::sources::source_map::Origin;
use crate::sources::{FileSystem, Source};

/// How many files of a folder are looked at, and how large each may be.
const FILES: usize = 400;
const LARGEST: u64 = 256 << 10;
/// How many folders above the file's own are looked at.
const ABOVE: usize = 2;

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
}

impl BuildContexts {
    /// The autoscalers and limits near a manifest: in its folder, in those below, and in the two above within the project.
    pub fn neighbours(&self, manifest: &Source) -> Arc<[Neighbour]> {
        if matches!(manifest.origin(), Origin::Rendered(_)) {
            // All that is deployed together is in the text.
            let mut found = Vec::new();
            read_text(&manifest.text, &mut found);
            return found.into();
        }
        let site = self.site(manifest);
        site.map(|site| site.neighbours()).unwrap_or_default()
    }
}

impl Site<'_> {
    fn neighbours(&self) -> Arc<[Neighbour]> {
        let own = self.file.parent();
        own.map(|own| self.directories.around(own, || self.around(own)))
            .unwrap_or_default()
    }

    fn around(&self, own: &Path) -> Arc<[Neighbour]> {
        let top = self.top(own);
        let mut found = Vec::new();
        let up = own.ancestors().take(ABOVE + 1);
        for folder in up.take_while(|folder| folder.starts_with(&top)) {
            found.extend(self.directories.neighbours(folder).iter().cloned());
            for below in self.directories.folders(folder).iter() {
                found.extend(self.directories.neighbours(below).iter().cloned());
            }
        }
        found.into()
    }
}

/// Those of a folder with these names in it.
pub(super) fn read(files: &dyn FileSystem, names: &[String], folder: &Path) -> Vec<Neighbour> {
    let is_yaml = |name: &&String| name.ends_with(".yaml") || name.ends_with(".yml");
    let mut found = Vec::new();
    for name in names.iter().filter(is_yaml).take(FILES) {
        let path = folder.join(name);
        let Some(bytes) = whole(files, &path, LARGEST) else {
            continue;
        };
        if let Ok(text) = std::str::from_utf8(&bytes) {
            read_text(text, &mut found);
        }
    }
    found
}

/// What an object must name to set something for others.
const KINDS: [&str; 3] = ["HorizontalPodAutoscaler", "ScaledObject", "LimitRange"];

/// Those in a text. Only documents that name one of the kinds are parsed, a few of the many in a text that was rendered.
fn read_text(text: &str, found: &mut Vec<Neighbour>) {
    let names = |text: &str| {
        let has = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
        KINDS.into_iter().any(has)
    };
    if !names(text) {
        return;
    }
    for part in text.split("\n---").filter(|part| names(part)) {
        for document in documents(part) {
            add(&document, found);
        }
    }
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
