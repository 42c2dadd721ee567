//! Dockerfiles: logical lines, then instructions, then typed arguments, all with their bytes.
//!
//! The reading is `BuildKit`'s (its documented syntax and its parser's behaviour); what `BuildKit` refuses is a problem that
//! costs that instruction alone.

mod comments;
mod conflict;
mod expand;
mod flags;
mod heredoc;
mod instruction;
mod joined;
mod keywords;
mod lexer;
mod lines;
mod list;
mod mounts;
mod placeholder;
mod validate;
mod words;

#[cfg(test)]
mod tests;

use crate::parse::problem::Problem;
use crate::span::{LocatedText, Span};
use hullmark_tables::faults;

pub use crate::parse::dockerfile::expand::{Expanded, Variables, dotted, reads};
pub use crate::parse::dockerfile::words::{unquote, unquote_as};

/// A Dockerfile.
#[derive(Debug, Default)]
pub struct Dockerfile {
    /// `# syntax=`, `# escape=`, `# check=` at the top.
    pub directives: Vec<Directive>,
    /// Every comment, also those between continued lines, from `#` to the end of the line.
    pub comments: Vec<Span>,
    /// In the order of the file. A bad one is here too, as far as it could be read.
    pub instructions: Vec<Instruction>,
}

/// A parser directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Lower case.
    pub name: String,
    /// Whether it is written in lower case, too.
    pub is_lower: bool,
    /// As written, trimmed.
    pub value: String,
    /// The comment that holds it.
    pub span: Span,
}

/// An instruction.
#[derive(Debug, Default)]
pub struct Instruction {
    /// Upper case.
    pub keyword: String,
    /// Its bytes.
    pub keyword_span: Span,
    /// From the keyword to the end of its last line, here-documents left out.
    pub span: Span,
    /// `--name=value`, in order.
    pub flags: Vec<Flag>,
    /// What follows the flags, continuations and comments between them taken out.
    pub body: LocatedText,
    /// The words of the body: the items of the list in exec form, else what spaces divide, quotes kept together.
    pub words: Vec<Word>,
    /// Whether the body is a JSON list of strings, as `BuildKit` decides.
    pub is_exec: bool,
    /// Whether the body is a JSON list that holds something else than strings.
    pub is_mixed_list: bool,
    /// What keeps a body that is meant as a JSON list from being one.
    pub list_fault: Option<Slip>,
    /// A continuation mark that makes the next instruction part of this one; its text is that instruction's keyword.
    pub swallowed: Option<Slip>,
    /// A comment at the end of a continued line, with its text.
    pub swallowing_comment: Option<Slip>,
    /// The first blank line between its continued lines.
    pub blank_line: Option<Span>,
    /// Whether that line is behind the last of them.
    pub blank_is_last: bool,
    /// Here-documents, in order.
    pub heredocs: Vec<Heredoc>,
    /// `name=value` pairs of ENV, LABEL and ARG.
    pub pairs: Vec<Pair>,
    /// What ONBUILD defers, or the command of a HEALTHCHECK.
    pub inner: Option<Box<Instruction>>,
}

impl Instruction {
    /// Its bytes with its here-documents.
    pub fn whole(&self) -> Span {
        let inner = self.inner.iter().flat_map(|inner| &inner.heredocs);
        let bodies = self
            .heredocs
            .iter()
            .chain(inner)
            .map(|heredoc| &heredoc.text);
        let bodies = bodies.filter(|body| !body.text.is_empty());
        bodies.fold(self.span, |span, body| {
            span.to(body.span(0..body.text.len()))
        })
    }
}

/// A likely slip in an instruction that the builder takes as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The culprit.
    pub span: Span,
    /// What is wrong, or the text of the culprit.
    pub text: String,
}

/// `--name=value`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Without its dashes.
    pub name: String,
    /// What follows `=`.
    pub value: Option<String>,
    /// All of it.
    pub span: Span,
    /// The value, or all of it if there is none.
    pub value_span: Span,
    /// Whether the value is the next word, where `=` should be: `--from build`.
    pub is_apart: bool,
}

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As written, quotes and all; in exec form the decoded string.
    pub text: String,
    /// With its quotes.
    pub span: Span,
}

impl Word {
    /// The word without the quotes around it and without escapes.
    pub fn unquoted(&self) -> String {
        words::unquote(&self.text)
    }
}

/// `name=value`, `name value` (the old form of ENV) or `name` alone (ARG).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Without quotes.
    pub name: String,
    /// As written, quotes and all.
    pub value: Option<String>,
    /// Whether it is `name value`, the old form.
    pub is_legacy: bool,
    /// All of it.
    pub span: Span,
    /// The value, or all of it if there is none.
    pub value_span: Span,
}

/// A here-document.
#[derive(Debug)]
pub struct Heredoc {
    /// The word that ends it.
    pub name: String,
    /// Whether variables in it are expanded: its word is not quoted.
    pub expands: bool,
    /// Its lines, leading tabs taken off under `<<-`.
    pub text: LocatedText,
    /// `<<NAME` in the body.
    pub span: Span,
    /// Whether its lines end with a carriage return too, which `BuildKit` leaves in them.
    pub has_carriage_returns: bool,
}

/// How many instructions of a file are checked. An image has at most 127 layers, and what is written by a program stays far below.
const INSTRUCTIONS: usize = 5_000;

/// How many words and pairs the instructions of a file may have together. Each becomes rows of a kilobyte.
const WORDS: usize = 60_000;

/// Reads a Dockerfile; a bad instruction is a problem and costs itself alone.
pub fn parse(text: &str, problems: &mut Vec<Problem>) -> Dockerfile {
    let text = &*conflict::without(text, problems);
    let directives = lines::directives(text);
    lines::validate(&directives, problems);
    let escape = match directives
        .iter()
        .find(|directive| directive.name == "escape")
    {
        Some(directive) if directive.value == "`" => '`',
        _ => '\\',
    };
    let mut file = Dockerfile {
        directives,
        ..Dockerfile::default()
    };
    let mut words = 0;
    let mut cursor = lines::Cursor::new(text, escape);
    while let Some(line) = cursor.next_line(&mut file.comments) {
        if let Some(span) = line.trailing {
            let message = format!("blanks stand behind the `{escape}` that continues the line");
            problems.push(Problem::new(
                faults::BLANK_AFTER_CONTINUATION,
                span,
                message,
            ));
        }
        let mut instruction = instruction::read(&line, escape, problems);
        let above = file.instructions.last();
        if let Some(problem) = problems.last_mut().filter(|problem| {
            problem.kind == faults::UNKNOWN_INSTRUCTION
                && problem.span == instruction.keyword_span
                && above.is_some_and(|above| seems_continued(text, above, &instruction))
        }) {
            let shown = instruction.keyword_span.of(text);
            let shown: String = shown.chars().take(40).collect();
            problem.message = format!(
                "unknown instruction `{shown}`: the line above it does not end with `{escape}`"
            );
        }
        heredoc::read(&mut cursor, &mut instruction, problems);
        validate::validate(&instruction, escape, problems);
        words += instruction.words.len() + instruction.pairs.len();
        if words > WORDS {
            let message = format!(
                "instructions have more than {WORDS} words; from here on they are not checked"
            );
            problems.push(Problem::new(
                faults::UNJUDGED,
                instruction.keyword_span,
                message,
            ));
            break;
        }
        if file.instructions.len() >= INSTRUCTIONS {
            problems.push(Problem::new(
                faults::TOO_MANY_INSTRUCTIONS,
                instruction.keyword_span,
                format!("more than {INSTRUCTIONS} instructions; from here on they are not checked"),
            ));
            break;
        }
        file.instructions.push(instruction);
    }
    comments::find_ignores(text, &file.comments, problems);
    placeholder::find(&file, problems);
    // A placeholder of no bytes is built by nobody.
    if file.instructions.is_empty() && !text.trim().is_empty() {
        let end = text.find('\n').unwrap_or(text.len());
        problems.push(Problem::new(
            faults::NO_INSTRUCTION,
            Span::new(0, end),
            "file holds no instruction",
        ));
    }
    file
}

/// Whether an instruction that nobody knows is the next line of the one above, whose continuation mark is missing: it is indented, or it is a pair.
fn seems_continued(text: &str, above: &Instruction, unknown: &Instruction) -> bool {
    let start = unknown.span.start as usize;
    let end = (above.span.end as usize).min(start);
    let between = text.get(end..start).unwrap_or_default();
    let is_indented = between.ends_with([' ', '\t']);
    let is_next = between.trim().is_empty() && between.matches('\n').count() == 1;
    let word = unknown.keyword_span.of(text);
    let is_pair =
        || matches!(above.keyword.as_str(), "ENV" | "LABEL" | "ARG") && word.contains('=');
    let is_rest = || word.starts_with(['&', '|', ';', '-', '"', '/', '$']);
    is_next && (is_indented || is_pair() || is_rest()) && above.heredocs.is_empty()
}
