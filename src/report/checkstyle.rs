//! The report as Checkstyle writes it, which many plugins of CI servers read: files with their errors.

use std::io::{self, Write};

use super::Report;
use super::xml::Document;
use crate::diagnostic::Diagnostic;

/// The version of Checkstyle whose format it is; readers look at it.
const VERSION: &str = "8.0";

/// Writes one document.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut document = Document::begin(out)?;
    document.open("checkstyle", &[("version", VERSION)])?;
    let mut last: Option<&str> = None;
    for diagnostic in report.listed().filter(|one| one.suppressed.is_none()) {
        let path = report.locate(diagnostic.primary).project_path();
        if last != Some(path) {
            if last.is_some() {
                document.close("file")?;
            }
            document.open("file", &[("name", path)])?;
            last = Some(path);
        }
        error(report, diagnostic, &mut document)?;
    }
    if last.is_some() {
        document.close("file")?;
    }
    document.close("checkstyle")?;
    document.end()
}

fn error(report: &Report, diagnostic: &Diagnostic, document: &mut Document<'_>) -> io::Result<()> {
    let place = report.locate(diagnostic.primary);
    document.empty(
        "error",
        &[
            ("line", &place.start.line.to_string()),
            ("column", &place.start.column.to_string()),
            ("severity", diagnostic.severity.name()),
            ("message", &diagnostic.message),
            ("source", &format!("hullmark.{}", diagnostic.rule)),
        ],
    )
}
