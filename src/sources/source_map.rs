//! Where rendered text comes from: pieces of it mapped to bytes of other files.

use std::sync::Arc;

use crate::span::{FileSpan, Span};

#[cfg(test)]
mod tests;

/// A source's text is as somebody wrote it, or made from other files.
#[derive(Clone, Debug, Default)]
pub enum Origin {
    /// The text of a file, of standard input or of an editor.
    #[default]
    Written,
    /// The output of a template engine, with the way back.
    Rendered(Arc<SourceMap>),
}

/// A stretch of rendered text with one origin. It reaches to where the next piece begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The byte of the rendered text at which it begins.
    pub at: u32,
    /// The value that it shows: in `values.yaml`, in a patch, in a field of a kustomization.
    pub value: Option<FileSpan>,
    /// The text of the template that it is, or the action that printed it; the text of the base.
    pub template: Option<FileSpan>,
    /// The call (`include`, `template`, `tpl`) in which it was printed: a number of [`SourceMap::calls`]; `None` at the top.
    pub call: Option<u32>,
    /// Whether the bytes are those of the value, or of the template if there is no value, one by one.
    pub is_exact: bool,
    /// Whether the text will be another where it is installed: something random, what a cluster says.
    pub is_unknown: bool,
}

/// A call of a named template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The action that calls.
    pub site: FileSpan,
    /// The call in which that action was run; a smaller number.
    pub up: Option<u32>,
}

/// A place of rendered text at which something left no text: a condition that did not hold, an empty value, a patch that
/// removes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The byte of the rendered text before which it would stand.
    pub at: u32,
    /// The value that was empty or false, or the bytes of the patch.
    pub value: Option<FileSpan>,
    /// The action that left nothing.
    pub template: Option<FileSpan>,
    /// The call in which it was run.
    pub call: Option<u32>,
    /// The last keys of what is not there, joined by dots, if that is known otherwise than by the value's place.
    pub path: Option<Arc<str>>,
    /// Whether a text will be there where it is installed: what a chart requires.
    pub is_unknown: bool,
}

/// The pieces of a rendered text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    pieces: Vec<Piece>,
    calls: Vec<Call>,
    marks: Vec<Mark>,
}

/// How many calls are shown of one place.
const MOST_CALLS: usize = 3;

impl SourceMap {
    /// A map of pieces, ordered by where they begin, and of the calls that they name. A call that names itself or a later
    /// one as the one it was made in is taken to be made at the top.
    pub fn new(mut pieces: Vec<Piece>, mut calls: Vec<Call>) -> Self {
        pieces.sort_by_key(|piece| piece.at);
        for (number, call) in (0..).zip(&mut calls) {
            call.up = call.up.filter(|up| *up < number);
        }
        Self {
            pieces,
            calls,
            marks: Vec::new(),
        }
    }

    /// The same map with places that have no text.
    #[must_use]
    pub fn with_marks(mut self, mut marks: Vec<Mark>) -> Self {
        marks.sort_by_key(|mark| mark.at);
        self.marks = marks;
        self
    }

    /// The calls of the rendering.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// The marks from the first byte of a span to its end, the end included.
    pub fn marks_in(&self, span: Span) -> &[Mark] {
        let from = self.marks.partition_point(|mark| mark.at < span.start);
        let to = self.marks.partition_point(|mark| mark.at <= span.end);
        self.marks.get(from..to).unwrap_or_default()
    }

    /// The bytes of the one file that make up all of the span, one by one; `None` if it cannot be edited in one place.
    pub fn editable(&self, span: Span) -> Option<FileSpan> {
        let mut whole: Option<FileSpan> = None;
        for (piece, bytes) in self.pieces_in(span) {
            let from = piece.value.or(piece.template).filter(|_| piece.is_exact)?;
            let part = piece.part(from, bytes);
            whole = Some(match whole {
                None => part,
                Some(before) if before.file == part.file && before.span.end == part.span.start => {
                    FileSpan::new(part.file, before.span.to(part.span))
                }
                Some(_) => return None,
            });
        }
        whole
    }

    /// Whether some of the bytes will be others where the rendering is used.
    pub fn is_unknown(&self, span: Span) -> bool {
        let pieces = self.pieces_in(span);
        pieces.iter().any(|(piece, _)| piece.is_unknown)
    }

    /// The stretches whose bytes will be others where the rendering is used, in order.
    pub fn unknown(&self) -> Vec<Span> {
        let ends = self.pieces.iter().skip(1).map(|piece| piece.at);
        let pieces = self.pieces.iter().zip(ends.chain([u32::MAX]));
        let unknown = pieces.filter(|(piece, end)| piece.is_unknown && piece.at < *end);
        let spans = unknown.map(|(piece, end)| Span {
            start: piece.at,
            end,
        });
        spans.collect()
    }

    /// The pieces of a span, each with its bytes in the span. An empty span is in the piece that holds its start.
    pub fn pieces_in(&self, span: Span) -> Vec<(&Piece, Span)> {
        let first = self.pieces.partition_point(|piece| piece.at <= span.start);
        let first = first.saturating_sub(1);
        let ends = self.pieces.iter().skip(1).map(|piece| piece.at);
        let ends = ends.chain([u32::MAX]).skip(first);
        let pieces = self.pieces.iter().skip(first).zip(ends);
        let pieces = pieces.take_while(|(piece, _)| piece.at <= span.start || piece.at < span.end);
        let pieces = pieces.filter(|(_, end)| *end > span.start);
        let pieces = pieces.map(|(piece, end)| {
            let bytes = Span {
                start: span.start.max(piece.at),
                end: span.end.max(span.start).min(end),
            };
            (piece, bytes)
        });
        pieces.collect()
    }

    /// The last piece before a byte that has a place.
    pub fn before(&self, at: u32) -> Option<&Piece> {
        let end = self.pieces.partition_point(|piece| piece.at <= at);
        let mut before = self.pieces.iter().take(end).rev();
        before.find(|piece| piece.value.or(piece.template).is_some())
    }

    /// The sites of a call and of those around it, innermost first.
    pub fn sites(&self, call: Option<u32>) -> impl Iterator<Item = FileSpan> {
        let call_of = |number: Option<u32>| self.calls.get(number? as usize);
        let calls = std::iter::successors(call_of(call), move |call| call_of(call.up));
        calls.map(|call| call.site).take(MOST_CALLS)
    }

    /// How many calls a call is in, itself included; `None` is in none.
    pub fn depth(&self, call: Option<u32>) -> usize {
        self.around(call).count()
    }

    /// The call at a depth, of a call and those around it.
    pub fn at_depth(&self, call: Option<u32>, depth: usize) -> Option<u32> {
        let steps = self.depth(call).checked_sub(depth)?;
        self.around(call).nth(steps)
    }

    /// The numbers of a call and of those around it, innermost first.
    fn around(&self, call: Option<u32>) -> impl Iterator<Item = u32> {
        let up = |number: &u32| self.calls.get(*number as usize).and_then(|call| call.up);
        std::iter::successors(call, up)
    }
}

impl Piece {
    /// What `bytes` of the piece are in the file that it comes from: all of `from` if they are not there one by one.
    pub fn part(&self, from: FileSpan, bytes: Span) -> FileSpan {
        let is_exact = self.is_exact && (self.value.is_none() || self.value == Some(from));
        if !is_exact {
            return from;
        }
        let there = |at: u32| (from.span.start + at.saturating_sub(self.at)).min(from.span.end);
        let span = Span {
            start: there(bytes.start),
            end: there(bytes.end),
        };
        FileSpan::new(from.file, span)
    }
}
