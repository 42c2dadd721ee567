//! Words of a shell script: how they are quoted, what expands in them, and what their text is without the quotes.

mod conditional;
mod document;
mod expansion;
mod find;
mod reader;
mod skip;

use std::ops::Range;

use reader::Reader;

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
    /// Whether it is inside another expansion, as `$y` in `${x:-$y}`.
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
    /// `$( )` with what is inside.
    Command(Range<usize>),
    /// Backticks with what is inside.
    Backtick(Range<usize>),
    /// `<( )` or `>( )` with what is inside.
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

#[cfg(test)]
mod tests;
