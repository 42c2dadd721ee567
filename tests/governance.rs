//! Who may change what is judged: locked rules, suppressions that the configuration refuses, and configurations of a trusted revision.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::Command as Plain;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Pods with three faults of rules that are on by default, each on a line of its own.
const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  hostNetwork: true
  hostPID: true
  containers:
    - name: agent
      image: example.com/agent:1.2.3
---
apiVersion: v1
kind: Pod
metadata: {name: builder}
spec:
  containers:
    - name: builder
      image: example.com/builder:1.2.3
      securityContext: {privileged: true}
";

const PRIVILEGED: &str = "kubernetes/privileged-container";
const HOST_PID: &str = "kubernetes/host-pid";
const REFUSED: &str = "hullmark/refused-suppression";

/// A repository with these files.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The findings of a run that comes through, as `rule severity`, and what it says besides.
fn check(folder: &Path, arguments: &[&str]) -> (Vec<String>, String) {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .args(["check", "--format", "json"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 1)), "{code:?}: {said}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let shown = findings.map(|finding| {
        let (rule, severity) = (&finding["rule"], &finding["severity"]);
        format!("{} {}", rule.as_str().unwrap(), severity.as_str().unwrap())
    });
    (shown.collect(), said)
}

/// Whether a rule reports, with that severity if one is given.
fn reports(found: &[String], rule: &str) -> bool {
    found.iter().any(|one| one.split(' ').next() == Some(rule))
}

/// The pod with a comment above a line.
fn commented(line: &str, comment: &str) -> String {
    POD.replace(line, &format!("      # {comment}\n{line}"))
}

#[test]
fn nothing_in_the_project_weakens_a_locked_rule() {
    let config = |rest: &str| format!("locked: [{PRIVILEGED}]\n{rest}");
    let weakened = [
        "ignore: [kubernetes]\n",
        "ignore: ['kube-linter:privileged-container']\n",
        "severity: {kubernetes/privileged-container: off}\n",
        "overrides: [{paths: ['**'], ignore: [kubernetes/privileged-container]}]\n",
        "overrides: [{paths: ['**'], ignore: ['trivy:KSV-0017']}]\n",
        "overrides: [{paths: ['**'], severity: {kubernetes/privileged-container: off}}]\n",
        "overrides: [{paths: ['**'], severity: {kubernetes/privileged-container: info}}]\n",
    ];
    let (before, _) = check(repository(&[("pod.yaml", POD)]).path(), &["."]);
    let own = before.iter().find(|one| one.starts_with(PRIVILEGED));
    let own = own.unwrap();
    for rest in weakened {
        let without = repository(&[("pod.yaml", POD), ("hullmark.yml", rest)]);
        let (found, _) = check(without.path(), &["."]);
        assert!(!found.contains(own), "{rest}: weakens nothing by itself");
        let with = repository(&[("pod.yaml", POD), ("hullmark.yml", &config(rest))]);
        let (found, _) = check(with.path(), &["."]);
        assert!(found.contains(own), "{rest}: {found:?}");
    }
    let comment = "hullmark: ignore[kubernetes/privileged-container] -- because";
    let pod = commented("      securityContext", comment);
    let with = repository(&[("pod.yaml", &pod), ("hullmark.yml", &config(""))]);
    let (found, _) = check(with.path(), &["."]);
    assert!(
        reports(&found, PRIVILEGED) && reports(&found, REFUSED),
        "{found:?}"
    );
    let (found, _) = check(with.path(), &[".", "--ignore", PRIVILEGED]);
    assert!(reports(&found, PRIVILEGED), "{found:?}");
}

#[test]
fn a_locked_rule_runs_that_is_off_by_default() {
    let config = "locked: [dockerfile/missing-healthcheck]\n";
    let files = [
        ("Dockerfile", "FROM alpine:3.20\nCMD [\"x\"]\n"),
        ("hullmark.yml", config),
    ];
    let (found, _) = check(repository(&files).path(), &["."]);
    assert!(
        reports(&found, "dockerfile/missing-healthcheck"),
        "{found:?}"
    );
}

#[test]
fn no_nearer_configuration_takes_the_place_of_a_binding_one() {
    let binding = format!("locked: [{PRIVILEGED}]\n");
    let other = "exclude: ['*.yaml']\nignore: [kubernetes]\n";
    for (above, nearer) in [
        ("hullmark.yml", "deploy/hullmark.yml"),
        (".github/hullmark.yml", "deploy/.hullmark.yaml"),
        (".github/hullmark.yml", "hullmark.yml"),
    ] {
        let files = [
            ("deploy/pod.yaml", POD),
            (nearer, other),
            (above, "select: [image]\n"),
        ];
        let (found, _) = check(repository(&files).path(), &["deploy"]);
        assert!(!reports(&found, PRIVILEGED), "{nearer}: {found:?}");
        let files = [("deploy/pod.yaml", POD), (nearer, other), (above, &binding)];
        let (found, said) = check(repository(&files).path(), &["deploy"]);
        assert!(reports(&found, PRIVILEGED), "{nearer}: {found:?}");
        assert!(said.contains(&format!("`{nearer}`")), "{said}");
    }
}

#[test]
fn suppressions_count_as_far_as_the_configuration_lets_them() {
    let pod = |reason: &str| {
        let comment = format!("hullmark: ignore[{PRIVILEGED}]{reason}");
        let pod = commented("      securityContext", &comment);
        let comment = format!("  # hullmark: ignore[{HOST_PID}] -- a reason\n  hostPID");
        pod.replace("  hostPID", &comment)
    };
    // What is shown of the two: the first, the second.
    for (config, reason, shown) in [
        ("", "", (false, false)),
        ("suppressions: {inline: true}\n", "", (false, false)),
        ("suppressions: {inline: false}\n", " -- why", (true, true)),
        ("suppressions: {reason: required}\n", "", (true, false)),
        (
            "suppressions: {reason: required}\n",
            " -- why",
            (false, false),
        ),
        (
            "suppressions: {forbid: [kubernetes/privileged-container]}\n",
            " -- why",
            (true, false),
        ),
        (
            "suppressions: {forbid: [checkov]}\n",
            " -- why",
            (true, true),
        ),
    ] {
        let files = [("pod.yaml", &*pod(reason)), ("hullmark.yml", config)];
        let folder = repository(&files);
        let (found, _) = check(folder.path(), &["."]);
        let is = (reports(&found, PRIVILEGED), reports(&found, HOST_PID));
        assert_eq!(is, shown, "{config}{found:?}");
        assert_eq!(reports(&found, REFUSED), shown.0 || shown.1, "{config}");
        assert!(!reports(&found, "hullmark/unused-suppression"), "{config}");
        let (all, _) = check(folder.path(), &[".", "--no-suppressions"]);
        assert!(
            reports(&all, PRIVILEGED) && reports(&all, HOST_PID),
            "{config}"
        );
        assert!(!reports(&all, REFUSED), "{config}");
    }
}

/// Runs git in a folder, as somebody whose own settings do not count.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Plain::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A rule of the user's that reports every container.
const POLICY: &str = "\
# METADATA
# title: Container
# description: There is a container.
# custom:
#   severity: warning
#   confidence: high
#   category: style
#   message: \"container `{name}`\"
#   remediation: Remove it.
package rules.own[\"container\"]

deny contains {\"at\": container.at, \"name\": container.name} if {
	some container in input.containers
}
";

/// A repository whose first commit has a configuration and policies, and whose second, the change, weakens both.
fn changed(config: &str, changed: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    git(path, &["init", "-q"]);
    write(path, "deploy/pod.yaml", POD);
    write(path, "rules/own/container.rego", POLICY);
    write(path, ".github/hullmark.yml", config);
    git(path, &["add", "."]);
    git(path, &["commit", "-qm", "base"]);
    let base = git(path, &["rev-parse", "HEAD"]);
    fs::remove_dir_all(path.join("rules")).unwrap();
    write(path, ".github/hullmark.yml", changed);
    write(path, "deploy/hullmark.yml", "exclude: ['*']\n");
    git(path, &["add", "."]);
    git(path, &["commit", "-qm", "change"]);
    (folder, base)
}

#[test]
fn the_configuration_of_a_revision_counts_instead_of_that_of_the_change() {
    let config = "policies: [rules]\nignore: [kubernetes/host-network]\nexclude: [old/]\n";
    let weak = "ignore: [kubernetes]\nfail-on: never\n";
    let (folder, base) = changed(config, weak);
    let (found, _) = check(folder.path(), &["deploy"]);
    assert_eq!(
        found,
        Vec::<String>::new(),
        "the change hides all by itself"
    );
    for from in [base.as_str(), "HEAD~1", "main~1"] {
        for paths in [&["."][..], &["deploy"], &["deploy/pod.yaml"]] {
            let arguments: Vec<&str> = paths
                .iter()
                .copied()
                .chain(["--config-from", from])
                .collect();
            let (found, said) = check(folder.path(), &arguments);
            assert!(reports(&found, PRIVILEGED), "{from} {paths:?}: {found:?}");
            assert!(
                reports(&found, "own/container"),
                "{from} {paths:?}: {found:?}"
            );
            assert!(!reports(&found, "kubernetes/host-network"), "{found:?}");
            assert!(said.contains("would weaken what is checked"), "{said}");
        }
    }
    let (_, said) = check(folder.path(), &[".", "--config-from", &base]);
    for weakened in [
        "no longer runs: ",
        "`fail-on` is raised",
        "policies are gone",
    ] {
        assert!(said.contains(weakened), "{weakened}: {said}");
    }
    let (_, said) = check(folder.path(), &[".", "--config-from", "HEAD"]);
    assert!(
        !said.contains("weaken"),
        "the same configuration weakens nothing: {said}"
    );
}

#[test]
fn a_folder_may_stand_for_the_trusted_revision() {
    let (folder, base) = changed(
        "locked: [kubernetes/privileged-container]\n",
        "ignore: [kubernetes]\n",
    );
    let trusted = tempfile::tempdir().unwrap();
    let target = trusted.path().join("base");
    git(
        folder.path(),
        &["worktree", "add", "-q", target.to_str().unwrap(), &base],
    );
    let (found, said) = check(
        folder.path(),
        &[".", "--config-from", target.to_str().unwrap()],
    );
    assert!(reports(&found, PRIVILEGED), "{found:?}");
    assert!(
        said.contains("is no longer locked: `kubernetes/privileged-container`"),
        "{said}"
    );
}

#[test]
fn what_is_no_revision_is_refused_and_no_folder_passes_for_one() {
    let (folder, _) = changed("", "ignore: [kubernetes]\n");
    write(folder.path(), "origin/main/hullmark.yml", "ignore: [ALL]\n");
    for (from, reason) in [
        ("origin/main", "names no commit that is here"),
        ("--upload-pack=x", "names no commit that is here"),
        ("./none", "is no folder"),
        ("HEAD:deploy", "names no commit that is here"),
    ] {
        let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
            .arg("check")
            .arg(format!("--config-from={from}"))
            .arg(".")
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{from}: {said}");
        assert!(
            said.contains(reason) && said.contains(from),
            "{from}: {said}"
        );
    }
}

/// What an auditor asks: which comments suppress findings, why, until when and since when.
#[test]
fn all_suppressions_are_listed_with_their_reason_end_and_age() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    git(path, &["init", "-q"]);
    let comment = format!("hullmark: ignore[{PRIVILEGED}] until=2020-01-31 -- the ##[agent]");
    write(
        path,
        "a/pod.yaml",
        &commented("      securityContext", &comment),
    );
    write(
        path,
        "Dockerfile",
        "# hadolint ignore=DL3007\nFROM ubuntu:latest\n",
    );
    git(path, &["add", "."]);
    git(path, &["commit", "-qm", "base"]);
    write(
        path,
        "new/Dockerfile",
        "# hullmark: ignore[image] -- new\nFROM ubuntu:latest\n",
    );
    let list = |arguments: &[&str]| {
        let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
            .arg("suppressions")
            .args(arguments)
            .current_dir(path)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let rows: Value = serde_json::from_str(&list(&["--format=json"])).unwrap();
    let [docker, pod, new] = &rows.as_array().unwrap()[..] else {
        panic!("{rows}");
    };
    assert_eq!(docker["rules"][0], "hadolint:DL3007");
    assert_eq!(
        (&docker["line"], &docker["age"]),
        (&Value::from(1), &Value::from(0))
    );
    assert!(docker["reason"].is_null() && docker["until"].is_null());
    assert_eq!(
        (&pod["path"], &pod["expired"]),
        (&"a/pod.yaml".into(), &true.into())
    );
    assert_eq!(
        (&pod["until"], &pod["reason"]),
        (&"2020-01-31".into(), &"the ##[agent]".into())
    );
    assert!(pod["since"].is_string() && new["since"].is_null());
    let text = list(&["."]);
    assert!(
        text.contains("\nsuppressions: 3 in 3 files, 1 without a reason, 1 expired\n"),
        "{text}"
    );
    assert!(!text.contains("##["), "{text}");
    assert_eq!(list(&["new"]).lines().count(), 2);
}

#[test]
fn a_suppression_without_an_end_within_the_days_that_it_may_count_suppresses_nothing() {
    let comment = |until: &str| {
        let comment = format!("hullmark: ignore[{PRIVILEGED}] {until} -- why");
        commented("      securityContext", &comment)
    };
    for (until, expiry, is_shown) in [
        ("", "", false),
        ("", "expiry: 90d", true),
        ("until=9999-01-01", "expiry: 90d", true),
        ("until=9999-01-01", "expiry: 4000000d", false),
    ] {
        let config = format!("suppressions: {{inline: true, {expiry}}}\n");
        let folder = repository(&[("hullmark.yml", &config), ("pod.yaml", &comment(until))]);
        let (found, _) = check(folder.path(), &["."]);
        assert_eq!(
            reports(&found, PRIVILEGED),
            is_shown,
            "{until} {expiry}: {found:?}"
        );
        assert_eq!(
            reports(&found, REFUSED),
            is_shown,
            "{until} {expiry}: {found:?}"
        );
    }
    for wrong in ["90", "d", "-1d", "x"] {
        let config = format!("suppressions: {{expiry: {wrong}}}\n");
        let folder = repository(&[("hullmark.yml", &config), ("pod.yaml", POD)]);
        let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("a number of days such as `90d`"), "{said}");
    }
}

#[test]
fn a_link_in_a_trusted_revision_is_no_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    git(path, &["init", "-q"]);
    write(path, "pod.yaml", POD);
    write(path, "weak.yml", "ignore: [kubernetes]\n");
    std::os::unix::fs::symlink("weak.yml", path.join("hullmark.yml")).unwrap();
    git(path, &["add", "."]);
    git(path, &["commit", "-qm", "base"]);
    let (found, _) = check(path, &[".", "--config-from", "HEAD"]);
    assert!(reports(&found, PRIVILEGED), "{found:?}");
}
