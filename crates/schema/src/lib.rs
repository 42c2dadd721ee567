//! Schemas of Kubernetes objects: which fields a kind has in which version, of which types.
//!
//! [`text`] reads the tables in `data/kubernetes/*.schema`, [`crd`] makes the same of a custom resource definition, [`pack`] turns
//! definitions into bytes, and [`Schemas`] reads these in place, without start-up cost and allocation.

pub mod crd;
pub mod definition;
pub mod pack;
pub mod target;
pub mod text;

mod bytes;
mod view;

pub use view::{Enumeration, Field, Inner, Kind, Project, Schemas, Shape, Type};
