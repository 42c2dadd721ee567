//! Words of a command as `BuildKit`'s own lexer divides them, which is how it looks for here-documents.
//!
//! It knows quotes, `\\` and some of `${…}`; where it gives up, it sees no words at all.

use std::ops::Range;

/// How deep `${a:-${b:-…}}` is followed.
const DEEPEST: usize = 64;

/// Goes through a text letter by letter.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The words of the text; nothing if a quote or a brace is not closed, or a substitution is not known.
    pub(super) fn words(mut self) -> Option<Vec<Range<usize>>> {
        let mut found = Vec::new();
        let mut start = None;
        while let Some(letter) = self.peek() {
            if letter.is_whitespace() {
                found.extend(start.take().map(|start| start..self.at));
                self.next();
            } else {
                start.get_or_insert(self.at);
                self.piece(0)?;
            }
        }
        found.extend(start.map(|start| start..self.at));
        Some(found)
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    /// Takes a letter, and what belongs to it.
    fn piece(&mut self, depth: usize) -> Option<()> {
        match self.next()? {
            '\'' => while self.next()? != '\'' {},
            '"' => self.double_quoted(depth)?,
            '$' => self.dollar(depth)?,
            '\\' => {
                self.next();
            }
            // Blanks behind `<<` belong to its word.
            '<' if self.peek() == Some('<') => {
                self.next();
                while matches!(self.peek(), Some(' ' | '\t' | '\r')) {
                    self.next();
                }
            }
            _ => {}
        }
        Some(())
    }

    fn double_quoted(&mut self, depth: usize) -> Option<()> {
        loop {
            match self.next()? {
                '"' => return Some(()),
                '$' => self.dollar(depth)?,
                '\\' if matches!(self.peek(), Some('"' | '$' | '\\')) => {
                    self.next();
                }
                _ => {}
            }
        }
    }

    /// Takes what is behind `$`.
    fn dollar(&mut self, depth: usize) -> Option<()> {
        if self.peek() != Some('{') {
            self.name();
            return Some(());
        }
        self.next();
        if matches!(self.peek()?, '{' | '}' | ':') {
            return None;
        }
        self.name();
        match self.next()? {
            '}' => Some(()),
            ':' => match self.next()? {
                '#' | '%' => None,
                _ => self.until('}', depth),
            },
            '+' | '-' | '?' | '#' | '%' => self.until('}', depth),
            '/' => {
                if self.peek() == Some('/') {
                    self.next();
                }
                self.until('/', depth)?;
                self.until('}', depth)
            }
            _ => None,
        }
    }

    /// Takes a variable's name.
    fn name(&mut self) {
        let is_named = |letter: char| letter.is_alphanumeric() || letter == '_';
        let Some(first) = self.peek() else { return };
        if "@*#?-$!".contains(first) {
            self.next();
            return;
        }
        let is_number = first.is_numeric();
        while let Some(letter) = self.peek() {
            if !is_named(letter) || (is_number && !letter.is_numeric()) {
                return;
            }
            self.next();
        }
    }

    /// Takes everything up to `stop`, and that.
    fn until(&mut self, stop: char, depth: usize) -> Option<()> {
        if depth >= DEEPEST {
            return None;
        }
        while self.peek()? != stop {
            self.piece(depth + 1)?;
        }
        self.next();
        Some(())
    }
}
