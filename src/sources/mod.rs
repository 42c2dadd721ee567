//! The files to check: found under the roots, each looked at once, with its kind, its text and its line table.

use std::sync::Arc;

use crate::span::Lines;

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
}
