//! Scripts that are in the words of a command: substitutions, and what another shell is handed.

use std::ops::Range;

use super::frame::Frame;
use super::script::Nesting;
use super::word::{Piece, PieceKind, Word};
use crate::span::LocatedText;

/// Something inside a word that is a script itself.
pub(super) enum Nested {
    Range(Nesting, Range<usize>),
    Word(Word),
}

pub(super) fn collect(pieces: &[Piece], nested: &mut Vec<Nested>) {
    for piece in pieces {
        let (nesting, inner) = match &piece.kind {
            PieceKind::Command(inner) => (Nesting::Command, inner),
            PieceKind::Backtick(inner) => (Nesting::Backtick, inner),
            PieceKind::Process(inner) => (Nesting::Process, inner),
            _ => continue,
        };
        nested.push(Nested::Range(nesting, inner.clone()));
    }
}

/// Whether a word is what a substitution gives and nothing else, so that its text is no script.
pub(super) fn is_substitution(word: &Word) -> bool {
    matches!(
        word.pieces.first().map(|piece| &piece.kind),
        Some(PieceKind::Command(_) | PieceKind::Backtick(_) | PieceKind::Process(_))
    )
}

/// Appends a stretch of the frame's text, each byte with its place in the file.
pub(super) fn copy(frame: &Frame, range: Range<usize>, into: &mut LocatedText) {
    for (offset, character) in frame
        .text
        .written
        .get(range.clone())
        .unwrap_or_default()
        .char_indices()
    {
        let at = frame.located.locate(range.start + offset);
        into.push(character.encode_utf8(&mut [0; 4]), at);
    }
}

/// In backticks a backslash goes before `$`, a backtick and a backslash, and is not part of the script.
pub(super) fn unescape_backticks(frame: &Frame, range: Range<usize>) -> LocatedText {
    let mut text = LocatedText::default();
    let bytes = frame.text.masked.as_bytes();
    let mut at = range.start;
    let mut from = at;
    while at < range.end {
        if bytes[at] == b'\\' && matches!(bytes.get(at + 1), Some(b'$' | b'`' | b'\\')) {
            copy(frame, from..at, &mut text);
            from = at + 1;
            at += 1;
        }
        at += 1;
    }
    copy(frame, from.min(range.end)..range.end, &mut text);
    text
}

/// A word's text with its place: behind the opening quote if it is quoted and nothing in it is escaped.
pub(super) fn unquoted(word: &Word) -> LocatedText {
    let start = u32::try_from(word.range.start).unwrap_or(u32::MAX);
    let length = word.text.len();
    if word.range.len() == length + 2 {
        return LocatedText::verbatim(&word.text, start.saturating_add(1));
    }
    if word.range.len() == length {
        return LocatedText::verbatim(&word.text, start);
    }
    // With escapes in it the bytes cannot be told apart here: everything is at the word.
    let mut text = LocatedText::default();
    for character in word.text.chars() {
        text.push(character.encode_utf8(&mut [0; 4]), start);
    }
    text
}
