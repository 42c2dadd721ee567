//! Programs beside hullmark: run only when asked for by name, and what they say is where it belongs.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

const RULE: &str = "shell/shellcheck";

/// A program in place of `ShellCheck`: notes how it was called and what it was given, and finds the last word of the second line that it sees.
const FAKE: &str = r#"#!/bin/sh
here=$(dirname "$0")
echo "$@" >> "$here/calls"
cat >> "$here/scripts"
cat << 'EOF'
{"comments":[{"file":"-","line":2,"endLine":2,"column":6,"endColumn":8,"level":"warning","code":2086,"message":"Double quote this.","fix":null},
{"file":"-","line":1,"endLine":1,"column":1,"endColumn":2,"level":"error","code":1000,"message":"In the preamble.","fix":null}]}
EOF
exit 1
"#;

const DOCKERFILE: &str = "FROM debian:13.1-slim\nENV key=1\nRUN <<EOF\n# all of it\necho $a\nEOF\nRUN echo \\\n  $b\nSHELL [\"pwsh\"]\nRUN echo $c\n";

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn program(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shellcheck");
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// With the program first on the path.
fn hullmark(folder: &Path, program: &Path, arguments: &[&str]) -> Output {
    let path = format!("{}:/usr/bin:/bin", program.display());
    Command::new(env!("CARGO_BIN_EXE_hullmark"))
        .current_dir(folder)
        .args(arguments)
        .env("PATH", path)
        .env_remove("HULLMARK_SHELLCHECK")
        .output()
        .unwrap()
}

/// `line:column-line:column severity message` of each finding.
fn findings(output: &Output) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let shown = findings.iter().map(|finding| {
        let at = |end: &str| format!("{}:{}", finding[end]["line"], finding[end]["column"]);
        let text = |name: &str| finding[name].as_str().unwrap().to_owned();
        format!(
            "{}-{} {} {}",
            at("start"),
            at("end"),
            text("severity"),
            text("message")
        )
    });
    shown.collect()
}

#[test]
fn remarks_stand_where_their_text_stands() {
    let folder = project(&[("Dockerfile", DOCKERFILE)]);
    let program = program(FAKE);
    let arguments = ["check", "--select", RULE, "--format", "json"];
    let output = hullmark(folder.path(), program.path(), &arguments);
    assert_eq!(output.status.code(), Some(1));
    let found = findings(&output);
    // In the first script the second line is the preamble, and the first one its comment; in the second the preamble comes first.
    let expected = [
        "4:1-4:2 error SC1000: In the preamble",
        "7:10-8:3 warning SC2086: Double quote this",
    ];
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], expected[0]);
    assert!(
        found[1].ends_with("warning SC2086: Double quote this"),
        "{found:?}"
    );
    let calls = fs::read_to_string(program.path().join("calls")).unwrap();
    assert_eq!(calls, "--norc --format=json1 --shell sh -\n".repeat(2));
    let scripts = fs::read_to_string(program.path().join("scripts")).unwrap();
    let declared = scripts.lines().filter(|line| line.starts_with("read -r "));
    assert!(declared.clone().count() == 2 && declared.clone().all(|line| line.contains("key")));
    assert!(!scripts.contains("$c"), "{scripts}");
}

#[test]
fn a_step_is_judged_with_its_expressions_masked() {
    let workflow = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: |\n          echo '${{ github.ref }}'\n          echo $b\n";
    let folder = project(&[("ci.yml", workflow)]);
    let workflows = folder.path().join(".github/workflows");
    fs::create_dir_all(&workflows).unwrap();
    fs::rename(folder.path().join("ci.yml"), workflows.join("ci.yml")).unwrap();
    let program = program(FAKE);
    let arguments = ["check", "--select", RULE, "--format", "json"];
    let output = hullmark(folder.path(), program.path(), &arguments);
    let found = findings(&output);
    assert!(
        found.contains(&"8:16-8:18 warning SC2086: Double quote this".to_owned()),
        "{found:?}"
    );
    let calls = fs::read_to_string(program.path().join("calls")).unwrap();
    assert_eq!(calls, "--norc --format=json1 --shell bash -\n");
    let scripts = fs::read_to_string(program.path().join("scripts")).unwrap();
    assert!(
        scripts.starts_with("echo '_________________'\n"),
        "{scripts}"
    );
}

#[test]
fn only_the_rules_own_name_runs_it() {
    let folder = project(&[("Dockerfile", DOCKERFILE)]);
    let program = program(FAKE);
    for selector in ["ALL", "shell", "default", "pedantic"] {
        let output = hullmark(
            folder.path(),
            program.path(),
            &["check", "--select", selector],
        );
        assert!(output.status.code().unwrap() < 2);
    }
    assert!(!program.path().join("calls").exists());
}

#[test]
fn what_is_not_there_is_said_once() {
    let folder = project(&[("Dockerfile", DOCKERFILE)]);
    let empty = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_hullmark"))
        .current_dir(folder.path())
        .args(["check", "--select", RULE])
        .env("PATH", empty.path())
        .env_remove("HULLMARK_SHELLCHECK")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("ShellCheck is not installed") && said.lines().count() == 1,
        "{said}"
    );
}

#[test]
fn a_program_that_gives_no_report_is_a_failure_of_the_rule() {
    let folder = project(&[("Dockerfile", DOCKERFILE)]);
    let program = program("#!/bin/sh\necho 'unrecognized option' >&2\nexit 3\n");
    let arguments = ["check", "--select", RULE, "--format", "json"];
    let found = findings(&hullmark(folder.path(), program.path(), &arguments));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("`shell/shellcheck` failed") && found[0].contains("unrecognized option")
    );
}
