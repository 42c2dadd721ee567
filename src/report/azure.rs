//! The report for the log of Azure Pipelines: one logging command a finding, which the summary of a run lists as an issue.

use std::io::{self, Write};

use super::Report;
use super::summary::{left_out, summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::inert::clean;

/// Writes a line for every listed diagnostic, and a line that counts them.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in report.listed().filter(|one| one.suppressed.is_none()) {
        writeln!(out, "{}", command(report, diagnostic))?;
    }
    writeln!(out, "{}", summary(report))?;
    match left_out(report) {
        Some(line) => writeln!(out, "{line}"),
        None => Ok(()),
    }
}

fn command(report: &Report, diagnostic: &Diagnostic) -> String {
    let place = report.locate(diagnostic.primary);
    // There are issues of two types.
    let (kind, advice) = match diagnostic.severity {
        Severity::Error => ("error", ""),
        Severity::Warning => ("warning", ""),
        Severity::Info => ("warning", "info: "),
    };
    format!(
        "##vso[task.logissue type={kind};sourcepath={path};linenumber={line};columnnumber={column};code={rule};]{message}",
        path = property(&clean(place.project_path())),
        line = place.start.line,
        column = place.start.column,
        rule = property(&diagnostic.rule),
        message = data(&clean(&format!(
            "{advice}{}: {}",
            diagnostic.rule, diagnostic.message
        ))),
    )
}

/// Text after the bracket: what would end the command is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%AZP25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Text of a property: what would end the property, or all of them, is escaped too.
fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_its_command_or_property() {
        assert_eq!(data("50%\r\n]x"), "50%AZP25%0D%0A]x");
        assert_eq!(property("a;b]c%"), "a%3Bb%5Dc%AZP25");
    }
}
