//! Text with pieces: each byte knows the value and the template that it comes from.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use memchr::memchr_iter;

use crate::render::place::Place;
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
            template,
            literal,
            via,
            ..Self::default()
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
    fn shifted(&self, at: u32, before: u32, width: u32) -> Self {
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
    fn continues(&self, next: &Self) -> bool {
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

    fn is_nothing(&self) -> bool {
        *self
            == Self {
                at: self.at,
                ..Self::default()
            }
    }
}

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

    fn made(bytes: Vec<u8>, pieces: Vec<Piece>) -> Self {
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
        let mut pieces = self.pieces().to_vec();
        if pieces.first().is_none_or(|piece| piece.at > 0) {
            pieces.insert(0, Piece::default());
        }
        pieces.iter_mut().for_each(|piece| piece.unknown = true);
        Self {
            body: self.body.clone(),
            pieces: Some(Arc::from(pieces)),
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
        self.push_changed(text, 0..text.len(), |piece| Piece {
            via: if piece.via == 0 && piece.template.is_some() {
                via
            } else {
                piece.via
            },
            ..piece
        });
    }

    fn push_changed(&mut self, text: &Text, range: Range<usize>, change: impl Fn(Piece) -> Piece) {
        let (start, end) = (narrow(range.start), narrow(range.end));
        let base = narrow(self.bytes.len());
        let Some(bytes) = text.bytes().get(range.clone()) else {
            return;
        };
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

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, start: usize) -> Text {
        Text::located(text, Place::new(1, start, start + text.len()), true)
    }

    /// Each byte's value offset, `-` for none.
    fn map(text: &Text) -> String {
        let offsets = (0..text.len()).map(|at| {
            let (piece, before) = text.origin_at(narrow(at))?;
            let place = piece.place_of(before, 1);
            place.is_some().then_some(place.span.start)
        });
        let words = offsets.map(|at| at.map_or("-".to_owned(), |at| at.to_string()));
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cuts_and_joins_keep_the_place_of_each_byte() {
        let mut builder = Builder::default();
        builder.push_plain("a");
        builder.push_text(&value("xyz", 10));
        builder.push_cut(&value("pqrs", 20), 1..3);
        let text = builder.finish();
        assert_eq!(map(&text), "- 10 11 12 21 22");
        assert_eq!(map(&text.cut(2..5)), "11 12 21");
        assert_eq!(text.cut(2..5).to_str(), "yzq");
        assert_eq!(map(&text.cut(0..1)), "-");
        assert_eq!(map(&Text::plain("ab")), "- -");
    }

    #[test]
    fn neighbours_become_one_piece() {
        let whole = value("abcdef", 5);
        let mut builder = Builder::default();
        builder.push_cut(&whole, 0..2);
        builder.push_cut(&whole, 2..6);
        let text = builder.finish();
        assert_eq!(text.pieces(), whole.pieces());
    }

    #[test]
    fn marks_survive_cuts_and_have_no_bytes() {
        let mut builder = Builder::default();
        builder.push_text(&value("ab", 3));
        builder.mark(Piece::of_value(Place::new(2, 7, 9), false));
        builder.push_text(&value("cd", 5));
        let text = builder.finish();
        assert_eq!(map(&text), "3 4 5 6");
        assert_eq!(text.pieces().len(), 3);
        assert_eq!(text.cut(1..4).pieces()[1].value, Place::new(2, 7, 9));
        assert_eq!(text.pieces_in(2..3).len(), 2);
        assert_eq!(text.pieces_in(3..4).len(), 1);
    }

    #[test]
    fn printing_fills_in_the_template_and_keeps_one_that_is_there() {
        let template = Place::new(9, 1, 5);
        let mut builder = Builder::default();
        builder.push_printed(&value("ab", 3), Piece::of_template(template, true, 4));
        let once = builder.finish();
        assert_eq!(
            (once.pieces()[0].template, once.pieces()[0].via),
            (template, 4)
        );
        let mut builder = Builder::default();
        builder.push_printed(&once, Piece::of_template(Place::new(8, 0, 1), false, 7));
        assert_eq!(builder.finish().pieces()[0].via, 4);
    }

    #[test]
    fn bytes_need_not_be_utf_8() {
        let text = Text::plain("aé").cut(0..2);
        assert_eq!(text.bytes(), b"a\xc3");
        assert_eq!(text.to_str(), "a\u{fffd}");
        assert!(text.as_unknown().is_unknown());
    }
}
