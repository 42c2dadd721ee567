//! Helm charts: templates and values become manifests, as `helm template` makes them.

pub mod chart;
pub mod eval;
pub mod fault;
pub mod functions;
pub mod limits;
pub mod output;
pub mod render;
pub mod scope;
pub mod template;
pub mod value;
pub mod yaml;
