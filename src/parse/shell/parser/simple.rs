//! Simple commands: assignments, words, redirections; and functions, which begin like them.

use std::ops::Range;

use super::cursor::Parser;
use crate::parse::shell::script::{Assign, Command, Redirect, is_name};
use crate::parse::shell::tree::{Document, Node, NodeKind};
use crate::parse::shell::word::{self, Word};

/// Words that cannot be a command's name and begin no compound command either.
const RESERVED: &[&str] = &["in", "]]"];

/// The operators of redirections, those that begin like others first.
const REDIRECTIONS: &[&str] = &[
    "<<<", "<<-", "<<", "<&", "<>", "<", "&>>", "&>", ">>", ">&", ">|", ">",
];

impl Parser<'_> {
    /// A command of any kind; `None`, and nothing is read, if none begins here.
    pub(super) fn command(&mut self) -> Option<Node> {
        if self.closer().is_some() || self.is_bang() || RESERVED.iter().any(|word| self.is_at(word))
        {
            return None;
        }
        match self.head() {
            Some("function") => Some(self.function_after_word()),
            Some(head) => Some(self.compound(head)),
            None => self.simple(),
        }
    }

    fn simple(&mut self) -> Option<Node> {
        let start = self.at;
        let mut command = Command::default();
        let mut documents = Vec::new();
        loop {
            self.skip_blanks();
            if self.redirect(&mut command.redirects, &mut documents) {
                continue;
            }
            match self.rest() {
                [b'<' | b'>', b'(', ..] => {}
                [] | [b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b')', ..] => break,
                [b'(', ..] => {
                    let is_first = command.words.len() == 1
                        && command.assigns.is_empty()
                        && command.redirects.is_empty();
                    if is_first && let Some(name) = self.function_name(&command.words[0]) {
                        return Some(self.function(name));
                    }
                    break;
                }
                _ if command.words.is_empty() && self.at > start && self.is_reserved() => break,
                _ => {}
            }
            let word = self.word_or_array();
            match self.assigned(&word).filter(|_| command.words.is_empty()) {
                Some(name) => command.assigns.push(Assign { name, word }),
                None => command.words.push(word),
            }
        }
        let is_empty =
            command.words.is_empty() && command.assigns.is_empty() && command.redirects.is_empty();
        if is_empty {
            return None;
        }
        let first = command.redirects.first();
        let place = first.map_or(start, |redirect| redirect.target.range.end.max(start));
        command.range = command.extent().unwrap_or(start..place);
        let range = command.range.clone();
        Some(Node::new(NodeKind::Simple(command, documents), range))
    }

    /// Whether a word is at hand that cannot be a command's name.
    fn is_reserved(&self) -> bool {
        let head = self.head().is_some_and(|head| head != "(" && head != "((");
        head || self.closer().is_some()
            || self.is_bang()
            || RESERVED.iter().any(|word| self.is_at(word))
    }

    /// A word, with all of `(…)` if it ends like an assignment of an array.
    fn word_or_array(&mut self) -> Word {
        let start = self.at;
        let word = self.scan();
        if word.range.is_empty() {
            // No blank, no operator, no word: what it is does not matter, as long as it is read.
            self.skip_token();
        }
        let is_array = self.rest().first() == Some(&b'(')
            && self.written(&word.range).ends_with('=')
            && self.assigned(&word).is_some();
        if !is_array {
            return word;
        }
        self.at += 1;
        loop {
            self.skip_lines();
            match self.rest() {
                [] => {
                    self.ended();
                    break;
                }
                [b')', ..] => {
                    self.at += 1;
                    break;
                }
                [b';' | b'&' | b'|' | b'(', ..] => {
                    self.unexpected();
                    self.at += 1;
                }
                [b'<' | b'>', next, ..] if *next != b'(' => {
                    self.unexpected();
                    self.at += 1;
                }
                _ => {
                    let at = self.at;
                    self.scan();
                    if self.at == at {
                        self.skip_token();
                    }
                }
            }
        }
        word::read(self.text, start..self.at)
    }

    /// The variable that a word assigns: `NAME=…`, `NAME+=…`, `NAME[…]=…`.
    fn assigned(&self, word: &Word) -> Option<String> {
        let written = self.written(&word.range);
        let length = written
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_');
        let (name, mut rest) = written.split_at(length.count());
        if !is_name(name) {
            return None;
        }
        if rest.starts_with('[') {
            rest = &rest[closing_bracket(rest.as_bytes())? + 1..];
        }
        let rest = rest.strip_prefix('+').unwrap_or(rest);
        rest.starts_with('=').then(|| name.to_owned())
    }

    /// Reads a redirection, if one is at hand; the here-document it names goes to `documents`.
    pub(super) fn redirect(
        &mut self,
        redirects: &mut Vec<Redirect>,
        documents: &mut Vec<usize>,
    ) -> bool {
        let rest = self.rest();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let signs = &rest[digits..];
        let is_substitution = matches!(signs, [b'<' | b'>', b'(', ..]);
        let is_sign = matches!(signs, [b'<' | b'>', ..]) || digits == 0 && signs.starts_with(b"&>");
        let mut operators = REDIRECTIONS.iter();
        let Some(sign) = operators
            .find(|sign| signs.starts_with(sign.as_bytes()))
            .filter(|_| is_sign && !is_substitution)
        else {
            return false;
        };
        let number = self.written(&(self.at..self.at + digits));
        let shown = if *sign == "<<-" { "<<" } else { *sign };
        let operator = [number, shown].concat();
        self.at += digits + sign.len();
        self.skip_blanks();
        let is_word = match self.rest() {
            [b'<' | b'>', b'(', ..] => true,
            [] => false,
            [byte, ..] => !super::cursor::is_break(*byte),
        };
        if !is_word {
            self.unexpected();
            return true;
        }
        let target = self.scan();
        if matches!(*sign, "<<" | "<<-") {
            documents.push(self.named(&target, *sign == "<<-"));
        }
        redirects.push(Redirect { operator, target });
        true
    }

    /// Notes the here-document that a word names; gives its number.
    fn named(&mut self, target: &Word, strips_tabs: bool) -> usize {
        let Range { start, end } = target.range;
        let name = word::delimiter(self.text, start, end).0;
        let expands = !self.written(&target.range).contains(['\'', '"', '\\']);
        self.document(Document {
            name,
            strips_tabs,
            expands,
            ..Document::default()
        })
    }
}

/// Where the bracket closes that a text begins with.
fn closing_bracket(text: &[u8]) -> Option<usize> {
    let mut open = 0_u32;
    text.iter().position(|byte| {
        match byte {
            b'[' => open += 1,
            b']' => open -= 1,
            _ => {}
        }
        open == 0
    })
}
