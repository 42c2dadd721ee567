//! `extends`: what a configuration is built on counts, from where the files are that are trusted, and what is wrong with it is said at its place.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::{Command as Plain, Output};

use assert_cmd::Command;
use serde_json::{Value, json};
use tempfile::TempDir;

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

fn hullmark(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn settings(folder: &TempDir, arguments: &[&str]) -> Value {
    let all = [&["check", "--show-settings", "--format=json"], arguments].concat();
    let output = hullmark(folder, &all);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// What is said of a configuration that cannot be used.
fn refused(folder: &TempDir, arguments: &[&str]) -> String {
    let output = hullmark(folder, arguments);
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).unwrap()
}

const DOCKERFILE: &str = "FROM ubuntu:latest\nRUN sudo ls\nADD a /a\n";

/// A base, one on top of it in another folder, and the configuration of the repository.
fn layered() -> TempDir {
    repository(&[
        ("Dockerfile", DOCKERFILE),
        (
            "ci/base.yml",
            "ignore: [shell/sudo]\nexclude: [old]\nfail-on: never\nseverity: {image: info}\nsuppressions: {reason: required}\n",
        ),
        (
            "ci/strict/team.yml",
            "extends: ../base.yml\nfail-on: error\nexclude: [gone]\nsuppressions: {expiry: 90d}\n",
        ),
        (
            "hullmark.yml",
            "extends: [ci/strict/team.yml]\nignore: [dockerfile/add-instead-of-copy]\nseverity: {image/latest-tag: error}\nsuppressions: {reason: optional, expiry: 365d}\n",
        ),
    ])
}

#[test]
fn later_files_have_precedence_and_lists_are_joined() {
    let folder = layered();
    let settings = settings(&folder, &[]);
    assert_eq!(
        settings["extends"],
        json!(["ci/strict/team.yml", "ci/base.yml"])
    );
    assert_eq!(settings["fail-on"], "error");
    assert_eq!(settings["exclude"], json!(["old", "gone"]));
    let rules = &settings["rules"];
    assert!(rules["shell/sudo"].is_null());
    assert_eq!(rules["image/latest-tag"], "error");
    assert_eq!(
        rules["image/missing-digest"].as_str().unwrap_or("info"),
        "info"
    );
    // What a file demands of suppressions is not taken back.
    assert_eq!(settings["suppressions"]["reason"], "required");
    assert_eq!(settings["suppressions"]["expiry"], "90d");
    assert_eq!(
        settings["from"]["ignore"],
        json!(["ci/base.yml:1:1", "hullmark.yml:2:1"])
    );
    assert_eq!(
        settings["from"]["fail-on"],
        json!(["ci/strict/team.yml:2:1"])
    );
    let flagged = self::settings(&folder, &["--fail-on=info", "--select=image"]);
    assert_eq!(flagged["from"]["fail-on"], json!(["--fail-on"]));
    assert_eq!(flagged["from"]["select"], json!(["--select"]));
}

#[test]
fn paths_count_from_the_file_that_names_them() {
    let folder = repository(&[
        ("a/Dockerfile", DOCKERFILE),
        ("b/Dockerfile", DOCKERFILE),
        (
            "a/base.yml",
            "overrides: [{paths: [Dockerfile], ignore: [ALL]}]\n",
        ),
        ("hullmark.yml", "extends: a/base.yml\n"),
    ]);
    let output = hullmark(&folder, &["check", ".", "--format=concise"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("b/Dockerfile:") && !text.contains("a/Dockerfile:"),
        "{text}"
    );
}

#[test]
fn one_file_shows_what_counts_for_it() {
    let folder = repository(&[
        ("a/Dockerfile", DOCKERFILE),
        (
            "hullmark.yml",
            "overrides: [{paths: [a], ignore: [shell/sudo], severity: {image/latest-tag: error}}]\n",
        ),
    ]);
    let all = settings(&folder, &["."]);
    assert!(all["file"].is_null() && !all["rules"]["shell/sudo"].is_null());
    let one = settings(&folder, &["a/Dockerfile"]);
    assert_eq!(one["file"], "a/Dockerfile");
    assert!(one["rules"]["shell/sudo"].is_null());
    assert_eq!(one["rules"]["image/latest-tag"], "error");
}

#[test]
fn what_cannot_be_extended_is_said_at_its_place() {
    let outside = tempfile::tempdir().unwrap();
    write(outside.path(), "x.yml", "ignore: [ALL]\n");
    let text = format!(
        "extends:\n  - missing.yml\n  - a.yml\n  - https://example.com/x.yml\n  - {0}/x.yml\n  - link.yml\n  - broken.yml\n",
        outside.path().display()
    );
    let folder = repository(&[
        ("Dockerfile", DOCKERFILE),
        ("hullmark.yml", &text),
        ("a.yml", "fail-on: error\nextends: [b.yml]\n"),
        ("b.yml", "extends: a.yml\n"),
        ("broken.yml", "ignore: [\n"),
    ]);
    std::os::unix::fs::symlink(outside.path().join("x.yml"), folder.path().join("link.yml"))
        .unwrap();
    let said = refused(&folder, &["check", "."]);
    for line in [
        "hullmark.yml:2:5: `missing.yml` does not exist",
        "b.yml:1:10: `a.yml` extends this file in turn: a.yml -> b.yml -> a.yml",
        "hullmark.yml:4:5: `https://example.com/x.yml` is no file of the repository",
        "lies outside the repository",
        "hullmark.yml:6:5: `link.yml` lies outside the repository",
        "broken.yml:",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    write(folder.path(), "hullmark.yml", "extends: {a: b}\n");
    assert!(refused(&folder, &["check", "."]).contains("hullmark.yml:1:10: `extends` is a list"));
    write(folder.path(), "hullmark.yml", "extends: [a.yml, b.yml]\n");
    write(folder.path(), "a.yml", "ignore: [no/such-rule]\n");
    write(folder.path(), "b.yml", "ignores: []\n");
    let said = refused(&folder, &["check", "."]);
    assert!(said.contains("b.yml:1:1: unknown key `ignores`"), "{said}");
}

/// What a file extends is bounded, however often each of them does so.
#[test]
fn many_files_are_refused() {
    let folder = repository(&[
        ("Dockerfile", DOCKERFILE),
        ("hullmark.yml", "extends: [f0.yml]\n"),
    ]);
    for number in 0..40 {
        let next = number + 1;
        let text = format!("extends: [f{next}.yml, f{next}.yml]\n");
        write(folder.path(), &format!("f{number}.yml"), &text);
    }
    assert!(refused(&folder, &["check", "."]).contains("is one of more than 32 files"));
}

fn git(folder: &TempDir, arguments: &[&str]) {
    let done = Plain::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
}

#[test]
fn a_trusted_revision_is_built_on_its_own_files() {
    let folder = tempfile::tempdir().unwrap();
    git(&folder, &["init", "--quiet"]);
    write(folder.path(), "Dockerfile", DOCKERFILE);
    write(folder.path(), "ci/base.yml", "locked: [shell/sudo]\n");
    write(
        folder.path(),
        "hullmark.yml",
        "extends: ci/base.yml\nselect: [image]\n",
    );
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "--message", "a"]);
    write(folder.path(), "ci/base.yml", "ignore: [shell/sudo]\n");
    let own = settings(&folder, &[]);
    assert!(own["rules"]["shell/sudo"].is_null());
    let trusted = settings(&folder, &["--config-from=HEAD"]);
    assert_eq!(trusted["locked"], json!(["shell/sudo"]));
    assert_eq!(trusted["extends"], json!(["HEAD:ci/base.yml"]));
    assert!(!trusted["rules"]["shell/sudo"].is_null());
    fs::remove_file(folder.path().join("ci/base.yml")).unwrap();
    assert_eq!(
        settings(&folder, &["--config-from=HEAD"])["locked"],
        json!(["shell/sudo"])
    );
}
