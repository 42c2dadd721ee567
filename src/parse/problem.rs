//! What Rust finds by itself; the Rego rule of that id passes it on, so that every finding has one rule and one page.

use crate::span::Span;

/// A problem in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The id of the rule that reports it, such as `yaml/syntax-error`.
    pub rule: &'static str,
    /// What is wrong, one line, lower case, no final dot.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Other places that belong to it, each with a note.
    pub related: Vec<(Span, String)>,
}

impl Problem {
    /// A problem with nothing beside it.
    pub fn new(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            message: message.into(),
            span,
            related: Vec::new(),
        }
    }
}
