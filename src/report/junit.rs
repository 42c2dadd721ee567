//! The report as results of tests, in the XML of `JUnit`: a suite for each file with findings, a failed test for each of these.

use std::io::{self, Write};

use super::Report;
use super::summary::plural;
use super::xml::Document;
use crate::diagnostic::Diagnostic;
use crate::rules::Rule;

/// The name of all suites together.
const NAME: &str = "hullmark";

/// Writes one document.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules = report.rules_by_id();
    let open: Vec<&Diagnostic> = report
        .listed()
        .filter(|one| one.suppressed.is_none())
        .collect();
    let path = |one: &Diagnostic| report.locate(one.primary).project_path();
    let all = open.len();
    let mut document = Document::begin(out)?;
    document.open(
        "testsuites",
        &counted(NAME, all.max(1), &all.to_string()).each(),
    )?;
    if all == 0 {
        // A report without tests is taken for a mistake.
        document.open("testsuite", &counted(NAME, 1, "0").each())?;
        let name = format!("no findings in {}", plural(report.files, "file"));
        document.empty(
            "testcase",
            &[("name", &name), ("classname", NAME), ("time", "0")],
        )?;
        document.close("testsuite")?;
    }
    for suite in open.chunk_by(|a, b| a.primary.file == b.primary.file) {
        let (file, count) = (path(suite[0]), suite.len());
        document.open(
            "testsuite",
            &counted(file, count, &count.to_string()).each(),
        )?;
        for diagnostic in suite {
            let rule = rules.get(diagnostic.rule.as_ref()).map(|(_, rule)| *rule);
            case(report, diagnostic, rule, &mut document)?;
        }
        document.close("testsuite")?;
    }
    document.close("testsuites")?;
    document.end()
}

/// The attributes of suites.
struct Counts<'n> {
    name: &'n str,
    tests: String,
    failures: String,
}

fn counted<'n>(name: &'n str, tests: usize, failures: &str) -> Counts<'n> {
    Counts {
        name,
        tests: tests.to_string(),
        failures: failures.to_owned(),
    }
}

impl Counts<'_> {
    fn each(&self) -> [(&str, &str); 5] {
        [
            ("name", self.name),
            ("tests", &self.tests),
            ("failures", &self.failures),
            ("errors", "0"),
            ("time", "0"),
        ]
    }
}

fn case(
    report: &Report,
    diagnostic: &Diagnostic,
    rule: Option<&Rule>,
    document: &mut Document<'_>,
) -> io::Result<()> {
    let place = report.locate(diagnostic.primary);
    let path = place.project_path();
    let at = format!("{}:{}", place.start.line, place.start.column);
    let name = format!("{} at {at}", diagnostic.rule);
    document.open(
        "testcase",
        &[("name", &name), ("classname", path), ("time", "0")],
    )?;
    let help = diagnostic.help(rule);
    let text = format!("{path}:{at}: {}\n{help}", diagnostic.message);
    let attributes = [
        ("message", diagnostic.message.as_str()),
        ("type", diagnostic.severity.name()),
    ];
    document.text("failure", &attributes, text.trim_end())?;
    document.close("testcase")
}
