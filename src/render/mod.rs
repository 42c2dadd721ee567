//! What is deployed, made of what is written: charts and kustomizations become manifests whose bytes know where they come from.

pub mod helm;
pub mod kustomize;
pub mod place;
pub mod text;
