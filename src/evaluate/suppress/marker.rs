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
    pub(super) fault: Option<String>,
}

/// What a comment asks to cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Its line, or what is below it if it has a line of its own.
    Near,
    /// The next line of the script, or all of it if the comment comes before any command.
    Script,
    /// The Dockerfile's stage that begins below.
    Stage,
    /// The step, job or document that it is in.
    Entity,
    /// The file.
    File,
}

/// A rule as the comment names it, `length` bytes from `start` on.
pub(super) fn named(text: String, start: usize, length: usize) -> Named {
    Named {
        text,
        span: Span::new(start, start + length),
        is_used: false,
    }
}
