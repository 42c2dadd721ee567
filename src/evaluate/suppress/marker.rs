//! A comment that suppresses something, read: whoever wrote it, and whatever program it was written for.

use crate::evaluate::suppress::{Date, Named};
use crate::span::Span;

/// A comment, read.
pub(super) struct Marker {
    /// From `#` to the end of the line, or of what is read of it.
    pub(super) span: Span,
    pub(super) rules: Vec<Named>,
    pub(super) until: Option<(Date, Span)>,
    pub(super) reason: Option<String>,
    pub(super) asked: Asked,
    pub(super) is_native: bool,
    /// What is wrong with how it is written, and the part of it that is.
    pub(super) fault: Option<(String, Span)>,
}

impl Marker {
    /// One of ours for what is near, which names no rule yet.
    pub(super) fn new(span: Span) -> Self {
        Self {
            span,
            rules: Vec::new(),
            until: None,
            reason: None,
            asked: Asked::Near,
            is_native: true,
            fault: None,
        }
    }
}

/// What a comment asks to cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Its line, or what is below it if it has a line of its own.
    Near,
    /// Its line, or the line below it; of a Dockerfile, the instruction below.
    Line,
    /// The next line of the script, or all of it if the comment comes before any command.
    Script,
    /// The Dockerfile's stage that begins below.
    Stage,
    /// As near, and all of the step it is in, or of `on`.
    Around,
    /// The step, job or document that it is in.
    Entity,
    /// The file.
    File,
}

/// A rule as the comment names it, in these bytes.
pub(super) fn named(text: String, span: Span) -> Named {
    Named {
        text,
        span,
        is_used: false,
        is_refused: false,
    }
}
