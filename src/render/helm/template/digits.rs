//! The tokens of numbers.

use crate::render::helm::fault::Fallible;
use crate::render::helm::template::lexer::{Kind, Lexer, is_name};

impl Lexer<'_> {
    /// A number, which nothing of a name may follow.
    pub(super) fn number(&mut self) -> Fallible<()> {
        let start = self.at;
        if matches!(self.bytes[self.at], b'+' | b'-') {
            self.at += 1;
        }
        let mut digits: &[u8] = b"0123456789_";
        let rest = &self.bytes[self.at..];
        let mut is_hex = false;
        if rest.first() == Some(&b'0') {
            match rest.get(1) {
                Some(b'x' | b'X') => (digits, is_hex) = (b"0123456789abcdefABCDEF_", true),
                Some(b'o' | b'O') => digits = b"01234567_",
                Some(b'b' | b'B') => digits = b"01_",
                _ => {}
            }
            let has_prefix = matches!(rest.get(1), Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B'));
            self.at += if has_prefix { 2 } else { 1 };
        }
        self.accept(digits);
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.accept(digits);
        }
        let exponent: &[u8] = if is_hex { b"pP" } else { b"eE" };
        let is_decimal = digits.len() == 11;
        if (is_hex || is_decimal)
            && self
                .bytes
                .get(self.at)
                .is_some_and(|byte| exponent.contains(byte))
        {
            self.at += 1;
            if matches!(self.bytes.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.accept(b"0123456789_");
        }
        let next = self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next());
        if next.is_some_and(|c| is_name(c) || matches!(c, '+' | '-')) {
            return self.error(start, "bad number syntax");
        }
        self.push(Kind::Number, start, self.at);
        Ok(())
    }

    fn accept(&mut self, digits: &[u8]) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().take_while(|byte| digits.contains(byte)).count();
    }
}
