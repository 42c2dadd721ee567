//! Lists of pipelines, at the top of a script or inside a compound command.

use std::ops::Range;

use super::reader::{HEADS, RESERVED, Reader};
use super::{List, Pipeline, Step};
use crate::parse::shell::script::{Assign, Command, Redirect, is_name};
use crate::parse::shell::word::{Text, Word};

/// How deep compound commands may nest.
const DEPTH: usize = 24;

/// The lists of a script, one for each of its lines that begins a command; nothing, if it is not plain.
pub(super) fn read(text: Text, range: Range<usize>) -> Option<Vec<List>> {
    let mut reader = Reader::new(text, range);
    reader.block(&[]).map(|(lists, _)| lists)
}

/// A list that is still open.
#[derive(Default)]
struct Block {
    /// What stands between newlines, at the top of a script; inside a compound command a newline is a `;`.
    lists: Vec<List>,
    is_inner: bool,
    list: List,
    pipeline: Pipeline,
    command: Command,
    /// What a compound command hands its output to, once it has ended.
    targets: Option<Vec<Word>>,
}

impl Reader<'_> {
    /// The list inside a compound command up to one of the words that may end it, and that word.
    pub(super) fn list(&mut self, until: &[&'static str]) -> Option<(List, &'static str)> {
        if self.depth > DEPTH {
            return None;
        }
        self.depth += 1;
        let (lists, word) = self.block(until)?;
        self.depth -= 1;
        let list: List = lists.into_iter().flatten().collect();
        (!list.is_empty()).then_some((list, word))
    }

    fn block(&mut self, until: &[&'static str]) -> Option<(Vec<List>, &'static str)> {
        let mut block = Block {
            is_inner: !until.is_empty(),
            ..Block::default()
        };
        loop {
            self.skip_blanks();
            match self.rest() {
                [] if until.is_empty() => return Some((block.end()?, "")),
                [] => return None,
                [b'\n', ..] => self.skip(1, block.newline())?,
                [b'&', b'&', ..] => self.skip(2, block.operator("&&"))?,
                [b'|', b'|', ..] => self.skip(2, block.operator("||"))?,
                [b'&', b'>', ..] => self.redirect(&mut block, 0)?,
                [b'|', b'&', ..] | [b'&' | b';', b';' | b'&', ..] | [b'&', ..] => return None,
                [b'|', ..] => self.skip(1, block.finish_step())?,
                [b';', ..] => self.skip(1, block.operator(";"))?,
                [b'<' | b'>', ..] => self.redirect(&mut block, 0)?,
                [b'0'..=b'9', b'<' | b'>', ..] => self.redirect(&mut block, 1)?,
                [b')', ..] if until == [")"] => {
                    self.at += 1;
                    return Some((block.end()?, ")"));
                }
                [b'(', ..] if block.is_fresh() => self.compound(&mut block, "(")?,
                _ => {
                    let end = self.word(&mut block, until)?;
                    if !end.is_empty() {
                        return Some((block.end()?, end));
                    }
                }
            }
        }
    }

    fn skip(&mut self, bytes: usize, done: Option<()>) -> Option<()> {
        self.at += bytes;
        done
    }

    /// Reads a word, or the compound command that it begins; gives the word if it ends the list, else an empty one.
    fn word(&mut self, block: &mut Block, until: &[&'static str]) -> Option<&'static str> {
        let word = self.settled(self.at)?;
        let range = word.range.clone();
        let written = self.text.masked.get(range.clone())?;
        if block.targets.is_some() {
            return None;
        }
        let is_number = written.bytes().all(|byte| byte.is_ascii_digit());
        let next = self.text.masked.as_bytes().get(range.end);
        // `11>` is a descriptor.
        if is_number && matches!(next, Some(b'<' | b'>')) {
            return None;
        }
        if block.command.words.is_empty() {
            if block.is_fresh() {
                if let Some(end) = until.iter().find(|end| **end == written) {
                    self.at = range.end;
                    return Some(*end);
                }
                if written == "!" {
                    // `!(a)` is a pattern.
                    let is_apart = matches!(next, Some(b' ' | b'\t'));
                    let is_first = is_apart && block.pipeline.steps.is_empty();
                    let is_second = std::mem::replace(&mut block.pipeline.is_negated, true);
                    self.at = range.end;
                    return (is_first && !is_second).then_some("");
                }
                if let Some(head) = HEADS.iter().find(|head| **head == written) {
                    self.compound(block, head)?;
                    return Some("");
                }
            }
            if RESERVED.contains(&written) || written.starts_with(['{', '}', '!', '\\']) {
                return None;
            }
            if let Some((name, _)) = written.split_once('=') {
                if !is_name(name) {
                    return None;
                }
                let name = name.to_owned();
                block.command.assigns.push(Assign { name, word });
                self.at = range.end;
                return Some("");
            }
        }
        if matches!(written, "{" | "}") {
            return None;
        }
        block.command.words.push(word);
        self.at = range.end;
        Some("")
    }

    fn compound(&mut self, block: &mut Block, head: &'static str) -> Option<()> {
        let start = self.at;
        self.at += head.len();
        if head == "[[" {
            let test = self.test(start)?;
            block.pipeline.steps.push(Step::Simple(test));
        } else {
            let compound = self.compound_after(head)?;
            let compound = Step::Compound(compound, Vec::new());
            block.pipeline.steps.push(compound);
        }
        block.reach(start..self.at);
        block.targets = Some(Vec::new());
        Some(())
    }

    /// `>`, `>>`, `>&`, `<`, `<<<`, `&>` or `&>>` with its target, behind `number` bytes of a descriptor.
    fn redirect(&mut self, block: &mut Block, number: usize) -> Option<()> {
        // Before the command, or without one.
        if !block.has_command() {
            return None;
        }
        let text = self.text.masked.get(self.at..self.end)?;
        let sign = self.at + number;
        let signs = text.as_bytes().get(number..)?;
        let is_sign = |byte: &&u8| b"<>&|(".contains(byte);
        let length = signs.iter().take_while(is_sign).count();
        if ![&b">"[..], b">>", b">&", b"<", b"<<<", b"&>", b"&>>"].contains(&&signs[..length]) {
            return None;
        }
        let operator = text.get(..number + length)?.to_owned();
        let rest = self.text.masked.get(sign + length..self.end)?;
        let start = sign + length + rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let target = self.settled(start)?;
        let written = self.text.masked.get(target.range.clone())?;
        if matches!(written, "{" | "}") || written.starts_with('#') {
            return None;
        }
        self.at = target.range.end;
        match &mut block.targets {
            Some(targets) => targets.push(target),
            None => block.command.redirects.push(Redirect { operator, target }),
        }
        Some(())
    }
}

impl Block {
    fn has_command(&self) -> bool {
        let command = &self.command;
        self.targets.is_some() || !command.words.is_empty() || !command.assigns.is_empty()
    }

    /// Whether a command may begin.
    fn is_fresh(&self) -> bool {
        !self.has_command()
    }

    /// Whether something has to follow.
    fn is_open(&self) -> bool {
        let pipeline = &self.pipeline;
        !pipeline.steps.is_empty() || pipeline.is_negated || matches!(pipeline.before, "&&" | "||")
    }

    /// Ends the list, unless its last operator wants more.
    fn newline(&mut self) -> Option<()> {
        if self.has_command() {
            self.finish_pipeline()?;
        } else if self.is_open() {
            // A `!` alone on its line is the grammar's to judge.
            return (!self.pipeline.is_negated).then_some(());
        }
        if self.is_inner {
            self.pipeline.before = if self.list.is_empty() { "" } else { ";" };
            return Some(());
        }
        self.pipeline.before = "";
        if !self.list.is_empty() {
            self.lists.push(std::mem::take(&mut self.list));
        }
        Some(())
    }

    /// Ends the whole; nothing, if something should have followed.
    fn end(mut self) -> Option<Vec<List>> {
        self.newline()?;
        if self.is_open() {
            return None;
        }
        if !self.list.is_empty() {
            self.lists.push(self.list);
        }
        Some(self.lists)
    }

    fn operator(&mut self, operator: &'static str) -> Option<()> {
        self.finish_pipeline()?;
        self.pipeline.before = operator;
        Some(())
    }

    fn finish_step(&mut self) -> Option<()> {
        if let Some(targets) = self.targets.take() {
            if let Some(Step::Compound(_, of_last)) = self.pipeline.steps.last_mut() {
                *of_last = targets;
            }
            return Some(());
        }
        let mut command = std::mem::take(&mut self.command);
        command.range = command.extent()?;
        let range = command.range.clone();
        self.pipeline.steps.push(Step::Simple(command));
        self.reach(range);
        Some(())
    }

    /// The pipeline's last step fills `range`.
    fn reach(&mut self, range: Range<usize>) {
        let whole = &mut self.pipeline.range;
        if self.pipeline.steps.len() == 1 {
            *whole = range.clone();
        }
        whole.end = range.end;
    }

    fn finish_pipeline(&mut self) -> Option<()> {
        self.finish_step()?;
        self.list.push(std::mem::take(&mut self.pipeline));
        Some(())
    }
}
