//! What a command asks the linter for: files, and how their findings are taken.

use std::path::PathBuf;

use crate::cli::arguments::{Check, Choice, Scope};
use crate::lint::Past;

/// What a command asks to be checked.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Files and folders; `-` is standard input.
    pub(super) paths: Vec<PathBuf>,
    pub(super) choice: Choice,
    pub(super) scope: Scope,
    /// The name of what standard input holds.
    pub(super) stdin_filename: Option<String>,
    pub(super) no_suppressions: bool,
    /// Whether nothing is said of the configuration.
    pub(super) is_quiet: bool,
}

impl Asked {
    /// What `check` asks.
    pub(super) fn by(check: &Check) -> Self {
        Self {
            paths: check.paths.clone(),
            choice: check.choice.clone(),
            scope: check.scope.clone(),
            stdin_filename: check.stdin_filename.clone(),
            no_suppressions: check.no_suppressions,
            is_quiet: false,
        }
    }
}

/// How findings are taken.
#[derive(Clone, Copy, Default)]
pub(super) struct Taken<'p> {
    /// What is left out because it was there before.
    pub(super) past: Option<&'p dyn Past>,
    /// Whether each stays by itself, also where several report one fault.
    pub(super) apart: bool,
}
