//! The tokens of a Go template, with their spans.

use crate::render::helm::fault::{Fallible, fault_at};
use crate::render::place::Place;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text outside actions, already trimmed.
    Text,
    /// `{{`.
    Open,
    /// `}}`.
    Close,
    /// White space inside an action.
    Space,
    /// `=`.
    Assign,
    /// `:=`.
    Declare,
    /// `|`.
    Pipe,
    /// `(`.
    LeftParen,
    /// `)`.
    RightParen,
    /// `,` and other characters that mean nothing by themselves.
    Char,
    /// A text in double quotes.
    Quoted,
    /// A text in backquotes.
    Raw,
    /// A character in single quotes.
    Character,
    /// A number.
    Number,
    /// `.`.
    Dot,
    /// `.name`.
    Field,
    /// `$name`.
    Variable,
    /// A name, a keyword, `true`, `false` or `nil`.
    Word,
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// Splits a template into tokens.
pub fn tokens(text: &str, file: u32) -> Fallible<Vec<Token>> {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        file,
        tokens: Vec::new(),
    };
    lexer.run()?;
    Ok(lexer.tokens)
}

pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    file: u32,
    tokens: Vec<Token>,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

pub(super) fn is_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

impl Lexer<'_> {
    fn run(&mut self) -> Fallible<()> {
        let mut trims = false;
        loop {
            let rest = &self.bytes[self.at..];
            let blanks = rest
                .iter()
                .take_while(|byte| trims && is_space(**byte))
                .count();
            let start = self.at + blanks;
            let rest = &self.bytes[start..];
            let Some(open) = memchr::memmem::find(rest, b"{{").map(|at| start + at) else {
                self.push(Kind::Text, start, self.bytes.len());
                return Ok(());
            };
            let trims_before = self.bytes.get(open + 2) == Some(&b'-')
                && self.bytes.get(open + 3).is_some_and(|byte| is_space(*byte));
            let mut end = open;
            while trims_before && end > start && is_space(self.bytes[end - 1]) {
                end -= 1;
            }
            self.push(Kind::Text, start, end);
            let inside = open + if trims_before { 3 } else { 2 };
            let after = inside + usize::from(trims_before);
            if self.bytes[after.min(self.bytes.len())..].starts_with(b"/*") {
                trims = self.comment(open, after)?;
            } else {
                self.push(Kind::Open, open, inside);
                self.at = inside;
                trims = self.action()?;
            }
        }
    }

    pub(super) fn push(&mut self, kind: Kind, start: usize, end: usize) {
        if end > start {
            self.tokens.push(Token { kind, start, end });
        }
    }

    pub(super) fn error<T>(&self, at: usize, message: impl Into<String>) -> Fallible<T> {
        let at = at.min(self.bytes.len());
        let width = self
            .text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        fault_at(message, Place::new(self.file, at, at + width))
    }

    /// Passes over a comment; gives whether the text after it is trimmed.
    fn comment(&mut self, open: usize, start: usize) -> Fallible<bool> {
        let rest = &self.bytes[start + 2..];
        let Some(end) = memchr::memmem::find(rest, b"*/").map(|at| start + 2 + at + 2) else {
            return self.error(open, "unclosed comment");
        };
        self.at = end;
        match self.close() {
            Some((width, trims)) => {
                self.at += width;
                Ok(trims)
            }
            None => self.error(open, "comment ends before closing delimiter"),
        }
    }

    /// The width of the closing delimiter here, and whether it trims.
    fn close(&self) -> Option<(usize, bool)> {
        let rest = &self.bytes[self.at..];
        match rest {
            [space, b'-', b'}', b'}', ..] if is_space(*space) => Some((4, true)),
            [b'}', b'}', ..] => Some((2, false)),
            _ => None,
        }
    }

    /// The tokens of an action; gives whether the text after it is trimmed.
    fn action(&mut self) -> Fallible<bool> {
        let mut depth = 0_u32;
        loop {
            if let Some((width, trims)) = self.close() {
                if depth > 0 {
                    return self.error(self.at, "unclosed left paren");
                }
                self.push(Kind::Close, self.at, self.at + width);
                self.at += width;
                return Ok(trims);
            }
            let start = self.at;
            let Some(byte) = self.bytes.get(start).copied() else {
                return self.error(start, "unclosed action");
            };
            match byte {
                _ if is_space(byte) => self.space(),
                b'=' => self.single(Kind::Assign),
                b':' if self.bytes.get(start + 1) == Some(&b'=') => {
                    self.at += 2;
                    self.push(Kind::Declare, start, self.at);
                }
                b':' => return self.error(start, "expected :="),
                b'|' => self.single(Kind::Pipe),
                b'(' => {
                    depth += 1;
                    self.single(Kind::LeftParen);
                }
                b')' if depth == 0 => return self.error(start, "unexpected right paren"),
                b')' => {
                    depth -= 1;
                    self.single(Kind::RightParen);
                }
                b'"' => self.quoted(b'"', Kind::Quoted)?,
                b'\'' => self.quoted(b'\'', Kind::Character)?,
                b'`' => self.raw()?,
                b'.' if !self.bytes.get(start + 1).is_some_and(u8::is_ascii_digit) => {
                    self.name(Kind::Field, Kind::Dot)?;
                }
                b'$' => self.name(Kind::Variable, Kind::Variable)?,
                b'.' | b'+' | b'-' | b'0'..=b'9' => self.number()?,
                _ => self.other()?,
            }
        }
    }

    fn single(&mut self, kind: Kind) {
        self.push(kind, self.at, self.at + 1);
        self.at += 1;
    }

    /// White space, but not the one that belongs to a trimming close.
    fn space(&mut self) {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(|byte| is_space(*byte)) && self.close().is_none()
        {
            self.at += 1;
        }
        self.push(Kind::Space, start, self.at);
    }

    fn quoted(&mut self, quote: u8, kind: Kind) -> Fallible<()> {
        let start = self.at;
        let mut at = start + 1;
        loop {
            match self.bytes.get(at) {
                Some(b'\\') if self.bytes.get(at + 1).is_some_and(|byte| *byte != b'\n') => at += 2,
                Some(byte) if *byte == quote => break,
                None | Some(b'\n' | b'\\') => {
                    let what = if quote == b'"' {
                        "quoted string"
                    } else {
                        "character constant"
                    };
                    return self.error(start, format!("unterminated {what}"));
                }
                Some(_) => at += 1,
            }
        }
        self.at = at + 1;
        self.push(kind, start, self.at);
        Ok(())
    }

    fn raw(&mut self) -> Fallible<()> {
        let start = self.at;
        let Some(end) = memchr::memchr(b'`', &self.bytes[start + 1..]) else {
            return self.error(start, "unterminated raw quoted string");
        };
        self.at = start + 1 + end + 1;
        self.push(Kind::Raw, start, self.at);
        Ok(())
    }

    /// A field or variable; `alone` is what its first character is by itself.
    fn name(&mut self, kind: Kind, alone: Kind) -> Fallible<()> {
        let start = self.at;
        self.at += 1;
        if self.at_terminator() {
            self.push(alone, start, self.at);
            return Ok(());
        }
        self.letters();
        self.terminated()?;
        self.push(kind, start, self.at);
        Ok(())
    }

    fn letters(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    }

    fn at_terminator(&self) -> bool {
        match self.bytes.get(self.at) {
            None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'.' | b',' | b'|' | b':' | b')' | b'(') => {
                true
            }
            Some(_) => self.bytes[self.at..].starts_with(b"}}"),
        }
    }

    fn terminated(&self) -> Fallible<()> {
        if self.at_terminator() {
            return Ok(());
        }
        let c = self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
            .unwrap_or('\u{fffd}');
        self.error(
            self.at,
            format!("bad character U+{:04X} {c:?}", u32::from(c)),
        )
    }

    fn other(&mut self) -> Fallible<()> {
        let start = self.at;
        let c = self
            .text
            .get(start..)
            .and_then(|rest| rest.chars().next())
            .unwrap_or('\u{fffd}');
        if is_name(c) {
            self.letters();
            self.terminated()?;
            self.push(Kind::Word, start, self.at);
            return Ok(());
        }
        if c.is_ascii() && !c.is_ascii_control() {
            self.single(Kind::Char);
            return Ok(());
        }
        self.error(
            start,
            format!("unrecognized character in action: U+{:04X}", u32::from(c)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match tokens(text, 1) {
            Ok(tokens) => {
                let words = tokens
                    .iter()
                    .map(|token| format!("{:?}<{}>", token.kind, &text[token.start..token.end]));
                words.collect::<Vec<_>>().join(" ").replace('\n', "~")
            }
            Err(fault) => fault.message,
        }
    }

    #[test]
    fn actions_and_text_are_told_apart() {
        for (text, expected) in [
            (
                "a {{- .b -}} c",
                "Text<a> Open<{{-> Space< > Field<.b> Close< -}}> Text<c>",
            ),
            ("a{{/* c */}}b{{- /* d */ -}} c", "Text<a> Text<b> Text<c>"),
            ("{{-3}}", "Open<{{> Number<-3> Close<}}>"),
            (
                "{{$x:=.}}",
                "Open<{{> Variable<$x> Declare<:=> Dot<.> Close<}}>",
            ),
            (
                "{{a.b|c}}",
                "Open<{{> Word<a> Field<.b> Pipe<|> Word<c> Close<}}>",
            ),
            (
                "{{`\\d` \"}}\" 'x' 1e3 0x1F .5}}",
                "Open<{{> Raw<`\\d`> Space< > Quoted<\"}}\"> Space< > Character<'x'> Space< > Number<1e3> Space< > Number<0x1F> Space< > Number<.5> Close<}}>",
            ),
            (
                "a\u{a0}{{- 1 -}}\r\n\t b",
                "Text<a\u{a0}> Open<{{-> Space< > Number<1> Close< -}}> Text<b>",
            ),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, expected) in [
            ("a {{ .x ", "unclosed action"),
            ("{{ \"a }}", "unterminated quoted string"),
            ("{{ `a }}", "unterminated raw quoted string"),
            ("{{/* a }}", "unclosed comment"),
            ("{{/* a */ x}}", "comment ends before closing delimiter"),
            ("{{ (1 }}", "unclosed left paren"),
            ("{{ 1) }}", "unexpected right paren"),
            ("{{ 3x }}", "bad number syntax"),
            ("{{ a: }}", "expected :="),
            ("{{ $x=1 }}", "bad character U+003D '='"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }
}
