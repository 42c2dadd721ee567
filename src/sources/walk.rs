//! Finds the files: walks folders, keeps to `.gitignore`, follows no link out of the tree, opens nothing but regular files.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, FileType};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use ignore::{DirEntry, WalkBuilder};

use crate::patterns::Patterns;
use crate::regular;
use crate::sources::candidate::{Candidate, Input};
use crate::sources::git_ignore::Ignores;
use crate::sources::kind::{Name, name};
use crate::sources::{Error, Roots, Unjudged};

/// The candidates under the roots, in the order of their paths, each once.
///
/// # Errors
/// A root that does not exist, cannot be read, or is no file or folder. A folder further down that cannot be read is a candidate that gives a problem.
pub(super) fn gather(working: &Path, roots: &Roots) -> Result<Vec<Candidate>, Error> {
    let mut found = Vec::new();
    for root in &roots.paths {
        let root = &tidy(root);
        let full = tidy(&working.join(root));
        let refused = |source| Error::Refused {
            path: root.clone(),
            source,
        };
        let kind = fs::metadata(&full).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => Error::Missing { path: root.clone() },
            _ => refused(source),
        })?;
        let is_excluded = |patterns: &Patterns| patterns.hold(&full, kind.is_dir());
        if roots.is_forced && roots.exclude.iter().any(is_excluded) {
            continue;
        }
        if kind.is_dir() {
            fs::read_dir(&full).map_err(refused)?;
            walk(working, roots, &full, &mut found);
        } else if kind.is_file() {
            regular::open(&full).map_err(refused)?;
            found.push(candidate(working, full, Input::Named));
        } else {
            return Err(Error::Special { path: root.clone() });
        }
    }
    // A file that was named comes before the same file found in a folder, and is the one that stays.
    found.sort_by(|a, b| {
        a.path
            .cmp(&b.path)
            .then_with(|| a.full.cmp(&b.full))
            .then_with(|| rank(&a.input).cmp(&rank(&b.input)))
    });
    found.dedup_by(|later, first| later.path == first.path);
    Ok(found)
}

fn rank(input: &Input) -> u8 {
    u8::from(!matches!(input, Input::Named))
}

/// The file of a path as somebody names it, absolute or relative to the working folder.
pub(super) fn named(working: &Path, path: &Path, input: Input) -> Candidate {
    candidate(working, tidy(&working.join(path)), input)
}

fn candidate(working: &Path, full: PathBuf, input: Input) -> Candidate {
    let path = shown(working, &full);
    Candidate { path, full, input }
}

/// A path relative to the working folder if it is below that, with `/`.
pub(super) fn shown(working: &Path, full: &Path) -> Arc<str> {
    let shown = match full.strip_prefix(working) {
        Ok(below) if below.as_os_str().is_empty() => ".".into(),
        Ok(below) => text(below),
        Err(_) => text(full),
    };
    if std::path::MAIN_SEPARATOR == '/' {
        Arc::from(shown.as_ref())
    } else {
        Arc::from(shown.replace(std::path::MAIN_SEPARATOR, "/"))
    }
}

/// The text of a path, another one for each: a byte that is no text is written as `\xfe`, and so is the backslash of a name that looks so.
fn text(path: &Path) -> Cow<'_, str> {
    let is_clear = |text: &str| std::path::MAIN_SEPARATOR != '/' || !text.contains("\\x");
    match path.to_str() {
        Some(text) if is_clear(text) => Cow::Borrowed(text),
        Some(text) => Cow::Owned(text.replace("\\x", "\\x5cx")),
        None => {
            let mut shown = String::new();
            for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
                shown.push_str(&chunk.valid().replace("\\x", "\\x5cx"));
                for byte in chunk.invalid() {
                    shown.push_str(&format!("\\x{byte:02x}"));
                }
            }
            Cow::Owned(shown)
        }
    }
}

/// The path without `.` components; `..` stays unless it takes back a folder that is known to be no link: the file system alone knows what it means.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if tidy.file_name().is_some()
                    && tidy.is_absolute()
                    && fs::symlink_metadata(&tidy).is_ok_and(|kind| kind.is_dir()) =>
            {
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    tidy
}

/// What is excluded below a folder that the user named.
pub(super) fn excluded(roots: &Roots, folder: &Path) -> Vec<Patterns> {
    let excluded = roots.exclude.iter();
    let excluded = excluded.map(|patterns| {
        if roots.is_forced {
            patterns.clone()
        } else {
            patterns.sparing(folder)
        }
    });
    excluded.collect()
}

/// Walks what is neither excluded nor ignored.
pub(super) fn walker(working: &Path, folder: &Path, excluded: Vec<Patterns>) -> WalkBuilder {
    let mut walker = WalkBuilder::new(folder);
    let ignores = Ignores::new(folder, &top(working, folder));
    // The crate would open whatever is named `.gitignore`, and take what lies above the repository and in `.git/info/exclude` as well.
    walker
        .standard_filters(false)
        .filter_entry(move |entry| wanted(entry, &excluded, &ignores));
    walker
}

/// The folder whose `.gitignore` is the first that counts: the root of the repository, or else the working folder, or the folder itself.
fn top(working: &Path, folder: &Path) -> PathBuf {
    let is_repository = |folder: &&Path| fs::symlink_metadata(folder.join(".git")).is_ok();
    let otherwise = if folder.starts_with(working) {
        working
    } else {
        folder
    };
    folder
        .ancestors()
        .find(is_repository)
        .unwrap_or(otherwise)
        .to_owned()
}

/// Why a file that is no candidate is not judged, as its name shows.
pub(super) fn by_name(path: &Path) -> Unjudged {
    let file_name = path.file_name().unwrap_or_default().to_string_lossy();
    match name(&file_name) {
        Name::DockerfileTemplate => Unjudged::Template,
        _ => Unjudged::NoKind,
    }
}

fn walk(working: &Path, roots: &Roots, folder: &Path, found: &mut Vec<Candidate>) {
    let walker = walker(working, folder, excluded(roots, folder));
    let mut files = BTreeSet::new();
    let mut links = Vec::new();
    for entry in walker.build() {
        match entry {
            Ok(entry) => match entry.file_type() {
                Some(kind) if kind.is_file() && is_ours(&entry) => {
                    files.insert(entry.into_path());
                }
                Some(kind) if kind.is_symlink() && is_ours(&entry) => links.push(entry.into_path()),
                _ => {}
            },
            Err(error) => found.extend(closed(working, &error)),
        }
    }
    let linked: Vec<PathBuf> = links
        .into_iter()
        .filter(|link| leads_inside(link, folder, &files))
        .collect();
    let all = files.into_iter().chain(linked);
    found.extend(all.map(|path| candidate(working, path, Input::Disk)));
}

fn wanted(entry: &DirEntry, excluded: &[Patterns], ignores: &Ignores) -> bool {
    let is_folder = entry.file_type().as_ref().is_some_and(FileType::is_dir);
    entry.depth() == 0
        || (entry.file_name() != ".git"
            && !excluded
                .iter()
                .any(|patterns| patterns.hold(entry.path(), is_folder))
            && !ignores.hold(entry.path(), is_folder))
}

fn is_ours(entry: &DirEntry) -> bool {
    // A kustomization need have no ending: what it builds is found by it.
    let is_kustomization = entry.file_name() == "Kustomization";
    let name = name(&entry.file_name().to_string_lossy());
    is_kustomization || !matches!(name, Name::Other | Name::DockerfileTemplate)
}

/// Whether a link leads to a regular file below `folder` that is not checked under its own name already.
fn leads_inside(link: &Path, folder: &Path, files: &BTreeSet<PathBuf>) -> bool {
    let (Ok(target), Ok(folder_there)) = (fs::canonicalize(link), fs::canonicalize(folder)) else {
        return false;
    };
    let Ok(below) = target.strip_prefix(&folder_there) else {
        return false;
    };
    !below.components().any(|part| part.as_os_str() == ".git")
        && !files.contains(&folder.join(below))
        && fs::metadata(&target).is_ok_and(|kind| kind.is_file())
}

/// A folder that could not be read, to be reported as a problem; other complaints of the walk, such as a bad line in a `.gitignore`, are passed over.
fn closed(working: &Path, error: &ignore::Error) -> Option<Candidate> {
    let path = path_of(error)?.to_owned();
    let reason = error.io_error()?.to_string();
    Some(candidate(working, path, Input::Closed(Arc::from(reason))))
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            path_of(err)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::Patterns;

    fn names(tree: &tempfile::TempDir, roots: &Roots) -> Vec<String> {
        let files = gather(tree.path(), roots).unwrap();
        files.iter().map(|file| file.path.to_string()).collect()
    }

    fn tree() -> tempfile::TempDir {
        let tree = tempfile::tempdir().unwrap();
        for file in [
            "Dockerfile",
            ".github/workflows/ci.yml",
            ".git/config.yml",
            "out/gen.yaml",
            "b/x.yaml",
            "b/notes.txt",
        ] {
            let path = tree.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        fs::write(tree.path().join(".gitignore"), "out/\n").unwrap();
        tree
    }

    #[test]
    fn folders_are_walked_in_order_and_named_files_are_always_in() {
        let tree = tree();
        let mut roots = Roots {
            paths: vec![".".into()],
            ..Roots::default()
        };
        let plain = [".github/workflows/ci.yml", "Dockerfile", "b/x.yaml"];
        assert_eq!(names(&tree, &roots), plain);
        roots.paths = vec!["b".into(), "./b/x.yaml".into(), tree.path().join("b/../b")];
        assert_eq!(names(&tree, &roots), ["b/x.yaml"]);
        roots.paths = vec![".".into(), "out/gen.yaml".into(), "b/notes.txt".into()];
        roots.exclude = vec![Patterns::new(tree.path(), ["b", "Dockerfile"]).unwrap()];
        assert_eq!(
            names(&tree, &roots),
            [".github/workflows/ci.yml", "b/notes.txt", "out/gen.yaml"]
        );
        roots.is_forced = true;
        roots.paths = vec!["out/gen.yaml".into(), "b/notes.txt".into(), "b".into()];
        assert_eq!(names(&tree, &roots), ["out/gen.yaml"]);
        roots.paths = vec!["none".into()];
        assert!(matches!(
            gather(tree.path(), &roots),
            Err(Error::Missing { .. })
        ));
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_neither_out_of_the_tree_nor_in_circles() {
        use std::os::unix::fs::symlink;
        let (tree, outside) = (tree(), tree());
        let link = |to: &Path, name: &str| symlink(to, tree.path().join(name)).unwrap();
        link(&outside.path().join("Dockerfile"), "Dockerfile.out");
        link(Path::new("Dockerfile"), "Dockerfile.twice");
        link(Path::new("b/notes.txt"), "Dockerfile.notes");
        link(Path::new("."), "circle");
        link(Path::new("nowhere"), "Dockerfile.broken");
        let roots = Roots {
            paths: vec![".".into()],
            ..Roots::default()
        };
        let expected = [
            ".github/workflows/ci.yml",
            "Dockerfile",
            "Dockerfile.notes",
            "b/x.yaml",
        ];
        assert_eq!(names(&tree, &roots), expected);
    }
}
