//! The compiler of policies: Rego with METADATA becomes rules and programs of the engine. `build.rs` runs it over our policies,
//! the linter over a user's.

pub mod bundle;
pub mod compile;
mod dependencies;
mod edit;
mod fields;
pub mod filter;
mod functions;
pub mod given;
mod inline;
pub mod limits;
pub mod literal;
pub mod metadata;
mod names;
mod plan;
mod predicates;
mod rewrite;
pub mod rule;
pub mod schema;
pub mod setting;
mod syntax;
mod walk;

/// What a compiled policy calls the `aliases` of a finding. The engine keeps what a rule yields in the order of the keys'
/// values, and the aliases of two findings are mostly the same: it must come to their places first.
pub const ALIASES: &str = "~aliases";
