//! The report for reviewdog, which comments on the changed lines of a pull request at many hosts: its Diagnostic Format, as one document or one finding a line.
//! Columns count bytes from 1, and an end is behind the last one.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::span::{FileSpan, Position, PositionEncoding};

/// Who says it.
const SOURCE: Source = Source {
    name: "hullmark",
    url: "https://github.com/hullmark/hullmark",
};

/// Writes one document.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        source: SOURCE,
        diagnostics: Diagnostics(report),
    };
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}

/// Writes each finding as a line.
pub(super) fn write_lines(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules = report.rules_by_id();
    for diagnostic in report.listed().filter(|one| one.suppressed.is_none()) {
        let rule = rules.get(diagnostic.rule.as_ref()).map(|(_, rule)| *rule);
        let mut found = Found::of(report, diagnostic, rule);
        found.source = Some(SOURCE);
        serde_json::to_writer(&mut *out, &found)?;
        writeln!(out)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    source: Source,
    diagnostics: Diagnostics<'a>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

/// The diagnostics, shaped one at a time as they are written.
struct Diagnostics<'a>(&'a Report<'a>);

impl Serialize for Diagnostics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.0;
        let rules = report.rules_by_id();
        let open = report.listed().filter(|one| one.suppressed.is_none());
        serializer.collect_seq(open.map(|diagnostic| {
            let rule = rules.get(diagnostic.rule.as_ref()).map(|(_, rule)| *rule);
            Found::of(report, diagnostic, rule)
        }))
    }
}

#[derive(Serialize)]
struct Found<'a> {
    message: String,
    location: Place<'a>,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    code: Code<'a>,
    #[serde(rename = "relatedLocations", skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: At,
    end: At,
}

#[derive(Serialize)]
struct At {
    line: u32,
    column: u32,
}

impl From<Position> for At {
    fn from(position: Position) -> Self {
        Self {
            line: position.line,
            column: position.column,
        }
    }
}

impl<'a> Found<'a> {
    fn of(report: &Report<'a>, diagnostic: &'a Diagnostic, rule: Option<&Rule>) -> Self {
        let help = diagnostic.help(rule);
        let message = if help.is_empty() {
            diagnostic.message.clone()
        } else {
            format!("{}\n{help}", diagnostic.message)
        };
        let related = diagnostic.related.iter().map(|label| Related {
            message: &label.message,
            location: place(report, label.at),
        });
        Self {
            message,
            location: place(report, diagnostic.primary),
            severity: severity(diagnostic.severity),
            source: None,
            code: Code {
                value: &diagnostic.rule,
                url: rule.and_then(Rule::url),
            },
            related: related.collect(),
        }
    }
}

fn place<'a>(report: &Report<'a>, at: FileSpan) -> Place<'a> {
    let place = report.locate(at);
    let (start, end) = place.range(PositionEncoding::Utf8);
    Place {
        path: place.project_path(),
        range: Range {
            start: start.into(),
            end: end.into(),
        },
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    }
}
