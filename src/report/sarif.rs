//! The report for code scanning: SARIF 2.1.0 as GitHub reads it.
//!
//! GitHub shows an alert on a pull request only if all lines of its region were changed, so the region is the culprit
//! alone and everything else is a related location, which GitHub shows only if the message links to it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use serde_sarif::sarif;

use super::Report;
use super::location::Location;
use crate::diagnostic::{Diagnostic, Label, Severity, SuppressedBy};
use crate::rules::documentation::documentation;
use crate::rules::{Confidence, Rule};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// GitHub keeps the analyses of one tool apart by the part of the id up to the last slash.
const AUTOMATION: &str = "hullmark/";
/// The name that GitHub gives the root of the repository.
const ROOT: &str = "%SRCROOT%";
/// GitHub cuts a full description here.
const LONGEST_DESCRIPTION: usize = 1024;
/// GitHub refuses a result with more locations.
const MOST_RELATED: usize = 100;

/// Writes one log with one run.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: tool(report.rules),
            invocations: [sarif::Invocation::builder()
                .execution_successful(true)
                .build()],
            automation_details: sarif::RunAutomationDetails::builder()
                .id(AUTOMATION)
                .build(),
            column_kind: "unicodeCodePoints",
            results: Results(report),
        }],
    };
    serde_json::to_writer(&mut *out, &log)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

/// `sarif::Run` with results that are made one at a time as they are written: one of its results weighs a kilobyte
/// before anything is said, and there may be 100,000.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: sarif::Tool,
    invocations: [sarif::Invocation; 1],
    automation_details: sarif::RunAutomationDetails,
    column_kind: &'static str,
    results: Results<'a>,
}

struct Results<'a>(&'a Report<'a>);

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rules = self.0.rules_by_id();
        serializer.collect_seq(self.0.listed().map(|diagnostic| {
            let number = rules.get(diagnostic.rule.as_ref());
            result(self.0, diagnostic, number.map(|(number, _)| *number))
        }))
    }
}

fn tool(rules: &[Rule]) -> sarif::Tool {
    let version = env!("CARGO_PKG_VERSION");
    let driver = sarif::ToolComponent::builder()
        .name(env!("CARGO_PKG_NAME"))
        .version(version)
        .semantic_version(version)
        .information_uri(env!("CARGO_PKG_REPOSITORY"))
        .rules(rules.iter().map(descriptor).collect::<Vec<_>>())
        .build();
    driver.into()
}

/// A rule, in words that are the same in every run.
fn descriptor(rule: &Rule) -> sarif::ReportingDescriptor {
    let configuration = sarif::ReportingConfiguration::builder()
        .enabled(rule.is_default)
        .level(json!(level(rule.severity)))
        .build();
    let mut descriptor = sarif::ReportingDescriptor::builder()
        .id(rule.id.as_ref())
        .name(pascal(&rule.id))
        .short_description(plain(rule.title.trim()))
        .full_description(plain(shorten(documentation(rule).description.trim_end())))
        .help(help(rule))
        .default_configuration(configuration)
        .properties(properties(rule))
        .build();
    descriptor.help_uri = rule.url();
    descriptor
}

fn plain(text: &str) -> sarif::MultiformatMessageString {
    sarif::MultiformatMessageString::builder()
        .text(text)
        .build()
}

/// Why it matters, what to do, and where else the rule is known: the same in plain text and in markdown, because the
/// description is markdown that reads well as it is.
fn help(rule: &Rule) -> sarif::MultiformatMessageString {
    let documentation = documentation(rule);
    let (description, how_to_fix) = (
        documentation.description.trim_end(),
        documentation.how_to_fix.trim_end(),
    );
    let mut text = format!("{description}\n\n{how_to_fix}\n");
    let mut markdown = format!("{description}\n\n**How to fix:** {how_to_fix}\n");
    if !rule.aliases.is_empty() {
        let _ = write!(text, "\nAlso known as: {}\n", rule.aliases.join(", "));
        let aliases = rule.aliases.join("`, `");
        let _ = write!(markdown, "\n**Also known as:** `{aliases}`\n");
    }
    let url = rule.url();
    let pages = url.as_deref().into_iter();
    let others = documentation.related_resources.iter().map(String::as_str);
    let pages = pages.chain(others.filter(|page| Some(*page) != url.as_deref()));
    for (number, page) in pages.enumerate() {
        let space = if number == 0 { "\n" } else { "" };
        let _ = writeln!(text, "{space}{page}");
        let _ = writeln!(markdown, "{space}- <{page}>");
    }
    sarif::MultiformatMessageString::builder()
        .text(text)
        .markdown(markdown)
        .build()
}

fn properties(rule: &Rule) -> sarif::PropertyBag {
    let mut tags = vec![rule.category.to_string()];
    if rule.domain() != rule.category {
        tags.push(rule.domain().to_owned());
    }
    let precision = match rule.confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    };
    let mut more = BTreeMap::from([("precision".to_owned(), json!(precision))]);
    // GitHub ranks a rule by one of the two: the score if it is about security, the word if not.
    let (key, value) = if rule.category == "security" {
        ("security-severity", score(rule.severity))
    } else {
        ("problem.severity", problem_severity(rule.severity))
    };
    more.insert(key.to_owned(), json!(value));
    sarif::PropertyBag::builder()
        .tags(tags)
        .additional_properties(more)
        .build()
}

/// In GitHub's bands: from 7.0 high, from 4.0 medium, below low.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "8.0",
        Severity::Warning => "5.5",
        Severity::Info => "2.0",
    }
}

fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    }
}

fn level(severity: Severity) -> sarif::ResultLevel {
    match severity {
        Severity::Error => sarif::ResultLevel::Error,
        Severity::Warning => sarif::ResultLevel::Warning,
        Severity::Info => sarif::ResultLevel::Note,
    }
}

fn result(report: &Report, diagnostic: &Diagnostic, rule: Option<usize>) -> sarif::Result {
    let related = &diagnostic.related[..diagnostic.related.len().min(MOST_RELATED)];
    let mut result = sarif::Result::builder()
        .rule_id(diagnostic.rule.as_ref())
        .level(level(diagnostic.severity))
        .message(sarif::Message::builder().text(message(diagnostic)).build())
        .locations(vec![location(&report.locate(diagnostic.primary))])
        .partial_fingerprints(BTreeMap::from([
            (
                "primaryLocationLineHash".to_owned(),
                diagnostic.fingerprint.to_string(),
            ),
            ("hullmark/v1".to_owned(), diagnostic.fingerprint.to_string()),
        ]))
        .build();
    result.rule_index = rule.and_then(|number| i64::try_from(number).ok());
    if !related.is_empty() {
        result.related_locations = Some(
            (1..)
                .zip(related)
                .map(|related| related_location(report, related))
                .collect(),
        );
    }
    if let Some(suppressed) = &diagnostic.suppressed {
        result.suppressions = Some(vec![suppression(report, suppressed)]);
    }
    let more = [
        ("severity", Some(Value::from(diagnostic.severity.name()))),
        ("aliases", aliases(diagnostic)),
        ("members", members(diagnostic)),
        ("resource", diagnostic.resource.as_deref().map(Value::from)),
        // The help of the rule is the same for all; what is filled in for this place is here.
        ("help", diagnostic.help.as_deref().map(Value::from)),
    ];
    let more = more
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    result.properties = Some(
        sarif::PropertyBag::builder()
            .additional_properties(more.collect::<BTreeMap<_, _>>())
            .build(),
    );
    result
}

fn aliases(diagnostic: &Diagnostic) -> Option<Value> {
    let aliases: Vec<&str> = diagnostic.aliases.iter().map(AsRef::as_ref).collect();
    (!aliases.is_empty()).then(|| Value::from(aliases))
}

/// The ids of the rules that a family's finding was made of.
fn members(diagnostic: &Diagnostic) -> Option<Value> {
    let members = diagnostic.members.iter();
    let members: Vec<&str> = members.map(|member| member.rule.as_ref()).collect();
    (!members.is_empty()).then(|| Value::from(members))
}

/// The message, and after it a link to each related place.
fn message(diagnostic: &Diagnostic) -> String {
    let mut text = if diagnostic.message.contains("](") {
        escape_link(&diagnostic.message)
    } else {
        diagnostic.message.clone()
    };
    for (id, related) in (1..=MOST_RELATED).zip(&diagnostic.related) {
        let stop = if id == 1 { ". See" } else { "," };
        let _ = write!(text, "{stop} [{}]({id})", escape_link(&related.message));
    }
    text
}

/// What would end a link's text, or begin a link, is escaped.
fn escape_link(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}

fn related_location(report: &Report, (id, related): (i64, &Label)) -> sarif::Location {
    let mut location = location(&report.locate(related.at));
    location.id = Some(id);
    location.message = Some(related.message.as_str().into());
    location
}

fn suppression(report: &Report, suppressed: &SuppressedBy) -> sarif::Suppression {
    let mut suppression = sarif::Suppression::builder()
        .kind(json!("inSource"))
        .status(json!("accepted"))
        .location(location(&report.locate(suppressed.at)))
        .build();
    suppression.justification.clone_from(&suppressed.reason);
    suppression
}

fn location(location: &Location) -> sarif::Location {
    let physical = sarif::PhysicalLocation::builder()
        .artifact_location(artifact(location.project_path()))
        .region(region(location))
        .build();
    sarif::Location::builder()
        .physical_location(physical)
        .build()
}

fn region(location: &Location) -> sarif::Region {
    let (start, end) = (location.start, location.end);
    sarif::Region::builder()
        .start_line(start.line.max(1))
        .start_column(start.column.max(1))
        .end_line(end.line.max(start.line).max(1))
        .end_column(end.column.max(1))
        .build()
}

fn artifact(path: &str) -> sarif::ArtifactLocation {
    if path.starts_with('/') {
        return sarif::ArtifactLocation::builder()
            .uri(format!("file://{}", percent_encode(path)))
            .build();
    }
    sarif::ArtifactLocation::builder()
        .uri(percent_encode(path))
        .uri_base_id(ROOT)
        .build()
}

/// A path as a URI reference: everything but letters, digits, `-._~` and `/` is encoded.
fn percent_encode(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// `image/latest-tag` as `ImageLatestTag`: SARIF wants a rule's name as an identifier.
fn pascal(id: &str) -> String {
    let words = id.split(['/', '-', '_']);
    let words = words.map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect()
}

/// The text, cut between words where GitHub would cut it anyhow.
fn shorten(text: &str) -> &str {
    if text.chars().count() <= LONGEST_DESCRIPTION {
        return text;
    }
    let end = text
        .char_indices()
        .nth(LONGEST_DESCRIPTION)
        .map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or(text);
    head.rsplit_once(char::is_whitespace)
        .map_or(head, |(before, _)| before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(
            percent_encode("a b/ä:100%.yml"),
            "a%20b/%C3%A4%3A100%25.yml"
        );
    }

    #[test]
    fn a_name_is_an_identifier() {
        assert_eq!(pascal("image/latest-tag"), "ImageLatestTag");
    }

    #[test]
    fn a_description_is_cut_between_words() {
        let text = "word ".repeat(300);
        let short = shorten(&text);
        assert!(short.chars().count() <= LONGEST_DESCRIPTION && short.ends_with("word"));
    }
}
