//! The report for `SonarQube`: generic issues, with the rules of the run. Columns count 16-bit units from 0, and a range that is empty or goes past its line is
//! refused with all of the report, so it is left out.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::rules::documentation::documentation;
use crate::span::{FileSpan, PositionEncoding};

/// The engine that all rules are of.
const ENGINE: &str = "hullmark";

/// How many related places of one issue are written.
const MOST_RELATED: usize = 100;

/// Writes one document.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        rules: report.rules.iter().map(RuleView::of).collect(),
        issues: Issues(report),
    };
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Document<'a> {
    rules: Vec<RuleView<'a>>,
    issues: Issues<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleView<'a> {
    id: &'a str,
    name: &'a str,
    description: &'a str,
    engine_id: &'static str,
    clean_code_attribute: &'static str,
    r#type: &'static str,
    severity: &'static str,
    impacts: [Impact; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Impact {
    software_quality: &'static str,
    severity: &'static str,
}

impl<'a> RuleView<'a> {
    fn of(rule: &'a Rule) -> Self {
        let is_security = rule.category == "security" || rule.domain() == "secret";
        let (attribute, quality, kind) = match rule.category.as_ref() {
            _ if is_security => ("TRUSTWORTHY", "SECURITY", "VULNERABILITY"),
            "correctness" => ("LOGICAL", "RELIABILITY", "BUG"),
            _ => ("CONVENTIONAL", "MAINTAINABILITY", "CODE_SMELL"),
        };
        let (impact, severity) = match rule.severity {
            Severity::Error => ("HIGH", "CRITICAL"),
            Severity::Warning => ("MEDIUM", "MAJOR"),
            Severity::Info => ("LOW", "MINOR"),
        };
        Self {
            id: &rule.id,
            name: &rule.title,
            description: documentation(rule).description.trim_end(),
            engine_id: ENGINE,
            clean_code_attribute: attribute,
            r#type: kind,
            severity,
            impacts: [Impact {
                software_quality: quality,
                severity: impact,
            }],
        }
    }
}

/// The diagnostics, shaped one at a time as they are written.
struct Issues<'a>(&'a Report<'a>);

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.0;
        let rules = report.rules_by_id();
        // An issue of a rule that is not described makes the import fail.
        let known = report
            .listed()
            .filter(|one| one.suppressed.is_none() && rules.contains_key(one.rule.as_ref()));
        serializer.collect_seq(known.map(|diagnostic| Issue::of(report, diagnostic)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Issue<'a> {
    rule_id: &'a str,
    primary_location: Place<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    secondary_locations: Vec<Place<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    message: &'a str,
    file_path: &'a str,
    text_range: Range,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Range {
    start_line: u32,
    #[serde(flatten)]
    rest: Option<Rest>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rest {
    end_line: u32,
    start_column: u32,
    end_column: u32,
}

impl<'a> Issue<'a> {
    fn of(report: &Report<'a>, diagnostic: &'a Diagnostic) -> Self {
        let related = diagnostic.related.iter().take(MOST_RELATED);
        Self {
            rule_id: &diagnostic.rule,
            primary_location: place(report, diagnostic.primary, &diagnostic.message),
            secondary_locations: related
                .map(|label| place(report, label.at, &label.message))
                .collect(),
        }
    }
}

fn place<'a>(report: &Report<'a>, at: FileSpan, message: &'a str) -> Place<'a> {
    let place = report.locate(at);
    let (start, end) = place.range(PositionEncoding::Utf16);
    let is_range = (start.line, start.column) < (end.line, end.column) && end.column > 1;
    Place {
        message,
        file_path: place.project_path(),
        text_range: Range {
            start_line: start.line,
            rest: is_range.then(|| Rest {
                end_line: end.line,
                start_column: start.column - 1,
                end_column: end.column - 1,
            }),
        },
    }
}
