//! Helm charts: templates and values become manifests, as `helm template` makes them.

pub mod chart;
pub mod comments;
pub(crate) mod eval;
pub mod fault;
pub(crate) mod functions;
pub(crate) mod limits;
pub(crate) mod output;
pub mod render;
pub(crate) mod scope;
pub(crate) mod semver;
pub(crate) mod state;
mod switches;
pub(crate) mod template;
pub(crate) mod value;
pub(crate) mod yaml;
