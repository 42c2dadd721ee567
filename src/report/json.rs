//! The report for a program. Its form is a contract: what is here may grow, but no name changes its meaning.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::location::Location;
use super::{LeftOut, Report};
use crate::diagnostic::{Diagnostic, Fingerprint};
use crate::rules::Rule;
use crate::span::Position;

/// The version of the contract.
const VERSION: u32 = 1;

/// Writes one line of JSON.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: VERSION,
        tool: Tool {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        },
        files: report.files,
        test_data: report.test_data,
        known: report.test_data.known,
        findings: Findings(report),
    };
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}

/// Writes each finding as a line of JSON.
pub(super) fn write_lines(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules = report.rules_by_id();
    for diagnostic in report.listed() {
        let rule = rules.get(diagnostic.rule.as_ref()).map(|(_, rule)| *rule);
        serde_json::to_writer(&mut *out, &DiagnosticView::of(report, diagnostic, rule))?;
        writeln!(out)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    files: usize,
    test_data: LeftOut,
    #[serde(skip_serializing_if = "is_none")]
    known: usize,
    findings: Findings<'a>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_none(count: &usize) -> bool {
    *count == 0
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// The diagnostics, shaped one at a time as they are written: a report of 100,000 needs no second copy of them.
struct Findings<'a>(&'a Report<'a>);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rules = self.0.rules_by_id();
        serializer.collect_seq(self.0.listed().map(|diagnostic| {
            let rule = rules.get(diagnostic.rule.as_ref()).map(|(_, rule)| *rule);
            DiagnosticView::of(self.0, diagnostic, rule)
        }))
    }
}

#[derive(Serialize)]
struct DiagnosticView<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    aliases: Vec<&'a str>,
    path: &'a str,
    start: PositionView,
    end: PositionView,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'a str>,
    related: Vec<RelatedView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    members: Vec<MemberView<'a>>,
    help: &'a str,
    url: String,
    fingerprint: Fingerprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<SuppressedView<'a>>,
}

impl<'a> DiagnosticView<'a> {
    fn of(report: &Report<'a>, diagnostic: &'a Diagnostic, rule: Option<&'a Rule>) -> Self {
        let location = report.locate(diagnostic.primary);
        let related = diagnostic.related.iter().map(|label| RelatedView {
            message: &label.message,
            location: report.locate(label.at).into(),
        });
        let members = diagnostic.members.iter().map(|member| MemberView {
            rule: &member.rule,
            severity: member.severity.name(),
            message: &member.message,
            aliases: member.aliases.iter().map(AsRef::as_ref).collect(),
            location: report.locate(member.primary).into(),
        });
        let suppressed = diagnostic.suppressed.as_deref();
        Self {
            rule: &diagnostic.rule,
            severity: diagnostic.severity.name(),
            message: &diagnostic.message,
            aliases: diagnostic.aliases.iter().map(AsRef::as_ref).collect(),
            path: location.project_path(),
            start: location.start.into(),
            end: location.end.into(),
            resource: diagnostic.resource.as_deref(),
            related: related.collect(),
            members: members.collect(),
            help: diagnostic.help(rule),
            url: rule.and_then(Rule::url).unwrap_or_default(),
            fingerprint: diagnostic.fingerprint,
            suppressed: suppressed.map(|suppressed| SuppressedView {
                reason: suppressed.reason.as_deref(),
                location: report.locate(suppressed.at).into(),
            }),
        }
    }
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    start: PositionView,
    end: PositionView,
}

impl<'a> From<Location<'a>> for Place<'a> {
    fn from(location: Location<'a>) -> Self {
        Self {
            path: location.project_path(),
            start: location.start.into(),
            end: location.end.into(),
        }
    }
}

#[derive(Serialize)]
struct PositionView {
    line: u32,
    column: u32,
    offset: u32,
}

impl From<Position> for PositionView {
    fn from(position: Position) -> Self {
        Self {
            line: position.line,
            column: position.column,
            offset: position.offset,
        }
    }
}

#[derive(Serialize)]
struct RelatedView<'a> {
    message: &'a str,
    #[serde(flatten)]
    location: Place<'a>,
}

/// A finding that became part of another.
#[derive(Serialize)]
struct MemberView<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    aliases: Vec<&'a str>,
    #[serde(flatten)]
    location: Place<'a>,
}

#[derive(Serialize)]
struct SuppressedView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(flatten)]
    location: Place<'a>,
}
