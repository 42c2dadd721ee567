//! Nothing that the program writes of a file is a command to the runner of a job, steers a terminal, or breaks a report.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;
use proptest::prelude::*;
use serde_json::Value;

const FORMATS: [&str; 15] = [
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "rdjsonl",
    "sonarqube",
    "azure",
    "markdown",
    "html",
];

/// Those of them that are one document of JSON.
const JSON: [&str; 5] = ["json", "sarif", "gitlab", "rdjson", "sonarqube"];

/// The command that Azure's report has in each line.
const LOGISSUE: &str = "##vso[task.logissue ";

/// Pieces of which texts are made that somebody writes to be printed.
const PIECES: &[&str] = &[
    "::error::x",
    "##[add-mask]x",
    "##vso[task.setvariable variable=PATH]x",
    "##vso",
    "]]>",
    "</failure>",
    "##",
    "#",
    "[",
    "\n",
    "\r",
    "\r\n",
    "%0A",
    "%0A::debug::x",
    "\u{1b}[31m",
    "\u{1b}]0;t\u{7}",
    "\u{9b}1m",
    "\u{202e}",
    "\u{61c}",
    "\u{180e}",
    "\u{ad}",
    "\u{e0041}",
    "\u{2028}",
    "\u{feff}",
    "\u{7f}",
    "\\",
    "\"",
    "`",
    "<!-- -->",
    " ",
    "\u{0}",
];

/// A policy whose every text is a command.
const POLICY: &str = r#"# METADATA
# title: "T\n::add-mask::title"
# description: "D.\n##[add-mask]d"
# custom:
#   severity: error
#   confidence: high
#   category: style
#   message: "m ##[x] {text}"
#   remediation: "Stop.\n::add-mask::rem \e[31mRED"
package rules.dockerfile["evil"]

deny contains {"at": i.at, "text": "\n::add-mask::x##[y]\u001b[31m\u202e"} if {
	some i in input.instructions
	true
}
"#;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .arg("check")
        .args(arguments)
        .current_dir(folder)
        .timeout(Duration::from_secs(60))
        .output()
        .unwrap()
}

/// Why a stream is not inert; `commands` are the workflow commands that may begin a line.
fn fault(stream: &[u8], commands: &[&str]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(stream) else {
        return Some("no UTF-8".to_owned());
    };
    let is_bad = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(
                c,
                '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            )
            || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
            || matches!(c, '\u{e0000}'..='\u{e0fff}')
    };
    if let Some(bad) = text.chars().find(|c| is_bad(*c)) {
        return Some(format!("{bad:?}"));
    }
    if text.contains("##[") {
        return Some("##[".to_owned());
    }
    let is_azure = commands.contains(&LOGISSUE);
    let mut rest = text.lines().map(|line| match line.strip_prefix(LOGISSUE) {
        Some(rest) if is_azure => rest,
        _ => line,
    });
    if let Some(line) = rest.find(|line| line.to_ascii_lowercase().contains("##vso[")) {
        return Some(line.to_owned());
    }
    let mut lines = text.lines().map(str::trim_start);
    lines
        .find(|line| {
            line.starts_with("::") && !commands.iter().any(|known| line.starts_with(known))
        })
        .map(str::to_owned)
}

/// Demands that a run over the folder is inert in every format.
fn assert_inert(folder: &Path) {
    for format in FORMATS {
        let output = run(folder, &["--select", "ALL", "--format", format, "."]);
        let commands: &[&str] = match format {
            "github" => &["::error file=", "::warning file=", "::notice file="],
            "azure" => &[LOGISSUE],
            _ => &[],
        };
        assert_eq!(fault(&output.stdout, commands), None, "{format}");
        assert_eq!(fault(&output.stderr, &[]), None, "{format}: errors");
        if output.stdout.is_empty() {
            continue;
        }
        let text = std::str::from_utf8(&output.stdout).unwrap();
        if JSON.contains(&format) {
            assert!(serde_json::from_str::<Value>(text).is_ok(), "{format}");
        } else if matches!(format, "jsonl" | "rdjsonl") {
            let is_json = |line: &str| serde_json::from_str::<Value>(line).is_ok();
            assert!(text.lines().all(is_json), "{format}");
        } else if matches!(format, "junit" | "checkstyle") {
            let mut reader = quick_xml::Reader::from_str(text);
            while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        }
    }
}

fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(PIECES).prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_of_a_file_is_a_command(text in nasty(), name in nasty(), key in nasty()) {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let name: String = name.chars().filter(|c| !matches!(c, '/' | '\0')).take(40).collect();
        fs::write(folder.join(format!("{name}.Dockerfile")), format!("FROM ubuntu:latest\nRUN sudo {text}\nENV A {text}\n")).unwrap();
        let quoted = serde_json::to_string(&text).unwrap();
        let pod = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: x}}\nspec: {{containers: [{{name: {quoted}, image: {quoted}}}]}}\n");
        fs::write(folder.join("pod.yaml"), pod).unwrap();
        fs::create_dir_all(folder.join(".github/workflows")).unwrap();
        let workflow = format!("on: push\njobs:\n  a:\n    runs-on: {quoted}\n    steps:\n      - uses: {quoted}\n      - run: echo ${{{{ {text} }}}}\n");
        fs::write(folder.join(".github/workflows/a.yml"), workflow).unwrap();
        assert_inert(folder);
        let quoted = serde_json::to_string(&key).unwrap();
        fs::write(folder.join("hullmark.yml"), format!("{quoted}: 1\nselect: [{quoted}]\nexclude: [{quoted}]\nfail-on: {quoted}\n")).unwrap();
        let output = run(folder, &["."]);
        prop_assert_eq!(fault(&output.stderr, &[]), None);
    }
}

#[test]
fn nothing_of_a_policy_is_a_command() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(
        folder.join("Dockerfile"),
        "FROM ubuntu:latest\nRUN sudo x\n",
    )
    .unwrap();
    fs::write(folder.join("hullmark.yml"), "policies: [p]\n").unwrap();
    fs::create_dir_all(folder.join("p/dockerfile")).unwrap();
    fs::write(folder.join("p/dockerfile/evil.rego"), POLICY).unwrap();
    let output = run(folder, &["."]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("evil"));
    assert_inert(folder);
}

#[test]
fn a_name_that_is_an_unknown_option_is_no_command() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["--x\n::error::y##[z]\u{1b}[31m"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fault(&output.stderr, &[]), None);
}
