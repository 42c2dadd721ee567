//! What a run prints besides its findings, and where: shared excerpts, addresses, counts, files of reports, mistakes on the command line.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A Dockerfile with two findings on a line, and one elsewhere.
const DOCKERFILE: &str =
    "FROM debian:12\nRUN apt-get update && apt-get install curl\nMAINTAINER a\n";

const HOST: &str = "kubernetes/host-network";
const LIMIT: &str = "kubernetes/missing-memory-limit";

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  hostNetwork: true\n  containers:\n    - name: web\n      image: registry.example.com/web:1.4.2\n";

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    // The search for a configuration ends here.
    fs::create_dir(folder.path().join(".git")).unwrap();
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
        .env_remove("NO_COLOR")
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn findings_on_a_line_share_its_excerpt() {
    let folder = project(&[("Dockerfile", DOCKERFILE)]);
    let select =
        "dockerfile/package-lists-left,dockerfile/interactive-install,dockerfile/maintainer";
    let text = stdout(&hullmark(folder.path(), &["--select", select]));
    assert_eq!(text.matches("2 │ RUN apt-get").count(), 1, "{text}");
    let rules = [
        "dockerfile/package-lists-left",
        "dockerfile/interactive-install",
    ];
    for rule in rules {
        assert!(text.contains(&format!("[{rule}]: ")), "{text}");
        assert!(text.contains(&format!("help[{rule}]: ")), "{text}");
    }
    assert!(text.contains("^ dockerfile/interactive-install"), "{text}");
    assert!(text.contains("  = help: "), "{text}");
}

#[test]
fn the_address_of_a_rule_is_printed_once() {
    let folder = project(&[("a/pod.yaml", POD), ("b/pod.yaml", POD)]);
    let text = stdout(&hullmark(folder.path(), &["--select", HOST]));
    assert_eq!(
        text.matches("docs/rules/kubernetes/host-network.md")
            .count(),
        1,
        "{text}"
    );
    let (findings, end) = text.split_once("\nRules:\n").unwrap();
    assert_eq!(findings.matches("hostNetwork: true").count(), 4);
    assert!(
        end.starts_with("  kubernetes/host-network  https://"),
        "{end}"
    );
    assert!(!text.contains("\u{1b}]8"));
}

#[test]
fn statistics_count_by_configured_severity_and_what_is_asked() {
    let config = format!("select: [{HOST}, {LIMIT}]\nseverity: {{{HOST}: info, {LIMIT}: error}}\n");
    let folder = project(&[
        ("hullmark.yml", &config),
        ("a/x.yaml", POD),
        ("a/y.yaml", POD),
        ("pod.yaml", POD),
    ]);
    let folder = folder.path();
    let rows = |by: &str| {
        let text = stdout(&hullmark(folder, &[by]));
        let rows = text.lines().map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            words.get(..5).unwrap_or(&words).join(" ")
        });
        rows.collect::<Vec<String>>()
    };
    let end = ["6 3 0 3 total", "3 errors, 3 info in"];
    let head = "total error warning info";
    let by_rule = [
        head,
        "3 0 0 3 kubernetes/host-network",
        "3 3 0 0 kubernetes/missing-memory-limit",
    ];
    assert_eq!(rows("--statistics"), [&by_rule[..], &end].concat());
    assert_eq!(rows("--statistics=rule"), rows("--statistics"));
    let by_severity = [head, "3 3 0 0 error", "3 0 0 3 info"];
    assert_eq!(
        rows("--statistics=severity"),
        [&by_severity[..], &end].concat()
    );
    let by_folder = [head, "4 2 0 2 a", "2 1 0 1 ."];
    assert_eq!(rows("--statistics=folder"), [&by_folder[..], &end].concat());
    let by_file = [
        head,
        "2 1 0 1 a/x.yaml",
        "2 1 0 1 a/y.yaml",
        "2 1 0 1 pod.yaml",
    ];
    assert_eq!(rows("--statistics=file"), [&by_file[..], &end].concat());
    let json = hullmark(folder, &["--statistics=folder", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&json["by"], &json["files"]), (&"folder".into(), &3.into()));
    assert_eq!(json["counts"][0]["name"], "a");
    assert_eq!(json["total"]["total"], 6);
    assert_eq!(json["total"]["errors"], 3);
    let wrong = hullmark(folder, &["--statistics=size"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn files_of_reports_are_checked_before_anything_is_read() {
    let folder = project(&[("pod.yaml", POD)]);
    let folder = folder.path();
    let two = ["--format", "json", "--format", "sarif"];
    for (outputs, expected) in [
        (
            ["-o", "a.json", "-o", "./a.json"],
            "two reports cannot share `./a.json`",
        ),
        (
            ["-o", "a.json", "-o", "none/a.sarif"],
            "the folder `none` does not exist",
        ),
    ] {
        let output = hullmark(folder, &[&two[..], &outputs].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
        assert!(output.stdout.is_empty() && !folder.join("a.json").exists());
    }
}

#[test]
fn mistakes_on_the_command_line_say_what_was_meant() {
    let folder = project(&[("pod.yaml", POD), ("rule", POD)]);
    let folder = folder.path();
    for (arguments, expected) in [
        (
            &["chekc", "."][..],
            "`chekc` is no command and no file or folder (did you mean `check`?)",
        ),
        (&["lint"], "(did you mean `check`?)"),
        (&["version"], "(did you mean `--version`?)"),
        (&["explian", "DL3007"], "(did you mean `explain`?)"),
        (&["--fail-on", "note"], "(did you mean `info`?)"),
        (&["--severity", "warn"], "(did you mean `warning`?)"),
        (&["--severity", "eror"], "(did you mean `error`?)"),
        (
            &["--stdin-filename", "x.yaml", "pod.yaml"],
            "--stdin-filename: names what standard input holds, so `pod.yaml` would not be read",
        ),
        (&["nowhere"], "nowhere"),
    ] {
        let output = hullmark(folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
    // What is there is a path, whatever it is called.
    assert_ne!(hullmark(folder, &["rule"]).status.code(), Some(2));
}

#[test]
fn the_command_line_beats_the_configuration() {
    let config = format!("ignore: [{HOST}]\nseverity: {{{LIMIT}: off}}\nfail-on: never\n");
    let folder = project(&[("hullmark.yml", &config), ("pod.yaml", POD)]);
    let folder = folder.path();
    let found = |select: &str| {
        let text = stdout(&hullmark(
            folder,
            &["--select", select, "--format", "concise"],
        ));
        [HOST, LIMIT].map(|rule| text.contains(rule))
    };
    assert_eq!(found(HOST), [true, false]);
    assert_eq!(found(LIMIT), [false, true]);
    assert_eq!(found("kube-linter:host-network"), [false, false]);
    assert_eq!(found("kubernetes"), [false, false]);
    assert_eq!(found("ALL"), [false, false]);
    let select = ["--select", HOST];
    let code = |arguments: &[&str]| {
        let arguments = [&select[..], arguments].concat();
        hullmark(folder, &arguments).status.code()
    };
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--fail-on", "warning"]), Some(1));
}

#[test]
fn one_word_for_one_level() {
    let config = format!("select: [{HOST}]\nseverity: {{{HOST}: info}}\n");
    let folder = project(&[("hullmark.yml", &config), ("pod.yaml", POD)]);
    for format in ["text", "concise", "json"] {
        let text = stdout(&hullmark(folder.path(), &["--format", format]));
        assert!(text.contains("info") && !text.contains("note"), "{text}");
    }
}
