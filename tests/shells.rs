//! What a shell gets of the program: completions, pages of the manual; and what a person gets on standard error.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::{Command as Plain, Output};

use assert_cmd::Command;

fn hullmark(folder: &Path, arguments: &[&str]) -> Output {
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
fn shells_complete_commands_flags_and_words() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = text(hullmark(folder.path(), &["completions", shell]).stdout);
        for word in ["add-ignores", "suppressions", "markdown"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let script = hullmark(folder.path(), &["completions", "bash"]).stdout;
    let file = folder.path().join("hullmark.bash");
    fs::write(&file, script).unwrap();
    let complete = format!(
        "source {}; COMP_WORDS=(hullmark check --format mark); COMP_CWORD=3; _hullmark hullmark mark --format; echo \"${{COMPREPLY[@]}}\"",
        file.display()
    );
    let output = Plain::new("bash").args(["-c", &complete]).output().unwrap();
    assert_eq!(text(output.stdout).trim(), "markdown");
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let page = text(hullmark(folder.path(), &["man"]).stdout);
    assert!(page.contains(".TH hullmark 1") && page.contains("suppressions"));
    let page = text(hullmark(folder.path(), &["man", "check"]).stdout);
    assert!(page.contains("HULLMARK_ADD_IGNORES") && page.contains("\\-\\-diff\\-base"));
    let output = hullmark(folder.path(), &["man", "chek"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(output.stderr).contains("did you mean `check`?"));
}

const DOCKERFILE: &str = "FROM ubuntu:latest\nRUN sudo ls\n";

#[test]
fn timings_change_no_report() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Dockerfile"), DOCKERFILE).unwrap();
    let plain = hullmark(folder.path(), &["check", ".", "--format=json"]);
    let timed = hullmark(folder.path(), &["check", ".", "--format=json", "--timings"]);
    assert_eq!(plain.stdout, timed.stdout);
    let said = text(timed.stderr);
    for row in ["the run", "parsers", "model", "shell/sudo (1 evaluations)"] {
        assert!(said.contains(row), "{row}\n{said}");
    }
    assert!(!text(plain.stderr).contains("parsers"));
}

#[test]
fn counts_go_with_every_format() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Dockerfile"), DOCKERFILE).unwrap();
    let run = |format: &str, more: &[&str]| {
        let format = format!("--format={format}");
        let all = [&["check", ".", "--exit-zero", &format], more].concat();
        let output = hullmark(folder.path(), &all);
        (text(output.stdout), text(output.stderr))
    };
    for format in [
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "rdjsonl",
        "sonarqube",
        "azure",
        "html",
    ] {
        let (plain, _) = run(format, &[]);
        let (report, said) = run(format, &["--statistics"]);
        assert_eq!(report, plain, "{format}");
        assert!(said.contains("shell/sudo"), "{format}: {said}");
    }
    let (lines, _) = run("jsonl", &["--statistics=file"]);
    assert!(lines.starts_with("{\"name\":\"Dockerfile\""), "{lines}");
    let (table, _) = run("markdown", &["--statistics"]);
    assert!(
        table.contains("| rule | Errors |") && table.contains("| total | "),
        "{table}"
    );
}
