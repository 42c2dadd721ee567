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
    /// What kind of fault it is.
    pub cause: Cause,
}

/// A kind of fault that is told apart from others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cause {
    /// Any other.
    #[default]
    Other,
    /// A file or folder of resources, components or patches is not there.
    MissingFile,
    /// A patch is for an object that is not there.
    NoTarget,
    /// A count of replicas or a replacement names an object that is not there.
    NoObject,
    /// A field of the kustomization has a value of another type.
    WrongField,
    /// kustomize refuses it, whatever lies elsewhere.
    Refused,
}

impl Refusal {
    /// A refusal at a place.
    pub fn new(at: Place, message: impl Into<String>) -> Self {
        let (message, cause) = (message.into(), Cause::Other);
        Self { at, message, cause }
    }

    /// The same of a kind.
    #[must_use]
    pub fn of(mut self, cause: Cause) -> Self {
        self.cause = cause;
        self
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
