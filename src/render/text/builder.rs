//! Text under construction: bytes and their origins, joined where they go on.

use std::ops::Range;

use crate::render::text::{Piece, Text, narrow};

/// Text under construction.
#[derive(Debug, Default)]
pub struct Builder {
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
}

impl Builder {
    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there are no bytes yet.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Appends bytes with the origin `piece`, wherever it says that it begins.
    pub fn push(&mut self, bytes: &[u8], piece: Piece) {
        if bytes.is_empty() {
            return;
        }
        self.add(Piece {
            at: narrow(self.bytes.len()),
            ..piece
        });
        self.bytes.extend_from_slice(bytes);
    }

    /// Appends text of no known origin.
    pub fn push_plain(&mut self, text: &str) {
        self.push(text.as_bytes(), Piece::default());
    }

    /// Notes that something left no text here.
    pub fn mark(&mut self, piece: Piece) {
        let piece = Piece {
            at: narrow(self.bytes.len()),
            exact: false,
            literal: false,
            ..piece
        };
        if !piece.is_nothing() && self.pieces.last() != Some(&piece) {
            self.pieces.push(piece);
        }
    }

    /// Appends text with its origins.
    pub fn push_text(&mut self, text: &Text) {
        self.push_cut(text, 0..text.len());
    }

    /// Appends a stretch of text with its origins.
    pub fn push_cut(&mut self, text: &Text, range: Range<usize>) {
        self.push_changed(text, range, |piece| piece);
    }

    /// Appends text that an action prints: what has no template yet gets the action's place and frame.
    pub fn push_printed(&mut self, text: &Text, printed: Piece) {
        self.push_changed(text, 0..text.len(), |piece| {
            let mut piece = piece;
            if !piece.template.is_some() {
                piece.template = printed.template;
                piece.literal = false;
                piece.via = printed.via;
            }
            if piece.hole == 0 {
                piece.hole = printed.hole;
            }
            if !piece.value.is_some() {
                piece.value = printed.value;
                piece.exact = false;
            }
            piece.unknown |= printed.unknown;
            piece
        });
    }

    /// Appends text of a template that runs in the frame `via`.
    pub fn push_template(&mut self, text: &Text, via: u32) {
        self.push_changed(text, 0..text.len(), |piece| piece.in_frame(via));
    }

    fn push_changed(&mut self, text: &Text, range: Range<usize>, change: impl Fn(Piece) -> Piece) {
        let (start, end) = (narrow(range.start), narrow(range.end));
        let base = narrow(self.bytes.len());
        let Some(bytes) = text.bytes().get(range.clone()) else {
            return;
        };
        if range.is_empty() && !text.is_empty() {
            return;
        }
        let pieces = text.pieces_in(range.start..range.end.max(range.start + 1));
        if pieces.first().is_none_or(|piece| piece.at > start) && end > start {
            self.add(Piece {
                at: base,
                ..change(Piece::default())
            });
        }
        for (index, piece) in pieces.iter().enumerate() {
            let next = pieces.get(index + 1).map_or(end, |next| next.at.min(end));
            let from = piece.at.max(start);
            if from > end {
                break;
            }
            let shifted = piece.shifted(
                base + (from - start),
                from - piece.at,
                next.saturating_sub(from),
            );
            let changed = change(shifted);
            if next > from {
                self.add(changed);
            } else if piece.at >= start {
                self.pieces.push(Piece {
                    exact: false,
                    literal: false,
                    ..changed
                });
            }
        }
        self.bytes.extend_from_slice(bytes);
    }

    fn add(&mut self, piece: Piece) {
        let Some(last) = self.pieces.last_mut() else {
            if !piece.is_nothing() || piece.at > 0 {
                self.pieces.push(piece);
            }
            return;
        };
        if last.continues(&piece) {
            if last.exact {
                last.value.span.end = piece.value.span.end;
            }
            if last.literal {
                last.template.span.end = piece.template.span.end;
            }
            return;
        }
        self.pieces.push(piece);
    }

    /// The text.
    pub fn finish(self) -> Text {
        Text::made(self.bytes, self.pieces)
    }
}
