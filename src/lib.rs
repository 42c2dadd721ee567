//! hullmark reads Dockerfiles, Kubernetes manifests and GitHub workflows as tables and evaluates Rego rules over them.
//!
//! The modules, and the one way in which they depend on each other, are described in `docs/architecture.md`.

pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod evaluate;
pub mod external;
pub mod lint;
pub mod model;
pub mod parse;
pub mod report;
pub mod rules;
pub mod sources;
pub mod span;
