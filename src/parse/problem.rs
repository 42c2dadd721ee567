//! What a parser finds wrong: a fault, its place and what to say about it.

use std::borrow::Cow;

use crate::span::Span;
use hullmark_tables::faults::FaultKind;

/// A problem in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which fault it is, and by that the rule that reports it.
    pub kind: FaultKind,
    /// What is wrong, one line, lower case, no final dot.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Other places that belong to it, each with a note.
    pub related: Vec<(Span, String)>,
    /// What to do, where the rule's own help does not say it.
    pub help: Option<Cow<'static, str>>,
}

impl Problem {
    /// A problem with nothing beside it.
    pub fn new(kind: FaultKind, span: Span, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            span,
            related: Vec::new(),
            help: None,
        }
    }
}
