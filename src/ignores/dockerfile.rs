//! Where comments may be in a Dockerfile: on lines of their own, above an instruction or between its continued lines, never in a here-document.

use crate::ignores::edit::Place;
use crate::parse::dockerfile::Dockerfile;
use crate::sources::Source;
use crate::span::Span;

/// Where instructions are.
pub(super) struct Layout {
    /// The first line behind the parser directives, from 1.
    pub(super) first_line: u32,
    /// Each instruction without its here-documents, and with them, in order.
    instructions: Vec<(Span, Span)>,
}

impl Layout {
    pub(super) fn of(source: &Source, tree: &Dockerfile) -> Self {
        let instructions = tree.instructions.iter();
        let directives = tree.directives.iter();
        let last = directives.map(|directive| source.lines.line(directive.span.start));
        Self {
            first_line: last.max().unwrap_or(0) + 1,
            instructions: instructions.map(|one| (one.span, one.whole())).collect(),
        }
    }

    /// The places for a finding at the byte.
    pub(super) fn places(&self, source: &Source, at: u32) -> Vec<Place> {
        let line = source.lines.line(at);
        let next = self
            .instructions
            .partition_point(|(span, _)| span.start <= at);
        let around = next.checked_sub(1).map(|index| self.instructions[index]);
        let around = around.filter(|(_, whole)| at <= whole.end);
        let mut places = Vec::new();
        if let Some((span, _)) = around {
            let first = source.lines.line(span.start);
            if line > first && at < span.end {
                places.push(Place::Above(line));
            }
            places.push(Place::Above(first));
        }
        places.push(Place::File(self.first_line));
        places
    }
}
