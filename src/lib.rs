//! hullmark reads Dockerfiles, Kubernetes manifests and GitHub workflows as one model and lets Rego rules check it.
//!
//! The layers, and which of them may depend on which, are described in `docs/architecture.md`.

pub mod check;
pub mod cli;
pub mod config;
pub mod evaluate;
pub mod external;
pub mod finding;
pub mod fixtures;
pub mod model;
pub mod parse;
pub mod patterns;
pub mod report;
pub mod rules;
pub mod sources;
pub mod span;
pub mod suggestion;
