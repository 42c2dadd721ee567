//! Manifests beside a kustomization that no kustomization builds.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use hullmark_tables::faults;

use crate::deployed::Fault;
use crate::deployed::find::names_kustomization;
use crate::regular;
use crate::render::kustomize::engine::Engine;
use crate::span::{FileId, FileSpan, Span};

/// How large a manifest is that is looked into, and how many entries of a folder are.
const LARGEST: u64 = 256 << 10;
const ENTRIES: usize = 500;

/// Finds them in the folders whose kustomizations are built. Paths count from the `root` of the repository; `built` are those of all files that builds read.
pub(super) fn find(
    root: &Path,
    folders: &BTreeSet<String>,
    built: &BTreeSet<Arc<str>>,
    engine: &mut Engine,
) -> Vec<Fault> {
    let join = |folder: &str, name: &str| {
        if folder.is_empty() {
            name.to_owned()
        } else {
            format!("{folder}/{name}")
        }
    };
    let mut found = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(root.join(folder)).into_iter().flatten();
        let names = entries.take(ENTRIES).flatten();
        let names = names.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.collect();
        names.sort_unstable();
        let mut own = names.iter().filter(|name| names_kustomization(name));
        if !own.any(|name| built.contains(join(folder, name).as_str())) {
            continue;
        }
        for name in names.iter().filter(|name| is_yaml(name)) {
            let path = join(folder, name);
            if built.contains(path.as_str()) {
                continue;
            }
            let text = regular::read_text(&root.join(&path), LARGEST).ok();
            let Some(span) = text.and_then(|text| kind_of(&text)) else {
                continue;
            };
            found.extend(engine.number(&path).map(|number| Fault {
                rule: faults::UNLISTED_MANIFEST.rule,
                at: FileSpan::new(FileId::new(number), span),
                message: "no kustomization lists this manifest, so it is not applied with those beside it".to_owned(),
                name: name.clone(),
                is_asked: true,
                severity: None,
                help: None,
            }));
        }
    }
    found
}

fn is_yaml(name: &str) -> bool {
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str());
    matches!(ending, Some("yaml" | "yml")) && !names_kustomization(name) && !name.starts_with('.')
}

/// The line that names the kind of an object that is applied.
fn kind_of(text: &str) -> Option<Span> {
    let has_version = text.lines().any(|line| line.starts_with("apiVersion:"));
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(kind) = line.strip_prefix("kind:").filter(|_| has_version) {
            let is_applied = !matches!(kind.trim(), "Kustomization" | "Component" | "Config");
            return is_applied.then(|| Span::new(start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    None
}
