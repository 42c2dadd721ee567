//! The folders that the paths in a file begin at, and the files of values that they lead to.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use serde_yaml::{Mapping, Value};

use crate::deployed::releases::{Given, Release};
use crate::regular::{self, normal};
use crate::render::helm::chart::masked::mask;
use crate::render::helm::render::Known;

/// How many bytes a file of values has at most.
pub const LARGEST_VALUES: u64 = 5 << 20;

/// Where a file lies that names others.
pub(super) struct Around {
    /// The file.
    pub(super) file: PathBuf,
    /// Its folder.
    pub(super) own: PathBuf,
    /// The repository.
    pub(super) top: PathBuf,
}

/// Words in the path of a file that tries a chart out.
const TRIED: &[&str] = &[
    "ci",
    "demo",
    "e2e",
    "example",
    "examples",
    "integration",
    "kind",
    "lint",
    "sample",
    "samples",
    "smoke",
    "test",
    "testdata",
    "testing",
    "tests",
];

impl Around {
    /// The path of the file below the repository, in lower case.
    pub(super) fn below(&self) -> String {
        let below = self.file.strip_prefix(&self.top).unwrap_or(&self.file);
        below.to_string_lossy().to_ascii_lowercase()
    }

    /// Whether the file only tries out what it deploys, by its path.
    pub(super) fn is_tried(&self) -> bool {
        let below = self.below().replace(".gitlab-ci", "");
        let mut parts = below.split(['/', '-', '_', '.']);
        parts.any(|part| TRIED.contains(&part))
    }

    /// Adds a file of values, whose path begins at the folder `from` or, after a slash, at the top of the repository.
    pub(super) fn add_file(&self, path: &str, from: &Path, release: &mut Release) {
        let path = filled(path, release.name.as_deref());
        let path = match path.split_once('/') {
            // Another source of the application, which may be this repository.
            Some((first, below)) if first.starts_with('$') => self.top.join(below),
            _ => match path.strip_prefix('/') {
                Some(below) => self.top.join(below),
                None => from.join(&path),
            },
        };
        let path = one_of(&normal(&path));
        if !path.starts_with(&self.top) || !is_of_values(&path, &self.top) {
            release.is_open = true;
            return;
        }
        let ending = path.extension().and_then(|ending| ending.to_str());
        let known = match ending {
            Some("gotmpl" | "tpl" | "tmpl" | "tftpl") => Known::Template,
            _ => Known::All,
        };
        release.values.push(Given {
            file: path,
            text: None,
            known,
        });
    }

    /// Adds a file of values whose keys alone can be read; if there is none, nothing else is known to be in it.
    pub(super) fn add_secrets(&self, path: &str, release: &mut Release) {
        let path = normal(&self.own.join(path));
        if path.starts_with(&self.top) && is_of_values(&path, &self.top) {
            release.values.push(Given {
                file: path,
                text: None,
                known: Known::Keys,
            });
        }
    }

    /// Adds values that the file itself writes out: what they are is judged there, and not where they are used.
    pub(super) fn add_written(&self, values: &Value, release: &mut Release) {
        let is_empty = values.as_mapping().is_none_or(Mapping::is_empty);
        if let Some(text) = serde_yaml::to_string(values).ok().filter(|_| !is_empty) {
            self.add_text(text, release);
        }
    }

    /// Adds a text of values that the file has in it.
    pub(super) fn add_text(&self, text: String, release: &mut Release) {
        let text = if text.contains("{{") {
            mask(&text).text
        } else {
            text
        };
        match serde_yaml::from_str::<Value>(&text) {
            Ok(Value::Mapping(_)) => release.values.push(Given {
                file: self.file.clone(),
                text: Some(text),
                known: Known::Keys,
            }),
            Ok(Value::Null) => {}
            _ => release.is_open = true,
        }
    }

    /// Adds assignments as `--set` has them: paths of keys, of which the values are not known here.
    pub(super) fn add_set<'a>(
        &self,
        names: impl IntoIterator<Item = &'a str>,
        release: &mut Release,
    ) {
        let mut root = Mapping::new();
        for name in names {
            if name.contains(['[', '\\', '{', '$']) || name.is_empty() {
                release.is_open = true;
            } else {
                set(&mut root, name);
            }
        }
        self.add_written(&Value::Mapping(root), release);
    }
}

/// Sets the keys of a path, one below the other.
fn set(root: &mut Mapping, path: &str) {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let entry = root.entry(Value::String(first.to_owned()));
    let Some(rest) = rest else {
        entry.or_insert_with(|| Value::String("set".to_owned()));
        return;
    };
    let below = entry.or_insert_with(|| Value::Mapping(Mapping::new()));
    if !below.is_mapping() {
        *below = Value::Mapping(Mapping::new());
    }
    if let Value::Mapping(below) = below {
        set(below, rest);
    }
}

/// What stands in a path for the name of the release, and for what else is known only when it is deployed.
const RELEASE: &str = "__release__";
const ANY: &str = "__any__";

/// How long an action in a path is, in bytes.
const ACTION: usize = 200;

/// How many entries of a folder are looked at for one that fits.
const ENTRIES: usize = 1_000;

/// A text of paths whose actions are words, unless a path begins with one.
pub(super) fn with_words(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        found.push_str(before);
        let is_in_path =
            before.ends_with(|byte: char| byte.is_alphanumeric() || "/.-_".contains(byte));
        let near = (0..=ACTION.min(after.len()))
            .rev()
            .find(|end| after.is_char_boundary(*end));
        let end = after[..near.unwrap_or(0)].find("}}");
        let action = end
            .map(|end| (&after[..end], &after[end + 2..]))
            .filter(|(action, _)| {
                is_in_path && !action.contains(['\n', '"', '(']) && !action.contains("end")
            });
        if let Some((action, after)) = action {
            let is_name = action.contains(".Release.Name");
            found.push_str(if is_name { RELEASE } else { ANY });
            // The action may be quoted as one that prints it.
            rest = after.strip_prefix("`}}").unwrap_or(after);
        } else {
            found.push_str("{{");
            rest = after;
        }
    }
    found + rest
}

/// A path with the name of the release in it, and with stars for what is not known.
fn filled(path: &str, name: Option<&str>) -> String {
    let path = with_words(path);
    let path = match name {
        Some(name) => path.replace(RELEASE, name),
        None => path,
    };
    path.replace(RELEASE, "*").replace(ANY, "*")
}

/// The path, or if it has stars the one that fits: that of production before all others.
fn one_of(path: &Path) -> PathBuf {
    let mut found = PathBuf::new();
    for part in path.components() {
        let name = part.as_os_str().to_string_lossy();
        if !name.contains('*') {
            found.push(part);
            continue;
        }
        let pieces: Vec<&str> = name.split('*').collect();
        let least = name.len() + 1 - pieces.len();
        let fits = |entry: &String| {
            let ends = (pieces.first(), pieces.last());
            entry.len() >= least
                && matches!(ends, (Some(start), Some(end))
                    if entry.starts_with(*start) && entry.ends_with(*end))
        };
        let entries = std::fs::read_dir(&found).into_iter().flatten();
        let names = entries.take(ENTRIES).flatten();
        let names = names.filter_map(|entry| entry.file_name().into_string().ok());
        let best = names
            .filter(fits)
            .min_by_key(|name| (!name.contains("prod"), name.clone()));
        found.push(best.as_deref().unwrap_or(&name));
    }
    found
}

/// Whether a path is a file of the repository, links followed, that is small enough to be one of values.
fn is_of_values(path: &Path, top: &Path) -> bool {
    let is_small = |file: Metadata| file.is_file() && file.len() <= LARGEST_VALUES;
    regular::is_inside(path, top) && path.metadata().is_ok_and(is_small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_with_actions_lead_to_a_file_that_fits() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path();
        for environment in ["dev", "production"] {
            std::fs::create_dir_all(top.join("env").join(environment)).unwrap();
            std::fs::write(top.join("env").join(environment).join("web.yaml"), "").unwrap();
        }
        for path in [
            "env/{{ .Environment.Name }}/web.yaml",
            "env/{{.Environment.Name}}/{{ .Release.Name }}.yaml",
            "env/prod{{ .Suffix }}/w{{ .X }}.yaml",
        ] {
            let found = one_of(&top.join(filled(path, Some("web"))));
            assert_eq!(found, top.join("env/production/web.yaml"), "{path}");
        }
        let text = "values:\n  - ./{{ .A }}.yaml\n  - {{ .B }}\n";
        assert_eq!(
            with_words(text),
            "values:\n  - ./__any__.yaml\n  - {{ .B }}\n"
        );
    }
}
