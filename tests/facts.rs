//! What a user's policy may say about its findings: facts that conditions of aliases and the message use, and no more.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

use std::fs;
use std::process::Output;

use assert_cmd::Command;

const POLICY: &str = r#"# METADATA
# title: Pod of the web team
# description: |
#   The web team has left the cluster, and its pods are to go.
# custom:
#   severity: error
#   confidence: high
#   category: maintainability
#   message: "pod `{name}` is the web team's"
#   remediation: Move it.
#   aliases:
#     - acme:1
#     - {id: acme:2, when: is_named}
#     - {ids: [acme:3, acme:4], unless: {kind: [Pod, Job]}}
package rules.acme["web-pod"]

deny contains {"at": workload.at, "name": workload.name, "kind": workload.kind, "is_named": _is_named(workload)} if {
	some workload in input.workloads
}

_is_named(workload) if {
	workload.name == "web"
} else := false
"#;

fn workload(kind: &str, name: &str) -> String {
    let template =
        "template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: a}]}}";
    match kind {
        "Pod" => format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec: {{containers: [{{name: a, image: a}}]}}\n"
        ),
        _ => format!(
            "apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {{selector: {{matchLabels: {{app: a}}}}, {template}}}\n"
        ),
    }
}

fn check(policy: &str, manifest: &str, select: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("own/acme")).unwrap();
    fs::write(folder.path().join("own/acme/web-pod.rego"), policy).unwrap();
    fs::write(folder.path().join("a.yaml"), manifest).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_hullmark"));
    command.current_dir(folder.path());
    command.args([
        "a.yaml", "--policy", "own", "--format", "json", "--select", select,
    ]);
    command.output().unwrap()
}

/// The findings' rules and aliases.
fn found(output: &Output) -> Vec<(String, Vec<String>)> {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let found = findings.map(|finding| {
        let aliases = finding["aliases"].as_array().unwrap().iter();
        let aliases = aliases.map(|alias| alias.as_str().unwrap().to_owned());
        (
            finding["rule"].as_str().unwrap().to_owned(),
            aliases.collect(),
        )
    });
    found.collect()
}

#[test]
fn a_finding_has_the_aliases_whose_conditions_it_meets() {
    for (kind, name, select, aliases) in [
        ("Pod", "web", "acme", Some("acme:1 acme:2")),
        (
            "Deployment",
            "web",
            "acme",
            Some("acme:1 acme:2 acme:3 acme:4"),
        ),
        ("Deployment", "shop", "acme", Some("acme:1 acme:3 acme:4")),
        ("Deployment", "shop", "acme:3", Some("acme:1 acme:3 acme:4")),
        ("Pod", "web", "acme:3", None),
    ] {
        let output = check(POLICY, &workload(kind, name), select);
        let found = found(&output);
        let found: Vec<String> = found.iter().map(|(_, aliases)| aliases.join(" ")).collect();
        let expected: Vec<String> = aliases.into_iter().map(str::to_owned).collect();
        assert_eq!(found, expected, "{kind} {name} {select}");
    }
}

#[test]
fn what_no_finding_says_or_may_say_is_refused_with_its_line() {
    let head = "\"name\": workload.name";
    let with = |more: &str| format!("{head}, {more}");
    for (from, to, complaint) in [
        (
            "when: is_named",
            "when: is_name",
            "13: METADATA: no finding of the rule says `is_name`; did you mean `is_named`?",
        ),
        (
            "- acme:1",
            "- acme:2",
            "12: METADATA: alias `acme:2` is named twice",
        ),
        (
            "- acme:1",
            "- acme",
            "12: METADATA: alias `acme` is not `tool:ID`",
        ),
        (
            "when: is_named",
            "if: is_named",
            "13: METADATA: `if` does not fit here",
        ),
        (
            head,
            &with("\"nmae\": workload.name"),
            "17: findings bring `nmae`, which neither message, remediation nor a condition of an alias uses",
        ),
        (
            head,
            &with("\"fix\": []"),
            "17: a finding brings no `fix`: which bytes would have to change",
        ),
        (
            head,
            &with("\"aliases\": [\"acme:1\"]"),
            "17: a finding brings no `aliases`: give them a condition in METADATA",
        ),
        (
            head,
            &with("\"except\": [\"acme:1\"]"),
            "17: a finding brings no `except`: give the alias a condition in METADATA",
        ),
        (
            "  remediation: Move it.",
            "  remediation: Move it.\n#   fix: safe",
            "1: METADATA: `fix: safe` is not one of none; which bytes a fix changes",
        ),
    ] {
        let output = check(&POLICY.replace(from, to), &workload("Pod", "web"), "acme");
        assert_eq!(output.status.code(), Some(2), "{to}");
        let said = String::from_utf8_lossy(&output.stderr);
        let complaint = format!("hullmark: own/acme/web-pod.rego:{complaint}");
        assert!(said.starts_with(&complaint), "{to}: {said}");
    }
}

/// What a policy computes is seen when it is yielded: the failure is said, and no edit leaves the program.
#[test]
fn a_fix_that_is_computed_is_an_error_of_the_rule() {
    let policy = POLICY
        .replace(
            "{\"at\"",
            "object.union({\"fix\": [{\"at\": workload.at, \"text\": \"\"}]}, {\"at\"",
        )
        .replace("_is_named(workload)} if", "_is_named(workload)}) if");
    // Without conditions, a finding need not be written out.
    let plain = policy.lines().filter(|line| !line.contains("{id"));
    let plain: Vec<&str> = plain.collect();
    let policy = plain.join("\n");
    assert!(policy.contains("object.union"));
    let output = check(&policy, &workload("Pod", "web"), "acme");
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(!report.contains("\"edits\""), "{report}");
    let rules: Vec<String> = found(&output).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(rules, ["hullmark/rule-error"]);
    assert!(report.contains("a finding brings no `fix`"), "{report}");
}
