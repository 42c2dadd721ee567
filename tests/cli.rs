//! The program as its users meet it: a command, what it prints, how it exits.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A manifest with faults of several severities.
const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  hostNetwork: true\n  containers:\n    - name: web\n      image: registry.example.com/web:1.4.2\n";

/// A manifest in which nothing is wrong.
const CLEAN: &str = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: web\n";

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
        .env("SOURCE_DATE_EPOCH", "1795392000")
        .output()
        .unwrap()
}

fn code(folder: &Path, arguments: &[&str]) -> i32 {
    hullmark(folder, arguments).status.code().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The rules that a run found, in the order of the report.
fn rules(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let output = hullmark(folder, &[&["--format", "json"], arguments].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)));
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect()
}

const HOST: &str = "kubernetes/host-network";

#[test]
fn exit_codes_say_how_it_ended_in_every_format() {
    let folder = project(&[("pod.yaml", POD), ("clean.yaml", CLEAN)]);
    let folder = folder.path();
    for format in hullmark::report::Format::ALL.map(hullmark::report::Format::name) {
        assert_eq!(code(folder, &["clean.yaml", "--format", format]), 0);
        assert_eq!(code(folder, &["check", "pod.yaml", "--format", format]), 1);
        assert_eq!(code(folder, &["none.yaml", "--format", format]), 2);
    }
    assert_eq!(code(folder, &["pod.yaml", "--exit-zero"]), 0);
    let info = format!("severity: {{{HOST}: info}}");
    fs::write(folder.join("info.yml"), info).unwrap();
    let one = ["pod.yaml", "--select", HOST, "--config", "info.yml"];
    assert_eq!(code(folder, &one), 0);
    assert_eq!(
        code(folder, &[&one[..], &["--fail-on", "info"]].concat()),
        1
    );
    assert_eq!(code(folder, &["pod.yaml", "--fail-on", "never"]), 0);
    assert_eq!(code(folder, &["none.yaml", "--fail-on", "never"]), 2);
    assert_eq!(code(folder, &["--fail-on", "high"]), 2);
    assert_eq!(code(folder, &["--help"]), 0);
    assert_eq!(code(folder, &["--version"]), 0);
}

#[test]
fn severity_hides_lesser_findings_and_leaves_the_exit_status() {
    let config = "select: [kubernetes/host-network, kubernetes/missing-memory-limit]\n\
        severity: {kubernetes/host-network: warning, kubernetes/missing-memory-limit: info}\n";
    let folder = project(&[("hullmark.yml", config), ("pod.yaml", POD)]);
    let folder = folder.path();
    let limit = "kubernetes/missing-memory-limit";
    assert_eq!(rules(folder, &["--severity", "info"]), [HOST, limit]);
    assert_eq!(rules(folder, &["--severity", "warning"]), [HOST]);
    assert!(rules(folder, &["--severity", "error"]).is_empty());
    for format in ["text", "concise", "sarif", "github"] {
        let run = |severity| hullmark(folder, &["--format", format, "--severity", severity]);
        let text = stdout(&run("info"));
        assert!(text.contains("network namespace") && text.contains("memory limit"));
        // SARIF describes every rule of the run, found or not.
        if format != "sarif" {
            assert!(
                !stdout(&run("warning")).contains("memory limit"),
                "{format}"
            );
        }
    }
    let statistics = hullmark(folder, &["--statistics", "--severity", "warning"]);
    assert!(!stdout(&statistics).contains(limit));
    let output = hullmark(folder, &["--severity", "error"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr(&output),
        "hullmark: exit status 1: `--severity error` hides 1 finding that fails; `--fail-on error` ignores it\n"
    );
    let both = ["--severity", "error", "--fail-on", "error"];
    let output = hullmark(folder, &both);
    assert_eq!(
        (output.status.code(), stderr(&output).as_str()),
        (Some(0), "")
    );
    assert_eq!(code(folder, &["--severity", "never"]), 2);
}

#[test]
fn a_mistake_is_one_line_with_its_place_and_a_suggestion() {
    for (config, expected) in [
        (
            "selct: [image]",
            "hullmark.yml:1:1: unknown key `selct` (did you mean `select`?)",
        ),
        (
            "\nselect: [kubernets]",
            "hullmark.yml:2:10: unknown rule `kubernets` (did you mean `kubernetes`?)",
        ),
        (
            "ignore: [host-networks]",
            "hullmark.yml:1:10: unknown rule `host-networks` (did you mean `kubernetes/host-network`?)",
        ),
        (
            "fail-on: eror",
            "hullmark.yml:1:10: `fail-on` is error, warning, info or never, not `eror` (did you mean `error`?)",
        ),
        (
            "exclude: {a: b}",
            "hullmark.yml:1:10: `exclude` is a list, not a mapping",
        ),
        (
            "overrides: [{ignore: [ALL]}]",
            "hullmark.yml:1:13: an override needs `paths`",
        ),
        (
            "- image",
            "hullmark.yml:1:1: the configuration is a mapping, `key: value`, not a list",
        ),
    ] {
        let folder = project(&[("hullmark.yml", config), ("pod.yaml", POD)]);
        let output = hullmark(folder.path(), &["pod.yaml"]);
        assert_eq!(output.status.code(), Some(2), "{config}");
        assert_eq!(stderr(&output), format!("hullmark: {expected}\n"));
        assert!(output.stdout.is_empty());
        assert_eq!(code(folder.path(), &["pod.yaml", "--isolated"]), 1);
    }
    let config = "selct: [image]\nfail-on: high\noverrides:\n  - path: a\n  - paths: ['[b-a]']\n";
    let folder = project(&[("hullmark.yml", config), ("pod.yaml", POD)]);
    let lines = [
        "hullmark: hullmark.yml:1:1: unknown key `selct` (did you mean `select`?)",
        "hullmark: hullmark.yml:2:10: `fail-on` is error, warning, info or never, not `high`",
        "hullmark: hullmark.yml:4:5: unknown key `path` (did you mean `paths`?)",
        "hullmark: hullmark.yml:5:13: `[b-a]` is no glob: invalid range; 'b' > 'a'",
    ];
    let output = hullmark(folder.path(), &["pod.yaml"]);
    assert_eq!(stderr(&output).lines().collect::<Vec<_>>(), lines);
    let config = "rules: {image/latest-tag: {a: b}, imag: {}}\nignore: [hado, hadolint, DL]\n";
    let folder = project(&[("hullmark.yml", config), ("pod.yaml", POD)]);
    let output = hullmark(folder.path(), &["pod.yaml", "--select", "x,image"]);
    let places = stderr(&output);
    let places = places.lines().map(|line| line.split(": ").nth(1).unwrap());
    let expected = [
        "hullmark.yml:1:9",
        "hullmark.yml:1:35",
        "hullmark.yml:2:10",
        "hullmark.yml:2:26",
        "--select",
    ];
    assert_eq!(places.collect::<Vec<_>>(), expected);
    let folder = project(&[]);
    let output = hullmark(folder.path(), &["--select", "imag"]);
    assert!(stderr(&output).starts_with("hullmark: --select: unknown rule `imag`"));
    let output = hullmark(folder.path(), &["explain", "host-netwrok"]);
    assert!(
        stderr(&output).contains("did you mean"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn nothing_to_check_is_said_and_is_no_failure() {
    let folder = project(&[("notes.txt", "x")]);
    let output = hullmark(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("nothing to check"));
    assert!(rules(folder.path(), &["notes.txt"]).is_empty());
}

#[test]
fn configuration_is_found_upwards_and_flags_have_the_last_word() {
    let folder = project(&[
        (
            ".github/hullmark.yml",
            "select: [kubernetes/host-network]\nexclude: [vendor]\n",
        ),
        ("a/b/pod.yaml", POD),
        ("vendor/pod.yaml", POD),
    ]);
    let folder = folder.path();
    assert_eq!(rules(folder, &[]), [HOST]);
    assert_eq!(rules(&folder.join("a"), &["b"]), [HOST]);
    // A file that is named is checked whatever is excluded.
    assert_eq!(rules(folder, &["vendor/pod.yaml"]), [HOST]);
    assert!(rules(folder, &["--exclude", "a/"]).is_empty());
    assert!(rules(folder, &["--ignore", HOST]).is_empty());
    assert!(rules(folder, &["--isolated", "--select", "ALL"]).len() > 2);
    assert!(!rules(folder, &["--select", "yaml"]).contains(&HOST.to_owned()));
}

#[test]
fn overrides_count_for_their_paths() {
    let config = "select: [kubernetes/host-network]\n\
        overrides:\n\
        - paths: [dev/]\n\
        \x20 ignore: [kubernetes]\n\
        - paths: ['*.gen.yaml']\n\
        \x20 severity: {kubernetes/host-network: info}\n\
        - paths: extra/**\n\
        \x20 select: kubernetes/missing-memory-limit\n";
    let folder = project(&[
        ("hullmark.yml", config),
        ("dev/pod.yaml", POD),
        ("pod.gen.yaml", POD),
        ("extra/pod.yaml", POD),
    ]);
    let folder = folder.path();
    assert!(rules(folder, &["dev"]).is_empty());
    assert_eq!(rules(folder, &["pod.gen.yaml"]), [HOST]);
    assert_eq!(code(folder, &["pod.gen.yaml"]), 0);
    let extra = rules(folder, &["extra"]);
    assert_eq!(extra, [HOST, "kubernetes/missing-memory-limit"]);
}

#[test]
fn an_id_of_another_tool_names_only_the_findings_it_would_have_made() {
    let folder = project(&[("pod.yaml", POD)]);
    let folder = folder.path();
    let named = rules(folder, &["--select", "kube-linter:host-network"]);
    assert_eq!(named, [HOST]);
    let rest = rules(
        folder,
        &["--select", "ALL", "--ignore", "kube-linter:host-network"],
    );
    assert!(!rest.contains(&HOST.to_owned()) && !rest.is_empty());
}

#[test]
fn standard_input_has_the_name_it_is_given() {
    let folder = project(&[]);
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_hullmark"))
            .current_dir(folder.path())
            .args(arguments)
            .write_stdin(POD)
            .output()
            .unwrap()
    };
    let output = run(&[
        "--stdin-filename",
        "deploy/pod.yaml",
        "-",
        "--format",
        "github",
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).contains("file=deploy/pod.yaml"),
        "{}",
        stdout(&output)
    );
    assert_eq!(run(&["-"]).status.code(), Some(1));
    assert!(stdout(&run(&["parse", "-", "--table", "workloads"])).contains("workloads (1)"));
}

#[test]
fn reports_go_where_their_pair_says() {
    let folder = project(&[("pod.yaml", POD)]);
    let folder = folder.path();
    let pairs = [
        "--format",
        "sarif",
        "--output",
        "out.sarif",
        "--format",
        "text",
    ];
    let output = hullmark(folder, &pairs);
    assert!(
        stdout(&output).contains("pod.yaml:6:3"),
        "{}",
        stdout(&output)
    );
    assert!(!stdout(&output).contains('\u{1b}'));
    let sarif = fs::read_to_string(folder.join("out.sarif")).unwrap();
    assert!(sarif.contains("\"2.1.0\""));
    assert_eq!(code(folder, &["--format", "json", "--format", "sarif"]), 2);
    assert_eq!(code(folder, &["--output", "a", "--output", "b"]), 2);
    assert_eq!(code(folder, &["--output", "none/out.txt"]), 2);
    let colored = hullmark(folder, &["--color", "always"]);
    assert!(stdout(&colored).contains('\u{1b}'));
    assert!(stdout(&hullmark(folder, &["--statistics"])).contains(HOST));
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let files: Vec<(String, String)> = (0..200)
        .map(|number| {
            (
                format!("d{}/p{number}.yaml", number % 7),
                POD.replace("web", &format!("web{number}")),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let folder = project(&files);
    let run = |threads: &str, format: &str| {
        Command::new(env!("CARGO_BIN_EXE_hullmark"))
            .current_dir(folder.path())
            .args(["--select", "ALL", "--format", format])
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap()
            .stdout
    };
    for format in ["text", "concise", "json", "sarif", "github"] {
        let one = run("1", format);
        assert!(one.len() > 1000);
        assert!(
            one == run("4", format) && one == run("4", format),
            "{format} differs"
        );
    }
}

#[test]
fn comments_suppress_findings_and_are_checked_themselves() {
    let ignored = POD.replace(
        "hostNetwork: true",
        "hostNetwork: true # hullmark: ignore[kubernetes/host-network] until=2030-01-01 -- why",
    );
    let folder = project(&[("pod.yaml", &ignored)]);
    let select = [
        "--select",
        "kubernetes/host-network,hullmark",
        "--ignore",
        "hullmark/inline-suppression",
    ];
    assert!(rules(folder.path(), &select).is_empty());
    let shown = hullmark(
        folder.path(),
        &[&select[..], &["--show-suppressed", "--format", "json"]].concat(),
    );
    assert!(stdout(&shown).contains("\"why\"") && shown.status.success());
    let expired = ignored.replace("2030", "2020");
    fs::write(folder.path().join("pod.yaml"), expired).unwrap();
    assert_eq!(
        rules(folder.path(), &select),
        [HOST, "hullmark/expired-suppression"]
    );
    let unused = ignored.replace("hostNetwork: true", "hostNetwork: false");
    fs::write(folder.path().join("pod.yaml"), unused).unwrap();
    assert_eq!(
        rules(folder.path(), &select),
        ["hullmark/unused-suppression"]
    );
    // A rule that does not run cannot be said to find nothing.
    assert!(rules(folder.path(), &["--select", "hullmark/unused-suppression"]).is_empty());
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = project(&[]);
    let folder = folder.path();
    let page = stdout(&hullmark(folder, &["explain", HOST]));
    assert!(page.contains(&format!("`{HOST}`")));
    assert_eq!(
        page,
        stdout(&hullmark(folder, &["explain", "kube-linter:host-network"]))
    );
    assert_eq!(
        page,
        stdout(&hullmark(folder, &["explain", "host-network"]))
    );
    let list = stdout(&hullmark(
        folder,
        &["rules", "--format", "json", "--select", HOST],
    ));
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["id"], HOST);
    assert!(stdout(&hullmark(folder, &["rules"])).lines().count() > 10);
}

/// A rule of a user's own.
const OWN: &str = r#"# METADATA
# title: Pod of the web team
# description: |
#   The web team has left the cluster, and its pods are to go.
# custom:
#   severity: error
#   confidence: high
#   category: maintainability
#   message: "pod `{name}` is the web team's"
#   remediation: Move it.
package rules.acme["web-pod"]

deny contains {"at": workload.at, "field": "metadata.name", "name": workload.name} if {
	some workload in input.workloads
	workload.name == "web"
}
"#;

#[test]
fn a_users_rules_run_and_are_tested() {
    let other = POD.replace("name: web", "name: shop");
    let folder = project(&[
        ("rules/acme/web-pod.rego", OWN),
        ("rules/fixtures/acme/web-pod/bad.yaml", POD),
        ("rules/fixtures/acme/web-pod/good.yaml", &other),
        ("pod.yaml", POD),
    ]);
    let folder = folder.path();
    let own = ["pod.yaml", "--policy", "rules", "--select", "acme"];
    assert_eq!(rules(folder, &own), ["acme/web-pod"]);
    let output = hullmark(folder, &["test", "rules"]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        stdout(&output),
        stderr(&output)
    );
    assert!(
        stdout(&output).contains("ok    acme/web-pod  (1 bad, 1 good)"),
        "{}",
        stdout(&output)
    );
    fs::write(folder.join("rules/fixtures/acme/web-pod/good.yaml"), POD).unwrap();
    let output = hullmark(folder, &["test", "rules"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stdout(&output).contains("FAIL  acme/web-pod"),
        "{}",
        stdout(&output)
    );
    fs::write(
        folder.join("rules/acme/web-pod.rego"),
        OWN.replace("package rules", "package rule"),
    )
    .unwrap();
    let output = hullmark(folder, &["test", "rules"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("web-pod.rego:"),
        "{}",
        stderr(&output)
    );
}

/// A rule may say that no row is like this: it means the file, whatever is in the others.
#[test]
fn a_users_rule_reads_each_file_by_itself() {
    let rule = OWN.replace("pod `{name}` is the web team's", "a stage of no team").replace(
        "deny contains",
        "_labels contains pair.name if {\n\tsome instruction in input.instructions\n\tsome pair in instruction.pairs\n}\n\ndeny contains",
    );
    let start = rule.find("deny contains").unwrap();
    let rule = format!(
        "{}deny contains {{\"at\": stage.at}} if {{\n\tsome stage in input.stages\n\tnot \"team\" in _labels\n}}\n",
        &rule[..start]
    );
    let folder = project(&[
        ("rules/acme/web-pod.rego", &rule),
        ("a/Dockerfile", "FROM a:1\nLABEL team=shop\n"),
        ("b/Dockerfile", "FROM a:1\nLABEL name=shop\n"),
    ]);
    let own = [
        ".", "--policy", "rules", "--select", "acme", "--format", "json",
    ];
    let output = hullmark(folder.path(), &own);
    let found = stdout(&output);
    assert!(found.contains("b/Dockerfile"), "{found}{}", stderr(&output));
    assert!(!found.contains("a/Dockerfile"), "{found}");
    assert!(!found.contains("docs/rules/acme"), "{found}");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_checked() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project(&[("shut/pod.yaml", POD), ("pod.yaml", POD)]);
    let shut = folder.path().join("shut");
    let permit = |mode| fs::set_permissions(&shut, fs::Permissions::from_mode(mode)).unwrap();
    permit(0o000);
    // Root reads everything.
    let is_root = fs::read_dir(&shut).is_ok();
    let select = ["--select", "kubernetes/host-network,hullmark"];
    let found = rules(folder.path(), &select);
    permit(0o755);
    if !is_root {
        assert_eq!(found, [HOST, "hullmark/unreadable-file"]);
    }
    fs::write(folder.path().join("Dockerfile"), b"FROM a\0b\n").unwrap();
    assert_eq!(
        rules(folder.path(), &["--select", "hullmark"]),
        ["hullmark/unreadable-file"]
    );
}

/// What the page of findings shows is what the program says.
/// Whole findings are shown there, which `tests/docs.rs` does not see where lines are left out between them.
#[test]
fn the_documentation_shows_a_real_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/findings.md")).unwrap();
    let run = stdout(&hullmark(
        root,
        &["check", "fixtures/showcase", "--exit-zero"],
    ));
    let (_, text) = page.split_once("\n## How to read a finding\n").unwrap();
    let block = text.split("```").nth(1).unwrap();
    let (_, finding) = block.split_once('\n').unwrap();
    assert!(finding.lines().count() > 5);
    assert!(run.contains(finding), "{finding}");
}

#[test]
fn tables_and_rows_are_listed_for_people_and_programs() {
    let folder = project(&[("pod.yaml", POD)]);
    let run = |arguments: &[&str]| hullmark(folder.path(), arguments);
    let list = run(&["parse", "--tables", "--table", "services"]);
    assert_eq!(list.status.code(), Some(0));
    let list = stdout(&list);
    assert!(
        list.starts_with("services: A Kubernetes Service.\n"),
        "{list}"
    );
    assert!(
        list.contains("  has_selector (flag): Whether a selector is written.\n"),
        "{list}"
    );
    let list = stdout(&run(&["parse", "--tables", "--format", "json"]));
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let tables = list["tables"].as_array().unwrap();
    assert!(tables.len() > 20);
    let commands = tables.iter().find(|table| table["table"] == "commands");
    let columns = commands.unwrap()["columns"].as_array().unwrap();
    let words = columns
        .iter()
        .find(|column| column["name"] == "words")
        .unwrap();
    assert_eq!(words["type"], "list of word");
    assert_eq!(words["columns"][1]["name"], "text");
    assert_eq!(run(&["parse"]).status.code(), Some(2));

    let rows = stdout(&run(&["parse", "pod.yaml", "--format", "json"]));
    let rows: serde_json::Value = serde_json::from_str(&rows).unwrap();
    let container = &rows["tables"]["containers"][0];
    assert_eq!(container["kind"], "kubernetes");
    assert!(container["at"]["line"].as_u64().unwrap() > 1, "{container}");
}
