//! The tree of a script: lists of pipelines of commands, simple and compound, with their words and redirections.
//!
//! All ranges are bytes of the text that was read; what is in a substitution is a range of a word's piece, and is
//! read by itself.

use std::ops::Range;

use super::script::{Command, Redirect};
use super::word::Word;

/// A script, or what of it could be read.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// One list for each line that begins a command.
    pub(super) lists: Vec<List>,
    /// The here-documents that redirections name, in the order of their operators.
    pub(super) documents: Vec<Document>,
    /// Where it breaks the grammar, in the order found.
    pub(super) problems: Vec<Problem>,
}

/// Pipelines that follow each other.
pub(super) type List = Vec<Pipeline>;

/// Commands that hand their output on.
#[derive(Debug, Default)]
pub(super) struct Pipeline {
    /// The operator before it: `&&`, `||`, `;`, `&`, or nothing.
    pub(super) before: &'static str,
    /// The operator behind it; a line's end is a `;`.
    pub(super) after: &'static str,
    /// Whether an odd number of `!` is before it.
    pub(super) is_negated: bool,
    pub(super) commands: Vec<Node>,
    /// From its first command to its last.
    pub(super) range: Range<usize>,
}

/// A command and where its output goes.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    /// Without its redirections.
    pub(super) range: Range<usize>,
    /// The redirections of a compound command; those of a simple one are its own.
    pub(super) redirects: Vec<Redirect>,
    /// The `|&` behind it.
    pub(super) piped_error: Option<Range<usize>>,
}

impl Node {
    /// A command without redirections of its own.
    pub(super) fn new(kind: NodeKind, range: Range<usize>) -> Self {
        Self {
            kind,
            range,
            redirects: Vec::new(),
            piped_error: None,
        }
    }
}

/// What a command is.
#[derive(Debug)]
pub(super) enum NodeKind {
    /// Words, assignments and redirections, and which of the tree's documents are among these.
    Simple(Command, Vec<usize>),
    /// `[[ … ]]` as a command whose program is `[[`.
    Test(Command),
    /// `(( … ))`
    Arithmetic,
    /// `for ((…; …; …))` with what is before the first `;`.
    ArithmeticFor(String, List),
    /// `{ … }`
    Group(List),
    /// `( … )`
    Subshell(List),
    If(Vec<Branch>),
    /// What is asked and what is done: `while`, `until`.
    Loop(List, List),
    /// `for`, `select`
    For(For),
    /// What is compared, and what is done for each list of patterns.
    Case(Word, Vec<List>),
    /// `coproc`
    Coprocess(Box<Node>),
    /// The word that names a function, and its body.
    Function(Range<usize>, Option<Box<Node>>),
}

/// A condition with what follows where it holds; `else` has none.
#[derive(Debug)]
pub(super) struct Branch {
    pub(super) condition: Option<List>,
    pub(super) body: List,
}

/// A loop over words.
#[derive(Debug)]
pub(super) struct For {
    pub(super) is_select: bool,
    pub(super) variable: Range<usize>,
    /// `None` if it has no `in`, or nothing behind it.
    pub(super) words: Option<Vec<Word>>,
    pub(super) body: List,
}

/// A here-document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The line that ends it.
    pub(super) name: String,
    /// Whether tabs before its lines do not count: `<<-`.
    pub(super) strips_tabs: bool,
    /// Whether the shell expands it.
    pub(super) expands: bool,
    /// Its lines without the one that ends it.
    pub(super) body: Range<usize>,
}

/// A place that breaks the grammar.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) range: Range<usize>,
    pub(super) fault: Fault,
}

/// How a place breaks the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Something that begins here never ends.
    Unclosed(&'static str),
    /// This token does not fit what is before it.
    Unexpected,
    /// More should follow.
    Ended,
    /// A here-document without an end: a shell takes it, with all that follows, and so it is no error.
    OpenDocument,
    /// It nests too deep to be read.
    TooDeep,
}

impl Tree {
    /// The problem to report, if the script is at fault: what is never closed explains what follows.
    pub(super) fn problem(&self) -> Option<&Problem> {
        let is_silent =
            |problem: &&Problem| matches!(problem.fault, Fault::OpenDocument | Fault::TooDeep);
        if self.problems.iter().any(|problem| is_silent(&problem)) {
            return None;
        }
        let mut problems = self.problems.iter();
        let unclosed = problems.find(|problem| matches!(problem.fault, Fault::Unclosed(_)));
        unclosed.or(self.problems.first())
    }
}
