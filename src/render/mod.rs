//! Rendering: charts become the manifests that are deployed, and each byte of them knows where it comes from.

pub mod helm;
pub mod place;
pub mod text;
