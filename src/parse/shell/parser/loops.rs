//! Loops: `while`, `until`, `for`, `select`.

use super::cursor::{Parser, is_break};
use crate::parse::shell::tree::{For, List, NodeKind};
use crate::parse::shell::word::Word;

impl Parser<'_> {
    pub(super) fn repetition(&mut self) -> (NodeKind, bool) {
        let (condition, end) = self.list(&["do"]);
        let (body, end) = match end {
            "" => (Vec::new(), ""),
            _ => self.list(&["done"]),
        };
        (NodeKind::Loop(condition, body), !end.is_empty())
    }

    /// `for NAME [in WORDS]; do …; done`, `for ((…; …; …)); do …; done`, and `select`.
    pub(super) fn iteration(&mut self, is_select: bool) -> (NodeKind, bool) {
        self.skip_blanks();
        if self.rest().starts_with(b"((") && !is_select {
            return self.arithmetic_iteration();
        }
        let variable = self.scan().range;
        if variable.is_empty() {
            self.unexpected();
        }
        let words = self.iteration_words();
        let (body, is_closed) = self.do_group();
        let iteration = For {
            is_select,
            variable,
            words,
            body,
        };
        (NodeKind::For(iteration), is_closed)
    }

    fn iteration_words(&mut self) -> Option<Vec<Word>> {
        let at = self.at;
        self.skip_lines();
        if !self.eat("in") {
            self.at = at;
            return None;
        }
        let mut words = Vec::new();
        loop {
            self.skip_blanks();
            match self.rest() {
                [b'<' | b'>', b'(', ..] => {}
                [] => break,
                [b';' | b'\n', ..] => return Some(words).filter(|words| !words.is_empty()),
                [byte, ..] if is_break(*byte) => break,
                _ => {}
            }
            words.push(self.scan());
        }
        // What follows is no separator.
        self.unexpected();
        Some(words)
    }

    fn arithmetic_iteration(&mut self) -> (NodeKind, bool) {
        let from = self.at + 2;
        let Some(close) = self.closing_arithmetic(from) else {
            self.unexpected();
            return (NodeKind::Arithmetic, false);
        };
        let inner = self.written(&(from..close));
        let first = inner.split(';').next().unwrap_or_default();
        let name = first
            .split('=')
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned();
        if inner.matches(';').count() != 2 {
            self.unexpected();
        }
        self.at = close + 2;
        self.skip_blanks();
        if self.rest().first() == Some(&b'{') {
            self.at += 1;
            self.open.push(&["}"]);
            let (body, end) = self.list(&["}"]);
            self.open.pop();
            return (NodeKind::ArithmeticFor(name, body), !end.is_empty());
        }
        let (body, is_closed) = self.do_group();
        (NodeKind::ArithmeticFor(name, body), is_closed)
    }

    /// `; do … done`
    fn do_group(&mut self) -> (List, bool) {
        self.skip_blanks();
        if matches!(self.rest(), [b';', next, ..] if !matches!(next, b';' | b'&')) {
            self.at += 1;
        }
        self.skip_lines();
        if !self.eat("do") {
            self.unexpected();
            return (Vec::new(), false);
        }
        let (body, end) = self.list(&["done"]);
        (body, !end.is_empty())
    }
}
