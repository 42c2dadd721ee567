//! Expansions in a word: `$name`, `${name…}`, `$( )`, `$(( ))` and backticks.

use std::ops::Range;

use super::find::{find, find_unescaped};
use super::reader::Reader;
use super::skip::{skip_arithmetic, skip_braces, skip_parentheses};
use super::{MAX_DEPTH, Opener, PieceKind};

impl Reader<'_> {
    /// An expansion that begins with `$` or a backtick at `at`; gives where it ended.
    pub(super) fn dollar(&mut self, at: usize, is_quoted: bool) -> usize {
        if self.text.byte(at) == Some(b'`') {
            let close = find_unescaped(self.text, at + 1, self.end, b'`');
            if close >= self.end {
                self.never_closed(Opener::Backtick, at, 1);
            }
            let end = (close + 1).min(self.end);
            self.push(PieceKind::Backtick(at + 1..close), at..end, is_quoted);
            return end;
        }
        match self.text.byte(at + 1) {
            Some(b'(') if self.text.byte(at + 2) == Some(b'(') && self.is_arithmetic(at + 3) => {
                let inner = at + 2..skip_arithmetic(self.text, at + 3, self.end) + 1;
                let end = inner.end + 1;
                self.push(PieceKind::Arithmetic, at..end, is_quoted);
                self.nested(inner);
                end
            }
            Some(b'(') => {
                let (inner, end) = self.parenthesis(at + 2);
                if inner.end >= self.end {
                    self.never_closed(Opener::Command, at, 2);
                }
                self.push(PieceKind::Command(inner), at..end, is_quoted);
                end
            }
            Some(b'{') => self.braces(at, is_quoted),
            Some(b'\'') if !is_quoted => {
                let close = find_unescaped(self.text, at + 2, self.end, b'\'');
                if close >= self.end {
                    self.never_closed(Opener::Single, at + 1, 1);
                }
                self.has_single = true;
                self.quoted(at + 2..close, true);
                (close + 1).min(self.end)
            }
            Some(b'"') if !is_quoted => {
                self.has_double = true;
                self.double(at + 2, self.end, true)
            }
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' => {
                let mut end = at + 2;
                while end < self.end
                    && self.text.mask(end).is_none()
                    && self
                        .text
                        .byte(end)
                        .is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_')
                {
                    end += 1;
                }
                let name = self.text.masked[at + 1..end].to_owned();
                self.push(PieceKind::Variable(name, None), at..end, is_quoted);
                end
            }
            Some(byte) if byte.is_ascii_digit() || b"@*#?$!-".contains(&byte) => {
                let name = char::from(byte).to_string();
                self.push(PieceKind::Variable(name, None), at..at + 2, is_quoted);
                at + 2
            }
            next => {
                if next == Some(b'[')
                    && self.is_command_word
                    && at >= self.glued_until
                    && !is_quoted
                {
                    self.glue(at + 1, find(self.text, at + 2, self.end, b']'));
                }
                self.push(PieceKind::Text, at..at + 1, is_quoted);
                at + 1
            }
        }
    }

    /// `${…}` at `at`.
    pub(super) fn braces(&mut self, at: usize, is_quoted: bool) -> usize {
        let close = skip_braces(self.text, at + 2, self.end, 0);
        if close >= self.end {
            self.never_closed(Opener::Parameter, at, 2);
        }
        let end = (close + 1).min(self.end);
        let inner = self.text.masked.get(at + 2..close).unwrap_or_default();
        // `${project.version}` is filled in by a build tool.
        if is_dotted(inner) {
            self.push(PieceKind::Unknown, at..end, is_quoted);
            return end;
        }
        let (prefix, rest) = match inner.strip_prefix(['#', '!']) {
            Some(rest) if !rest.is_empty() => (&inner[..1], rest),
            _ => ("", inner),
        };
        let length = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let length = if length == 0 {
            rest.chars().next().map_or(0, char::len_utf8)
        } else {
            length
        };
        let (name, operator) = rest.split_at(length);
        let operator = match (prefix, operator) {
            ("", "") => None,
            ("", operator) => Some(operator.to_owned()),
            (prefix, _) => Some(prefix.to_owned()),
        };
        self.push(
            PieceKind::Variable(name.to_owned(), operator),
            at..end,
            is_quoted,
        );
        self.nested(at + 2 + prefix.len() + length..close);
        end
    }

    /// Expansions inside an expansion.
    pub(super) fn nested(&mut self, range: Range<usize>) {
        if range.start >= range.end || self.depth >= MAX_DEPTH {
            return;
        }
        let end = std::mem::replace(&mut self.end, range.end);
        self.depth += 1;
        self.double(range.start, range.end, false);
        self.depth -= 1;
        self.end = end;
    }

    /// What is between a parenthesis that was opened before `from` and the one that closes it, and where that ends.
    pub(super) fn parenthesis(&self, from: usize) -> (Range<usize>, usize) {
        let close = skip_parentheses(self.text, from, self.end, 0);
        (from..close, (close + 1).min(self.end))
    }

    /// Whether what begins with `$((` before `from` ends with `))`.
    pub(super) fn is_arithmetic(&self, from: usize) -> bool {
        let close = skip_arithmetic(self.text, from, self.end);
        close + 1 < self.end && self.text.byte(close + 1) == Some(b')')
    }
}

/// Whether what is in braces is names with dots between them, which no variable of a shell is.
fn is_dotted(inner: &str) -> bool {
    let is_name = |part: &str| {
        let mut letters = part.bytes();
        letters.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
            && !part.is_empty()
    };
    inner.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && inner.contains('.')
        && inner.split('.').all(is_name)
        && !inner.split('.').next().unwrap_or_default().contains('-')
}
