//! `--diff-base`: a check of a change shows what stands on its lines, and what it causes elsewhere; where history is missing it says so.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::{Command as Plain, Output};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const DOCKERFILE: &str = "FROM ubuntu:latest\nRUN sudo ls\nADD a.txt /a.txt\n";

const SERVICE: &str = "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80}]
";

const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels:
        app: web
    spec:
      hostNetwork: true
      containers:
        - name: web
          image: example.com/web:1.2.3
";

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Plain::new("git")
        .args(["-c", "user.name=t", "-c", "user.email=t@example.com"])
        .args(["-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-qm", "x"]);
}

/// A repository with faults, on a branch of `main`.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    git(path, &["init", "-q", "-b", "main"]);
    write(path, "Dockerfile", DOCKERFILE);
    write(path, "k8s/service.yaml", SERVICE);
    write(path, "k8s/deployment.yaml", DEPLOYMENT);
    commit(path);
    git(path, &["checkout", "-qb", "topic"]);
    folder
}

fn run(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"));
    for name in [
        "GITHUB_EVENT_NAME",
        "GITHUB_BASE_REF",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA",
    ] {
        command.env_remove(name);
    }
    command
        .args(["check", "--format", "json"])
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The findings of a run that comes through, as `path:line rule`, and what it says besides.
fn found(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> (Vec<String>, String) {
    let output = run(folder, arguments, environment);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let shown = findings.map(|finding| {
        let (path, rule) = (&finding["path"], &finding["rule"]);
        let line = &finding["start"]["line"];
        format!(
            "{}:{line} {}",
            path.as_str().unwrap(),
            rule.as_str().unwrap()
        )
    });
    (shown.collect(), said)
}

fn since(folder: &Path, base: &str) -> Vec<String> {
    found(folder, &[".", "--diff-base", base], &[]).0
}

fn refused(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let output = run(folder, arguments, environment);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    said
}

#[test]
fn only_what_the_change_touches_or_causes_is_shown() {
    let folder = repository();
    let path = folder.path();
    assert!(!found(path, &["."], &[]).0.is_empty());
    assert_eq!(since(path, "main"), Vec::<String>::new());
    // Lines above move the others; what is new is on its line. What is not committed counts.
    write(
        path,
        "Dockerfile",
        &DOCKERFILE.replace("RUN sudo", "\nRUN sudo ls /srv\nRUN sudo"),
    );
    let new = since(path, "main");
    assert!(
        !new.is_empty() && new.iter().all(|one| one.starts_with("Dockerfile:3 ")),
        "{new:?}"
    );
    // An old fault on a line that is changed.
    write(
        path,
        "Dockerfile",
        &DOCKERFILE.replace("sudo ls", "sudo ls -l"),
    );
    let new = since(path, "main");
    assert!(
        !new.is_empty() && new.iter().all(|one| one.starts_with("Dockerfile:2 ")),
        "{new:?}"
    );
    // The selector is as it was, and selects nothing any more.
    write(path, "Dockerfile", DOCKERFILE);
    write(
        path,
        "k8s/deployment.yaml",
        &DEPLOYMENT.replace("app: web", "app: site"),
    );
    let new = since(path, "main");
    assert!(
        new.iter().any(|one| one.starts_with("k8s/service.yaml:")),
        "{new:?}"
    );
    assert!(
        !new.iter()
            .any(|one| one.contains("Dockerfile") || one.contains("host-network")),
        "{new:?}"
    );
    // From a folder below, and for one file.
    let below = found(
        &path.join("k8s"),
        &["service.yaml", "--diff-base=main"],
        &[],
    )
    .0;
    assert!(
        below.iter().any(|one| one.starts_with("k8s/service.yaml:")),
        "{below:?}"
    );
}

#[test]
fn what_others_did_since_on_the_base_does_not_count() {
    let folder = repository();
    let path = folder.path();
    git(path, &["checkout", "-q", "main"]);
    write(path, "Dockerfile", "FROM ubuntu:24.04\n");
    commit(path);
    git(path, &["checkout", "-q", "topic"]);
    write(path, "new/Dockerfile", "FROM debian:latest\nRUN sudo ls\n");
    commit(path);
    let new = since(path, "main");
    assert!(
        !new.is_empty() && new.iter().all(|one| one.starts_with("new/Dockerfile:")),
        "{new:?}"
    );
    // A file that is only renamed brings nothing.
    git(path, &["mv", "Dockerfile", "Containerfile"]);
    let all = since(path, "main");
    assert_eq!(all, new);
}

#[test]
fn the_configuration_of_the_change_counts_for_its_base_too() {
    let folder = repository();
    let path = folder.path();
    write(
        path,
        "hullmark.yml",
        "select: [kubernetes/host-network, mine/pods]\npolicies: [p]\n",
    );
    let policy = "# METADATA\n# title: A pod\n# description: A pod.\n# custom:\n#   severity: error\n#   confidence: high\n#   category: style\n#   message: \"a pod\"\n#   remediation: Remove it.\npackage rules.mine[\"pods\"]\n\ndeny contains {\"at\": workload.at} if {\n\tsome workload in input.workloads\n\ttrue\n}\n";
    write(path, "p/mine/pods.rego", policy);
    assert_eq!(found(path, &["."], &[]).0.len(), 2);
    assert_eq!(since(path, "main"), Vec::<String>::new());
    write(
        path,
        "k8s/deployment.yaml",
        &DEPLOYMENT.replace("hostNetwork: true", "hostNetwork: true # x"),
    );
    assert_eq!(since(path, "main").len(), 1);
}

#[test]
fn auto_is_the_base_of_a_pull_request() {
    let folder = repository();
    let path = folder.path();
    write(
        path,
        "Dockerfile",
        &DOCKERFILE.replace("sudo ls", "sudo ls -l"),
    );
    commit(path);
    let job = [
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_BASE_REF", "main"),
    ];
    let auto = [".", "--diff-base=auto"];
    let (all, said) = found(path, &auto, &[]);
    assert!(
        all.len() > 3 && said.contains("is not about a pull request"),
        "{said}"
    );
    assert!(refused(path, &auto, &job).contains("`origin/main` names no commit that is here"));
    git(path, &["update-ref", "refs/remotes/origin/main", "main"]);
    let (new, said) = found(path, &auto, &job);
    assert!(
        new.iter().all(|one| one.starts_with("Dockerfile:2 ")) && !new.is_empty(),
        "{new:?}"
    );
    assert_eq!(said, "");
    let base = git(path, &["rev-parse", "main"]);
    let gitlab = [("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.as_str())];
    assert_eq!(found(path, &auto, &gitlab).0, new);
    // The merge that GitHub checks out, in a clone of one commit.
    git(path, &["checkout", "-qB", "merge", "main"]);
    git(path, &["merge", "-q", "--no-ff", "-m", "m", "topic"]);
    let clones = tempfile::tempdir().unwrap();
    let url = format!("file://{}", path.display());
    let clone = |depth: &str, name: &str| {
        git(
            clones.path(),
            &["clone", "-q", "--branch=merge", depth, &url, name],
        );
        clones.path().join(name)
    };
    let one = clone("--depth=1", "one");
    let said = refused(&one, &auto, &job);
    assert!(
        said.contains(&format!("git fetch --depth=1 origin {base}"))
            && said.contains("fetch-depth: 2"),
        "{said}"
    );
    git(&one, &["fetch", "-q", "--depth=1", "origin", &base]);
    assert_eq!(found(&one, &auto, &job).0, new);
    let two = clone("--depth=2", "two");
    assert_eq!(found(&two, &auto, &job).0, new);
}

#[test]
fn missing_history_is_said_with_what_to_do() {
    let folder = repository();
    let path = folder.path();
    write(path, "a/Dockerfile", DOCKERFILE);
    commit(path);
    let clones = tempfile::tempdir().unwrap();
    let url = format!("file://{}", path.display());
    git(
        clones.path(),
        &[
            "clone",
            "-q",
            "--branch=topic",
            "--depth=1",
            &url,
            "shallow",
        ],
    );
    let shallow = clones.path().join("shallow");
    git(
        &shallow,
        &[
            "fetch",
            "-q",
            "--depth=1",
            "origin",
            "main:refs/remotes/origin/main",
        ],
    );
    let said = refused(&shallow, &[".", "--diff-base=origin/main"], &[]);
    assert!(
        said.contains("this clone is shallow") && said.contains("fetch-depth: 0"),
        "{said}"
    );
    let said = refused(path, &[".", "--diff-base=none"], &[]);
    assert!(
        said.contains("`none` names no commit that is here"),
        "{said}"
    );
    let said = refused(path, &[".", "--diff-base=--output=x"], &[]);
    assert!(said.contains("names no commit that is here"), "{said}");
    assert!(!path.join("x").exists());
    let plain = tempfile::tempdir().unwrap();
    write(plain.path(), "Dockerfile", DOCKERFILE);
    let said = refused(plain.path(), &[".", "--diff-base=main"], &[]);
    assert!(said.contains("there is no git repository here"), "{said}");
}

/// What the repository's own configuration of git names is not run.
#[test]
fn nothing_that_the_repository_names_is_run() {
    let folder = repository();
    let path = folder.path();
    let touched = path.join("touched");
    let program = format!("touch {}; cat", touched.display());
    for (name, value) in [
        ("core.fsmonitor", program.as_str()),
        ("filter.x.clean", &program),
        ("filter.x.smudge", &program),
        ("diff.external", &program),
        ("diff.x.textconv", &program),
    ] {
        git(path, &["config", name, value]);
    }
    write(path, ".gitattributes", "* filter=x diff=x\n");
    write(path, "new/Dockerfile", DOCKERFILE);
    let new = since(path, "main");
    assert!(!new.is_empty());
    assert!(!touched.exists());
}

#[test]
fn a_baseline_and_a_base_go_together() {
    let folder = repository();
    let path = folder.path();
    write(
        path,
        "Dockerfile",
        &DOCKERFILE.replace("sudo ls", "sudo ls -l"),
    );
    let output = Plain::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .args(["baseline", "--output=b.txt"])
        .current_dir(path)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let both = [".", "--diff-base=main", "--baseline=b.txt"];
    assert_eq!(found(path, &both, &[]).0, Vec::<String>::new());
}
