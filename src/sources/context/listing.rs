//! The files of a folder that one would not want in an image, told by their names; what is in them is for others to judge.

use std::collections::VecDeque;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

/// How many entries of a context are looked at.
const ENTRIES: usize = 20_000;

/// How deep folders are looked into.
const DEPTH: usize = 6;

/// Folders of other people's code, of what is built, and of what is only there to be tested with or to be read.
const PASSED_OVER: &[&str] = &[
    "node_modules",
    "bower_components",
    "vendor",
    "target",
    "dist",
    "build",
    ".venv",
    "venv",
    "__pycache__",
    ".terraform",
    ".tox",
    "site-packages",
    "test",
    "tests",
    "testing",
    "testdata",
    "__tests__",
    "spec",
    "e2e",
    "fixtures",
    "mocks",
    "mock",
    "example",
    "examples",
    "sample",
    "samples",
    "demo",
    "docs",
    "doc",
];

/// A file that may hold a credential, or git's own folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delicate {
    /// Relative to the folder that was listed, with `/`.
    pub path: String,
    /// The beginning of its text; empty for `.git`.
    pub head: String,
}

impl Delicate {
    /// Whether it is git's own folder, or the file that stands for it in a worktree.
    pub fn is_git(&self) -> bool {
        self.path == ".git" || self.path.ends_with("/.git")
    }
}

/// All of them below `folder`, in the order of their depth and names.
pub(super) fn delicate(folder: &Path) -> Vec<Delicate> {
    let mut found = Vec::new();
    let mut left = ENTRIES;
    let mut folders: VecDeque<(PathBuf, String, usize)> =
        VecDeque::from([(folder.to_owned(), String::new(), 0)]);
    while let Some((folder, prefix, depth)) = folders.pop_front() {
        for entry in entries(&folder) {
            if left == 0 {
                return found;
            }
            left -= 1;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            let path = format!("{prefix}{name}");
            if name == ".git" {
                found.push(Delicate {
                    path,
                    head: String::new(),
                });
            } else if kind.is_dir() {
                if depth < DEPTH && !PASSED_OVER.contains(&name.as_str()) {
                    folders.push_back((entry.path(), format!("{path}/"), depth + 1));
                }
            } else if kind.is_file() && is_delicate(&path) {
                let head = super::head(&entry.path());
                found.push(Delicate { path, head });
            }
        }
    }
    found
}

/// The entries of a folder by name; none if it cannot be read.
pub(super) fn entries(folder: &Path) -> Vec<DirEntry> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut entries: Vec<DirEntry> = entries.flatten().take(ENTRIES).collect();
    entries.sort_by_key(DirEntry::file_name);
    entries
}

/// Whether files of that name are known to hold credentials. Those that show how such a file looks are not.
fn is_delicate(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let lower = name.to_ascii_lowercase();
    let shows = [
        "example", "sample", "template", "dist", "schema", "defaults", "tpl", "test",
    ];
    if lower
        .split(['.', '-', '_'])
        .any(|part| shows.contains(&part))
    {
        return false;
    }
    let whole = [
        ".env",
        ".npmrc",
        ".yarnrc.yml",
        ".netrc",
        "_netrc",
        ".pypirc",
        ".pgpass",
        ".git-credentials",
        ".dockercfg",
        ".my.cnf",
        "id_rsa",
        "id_dsa",
        "id_ecdsa",
        "id_ed25519",
        "kubeconfig",
        "credentials.json",
        "serviceaccount.json",
        "service-account.json",
        "terraform.tfstate",
    ];
    let ends = [".pem", ".key", ".ppk", ".kubeconfig", ".tfvars", ".env"];
    let paths = [".aws/credentials", ".kube/config", ".docker/config.json"];
    whole.contains(&lower.as_str())
        || lower.starts_with(".env.")
        || ends.iter().any(|end| lower.ends_with(end))
        || paths
            .iter()
            .any(|end| path == *end || path.ends_with(&format!("/{end}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_may_hold_a_credential() {
        for path in [
            ".env",
            "web/.env.production",
            "id_rsa",
            "tls/server.key",
            "home/.aws/credentials",
            "prod.env",
        ] {
            assert!(is_delicate(path), "{path}");
        }
        for path in [
            ".env.example",
            "aws/credentials",
            "id_rsa.pub",
            "a.json",
            "env",
            ".env.test",
            "env.sample",
        ] {
            assert!(!is_delicate(path), "{path}");
        }
    }
}
