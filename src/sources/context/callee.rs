//! Files of a repository that its workflows and actions name: local actions, called workflows, what an action runs.

use std::any::Any;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::sources::context::{BuildContexts, GLANCE, head};
use crate::sources::{Kind, Source};

/// What is at a path of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named<T> {
    /// What was read of a file.
    Read(Arc<T>),
    /// A Dockerfile alone: an action without metadata.
    Dockerfile,
    /// Nothing.
    Absent,
    /// Not known: the root of the repository is not, or the file is too long.
    Unknown,
}

/// Names of an action's metadata.
const METADATA: &[&str] = &["action.yml", "action.yaml"];

impl BuildContexts {
    /// The metadata of the action in a folder of the repository that a workflow or an action is in. A file's text is read once a run for each
    /// type that is asked for.
    pub fn local_action<T: Any + Send + Sync>(
        &self,
        source: &Source,
        folder: &str,
        read: impl Fn(&str) -> T,
    ) -> Named<T> {
        let Some((root, is_certain)) = self.uses_root(source) else {
            return Named::Unknown;
        };
        let Some(folder) = inside(&root, folder) else {
            return Named::Unknown;
        };
        let mut names = METADATA.iter();
        if let Some(found) = names.find_map(|name| self.text(&folder.join(name), &read)) {
            return found;
        }
        let has = |name: &str| self.exists(&folder.join(name));
        if has("Dockerfile") || has("dockerfile") {
            Named::Dockerfile
        } else if is_certain {
            Named::Absent
        } else {
            Named::Unknown
        }
    }

    /// The workflow at a path of the repository that a workflow is in. A file's text is read once a run for each type that is asked for.
    pub fn called_workflow<T: Any + Send + Sync>(
        &self,
        source: &Source,
        path: &str,
        read: impl Fn(&str) -> T,
    ) -> Named<T> {
        let Some((root, is_certain)) = self.uses_root(source) else {
            return Named::Unknown;
        };
        let Some(file) = inside(&root, path) else {
            return Named::Unknown;
        };
        let is_free = || !self.is_in_repository(source);
        let is_beside = || is_free() && file.parent().is_some_and(|folder| self.exists(folder));
        match self.text(&file, &read) {
            Some(found) => found,
            None if is_certain || is_beside() => Named::Absent,
            None => Named::Unknown,
        }
    }

    /// Whether the repository of a file is named so, by its folder, and is an action itself.
    pub fn is_action_named(&self, source: &Source, name: &str) -> bool {
        let Some((root, is_certain)) = self.uses_root(source) else {
            return false;
        };
        let folder = root.file_name().and_then(|folder| folder.to_str());
        let is_named = folder.is_some_and(|folder| folder.eq_ignore_ascii_case(name));
        is_certain && is_named && METADATA.iter().any(|file| self.exists(&root.join(file)))
    }

    /// Whether a path below the folder of a file exists; `None` if that is not known.
    pub fn has_below(&self, source: &Source, path: &str) -> Option<bool> {
        let folder = source.full()?.parent()?;
        self.directories.as_ref()?;
        let path = path.strip_prefix("./").unwrap_or(path);
        let is_plain = !path.is_empty() && !path.starts_with('/');
        is_plain.then(|| self.exists(&folder.join(path)))
    }

    /// What `./` means in `uses` of a file: the folder that `.github` is in, or the repository; if neither is known, the folder that
    /// hullmark works in, which is not certain.
    fn uses_root(&self, source: &Source) -> Option<(PathBuf, bool)> {
        let full = source.full()?;
        let folders = full.ancestors();
        let mut folders = folders.filter(|above| {
            above
                .file_name()
                .is_some_and(|name| name == ".github" || name == ".forgejo" || name == ".gitea")
        });
        if let Some(root) = folders.next().and_then(Path::parent) {
            return Some((root.to_owned(), true));
        }
        let directories = self.directories.as_ref()?;
        if let Some(root) = directories.repository(full.parent()?) {
            // GitHub runs no workflow elsewhere: it is an example, or data of a test.
            return Some((root, source.kind != Kind::Workflow));
        }
        let working = directories.folder();
        full.starts_with(working)
            .then(|| (working.to_owned(), false))
    }

    /// Whether a file is below a folder with `.git`.
    fn is_in_repository(&self, source: &Source) -> bool {
        let folder = source.full().and_then(Path::parent);
        let directories = self.directories.as_ref();
        let repository = directories.zip(folder);
        repository.is_some_and(|(directories, folder)| directories.repository(folder).is_some())
    }

    fn exists(&self, path: &Path) -> bool {
        let directories = self.directories.as_ref();
        directories.is_some_and(|directories| directories.files().exists(path))
    }

    /// What was read of a file; `None` if there is none.
    fn text<T: Any + Send + Sync>(
        &self,
        file: &Path,
        read: impl Fn(&str) -> T,
    ) -> Option<Named<T>> {
        let directories = self.directories.as_ref()?;
        let files = directories.files();
        if !files.is_file(file) {
            return None;
        }
        let reading = directories.reading(file, || {
            let text = head(files, file);
            let is_whole = (text.len() as u64) < GLANCE;
            is_whole.then(|| Arc::new(read(&text)))
        });
        Some(reading.map_or(Named::Unknown, Named::Read))
    }
}

/// A path below a folder; nothing for one that leaves it.
fn inside(root: &Path, path: &str) -> Option<PathBuf> {
    let is_plain = !path.starts_with('/') && !path.contains('\\');
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "."));
    let mut parts = parts.peekable();
    let is_below = { parts.clone() }.all(|part| part != "..");
    (is_plain && is_below).then(|| {
        if parts.peek().is_none() {
            return root.to_owned();
        }
        parts.fold(root.to_owned(), |path, part| path.join(part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_repository() {
        let root = Path::new("/r");
        assert_eq!(inside(root, "a//b/./c/"), Some(PathBuf::from("/r/a/b/c")));
        assert_eq!(inside(root, ""), Some(PathBuf::from("/r")));
        assert_eq!(inside(root, "../a"), None);
        assert_eq!(inside(root, "/etc"), None);
    }
}
