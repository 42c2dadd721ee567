//! Reads a word byte by byte: quotes, escapes, globs, plain text.

use std::ops::Range;

use super::find::find;
use super::skip::closing_pattern;
use super::{Opener, Piece, PieceKind, Quote, Text, Unclosed, Word};

/// A word in the making.
pub(super) struct Reader<'a> {
    pub(super) text: Text<'a>,
    pub(super) end: usize,
    pub(super) word: Word,
    pub(super) has_plain: bool,
    pub(super) has_single: bool,
    pub(super) has_double: bool,
    /// How many expansions this is in.
    pub(super) depth: u32,
    /// See [`super::scan`].
    pub(super) is_command_word: bool,
    /// Up to here spaces and operators are part of the word.
    pub(super) glued_until: usize,
    pub(super) unclosed: Option<Unclosed>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: Text<'a>, end: usize) -> Self {
        Self {
            text,
            end,
            word: Word::default(),
            has_plain: false,
            has_single: false,
            has_double: false,
            depth: 0,
            is_command_word: false,
            glued_until: 0,
            unclosed: None,
        }
    }

    pub(super) fn done(mut self, range: Range<usize>) -> Word {
        self.word.range = range;
        self.word.quote = match (self.has_plain, self.has_single, self.has_double) {
            (_, false, false) => Quote::None,
            (false, true, false) => Quote::Single,
            (false, false, true) => Quote::Double,
            _ => Quote::Mixed,
        };
        self.word
    }

    pub(super) fn push(&mut self, kind: PieceKind, range: Range<usize>, is_quoted: bool) {
        let is_nested = self.depth > 0;
        if !is_nested {
            let written = self.text.written.get(range.clone()).unwrap_or_default();
            self.word.text.push_str(written);
        }
        if kind == PieceKind::Text
            && let Some(last) = self.word.pieces.last_mut()
            && last.kind == PieceKind::Text
            && last.range.end == range.start
            && last.is_quoted == is_quoted
            && last.is_nested == is_nested
        {
            last.range.end = range.end;
            return;
        }
        if range.is_empty() {
            return;
        }
        self.word.pieces.push(Piece {
            kind,
            range,
            is_quoted,
            is_nested,
        });
    }

    /// What is opened in `length` bytes at `at` has no end. What is in an expansion is known to end with it.
    pub(super) fn never_closed(&mut self, opener: Opener, at: usize, length: usize) {
        if self.depth == 0 {
            let range = (at, (at + length).min(self.end));
            self.unclosed.get_or_insert(Unclosed { range, opener });
        }
    }

    /// Reads unquoted text from `at`; `stops` says whether a blank or an operator ends it. Gives where it ended.
    pub(super) fn word(&mut self, mut at: usize, stops: bool) -> usize {
        let start = at;
        while at < self.end {
            let Some(byte) = self.text.byte(at) else {
                break;
            };
            if let Some(mask) = self.text.mask(at) {
                let end = mask.end.min(self.end);
                self.has_plain = true;
                self.push(PieceKind::Unknown, at..end, false);
                at = end;
                continue;
            }
            at = match byte {
                b'\'' => {
                    let close = find(self.text, at + 1, self.end, b'\'');
                    if close >= self.end {
                        self.never_closed(Opener::Single, at, 1);
                    }
                    self.has_single = true;
                    self.quoted(at + 1..close, true);
                    (close + 1).min(self.end)
                }
                b'"' => {
                    self.has_double = true;
                    self.double(at + 1, self.end, true)
                }
                b'\\' => self.escape(at),
                b'$' | b'`' => {
                    self.has_plain |= !matches!(self.text.byte(at + 1), Some(b'\'' | b'"'));
                    self.dollar(at, false)
                }
                b'<' | b'>' if self.text.byte(at + 1) == Some(b'(') => {
                    let (inner, end) = self.parenthesis(at + 2);
                    self.has_plain = true;
                    self.push(PieceKind::Process(inner), at..end, true);
                    end
                }
                b'(' if self.opens_pattern(start, at) => {
                    self.glue(at, closing_pattern(self.text, at + 1, self.end));
                    self.plain(at, byte)
                }
                b' ' | b'\t' | b'\n' | b'\r' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')'
                    if stops && at >= self.glued_until =>
                {
                    break;
                }
                _ => self.plain(at, byte),
            };
        }
        at
    }

    /// Whether the parenthesis at `at` opens a pattern such as `@(a|b)` in the word that begins at `start`; or what
    /// is behind the `$$` by which Make and Compose write a `$`.
    fn opens_pattern(&self, start: usize, at: usize) -> bool {
        let before = self.text.masked.as_bytes().get(start..at);
        self.is_command_word
            && at >= self.glued_until
            && matches!(
                before,
                Some([.., b'@' | b'!' | b'?' | b'+' | b'*'] | [.., b'$', b'$'])
            )
    }

    /// What is opened at `at` and closed at `close` is part of the word with all its spaces.
    pub(super) fn glue(&mut self, at: usize, close: usize) {
        if close >= self.end {
            self.never_closed(Opener::Parenthesis, at, 1);
        }
        self.glued_until = close + 1;
    }

    /// A run of characters that mean nothing, or one that is a glob.
    fn plain(&mut self, at: usize, byte: u8) -> usize {
        self.has_plain = true;
        if matches!(byte, b'*' | b'?' | b'[') {
            self.push(PieceKind::Glob, at..at + 1, false);
            return at + 1;
        }
        let mut end = at + 1;
        while end < self.end
            && self.text.byte(end).is_some_and(|b| {
                b.is_ascii_alphanumeric()
                    || matches!(b, b'-' | b'_' | b'.' | b'/' | b'=')
                    || b >= 0x80
            })
            && self.text.mask(end).is_none()
        {
            end += 1;
        }
        while !self.text.masked.is_char_boundary(end) {
            end += 1;
        }
        self.push(PieceKind::Text, at..end, false);
        end
    }

    fn escape(&mut self, at: usize) -> usize {
        if at + 1 >= self.end {
            self.never_closed(Opener::Escape, at, 1);
        }
        let Some(next) = self
            .text
            .masked
            .get(at + 1..)
            .and_then(|rest| rest.chars().next())
        else {
            self.push(PieceKind::Text, at..at + 1, false);
            return at + 1;
        };
        let end = at + 1 + next.len_utf8();
        if next != '\n' {
            self.has_plain = true;
            self.push(PieceKind::Escape, at + 1..end, true);
        }
        end
    }

    /// Text in which nothing expands; a blanked stretch still does.
    pub(super) fn quoted(&mut self, range: Range<usize>, is_quoted: bool) {
        let mut at = range.start;
        while at < range.end {
            let index = self.text.masks.partition_point(|mask| mask.end <= at);
            let mask = self
                .text
                .masks
                .get(index)
                .filter(|mask| mask.start < range.end);
            let Some(mask) = mask else {
                self.push(PieceKind::Text, at..range.end, is_quoted);
                return;
            };
            if mask.start > at {
                self.push(PieceKind::Text, at..mask.start, is_quoted);
            }
            let end = mask.end.min(range.end);
            self.push(PieceKind::Unknown, mask.start.max(at)..end, is_quoted);
            at = end;
        }
    }

    /// What is in double quotes from `at` on; gives where it ended, past the closing quote if one is expected.
    pub(super) fn double(&mut self, mut at: usize, limit: usize, closes: bool) -> usize {
        let (mut from, opened) = (at, at.saturating_sub(1));
        while at < limit {
            match self.text.byte(at) {
                Some(b'"') if closes => {
                    self.quoted(from..at, true);
                    return at + 1;
                }
                Some(b'\\') => {
                    let next = self.text.byte(at + 1);
                    if matches!(next, Some(b'$' | b'`' | b'"' | b'\\' | b'\n')) {
                        self.quoted(from..at, true);
                        if next != Some(b'\n') {
                            self.push(PieceKind::Escape, at + 1..at + 2, true);
                        }
                        from = (at + 2).min(limit);
                    }
                    at += 2;
                }
                Some(b'$' | b'`') if self.text.mask(at).is_none() => {
                    self.quoted(from..at, true);
                    at = self.dollar(at, true).min(limit);
                    from = at;
                }
                Some(_) => at += 1,
                None => break,
            }
        }
        if closes {
            self.never_closed(Opener::Double, opened, 1);
        }
        if from < limit {
            self.quoted(from..limit, true);
        }
        limit
    }
}
