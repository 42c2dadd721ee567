//! How far a script is read, and the words and blanks in it.

use std::ops::Range;

use super::settled::is_settled;
use crate::parse::shell::word::{self, Text, Word};

/// Words that the grammar gives a meaning where a command may begin.
pub(super) const RESERVED: &[&str] = &[
    "if", "then", "elif", "else", "fi", "while", "until", "for", "select", "do", "done", "case",
    "esac", "in", "[[", "]]", "function", "time", "coproc",
];

/// Words that begin a compound command that may be plain; `(` is no word.
pub(super) const HEADS: &[&str] = &["if", "while", "until", "for", "{", "[["];

/// How far a text is read.
pub(super) struct Reader<'a> {
    pub(super) text: Text<'a>,
    start: usize,
    pub(super) at: usize,
    pub(super) end: usize,
    /// How many compound commands are open.
    pub(super) depth: usize,
}

impl<'a> Reader<'a> {
    /// Nothing of the stretch is read yet.
    pub(super) fn new(text: Text<'a>, range: Range<usize>) -> Self {
        Self {
            text,
            start: range.start,
            at: range.start,
            end: range.end,
            depth: 0,
        }
    }
}

impl Reader<'_> {
    /// What is left to read.
    pub(super) fn rest(&self) -> &[u8] {
        let bytes = self.text.masked.as_bytes();
        bytes.get(self.at..self.end).unwrap_or_default()
    }

    /// To where something means something again, or the line ends.
    pub(super) fn skip_blanks(&mut self) {
        while self.blank() > 0 {
            self.at += self.blank();
        }
    }

    /// How many bytes mean nothing here: a blank, a line that goes on, a comment.
    fn blank(&self) -> usize {
        match self.rest() {
            [b' ' | b'\t', ..] => 1,
            // Glued to something it is part of a word.
            [b'\\', b'\n', ..] => {
                let before = self.text.masked.get(self.start..self.at);
                2 * usize::from(before.is_some_and(|text| text.ends_with([' ', '\t'])))
            }
            rest @ [b'#', ..] => rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()),
            _ => 0,
        }
    }

    /// A word that the grammar reads as one word too.
    pub(super) fn settled(&self, at: usize) -> Option<Word> {
        let word = word::next(self.text, at, self.end);
        let is_word = !word.range.is_empty() && is_settled(self.text, word.range.clone());
        is_word.then_some(word)
    }

    pub(super) fn spaces(&mut self) {
        while matches!(self.rest().first(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// The next word on the line.
    pub(super) fn spaced(&mut self) -> Option<Word> {
        self.spaces();
        let word = self.settled(self.at)?;
        self.at = word.range.end;
        Some(word)
    }

    pub(super) fn written(&self, word: &Word) -> Option<&str> {
        self.text.masked.get(word.range.clone())
    }
}
