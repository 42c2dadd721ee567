//! The reports keep their shape: SARIF fits its schema, JSON keeps its contract, annotations and text are as they were.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hullmark::finding::{
    Edit, Finding, Findings, Fingerprint, Location, Place, Related, Severity, Suppressed,
    fingerprints,
};
use hullmark::report::{Format, Report, write};
use hullmark::rules::{Body, Confidence, Rule};
use hullmark::sources::{Kind, Source};
use hullmark::span::{Lines, Span};
use serde_json::Value;

const DOCKERFILE: &str = "FROM alpine AS build\nRUN apk add curl && \\\n    curl http://x | sh\n\n\n\nFROM build\nUSER root\n";
const MANIFEST: &str =
    "apiVersion: v1\r\nkind: Pod\r\nmetadata: {name: \"wä\u{1F600}b\", x: 1}\r\n\tlast\r\n";

fn source(path: &str, text: &str) -> (Arc<str>, Arc<Source>) {
    let source = Source {
        path: path.into(),
        kind: Kind::Dockerfile,
        text: text.to_owned(),
        lines: Lines::of(text),
        surroundings: None,
    };
    (source.path.clone(), Arc::new(source))
}

fn located(source: &Source, span: Span) -> Location {
    Location {
        path: source.path.clone(),
        span,
        start: source.lines.position(&source.text, span.start),
        end: source.lines.position(&source.text, span.end),
    }
}

/// Where `needle` first stands in the source.
fn place_of(source: &Source, needle: &str) -> Location {
    let start = source.text.find(needle).unwrap();
    located(source, Span::new(start, start + needle.len()))
}

fn rule(id: &'static str, severity: Severity, category: &'static str) -> Rule {
    Rule {
        id: Cow::Borrowed(id),
        title: Cow::Borrowed("A fault in a few words"),
        description: Cow::Borrowed("Why `it` matters.\n"),
        related_resources: Cow::Owned(vec![Cow::Borrowed("https://example.com/more")]),
        severity,
        confidence: Confidence::High,
        category: Cow::Borrowed(category),
        message: Cow::Borrowed("unused {here}"),
        remediation: Cow::Borrowed("Mend it."),
        aliases: Cow::Owned(vec![Cow::Borrowed("hadolint:DL3006")]),
        conditions: Cow::Borrowed(&[]),
        is_default: true,
        profiles: Cow::Borrowed(&[]),
        fix: Cow::Borrowed("none"),
        settings: Cow::Borrowed(&[]),
        settings_example: Cow::Borrowed(""),
        tables: Cow::Borrowed(&[]),
        whole_tables: Cow::Borrowed(&[]),
        lookups: Cow::Borrowed(&[]),
        sizes: Cow::Borrowed(&[]),
        filters: Cow::Borrowed(&[]),
        guards: Cow::Borrowed(&[]),
        body: Body::Rego {
            program: 0,
            entry: 0,
        },
        bad: Cow::Borrowed(&[]),
        good: Cow::Borrowed(&[]),
    }
}

fn rules() -> Vec<Rule> {
    vec![
        rule("dockerfile/root-user", Severity::Error, "security"),
        rule("image/latest-tag", Severity::Warning, "reproducibility"),
        rule("kubernetes/odd-name", Severity::Info, "style"),
        rule("hullmark/unreadable-file", Severity::Error, "correctness"),
    ]
}

fn finding(rule: &str, severity: Severity, message: &str, location: Location) -> Box<Finding> {
    Box::new(Finding {
        rule: rule.into(),
        severity,
        message: message.to_owned(),
        aliases: Arc::from(["hadolint:DL3006".into()]),
        resource: None,
        place: Place::of(rule, &location.path, "stages/0"),
        location,
        related: Vec::new(),
        fix: Vec::new(),
        fingerprint: Fingerprint::default(),
        suppressed: None,
    })
}

/// A finding of every form: plain, with related places near, far and in another file, with a fix, set aside, on characters
/// of several bytes, over several lines, in a file without text, and with text that would steer a terminal.
struct Sample {
    sources: BTreeMap<Arc<str>, Arc<Source>>,
    rules: Vec<Rule>,
    findings: Findings,
}

impl Sample {
    fn report(&self) -> Report<'_> {
        Report {
            files: self.sources.len(),
            findings: &self.findings,
            rules: &self.rules,
            sources: &self.sources,
            show_suppressed: false,
        }
    }
}

fn sample() -> Sample {
    let sources = BTreeMap::from([
        source("docker/Docker file", DOCKERFILE),
        source("k8s/pod.yaml", MANIFEST),
        source("long.yaml", &long_line()),
    ]);
    let docker = &sources["docker/Docker file"];
    let pod = &sources["k8s/pod.yaml"];
    let long = &sources["long.yaml"];
    let mut tag = finding(
        "image/latest-tag",
        Severity::Warning,
        "image `alpine` has no fixed tag",
        place_of(docker, "alpine"),
    );
    tag.fix = vec![Edit {
        location: place_of(docker, "alpine"),
        text: "alpine:3.20".to_owned(),
    }];
    let script = finding(
        "image/latest-tag",
        Severity::Warning,
        "over two lines",
        place_of(docker, "curl && \\\n    curl"),
    );
    let mut root = finding(
        "dockerfile/root-user",
        Severity::Error,
        "the last stage runs as `root`",
        place_of(docker, "root"),
    );
    root.related = vec![
        Related {
            message: "it builds on [this] stage".to_owned(),
            location: place_of(docker, "build"),
        },
        Related {
            message: "and runs here".to_owned(),
            location: place_of(pod, "Pod"),
        },
    ];
    let mut aside = finding(
        "kubernetes/odd-name",
        Severity::Info,
        "set aside",
        place_of(pod, "kind"),
    );
    aside.suppressed = Some(Box::new(Suppressed {
        location: place_of(pod, "apiVersion"),
        reason: Some("known to be so".to_owned()),
    }));
    let mut odd = finding(
        "kubernetes/odd-name",
        Severity::Info,
        "name `w\u{1B}[31m` is 100%, odd",
        place_of(pod, "wä\u{1F600}b"),
    );
    odd.resource = Some("Pod/wäb".into());
    let clipped = finding(
        "kubernetes/odd-name",
        Severity::Info,
        "far to the right",
        place_of(long, "culprit"),
    );
    let lost = finding(
        "hullmark/unreadable-file",
        Severity::Error,
        "permission denied",
        Location {
            path: "no:such,file.yaml".into(),
            ..place_of(pod, "apiVersion")
        },
    );
    let mut findings = vec![tag, script, root, aside, odd, clipped, lost];
    fingerprints(&mut findings);
    Sample {
        rules: rules(),
        findings,
        sources,
    }
}

/// One line of 100 kB, with an escape sequence before the culprit.
fn long_line() -> String {
    format!(
        "a: [{}\u{1B}[0m culprit, {}]\n",
        "ä, ".repeat(20_000),
        "x, ".repeat(20_000)
    )
}

fn written(report: &Report, format: Format) -> String {
    let mut out = Vec::new();
    write(report, format, false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn pretty(json: &str) -> String {
    let value: Value = serde_json::from_str(json).unwrap();
    serde_json::to_string_pretty(&value).unwrap()
}

#[test]
fn text_shows_the_line_and_what_to_do() {
    insta::assert_snapshot!(written(&sample().report(), Format::Text));
}

#[test]
fn text_has_color_only_if_asked_and_never_a_files_escape_sequence() {
    let sample = sample();
    let mut colored = Vec::new();
    write(&sample.report(), Format::Text, true, &mut colored).unwrap();
    let colored = String::from_utf8(colored).unwrap();
    assert!(colored.contains("\u{1B}[") && !colored.contains("\u{1B}[0m culprit"));
    assert!(!written(&sample.report(), Format::Text).contains('\u{1B}'));
}

#[test]
fn a_long_line_is_clipped_around_the_culprit() {
    let text = written(&sample().report(), Format::Text);
    assert!(text.lines().all(|line| line.chars().count() < 260));
    let column = place_of(&source("long.yaml", &long_line()).1, "culprit")
        .start
        .column;
    assert!(text.contains(&format!("long.yaml:1:{column}")), "{text}");
}

#[test]
fn json_keeps_its_contract() {
    insta::assert_snapshot!(pretty(&written(&sample().report(), Format::Json)));
}

#[test]
fn what_was_set_aside_is_listed_only_if_asked() {
    let sample = sample();
    let mut report = sample.report();
    assert!(!written(&report, Format::Json).contains("set aside"));
    report.show_suppressed = true;
    let json: Value = serde_json::from_str(&written(&report, Format::Json)).unwrap();
    assert_eq!(
        json["findings"][3]["suppressed"]["reason"],
        "known to be so"
    );
    let sarif: Value = serde_json::from_str(&written(&report, Format::Sarif)).unwrap();
    let suppression = &sarif["runs"][0]["results"][3]["suppressions"][0];
    assert_eq!(suppression["justification"], "known to be so");
    assert!(written(&report, Format::Text).contains("set aside at k8s/pod.yaml:1:1: known"));
}

#[test]
fn annotations_escape_what_would_end_them() {
    insta::assert_snapshot!(written(&sample().report(), Format::Github));
}

#[test]
fn sarif_keeps_its_shape() {
    insta::assert_snapshot!(pretty(&written(&sample().report(), Format::Sarif)));
}

#[test]
fn sarif_fits_its_schema() {
    let schema = std::fs::read_to_string(schema_path()).unwrap();
    // The published schema has a bracket too many in one pattern.
    let schema = schema.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sample = sample();
    let mut report = sample.report();
    report.show_suppressed = true;
    for report in [
        report,
        Report {
            findings: &[],
            ..report
        },
        Report {
            rules: &[],
            ..report
        },
    ] {
        let sarif: Value = serde_json::from_str(&written(&report, Format::Sarif)).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&sarif)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert_eq!(faults, Vec::<String>::new());
    }
}

/// The OASIS schema lies in the sources of `serde-sarif`, which is generated from it. Only this platform is asked about: what
/// others need is not here, and nothing may be fetched.
fn schema_path() -> PathBuf {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let version = Command::new(rustc).arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let metadata = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--offline", "--locked"])
        .args(["--filter-platform", host.unwrap()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages
        .iter()
        .find(|p| p["name"] == "serde-sarif")
        .unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    manifest.with_file_name("src").join("schema.json")
}

#[test]
fn sarif_says_what_github_needs() {
    let sample = sample();
    let empty = Report {
        findings: &[],
        ..sample.report()
    };
    let clean: Value = serde_json::from_str(&written(&empty, Format::Sarif)).unwrap();
    let full: Value = serde_json::from_str(&written(&sample.report(), Format::Sarif)).unwrap();
    assert_eq!(clean["runs"][0]["results"], Value::Array(Vec::new()));
    assert_eq!(
        clean["runs"][0]["tool"], full["runs"][0]["tool"],
        "rules depend on findings"
    );
    let rules = full["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    for rule in rules {
        for key in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[key]["text"].as_str().unwrap().is_empty());
        }
        let properties = &rule["properties"];
        let is_security = properties["tags"][0] == "security";
        assert_eq!(properties["security-severity"].is_string(), is_security);
        assert_eq!(properties["problem.severity"].is_string(), !is_security);
    }
    for result in full["runs"][0]["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(region[key].as_u64().unwrap() >= 1);
        }
        let links = result["message"]["text"]
            .as_str()
            .unwrap()
            .matches("](")
            .count();
        assert_eq!(
            links,
            result["relatedLocations"].as_array().map_or(0, Vec::len)
        );
    }
}

#[test]
fn an_empty_report_has_a_word_for_it() {
    let sample = sample();
    let report = Report {
        findings: &[],
        files: 1,
        ..sample.report()
    };
    assert_eq!(written(&report, Format::Text), "no findings in 1 file\n");
    assert_eq!(written(&report, Format::Github), "");
    assert!(written(&report, Format::Json).contains("\"findings\":[]"));
}

#[test]
fn fingerprints_are_unique_and_outlive_moved_lines() {
    let mut sample = sample();
    let twin = sample.findings[0].clone();
    sample.findings.insert(1, twin);
    fingerprints(&mut sample.findings);
    let prints: BTreeSet<_> = sample.findings.iter().map(|f| f.fingerprint).collect();
    assert_eq!(prints.len(), sample.findings.len());
    let mut moved = sample.findings.clone();
    for finding in &mut moved {
        finding.location.start.line += 7;
        finding.location.span.start += 70;
    }
    fingerprints(&mut moved);
    assert!(
        moved
            .iter()
            .zip(&sample.findings)
            .all(|(a, b)| a.fingerprint == b.fingerprint)
    );
}

#[test]
fn a_format_is_named_by_one_word() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    let error = "xml".parse::<Format>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown format `xml`: text, json, sarif or github"
    );
}

/// Places that no parser should give still cost no more than a poor picture.
#[test]
fn impossible_places_do_not_panic() {
    let sample = sample();
    let source = &sample.sources["k8s/pod.yaml"];
    let length = u32::try_from(source.text.len()).unwrap();
    let mut findings = Vec::new();
    for start in 0..=length + 2 {
        for end in [start, start + 1, start + 9, length, length + 9] {
            let location = located(source, Span { start, end });
            findings.push(finding("image/latest-tag", Severity::Info, "odd", location));
        }
    }
    let mut beyond = findings[0].clone();
    beyond.location.start.line = 99;
    beyond.location.end.line = u32::MAX;
    beyond.location.span = Span {
        start: 9000,
        end: 3,
    };
    findings.push(beyond);
    let report = Report {
        findings: &findings,
        ..sample.report()
    };
    for format in Format::ALL {
        written(&report, format);
    }
}

/// Debug builds are slow and machines differ, so the bound is far above what is needed; `benches/` measures.
#[test]
fn ten_thousand_findings_in_one_large_file_take_no_time() {
    let text = "key: value\n".repeat(400_000);
    let sources = BTreeMap::from([source("large.yaml", &text)]);
    let large = &sources["large.yaml"];
    let findings: Findings = (0..10_000)
        .map(|number| {
            let start = number * 11 * 40 + 5;
            let location = located(large, Span::new(start, start + 5));
            finding("image/latest-tag", Severity::Info, "again", location)
        })
        .collect();
    let report = Report {
        files: 1,
        findings: &findings,
        rules: &rules(),
        sources: &sources,
        show_suppressed: false,
    };
    let begin = Instant::now();
    written(&report, Format::Text);
    assert!(begin.elapsed() < Duration::from_secs(10));
}
