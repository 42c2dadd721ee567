//! Slips of those who write rules: each is an error with file and line, in `test` and in `check`, and none is silent.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: app\n      image: nginx:1.27\n";

const CLEAN: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

/// What comes before the code of a rule; its package is on line 10.
const METADATA: &str = "# METADATA\n# title: A test\n# description: A test.\n# custom:\n#   severity: warning\n#   confidence: high\n#   category: style\n#   message: container is odd\n#   remediation: Rename it.\n";

/// A body that holds for each container.
const BODY: &str = "if {\n\tsome container in input.containers\n\tcontainer.name == \"app\"\n}\n";

/// The code of a rule, the line of the file that is wrong, and what is said.
const SLIPS: &[(&str, &str, &str)] = &[
    (
        "deny contains {\"field\": \"name\"} BODY",
        "12",
        "has no `at`",
    ),
    (
        "deny contains {\"at\": container.name} BODY",
        "12",
        "`container.name` (text) is no place",
    ),
    ("deny contains {\"at\": \"app\"} BODY", "12", "not a text"),
    (
        "deny contains \"boo\" BODY",
        "12",
        "a finding is an object with the `at` of a row, not a text",
    ),
    ("deny contains [container.at] BODY", "12", "not a list"),
    (
        "deny contains finding BODY\nx := 1\n\ndeny contains f(1)\n\nf(x) := {\"field\": \"a\"}\n",
        "21",
        "has no `at`",
    ),
    (
        "deny := {\"at\": 1} BODY",
        "12",
        "`deny` must be a set of findings",
    ),
    ("deny BODY", "12", "`deny` must be a set of findings"),
    (
        "violation contains {\"at\": container.at} BODY",
        "12",
        "`violation` is not evaluated",
    ),
    (
        "warn contains {\"at\": container.at} BODY",
        "12",
        "`warn` is not evaluated",
    ),
    ("x := 1\n", "10", "has no `deny`"),
    (
        "deny contains {\"at\": container.at, \"field\": 3} BODY",
        "12",
        "`field` is a path",
    ),
    (
        "deny contains {\"at\": container.at, \"severity\": \"warn\"} BODY",
        "12",
        "did you mean `warning`?",
    ),
    (
        "deny contains {\"at\": container.at, \"related\": [{\"at\": container.at, \"note\": \"x\"}]} BODY",
        "12",
        "but no `note`",
    ),
    (
        "deny contains {\"at\": container.at, \"related\": related} if {\n\tsome container in input.containers\n\trelated := [{\"message\": \"x\"} | some c in input.containers]\n}\n",
        "14",
        "the related place has no `at`",
    ),
    (
        "deny contains {\"at\": container.at, \"related\": \"x\"} BODY",
        "12",
        "`related` is a list of places",
    ),
    (
        "deny contains {\"at\": container.at} if {\n\tsome container in input.containers\n\tregex.match(\"^(app|main$\", container.name)\n}\n",
        "14",
        "is no regular expression: unclosed group",
    ),
    (
        "deny contains {\"at\": container.at} if {\n\tsome container in input.containers\n\t\tcontainer.name = = \"x\"\n}\n",
        "14:20",
        "syntax error: expecting expression",
    ),
];

fn project(policy: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("ours/acme/odd.rego", policy),
        ("ours/fixtures/acme/odd/bad.yaml", POD),
        ("ours/fixtures/acme/odd/good.yaml", CLEAN),
        (
            "hullmark.yml",
            "policies: [ours]\nselect: [acme, hullmark]\n",
        ),
        ("clean.yaml", CLEAN),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    // The search for a configuration ends here.
    fs::create_dir(folder.path().join(".git")).unwrap();
    folder
}

fn rule(code: &str) -> String {
    let code = code.replace("BODY", BODY);
    format!("{METADATA}package rules.acme[\"odd\"]\n\n{code}")
}

fn hullmark(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hullmark"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let texts = [&output.stdout, &output.stderr];
    texts.map(|text| String::from_utf8_lossy(text)).concat()
}

#[test]
fn a_slip_is_an_error_with_file_and_line() {
    for (code, place, reason) in SLIPS {
        let folder = project(&rule(code));
        for arguments in [&["test", "ours"][..], &["check", "clean.yaml"]] {
            let output = hullmark(folder.path(), arguments);
            let said = said(&output);
            assert_eq!(output.status.code(), Some(2), "{code}\n{said}");
            let start = format!("hullmark: ours/acme/odd.rego:{place}: ");
            assert!(
                said.starts_with(&start) && said.contains(reason),
                "{code}\n{said}"
            );
            assert_eq!(said.lines().count(), 1, "{said}");
        }
    }
}

#[test]
fn what_shows_only_in_a_run_is_a_rule_error_with_file_and_line() {
    for (code, reason) in [
        (
            "deny contains object.union({\"field\": \"name\"}, {}) BODY",
            "the finding has no `at`",
        ),
        (
            "deny contains object.union({\"at\": lower(container.name)}, {}) BODY",
            "the `at` of the finding is the text `app`",
        ),
        (
            "deny contains object.union({\"at\": container.at}, {\"related\": [{\"at\": container.at, \"note\": 1}]}) BODY",
            "a related place has no `message`",
        ),
        (
            "deny contains container.name BODY",
            "`deny` contains the text `app`",
        ),
    ] {
        let folder = project(&rule(code));
        let output = hullmark(folder.path(), &["test", "ours"]);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(
            text.contains("ours/acme/odd.rego:12: ") && text.contains(reason),
            "{text}"
        );
        fs::write(folder.path().join("pod.yaml"), POD).unwrap();
        let output = hullmark(folder.path(), &["check", "pod.yaml"]);
        let text = said(&output);
        assert!(
            text.contains("hullmark/rule-error") && text.contains(reason),
            "{text}"
        );
    }
}

#[test]
fn a_path_and_a_package_say_one_id() {
    let policy = rule("deny contains {\"at\": container.at} BODY").replace("\"odd\"", "\"other\"");
    let folder = project(&policy);
    let text = said(&hullmark(folder.path(), &["test", "ours"]));
    let expected = "odd.rego:10: the package says `acme/other`, the path `acme/odd`: write `package rules.acme[\"odd\"]`, or move the file to `acme/other.rego`\n";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn output_with_holes_fails_its_test() {
    let hole = rule("deny contains object.union({\"at\": container.at}, {\"nam\": 1}) BODY")
        .replace("container is odd", "container {name} is odd");
    let folder = project(&hole);
    let output = hullmark(folder.path(), &["test", "ours"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("bad.yaml:6:7: shows `{name}`"), "{text}");
}

#[test]
fn fixtures_are_named_by_their_files_and_those_of_no_rule_fail() {
    let folder = project(&rule("deny contains {\"at\": container.at} BODY"));
    let folder = folder.path();
    assert!(hullmark(folder, &["test", "ours"]).status.success());
    let fixtures = folder.join("ours/fixtures/acme");
    fs::create_dir_all(fixtures.join("odd/good-folder/deploy")).unwrap();
    fs::write(fixtures.join("odd/good-folder/deploy/pod.yaml"), POD).unwrap();
    let text = said(&hullmark(folder, &["test", "ours"]));
    assert!(
        text.contains("good-folder/deploy/pod.yaml:6:7: container is odd"),
        "{text}"
    );
    fs::rename(fixtures.join("odd"), fixtures.join("old")).unwrap();
    let output = hullmark(folder, &["test", "ours"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("FAIL  ours/fixtures/acme/old\n"), "{text}");
    assert!(
        text.contains("has no fixture `ours/fixtures/acme/odd/bad.<ext>`"),
        "{text}"
    );
}

#[test]
fn fixtures_of_policies_are_checked_only_where_they_are_named() {
    let folder = project(&rule("deny contains {\"at\": container.at} BODY"));
    let folder = folder.path();
    assert!(hullmark(folder, &["check"]).status.success());
    let named = hullmark(folder, &["check", "ours/fixtures/acme/odd/bad.yaml"]);
    assert_eq!(named.status.code(), Some(1));
    let config = "select: [acme]\n";
    fs::write(folder.join("hullmark.yml"), config).unwrap();
    assert!(
        hullmark(folder, &["check", "--policy", "ours"])
            .status
            .success()
    );
}
