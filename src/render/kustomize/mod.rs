//! Kustomize: a kustomization and the files that it names become the objects that it builds, each value with its place.
//!
//! `engine::Engine` is the entry point.

mod accumulate;
pub mod charts;
mod config;
mod configurations;
mod decode;
mod decode_entries;
pub mod engine;
mod field;
mod fields;
pub mod files;
mod generate;
mod generators;
mod hash;
mod id;
mod images;
mod inline;
mod json;
mod json_patch;
pub mod kustomization;
mod labels;
mod list_merge;
pub mod loader;
mod merge;
mod metadata;
mod names;
mod objects;
mod order;
mod patches;
mod path;
mod pattern;
mod plugins;
pub(crate) mod read;
mod references;
pub mod refusal;
mod replace;
mod resource;
mod resources;
mod roots;
pub mod scalar;
mod schema;
mod transform;
pub mod tree;
mod vars;
pub mod write;
