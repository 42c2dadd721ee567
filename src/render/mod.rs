//! What is deployed, made of what is written: charts and kustomizations become located documents.

pub mod kustomize;
