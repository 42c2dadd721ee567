//! The report for GitLab: Code Quality, a list that merge requests show beside the lines. GitLab compares the fingerprints of two reports to tell what is new.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::Report;
use crate::diagnostic::{Diagnostic, Fingerprint, Severity};

/// Writes one list.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Issues(report))?;
    writeln!(out)
}

/// The diagnostics, shaped one at a time as they are written.
struct Issues<'a>(&'a Report<'a>);

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.0;
        let open = report.listed().filter(|one| one.suppressed.is_none());
        serializer.collect_seq(open.map(|diagnostic| Issue::of(report, diagnostic)))
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    r#type: &'static str,
    check_name: &'a str,
    description: &'a str,
    categories: [&'static str; 1],
    severity: &'static str,
    fingerprint: Fingerprint,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl<'a> Issue<'a> {
    fn of(report: &Report<'a>, diagnostic: &'a Diagnostic) -> Self {
        let place = report.locate(diagnostic.primary);
        Self {
            r#type: "issue",
            check_name: &diagnostic.rule,
            description: &diagnostic.message,
            categories: [if diagnostic.rule.starts_with("secret/") {
                "Security"
            } else {
                "Bug Risk"
            }],
            severity: severity(diagnostic.severity),
            fingerprint: diagnostic.fingerprint,
            location: Location {
                path: place.project_path(),
                lines: Lines {
                    begin: place.start.line,
                    end: place.end.line.max(place.start.line),
                },
            },
        }
    }
}

/// One of `info`, `minor`, `major`, `critical` and `blocker`.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Info => "info",
    }
}
