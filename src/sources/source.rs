//! A file, read: its text and what is known of it before it is parsed. It does not change any more.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::sources::Kind;
use crate::sources::source_map::Origin;
use crate::span::{FileId, Lines};

/// How far the header of a generated file is looked for.
const HEADER: usize = 10;
/// The same where all of it is comments: some begin with a picture of letters.
const LONGEST_HEADER: usize = 60;

/// A file, read.
#[derive(Debug)]
pub struct Source {
    /// Relative to the working folder, with `/`.
    pub path: Arc<str>,
    /// Relative to the root of the project if one is known, else to the working folder: the same wherever hullmark is started.
    pub project_path: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// Decoded to UTF-8, without byte order mark.
    pub text: String,
    /// Where its lines begin.
    pub lines: Lines,
    id: FileId,
    origin: Origin,
    full: Option<PathBuf>,
}

impl Source {
    /// The text of a file that is not on the disk.
    pub fn new(id: FileId, path: impl Into<Arc<str>>, kind: Kind, text: impl Into<String>) -> Self {
        let (text, path) = (text.into(), path.into());
        Self {
            id,
            project_path: Arc::clone(&path),
            path,
            kind,
            lines: Lines::of(&text),
            text,
            origin: Origin::Written,
            full: None,
        }
    }

    /// The same file with another text.
    #[must_use]
    pub fn with_text(&self, text: &str) -> Self {
        Self {
            id: self.id,
            path: Arc::clone(&self.path),
            project_path: Arc::clone(&self.project_path),
            kind: self.kind,
            lines: Lines::of(text),
            text: text.to_owned(),
            origin: self.origin.clone(),
            full: self.full.clone(),
        }
    }

    /// The same under another number.
    #[must_use]
    pub fn with_id(mut self, id: FileId) -> Self {
        self.id = id;
        self
    }

    /// The same as a text that was made from others.
    #[must_use]
    pub fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// The same as the text of the file at that absolute path.
    #[must_use]
    pub fn on_disk(mut self, full: &Path) -> Self {
        self.full = Some(full.to_owned());
        self
    }

    /// The same with that path from the root of the project, if there is one.
    #[must_use]
    pub fn in_project(mut self, path: Option<Arc<str>>) -> Self {
        self.project_path = path.unwrap_or(self.project_path);
        self
    }

    /// Its number.
    pub fn id(&self) -> FileId {
        self.id
    }

    /// Whether it was written or made from other files.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether it is a workflow, an action or a manifest that says in its first lines that a program has written it: what is wrong with it is to be mended elsewhere.
    pub fn is_generated(&self) -> bool {
        let says_so = |line: &str| {
            line.trim_start().starts_with('#') && line.to_ascii_uppercase().contains("DO NOT EDIT")
        };
        let is_comment = |line: &&str| line.trim().is_empty() || line.starts_with('#');
        let comment = self.text.lines().take_while(is_comment);
        matches!(self.kind, Kind::Workflow | Kind::Action | Kind::Kubernetes)
            && (self.text.lines().take(HEADER).any(says_so)
                || comment.take(LONGEST_HEADER).any(says_so))
    }

    /// Its absolute path; `None` if it is not on the disk, so that nothing is known of what is around it.
    pub fn full(&self) -> Option<&Path> {
        self.full.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_workflow_says_so_in_its_header() {
        let source = |kind, text: &str| Source::new(FileId::default(), "w.yml", kind, text);
        let header = "# Made by cargo-dist.\n#\n# Do not edit.\non: push\n";
        assert!(source(Kind::Workflow, header).is_generated());
        assert!(source(Kind::Kubernetes, header).is_generated());
        assert!(!source(Kind::Dockerfile, header).is_generated());
        let banner = format!("{}# DO NOT EDIT\non: push\n", "#  __ _\n".repeat(20));
        assert!(source(Kind::Workflow, &banner).is_generated());
        let script = "on: push\njobs:\n  a:\n    steps:\n      - run: echo DO NOT EDIT\n";
        assert!(!source(Kind::Workflow, script).is_generated());
    }
}
