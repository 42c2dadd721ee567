//! Places as a person reads them: bytes of a file become its path, lines and columns. Columns count Unicode scalar values.

use crate::inert::clean;
use crate::sources::Source;
use crate::span::{Position, PositionEncoding, Span};

/// Some bytes of one file with the positions that a person reads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Location<'a> {
    /// The file; `None` if the report was given none of that number.
    pub(super) source: Option<&'a Source>,
    /// Bytes of the file's decoded text.
    pub(super) span: Span,
    /// Of the first byte.
    pub(super) start: Position,
    /// Of the byte after the last.
    pub(super) end: Position,
}

impl<'a> Location<'a> {
    pub(super) fn of(source: Option<&'a Source>, span: Span) -> Self {
        let position = |offset| match source {
            Some(source) => source.lines.position(&source.text, offset),
            None => Position {
                line: 1,
                column: 1,
                offset,
            },
        };
        Self {
            source,
            span,
            start: position(span.start),
            end: position(span.end.max(span.start)),
        }
    }

    /// The file's path, relative to the working folder, with `/`.
    pub(super) fn path(&self) -> &'a str {
        self.source.map_or("", |source| &source.path)
    }

    /// The file's path from the root of the project if one is known, for programs that read the report elsewhere.
    pub(super) fn project_path(&self) -> &'a str {
        self.source.map_or("", |source| &source.project_path)
    }

    /// Where it begins and ends, with columns in the units of `encoding`.
    pub(super) fn range(&self, encoding: PositionEncoding) -> (Position, Position) {
        let Some(source) = self.source else {
            return (self.start, self.end);
        };
        let position = |offset| source.lines.position_in(&source.text, offset, encoding);
        let end = self.span.end.max(self.span.start);
        (position(self.span.start), position(end))
    }

    /// `path:line:column` of its first character.
    pub(super) fn shown(&self) -> String {
        let path = clean(self.path());
        format!("{path}:{}:{}", self.start.line, self.start.column)
    }
}
