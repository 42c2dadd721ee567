//! What the program opens and writes: regular files of the repository within limits, nothing by a link that leads out, and the same whatever lies around it.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command as Plain, Output};
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Far above what a release build needs (a second), for debug builds on busy machines. What waits for ever exceeds it.
const PATIENCE: Duration = Duration::from_secs(60);

const FAULTY: &str = "FROM ubuntu:latest\nRUN sudo x\n";

/// A folder with a repository `repo` in it that holds a faulty Dockerfile.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("repo/.git")).unwrap();
    fs::write(folder.path().join("repo/Dockerfile"), FAULTY).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .arg("check")
        .args(arguments)
        .current_dir(folder)
        .timeout(PATIENCE)
        .output()
        .unwrap()
}

/// The paths of the findings of a run that comes through.
fn found(folder: &Path) -> Vec<String> {
    // By its id, so that it is said of each file.
    let output = run(
        folder,
        &["--select", "image/latest-tag", "--format", "json", "."],
    );
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{:?}: {errors}",
        output.status
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let mut paths: Vec<String> = findings
        .map(|finding| finding["path"].as_str().unwrap().to_owned())
        .collect();
    paths.sort();
    paths.dedup();
    paths
}

/// What a run says that ends with exit status 2.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(errors.len() < 20_000, "{} bytes of errors", errors.len());
    errors
}

fn pipe(path: &Path) {
    let made = Plain::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

#[test]
fn an_ignore_file_is_a_regular_file_within_limits() {
    let folder = repository();
    let repo = folder.path().join("repo");
    let ignore = repo.join(".gitignore");
    pipe(&ignore);
    assert_eq!(found(&repo), ["Dockerfile"]);
    fs::remove_file(&ignore).unwrap();
    symlink("/dev/zero", &ignore).unwrap();
    assert_eq!(found(&repo), ["Dockerfile"]);
    fs::remove_file(&ignore).unwrap();
    // What nests braces overflowed the stack; what is large took all memory.
    let nested = format!("{}b{}\n", "{a,".repeat(64_000), "}".repeat(64_000));
    fs::write(&ignore, &nested).unwrap();
    assert_eq!(found(&repo), ["Dockerfile"]);
    let many: String = (0..300_000).map(|n| format!("a*{n}*b*\n")).collect();
    fs::write(&ignore, many).unwrap();
    assert_eq!(found(&repo), ["Dockerfile"]);
    fs::write(&ignore, "Dockerfile\n").unwrap();
    assert!(found(&repo).is_empty());
}

#[test]
fn what_lies_around_a_repository_ignores_nothing() {
    let folder = repository();
    let repo = folder.path().join("repo");
    fs::write(folder.path().join(".gitignore"), "*\n").unwrap();
    fs::create_dir_all(repo.join(".git/info")).unwrap();
    fs::write(repo.join(".git/info/exclude"), "*\n").unwrap();
    assert_eq!(found(&repo), ["Dockerfile"]);
    fs::create_dir(repo.join("sub")).unwrap();
    fs::write(repo.join("sub/Dockerfile"), FAULTY).unwrap();
    fs::write(repo.join(".gitignore"), "sub/*\n").unwrap();
    // The files of the repository count from wherever it is looked at.
    assert!(found(&repo.join("sub")).is_empty());
    fs::write(repo.join("sub/.gitignore"), "!Dockerfile\n").unwrap();
    assert_eq!(found(&repo.join("sub")), ["sub/Dockerfile"]);
}

#[test]
fn what_git_tracks_is_judged_whatever_is_ignored() {
    for version in ["2", "4"] {
        let folder = tempfile::tempdir().unwrap();
        let repo = folder.path();
        fs::create_dir_all(repo.join("out/deep")).unwrap();
        for name in ["Dockerfile", "out/deep/Dockerfile", "out/new.Dockerfile"] {
            fs::write(repo.join(name), FAULTY).unwrap();
        }
        fs::write(repo.join(".gitignore"), "Dockerfile\nout/\n").unwrap();
        let git = |arguments: &[&str]| {
            let mut git = Plain::new("git");
            git.args(arguments).current_dir(repo);
            assert!(git.status().unwrap().success());
        };
        git(&["init", "-q"]);
        git(&["config", "index.version", version]);
        git(&["add", "-f", "Dockerfile", "out/deep/Dockerfile"]);
        assert_eq!(found(repo), ["Dockerfile", "out/deep/Dockerfile"]);
    }
}

#[test]
fn a_configuration_is_a_file_of_the_repository_within_limits() {
    let folder = repository();
    let repo = folder.path().join("repo");
    let file = repo.join("hullmark.yml");
    fs::write(
        folder.path().join("netrc"),
        "machine a password ghp_secret\n",
    )
    .unwrap();
    symlink("../netrc", &file).unwrap();
    let said = refused(&repo, &["."]);
    assert!(said.contains("outside the repository"), "{said}");
    assert!(!said.contains("ghp_secret"), "{said}");
    fs::remove_file(&file).unwrap();
    File::create(&file).unwrap().set_len(3 << 30).unwrap();
    assert!(refused(&repo, &["."]).contains("larger than 1 MiB"));
    fs::write(&file, format!("select: [\"{}\"]\n", "a".repeat(900_000))).unwrap();
    assert!(refused(&repo, &["."]).contains("at most 1024 bytes"));
    let items: String = (0..50_000).map(|n| format!("      - r{n}\n")).collect();
    let settings = format!("rules:\n  image/untrusted-registry:\n    registries:\n{items}");
    fs::write(&file, settings).unwrap();
    assert!(refused(&repo, &["."]).contains("at most 1000 items"));
    let nested = format!("{}b{}", "{a,".repeat(64_000), "}".repeat(64_000));
    fs::write(&file, format!("exclude: [\"{nested}\"]\n")).unwrap();
    assert!(refused(&repo, &["."]).contains("at most 1024 bytes"));
}

#[test]
fn a_configuration_above_a_folder_without_a_repository_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hullmark.yml"), "exclude: ['*']\n").unwrap();
    fs::create_dir(folder.path().join("checkout")).unwrap();
    fs::write(folder.path().join("checkout/Dockerfile"), FAULTY).unwrap();
    assert_eq!(found(&folder.path().join("checkout")), ["Dockerfile"]);
}

#[test]
fn policies_are_regular_files_of_the_repository() {
    let folder = repository();
    let repo = folder.path().join("repo");
    let config = repo.join("hullmark.yml");
    fs::write(&config, "policies: [p]\n").unwrap();
    fs::create_dir_all(repo.join("p/dockerfile")).unwrap();
    let policy = repo.join("p/dockerfile/a.rego");
    symlink("/dev/zero", &policy).unwrap();
    assert!(refused(&repo, &["."]).contains("a link out of the folder"));
    fs::remove_file(&policy).unwrap();
    pipe(&policy);
    assert!(refused(&repo, &["."]).contains("no regular file"));
    fs::remove_file(&policy).unwrap();
    fs::write(&policy, "#".repeat(300 << 10)).unwrap();
    assert!(refused(&repo, &["."]).contains("larger than 256 KiB"));
    for outside in ["/proc", "..", "link"] {
        fs::write(&config, format!("policies: [{outside}]\n")).unwrap();
        if outside == "link" {
            symlink("/proc", repo.join("link")).unwrap();
        }
        let said = refused(&repo, &["."]);
        assert!(said.contains("outside the repository"), "{outside}: {said}");
    }
}

#[test]
fn a_build_context_outside_the_repository_is_not_looked_at() {
    let folder = repository();
    let (repo, outside) = (folder.path().join("repo"), folder.path().join("outside"));
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("id_rsa"), "-----BEGIN RSA PRIVATE KEY-----\n").unwrap();
    symlink("../outside", repo.join("c")).unwrap();
    fs::write(repo.join("Dockerfile"), "FROM alpine:3.20\nCOPY . /\n").unwrap();
    for context in ["c", "../outside"] {
        let compose = format!(
            "services:\n  a:\n    build:\n      context: {context}\n      dockerfile: {}/Dockerfile\n",
            repo.display()
        );
        fs::write(repo.join("compose.yaml"), compose).unwrap();
        let output = run(&repo, &["--select", "ALL", "--format", "json", "."]);
        let shown = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(shown.contains("Dockerfile"), "{shown}");
        assert!(!shown.contains("id_rsa"), "{shown}");
    }
}

#[test]
fn a_report_replaces_a_regular_file_alone() {
    let folder = repository();
    let repo = folder.path().join("repo");
    let outside = folder.path().join("bashrc");
    fs::write(&outside, "precious").unwrap();
    symlink("../bashrc", repo.join("a.sarif")).unwrap();
    let sarif = |name| ["--format", "sarif", "--output", name, "."];
    assert!(refused(&repo, &sarif("a.sarif")).contains("no regular file"));
    pipe(&repo.join("b.sarif"));
    assert!(refused(&repo, &sarif("b.sarif")).contains("no regular file"));
    symlink("..", repo.join("up")).unwrap();
    assert!(refused(&repo, &sarif("up/bashrc")).contains("leads out"));
    assert_eq!(fs::read_to_string(&outside).unwrap(), "precious");
    fs::write(repo.join("c.sarif"), "old").unwrap();
    assert_eq!(run(&repo, &sarif("c.sarif")).status.code(), Some(1));
    let report = fs::read_to_string(repo.join("c.sarif")).unwrap();
    assert!(serde_json::from_str::<Value>(&report).is_ok());
    let names = fs::read_dir(&repo).unwrap().flatten();
    let mut names = names.map(|entry| entry.file_name().into_string().unwrap());
    assert!(!names.any(|name| name.ends_with(".tmp")));
    assert_eq!(run(&repo, &sarif("/dev/null")).status.code(), Some(1));
}

#[test]
fn two_names_that_are_no_text_are_two_files() {
    let folder = tempfile::tempdir().unwrap();
    let names = [
        &b"a\xfe.Dockerfile"[..],
        b"a\xff.Dockerfile",
        b"a\\xff.Dockerfile",
    ];
    for name in names {
        fs::write(folder.path().join(OsStr::from_bytes(name)), FAULTY).unwrap();
    }
    let expected = [
        "a\\x5cxff.Dockerfile",
        "a\\xfe.Dockerfile",
        "a\\xff.Dockerfile",
    ];
    assert_eq!(found(folder.path()), expected);
}

#[test]
fn the_hook_takes_no_name_for_an_option() {
    let hooks = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    let hooks = fs::read_to_string(hooks).unwrap();
    assert!(hooks.contains("\n  args: [--]\n"), "{hooks}");
    let folder = repository();
    let repo = folder.path().join("repo");
    fs::write(repo.join("--config=x.yaml"), "").unwrap();
    fs::write(repo.join("x.yaml"), "exclude: ['*']\n").unwrap();
    let arguments = ["--force-exclude", "--", "--config=x.yaml", "Dockerfile"];
    assert_eq!(run(&repo, &arguments).status.code(), Some(1));
}

#[test]
fn the_action_installs_outside_the_checkout() {
    let action = Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml");
    let action = fs::read_to_string(action).unwrap();
    let (_, install) = action.split_once("- name: Install hullmark\n").unwrap();
    assert!(install.contains("working-directory: ${{ github.action_path }}\n"));
    for (script, choice) in [
        ("install.sh", "RUSTUP_TOOLCHAIN=stable cargo install"),
        ("install.ps1", "$env:RUSTUP_TOOLCHAIN = 'stable'"),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/action");
        let text = fs::read_to_string(path.join(script)).unwrap();
        assert!(text.contains(choice), "{script}");
    }
}
