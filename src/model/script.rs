//! Shell scripts and their commands as rows, wherever a script is written.

use crate::model::Facts;
use crate::model::place::{At, TextPlace};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::parse::shell::Shell;
use crate::span::{LocatedText, Span};

/// Where a script comes from, and what is known about how it runs.
pub(super) struct Origin<'a> {
    /// The document that holds it.
    pub document: At,
    /// Who reads it.
    pub shell: Shell,
    /// `run`, `heredoc`, `step`, `command` … as `docs/model.md` lists them.
    pub source: &'static str,
    /// Shell options in force at the start, by their long names.
    pub options: &'a [&'a str],
    /// Fields copied onto every row: `("instruction", at)`, `("stage", at)`, `("step", at)` …
    pub holders: Vec<(&'static str, At)>,
    /// The structural path of the holder, such as `stage[1]/RUN[2]`.
    pub path: String,
    /// Names that have a value before the script begins.
    pub variables: &'a [String],
}

/// Adds the rows of a script, and gives the place of its `scripts` row.
pub(super) fn fill(facts: &mut Facts, text: &LocatedText, origin: &Origin) -> At {
    let span = text.span(0..text.text.len());
    let at = facts.text(TextPlace::new(span, origin.path.clone()));
    if facts.wants(Table::Scripts) {
        let row = origin
            .row(at)
            .text("text", &text.text)
            .flag("is_parsed", false)
            .texts("options", origin.options)
            .flag("has_pipe", false)
            .flag("has_pipe_without_pipefail", false);
        facts.push(Table::Scripts, row);
    }
    at
}

/// Adds the rows of a command in exec form, each word with its place in the file.
pub(super) fn fill_exec(facts: &mut Facts, words: &[(String, Span)], origin: &Origin) -> At {
    let span = words
        .iter()
        .map(|(_, span)| *span)
        .reduce(Span::to)
        .unwrap_or_default();
    facts.text(TextPlace::new(span, origin.path.clone()))
}

impl Origin<'_> {
    /// A row with what every row of this script carries.
    fn row(&self, at: At) -> Row {
        let row = Row::at(at)
            .place("document", self.document)
            .text("shell", self.shell.name())
            .text("source", self.source);
        self.holders
            .iter()
            .fold(row, |row, (name, at)| row.place(name, *at))
    }
}
