//! YAML 1.1 as Helm reads and writes it, and JSON.

pub mod emit;
pub mod json;
pub mod locate;
pub mod order;
pub mod read;
pub mod scalar;
pub mod style;
