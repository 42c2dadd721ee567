//! The report for a GitHub job's log: one workflow command a diagnostic, which GitHub shows on the changed line.

use std::io::{self, Write};

use super::Report;
use super::clean::{clean, clean_lines};
use super::location::Location;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;

/// Writes a line for every listed diagnostic.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules = report.rules_by_id();
    for diagnostic in report.listed() {
        let rule = rules.get(diagnostic.rule.as_ref()).map(|(_, rule)| *rule);
        let location = report.locate(diagnostic.primary);
        writeln!(out, "{}", command(diagnostic, &location, rule))?;
    }
    Ok(())
}

fn command(diagnostic: &Diagnostic, location: &Location, rule: Option<&Rule>) -> String {
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
    let mut message = clean(&diagnostic.message).into_owned();
    let help = diagnostic.help(rule);
    if !help.is_empty() {
        message.push('\n');
        message.push_str(&clean_lines(help));
    }
    format!(
        "::{level} file={path},line={line},endLine={end_line}{columns},title={title}::{message}",
        path = property(&clean(location.path())),
        line = start.line,
        end_line = end.line,
        title = property(&diagnostic.rule),
        message = data(&message),
    )
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
