//! The reports keep their shape: SARIF fits its schema, JSON keeps its contract, annotations and text are as they were.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hullmark::diagnostic::{
    Diagnostic, Diagnostics, Fingerprint, FingerprintKey, Label, Severity, SuppressedBy,
    fingerprints,
};
use hullmark::report::{Format, LeftOut, Report, Style, write};
use hullmark::rules::{Confidence, Documentation, Rule};
use hullmark::sources::{Kind, Source};
use hullmark::span::{FileId, FileSpan, Span};
use serde_json::Value;

const DOCKERFILE: &str = "FROM alpine AS build\nRUN apk add curl && \\\n    curl http://x | sh\n\n\n\nFROM build\nUSER root\n";
const MANIFEST: &str =
    "apiVersion: v1\r\nkind: Pod\r\nmetadata: {name: \"wä\u{1F600}b\", x: 1}\r\n\tlast\r\n";

type Sources = BTreeMap<FileId, Arc<Source>>;

fn sources(files: &[(&str, &str)]) -> Sources {
    let files = (0..).map(FileId::new).zip(files);
    let files = files.map(|(id, (path, text))| {
        let source = Source::new(id, *path, Kind::Dockerfile, *text);
        (id, Arc::new(source))
    });
    files.collect()
}

/// Where `needle` first is in the source.
fn place_of(source: &Source, needle: &str) -> FileSpan {
    let start = source.text.find(needle).unwrap();
    FileSpan::new(source.id(), Span::new(start, start + needle.len()))
}

fn rule(id: &'static str, severity: Severity, category: &'static str) -> Rule {
    Rule {
        id: Cow::Borrowed(id),
        title: Cow::Borrowed("A fault in a few words"),
        severity,
        confidence: Confidence::High,
        category: Cow::Borrowed(category),
        message: Cow::Borrowed("unused {here}"),
        remediation: Cow::Borrowed("Fix it."),
        aliases: Cow::Owned(vec![Cow::Borrowed("hadolint:DL3006")]),
        is_default: true,
        fix: Cow::Borrowed("none"),
        documentation: Some(Box::new(Documentation {
            description: "Why `it` matters.\n".to_owned(),
            related_resources: vec!["https://example.com/more".to_owned()],
            ..Documentation::default()
        })),
        ..Rule::default()
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

fn diagnostic(rule: &str, severity: Severity, message: &str, primary: FileSpan) -> Box<Diagnostic> {
    Box::new(Diagnostic {
        rule: rule.into(),
        severity,
        message: message.to_owned(),
        help: None,
        aliases: Arc::from(["hadolint:DL3006".into()]),
        resource: None,
        key: FingerprintKey::of(rule, "stages/0"),
        primary,
        related: Vec::new(),
        part: None,
        members: Box::default(),
        fingerprint: Fingerprint::default(),
        suppressed: None,
        holder: None,
        is_minor: false,
    })
}

fn path_of(file: FileId) -> Option<&'static str> {
    let paths = ["docker/Docker file", "k8s/pod.yaml", "long.yaml", LOST];
    paths.get(file.index()).copied()
}

/// A file that could not be read.
const LOST: &str = "no:such,file.yaml";

/// A diagnostic of every form: plain, with related places near, far and in another file, suppressed, on characters
/// of several bytes, over several lines, in a file without text, and with text that would steer a terminal.
struct Sample {
    sources: Sources,
    rules: Vec<Rule>,
    diagnostics: Diagnostics,
}

impl Sample {
    fn report(&self) -> Report<'_> {
        Report {
            files: self.sources.len(),
            diagnostics: &self.diagnostics,
            rules: &self.rules,
            sources: &self.sources,
            show_suppressed: false,
            test_data: LeftOut::default(),
            owners: None,
        }
    }
}

fn sample() -> Sample {
    let sources = sources(&[
        ("docker/Docker file", DOCKERFILE),
        ("k8s/pod.yaml", MANIFEST),
        ("long.yaml", &long_line()),
        (LOST, ""),
    ]);
    let [docker, pod, long, lost] = [0, 1, 2, 3].map(|id| &sources[&FileId::new(id)]);
    let tag = diagnostic(
        "image/latest-tag",
        Severity::Warning,
        "image `alpine` has no fixed tag",
        place_of(docker, "alpine"),
    );
    let script = diagnostic(
        "image/latest-tag",
        Severity::Warning,
        "over two lines",
        place_of(docker, "curl && \\\n    curl"),
    );
    let mut root = diagnostic(
        "dockerfile/root-user",
        Severity::Error,
        "the last stage runs as `root`",
        place_of(docker, "root"),
    );
    root.related = vec![
        Label {
            message: "it builds on [this] stage".to_owned(),
            at: place_of(docker, "build"),
        },
        Label {
            message: "and runs here".to_owned(),
            at: place_of(pod, "Pod"),
        },
    ];
    let mut aside = diagnostic(
        "kubernetes/odd-name",
        Severity::Info,
        "suppressed",
        place_of(pod, "kind"),
    );
    aside.suppressed = Some(Box::new(SuppressedBy {
        at: place_of(pod, "apiVersion"),
        reason: Some("known to be so".to_owned()),
    }));
    let mut odd = diagnostic(
        "kubernetes/odd-name",
        Severity::Info,
        "name `w\u{1B}[31m` is 100%, odd",
        place_of(pod, "wä\u{1F600}b"),
    );
    odd.resource = Some("Pod/wäb".into());
    let clipped = diagnostic(
        "kubernetes/odd-name",
        Severity::Info,
        "far to the right",
        place_of(long, "culprit"),
    );
    let lost = diagnostic(
        "hullmark/unreadable-file",
        Severity::Error,
        "permission denied",
        FileSpan::new(lost.id(), Span::default()),
    );
    let mut diagnostics = vec![tag, script, root, aside, odd, clipped, lost];
    fingerprints(&mut diagnostics, &path_of);
    Sample {
        rules: rules(),
        diagnostics,
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
    write(report, format, Style::default(), &mut out).unwrap();
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
    let style = Style {
        color: true,
        links: false,
    };
    write(&sample.report(), Format::Text, style, &mut colored).unwrap();
    let colored = String::from_utf8(colored).unwrap();
    assert!(colored.contains("\u{1B}[") && !colored.contains("\u{1B}[0m culprit"));
    assert!(!written(&sample.report(), Format::Text).contains('\u{1B}'));
}

#[test]
fn a_long_line_is_clipped_around_the_culprit() {
    let text = written(&sample().report(), Format::Text);
    assert!(text.lines().all(|line| line.chars().count() < 260));
    let line = long_line();
    let before = &line[..line.find("culprit").unwrap()];
    let column = before.chars().count() + 1;
    assert!(text.contains(&format!("long.yaml:1:{column}")), "{text}");
}

#[test]
fn json_keeps_its_contract() {
    insta::assert_snapshot!(pretty(&written(&sample().report(), Format::Json)));
}

#[test]
fn what_is_suppressed_is_listed_only_if_asked() {
    let sample = sample();
    let mut report = sample.report();
    assert!(!written(&report, Format::Json).contains("suppressed"));
    report.show_suppressed = true;
    let json: Value = serde_json::from_str(&written(&report, Format::Json)).unwrap();
    assert_eq!(
        json["findings"][3]["suppressed"]["reason"],
        "known to be so"
    );
    let sarif: Value = serde_json::from_str(&written(&report, Format::Sarif)).unwrap();
    let suppression = &sarif["runs"][0]["results"][3]["suppressions"][0];
    assert_eq!(suppression["justification"], "known to be so");
    assert!(written(&report, Format::Text).contains("suppressed at k8s/pod.yaml:1:1: known"));
}

#[test]
fn annotations_escape_what_would_end_them() {
    insta::assert_snapshot!(written(&sample().report(), Format::Github));
}

/// Of each level, GitHub keeps the first ten annotations of a step, so the worst come first and the rest is counted.
#[test]
fn annotations_beyond_githubs_cap_are_counted() {
    let sample = sample();
    let levels = [
        (Severity::Info, 11),
        (Severity::Error, 10),
        (Severity::Warning, 13),
    ];
    let mut diagnostics = Diagnostics::new();
    for (severity, count) in levels {
        let mut one = sample.diagnostics[0].clone();
        one.severity = severity;
        diagnostics.extend(std::iter::repeat_n(one, count));
    }
    let report = Report {
        diagnostics: &diagnostics,
        ..sample.report()
    };
    let text = written(&report, Format::Github);
    let lines: Vec<&str> = text.lines().collect();
    let level = |line: &str| line.split(' ').next().unwrap().to_owned();
    let levels: Vec<String> = lines[..34].iter().map(|line| level(line)).collect();
    let expected = [
        vec!["::error"; 10],
        vec!["::warning"; 13],
        vec!["::notice"; 11],
    ];
    assert_eq!(levels, expected.concat());
    assert_eq!(
        lines[34..],
        [
            "10 errors, 13 warnings, 11 info in 4 files; 4 of them only in this log: GitHub shows 10 annotations of each level per step"
        ]
    );
}

#[test]
fn concise_has_a_line_for_each_finding() {
    let sample = sample();
    let mut report = sample.report();
    insta::assert_snapshot!(written(&report, Format::Concise));
    report.show_suppressed = true;
    assert!(written(&report, Format::Concise).contains(
        "k8s/pod.yaml:2:1: info[kubernetes/odd-name] suppressed (suppressed at k8s/pod.yaml:1:1)\n"
    ));
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
            diagnostics: &[],
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
        diagnostics: &[],
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
        diagnostics: &[],
        files: 1,
        ..sample.report()
    };
    assert_eq!(written(&report, Format::Text), "no findings in 1 file\n");
    for format in [Format::Github, Format::Concise] {
        assert_eq!(written(&report, format), "no findings in 1 file\n");
    }
    assert!(written(&report, Format::Json).contains("\"findings\":[]"));
}

#[test]
fn fingerprints_are_unique_and_outlive_moved_lines() {
    let mut sample = sample();
    let twin = sample.diagnostics[0].clone();
    sample.diagnostics.insert(1, twin);
    fingerprints(&mut sample.diagnostics, &path_of);
    let prints: BTreeSet<_> = sample.diagnostics.iter().map(|d| d.fingerprint).collect();
    assert_eq!(prints.len(), sample.diagnostics.len());
    let mut moved = sample.diagnostics.clone();
    for diagnostic in &mut moved {
        diagnostic.primary.span.start += 70;
        diagnostic.primary.span.end += 70;
    }
    fingerprints(&mut moved, &path_of);
    assert!(
        moved
            .iter()
            .zip(&sample.diagnostics)
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
        "unknown format `xml`: text, concise, json, jsonl, sarif, github, gitlab, junit, checkstyle, rdjson, rdjsonl, sonarqube, azure, markdown or html"
    );
}

/// Places that no parser should give still cost no more than a poor picture.
#[test]
fn impossible_places_do_not_panic() {
    let sample = sample();
    let source = &sample.sources[&FileId::new(1)];
    let length = u32::try_from(source.text.len()).unwrap();
    let mut diagnostics = Vec::new();
    let mut add = |file: u32, start: u32, end: u32| {
        let at = FileSpan::new(FileId::new(file), Span { start, end });
        diagnostics.push(diagnostic("image/latest-tag", Severity::Info, "odd", at));
    };
    for start in 0..=length + 2 {
        for end in [start, start + 1, start + 9, length, length + 9] {
            add(1, start, end);
        }
    }
    add(1, 9000, 3);
    add(1, 3, u32::MAX);
    for diagnostic in &mut diagnostics {
        diagnostic.related = vec![Label {
            at: FileSpan::new(FileId::new(77), diagnostic.primary.span),
            message: "in a file that is not there".to_owned(),
        }];
    }
    let report = Report {
        diagnostics: &diagnostics,
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
    let sources = sources(&[("large.yaml", &text)]);
    let diagnostics: Diagnostics = (0..10_000)
        .map(|number| {
            let start = number * 11 * 40 + 5;
            let at = FileSpan::new(FileId::new(0), Span::new(start, start + 5));
            diagnostic("image/latest-tag", Severity::Info, "again", at)
        })
        .collect();
    let report = Report {
        files: 1,
        diagnostics: &diagnostics,
        rules: &rules(),
        sources: &sources,
        show_suppressed: false,
        test_data: LeftOut::default(),
        owners: None,
    };
    let begin = Instant::now();
    written(&report, Format::Text);
    assert!(begin.elapsed() < Duration::from_secs(10));
}
