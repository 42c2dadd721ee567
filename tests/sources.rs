//! What is read, what is context and what is left out: nothing of it is hidden.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with files, which is a repository if one of them is below `.git/`.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn hullmark(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hullmark"))
        .current_dir(folder)
        .args(arguments)
        .env("SOURCE_DATE_EPOCH", "1795392000")
        .output()
        .unwrap()
}

fn report(folder: &Path, arguments: &[&str]) -> Value {
    let output = hullmark(folder, &[&["--format", "json"], arguments].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
    })
}

/// `path:line:column rule` of each finding.
fn found(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let report = report(folder, arguments);
    let findings = report["findings"].as_array().unwrap().iter();
    let found = findings.map(|finding| {
        let (path, rule) = (finding["path"].as_str().unwrap(), finding["rule"].as_str());
        let (line, column) = (&finding["start"]["line"], &finding["start"]["column"]);
        format!("{path}:{line}:{column} {}", rule.unwrap())
    });
    found.collect()
}

fn code(folder: &Path, arguments: &[&str]) -> i32 {
    hullmark(folder, arguments).status.code().unwrap()
}

const BROKEN: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a\nspec: {}\n";

#[test]
fn no_selection_hides_what_cannot_be_parsed() {
    let folder = folder(&[
        ("pod.yaml", BROKEN),
        ("Dockerfile", "FROM alpine:3.20\nRUM id\n"),
        (".github/workflows/ci.yml", "on: push\njobs: [\n"),
    ]);
    let folder = folder.path();
    for select in [
        "kubernetes/host-network",
        "kube-linter",
        "hadolint",
        "image",
    ] {
        let select = ["--select", select, "."];
        let rules = found(folder, &select);
        let count = |rule: &str| rules.iter().filter(|found| found.ends_with(rule)).count();
        assert_eq!(count("yaml/syntax-error"), 2, "{rules:?}");
        assert_eq!(count("dockerfile/syntax-error"), 1, "{rules:?}");
        assert_eq!(code(folder, &select), 1);
    }
    let ignored = |ignore: &str| found(folder, &["--select", "image", "--ignore", ignore]).len();
    assert_eq!(ignored("yaml"), 3);
    assert_eq!(ignored("ALL"), 3);
    assert_eq!(ignored("yaml/syntax-error"), 1);
    assert_eq!(ignored("yaml/syntax-error,dockerfile/syntax-error"), 0);
    for (config, count) in [
        ("ignore: [ALL]\n", 3),
        ("severity: {yaml: off}\n", 3),
        ("severity: {yaml/syntax-error: off}\n", 1),
        ("overrides: [{paths: ['*.yaml'], ignore: [ALL]}]\n", 3),
        (
            "overrides: [{paths: ['*.yaml'], ignore: [yaml/syntax-error]}]\n",
            2,
        ),
    ] {
        fs::write(folder.join("hullmark.yml"), config).unwrap();
        let rules = found(folder, &["--select", "image"]);
        assert_eq!(rules.len(), count, "{config} {rules:?}");
    }
}

#[test]
fn a_comment_for_all_rules_does_not_hide_what_cannot_be_parsed() {
    let with = |comment: &str| {
        let text = format!("# hullmark: {comment} -- x\n{BROKEN}");
        let folder = folder(&[("pod.yaml", &text)]);
        found(folder.path(), &["--select", "image"]).len()
    };
    assert_eq!(with("ignore-file[ALL]"), 1);
    assert_eq!(with("ignore-file[yaml]"), 1);
    assert_eq!(with("ignore-file[yaml/syntax-error]"), 0);
}

#[cfg(unix)]
#[test]
fn no_selection_hides_a_folder_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder(&[("a/pod.yaml", "a: 1\n"), ("Dockerfile", "FROM a:1\n")]);
    let closed = folder.path().join("a");
    let set = |mode| fs::set_permissions(&closed, fs::Permissions::from_mode(mode)).unwrap();
    set(0o000);
    if fs::read_dir(&closed).is_ok() {
        return; // The superuser reads everything.
    }
    let rules = found(folder.path(), &["--select", "kubernetes/host-network"]);
    set(0o755);
    assert_eq!(rules, ["a:1:1 hullmark/unreadable-file"]);
}

#[test]
fn a_file_that_is_no_text_is_reported_whatever_is_selected() {
    let folder = folder(&[]);
    fs::write(
        folder.path().join("a.yaml"),
        b"kind: Pod\napiVersion: v1\n\xff: 1\n",
    )
    .unwrap();
    let rules = found(folder.path(), &["--select", "image"]);
    assert_eq!(rules, ["a.yaml:3:1 hullmark/unreadable-file"]);
}

/// A pod whose `hostPID` is on the line after `spec:`.
const AGENT: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  hostPID: true\n  containers: [{name: a, image: 'example.com/a:1.0.0'}]\n";

/// Where `kubernetes/host-pid` and the rules about suppressions find something.
fn host_pid(text: &str) -> Vec<String> {
    let folder = folder(&[("in.yaml", text)]);
    found(folder.path(), &["--select", "kubernetes/host-pid,hullmark"])
}

#[test]
fn a_comment_above_an_object_covers_the_object() {
    let comment = "# hullmark: ignore[kubernetes/host-pid] -- reads processes\n";
    let none: [&str; 0] = [];
    assert_eq!(host_pid(&format!("{comment}{AGENT}")), none);
    let both = format!("{AGENT}---\n# why\n{comment}\n{AGENT}");
    assert_eq!(host_pid(&both), ["in.yaml:6:3 kubernetes/host-pid"]);
    let first = format!("{comment}---\n{AGENT}---\n{AGENT}");
    assert_eq!(host_pid(&first), ["in.yaml:15:3 kubernetes/host-pid"]);
    let key = AGENT.replace("kind:", &format!("{comment}kind:"));
    let unused = [
        "in.yaml:2:20 hullmark/unused-suppression",
        "in.yaml:7:3 kubernetes/host-pid",
    ];
    assert_eq!(host_pid(&key), unused);
}

/// The agent with an annotation, as an item of a list.
fn item(value: &str) -> String {
    let annotations = format!("name: agent\n  annotations:\n    hullmark.dev/ignore: {value}\n");
    let object = AGENT.replace("name: agent\n", &annotations);
    let lines = object.lines().enumerate();
    let lines =
        lines.map(|(number, line)| format!("{}{line}\n", if number == 0 { "- " } else { "  " }));
    lines.collect()
}

#[test]
fn an_annotation_covers_its_object_alone() {
    let none: [&str; 0] = [];
    let list = |items: &[String]| format!("apiVersion: v1\nkind: List\nitems:\n{}", items.concat());
    let covered = item("'image, kubernetes/host-pid until=2027-01-31 -- reads processes'");
    assert_eq!(host_pid(&list(std::slice::from_ref(&covered))), none);
    let plain = item("image -- x");
    assert_eq!(
        host_pid(&list(&[covered, plain])),
        ["in.yaml:20:5 kubernetes/host-pid"]
    );
    // What is wrong with it is marked, not all of it.
    for (value, at) in [
        (
            "kubernetes/hostpid -- x",
            "9:28 hullmark/unknown-rule-in-suppression",
        ),
        ("'kubernetes/host-pid, kubernetes/host-ipc -- x'", ""),
        (
            "'kubernetes/host-pid until=2027-02-31'",
            "9:49 hullmark/malformed-suppression",
        ),
        ("'-- x'", "9:28 hullmark/malformed-suppression"),
    ] {
        let found = host_pid(&list(&[item(value)]));
        let about = found.iter().find(|found| found.contains(" hullmark/"));
        let about = about.map_or("", |found| found.trim_start_matches("in.yaml:"));
        assert_eq!(about, at, "{value}");
    }
}
