//! The compiler of policies: Rego with METADATA becomes rules and programs of the engine. `build.rs` runs it over our policies,
//! the linter over a user's.

mod assignment;
pub mod bundle;
pub mod compile;
pub mod filter;
pub mod given;
mod inline;
pub mod limits;
pub mod literal;
pub mod metadata;
mod narrow;
mod reads;
pub mod rule;
pub mod setting;
mod statement;

/// What a compiled policy calls the `aliases` of a finding. The engine keeps what a rule yields in the order of the keys'
/// values, and the aliases of two findings are mostly the same: it must come to their places first.
pub const ALIASES: &str = "~aliases";
