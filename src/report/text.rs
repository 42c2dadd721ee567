//! The report for a person at a terminal: the line, carets under the culprit, what to do, and where to read more.

use std::io::{self, Write};

use codespan_reporting::diagnostic::{Diagnostic as Drawing, LabelStyle, Severity as Level};
use codespan_reporting::files::Error;
use codespan_reporting::term::termcolor::{Ansi, NoColor, WriteColor};
use codespan_reporting::term::{Config, emit_to_write_style};

use super::Report;
use super::clean::{clean, clean_lines};
use super::excerpt::{Excerpts, Mark};
use super::summary::{left_out, summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;

/// How many related places of one finding are shown.
const MOST_RELATED: usize = 8;

/// Writes every listed diagnostic and a line that counts them.
pub(super) fn write(report: &Report, color: bool, out: &mut dyn Write) -> io::Result<()> {
    if color {
        write_diagnostics(report, &mut Ansi::new(&mut *out))?;
    } else {
        write_diagnostics(report, &mut NoColor::new(&mut *out))?;
    }
    writeln!(out, "{}", summary(report))?;
    match left_out(report) {
        Some(line) => writeln!(out, "{line}"),
        None => Ok(()),
    }
}

fn write_diagnostics<W: WriteColor>(report: &Report, out: &mut W) -> io::Result<()> {
    let config = Config::default();
    let rules = report.rules_by_id();
    for diagnostic in report.listed() {
        let rule = rules.get(diagnostic.rule.as_ref()).map(|(_, rule)| *rule);
        let (excerpts, drawing) = draw(report, diagnostic, rule);
        emit_to_write_style(out, &config, &excerpts, &drawing).map_err(|error| match error {
            Error::Io(error) => error,
            other => io::Error::other(other),
        })?;
    }
    Ok(())
}

/// One diagnostic as codespan draws it, with the lines it draws.
fn draw(
    report: &Report,
    diagnostic: &Diagnostic,
    rule: Option<&Rule>,
) -> (Excerpts, Drawing<usize>) {
    let mut excerpts = Excerpts::default();
    let mut labels = Vec::new();
    let mut notes = Vec::new();
    for marks in marks_by_file(report, diagnostic) {
        match marks.first().and_then(|mark| mark.location.source) {
            Some(source) => labels.extend(excerpts.add(source, &marks)),
            None => notes.extend(marks.iter().map(without_source)),
        }
    }
    if diagnostic.related.len() > MOST_RELATED {
        let more = diagnostic.related.len() - MOST_RELATED;
        notes.push(format!("and {more} more related places"));
    }
    if let Some(suppressed) = &diagnostic.suppressed {
        let place = report.locate(suppressed.at).shown();
        let reason = suppressed.reason.as_deref().map(clean);
        notes.push(match reason {
            Some(reason) => format!("set aside at {place}: {reason}"),
            None => format!("set aside at {place}"),
        });
    }
    if let Some(rule) = rule {
        let help = diagnostic.help(Some(rule));
        if !help.is_empty() {
            notes.push(format!("help: {}", clean_lines(&without_fences(help))));
        }
        notes.extend(rule.url());
    }
    let drawing = Drawing::new(level(diagnostic.severity))
        .with_code(clean(&diagnostic.rule))
        .with_message(clean(&diagnostic.message))
        .with_labels(labels)
        .with_notes(notes);
    (excerpts, drawing)
}

/// A help without the fences of its Markdown code blocks, which a person at a terminal does not need.
fn without_fences(help: &str) -> String {
    let lines = help.lines().filter(|line| !line.starts_with("```"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The diagnostic's places, file by file, its own first.
fn marks_by_file<'a>(report: &Report<'a>, diagnostic: &Diagnostic) -> Vec<Vec<Mark<'a>>> {
    let primary = Mark {
        location: report.locate(diagnostic.primary),
        style: LabelStyle::Primary,
        message: String::new(),
    };
    let mut files = vec![(diagnostic.primary.file, vec![primary])];
    for label in diagnostic.related.iter().take(MOST_RELATED) {
        let mark = Mark {
            location: report.locate(label.at),
            style: LabelStyle::Secondary,
            message: clean(&label.message).into_owned(),
        };
        let file = label.at.file;
        match files.iter_mut().find(|(known, _)| *known == file) {
            Some((_, marks)) => marks.push(mark),
            None => files.push((file, vec![mark])),
        }
    }
    files.into_iter().map(|(_, marks)| marks).collect()
}

/// A place in a file whose text is not at hand.
fn without_source(mark: &Mark) -> String {
    let place = mark.location.shown();
    if mark.message.is_empty() {
        format!("in {place}")
    } else {
        format!("{place}: {}", mark.message)
    }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Info => Level::Note,
    }
}
