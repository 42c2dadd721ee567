//! Compound commands whose parts are plain.

use super::Compound;
use super::reader::{RESERVED, Reader};
use crate::parse::shell::script::{Command, is_name, is_one_value};
use crate::parse::shell::word::{self, Word};

/// Comparisons of `[[`.
const COMPARISONS: &[&str] = &[
    "==", "=", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef",
];
/// Letters of what `[[` asks of one word: of a file, a text, a variable.
const QUESTIONS: &[u8] = b"abcdefghknprstuvwxzGLNS";

impl Reader<'_> {
    /// The compound command behind its head, up to the word that ends it.
    pub(super) fn compound_after(&mut self, head: &str) -> Option<Compound> {
        Some(match head {
            "{" => Compound::Group(self.list(&["}"])?.0),
            "(" if self.rest().first() != Some(&b'(') => Compound::Subshell(self.list(&[")"])?.0),
            "if" => self.branches()?,
            "while" | "until" => {
                let (asked, _) = self.list(&["do"])?;
                Compound::Loop(asked, self.list(&["done"])?.0)
            }
            "for" => self.iteration()?,
            _ => return None,
        })
    }

    fn branches(&mut self) -> Option<Compound> {
        let mut branches = Vec::new();
        loop {
            let (asked, _) = self.list(&["then"])?;
            let (list, end) = self.list(&["elif", "else", "fi"])?;
            branches.push((Some(asked), list));
            match end {
                "elif" => {}
                "else" => {
                    branches.push((None, self.list(&["fi"])?.0));
                    break;
                }
                _ => break,
            }
        }
        Some(Compound::If(branches))
    }

    /// `NAME in WORDS; do …; done`
    fn iteration(&mut self) -> Option<Compound> {
        let name = self.spaced()?;
        let name = self.written(&name)?.to_owned();
        let is_in = self.spaced()?;
        if !is_name(&name) || self.written(&is_in)? != "in" {
            return None;
        }
        let mut words = Vec::new();
        loop {
            self.skip_blanks();
            match self.rest() {
                [b';' | b'\n', ..] => break,
                _ => words.push(self.spaced()?),
            }
        }
        self.at += 1;
        self.skip_blanks();
        while self.rest().first() == Some(&b'\n') {
            self.at += 1;
            self.skip_blanks();
        }
        let head = self.spaced()?;
        let mut are_plain = true;
        for word in &words {
            let written = self.written(word)?;
            are_plain &= is_one_value(written);
            if RESERVED.contains(&written) || matches!(written, "{" | "}") {
                return None;
            }
        }
        if words.is_empty() || self.written(&head)? != "do" {
            return None;
        }
        let (list, _) = self.list(&["done"])?;
        Some(Compound::For(name, are_plain, words, list))
    }

    /// `[[ … ]]` as a command whose program is `[[`, begun at `start`.
    pub(super) fn test(&mut self, start: usize) -> Option<Command> {
        loop {
            let mut word = self.asked()?;
            if self.written(&word)? == "!" {
                word = self.asked()?;
            }
            let text = self.text.masked.as_bytes().get(word.range.clone())?;
            match text {
                [b'-', letter] if QUESTIONS.contains(letter) => self.operand()?,
                [b'!' | b'-', ..] | b"]]" => return None,
                _ if self.is_compared() => {
                    let sign = self.spaced()?;
                    if !COMPARISONS.contains(&self.written(&sign)?) {
                        return None;
                    }
                    self.operand()?;
                }
                _ => {}
            }
            self.spaces();
            match self.rest() {
                [b'&', b'&', ..] | [b'|', b'|', ..] => self.at += 2,
                _ => break,
            }
        }
        let end = self.spaced()?;
        if self.written(&end)? != "]]" {
            return None;
        }
        let range = start..end.range.end;
        Some(Command {
            words: word::of_test(self.text, range.clone()),
            range,
            ..Command::default()
        })
    }

    /// The next word of a test, behind a blank.
    fn asked(&mut self) -> Option<Word> {
        let is_apart = matches!(self.rest().first(), Some(b' ' | b'\t'));
        self.spaced().filter(|_| is_apart)
    }

    fn operand(&mut self) -> Option<()> {
        let word = self.asked()?;
        (self.written(&word)? != "]]").then_some(())
    }

    /// Whether a comparison follows, not the end of the test or of its part.
    fn is_compared(&mut self) -> bool {
        self.spaces();
        !matches!(
            self.rest(),
            [b'&', b'&', ..] | [b'|', b'|', ..] | [b']', b']', ..]
        )
    }
}
