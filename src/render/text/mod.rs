//! Text with pieces: each byte knows the value and the template that it comes from.

mod builder;
mod piece;
pub mod place;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use memchr::memchr_iter;

use crate::render::text::place::Place;

pub use crate::render::text::builder::Builder;
pub use crate::render::text::piece::Piece;

/// The bytes of a text: Go's strings need not be UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Body {
    Str(Arc<str>),
    Bytes(Arc<[u8]>),
}

/// Shared text whose bytes know their origin.
#[derive(Clone, Debug)]
pub struct Text {
    body: Body,
    pieces: Option<Arc<[Piece]>>,
}

impl Default for Text {
    fn default() -> Self {
        Self::plain("")
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Text {
    /// Text of no known origin.
    pub fn plain(text: &str) -> Self {
        Self {
            body: Body::Str(Arc::from(text)),
            pieces: None,
        }
    }

    /// Bytes of no known origin, which may be no UTF-8.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::made(bytes.to_vec(), Vec::new())
    }

    /// Text that comes from one place; `exact` says that it is as in the file.
    pub fn located(text: &str, value: Place, exact: bool) -> Self {
        Self::with_piece(text, Piece::of_value(value, exact))
    }

    /// Text that is one piece.
    pub fn with_piece(text: &str, piece: Piece) -> Self {
        let mut builder = Builder::default();
        builder.push(text.as_bytes(), piece);
        builder.finish()
    }

    pub(super) fn made(bytes: Vec<u8>, pieces: Vec<Piece>) -> Self {
        let body = match String::from_utf8(bytes) {
            Ok(text) => Body::Str(Arc::from(text)),
            Err(error) => Body::Bytes(Arc::from(error.into_bytes())),
        };
        let has_origin = pieces.iter().any(|piece| !piece.is_nothing());
        Self {
            body,
            pieces: has_origin.then(|| Arc::from(pieces)),
        }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match &self.body {
            Body::Str(text) => text.as_bytes(),
            Body::Bytes(bytes) => bytes,
        }
    }

    /// The text; what is no UTF-8 in it becomes U+FFFD.
    pub fn to_str(&self) -> Cow<'_, str> {
        match &self.body {
            Body::Str(text) => Cow::Borrowed(text),
            Body::Bytes(bytes) => String::from_utf8_lossy(bytes),
        }
    }

    /// Bytes.
    pub fn len(&self) -> usize {
        self.bytes().len()
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.bytes().is_empty()
    }

    /// Whether it is this text.
    pub fn is(&self, text: &str) -> bool {
        self.bytes() == text.as_bytes()
    }

    /// The pieces, ascending; none if nothing is known.
    pub fn pieces(&self) -> &[Piece] {
        self.pieces.as_deref().unwrap_or_default()
    }

    /// The piece that holds the byte `offset` (the last one for the end), and how many bytes into it that is.
    pub fn origin_at(&self, offset: u32) -> Option<(&Piece, u32)> {
        let pieces = self.pieces();
        let index = pieces.partition_point(|piece| piece.at <= offset);
        let piece = pieces.get(index.checked_sub(1)?)?;
        Some((piece, offset - piece.at))
    }

    /// The pieces that touch `range`, marks included.
    pub fn pieces_in(&self, range: Range<usize>) -> &[Piece] {
        let pieces = self.pieces();
        let (start, end) = (narrow(range.start), narrow(range.end));
        let first = pieces.partition_point(|piece| piece.at < start);
        let is_begun = pieces.get(first).is_none_or(|piece| piece.at > start);
        let from = first - usize::from(is_begun && first > 0);
        let to = pieces.partition_point(|piece| piece.at < end);
        pieces.get(from..to.max(from)).unwrap_or_default()
    }

    /// A stretch of the text, with its origins.
    #[must_use]
    pub fn cut(&self, range: Range<usize>) -> Self {
        if range == (0..self.len()) {
            return self.clone();
        }
        let mut builder = Builder::default();
        builder.push_cut(self, range);
        builder.finish()
    }

    /// A stretch of the text with the marks that come after it, up to the byte `until`.
    #[must_use]
    pub fn cut_with_marks(&self, range: Range<usize>, until: usize) -> Self {
        let (end, until) = (narrow(range.end), narrow(until));
        let mut builder = Builder::default();
        builder.push_cut(self, range);
        let pieces = self.pieces();
        let from = pieces.partition_point(|piece| piece.at < end);
        for (index, piece) in pieces.iter().enumerate().skip(from) {
            let next = pieces
                .get(index + 1)
                .map_or(narrow(self.len()), |next| next.at);
            if piece.at > until {
                break;
            }
            if next <= piece.at {
                builder.mark(*piece);
            }
        }
        builder.finish()
    }

    /// Other bytes made of this text as a whole: one piece with the first origin there is, exact in nothing.
    #[must_use]
    pub fn remade(&self, bytes: Vec<u8>) -> Self {
        let pieces = self.pieces();
        let found = pieces.iter().find(|piece| piece.value.is_some());
        let found = found.or_else(|| pieces.iter().find(|piece| piece.template.is_some()));
        let piece = Piece {
            at: 0,
            exact: false,
            literal: false,
            unknown: self.is_unknown(),
            ..found.copied().unwrap_or_default()
        };
        Self::made(bytes, vec![piece])
    }

    /// Whether any of it is known only at run time.
    pub fn is_unknown(&self) -> bool {
        self.pieces().iter().any(|piece| piece.unknown)
    }

    /// The same text, all of it known only at run time.
    #[must_use]
    pub fn as_unknown(&self) -> Self {
        self.changed(|piece| piece.unknown = true)
    }

    /// The same text, which stands in for a missing key where it stands in for none yet.
    #[must_use]
    pub fn with_hole(&self, hole: u32) -> Self {
        self.changed(|piece| piece.hole = if piece.hole == 0 { hole } else { piece.hole })
    }

    /// The same text with each piece changed, and a piece where it had none.
    fn changed(&self, change: impl Fn(&mut Piece)) -> Self {
        let mut pieces = self.pieces().to_vec();
        if pieces.first().is_none_or(|piece| piece.at > 0) {
            pieces.insert(0, Piece::default());
        }
        pieces.iter_mut().for_each(&change);
        Self {
            body: self.body.clone(),
            pieces: Some(Arc::from(pieces)),
        }
    }

    /// The same text, written by a template that runs in the frame `via`.
    #[must_use]
    pub fn in_frame(&self, via: u32) -> Self {
        if via == 0 || self.pieces().is_empty() {
            return self.clone();
        }
        let pieces = self.pieces().iter().map(|piece| piece.in_frame(via));
        Self {
            body: self.body.clone(),
            pieces: Some(pieces.collect()),
        }
    }

    /// The ranges of its lines, each with its end of line; none for no text.
    pub fn lines(&self) -> Vec<Range<usize>> {
        let bytes = self.bytes();
        let mut lines = Vec::new();
        let mut start = 0;
        for at in memchr_iter(b'\n', bytes) {
            lines.push(start..at + 1);
            start = at + 1;
        }
        if start < bytes.len() {
            lines.push(start..bytes.len());
        }
        lines
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
