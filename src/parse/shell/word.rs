//! Words of a shell script: how they are quoted, what expands in them, and what their text is without the quotes.

mod conditional;
mod document;
mod expansion;
mod skip;

use std::ops::Range;

use skip::{closing_pattern, find};

pub(super) use conditional::of_test;
pub(super) use document::{body, delimiter};
pub(super) use skip::skip_arithmetic;

/// Quotes within expansions within quotes …: deeper ones are left as they are.
const MAX_DEPTH: u32 = 40;

/// A word as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the script's text.
    pub range: Range<usize>,
    /// The text without quotes, expansions as written.
    pub text: String,
    /// How it is quoted.
    pub quote: Quote,
    /// What it is made of, in order.
    pub pieces: Vec<Piece>,
}

/// How a word is quoted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quote {
    /// No quote in it.
    #[default]
    None,
    /// The whole word is in single quotes.
    Single,
    /// The whole word is in double quotes.
    Double,
    /// Some of it.
    Mixed,
}

impl Quote {
    /// As rules see it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Single => "single",
            Self::Double => "double",
            Self::Mixed => "mixed",
        }
    }
}

/// A part of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its bytes, without the quotes around it.
    pub range: Range<usize>,
    /// Whether quotes (or a backslash) keep it from splitting.
    pub is_quoted: bool,
    /// Whether it stands inside another expansion, as `$y` in `${x:-$y}`.
    pub is_nested: bool,
}

/// What a part of a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Characters that stand for themselves.
    Text,
    /// A character after a backslash.
    Escape,
    /// Unquoted `*`, `?` or `[`.
    Glob,
    /// `$name`, `${name…}`, `$1`, `$?`: the name, and the operator if there is one.
    Variable(String, Option<String>),
    /// `$( )` with what stands inside.
    Command(Range<usize>),
    /// Backticks with what stands inside.
    Backtick(Range<usize>),
    /// `<( )` or `>( )` with what stands inside.
    Process(Range<usize>),
    /// `$(( ))`.
    Arithmetic,
    /// `${{ }}`: whatever GitHub puts there before the shell sees it.
    Unknown,
}

impl Word {
    /// Whether it says by itself what it is.
    pub fn is_literal(&self) -> bool {
        self.pieces.iter().all(|piece| {
            matches!(
                piece.kind,
                PieceKind::Text | PieceKind::Escape | PieceKind::Glob
            )
        })
    }

    /// Whether the shell may put file names in its place.
    pub fn is_glob(&self) -> bool {
        let mut pieces = self.pieces.iter();
        pieces.any(|piece| piece.kind == PieceKind::Glob && !piece.is_nested)
    }

    /// Its text if it is literal.
    pub fn literal(&self) -> Option<&str> {
        self.is_literal().then_some(self.text.as_str())
    }
}

/// A script's text with the stretches that GitHub replaces before the shell reads it.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// What the shell's grammar sees: the stretches are blanked by letters.
    pub masked: &'a str,
    /// As written.
    pub written: &'a str,
    /// The blanked stretches, ascending.
    pub masks: &'a [Range<usize>],
}

impl Text<'_> {
    /// The blanked stretch that begins at or holds `at`.
    fn mask(&self, at: usize) -> Option<&Range<usize>> {
        let index = self.masks.partition_point(|mask| mask.end <= at);
        self.masks.get(index).filter(|mask| mask.start <= at)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.masked.as_bytes().get(at).copied()
    }
}

/// Reads the word that fills `range`.
pub fn read(text: Text, range: Range<usize>) -> Word {
    let mut reader = Reader::new(text, range.end);
    let end = reader.word(range.start, false);
    reader.done(range.start..end)
}

/// Reads the word that begins at `start`, up to a blank or an operator before `end`; empty if one of those is there.
pub fn next(text: Text, start: usize, end: usize) -> Word {
    let mut reader = Reader::new(text, end);
    let end = reader.word(start, true);
    reader.done(start..end)
}

/// The same for a word of a command, in which `@(a | b)` and `$[ 1 + 2 ]` are one; and what in it is never closed.
pub(super) fn scan(text: Text, start: usize, end: usize) -> (Word, Option<Unclosed>) {
    let mut reader = Reader::new(text, end);
    reader.is_command_word = true;
    let end = reader.word(start, true);
    let unclosed = reader.unclosed.take();
    (reader.done(start..end), unclosed)
}

/// What is opened in a word and never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// Where it is opened.
    pub(super) range: (usize, usize),
    /// What it is.
    pub(super) opener: Opener,
}

/// What needs an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opener {
    Single,
    Double,
    Backtick,
    Command,
    Parameter,
    Parenthesis,
    /// A backslash with nothing behind it.
    Escape,
}

/// The substitutions of a text that is no word: a heredoc's body, arithmetic.
pub fn expansions(text: Text, range: Range<usize>) -> Vec<Piece> {
    let mut reader = Reader::new(text, range.end);
    reader.double(range.start, range.end, false);
    reader.word.pieces
}

struct Reader<'a> {
    text: Text<'a>,
    end: usize,
    word: Word,
    has_plain: bool,
    has_single: bool,
    has_double: bool,
    depth: u32,
    /// See [`scan`].
    is_command_word: bool,
    /// Up to here blanks and operators are part of the word.
    glued_until: usize,
    unclosed: Option<Unclosed>,
}

impl<'a> Reader<'a> {
    fn new(text: Text<'a>, end: usize) -> Self {
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

    fn done(mut self, range: Range<usize>) -> Word {
        self.word.range = range;
        self.word.quote = match (self.has_plain, self.has_single, self.has_double) {
            (_, false, false) => Quote::None,
            (false, true, false) => Quote::Single,
            (false, false, true) => Quote::Double,
            _ => Quote::Mixed,
        };
        self.word
    }

    fn push(&mut self, kind: PieceKind, range: Range<usize>, is_quoted: bool) {
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

    /// What is opened in `length` bytes at `at` has no end. What stands in an expansion is known to end with it.
    fn never_closed(&mut self, opener: Opener, at: usize, length: usize) {
        if self.depth == 0 {
            let range = (at, (at + length).min(self.end));
            self.unclosed.get_or_insert(Unclosed { range, opener });
        }
    }

    /// Reads unquoted text from `at`; `stops` says whether a blank or an operator ends it. Gives where it ended.
    fn word(&mut self, mut at: usize, stops: bool) -> usize {
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

    /// Whether the parenthesis at `at` opens a pattern such as `@(a|b)` in the word that begins at `start`.
    fn opens_pattern(&self, start: usize, at: usize) -> bool {
        self.is_command_word
            && at > start
            && at >= self.glued_until
            && matches!(
                self.text.byte(at - 1),
                Some(b'@' | b'!' | b'?' | b'+' | b'*')
            )
    }

    /// What is opened at `at` and closed at `close` is part of the word with all its blanks.
    fn glue(&mut self, at: usize, close: usize) {
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
    fn quoted(&mut self, range: Range<usize>, is_quoted: bool) {
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

    /// What stands in double quotes from `at` on; gives where it ended, past the closing quote if one is expected.
    fn double(&mut self, mut at: usize, limit: usize, closes: bool) -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        next(
            Text {
                masked: text,
                written: text,
                masks: &[],
            },
            0,
            text.len(),
        )
    }

    #[test]
    fn words_know_their_quotes_and_end_where_they_end() {
        for (text, range, value, quote, is_literal) in [
            ("abc def", 3, "abc", Quote::None, true),
            ("'a b';x", 5, "a b", Quote::Single, true),
            (r#""a $b \"c" d"#, 10, "a $b \"c", Quote::Double, false),
            (r#"a"b c"'d'|e"#, 9, "ab cd", Quote::Mixed, true),
            (r"a\ b c", 4, "a b", Quote::None, true),
            (
                "$(echo \")\" ')' $(x)) y",
                20,
                "$(echo \")\" ')' $(x))",
                Quote::None,
                false,
            ),
            ("${a:-\"}\"}z w", 10, "${a:-\"}\"}z", Quote::None, false),
            ("$((1 + (2)))& ", 12, "$((1 + (2)))", Quote::None, false),
            ("<(curl x) y", 9, "<(curl x)", Quote::None, false),
            ("`a \\` b` c", 8, "`a \\` b`", Quote::None, false),
            ("$'a\\'b' c", 7, "a\\'b", Quote::Single, true),
            (
                "$(case x in a) b;; esac) y",
                24,
                "$(case x in a) b;; esac)",
                Quote::None,
                false,
            ),
        ] {
            let found = word(text);
            assert_eq!(found.range, 0..range, "{text}");
            assert_eq!(found.text, value, "{text}");
            assert_eq!(found.quote, quote, "{text}");
            assert_eq!(found.is_literal(), is_literal, "{text}");
        }
    }

    #[test]
    fn nothing_closed_is_no_trouble() {
        for piece in [
            "\"$(",
            "${a:-",
            "$((",
            "`",
            "'",
            "\\",
            "<(",
            "\"${x:-\"",
            "é\\é",
        ] {
            let text = piece.repeat(5_000);
            assert!(word(&text).range.end <= text.len());
        }
    }
}
