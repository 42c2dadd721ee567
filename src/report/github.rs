//! The report for a GitHub job's log: one workflow command a diagnostic, which GitHub shows on the changed line.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::Report;
use super::location::Location;
use super::summary::{left_out, summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inert::{clean, clean_lines};
use crate::rules::Rule;

/// How many annotations of one level GitHub keeps of a step; the others are in its log alone.
const MOST_ANNOTATIONS: usize = 10;

/// How many related places of one diagnostic are named.
const MOST_RELATED: usize = 8;

/// Writes a line for every listed diagnostic, the most severe first, and a line that counts them.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules = report.rules_by_id();
    let mut listed: Vec<&Diagnostic> = report.listed().collect();
    listed.sort_by_key(|diagnostic| Reverse(diagnostic.severity));
    for diagnostic in &listed {
        let rule = rules.get(diagnostic.rule.as_ref()).map(|(_, rule)| *rule);
        writeln!(out, "{}", command(report, diagnostic, rule))?;
    }
    write!(out, "{}", summary(report))?;
    let beyond: usize = listed
        .chunk_by(|a, b| a.severity == b.severity)
        .map(|level| level.len().saturating_sub(MOST_ANNOTATIONS))
        .sum();
    if beyond > 0 {
        write!(
            out,
            "; {beyond} of them only in this log: GitHub shows {MOST_ANNOTATIONS} annotations of each level per step"
        )?;
    }
    writeln!(out)?;
    match left_out(report) {
        Some(line) => writeln!(out, "{line}"),
        None => Ok(()),
    }
}

fn command(report: &Report, diagnostic: &Diagnostic, rule: Option<&Rule>) -> String {
    let location = report.locate(diagnostic.primary);
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (start, end) = (location.start, location.end);
    // GitHub rejects columns on an annotation that spans lines.
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, end.column)
    } else {
        String::new()
    };
    let mut message = text(report, diagnostic, &location);
    let help = diagnostic.help(rule);
    if !help.is_empty() {
        message.push('\n');
        message.push_str(&clean_lines(help));
    }
    format!(
        "::{level} file={path},line={line},endLine={end_line}{columns},title={title}::{message}",
        path = property(&clean(location.project_path())),
        line = start.line,
        end_line = end.line,
        title = property(&diagnostic.rule),
        message = data(&message),
    )
}

/// `path:line:column: rule: message`, which is all of the command that a log shows, and the lines of related places.
fn text(report: &Report, diagnostic: &Diagnostic, location: &Location) -> String {
    let place = location.shown();
    let mut parts = vec![format!(
        "{place}: {}: {}",
        diagnostic.rule, diagnostic.message
    )];
    parts.extend(diagnostic.related.iter().take(MOST_RELATED).map(|label| {
        let related = report.locate(label.at);
        format!("{}:{}", related.project_path(), related.start.line)
    }));
    let more = diagnostic.related.len().saturating_sub(MOST_RELATED);
    if more > 0 {
        parts.push(format!("{more} more related places"));
    }
    clean(&parts.join("; ")).into_owned()
}

/// Text after the `::`: what would end the command is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Text of a property: what would end the property is escaped too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_its_command_or_property() {
        assert_eq!(data("50%\r\n::error::x"), "50%25%0D%0A::error::x");
        assert_eq!(property("a,b:c%"), "a%2Cb%3Ac%25");
    }
}
