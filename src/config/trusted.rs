//! `--config-from`: the configuration and the policies of a revision of the repository, or of a folder beside it, that those whose change is checked cannot
//! write to.
//!
//! Of a revision, what is asked for is taken from git's objects and written to a folder that is removed at the end: nothing is checked out, no filter
//! and no hook runs. Links are left out.

use std::borrow::Cow;
use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::config::error::Error;
use crate::external;
use crate::regular;

/// How many files of policies are taken.
const MOST_FILES: usize = 2_000;

/// How many bytes such a file, or a configuration, has at most.
const LARGEST: usize = 1 << 20;

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
    git: PathBuf,
    repository: PathBuf,
    /// The full hash of the commit.
    commit: String,
    held: TempDir,
}

/// A regular file in a commit.
struct Blob {
    path: String,
    /// Its hash.
    id: String,
    /// How many bytes it has.
    size: usize,
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
        let git = external::on_path("git", env::var_os("PATH").as_deref());
        let git = git.ok_or_else(|| fault(from, "git is not installed"))?;
        let held = tempfile::tempdir().map_err(|error| fault(from, error.to_string()))?;
        let mut revision = Revision {
            git,
            repository: root.to_owned(),
            commit: String::new(),
            held,
        };
        let commit = format!("{from}^{{commit}}");
        let found = revision.git(&["rev-parse", "--verify", "--end-of-options", &commit]);
        let found = found.map_err(|error| {
            fault(
                from,
                format!(
                    "names no commit that is here ({error}); fetch it first: `git fetch --depth=1 origin {}`",
                    from.strip_prefix("origin/").unwrap_or(from)
                ),
            )
        })?;
        String::from_utf8_lossy(&found)
            .trim()
            .clone_into(&mut revision.commit);
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

    /// The text of a file that was taken, by its path below the root; `None` if it is not there.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn text(&self, path: &Path) -> Result<Option<String>, Error> {
        let file = self.tree.join(path);
        if !file.is_file() {
            return Ok(None);
        }
        let text = regular::read_text(&file, LARGEST as u64);
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
        self.take(&[path.to_owned()])?;
        Ok(self.tree.join(path))
    }

    /// Writes the regular files of the commit at or below these paths to the tree; a folder has its files already.
    ///
    /// # Errors
    /// If one cannot be read.
    pub(super) fn take(&self, paths: &[PathBuf]) -> Result<(), Error> {
        let Some(revision) = &self.revision else {
            return Ok(());
        };
        let taken = revision.blobs(paths).and_then(|blobs| {
            let mut blobs = blobs.iter();
            blobs.try_for_each(|blob| revision.write(blob, &self.tree))
        });
        taken.map_err(|source| Error::Unreadable {
            path: self.shown(paths.first().map_or(Path::new(""), PathBuf::as_path)),
            source,
        })
    }
}

impl Revision {
    /// What git answers.
    fn git(&self, arguments: &[&str]) -> io::Result<Vec<u8>> {
        let mut command = Command::new(&self.git);
        command.arg("-C").arg(&self.repository);
        command.args(["--no-optional-locks", "--literal-pathspecs"]);
        let Output {
            status,
            stdout,
            stderr,
        } = command.args(arguments).output()?;
        if status.success() {
            return Ok(stdout);
        }
        let said = String::from_utf8_lossy(&stderr);
        let said = said.lines().next().unwrap_or_default();
        Err(io::Error::other(format!("git: {said}")))
    }

    /// The regular files at or below these paths.
    fn blobs(&self, paths: &[PathBuf]) -> io::Result<Vec<Blob>> {
        let paths: Vec<Cow<str>> = paths.iter().map(|path| path.to_string_lossy()).collect();
        let mut arguments = vec!["ls-tree", "-r", "-l", "-z", &self.commit, "--"];
        arguments.extend(paths.iter().map(AsRef::as_ref));
        let list = self.git(&arguments)?;
        let list = String::from_utf8_lossy(&list);
        // `100644 blob HASH    SIZE<tab>PATH`
        let blobs = list.split('\0').filter_map(|line| {
            let (head, path) = line.split_once('\t')?;
            let mut parts = head.split_ascii_whitespace();
            let is_regular = matches!(parts.next(), Some("100644" | "100755"));
            let id = parts.nth(1)?.to_owned();
            let size = parts.next()?.parse().ok()?;
            let path = path.to_owned();
            is_regular.then_some(Blob { path, id, size })
        });
        let blobs: Vec<Blob> = blobs.take(MOST_FILES + 1).collect();
        if blobs.len() > MOST_FILES {
            return Err(io::Error::other(format!(
                "has more than {MOST_FILES} files"
            )));
        }
        Ok(blobs)
    }

    fn write(&self, blob: &Blob, tree: &Path) -> io::Result<()> {
        let path = Path::new(&blob.path);
        let is_plain = path
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !is_plain {
            return Ok(());
        }
        if blob.size > LARGEST {
            return Err(io::Error::other("is larger than 1 MiB"));
        }
        let text = self.git(&["cat-file", "blob", &blob.id])?;
        let file = tree.join(path);
        file.parent().map(fs::create_dir_all).transpose()?;
        fs::write(file, text)
    }
}

fn fault(from: &str, reason: impl Into<String>) -> Error {
    Error::From {
        from: from.to_owned(),
        reason: reason.into(),
    }
}
