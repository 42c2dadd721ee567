//! The report for a program. Its form is a contract: what stands here may grow, but no name changes its meaning.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::Report;
use crate::finding::{Edit, Finding, Fingerprint, Location, Related, Suppressed};
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
        findings: Findings(report),
    };
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    files: usize,
    findings: Findings<'a>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// The findings, shaped one at a time as they are written: a report of 100,000 needs no second copy of them.
struct Findings<'a>(&'a Report<'a>);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rules = self.0.rules_by_id();
        serializer.collect_seq(self.0.listed().map(|finding| {
            let rule = rules.get(finding.rule.as_ref()).map(|(_, rule)| *rule);
            FindingView::of(finding, rule)
        }))
    }
}

#[derive(Serialize)]
struct FindingView<'a> {
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
    help: &'a str,
    url: String,
    fingerprint: Fingerprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<SuppressedView<'a>>,
}

impl<'a> FindingView<'a> {
    fn of(finding: &'a Finding, rule: Option<&'a Rule>) -> Self {
        Self {
            rule: &finding.rule,
            severity: finding.severity.name(),
            message: &finding.message,
            aliases: finding.aliases.iter().map(AsRef::as_ref).collect(),
            path: &finding.location.path,
            start: finding.location.start.into(),
            end: finding.location.end.into(),
            resource: finding.resource.as_deref(),
            related: finding.related.iter().map(RelatedView::of).collect(),
            help: rule.map_or("", |rule| rule.remediation.trim_end()),
            url: rule.and_then(Rule::url).unwrap_or_default(),
            fingerprint: finding.fingerprint,
            fix: FixView::of(&finding.fix),
            suppressed: finding.suppressed.as_deref().map(SuppressedView::of),
        }
    }
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    start: PositionView,
    end: PositionView,
}

impl<'a> Place<'a> {
    fn of(location: &'a Location) -> Self {
        Self {
            path: &location.path,
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

impl<'a> RelatedView<'a> {
    fn of(related: &'a Related) -> Self {
        Self {
            message: &related.message,
            location: Place::of(&related.location),
        }
    }
}

#[derive(Serialize)]
struct FixView<'a> {
    edits: Vec<EditView<'a>>,
}

impl<'a> FixView<'a> {
    fn of(edits: &'a [Edit]) -> Option<Self> {
        if edits.is_empty() {
            return None;
        }
        Some(Self {
            edits: edits.iter().map(EditView::of).collect(),
        })
    }
}

#[derive(Serialize)]
struct EditView<'a> {
    #[serde(flatten)]
    location: Place<'a>,
    text: &'a str,
}

impl<'a> EditView<'a> {
    fn of(edit: &'a Edit) -> Self {
        Self {
            location: Place::of(&edit.location),
            text: &edit.text,
        }
    }
}

#[derive(Serialize)]
struct SuppressedView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(flatten)]
    location: Place<'a>,
}

impl<'a> SuppressedView<'a> {
    fn of(suppressed: &'a Suppressed) -> Self {
        Self {
            reason: suppressed.reason.as_deref(),
            location: Place::of(&suppressed.location),
        }
    }
}
