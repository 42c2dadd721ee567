//! Why a kustomization cannot be built, or not wholly, each with its place.

use crate::render::kustomize::tree::Place;

/// Why a kustomization cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// The culprit; file 0 if there is none.
    pub at: Place,
    /// One line, lower case.
    pub message: String,
}

impl Refusal {
    /// A refusal at a place.
    pub fn new(at: Place, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { at, message }
    }

    /// The same at `at`, if it had no place yet.
    #[must_use]
    pub fn or_at(mut self, at: Place) -> Self {
        if !self.at.is_some() {
            self.at = at;
        }
        self
    }
}

/// What a step gives, or why there is nothing to give.
pub type Outcome<T> = Result<T, Refusal>;

/// Something that a build left out: what lies elsewhere, or what another program would have made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// Where it is named.
    pub at: Place,
    /// One line, lower case.
    pub reason: String,
}
