//! Schemas around a manifest: the custom resource definitions of its repository, and the files that the configuration names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hullmark_schema::definition::Definitions;
use hullmark_schema::{crd, pack};
use memchr::memmem;
use serde::Deserialize;
use serde_json::Value;

use crate::sources::Source;
use crate::sources::context::documents::whole;
use crate::sources::context::{BuildContexts, DirCache};

/// How many folders of a repository are looked into, and how many files are read.
const FOLDERS: usize = 3_000;
const FILES: usize = 1_000;
/// How large a file may be, and how large a definition in it.
const LARGEST: u64 = 4 << 20;
const LARGEST_DOCUMENT: usize = 2 << 20;

/// Parts of the names of files and folders that hold definitions.
const NAMES: [&str; 3] = ["crd", "customresource", "custom-resource"];
/// Names of files that hold all that is installed.
const INSTALLED: [&str; 6] = [
    "install",
    "bundle",
    "operator",
    "components",
    "all-in-one",
    "release",
];
/// Folders of other people's code, and of none.
const FOREIGN: [&str; 4] = ["node_modules", "vendor", "third_party", "target"];

/// Where a repository defines a kind.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    file: PathBuf,
    start: usize,
    end: usize,
    group: String,
    kind: String,
}

/// What somebody declares of a kind.
#[derive(Clone, Debug)]
pub enum Declared {
    /// A packed table with the kind, in the versions that have a schema.
    Packed(Arc<[u8]>),
    /// A definition that cannot be read, as a template of one.
    Unreadable,
}

impl BuildContexts {
    /// What files around a manifest declare of a kind: those that the configuration names, and definitions in its repository.
    pub fn declared(&self, manifest: &Source, group: &str, kind: &str) -> Arc<[Declared]> {
        let Some(directories) = self.directories.as_ref() else {
            return Arc::default();
        };
        let top = match self.site(manifest) {
            Some(site) => site.file.parent().map(|own| site.top(own)),
            None => directories.repository(directories.folder()),
        };
        let top = top.unwrap_or_else(|| directories.folder().to_owned());
        directories.declared(&top, group, kind)
    }
}

/// What a repository, and the files that are named, declare of a kind.
pub(super) fn declared(
    directories: &DirCache,
    top: &Path,
    group: &str,
    kind: &str,
) -> Vec<Declared> {
    let mut found = named(directories, group, kind);
    let definitions = directories.definitions(top);
    let asked = definitions
        .iter()
        .filter(|definition| definition.group == group && definition.kind == kind);
    for definition in asked {
        let bytes = whole(directories.files(), &definition.file, LARGEST);
        let text = bytes.and_then(|bytes| {
            let document = bytes.get(definition.start..definition.end)?;
            String::from_utf8(document.to_vec()).ok()
        });
        let Some(text) = text else { continue };
        let shown = definition.file.strip_prefix(top);
        let name = shown.unwrap_or(&definition.file).to_string_lossy();
        let name = name.replace('\\', "/");
        match serde_yaml::from_str::<Value>(&text) {
            Ok(document) => found
                .extend(crd::kinds(&document, &name).and_then(|definitions| packed(&definitions))),
            Err(_) => found.push(Declared::Unreadable),
        }
    }
    found
}

fn packed(definitions: &Definitions) -> Option<Declared> {
    let bytes = pack::pack(definitions).ok()?;
    Some(Declared::Packed(bytes.into()))
}

/// What the files that the configuration names declare of a kind.
fn named(directories: &DirCache, group: &str, kind: &str) -> Vec<Declared> {
    let mut found = Vec::new();
    for file in directories.schemas() {
        let Some(bytes) = whole(directories.files(), file, LARGEST) else {
            continue;
        };
        let has = |word: &str| memmem::find(&bytes, word.as_bytes()).is_some();
        let Some(text) = std::str::from_utf8(&bytes).ok().filter(|_| has(kind)) else {
            continue;
        };
        let shown = file.strip_prefix(directories.folder()).unwrap_or(file);
        let name = shown.to_string_lossy().replace('\\', "/");
        let documents = serde_yaml::Deserializer::from_str(text);
        let documents = documents.map_while(|document| Value::deserialize(document).ok());
        let definitions = documents.filter_map(|document| match document.get("kind") {
            Some(Value::String(kind)) if kind == "CustomResourceDefinition" => {
                crd::kinds(&document, &name)
            }
            _ => crd::of_json_schema(&document, &name),
        });
        let definitions = definitions.filter(|definitions| {
            let mut kinds = definitions.kinds.iter();
            kinds.any(|known| known.group == group && known.kind == kind)
        });
        found.extend(definitions.filter_map(|definitions| packed(&definitions)));
    }
    found
}

/// The definitions in files whose names, or those of their folders, say so.
pub(super) fn find(directories: &DirCache, top: &Path) -> Vec<Definition> {
    let mut found = Vec::new();
    let mut folders = vec![top.to_owned()];
    let (mut looked, mut read) = (0, 0);
    while let Some(folder) = folders.pop() {
        looked += 1;
        if looked > FOLDERS {
            break;
        }
        let below = folder.strip_prefix(top).unwrap_or(&folder);
        let is_of_definitions = below
            .components()
            .any(|part| says(&part.as_os_str().to_string_lossy()));
        for name in directories.names_in(&folder) {
            if !(name.ends_with(".yaml") || name.ends_with(".yml"))
                || !(is_of_definitions || says(&name) || is_installed(&name))
            {
                continue;
            }
            read += 1;
            if read > FILES {
                return found;
            }
            read_file(directories, &folder.join(name), &mut found);
        }
        let below = directories.folders(&folder);
        let below = below.iter().rev().filter(|folder| {
            let name = folder.file_name().unwrap_or_default();
            !FOREIGN.iter().any(|foreign| name == *foreign)
        });
        folders.extend(below.cloned());
    }
    found
}

fn says(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    NAMES.iter().any(|part| name.contains(part)) || is_generated(&name)
}

/// Whether a file is named as generators do: `group.example.com_kinds.yaml`.
fn is_generated(name: &str) -> bool {
    name.split_once('_')
        .is_some_and(|(group, _)| group.contains('.') && !group.contains('/'))
}

fn is_installed(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    INSTALLED.iter().any(|start| name.starts_with(start))
}

fn read_file(directories: &DirCache, file: &Path, found: &mut Vec<Definition>) {
    let Some(bytes) = whole(directories.files(), file, LARGEST) else {
        return;
    };
    if memmem::find(&bytes, b"CustomResourceDefinition").is_none() {
        return;
    }
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return;
    };
    let mut start = 0;
    let ends = memmem::find_iter(&bytes, "\n---").map(|at| at + 1);
    for end in ends.chain([text.len()]) {
        let document = &text[start..end];
        let document = document.strip_prefix("---").unwrap_or(document);
        let is_one = document.len() <= LARGEST_DOCUMENT
            && document
                .lines()
                .any(|line| line.trim_end() == "kind: CustomResourceDefinition");
        if is_one && let (Some(group), Some(kind)) = (value(document, "  group:"), names(document))
        {
            found.push(Definition {
                file: file.to_path_buf(),
                start: end - document.len(),
                end,
                group: group.to_owned(),
                kind: kind.to_owned(),
            });
        }
        start = end;
    }
}

/// What is behind the first line with this beginning.
fn value<'t>(document: &'t str, start: &str) -> Option<&'t str> {
    let mut lines = document.lines();
    let value = lines.find_map(|line| line.strip_prefix(start))?;
    Some(value.trim().trim_matches(['"', '\'']))
}

/// The kind below `names`.
fn names(document: &str) -> Option<&str> {
    let (_, names) = document.split_once("\n  names:")?;
    value(names, "    kind:")
}
