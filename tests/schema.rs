//! The schema of the configuration says what is read, no more and no less.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A configuration with every key.
const ALL: &str = "\
select: [default, image]
ignore: hadolint:DL3008
severity: {image/latest-tag: error, kubernetes: \"off\"}
exclude: [vendor/]
test-data: [testdata/]
overrides:
  - paths: [\"dev/**\"]
    select: [image]
    ignore: [kubernetes]
    severity: {image: info}
policies: []
rules:
  image/untrusted-registry: {registries: [ghcr.io/acme]}
  dockerfile/label-mismatch: {strict: true, labels: {a: url}}
fail-on: never
locked: [secret]
suppressions: {inline: true, reason: required, expiry: 90d, forbid: [workflow]}
baseline: b.txt
extends: [base.yml]
kubernetes: \"1.30-1.34\"
schemas: [crds]
";

/// Configurations that are refused.
const WRONG: &[&str] = &[
    "selekt: [x]\n",
    "fail-on: high\n",
    "severity: {image: fatal}\n",
    "overrides: [{ignore: [image]}]\n",
    "overrides: [{paths: [a], path: [b]}]\n",
    "suppressions: {reason: maybe}\n",
    "suppressions: {expiry: 90}\n",
    "suppressions: {expires: 90d}\n",
    "rules: {image/untrusted-registry: {registry: [x]}}\n",
    "rules: {dockerfile/label-mismatch: {labels: {a: colour}}}\n",
    "rules: {dockerfile/label-mismatch: {strict: 3}}\n",
    "- a\n",
];

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(
        folder.path().join("b.txt"),
        "# hullmark baseline, version 1\n",
    )
    .unwrap();
    fs::write(folder.path().join("base.yml"), "ignore: [shell]\n").unwrap();
    fs::create_dir(folder.path().join("crds")).unwrap();
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

#[test]
fn the_schema_and_the_program_accept_the_same() {
    let folder = folder();
    let output = run(&folder, &["schema"]);
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let cases = WRONG
        .iter()
        .map(|text| (*text, false))
        .chain([(ALL, true), ("", true)]);
    for (text, is_right) in cases {
        let value: Value = serde_yaml::from_str(text).unwrap();
        assert_eq!(validator.is_valid(&value), is_right, "the schema: {text}");
        fs::write(folder.path().join("hullmark.yml"), text).unwrap();
        let output = run(&folder, &["check", "--show-settings"]);
        assert_eq!(
            output.status.code() == Some(0),
            is_right,
            "the program: {text} {output:?}"
        );
    }
    // No key is missing in what was tried.
    let all: Value = serde_yaml::from_str(ALL).unwrap();
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let mut of_schema = keys(&schema["properties"]);
    of_schema.sort();
    let mut tried = keys(&all);
    tried.sort();
    assert_eq!(of_schema, tried);
    let said = {
        fs::write(folder.path().join("hullmark.yml"), "zzzz: 1\n").unwrap();
        String::from_utf8(run(&folder, &["check"]).stderr).unwrap()
    };
    assert!(said.contains("unknown key `zzzz`"), "{said}");
}
