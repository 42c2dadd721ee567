//! Commands are collected in the file's own offsets; substitutions and inner scripts are read in their turn.

use std::ops::Range;

use super::construct;
use super::frame::{Context, Frame, Heredoc, Seat};
use super::held::{Held, copy, hold, is_substitution, unescape_backticks, unquoted};
use super::script::{Command, Construct, Holding, Redirect, Script, peel};
use super::word::{self, PieceKind, Quote, Text, Word};
use super::{grammar, plain, rough};
use crate::span::{LocatedText, Span};

/// Substitutions in substitutions: deeper ones are not read.
const MAX_DEPTH: u32 = 8;
/// See [`is_beyond_reading`].
const MAX_HEREDOCS: usize = 500;
/// See [`is_beyond_reading`].
const MAX_BACKTICKS: usize = 2_000;
/// See [`is_beyond_reading`].
const MAX_PIPES: usize = 10_000;
/// A script with more commands than this is cut off.
const MAX_COMMANDS: usize = 20_000;

/// Here-documents, command substitutions in backticks and pipes: more of them than any script that a person wrote or
/// reads. Each costs a look at all that follows it.
fn is_beyond_reading(text: &str) -> bool {
    let bytes = text.as_bytes();
    let heredocs = bytes.windows(2).filter(|pair| pair == b"<<").count();
    heredocs > MAX_HEREDOCS
        || text.matches('`').count() > MAX_BACKTICKS
        || text.matches('|').count() > MAX_PIPES
}

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
    pub(super) is_rough: bool,
    /// The shell that another one in the script hands what is being read.
    pub(super) shell: Option<super::Shell>,
}

impl Builder {
    /// Reads the script that fills `range` of the frame's text.
    pub(super) fn read(&mut self, frame: &Frame, range: Range<usize>, context: Context) {
        if context.depth > MAX_DEPTH || self.script.commands.len() > MAX_COMMANDS {
            return;
        }
        let known = (self.is_errexit, self.is_pipefail);
        let outcome = if plain::read(self, frame, range.clone(), context) {
            Ok(())
        } else {
            grammar::read(self, frame, range.clone(), context)
        };
        if let Err(fault) = outcome {
            if context.depth == 0 {
                self.script.is_parsed = false;
                self.script.error = fault.map(|(at, message)| {
                    let at = frame.file(at);
                    (Span::new(at.start, at.end), message)
                });
            }
            let was_rough = std::mem::replace(&mut self.is_rough, true);
            rough::read(self, frame, range, context);
            self.is_rough = was_rough;
        }
        if context.depth > 0 {
            (self.is_errexit, self.is_pipefail) = known;
        }
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

    /// Notes what stands in the bytes `range` of the frame's text.
    pub(super) fn construct(&mut self, frame: &Frame, kind: &'static str, range: Range<usize>) {
        if self.is_rough || self.script.constructs.len() >= MAX_CONSTRUCTS {
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

    /// Adds a command whose words still stand in the frame's offsets, and reads what its words hold.
    pub(super) fn command(
        &mut self,
        frame: &Frame,
        mut command: Command,
        heredocs: &[Heredoc],
        seat: Seat,
        context: Context,
    ) {
        if self.script.commands.len() > MAX_COMMANDS {
            return;
        }
        peel(&mut command);
        self.notice_options(&command);
        let number = self.script.commands.len();
        let inner = command.inner_script();
        let mut held = Vec::new();
        for assign in &command.assigns {
            hold(&assign.word.pieces, &mut held);
        }
        for (at, word) in command.words.iter().enumerate() {
            if inner == Some(at) && !is_substitution(word) {
                held.push(Held::Script(word.clone()));
            } else {
                hold(&word.pieces, &mut held);
            }
        }
        for redirect in &command.redirects {
            hold(&redirect.target.pieces, &mut held);
        }
        let is_shell = command.name().is_some_and(|name| {
            let shell = super::Shell::named(name);
            shell.is_posix() && shell != super::Shell::Unknown
        });
        for heredoc in heredocs {
            if is_shell && command.reads_script() {
                held.push(Held::Range(Holding::Heredoc, heredoc.body.clone()));
            } else if heredoc.expands {
                hold(
                    &word::expansions(frame.text, heredoc.body.clone()),
                    &mut held,
                );
            }
        }
        if command.words.first().is_none_or(|word| word.text != "[[") {
            for (kind, range) in construct::of_command(frame.text, &command) {
                self.construct(frame, kind, range);
            }
        }
        self.seat(&mut command, seat, context);
        relocate(frame, &mut command);
        self.script.commands.push(command);
        for held in held {
            self.held(frame, held, context, Some(number));
        }
    }

    /// Reads the substitutions of words that belong to no command: a loop's list, a `case` word.
    pub(super) fn loose(&mut self, frame: &Frame, words: &[Word], context: Context) {
        let mut found = Vec::new();
        for word in words {
            construct::of_word(frame.text, word, &mut found);
        }
        for (kind, range) in found {
            self.construct(frame, kind, range);
        }
        let mut held = Vec::new();
        for word in words {
            hold(&word.pieces, &mut held);
        }
        for held in held {
            self.held(frame, held, context, None);
        }
    }

    fn held(&mut self, frame: &Frame, held: Held, context: Context, holder: Option<usize>) {
        let inner = |holding| Context {
            depth: context.depth + 1,
            in_subshell: true,
            in_condition: false,
            holder: holder.map(|number| (number, holding)),
            ..context
        };
        let outer = self.shell;
        if let Held::Script(_) | Held::Range(Holding::Heredoc, _) = held {
            self.shell = self.named_shell(holder).or(outer);
        }
        match held {
            Held::Range(Holding::Backtick, range) => {
                let text = frame.text.masked.get(range.clone()).unwrap_or_default();
                if text.contains('\\') {
                    let unescaped = unescape_backticks(frame, range);
                    self.text(&unescaped, inner(Holding::Backtick));
                } else {
                    self.read(frame, range, inner(Holding::Backtick));
                }
            }
            Held::Range(holding, range) => self.read(frame, range, inner(holding)),
            Held::Script(word) => {
                let known = (self.is_errexit, self.is_pipefail);
                (self.is_errexit, self.is_pipefail) = (false, false);
                match &word.pieces[..] {
                    [piece] if piece.kind == PieceKind::Text => {
                        self.read(frame, piece.range.clone(), inner(Holding::Script));
                    }
                    _ => {
                        let mut text = LocatedText::default();
                        for piece in word.pieces.iter().filter(|piece| !piece.is_nested) {
                            copy(frame, piece.range.clone(), &mut text);
                        }
                        self.text(&text, inner(Holding::Script));
                    }
                }
                (self.is_errexit, self.is_pipefail) = known;
            }
        }
        self.shell = outer;
    }

    /// The shell that a command runs, if it runs one.
    fn named_shell(&self, command: Option<usize>) -> Option<super::Shell> {
        let name = self.script.commands.get(command?)?.name()?;
        let shell = super::Shell::named(name);
        (shell.is_posix() && shell != super::Shell::Unknown).then_some(shell)
    }

    /// Adds a command in exec form. A word whose text stands in the file as it is can be read as a script.
    pub(super) fn exec(&mut self, words: &[(String, Span)]) {
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
        let (Some(first), Some(last)) = (command.words.first(), command.words.last()) else {
            return;
        };
        command.range = first.range.start..last.range.end;
        peel(&mut command);
        let script = command.inner_script().map(|at| command.words[at].clone());
        self.script.is_parsed = true;
        self.script.pipelines = 1;
        self.script.commands.push(command);
        self.shell = self.named_shell(Some(0));
        if let Some(word) = script {
            let context = Context {
                depth: 1,
                holder: Some((0, Holding::Script)),
                ..Context::default()
            };
            self.text(&unquoted(&word), context);
        }
    }

    /// Reads a text that is not a stretch of the frame's.
    pub(super) fn text(&mut self, located: &LocatedText, context: Context) {
        if context.depth > MAX_DEPTH || is_beyond_reading(&located.text) {
            self.script.is_parsed = false;
            return;
        }
        let (mut masked, mut masks) = super::mask(&located.text);
        if self.is_filled {
            super::mask_variables(&mut masked, &mut masks);
        }
        let frame = Frame {
            text: Text {
                masked: &masked,
                written: &located.text,
                masks: &masks,
            },
            located,
        };
        self.read(&frame, 0..masked.len(), context);
    }

    fn seat(&self, command: &mut Command, seat: Seat, context: Context) {
        command.pipeline = seat.pipeline;
        command.place = seat.place;
        command.is_last = seat.is_last;
        command.before = seat.before;
        command.after = seat.after;
        command.is_negated = seat.is_negated;
        command.in_function = context.in_function;
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
