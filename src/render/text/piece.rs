//! The origin of a stretch of text.

use crate::render::text::place::Place;
use crate::span::Span;

/// The origin of the bytes from `at` to the next piece. A piece without bytes is a mark: something that left no text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// The first byte, from the start of the text.
    pub at: u32,
    /// The number of the innermost call of a template around it; 0 is none.
    pub via: u32,
    /// The number of the missing key whose absence led to this text; 0 is none.
    pub hole: u32,
    /// The value that it comes from: its very bytes if `exact`, else the node.
    pub value: Place,
    /// The template that wrote it: its very bytes if `literal`, else the action.
    pub template: Place,
    /// Whether byte `at + n` is byte `n` of `value`.
    pub exact: bool,
    /// Whether byte `at + n` is byte `n` of `template`.
    pub literal: bool,
    /// Whether the bytes stand for something known only at run time.
    pub unknown: bool,
}

impl Piece {
    /// Bytes of a value: `exact` says that they are as in the file.
    pub fn of_value(value: Place, exact: bool) -> Self {
        Self {
            value,
            exact: exact && value.is_some(),
            ..Self::default()
        }
    }

    /// Bytes of a template: `literal` says that they are as in the file.
    pub fn of_template(template: Place, literal: bool, via: u32) -> Self {
        Self {
            via,
            template,
            literal,
            ..Self::default()
        }
    }

    /// The same piece, written in the frame `via` unless it has one.
    pub(super) fn in_frame(&self, via: u32) -> Self {
        let is_open = self.via == 0 && self.template.is_some();
        Self {
            via: if is_open { via } else { self.via },
            ..*self
        }
    }

    /// The place of `width` bytes that begin `before` bytes after the piece; the value's if it has one.
    pub fn place_of(&self, before: u32, width: u32) -> Place {
        let (place, is_exact) = if self.value.is_some() {
            (self.value, self.exact)
        } else {
            (self.template, self.literal)
        };
        if !is_exact {
            return place;
        }
        let start = place.span.start.saturating_add(before);
        let end = start.saturating_add(width).min(place.span.end.max(start));
        Place {
            file: place.file,
            span: Span { start, end },
        }
    }

    /// The same origin for the bytes from `before` on, at `at`; `width` bytes of it.
    pub(super) fn shifted(&self, at: u32, before: u32, width: u32) -> Self {
        let narrow = |place: Place, is_exact: bool| {
            if !is_exact {
                return place;
            }
            let start = place.span.start.saturating_add(before);
            let end = start.saturating_add(width);
            Place {
                file: place.file,
                span: Span { start, end },
            }
        };
        Self {
            at,
            value: narrow(self.value, self.exact),
            template: narrow(self.template, self.literal),
            ..*self
        }
    }

    /// Whether `next` goes on where this piece ends.
    pub(super) fn continues(&self, next: &Self) -> bool {
        let width = next.at - self.at;
        let follows = |one: Place, other: Place, is_exact: bool| {
            one.file == other.file
                && if is_exact {
                    one.span.start.saturating_add(width) == other.span.start
                } else {
                    one.span == other.span
                }
        };
        width > 0
            && (self.via, self.hole, self.unknown) == (next.via, next.hole, next.unknown)
            && (self.exact, self.literal) == (next.exact, next.literal)
            && follows(self.value, next.value, self.exact)
            && follows(self.template, next.template, self.literal)
    }

    pub(super) fn is_nothing(&self) -> bool {
        *self
            == Self {
                at: self.at,
                ..Self::default()
            }
    }
}
