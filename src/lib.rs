//! hullmark reads Dockerfiles, Kubernetes manifests and GitHub workflows as tables and evaluates Rego rules over them.
//!
//! The layers, and which of them may depend on which, are described in `docs/architecture.md`.

pub mod cli;
pub mod config;
pub mod deployed;
pub mod diagnostic;
pub mod evaluate;
pub mod external;
pub mod fixtures;
pub mod git;
pub mod ignores;
pub mod inert;
pub mod lint;
pub mod meter;
pub mod model;
pub mod parse;
pub mod path_set;
pub mod patterns;
pub mod regular;
pub mod render;
pub mod report;
pub mod rules;
pub mod sources;
pub mod span;
pub mod suggestion;
