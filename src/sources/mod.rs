//! The files to check: found under the roots, each looked at once, with its kind, its text and its line table.

pub mod context;

mod decode;
mod keys;
mod kind;
mod read;
mod template;
mod walk;

use std::path::PathBuf;
use std::sync::Arc;

use crate::patterns::Patterns;
use crate::sources::context::{Disk, Surroundings};
use crate::span::{Lines, Span};

pub use read::read;
pub use walk::gather;

/// What a file is to hullmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A Dockerfile or Containerfile.
    Dockerfile,
    /// YAML or JSON whose documents have `apiVersion` and `kind`.
    Kubernetes,
    /// A GitHub workflow.
    Workflow,
    /// A GitHub action's `action.yml`.
    Action,
    /// A Compose file.
    Compose,
}

/// A file, read.
#[derive(Debug)]
pub struct Source {
    /// Relative to the working folder, with `/`.
    pub path: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// Decoded to UTF-8, without byte order mark.
    pub text: String,
    /// Where its lines begin.
    pub lines: Lines,
    /// What lies around it; nothing for a file that is not on the disk.
    pub surroundings: Option<Surroundings>,
}

/// Where to look.
#[derive(Debug, Default)]
pub struct Roots {
    /// The working folder, absolute.
    pub folder: PathBuf,
    /// Files and folders as the user named them; each is checked whatever `exclude` and `.gitignore` say.
    pub paths: Vec<PathBuf>,
    /// What is left out.
    pub exclude: Vec<Patterns>,
    /// A file that is not on the disk: its name and its bytes.
    pub stdin: Option<(String, Vec<u8>)>,
}

/// A file that may be ours: its name allows it, or the user named it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Relative to the working folder, with `/`.
    pub path: Arc<str>,
    /// The absolute path; patterns are matched against it.
    pub full: PathBuf,
    origin: Origin,
    disk: Arc<Disk>,
}

impl Candidate {
    /// What its name and its folder say it is; nothing if that is for its content to say.
    pub fn told_kind(&self) -> Option<Kind> {
        match kind::name(self.file_name()) {
            kind::Name::Dockerfile => Some(Kind::Dockerfile),
            kind::Name::Yaml => kind::told_by_path(&self.full),
            kind::Name::Json | kind::Name::Other => None,
        }
    }

    /// Whether its name allows a Compose file or a workflow, which may say how Dockerfiles are built.
    pub fn may_name_builds(&self) -> bool {
        kind::name(self.file_name()) == kind::Name::Yaml
    }

    fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// Where a candidate's bytes are.
#[derive(Clone, Debug)]
enum Origin {
    /// On the disk.
    Disk,
    /// On the disk, and named by the user, who then need not follow the naming of Dockerfiles.
    Named,
    /// Given with the request.
    Memory(Arc<[u8]>),
    /// Nowhere: a folder that could not be looked into, and why.
    Closed(Arc<str>),
}

/// A file or folder that could not be read, or not as it stands. Rule [`UNREADABLE`] reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadProblem {
    /// Why.
    pub message: String,
    /// The first bad place; empty and at the start if nothing could be read.
    pub span: Span,
}

/// The rule that reports a [`ReadProblem`].
pub const UNREADABLE: &str = "hullmark/unreadable-file";

/// What cannot be checked because the user named something that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing of that name.
    #[error("{}: no such file or folder", path.display())]
    Missing {
        /// As named.
        path: PathBuf,
    },
    /// A socket, a device, a pipe.
    #[error("{}: is neither a file nor a folder", path.display())]
    Special {
        /// As named.
        path: PathBuf,
    },
    /// The system refuses.
    #[error("{}: {source}", path.display())]
    Refused {
        /// As named.
        path: PathBuf,
        /// The system's word.
        source: std::io::Error,
    },
}
