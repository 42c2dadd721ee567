//! The compiler of policies: Rego with METADATA becomes rules and programs of the engine. `build.rs` runs it over our policies,
//! the linter over a user's.

pub mod alias;
pub mod bundle;
pub mod compile;
mod complaint;
mod costly;
mod dependencies;
pub mod described;
mod edit;
mod error;
mod facts;
pub mod family;
mod fields;
pub mod filter;
mod functions;
pub mod given;
mod inline;
pub mod limits;
pub mod literal;
mod lookup;
pub mod metadata;
mod names;
mod plan;
mod predicates;
mod regexes;
mod rewrite;
pub mod rule;
pub mod schema;
pub mod setting;
mod shape;
mod syntax;
pub mod template;
mod walk;
pub mod yields;
