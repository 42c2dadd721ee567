//! How far a script is read: spaces, lines, tokens and what was noted on the way.

use std::ops::Range;

use crate::parse::shell::tree::{Document, Fault, List, Problem, Tree};
use crate::parse::shell::word::{self, Opener, Text, Word};

/// More problems than this are not noted: one is told, and each may look at all that is left for its token.
const MAX_PROBLEMS: usize = 16;
/// How often all of a text may be looked at to tell `((` from two subshells: of what a person wrote each part is looked
/// at once.
const MAX_LOOKS: usize = 2;

/// How far a text is read.
pub(super) struct Parser<'a> {
    pub(super) text: Text<'a>,
    pub(super) at: usize,
    pub(super) end: usize,
    /// How many compound commands may still be opened.
    pub(super) levels: usize,
    /// The words that may end each list that is open, the innermost last.
    pub(super) open: Vec<&'static [&'static str]>,
    documents: Vec<Document>,
    /// How many of the documents have a body.
    read_documents: usize,
    problems: Vec<Problem>,
    /// How many bytes may still be looked at ahead.
    lookahead: usize,
}

impl<'a> Parser<'a> {
    /// Nothing of the stretch is read yet.
    pub(super) fn new(text: Text<'a>, range: Range<usize>, levels: usize) -> Self {
        Self {
            text,
            at: range.start,
            end: range.end,
            levels,
            open: Vec::new(),
            documents: Vec::new(),
            read_documents: 0,
            problems: Vec::new(),
            lookahead: MAX_LOOKS * range.len(),
        }
    }

    /// Gives what was read.
    pub(super) fn finish(mut self, lists: Vec<List>) -> Tree {
        self.read_bodies();
        Tree {
            lists,
            documents: self.documents,
            problems: self.problems,
        }
    }
}

impl Parser<'_> {
    /// What is left to read.
    pub(super) fn rest(&self) -> &[u8] {
        let bytes = self.text.masked.as_bytes();
        bytes.get(self.at..self.end).unwrap_or_default()
    }

    /// What is in `range`, as the grammar sees it.
    pub(super) fn written(&self, range: &Range<usize>) -> &str {
        self.text.masked.get(range.clone()).unwrap_or_default()
    }

    /// To where something means something again, or the line ends.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            self.at += match self.rest() {
                [b' ' | b'\t' | b'\r', ..] => 1,
                [b'\\', b'\n', ..] => 2,
                rest @ [b'#', ..] => rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()),
                _ => return,
            };
        }
    }

    /// To the next token, on this line or another.
    pub(super) fn skip_lines(&mut self) {
        self.skip_blanks();
        while self.rest().first() == Some(&b'\n') {
            self.newline();
            self.skip_blanks();
        }
    }

    /// Past the end of a line and the here-documents that follow it.
    pub(super) fn newline(&mut self) {
        self.at += 1;
        self.read_bodies();
    }

    fn read_bodies(&mut self) {
        while let Some(document) = self.documents.get_mut(self.read_documents) {
            self.read_documents += 1;
            let from = self.at.min(self.end);
            let (name, strips_tabs) = (&document.name, document.strips_tabs);
            if let Some((body, next)) = word::body(self.text, from, self.end, name, strips_tabs) {
                document.body = body;
                self.at = next;
            } else {
                document.body = from..self.end;
                self.at = self.end;
                self.problem(Fault::OpenDocument, from..from);
            }
        }
    }

    /// Notes a here-document whose body begins on the next line; gives its number.
    pub(super) fn document(&mut self, document: Document) -> usize {
        self.documents.push(document);
        self.documents.len() - 1
    }

    /// The next word; empty if an operator, a blank or nothing is there.
    pub(super) fn scan(&mut self) -> Word {
        let (word, unclosed) = word::scan(self.text, self.at, self.end);
        self.at = word.range.end;
        if let Some(unclosed) = unclosed {
            let (start, end) = unclosed.range;
            match message(unclosed.opener) {
                Some(message) => self.problem(Fault::Unclosed(message), start..end),
                None => self.ended(),
            }
        }
        word
    }

    /// Whether the word at hand is `word`, and no more.
    pub(super) fn is_at(&self, word: &str) -> bool {
        self.rest().starts_with(word.as_bytes()) && self.is_end(self.at + word.len())
    }

    /// Whether a `!` is at hand, and not the pattern `!(…)`.
    pub(super) fn is_bang(&self) -> bool {
        self.is_at("!") && !self.rest().starts_with(b"!(")
    }

    /// Goes past the word, if it is at hand.
    pub(super) fn eat(&mut self, word: &str) -> bool {
        let is_there = self.is_at(word);
        if is_there {
            self.at += word.len();
        }
        is_there
    }

    /// Whether a word that reaches to `at` ends there.
    fn is_end(&self, mut at: usize) -> bool {
        loop {
            let bytes = self.text.masked.as_bytes().get(at..self.end);
            match bytes.unwrap_or_default() {
                [b'\\', b'\n', ..] => at += 2,
                [] => return true,
                [byte, ..] => return is_break(*byte),
            }
        }
    }

    /// Notes a problem.
    pub(super) fn problem(&mut self, fault: Fault, range: Range<usize>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { range, fault });
        }
    }

    /// Notes that the token at hand does not fit; at the end of the text something is missing.
    pub(super) fn unexpected(&mut self) {
        self.skip_blanks();
        if self.rest().is_empty() {
            self.ended();
        } else if self.problems.len() < MAX_PROBLEMS {
            let range = self.token();
            self.problem(Fault::Unexpected, range);
        }
    }

    /// Notes that the text ends too early.
    pub(super) fn ended(&mut self) {
        let end = self.end;
        self.problem(Fault::Ended, end..end);
    }

    /// The bytes up to a blank or a `;`, as a problem shows them.
    fn token(&self) -> Range<usize> {
        let rest = self.text.masked.get(self.at..self.end).unwrap_or_default();
        let first = match rest.strip_prefix(";;") {
            Some(_) => 2,
            None => rest.chars().next().map_or(0, char::len_utf8),
        };
        let length = rest.find(|c: char| c.is_whitespace() || c == ';');
        self.at..self.at + length.unwrap_or(rest.len()).max(first)
    }

    /// Goes past the token at hand: an operator or a word.
    pub(super) fn skip_token(&mut self) {
        let length = match self.rest() {
            [b';', b';', b'&', ..] => 3,
            [b';', b';' | b'&', ..] | [b'&', b'&', ..] | [b'|', b'|' | b'&', ..] => 2,
            [b';' | b'&' | b'|' | b'(' | b')' | b'<' | b'>', ..] => 1,
            _ => 0,
        };
        if length > 0 {
            self.at += length;
            return;
        }
        let start = self.at;
        self.scan();
        if self.at == start {
            let rest = self.text.masked.get(self.at..self.end).unwrap_or_default();
            self.at += rest.chars().next().map_or(0, char::len_utf8);
        }
    }

    /// Where `((`, which ends before `from`, closes with `))`: the first of these.
    pub(super) fn closing_arithmetic(&mut self, from: usize) -> Option<usize> {
        if self.lookahead == 0 {
            return None;
        }
        let close = word::skip_arithmetic(self.text, from, self.end);
        self.lookahead = self.lookahead.saturating_sub(close.saturating_sub(from));
        let is_double = close + 1 < self.end && self.text.masked.as_bytes()[close + 1] == b')';
        is_double.then_some(close)
    }
}

/// Whether a byte ends a word.
pub(super) fn is_break(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t' | b'\r' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')'
    )
}

/// How we say that something is never closed.
fn message(opener: Opener) -> Option<&'static str> {
    Some(match opener {
        Opener::Single => "a single quote is never closed",
        Opener::Double => "a double quote is never closed",
        Opener::Backtick => "a backtick is never closed",
        Opener::Command => "a `$(` is never closed",
        Opener::Parameter => "a `${` is never closed",
        Opener::Parenthesis => "a parenthesis is never closed",
        Opener::Escape => return None,
    })
}
