//! Commands are collected in the file's own offsets, with what holds where they are.

use std::ops::Range;

use super::construct;
use super::frame::{Context, Frame, Heredoc, PipelinePosition};
use super::nested_scripts::{Nested, collect, is_substitution};
use super::script::{Command, Construct, Nesting, Redirect, Script, peel};
use super::word::{self, Quote, Word};
use crate::span::Span;

/// A script with more commands than this is cut off.
const MAX_COMMANDS: usize = 20_000;

pub(super) const TOO_MANY_COMMANDS: &str =
    "script has more than 20000 commands; those behind them are not checked";

/// More constructs than this are not noted.
const MAX_CONSTRUCTS: usize = 10_000;

/// A script in the making.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) script: Script,
    pub(super) is_errexit: bool,
    pub(super) is_pipefail: bool,
    /// See [`super::Start`].
    pub(super) is_filled: bool,
    /// The first pipeline of two or more commands that `pipefail` does not watch.
    pub(super) unwatched: Option<u32>,
    /// Whether what is being read breaks the grammar, so that words are a guess.
    pub(super) is_broken: bool,
    /// The shell that another one in the script hands what is being read.
    pub(super) shell: Option<super::Shell>,
}

impl Builder {
    /// Whether no more commands are noted.
    pub(super) fn is_full(&self) -> bool {
        self.script.commands.len() > MAX_COMMANDS
    }

    /// A pipeline of `length` commands begins; gives its number.
    pub(super) fn pipeline(&mut self, length: usize) -> u32 {
        self.script.pipelines += 1;
        let number = self.script.pipelines - 1;
        if length > 1 {
            self.script.has_pipe = true;
            if !self.is_pipefail && self.unwatched.is_none() {
                self.unwatched = Some(number);
            }
        }
        number
    }

    /// The pipeline of that number fills the bytes `range` of the frame's text.
    pub(super) fn end_pipeline(&mut self, frame: &Frame, number: u32, range: Range<usize>) {
        if self.unwatched == Some(number) {
            let at = frame.file(range);
            self.script.unwatched_pipe = Some(Span::new(at.start, at.end));
        }
    }

    /// Notes what is in the bytes `range` of the frame's text.
    pub(super) fn construct(&mut self, frame: &Frame, kind: &'static str, range: Range<usize>) {
        if self.script.constructs.len() >= MAX_CONSTRUCTS {
            self.script.cut = Some(
                "script holds more than 10000 expansions and other constructs; those behind them are not checked",
            );
        }
        if self.is_broken || self.script.constructs.len() >= MAX_CONSTRUCTS {
            return;
        }
        let written = frame.text.written.get(range.clone()).unwrap_or_default();
        self.script.constructs.push(Construct {
            kind,
            text: written.chars().take(80).collect(),
            range: frame.file(range),
            shell: self.shell,
        });
    }

    /// Adds a command whose words still are in the frame's offsets; gives the scripts that it holds.
    pub(super) fn command(
        &mut self,
        frame: &Frame,
        mut command: Command,
        heredocs: &[Heredoc],
        position: PipelinePosition,
        context: Context,
    ) -> Vec<Nested> {
        if self.is_full() {
            self.script.cut = Some(TOO_MANY_COMMANDS);
            return Vec::new();
        }
        peel(&mut command);
        self.notice_options(&command);
        let inner = command.inner_script();
        let mut nested = Vec::new();
        for assign in &command.assigns {
            collect(&assign.word.pieces, &mut nested);
        }
        for (at, word) in command.words.iter().enumerate() {
            if inner == Some(at) && !is_substitution(word) {
                nested.push(Nested::Word(word.clone()));
            } else {
                collect(&word.pieces, &mut nested);
            }
        }
        for redirect in &command.redirects {
            collect(&redirect.target.pieces, &mut nested);
        }
        let is_shell = command.name().is_some_and(|name| {
            let shell = super::Shell::named(name);
            shell.is_posix() && shell != super::Shell::Unknown
        });
        for heredoc in heredocs {
            if is_shell && command.reads_script() {
                nested.push(Nested::Range(Nesting::Heredoc, heredoc.body.clone()));
            } else if heredoc.expands {
                collect(
                    &word::expansions(frame.text, heredoc.body.clone()),
                    &mut nested,
                );
            }
        }
        if command.words.first().is_none_or(|word| word.text != "[[") {
            for (kind, range) in construct::of_command(frame.text, &command) {
                self.construct(frame, kind, range);
            }
        }
        self.place(&mut command, position, context);
        relocate(frame, &mut command);
        self.script.commands.push(command);
        nested
    }

    /// Notes the constructs of a word that belongs to no command; gives what it holds.
    pub(super) fn loose(&mut self, frame: &Frame, word: &Word) -> Vec<Nested> {
        let mut found = Vec::new();
        construct::of_word(frame.text, word, &mut found);
        for (kind, range) in found {
            self.construct(frame, kind, range);
        }
        let mut nested = Vec::new();
        collect(&word.pieces, &mut nested);
        nested
    }

    /// The shell that a command runs, if it runs one.
    pub(super) fn named_shell(&self, command: Option<usize>) -> Option<super::Shell> {
        let command = self.script.commands.get(command?)?;
        let name = command.name()?;
        if matches!(name, "su" | "runuser") {
            return Some(login_shell(command));
        }
        let shell = super::Shell::named(name);
        (shell.is_posix() && shell != super::Shell::Unknown).then_some(shell)
    }

    /// Adds a command in exec form; gives the word that is a script.
    pub(super) fn exec(&mut self, words: &[(String, Span)]) -> Option<Word> {
        let words = words.iter().map(|(text, span)| Word {
            range: span.range(),
            text: text.clone(),
            quote: Quote::Single,
            pieces: Vec::new(),
        });
        let mut command = Command {
            words: words.collect(),
            is_last: true,
            ..Command::default()
        };
        let (first, last) = (command.words.first()?, command.words.last()?);
        command.range = first.range.start..last.range.end;
        peel(&mut command);
        let script = command.inner_script().map(|at| command.words[at].clone());
        self.script.is_parsed = true;
        self.script.pipelines = 1;
        self.script.commands.push(command);
        self.shell = self.named_shell(Some(0));
        script
    }

    fn place(&self, command: &mut Command, position: PipelinePosition, context: Context) {
        command.pipeline = position.pipeline;
        command.place = position.place;
        command.is_last = position.is_last;
        command.before = position.before;
        command.after = position.after;
        command.is_negated = position.is_negated;
        command.in_function = context.in_function;
        command.is_tail = context.is_tail;
        command.in_condition = context.in_condition;
        command.in_subshell = context.in_subshell;
        command.depth = context.depth;
        command.holder = context.holder;
        command.shell = self.shell;
        command.is_errexit = self.is_errexit;
        command.is_pipefail = self.is_pipefail;
    }

    /// `set -euo pipefail` holds for what follows.
    fn notice_options(&mut self, command: &Command) {
        if command.name() != Some("set") {
            return;
        }
        let mut words = command.arguments().iter().map(|word| word.text.as_str());
        while let Some(word) = words.next() {
            let (letters, is_on) = match word.split_at_checked(1) {
                Some(("-", letters)) if letters != "-" => (letters, true),
                Some(("+", letters)) => (letters, false),
                _ => return,
            };
            let mut options = Vec::new();
            super::set_options(letters, &mut words, true, &mut options);
            for option in options {
                match option.as_str() {
                    "errexit" => self.is_errexit = is_on,
                    "pipefail" => self.is_pipefail = is_on,
                    _ => {}
                }
            }
        }
    }
}

/// From the frame's offsets to the file's.
fn relocate(frame: &Frame, command: &mut Command) {
    let words = command
        .words
        .iter_mut()
        .chain(command.assigns.iter_mut().map(|assign| &mut assign.word))
        .chain(
            command
                .redirects
                .iter_mut()
                .map(|Redirect { target, .. }| target),
        );
    for word in words {
        word.range = frame.file(word.range.clone());
        for piece in &mut word.pieces {
            piece.range = frame.file(piece.range.clone());
        }
    }
    command.range = frame.file(command.range.clone());
}

/// The shell that `su` hands a script to: what `-s` names, or else that of the user, which nobody knows here.
fn login_shell(command: &Command) -> super::Shell {
    let mut texts = command.arguments().iter().map(|word| word.text.as_str());
    while let Some(text) = texts.next() {
        let named = match text {
            "-s" | "--shell" => texts.next(),
            _ => text.strip_prefix("--shell="),
        };
        if let Some(shell) = named {
            return super::Shell::named(shell);
        }
    }
    super::Shell::Unknown
}
