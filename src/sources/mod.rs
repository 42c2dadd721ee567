//! The files to check: found under the roots or handed over, each read once, with its kind, its text and its line table.

pub mod context;
pub mod source_map;
pub mod survey;

mod candidate;
mod db;
mod decode;
mod file_system;
pub mod git_ignore;
mod git_index;
mod keys;
mod kind;
mod parsed_keys;
mod placeholder;
mod read;
mod source;
mod template;
mod walk;

use std::path::PathBuf;

use crate::patterns::Patterns;
use crate::span::Span;

pub(crate) use crate::sources::template::INSTRUCTIONS;
pub use db::SourceDb;
pub use file_system::{Content, Disk, Entry, EntryKind, FileSystem};
pub use source::Source;

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
    /// Dependabot's `.github/dependabot.yml`.
    Dependabot,
    /// The hooks of pre-commit, `.pre-commit-config.yaml`.
    PreCommit,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Dockerfile,
        Self::Kubernetes,
        Self::Workflow,
        Self::Action,
        Self::Compose,
        Self::Dependabot,
        Self::PreCommit,
    ];
}

/// Why a file is not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unjudged {
    /// Its name and its content are of nothing that is judged.
    NoKind,
    /// It is to be rendered first.
    Template,
    /// It is no text.
    Binary,
}

/// Where to look.
#[derive(Debug, Default)]
pub struct Roots {
    /// Files and folders as the user named them; each is checked whatever `.gitignore` says, and `exclude` unless `is_forced`.
    pub paths: Vec<PathBuf>,
    /// What is left out.
    pub exclude: Vec<Patterns>,
    /// Whether `exclude` counts for what the user named, too.
    pub is_forced: bool,
}

/// A file or folder that could not be read, or not as it is. Rule [`UNREADABLE`] reports it.
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
        /// The system's reason.
        source: std::io::Error,
    },
}
