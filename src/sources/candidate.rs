//! A file that was found or given, before it is read.

use std::path::PathBuf;
use std::sync::Arc;

use crate::sources::Kind;
use crate::sources::kind::{self, Name};
use crate::sources::source_map::SourceMap;

/// A file that may be ours: its name allows it, or the user named it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Relative to the working folder, with `/`.
    pub(super) path: Arc<str>,
    /// The absolute path; patterns are matched against it.
    pub(super) full: PathBuf,
    pub(super) input: Input,
}

/// Where the text of a file comes from.
#[derive(Clone, Debug)]
pub(super) enum Input {
    /// The disk.
    Disk,
    /// The disk, and the user named the file, which then need not follow the naming of Dockerfiles.
    Named,
    /// Bytes that were set; whether a file is on the disk too.
    Memory(Arc<[u8]>, bool),
    /// A rendering, of a kind that is known.
    Rendered(Arc<str>, Kind, Arc<SourceMap>),
    /// Nothing: a folder that could not be looked into, and why.
    Closed(Arc<str>),
}

impl Candidate {
    pub(super) fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Whether it is standard input of which nobody said what it is.
    pub(super) fn is_nameless(&self) -> bool {
        self.path.starts_with('<')
    }

    /// What its name and its folder say it is; `None` if that is for its content to say.
    pub(super) fn kind_from_path(&self) -> Option<Kind> {
        if let Input::Rendered(_, kind, _) = &self.input {
            return Some(*kind);
        }
        match kind::name(self.file_name()) {
            Name::Dockerfile => Some(Kind::Dockerfile),
            Name::Yaml => kind::kind_from_folder(&self.full),
            _ => None,
        }
    }

    /// Whether its name and its folder allow one of the kinds.
    pub(super) fn may_be(&self, kinds: &[Kind]) -> bool {
        let is = |kind: Kind| kinds.contains(&kind);
        match (self.kind_from_path(), kind::name(self.file_name())) {
            (Some(kind), _) => is(kind),
            (None, Name::MaybeDockerfile) => is(Kind::Dockerfile),
            (None, Name::Yaml) if kind::is_named(&self.full, &["action"]) => {
                is(Kind::Action) || is(Kind::Kubernetes)
            }
            (None, Name::Yaml) if kind::is_compose(&self.full) => {
                is(Kind::Compose) || is(Kind::Kubernetes)
            }
            (None, Name::Yaml | Name::Json) => is(Kind::Kubernetes),
            (None, _) => false,
        }
    }

    /// Whether its name allows a Compose file or a workflow, which may say how Dockerfiles are built.
    pub(super) fn may_name_builds(&self) -> bool {
        kind::name(self.file_name()) == Name::Yaml
    }
}
