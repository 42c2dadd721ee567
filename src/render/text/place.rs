//! Some bytes of a file, by number.

use crate::span::Span;

/// Some bytes of a file that takes part in a rendering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The number of the file in [`crate::render::place::Origins`]; 0 is no file.
    pub file: u32,
    /// The bytes.
    pub span: Span,
}

impl Place {
    /// No place at all.
    pub const NONE: Self = Self {
        file: 0,
        span: Span { start: 0, end: 0 },
    };

    /// The bytes `start..end` of `file`.
    pub fn new(file: u32, start: usize, end: usize) -> Self {
        let span = Span::new(start, end);
        Self { file, span }
    }

    /// Whether it names a file.
    pub fn is_some(self) -> bool {
        self.file != 0
    }

    /// This place, or `other` if it is none.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.is_some() { self } else { other }
    }
}
