//! brush-parser's tree of a script becomes our commands; its character positions become bytes.

use std::cell::Cell;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use brush_parser::ast::{
    AndOr, AndOrList, AssignmentName, Command as Node, CommandPrefixOrSuffixItem as Item,
    CompoundCommand, CompoundList, IoFileRedirectTarget, IoRedirect, Pipeline, Program,
    SeparatorOperator, SimpleCommand, SourceLocation, SubshellCommand,
};
use brush_parser::{
    ParseError, ParserOptions, SourceSpan, Token, TokenizerError, parse_tokens,
    uncached_tokenize_str,
};

use super::build::{Builder, Context, Frame, Heredoc, Seat};
use super::script::{Assign, Command, Redirect};
use super::word;

/// Longer scripts are read by the tokenizer alone.
const MAX_LENGTH: usize = 256 * 1024;
/// What nests costs stack: more openers than this are parsed on a thread with a stack of its own.
const MANY_OPENERS: usize = 60;
/// More than this are not parsed.
const MAX_OPENERS: usize = 1_500;
/// See [`doublings`].
const MAX_WORK: usize = 1 << 20;
/// Stack for [`MAX_OPENERS`].
const STACK: usize = 256 * 1024 * 1024;

/// Reads a script by the shell's grammar; the error says where it breaks it, if that is why it was not read.
pub(super) fn read(
    builder: &mut Builder,
    frame: &Frame,
    range: Range<usize>,
    context: Context,
) -> Result<(), Option<(Range<usize>, String)>> {
    let text = frame.text.masked.get(range.clone()).unwrap_or_default();
    let program = parse(text).or_else(|error| match without_cases(frame, range.clone()) {
        Some(text) => parse(&text),
        None => Err(error),
    });
    let program = program.map_err(|fault| place(&fault, text, range.start))?;
    let mut walk = Walk {
        builder,
        frame,
        map: Map::of(text, range.start),
        end: range.end,
        from: range.start,
    };
    for list in &program.complete_commands {
        walk.list(list, context);
    }
    Ok(())
}

/// The parser stumbles over `case` in a substitution. What stands in substitutions is read by itself later on: here it
/// is blanked by letters.
fn without_cases(frame: &Frame, range: Range<usize>) -> Option<String> {
    let mut text = frame
        .text
        .masked
        .get(range.clone())?
        .to_owned()
        .into_bytes();
    let masked = frame.text.masked;
    let mut from = range.start;
    let mut is_changed = false;
    while let Some(at) = masked.get(from..range.end)?.find("$(").map(|at| from + at) {
        from = at + 2;
        if masked[from..].trim_start().starts_with("case ") {
            let close = word::closing_parenthesis(frame.text, from, range.end);
            text[from - range.start..close - range.start].fill(b'X');
            from = close;
            is_changed = true;
        }
    }
    is_changed.then(|| String::from_utf8(text).ok())?
}

fn parse(text: &str) -> Result<Program, Fault> {
    let openers = openers(text);
    if text.len() > MAX_LENGTH || openers > MAX_OPENERS {
        return Err(Fault::Refused);
    }
    if openers <= MANY_OPENERS {
        return parse_here(text);
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || parse_here(text));
        thread
            .ok()
            .and_then(|thread| thread.join().ok())
            .unwrap_or(Err(Fault::Refused))
    })
}

/// How many constructs the text opens, at most; each may nest in the one before.
fn openers(text: &str) -> usize {
    let bytes = text.as_bytes();
    let signs = bytes
        .iter()
        .filter(|byte| matches!(byte, b'(' | b'{' | b'`'))
        .count();
    let words = text.split_ascii_whitespace().filter(|word| {
        matches!(
            *word,
            "if" | "while" | "until" | "for" | "case" | "select" | "function" | "!" | "coproc"
        )
    });
    signs + words.count()
}

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside the grammar's crate, which panics on some broken scripts: such a panic is caught and
/// becomes a script that is not understood, so nobody needs to hear of it.
pub fn is_guarded() -> bool {
    IS_GUARDED.get()
}

fn parse_here(text: &str) -> Result<Program, Fault> {
    let options = ParserOptions::default();
    IS_GUARDED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let tokens = uncached_tokenize_str(text, &options.tokenizer_options())
            .map_err(|error| unclosed(&error))?;
        if doublings(&tokens) > MAX_WORK {
            return Err(Fault::Refused);
        }
        parse_tokens(&tokens, &options).map_err(|error| explain(&error))
    }));
    IS_GUARDED.set(false);
    outcome.unwrap_or(Err(Fault::Refused))
}

/// The parser tries each open parenthesis and `case` twice when what follows breaks the grammar: this is how many
/// tokens it may look at in all.
fn doublings(tokens: &[Token]) -> usize {
    let mut open = Vec::new();
    let mut depth = 0;
    for token in tokens {
        match token.to_str() {
            text @ ("(" | "case") => {
                open.push(text == "(");
                depth = depth.max(open.len());
            }
            ")" if open.last() == Some(&true) => drop(open.pop()),
            "esac" if open.last() == Some(&false) => drop(open.pop()),
            _ => {}
        }
    }
    let depth = u32::try_from(depth).unwrap_or(u32::MAX);
    tokens
        .len()
        .saturating_mul(1_usize.checked_shl(depth).unwrap_or(usize::MAX))
}

/// Why a script was not read.
enum Fault {
    /// It is too large or nests too deep for us.
    Refused,
    /// Something that begins at this character never ends.
    Unclosed(&'static str, Option<usize>),
    /// The token at or before this character does not fit.
    Unexpected(usize),
    /// More should follow.
    Ended,
}

fn explain(error: &ParseError) -> Fault {
    match error {
        ParseError::ParsingNear(position) => Fault::Unexpected(position.index),
        ParseError::Tokenizing { inner, .. } => unclosed(inner),
        ParseError::ParsingAtEndOfInput => Fault::Ended,
    }
}

fn unclosed(error: &TokenizerError) -> Fault {
    match error {
        TokenizerError::UnterminatedSingleQuote(at)
        | TokenizerError::UnterminatedAnsiCQuote(at) => {
            Fault::Unclosed("a single quote is never closed", Some(at.index))
        }
        TokenizerError::UnterminatedDoubleQuote(at) => {
            Fault::Unclosed("a double quote is never closed", Some(at.index))
        }
        TokenizerError::UnterminatedBackquote(at) => {
            Fault::Unclosed("a backtick is never closed", Some(at.index))
        }
        TokenizerError::UnterminatedExtendedGlob(at) => {
            Fault::Unclosed("a parenthesis is never closed", Some(at.index))
        }
        TokenizerError::UnterminatedCommandSubstitution => {
            Fault::Unclosed("a `$(` is never closed", None)
        }
        TokenizerError::UnterminatedVariable | TokenizerError::UnterminatedExpansion => {
            Fault::Unclosed("a `${` is never closed", None)
        }
        TokenizerError::MissingHereTagForDocumentBody
        | TokenizerError::MissingHereTag(_)
        | TokenizerError::UnterminatedHereDocuments(..) => {
            Fault::Unclosed("a here-document is never closed", None)
        }
        TokenizerError::UnterminatedEscapeSequence => Fault::Ended,
        _ => Fault::Refused,
    }
}

/// Where a fault shows, in bytes of the frame's text, and how we say it; nothing if the script is not at fault.
fn place(fault: &Fault, text: &str, start: usize) -> Option<(Range<usize>, String)> {
    let map = Map::of(text, 0);
    let first = text.len() - text.trim_start().len();
    let (range, message) = match fault {
        Fault::Refused => return None,
        Fault::Unclosed(what, None) => (token_at(text, first), (*what).to_owned()),
        Fault::Unclosed(what, Some(at)) => {
            let at = map.byte(*at);
            let length = text.get(at..).and_then(|rest| rest.chars().next());
            (
                at..at + length.map_or(0, char::len_utf8),
                (*what).to_owned(),
            )
        }
        Fault::Unexpected(at) => {
            let range = token_at(text, map.byte(*at));
            let token = text.get(range.clone()).unwrap_or_default();
            let message = format!(
                "`{}` does not fit what stands before it",
                token.escape_debug()
            );
            (range, message)
        }
        Fault::Ended => {
            let range = token_at(text, text.len());
            (range, "something that it begins is never ended".to_owned())
        }
    };
    Some((start + range.start..start + range.end, message))
}

/// The token that holds the byte `at`, or the last one before it.
fn token_at(text: &str, at: usize) -> Range<usize> {
    let is_blank = |c: char| c.is_whitespace() || c == ';';
    let before = text.get(..at).unwrap_or(text);
    let behind = text.get(at..).unwrap_or_default();
    let start = match behind.chars().next() {
        Some(first) if !is_blank(first) => at,
        _ => {
            let before = before.trim_end_matches(is_blank);
            before.rfind(is_blank).map_or(0, |blank| {
                blank + before[blank..].chars().next().map_or(1, char::len_utf8)
            })
        }
    };
    let rest = text.get(start..).unwrap_or_default();
    let length = rest.find(is_blank).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    start..start + length.max(first)
}

/// From characters of a stretch of text to bytes of all of it.
struct Map {
    start: usize,
    length: usize,
    /// The byte of each character, unless they are all ASCII.
    bytes: Option<Vec<u32>>,
}

impl Map {
    fn of(text: &str, start: usize) -> Self {
        let bytes = (!text.is_ascii()).then(|| {
            text.char_indices()
                .map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX))
                .collect()
        });
        Self {
            start,
            length: text.len(),
            bytes,
        }
    }

    fn byte(&self, character: usize) -> usize {
        let offset = match &self.bytes {
            None => character.min(self.length),
            Some(bytes) => bytes
                .get(character)
                .map_or(self.length, |byte| *byte as usize),
        };
        self.start + offset
    }

    fn range(&self, span: &SourceSpan) -> Range<usize> {
        self.byte(span.start.index)..self.byte(span.end.index)
    }
}

struct Walk<'a, 'b> {
    builder: &'a mut Builder,
    frame: &'a Frame<'b>,
    map: Map,
    /// Where the stretch ends.
    end: usize,
    /// How far the walk has come.
    from: usize,
}

impl Walk<'_, '_> {
    fn list(&mut self, list: &CompoundList, context: Context) {
        let mut before = "";
        for item in &list.0 {
            let after = match item.1 {
                SeparatorOperator::Async => "&",
                SeparatorOperator::Sequence => ";",
            };
            self.and_or(&item.0, before, after, context);
            before = after;
        }
    }

    fn and_or(
        &mut self,
        list: &AndOrList,
        before: &'static str,
        after: &'static str,
        context: Context,
    ) {
        let operator = |item: Option<&AndOr>| match item {
            Some(AndOr::And(_)) => "&&",
            Some(AndOr::Or(_)) => "||",
            None => after,
        };
        let seat = |before, after| Seat {
            before,
            after,
            ..Seat::default()
        };
        let first = seat(before, operator(list.additional.first()));
        self.pipeline(&list.first, first, context);
        for (number, item) in list.additional.iter().enumerate() {
            let (AndOr::And(pipeline) | AndOr::Or(pipeline)) = item;
            let after = operator(list.additional.get(number + 1));
            self.pipeline(pipeline, seat(operator(Some(item)), after), context);
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline, seat: Seat, context: Context) {
        let range = pipeline
            .location()
            .map_or(self.from..self.from, |span| self.map.range(&span));
        let length = pipeline.seq.len();
        let number = self.builder.pipeline(self.frame, range, length);
        for (place, command) in pipeline.seq.iter().enumerate() {
            let seat = Seat {
                pipeline: number,
                place: u32::try_from(place).unwrap_or(u32::MAX),
                is_last: place + 1 == length,
                is_negated: pipeline.bang,
                ..seat
            };
            let context = Context {
                in_subshell: context.in_subshell || length > 1,
                ..context
            };
            self.command(command, seat, context);
        }
    }

    fn command(&mut self, command: &Node, seat: Seat, context: Context) {
        match command {
            Node::Simple(simple) => self.simple(simple, seat, context),
            Node::Compound(compound, redirects) => {
                self.compound(compound, context);
                for redirect in redirects.iter().flat_map(|list| &list.0) {
                    self.loose_redirect(redirect, context);
                }
            }
            Node::Function(function) => {
                let context = Context {
                    in_function: true,
                    in_condition: false,
                    ..context
                };
                self.compound(&function.body.0, context);
            }
            Node::ExtendedTest(test, _) => {
                let range = self.map.range(&test.loc);
                self.test(range, seat, context);
            }
        }
    }

    fn compound(&mut self, compound: &CompoundCommand, context: Context) {
        let condition = Context {
            in_condition: true,
            ..context
        };
        match compound {
            CompoundCommand::Arithmetic(_) => {}
            CompoundCommand::ArithmeticForClause(clause) => {
                let first = clause.initializer.as_ref().map_or("", |part| &part.value);
                let name = first.split('=').next().unwrap_or_default().trim();
                self.builder.script.loops.push((name.to_owned(), true));
                self.list(&clause.body.list, context);
            }
            CompoundCommand::BraceGroup(group) => self.list(&group.list, context),
            CompoundCommand::Subshell(subshell) => self.subshell(subshell, context),
            CompoundCommand::ForClause(clause) => {
                let is_plain = |word: &brush_parser::ast::Word| {
                    let marks = |letter: char| letter.is_whitespace() || "$`*?[${".contains(letter);
                    !word.value.contains(marks)
                };
                let are_plain = clause
                    .values
                    .as_ref()
                    .is_some_and(|words| words.iter().all(is_plain));
                let variable = (clause.variable_name.clone(), are_plain);
                self.builder.script.loops.push(variable);
                for word in clause.values.iter().flatten() {
                    self.loose(word.loc.as_ref(), context);
                }
                self.list(&clause.body.list, context);
            }
            CompoundCommand::CaseClause(clause) => {
                self.loose(clause.value.loc.as_ref(), context);
                for case in &clause.cases {
                    if let Some(list) = &case.cmd {
                        self.list(list, context);
                    }
                }
            }
            CompoundCommand::IfClause(clause) => {
                self.list(&clause.condition, condition);
                self.list(&clause.then, context);
                for branch in clause.elses.iter().flatten() {
                    if let Some(list) = &branch.condition {
                        self.list(list, condition);
                    }
                    self.list(&branch.body, context);
                }
            }
            CompoundCommand::WhileClause(clause) | CompoundCommand::UntilClause(clause) => {
                self.list(&clause.0, condition);
                self.list(&clause.1.list, context);
            }
            CompoundCommand::Coprocess(process) => {
                self.command(&process.body, Seat::default(), context);
            }
        }
    }

    fn subshell(&mut self, subshell: &SubshellCommand, context: Context) {
        let known = (self.builder.is_errexit, self.builder.is_pipefail);
        let inside = Context {
            in_subshell: true,
            ..context
        };
        self.list(&subshell.list, inside);
        (self.builder.is_errexit, self.builder.is_pipefail) = known;
    }

    fn simple(&mut self, simple: &SimpleCommand, seat: Seat, context: Context) {
        let mut command = Command::default();
        let mut heredocs = Vec::new();
        let prefix = simple.prefix.iter().flat_map(|prefix| &prefix.0);
        for item in prefix {
            self.item(item, true, &mut command, &mut heredocs);
        }
        if let Some(word) = &simple.word_or_name {
            self.word(word.loc.as_ref(), &mut command);
        }
        for item in simple.suffix.iter().flat_map(|suffix| &suffix.0) {
            self.item(item, false, &mut command, &mut heredocs);
        }
        let ranges = command
            .words
            .iter()
            .chain(command.assigns.iter().map(|assign| &assign.word))
            .map(|word| word.range.clone());
        command.range = ranges
            .reduce(|all, next| all.start.min(next.start)..all.end.max(next.end))
            .unwrap_or(self.from..self.from);
        self.builder
            .command(self.frame, command, &heredocs, seat, context);
    }

    fn item(
        &mut self,
        item: &Item,
        is_prefix: bool,
        command: &mut Command,
        heredocs: &mut Vec<Heredoc>,
    ) {
        match item {
            Item::Word(word) => self.word(word.loc.as_ref(), command),
            Item::AssignmentWord(assignment, word) => {
                let span = word.loc.as_ref().unwrap_or(&assignment.loc);
                if !is_prefix {
                    self.word(Some(span), command);
                    return;
                }
                let (AssignmentName::VariableName(name)
                | AssignmentName::ArrayElementName(name, _)) = &assignment.name;
                let word = word::read(self.frame.text, self.map.range(span));
                self.from = word.range.end;
                command.assigns.push(Assign {
                    name: name.clone(),
                    word,
                });
            }
            Item::ProcessSubstitution(_, subshell) => {
                let inner = self.map.range(&subshell.loc);
                // The tree leaves out the `<` before the parenthesis.
                let start = inner.start.saturating_sub(1);
                command
                    .words
                    .push(word::read(self.frame.text, start..inner.end));
            }
            Item::IoRedirect(redirect) => self.redirect(redirect, command, heredocs),
        }
    }

    fn word(&mut self, span: Option<&SourceSpan>, command: &mut Command) {
        if let Some(span) = span {
            let word = word::read(self.frame.text, self.map.range(span));
            self.from = word.range.end;
            command.words.push(word);
        }
    }

    fn redirect(
        &mut self,
        redirect: &IoRedirect,
        command: &mut Command,
        heredocs: &mut Vec<Heredoc>,
    ) {
        let number = |number: &Option<i32>| number.map(|n| n.to_string()).unwrap_or_default();
        let (operator, target) = match redirect {
            IoRedirect::File(descriptor, kind, target) => {
                let operator = format!("{}{kind}", number(descriptor));
                let target = match target {
                    IoFileRedirectTarget::Filename(word)
                    | IoFileRedirectTarget::Duplicate(word) => {
                        word.loc.as_ref().map(|span| self.map.range(span))
                    }
                    IoFileRedirectTarget::ProcessSubstitution(_, subshell) => {
                        let inner = self.map.range(&subshell.loc);
                        Some(inner.start.saturating_sub(1)..inner.end)
                    }
                    IoFileRedirectTarget::Fd(_) => None,
                };
                (operator, target)
            }
            IoRedirect::HereDocument(descriptor, document) => {
                if let Some(span) = &document.doc.loc {
                    let body = self.map.range(span);
                    heredocs.push(Heredoc {
                        body: without_last_line(self.frame.text.masked, body),
                        expands: document.requires_expansion,
                    });
                }
                let target = document.here_end.loc.as_ref();
                let operator = format!("{}<<", number(descriptor));
                (operator, target.map(|span| self.map.range(span)))
            }
            IoRedirect::HereString(descriptor, word) => {
                let operator = format!("{}<<<", number(descriptor));
                (operator, word.loc.as_ref().map(|span| self.map.range(span)))
            }
            IoRedirect::OutputAndError(word, is_append) => {
                let operator = if *is_append { "&>>" } else { "&>" };
                let target = word.loc.as_ref().map(|span| self.map.range(span));
                (operator.to_owned(), target)
            }
        };
        let target = target.map(|range| word::read(self.frame.text, range));
        command.redirects.push(Redirect {
            operator,
            target: target.unwrap_or_default(),
        });
    }

    fn loose(&mut self, span: Option<&SourceSpan>, context: Context) {
        if let Some(span) = span {
            let word = word::read(self.frame.text, self.map.range(span));
            self.builder.loose(self.frame, &[word], context);
        }
    }

    fn loose_redirect(&mut self, redirect: &IoRedirect, context: Context) {
        let mut command = Command::default();
        self.redirect(redirect, &mut command, &mut Vec::new());
        let words: Vec<_> = command
            .redirects
            .into_iter()
            .map(|redirect| redirect.target)
            .collect();
        self.builder.loose(self.frame, &words, context);
    }

    /// `[[ … ]]` as a command whose program is `[[`.
    fn test(&mut self, range: Range<usize>, seat: Seat, context: Context) {
        let mut command = Command {
            range: range.clone(),
            ..Command::default()
        };
        let end = range.end.min(self.end);
        let mut at = range.start;
        while at < end {
            let rest = self.frame.text.masked.get(at..end).unwrap_or_default();
            let blank = rest.len() - rest.trim_start().len();
            if blank > 0 {
                at += blank;
                continue;
            }
            let word = word::next(self.frame.text, at);
            if word.range.is_empty() {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            at = word.range.end;
            command.words.push(word);
        }
        self.from = end;
        self.builder
            .command(self.frame, command, &[], seat, context);
    }
}

/// The tree counts a heredoc's closing line as part of its body.
fn without_last_line(text: &str, body: Range<usize>) -> Range<usize> {
    let lines = text.get(body.clone()).unwrap_or_default();
    let lines = lines.strip_suffix('\n').unwrap_or(lines);
    let length = lines.rfind('\n').map_or(0, |at| at + 1);
    body.start..body.start + length
}
