//! A baseline holds what a project has today: a check shows only what is new, whatever moves, and what is gone is said.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::{Command as Plain, Output};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Faults of several rules, two of one of them.
const DOCKERFILE: &str = "\
FROM ubuntu:latest
RUN sudo ls
RUN sudo ls
ADD a.txt /a.txt
";

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  hostNetwork: true
  containers:
    - name: agent
      image: example.com/agent:1.2.3
      securityContext: {capabilities: {add: [SYS_ADMIN]}}
";

const FILE: &str = "hullmark-baseline.txt";

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A repository with a configuration that names a baseline, and these files.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    write(
        folder.path(),
        "hullmark.yml",
        &format!("baseline: {FILE}\n"),
    );
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn hullmark(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// What a command writes that comes through, and what it says besides.
fn done(folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = hullmark(folder, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    let code = output.status.code();
    assert!(
        matches!(code, Some(0 | 1)),
        "{arguments:?} {code:?}: {said}"
    );
    (String::from_utf8(output.stdout).unwrap(), said)
}

/// The findings of a check, as `path rule`, and what it says besides.
fn check(folder: &Path, arguments: &[&str]) -> (Vec<String>, String) {
    let all = [&["check", "--format", "json"], arguments].concat();
    let (report, said) = done(folder, &all);
    let report: Value = serde_json::from_str(&report).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let shown = findings.map(|finding| {
        let (path, rule) = (&finding["path"], &finding["rule"]);
        format!("{} {}", path.as_str().unwrap(), rule.as_str().unwrap())
    });
    (shown.collect(), said)
}

fn new(folder: &Path) -> Vec<String> {
    check(folder, &["."]).0
}

fn baseline(folder: &Path) -> String {
    fs::read_to_string(folder.join(FILE)).unwrap()
}

/// A repository whose findings are all in its baseline.
fn adopted() -> TempDir {
    let folder = repository(&[("docker/Dockerfile", DOCKERFILE), ("pod.yaml", POD)]);
    let path = folder.path();
    assert!(check(path, &[".", "--no-baseline"]).0.len() > 3);
    let (said, _) = done(path, &["baseline"]);
    assert!(said.contains("findings in 2 files"), "{said}");
    assert_eq!(check(path, &["."]), (Vec::new(), String::new()));
    folder
}

#[test]
fn a_baseline_is_lines_in_order_that_are_the_same_each_time() {
    let folder = adopted();
    let text = baseline(folder.path());
    let lines: Vec<&str> = text.lines().skip(1).collect();
    let mut sorted = lines.clone();
    sorted.sort_unstable();
    assert_eq!(lines, sorted);
    assert!(lines.iter().any(|line| line.ends_with(" x2")), "{text}");
    done(folder.path(), &["baseline"]);
    assert_eq!(baseline(folder.path()), text);
    let (report, _) = done(folder.path(), &["check", "."]);
    assert!(report.contains("no findings in 2 files ("), "{report}");
    assert!(report.contains(" known before)"), "{report}");
}

#[test]
fn what_is_new_shows_by_itself() {
    let folder = adopted();
    let path = folder.path();
    // One more of a finding that is there twice, and a new one of another kind.
    write(
        path,
        "docker/Dockerfile",
        &format!("{DOCKERFILE}RUN sudo ls\nRUN cd /tmp && sudo ls\n"),
    );
    let found = new(path);
    assert!(
        found
            .iter()
            .any(|one| one.starts_with("docker/Dockerfile ")),
        "{found:?}"
    );
    assert!(
        !found.iter().any(|one| one.contains("pod.yaml")),
        "{found:?}"
    );
    assert_eq!(
        hullmark(path, &["check", ".", "--fail-on=info"])
            .status
            .code(),
        Some(1)
    );
    // A part of what several rules say of a container is new, the rest of it is not.
    write(path, "docker/Dockerfile", DOCKERFILE);
    write(
        path,
        "pod.yaml",
        &POD.replace(
            "  hostNetwork: true\n",
            "  hostNetwork: true\n  hostPID: true\n",
        ),
    );
    assert_eq!(new(path), ["pod.yaml kubernetes/host-pid"]);
    // The same faults in another file are that file's own.
    write(path, "pod.yaml", POD);
    write(path, "two/pod.yaml", &POD.replace("agent}", "other}"));
    let found = new(path);
    assert!(
        found.contains(&"two/pod.yaml kubernetes/host-network".to_owned()),
        "{found:?}"
    );
    assert!(found.iter().all(|one| one.starts_with("two/")), "{found:?}");
}

#[test]
fn what_moves_stays_known() {
    let folder = adopted();
    let path = folder.path();
    let moved = DOCKERFILE.replace(
        "RUN sudo ls\nRUN",
        "\n# One more line.\nRUN true\nRUN sudo ls\nRUN",
    );
    write(path, "docker/Dockerfile", &moved);
    let other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\ndata: {a: b}\n---\n";
    write(path, "pod.yaml", &format!("{other}{POD}"));
    assert_eq!(check(path, &["."]), (Vec::new(), String::new()));
    // A file of another name.
    fs::rename(path.join("docker"), path.join("images")).unwrap();
    fs::rename(path.join("pod.yaml"), path.join("agent.yaml")).unwrap();
    assert_eq!(check(path, &["."]), (Vec::new(), String::new()));
    done(path, &["baseline", "--prune"]);
    assert!(baseline(path).contains("\nimages/Dockerfile ") && !baseline(path).contains("docker/"));
    assert_eq!(check(path, &["."]), (Vec::new(), String::new()));
}

#[test]
fn what_is_gone_is_said_and_removed() {
    let folder = adopted();
    let path = folder.path();
    let before = baseline(path);
    write(path, "pod.yaml", &POD.replace("  hostNetwork: true\n", ""));
    write(
        path,
        "docker/Dockerfile",
        &DOCKERFILE.replacen("RUN sudo ls\n", "", 1),
    );
    let (found, said) = check(path, &["."]);
    assert_eq!(found, Vec::<String>::new());
    assert!(
        said.contains("no longer occur") && said.contains("--prune"),
        "{said}"
    );
    // A run of one file says nothing of others, nor one of other rules.
    let (_, said) = check(path, &["--select", "secret", "."]);
    assert_eq!(said, "");
    let (said, _) = done(path, &["baseline", "--prune"]);
    assert!(said.contains("removed "), "{said}");
    let after = baseline(path);
    assert!(after.lines().count() < before.lines().count());
    assert!(!after.contains("host-network") && after.contains("dangerous-capability"));
    assert_eq!(check(path, &["."]), (Vec::new(), String::new()));
    // What was removed is new if it comes back, and pruning adds nothing.
    write(path, "pod.yaml", POD);
    done(path, &["baseline", "--prune"]);
    assert_eq!(new(path), ["pod.yaml kubernetes/host-network"]);
}

#[test]
fn a_run_of_some_files_leaves_the_others_alone() {
    let folder = adopted();
    let path = folder.path();
    let before = baseline(path);
    done(path, &["baseline", "pod.yaml"]);
    assert_eq!(baseline(path), before);
    write(path, "pod.yaml", &POD.replace("  hostNetwork: true\n", ""));
    done(path, &["baseline", "docker", "--prune"]);
    assert_eq!(baseline(path), before);
    let (_, said) = check(path, &["docker"]);
    assert_eq!(said, "");
    // From a folder below, paths are the same.
    let (found, said) = check(&path.join("docker"), &["."]);
    assert_eq!((found, said.as_str()), (Vec::new(), ""));
}

#[test]
fn no_baseline_takes_the_findings_of_a_locked_rule_away() {
    let folder = adopted();
    let path = folder.path();
    write(
        path,
        "hullmark.yml",
        &format!("baseline: {FILE}\nlocked: [kubernetes/host-network]\n"),
    );
    assert_eq!(new(path), ["pod.yaml kubernetes/host-network"]);
    let (said, _) = done(path, &["baseline"]);
    assert!(
        said.contains("1 finding of locked rules is not in it"),
        "{said}"
    );
    assert!(!baseline(path).contains("host-network"));
    assert_eq!(new(path), ["pod.yaml kubernetes/host-network"]);
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = Plain::new("git")
        .args(["-c", "user.name=t", "-c", "user.email=t@example.com"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

#[test]
fn the_baseline_of_a_trusted_configuration_is_of_the_same_revision() {
    let folder = adopted();
    let path = folder.path();
    fs::remove_dir(path.join(".git")).unwrap();
    git(path, &["init", "-q"]);
    git(path, &["add", "."]);
    git(path, &["commit", "-qm", "base"]);
    write(path, "pod.yaml", &POD.replace("hostNetwork", "hostPID"));
    done(path, &["baseline"]);
    assert_eq!(new(path), Vec::<String>::new());
    let (found, _) = check(path, &[".", "--config-from=HEAD"]);
    assert_eq!(found, ["pod.yaml kubernetes/host-pid"]);
    // Another file, which the base does not name.
    fs::rename(path.join(FILE), path.join("other.txt")).unwrap();
    write(path, "hullmark.yml", "baseline: other.txt\n");
    let (found, said) = check(path, &[".", "--config-from=HEAD"]);
    assert_eq!(found, ["pod.yaml kubernetes/host-pid"]);
    assert!(said.contains("another `baseline`"), "{said}");
}

#[test]
fn what_is_no_baseline_is_refused() {
    let folder = repository(&[("pod.yaml", POD)]);
    let path = folder.path();
    let refused = |arguments: &[&str]| {
        let output = hullmark(path, arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        said
    };
    assert!(refused(&["check", "."]).contains("is not there: `hullmark baseline` writes it"));
    assert!(refused(&["baseline", "--prune"]).contains("is not there"));
    assert!(refused(&["check", ".", "--baseline=none.txt"]).contains("`none.txt` is not there"));
    assert!(
        refused(&["check", ".", "--baseline=pod.yaml"]).contains("pod.yaml:1:1: is no baseline")
    );
    // Nor is it written over something else.
    assert!(refused(&["baseline", "--output=pod.yaml"]).contains("is no baseline"));
    assert_eq!(fs::read_to_string(path.join("pod.yaml")).unwrap(), POD);
    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("b.txt");
    fs::write(&target, "").unwrap();
    std::os::unix::fs::symlink(&target, path.join(FILE)).unwrap();
    assert!(refused(&["check", "."]).contains("lies outside the repository"));
    assert!(refused(&["baseline"]).contains("lies outside the repository"));
    assert_eq!(fs::read_to_string(&target).unwrap(), "");
    fs::remove_file(path.join(FILE)).unwrap();
    let pipe = Plain::new("mkfifo").arg(path.join(FILE)).status().unwrap();
    assert!(pipe.success());
    assert!(refused(&["check", "."]).contains("is no regular file"));
}

#[test]
fn a_baseline_needs_no_configuration() {
    let folder = repository(&[("pod.yaml", POD)]);
    let path = folder.path();
    fs::remove_file(path.join("hullmark.yml")).unwrap();
    let (said, _) = done(path, &["baseline"]);
    assert!(
        said.contains("pass --baseline=hullmark-baseline.txt"),
        "{said}"
    );
    assert!(!new(path).is_empty());
    let (found, _) = check(path, &[".", "--baseline", FILE]);
    assert_eq!(found, Vec::<String>::new());
}
