//! `--config-from`: the configuration and the policies of a revision of the repository, or of a folder beside it, that those whose change is checked cannot
//! write to.
//!
//! Of a revision, what is asked for is taken from git's objects and written to a folder that is removed at the end: nothing is checked out, no filter
//! and no hook runs. Links are left out.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use tempfile::TempDir;

use crate::config::error::Error;
use crate::git::{Blob, Git};
use crate::regular;

/// How many files of policies are taken.
const MOST_FILES: usize = 2_000;

/// How many bytes such a file, or a configuration, has at most.
pub(super) const LARGEST: u64 = 1 << 20;

/// Where the configuration comes from.
#[derive(Debug)]
pub(super) struct Trusted {
    /// As the user wrote it.
    from: String,
    /// A folder that stands for the root of the repository.
    tree: PathBuf,
    revision: Option<Revision>,
}

/// A revision, and the folder that its files are written to.
#[derive(Debug)]
struct Revision {
    git: Git,
    /// The full hash of the commit.
    commit: String,
    held: TempDir,
}

impl Trusted {
    /// Finds the folder or the revision. A folder begins with `/`, `./` or `../`: else a folder of the checkout could pass for a revision.
    ///
    /// # Errors
    /// If there is none, or no git to ask.
    pub(super) fn open(from: &str, working: &Path, root: Option<&Path>) -> Result<Self, Error> {
        let path = Path::new(from);
        let is_folder = path.is_absolute()
            || matches!(
                path.components().next(),
                Some(Component::CurDir | Component::ParentDir)
            );
        if is_folder {
            let tree = working.join(path);
            return if tree.is_dir() {
                Ok(Self {
                    from: from.to_owned(),
                    tree,
                    revision: None,
                })
            } else {
                Err(fault(from, "is no folder"))
            };
        }
        let Some(root) = root else {
            return Err(fault(
                from,
                "there is no repository here whose revision it could be; begin a folder with `./`",
            ));
        };
        let git = Git::of(root).ok_or_else(|| fault(from, "git is not installed"))?;
        let held = tempfile::tempdir().map_err(|error| fault(from, error.to_string()))?;
        let commit = git.commit(from).map_err(|error| {
            fault(
                from,
                format!(
                    "names no commit that is here ({error}); fetch it first: `git fetch --depth=1 origin {}`",
                    from.strip_prefix("origin/").unwrap_or(from)
                ),
            )
        })?;
        let revision = Revision { git, commit, held };
        Ok(Self {
            from: from.to_owned(),
            tree: revision.held.path().to_owned(),
            revision: Some(revision),
        })
    }

    /// How a path below the root is shown: as git shows a file of a revision.
    pub(super) fn shown(&self, path: &Path) -> String {
        let path = path.to_string_lossy().replace('\\', "/");
        match self.revision {
            Some(_) => format!("{}:{path}", self.from),
            None => format!("{}/{path}", self.from.trim_end_matches('/')),
        }
    }

    /// The text of a file that was taken, by its path below the root, of at most so many bytes; `None` if it is not there.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn text(&self, path: &Path, most: u64) -> Result<Option<String>, Error> {
        let file = self.tree.join(path);
        if !file.is_file() {
            return Ok(None);
        }
        let text = regular::read_text(&file, most);
        text.map(Some).map_err(|source| Error::Unreadable {
            path: self.shown(path),
            source,
        })
    }

    /// A folder of policies, by its path below the root.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn folder(&self, path: &Path) -> Result<PathBuf, Error> {
        self.take(&[path.to_owned()], LARGEST)?;
        Ok(self.tree.join(path))
    }

    /// Writes the regular files of the commit at or below these paths, each of at most so many bytes, to the tree; a folder has its files already.
    ///
    /// # Errors
    /// If one cannot be read.
    pub(super) fn take(&self, paths: &[PathBuf], most: u64) -> Result<(), Error> {
        let Some(revision) = &self.revision else {
            return Ok(());
        };
        let taken = revision.write(paths, &self.tree, most);
        taken.map_err(|source| Error::Unreadable {
            path: self.shown(paths.first().map_or(Path::new(""), PathBuf::as_path)),
            source,
        })
    }
}

impl Revision {
    /// Writes the regular files at or below these paths to a tree.
    fn write(&self, paths: &[PathBuf], tree: &Path, most: u64) -> io::Result<()> {
        let blobs = self.git.files(&self.commit, paths, MOST_FILES)?;
        if blobs.iter().any(|blob| blob.size > most) {
            let most = most >> 20;
            return Err(io::Error::other(format!("is larger than {most} MiB")));
        }
        let blobs: Vec<&Blob> = blobs.iter().collect();
        self.git.read(&blobs, &mut |blob, bytes| {
            let file = tree.join(&blob.path);
            file.parent().map(fs::create_dir_all).transpose()?;
            fs::write(file, bytes)
        })
    }
}

fn fault(from: &str, reason: impl Into<String>) -> Error {
    Error::From {
        from: from.to_owned(),
        reason: reason.into(),
    }
}
