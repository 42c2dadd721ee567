//! `[[ … ]]`: what it asks is checked, its words are read as those of a command.

use super::cursor::{Parser, is_break};
use crate::parse::shell::script::Command;
use crate::parse::shell::tree::NodeKind;
use crate::parse::shell::word;

/// Comparisons that are words.
const COMPARISONS: &[&str] = &[
    "==", "=", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef",
];
/// Letters of what is asked of one word: of a file, a text, a variable.
const QUESTIONS: &[u8] = b"abcdefghknoprstuvwxzGLNORS";

impl Parser<'_> {
    /// The command whose `[[` was just read.
    pub(super) fn test_command(&mut self) -> NodeKind {
        let start = self.at - 2;
        self.conditions();
        let range = start..self.at;
        NodeKind::Test(Command {
            words: word::of_test(self.text, range.clone()),
            range,
            ..Command::default()
        })
    }

    /// Goes past `]]`, or to what does not fit.
    fn conditions(&mut self) {
        let mut open = 0_u32;
        loop {
            self.skip_lines();
            if self.eat("!") {
                continue;
            }
            if self.rest().first() == Some(&b'(') {
                self.at += 1;
                open += 1;
                continue;
            }
            if self.is_at("]]") || !self.condition() {
                return self.stop_conditions();
            }
            self.skip_lines();
            while open > 0 && self.rest().first() == Some(&b')') {
                self.at += 1;
                open -= 1;
                self.skip_lines();
            }
            if open == 0 && self.eat("]]") {
                return;
            }
            if !matches!(self.rest(), [b'&', b'&', ..] | [b'|', b'|', ..]) {
                return self.stop_conditions();
            }
            self.at += 2;
        }
    }

    /// Notes what does not fit and goes on behind the `]]` of the line, if there is one.
    fn stop_conditions(&mut self) {
        self.unexpected();
        loop {
            self.skip_blanks();
            if self.eat("]]") || matches!(self.rest(), [] | [b'\n' | b';', ..]) {
                return;
            }
            self.skip_token();
        }
    }

    /// One question: `-f WORD`, `WORD == WORD`, `WORD =~ REGEX`, `WORD`; false if something else is there.
    fn condition(&mut self) -> bool {
        let first = self.scan().range;
        if first.is_empty() {
            return false;
        }
        let is_question =
            matches!(self.written(&first).as_bytes(), [b'-', letter] if QUESTIONS.contains(letter));
        self.skip_blanks();
        if matches!(self.rest(), [b'<' | b'>', next, ..] if !b"<>&|".contains(next)) {
            self.at += 1;
            self.skip_blanks();
            return !self.scan().range.is_empty();
        }
        if self.eat("=~") {
            return self.regex();
        }
        if COMPARISONS.iter().any(|sign| self.eat(sign)) {
            self.skip_blanks();
            return !self.scan().range.is_empty();
        }
        let is_end = self.is_at("]]") || self.rest().first().is_none_or(|byte| is_break(*byte));
        !is_question || is_end || !self.scan().range.is_empty()
    }

    /// A regular expression: words, `|`, and all that parentheses hold.
    fn regex(&mut self) -> bool {
        self.skip_blanks();
        let start = self.at;
        let mut open = 0_u32;
        while !self.rest().is_empty() {
            self.skip_regex_blanks();
            match self.rest() {
                [b'(', ..] => {
                    open += 1;
                    self.at += 1;
                }
                [b')', ..] if open > 0 => {
                    open -= 1;
                    self.at += 1;
                }
                [b'|', b'|', ..] | [b')' | b'\n' | b';' | b'&' | b'<' | b'>', ..] if open == 0 => {
                    break;
                }
                _ if self.is_at("]]") => break,
                [b'|', ..] => self.at += 1,
                _ => self.skip_token(),
            }
        }
        self.at > start
    }

    /// Blanks between the words of a regular expression, in which a `#` is no comment.
    fn skip_regex_blanks(&mut self) {
        while matches!(self.rest(), [b' ' | b'\t', ..]) {
            self.at += 1;
        }
    }
}
