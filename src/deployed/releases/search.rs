//! Files that say how charts are deployed and that are no YAML by their names.

use std::fs;
use std::path::{Path, PathBuf};

use crate::deployed::releases::commands;

/// How deep below the repository, and in how many folders, they are looked for.
const DEPTH: usize = 4;
const FOLDERS: usize = 1_000;

/// How many entries of a folder are looked at.
const ENTRIES: usize = 1_000;

/// Folders that hold nothing of the kind, and may be large.
const LEFT_OUT: &[&str] = &[
    "charts",
    "node_modules",
    "target",
    "templates",
    "testdata",
    "vendor",
];

/// The templates of YAML, the scripts and the files of Terraform in a repository, in order.
pub(super) fn files(top: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut level = vec![top.to_owned()];
    let mut left = FOLDERS;
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for folder in level {
            if left == 0 {
                break;
            }
            left -= 1;
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries.take(ENTRIES).flatten() {
                let name = entry.file_name();
                let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
                    continue;
                };
                let Ok(kind) = entry.file_type() else {
                    continue;
                };
                if kind.is_dir() && !LEFT_OUT.contains(&name) {
                    next.push(folder.join(name));
                } else if kind.is_file() && is_wanted(Path::new(name)) {
                    found.push(folder.join(name));
                }
            }
        }
        next.sort_unstable();
        level = next;
    }
    found.sort_unstable();
    found
}

fn is_wanted(name: &Path) -> bool {
    let text = name.to_string_lossy();
    let is =
        |ending: &str| text.len() > ending.len() && text.as_bytes().ends_with(ending.as_bytes());
    is(".yaml.gotmpl") || is(".yml.gotmpl") || is(".tf") || commands::is_script(name)
}
