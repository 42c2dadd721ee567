//! Go templates: tokens, syntax trees with spans, and the templates that a file defines.

pub mod command;
mod digits;
pub mod lexer;
pub mod literal;
pub mod parser;
pub mod tree;
