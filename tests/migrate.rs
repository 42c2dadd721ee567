//! The configurations of other linters become a `hullmark.yml` that is read, and what became of each line is said.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

const FILES: &[(&str, &str)] = &[
    (
        ".hadolint.yaml",
        "ignored:\n  - DL3008\n  - DL9999\noverride:\n  error: [DL3007]\n  style: [DL3059]\ntrustedRegistries: [docker.io, \"ghcr.io/a: b\"]\n\
         label-schema: {author: text, url: url}\nfailure-threshold: error\nformat: json\nnew-key: 1\n",
    ),
    (
        ".kube-linter.yaml",
        "checks:\n  exclude: [run-as-non-root]\n  include: [host-pid]\n  ignorePaths: [./vendor/**]\ncustomChecks: []\n",
    ),
    (
        ".trivyignore",
        "# a comment\nAVD-KSV-0014 exp:2027-01-31\nCVE-2020-1 # why\n\nDS002\n",
    ),
    (
        ".trivyignore.yaml",
        "misconfigurations:\n  - id: KSV-0017\n    paths: [\"dev/**\"]\n    statement: x\nvulnerabilities: []\n",
    ),
    (
        "trivy.yaml",
        "severity: [HIGH, CRITICAL]\nscan: {skip-dirs: [old]}\n",
    ),
    (
        ".checkov.yaml",
        "skip-check: CKV_K8S_16,CKV_NONE_1\nskip-path: [test/, \"a.*b$\"]\nquiet: true\n",
    ),
    (
        ".github/zizmor.yml",
        "rules:\n  unpinned-uses:\n    ignore: [ci.yml:12:3]\n    config: {policies: {}}\n  artipacked: {disable: true}\n",
    ),
    (
        ".github/actionlint.yaml",
        "self-hosted-runner: {labels: [big]}\npaths: {\"**/*.yml\": {ignore: [\"x\"]}}\n",
    ),
    (
        "polaris.yaml",
        "checks:\n  hostPIDSet: danger\n  tagNotSpecified: ignore\nexemptions: []\n",
    ),
];

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

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn each_line_is_said_to_be_something_or_nothing() {
    let folder = project(FILES);
    let output = run(folder.path(), &["migrate"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    insta::assert_snapshot!("said", text(output.stdout));
    let written = fs::read_to_string(folder.path().join("hullmark.yml")).unwrap();
    insta::assert_snapshot!("written", written);
    // It is read, and its rules and settings are known.
    let shown = run(folder.path(), &["check", "--show-settings", "."]);
    assert_eq!(shown.status.code(), Some(0), "{shown:?}");
    assert_eq!(text(shown.stderr), "");
}

#[test]
fn a_configuration_is_not_replaced() {
    let folder = project(&[
        (".hadolint.yaml", "ignored: [DL3008]\n"),
        (".hullmark.yml", ""),
    ]);
    let output = run(folder.path(), &["migrate"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(output.stderr).contains("there is a configuration already, `.hullmark.yml`"));
    assert!(!folder.path().join("hullmark.yml").exists());
    let output = run(folder.path(), &["migrate", "--stdout"]);
    let shown = "# Written by `hullmark migrate`.\nignore:\n  - \"hadolint:DL3008\"\n";
    assert_eq!(text(output.stdout), shown);
    assert!(
        text(output.stderr)
            .contains(".hadolint.yaml:1:11: `DL3008` is now: `ignore: [hadolint:DL3008]`")
    );
    let empty = project(&[]);
    let output = run(empty.path(), &["migrate"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(output.stderr).contains("has no configuration of another linter"));
}

#[test]
fn what_a_configuration_holds_is_no_command_and_no_other_key() {
    let nasty = "checks:\n  ignorePaths:\n    - \"a\\nfail-on: never\"\n    - \"::error::x\"\n    - \"##[add-mask]x\\u202e\"\n    - \"##vso[task.x]\"\n";
    let folder = project(&[
        (".kube-linter.yaml", nasty),
        (".hadolint.yaml", "ignored: [\n"),
    ]);
    let output = run(folder.path(), &["migrate"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let written = fs::read_to_string(folder.path().join("hullmark.yml")).unwrap();
    for shown in [text(output.stdout), written.clone()] {
        assert!(
            !shown.contains("##[") && !shown.contains("##vso["),
            "{shown}"
        );
        assert!(
            !shown.contains('\u{202e}') && !shown.contains("\nfail-on"),
            "{shown}"
        );
        assert!(
            !shown
                .lines()
                .any(|line| line.trim_start().starts_with("::")),
            "{shown}"
        );
    }
    let shown = run(
        folder.path(),
        &["check", "--show-settings", "--format=json", "."],
    );
    let settings: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    let exclude = settings["exclude"].as_array().unwrap();
    assert!(exclude.contains(&"a\nfail-on: never".into()), "{exclude:?}");
    assert!(
        exclude.contains(&"##[add-mask]x\u{202e}".into()),
        "{exclude:?}"
    );
    assert_eq!(settings["fail-on"], "warning");
}

#[test]
fn what_is_no_regular_file_is_refused() {
    let folder = project(&[]);
    std::os::unix::fs::symlink("/dev/zero", folder.path().join(".trivyignore")).unwrap();
    let output = run(folder.path(), &["migrate"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(output.stderr).contains(".trivyignore: is no regular file"));
}

#[test]
fn init_writes_a_configuration_that_changes_nothing_and_is_right_without_its_comments() {
    let folder = project(&[
        ("a/Dockerfile", "FROM ubuntu:24.04\n"),
        ("b/Dockerfile", "FROM ubuntu:24.04\n"),
        (
            "map.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
        ),
        (".hadolint.yaml", "ignored: [DL3008]\n"),
    ]);
    let path = folder.path();
    let output = run(path, &["init"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(text(output.stderr).contains("`hullmark migrate`"));
    let written = fs::read_to_string(path.join("hullmark.yml")).unwrap();
    assert!(
        written.contains("# Checked here: 2 Dockerfiles, 1 Kubernetes manifest.\n"),
        "{written}"
    );
    let settings = |path: &Path| text(run(path, &["check", "--show-settings", "."]).stdout);
    let before = settings(path)
        .replace("configuration: hullmark.yml", "")
        .lines()
        .skip(1)
        .collect::<String>();
    fs::remove_file(path.join("hullmark.yml")).unwrap();
    let without = settings(path).lines().skip(1).collect::<String>();
    assert_eq!(
        before.contains("fail-on: warning"),
        without.contains("fail-on: warning")
    );
    // Each setting that is commented out is one.
    let uncommented: String = written
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| {
            line.starts_with("  ")
                || line
                    .split(':')
                    .next()
                    .is_some_and(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
        })
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(
        uncommented.contains("locked: [secret]") && uncommented.contains("    ignore: ["),
        "{uncommented}"
    );
    fs::write(path.join("hullmark.yml"), uncommented).unwrap();
    fs::write(
        path.join("hullmark-baseline.txt"),
        "# hullmark baseline, version 1\n",
    )
    .unwrap();
    let output = run(path, &["check", "."]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let again = run(path, &["init"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(again.stderr).contains("there is a configuration already"));
}
