//! What is being read, and what is known about the place.

use std::ops::Range;

use super::script::Nesting;
use super::word::Text;
use crate::span::LocatedText;

/// A text being read, and how to find the way back to the file.
pub(super) struct Frame<'a> {
    pub(super) text: Text<'a>,
    pub(super) located: &'a LocatedText,
}

impl Frame<'_> {
    pub(super) fn file(&self, range: Range<usize>) -> Range<usize> {
        let span = self.located.span(range);
        span.start as usize..span.end as usize
    }
}

/// What holds at a place in a script.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    pub(super) depth: u32,
    /// How many compound commands it is in.
    pub(super) levels: usize,
    pub(super) in_function: bool,
    pub(super) in_condition: bool,
    pub(super) in_subshell: bool,
    /// Whether the status of the last command here is that of the script.
    pub(super) is_tail: bool,
    pub(super) holder: Option<(usize, Nesting)>,
}

/// The place of a command in its pipeline and list.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PipelinePosition {
    pub(super) pipeline: u32,
    pub(super) place: u32,
    pub(super) is_last: bool,
    pub(super) before: &'static str,
    pub(super) after: &'static str,
    pub(super) is_negated: bool,
}

/// A heredoc: its body, and whether the shell expands it.
pub(super) struct Heredoc {
    pub(super) body: Range<usize>,
    pub(super) expands: bool,
}
