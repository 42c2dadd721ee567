//! hullmark reads Dockerfiles, Kubernetes manifests and GitHub workflows as one model and lets Rego rules judge it.
//!
//! The rooms, and the one way their arrows run, are described in `docs/architecture.md`.

pub mod check;
pub mod cli;
pub mod config;
pub mod evaluate;
pub mod external;
pub mod finding;
pub mod model;
pub mod parse;
pub mod render;
pub mod report;
pub mod rules;
pub mod sources;
pub mod span;
