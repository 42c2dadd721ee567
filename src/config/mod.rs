//! What a project's `hullmark.yml` says, as plain data; it knows no rule.

pub mod patterns;
