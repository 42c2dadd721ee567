//! The files of a folder that one would not want in an image, by their names; whether they hold a credential is for others to say.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use crate::sources::context::head;
use crate::sources::{Entry, EntryKind, FileSystem};

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
pub struct SensitiveFile {
    /// Relative to the folder that was listed, with `/`.
    pub path: String,
    /// The beginning of its text; empty for `.git`.
    pub head: String,
}

impl SensitiveFile {
    /// Whether it is git's own folder, or the file that replaces it in a worktree.
    pub fn is_git(&self) -> bool {
        self.path == ".git" || self.path.ends_with("/.git")
    }
}

/// All of them below `folder`, in the order of their depth and names.
pub(super) fn sensitive_files(files: &dyn FileSystem, folder: &Path) -> Vec<SensitiveFile> {
    let mut found = Vec::new();
    let mut left = ENTRIES;
    let mut folders: VecDeque<(PathBuf, String, usize)> =
        VecDeque::from([(folder.to_owned(), String::new(), 0)]);
    while let Some((folder, prefix, depth)) = folders.pop_front() {
        for Entry { name, kind } in entries(files, &folder) {
            if left == 0 {
                return found;
            }
            left -= 1;
            let path = format!("{prefix}{name}");
            if name == ".git" {
                found.push(SensitiveFile {
                    path,
                    head: String::new(),
                });
            } else if kind == EntryKind::Folder {
                if depth < DEPTH && !PASSED_OVER.contains(&name.as_str()) {
                    folders.push_back((folder.join(&name), format!("{path}/"), depth + 1));
                }
            } else if kind == EntryKind::File && is_sensitive(&path) {
                let head = head(files, &folder.join(&name));
                found.push(SensitiveFile { path, head });
            }
        }
    }
    found
}

/// The entries of a folder by name; none if it cannot be read.
fn entries(files: &dyn FileSystem, folder: &Path) -> Vec<Entry> {
    let mut entries = files.entries(folder, ENTRIES).unwrap_or_default();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    entries
}

/// Whether files of that name are known to hold credentials. Those that show how such a file looks are not.
fn is_sensitive(path: &str) -> bool {
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
    // Whatever they are for: `deploy_id_rsa`, `insecure_key`.
    let is_key = !lower.contains('.')
        && (["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"]
            .iter()
            .any(|kind| lower.ends_with(kind))
            || ["_key", "-key", "privatekey"]
                .iter()
                .any(|end| lower.ends_with(end)));
    is_key
        || whole.contains(&lower.as_str())
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
    fn names_show_what_may_hold_a_credential() {
        for path in [
            ".env",
            "web/.env.production",
            "id_rsa",
            "tls/server.key",
            "home/.aws/credentials",
            "prod.env",
            "workspace/insecure_id_rsa",
            "image/deploy-key",
        ] {
            assert!(is_sensitive(path), "{path}");
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
            assert!(!is_sensitive(path), "{path}");
        }
    }
}
