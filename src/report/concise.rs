//! The report with one line a finding: `path:line:column: severity[rule] message`.

use std::io::{self, Write};

use super::Report;
use super::summary::{left_out, summary};
use crate::inert::clean;

/// Writes a line for every listed diagnostic and a line that counts them.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in report.listed() {
        let place = report.locate(diagnostic.primary).shown();
        let severity = diagnostic.severity.name();
        let rule = clean(&diagnostic.rule);
        let message = clean(&diagnostic.message);
        write!(out, "{place}: {severity}[{rule}] {message}")?;
        if let Some(suppressed) = &diagnostic.suppressed {
            let at = report.locate(suppressed.at).shown();
            write!(out, " (suppressed at {at})")?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", summary(report))?;
    match left_out(report) {
        Some(line) => writeln!(out, "{line}"),
        None => Ok(()),
    }
}
