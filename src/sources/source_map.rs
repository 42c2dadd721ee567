//! Where rendered text comes from: pieces of it mapped to bytes of other files.

use std::sync::Arc;

use crate::span::{FileSpan, Span};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The byte of the rendered text at which it begins.
    pub at: u32,
    /// The value that it shows (`values.yaml`), if it shows one.
    pub value: Option<FileSpan>,
    /// The text of the template that it is, or the action that printed it.
    pub template: Option<FileSpan>,
    /// The call (`include`, `template`, `tpl`) in which it was printed: a number of [`SourceMap::calls`]; `None` at the top.
    pub call: Option<u32>,
    /// Whether the bytes are those of the value, or of the template if there is no value, one by one.
    pub is_exact: bool,
    /// Whether the text will be another where it is installed: a release's name, a cluster's version.
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

/// What is to be shown of a span of rendered text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    /// The culprit: the value if one is shown in the span, else the template's text.
    pub primary: FileSpan,
    /// Where that was put in, then the calls that led there, innermost first.
    pub related: Vec<FileSpan>,
}

/// The pieces of a rendered text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    pieces: Vec<Piece>,
    calls: Vec<Call>,
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
        Self { pieces, calls }
    }

    /// The calls of the rendering.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// What to show for some bytes of the rendered text; `None` if nobody knows where they come from.
    pub fn blame(&self, span: Span) -> Option<Blame> {
        let pieces = self.pieces_in(span);
        let shown = pieces.iter().find_map(|(piece, bytes)| {
            let value = piece.value?;
            Some((piece, part(piece, value, *bytes)))
        });
        let template = || {
            pieces.iter().find_map(|(piece, bytes)| {
                let is_text = piece.value.is_none();
                let template = piece.template?;
                let part = if is_text {
                    part(piece, template, *bytes)
                } else {
                    template
                };
                Some((piece, part))
            })
        };
        let (piece, primary) = shown.or_else(template)?;
        let put_in = piece.template.filter(|template| *template != primary);
        let put_in = put_in.filter(|_| piece.value.is_some());
        let related = put_in.into_iter().chain(self.sites(piece.call));
        Some(Blame {
            primary,
            related: related.collect(),
        })
    }

    /// The bytes of the one file that make up all of the span, one by one; `None` if it cannot be edited in one place.
    pub fn editable(&self, span: Span) -> Option<FileSpan> {
        let mut whole: Option<FileSpan> = None;
        for (piece, bytes) in self.pieces_in(span) {
            let from = piece.value.or(piece.template).filter(|_| piece.is_exact)?;
            let part = part(piece, from, bytes);
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

    /// The pieces of a span, each with its bytes in the span. An empty span is in the piece that holds its start.
    fn pieces_in(&self, span: Span) -> Vec<(&Piece, Span)> {
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

    /// The sites of a call and of those around it.
    fn sites(&self, call: Option<u32>) -> impl Iterator<Item = FileSpan> {
        let call_of = |number: Option<u32>| self.calls.get(number? as usize);
        let calls = std::iter::successors(call_of(call), move |call| call_of(call.up));
        calls.map(|call| call.site).take(MOST_CALLS)
    }
}

/// What `bytes` of a piece are in the file that it comes from: all of `from` if they are not there one by one.
fn part(piece: &Piece, from: FileSpan, bytes: Span) -> FileSpan {
    if !piece.is_exact {
        return from;
    }
    let there = |at: u32| (from.span.start + at.saturating_sub(piece.at)).min(from.span.end);
    let span = Span {
        start: there(bytes.start),
        end: there(bytes.end),
    };
    FileSpan::new(from.file, span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    const VALUES: FileId = FileId::new(1);
    const TEMPLATE: FileId = FileId::new(2);
    const HELPERS: FileId = FileId::new(3);

    fn place(file: FileId, start: usize, end: usize) -> FileSpan {
        FileSpan::new(file, Span::new(start, end))
    }

    fn piece(at: u32, value: Option<FileSpan>, template: Option<FileSpan>) -> Piece {
        Piece {
            at,
            value,
            template,
            call: None,
            is_exact: true,
            is_unknown: false,
        }
    }

    /// `image: nginx:1.27 # v9\n`: text of the template, a value, a value quoted anew by a helper, text again.
    fn map() -> SourceMap {
        let text = piece(0, None, Some(place(TEMPLATE, 100, 107)));
        let name = piece(
            7,
            Some(place(VALUES, 20, 25)),
            Some(place(TEMPLATE, 107, 125)),
        );
        let tag = Piece {
            call: Some(1),
            is_exact: false,
            ..piece(12, Some(place(VALUES, 40, 46)), Some(place(HELPERS, 5, 15)))
        };
        let release = Piece {
            is_unknown: true,
            ..piece(17, None, Some(place(TEMPLATE, 130, 150)))
        };
        let calls = vec![
            Call {
                site: place(TEMPLATE, 125, 130),
                up: None,
            },
            Call {
                site: place(HELPERS, 60, 70),
                up: Some(0),
            },
        ];
        SourceMap::new(vec![tag, text, release, name], calls)
    }

    #[test]
    fn a_value_is_blamed_before_the_text_around_it() {
        let map = map();
        let blame = map.blame(Span::new(0, 12)).unwrap();
        assert_eq!(blame.primary, place(VALUES, 20, 25));
        assert_eq!(blame.related, [place(TEMPLATE, 107, 125)]);
        let part = map.blame(Span::new(8, 10)).unwrap();
        assert_eq!(part.primary, place(VALUES, 21, 23));
        let text = map.blame(Span::new(0, 5)).unwrap();
        assert_eq!(text.primary, place(TEMPLATE, 100, 105));
        assert_eq!(text.related, []);
    }

    #[test]
    fn calls_are_listed_from_the_innermost() {
        let blame = map().blame(Span::new(13, 14)).unwrap();
        assert_eq!(blame.primary, place(VALUES, 40, 46));
        let calls = [
            place(HELPERS, 5, 15),
            place(HELPERS, 60, 70),
            place(TEMPLATE, 125, 130),
        ];
        assert_eq!(blame.related, calls);
        assert_eq!(SourceMap::default().blame(Span::new(0, 4)), None);
        let endless = Call {
            site: place(HELPERS, 0, 1),
            up: Some(0),
        };
        let called = Piece {
            call: Some(0),
            ..piece(0, None, Some(place(HELPERS, 2, 9)))
        };
        let map = SourceMap::new(vec![called], vec![endless]);
        assert_eq!(
            map.blame(Span::new(0, 4)).unwrap().related,
            [place(HELPERS, 0, 1)]
        );
    }

    #[test]
    fn only_what_is_one_stretch_of_one_file_can_be_edited() {
        let map = map();
        assert_eq!(map.editable(Span::new(7, 12)), Some(place(VALUES, 20, 25)));
        assert_eq!(map.editable(Span::new(5, 9)), None);
        assert_eq!(map.editable(Span::new(12, 14)), None);
        let halves = [
            piece(0, Some(place(VALUES, 3, 5)), None),
            piece(2, Some(place(VALUES, 5, 9)), None),
        ];
        let map = SourceMap::new(halves.to_vec(), Vec::new());
        assert_eq!(map.editable(Span::new(1, 4)), Some(place(VALUES, 4, 7)));
    }

    #[test]
    fn what_is_known_only_later_is_unknown() {
        let map = map();
        assert!(map.is_unknown(Span::new(16, 18)));
        assert!(map.is_unknown(Span::new(17, 17)));
        assert!(!map.is_unknown(Span::new(0, 17)));
    }
}
