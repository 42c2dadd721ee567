//! Reports fit those who read them: each format is held against the rules of its consumer's schema, says all findings, and is the same on every run.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};
use tempfile::TempDir;

/// Characters of several bytes and units before a culprit, one over several lines, and texts that mean something to a reader.
const DOCKERFILE: &str = "\
FROM ubuntu:latest
RUN echo ä\u{1F600} && sudo ls
RUN apt-get update && \\
    apt-get install curl
ENV NAME <&\"'|`]]>%;
";

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: \"a<b>&amp;\"}
spec:
  hostNetwork: true
  containers:
    - name: agent
      image: example.com/agent:1.2.3
      securityContext: {privileged: true}
";

const CLEAN: &str =
    "apiVersion: v1\ndata: {a: b}\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n";

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn faulty() -> TempDir {
    project(&[("a b;c/Dockerfile", DOCKERFILE), ("k8s/pod.yaml", POD)])
}

fn clean() -> TempDir {
    project(&[("map.yaml", CLEAN)])
}

/// The report of a run, which is the same twice and from a folder below.
fn report(folder: &Path, format: &str) -> String {
    let run = |folder: &Path, path: &str| {
        let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
            .args(["check", path, "--select=ALL", "--format", format])
            .current_dir(folder)
            .output()
            .unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let first = run(folder, ".");
    assert_eq!(first, run(folder, "."), "{format}");
    let below = folder.join("below");
    fs::create_dir_all(&below).unwrap();
    assert_eq!(first, run(&below, ".."), "{format}");
    first
}

fn json(folder: &Path, format: &str) -> Value {
    serde_json::from_str(&report(folder, format)).unwrap()
}

/// The findings of the report that is ours.
fn findings(folder: &Path) -> Vec<Value> {
    json(folder, "json")["findings"].as_array().unwrap().clone()
}

/// An object that has these keys and no others; those that begin with `?` may be missing.
fn object<'v>(value: &'v Value, keys: &[&str]) -> &'v Map<String, Value> {
    let object = value.as_object().unwrap();
    for key in keys.iter().filter(|key| !key.starts_with('?')) {
        assert!(object.contains_key(*key), "no `{key}` in {value}");
    }
    let known: BTreeSet<&str> = keys.iter().map(|key| key.trim_start_matches('?')).collect();
    for key in object.keys() {
        assert!(known.contains(key.as_str()), "`{key}` in {value}");
    }
    object
}

fn text(value: &Value) -> &str {
    let text = value.as_str().unwrap();
    assert!(!text.is_empty());
    text
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// A path as all consumers want it: relative, with `/`, of a file that is there.
fn path(folder: &Path, value: &Value) -> String {
    let path = text(value).to_owned();
    assert!(
        !path.starts_with(['/', '.']) && !path.contains('\\'),
        "{path}"
    );
    assert!(folder.join(&path).is_file(), "{path}");
    path
}

fn is_one_of(value: &Value, words: &[&str]) {
    assert!(words.contains(&text(value)), "{value}");
}

#[test]
fn jsonl_has_the_findings_of_json() {
    let folder = faulty();
    let report = report(folder.path(), "jsonl");
    let lines = report
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    assert_eq!(lines.collect::<Vec<Value>>(), findings(folder.path()));
    assert_eq!(self::report(clean().path(), "jsonl"), "");
}

/// <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>
#[test]
fn gitlab_gets_issues_with_the_fingerprints_of_other_reports() {
    let folder = faulty();
    let issues = json(folder.path(), "gitlab");
    let issues = issues.as_array().unwrap();
    let ours = findings(folder.path());
    assert!(issues.len() == ours.len() && issues.len() > 5);
    let mut seen = BTreeSet::new();
    for (issue, ours) in issues.iter().zip(&ours) {
        let keys = [
            "type",
            "check_name",
            "description",
            "categories",
            "severity",
            "fingerprint",
            "location",
        ];
        let issue = object(issue, &keys);
        is_one_of(
            &issue["severity"],
            &["info", "minor", "major", "critical", "blocker"],
        );
        assert_eq!(issue["fingerprint"], ours["fingerprint"]);
        assert!(seen.insert(text(&issue["fingerprint"])));
        assert_eq!(issue["check_name"], ours["rule"]);
        text(&issue["description"]);
        let location = object(&issue["location"], &["path", "lines"]);
        path(folder.path(), &location["path"]);
        let lines = object(&location["lines"], &["begin", "end"]);
        assert!(number(&lines["begin"]) >= 1 && number(&lines["end"]) >= number(&lines["begin"]));
    }
    assert_eq!(json(clean().path(), "gitlab"), Value::Array(Vec::new()));
}

/// An element of XML, with its text and its elements.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    below: Vec<Element>,
}

impl Element {
    fn of(start: &BytesStart) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let key = attribute.key.as_ref().to_owned();
            let value = quick_xml::escape::unescape(&attribute.value)
                .unwrap()
                .into_owned();
            (key, value)
        });
        Self {
            name: start.name().as_ref().to_owned(),
            attributes: attributes.collect(),
            ..Self::default()
        }
    }

    fn get(&self, name: &str) -> &str {
        let mut found = self.attributes.iter().filter(|(key, _)| key == name);
        let (_, value) = found
            .next()
            .unwrap_or_else(|| panic!("no {name} in {self:?}"));
        value
    }

    /// Demands that it has this name, these attributes and no others, and elements of these names.
    fn assert(&self, name: &str, attributes: &[&str], below: &[&str]) {
        assert_eq!(self.name, name);
        let own: BTreeSet<&str> = self
            .attributes
            .iter()
            .map(|(key, _)| key.as_str())
            .collect();
        assert_eq!(own, attributes.iter().copied().collect());
        assert!(
            self.below
                .iter()
                .all(|one| below.contains(&one.name.as_str())),
            "{self:?}"
        );
    }
}

/// Reads a document that is well-formed, and holds only characters that XML 1.0 has.
fn xml(report: &str) -> Element {
    assert!(report.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    let is_character = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    assert!(report.chars().all(is_character));
    let mut reader = Reader::from_str(report);
    reader.config_mut().check_end_names = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(Element::of(&start)),
            Event::Empty(start) => open.last_mut().unwrap().below.push(Element::of(&start)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().below.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(name) => {
                let entity = format!("&{};", &*name);
                let plain = quick_xml::escape::unescape(&entity).unwrap();
                open.last_mut().unwrap().text.push_str(&plain);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    let [document] = &mut open[..] else {
        panic!("{open:?}");
    };
    assert_eq!(document.below.len(), 1);
    document.below.remove(0)
}

/// The schema that Jenkins reads `JUnit`'s reports by: names of elements and attributes, and counts that agree.
#[test]
fn junit_has_a_suite_for_each_file_and_a_test_for_each_finding() {
    let folder = faulty();
    let suites = xml(&report(folder.path(), "junit"));
    let of_suite = ["name", "tests", "failures", "errors", "time"];
    let count = |element: &Element, name: &str| element.get(name).parse::<usize>().unwrap();
    suites.assert("testsuites", &of_suite, &["testsuite"]);
    let ours = findings(folder.path());
    assert_eq!(count(&suites, "tests"), ours.len());
    let mut ours = ours.iter();
    for suite in &suites.below {
        suite.assert("testsuite", &of_suite, &["testcase"]);
        assert_eq!(count(suite, "tests"), suite.below.len());
        assert_eq!(count(suite, "failures"), suite.below.len());
        for case in &suite.below {
            case.assert("testcase", &["name", "classname", "time"], &["failure"]);
            assert_eq!(case.get("classname"), suite.get("name"));
            let [failure] = &case.below[..] else {
                panic!("{case:?}");
            };
            failure.assert("failure", &["message", "type"], &[]);
            let finding = ours.next().unwrap();
            assert_eq!(failure.get("message"), finding["message"]);
            assert_eq!(failure.get("type"), finding["severity"]);
            assert!(
                failure.text.contains(text(&finding["message"])),
                "{failure:?}"
            );
            assert_eq!(case.get("classname"), finding["path"]);
        }
    }
    assert!(ours.next().is_none());
    let suites = xml(&report(clean().path(), "junit"));
    assert_eq!(
        (count(&suites, "tests"), count(&suites, "failures")),
        (1, 0)
    );
    assert!(suites.below[0].below[0].below.is_empty());
}

#[test]
fn checkstyle_has_files_with_their_errors() {
    let folder = faulty();
    let document = xml(&report(folder.path(), "checkstyle"));
    document.assert("checkstyle", &["version"], &["file"]);
    let ours = findings(folder.path());
    let mut ours = ours.iter();
    let mut names = BTreeSet::new();
    for file in &document.below {
        file.assert("file", &["name"], &["error"]);
        assert!(names.insert(file.get("name")), "a file twice");
        for error in &file.below {
            error.assert(
                "error",
                &["line", "column", "severity", "message", "source"],
                &[],
            );
            let finding = ours.next().unwrap();
            assert_eq!(file.get("name"), finding["path"]);
            assert_eq!(error.get("line"), finding["start"]["line"].to_string());
            assert_eq!(error.get("column"), finding["start"]["column"].to_string());
            assert!(["error", "warning", "info"].contains(&error.get("severity")));
            assert_eq!(error.get("message"), finding["message"]);
            assert_eq!(
                error.get("source"),
                format!("hullmark.{}", text(&finding["rule"]))
            );
        }
    }
    assert!(ours.next().is_none());
    assert!(xml(&report(clean().path(), "checkstyle")).below.is_empty());
}

/// <https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto>: columns are bytes of the line, from 1.
fn assert_rdf(folder: &Path, diagnostic: &Value, has_source: bool) {
    let mut keys = vec![
        "message",
        "location",
        "severity",
        "code",
        "?relatedLocations",
    ];
    keys.extend(has_source.then_some("source"));
    let diagnostic = object(diagnostic, &keys);
    text(&diagnostic["message"]);
    is_one_of(&diagnostic["severity"], &["ERROR", "WARNING", "INFO"]);
    let code = object(&diagnostic["code"], &["value", "?url"]);
    text(&code["value"]);
    let related = diagnostic.get("relatedLocations").into_iter();
    let related = related.flat_map(|all| all.as_array().unwrap());
    let related = related.map(|one| &object(one, &["message", "location"])["location"]);
    for location in related.chain([&diagnostic["location"]]) {
        let location = object(location, &["path", "range"]);
        let file = fs::read_to_string(folder.join(path(folder, &location["path"]))).unwrap();
        let range = object(&location["range"], &["start", "end"]);
        let places = ["start", "end"].map(|side| {
            let at = object(&range[side], &["line", "column"]);
            let (line, column) = (number(&at["line"]), number(&at["column"]));
            let line_text = file.split('\n').nth(line - 1).unwrap();
            assert!(line_text.is_char_boundary(column - 1), "{at:?}");
            (line, column)
        });
        assert!(places[0] <= places[1]);
    }
}

#[test]
fn reviewdog_gets_columns_in_bytes() {
    let folder = faulty();
    let document = json(folder.path(), "rdjson");
    let document = object(&document, &["source", "diagnostics"]);
    object(&document["source"], &["name", "url"]);
    let diagnostics = document["diagnostics"].as_array().unwrap();
    assert_eq!(diagnostics.len(), findings(folder.path()).len());
    for diagnostic in diagnostics {
        assert_rdf(folder.path(), diagnostic, false);
    }
    let sudo = diagnostics
        .iter()
        .find(|one| one["code"]["value"] == "dockerfile/sudo");
    let sudo = sudo.or_else(|| {
        diagnostics
            .iter()
            .find(|one| one["message"].as_str().unwrap().contains("sudo"))
    });
    let start = &sudo.unwrap()["location"]["range"]["start"];
    assert_eq!((number(&start["line"]), number(&start["column"])), (2, 20));
    let lines = report(folder.path(), "rdjsonl");
    assert_eq!(lines.lines().count(), diagnostics.len());
    for line in lines.lines() {
        assert_rdf(folder.path(), &serde_json::from_str(line).unwrap(), true);
    }
    let empty = json(clean().path(), "rdjson");
    assert_eq!(empty["diagnostics"], Value::Array(Vec::new()));
}

/// <https://docs.sonarsource.com/sonarqube-server/latest/analyzing-source-code/importing-external-issues/generic-issue-import-format/>
#[test]
fn sonarqube_gets_rules_and_issues_within_their_lines() {
    let folder = faulty();
    let document = json(folder.path(), "sonarqube");
    let document = object(&document, &["rules", "issues"]);
    let mut ids = BTreeSet::new();
    for rule in document["rules"].as_array().unwrap() {
        let keys = [
            "id",
            "name",
            "description",
            "engineId",
            "cleanCodeAttribute",
            "type",
            "severity",
            "impacts",
        ];
        let rule = object(rule, &keys);
        assert!(ids.insert(text(&rule["id"])));
        text(&rule["name"]);
        text(&rule["engineId"]);
        is_one_of(
            &rule["cleanCodeAttribute"],
            &["CONVENTIONAL", "LOGICAL", "TRUSTWORTHY"],
        );
        is_one_of(&rule["type"], &["BUG", "VULNERABILITY", "CODE_SMELL"]);
        is_one_of(
            &rule["severity"],
            &["BLOCKER", "CRITICAL", "MAJOR", "MINOR", "INFO"],
        );
        let impacts = rule["impacts"].as_array().unwrap();
        assert!(!impacts.is_empty());
        for impact in impacts {
            let impact = object(impact, &["softwareQuality", "severity"]);
            is_one_of(
                &impact["softwareQuality"],
                &["SECURITY", "RELIABILITY", "MAINTAINABILITY"],
            );
            is_one_of(&impact["severity"], &["HIGH", "MEDIUM", "LOW"]);
        }
    }
    let issues = document["issues"].as_array().unwrap();
    assert_eq!(issues.len(), findings(folder.path()).len());
    for issue in issues {
        let issue = object(issue, &["ruleId", "primaryLocation", "?secondaryLocations"]);
        assert!(ids.contains(text(&issue["ruleId"])));
        let secondary = issue.get("secondaryLocations").into_iter();
        let secondary = secondary.flat_map(|all| all.as_array().unwrap());
        for location in secondary.chain([&issue["primaryLocation"]]) {
            let location = object(location, &["message", "filePath", "textRange"]);
            text(&location["message"]);
            let file = fs::read_to_string(
                folder
                    .path()
                    .join(path(folder.path(), &location["filePath"])),
            );
            let file = file.unwrap();
            let keys = ["startLine", "?endLine", "?startColumn", "?endColumn"];
            let range = object(&location["textRange"], &keys);
            let lines: Vec<&str> = file.split('\n').collect();
            let start = number(&range["startLine"]);
            assert!(start >= 1 && start <= lines.len());
            let Some(end) = range.get("endLine").map(number) else {
                continue;
            };
            let (from, to) = (number(&range["startColumn"]), number(&range["endColumn"]));
            assert!(to <= lines[end - 1].encode_utf16().count(), "{location:?}");
            assert!((start, from) < (end, to), "{location:?}");
        }
    }
    assert_eq!(
        json(clean().path(), "sonarqube")["issues"],
        Value::Array(Vec::new())
    );
}

/// <https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>
#[test]
fn azure_gets_a_command_for_each_finding() {
    let folder = faulty();
    let report = report(folder.path(), "azure");
    let commands: Vec<&str> = report
        .lines()
        .filter(|line| line.starts_with("##vso["))
        .collect();
    let ours = findings(folder.path());
    assert_eq!(commands.len(), ours.len());
    assert_eq!(report.matches("##vso[").count(), ours.len());
    for (command, finding) in commands.iter().zip(&ours) {
        let (head, message) = command.split_once(']').unwrap();
        let properties = head.strip_prefix("##vso[task.logissue ").unwrap();
        let pairs: Vec<(&str, &str)> = properties
            .split_terminator(';')
            .map(|pair| pair.split_once('=').unwrap())
            .collect();
        let names: Vec<&str> = pairs.iter().map(|(name, _)| *name).collect();
        assert_eq!(
            names,
            ["type", "sourcepath", "linenumber", "columnnumber", "code"]
        );
        assert!(["error", "warning"].contains(&pairs[0].1));
        assert_eq!(pairs[1].1.replace("%3B", ";"), text(&finding["path"]));
        assert_eq!(pairs[2].1, finding["start"]["line"].to_string());
        assert_eq!(pairs[4].1, finding["rule"]);
        let message = message.replace("%AZP25", "%");
        assert!(message.contains(text(&finding["message"])), "{message}");
    }
}

#[test]
fn markdown_counts_by_rule_and_by_file_and_is_tables_alone() {
    let folder = faulty();
    let report = report(folder.path(), "markdown");
    assert!(report.starts_with("## hullmark: "), "{report}");
    let is_known = |line: &str| {
        line.is_empty()
            || ["## ", "| ", "|--", "<details>", "</details>", "and "]
                .iter()
                .any(|start| line.starts_with(start))
    };
    for line in report.lines() {
        assert!(is_known(line), "{line}");
        let cells = line.matches('|').count();
        assert!(!line.starts_with('|') || cells == 5, "{line}");
    }
    let ours = findings(folder.path());
    let rows = report.lines().filter(|line| {
        line.starts_with("| error |")
            || line.starts_with("| warning |")
            || line.starts_with("| info |")
    });
    let rules: BTreeSet<&str> = ours.iter().map(|one| text(&one["rule"])).collect();
    assert!(rows.count() >= rules.len() + ours.len());
    assert!(
        report.contains("a b&#59;c/Dockerfile") || report.contains("a b;c/Dockerfile"),
        "{report}"
    );
    let empty = self::report(clean().path(), "markdown");
    assert_eq!(empty, "## hullmark: no findings in 1 file\n\n");
}

/// Of a large run, the summary of a job stays within what GitHub takes.
#[test]
fn a_summary_is_bounded() {
    let line = format!("RUN sudo ls {}\n", "<&>".repeat(100));
    let text = format!("FROM ubuntu:latest\n{}", line.repeat(900));
    let files: Vec<(String, &str)> = (0..30)
        .map(|n| (format!("d{n}/Dockerfile"), text.as_str()))
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    let folder = project(&files);
    let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .args(["check", ".", "--format=markdown", "--select=ALL"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(report.len() < 1 << 20, "{}", report.len());
    assert!(report.contains("more findings"), "{}", report.len());
}
