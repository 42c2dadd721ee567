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
        "image/latest-tag",
    ] {
        let select = ["--select", select, "."];
        let rules = found(folder, &select);
        let count = |rule: &str| rules.iter().filter(|found| found.ends_with(rule)).count();
        assert_eq!(count("yaml/syntax-error"), 2, "{rules:?}");
        assert_eq!(count("dockerfile/syntax-error"), 1, "{rules:?}");
        assert_eq!(code(folder, &select), 1);
    }
    let ignored = |ignore: &str| {
        found(
            folder,
            &["--select", "image/latest-tag", "--ignore", ignore],
        )
        .len()
    };
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
        let rules = found(folder, &["--select", "image/latest-tag"]);
        assert_eq!(rules.len(), count, "{config} {rules:?}");
    }
}

#[test]
fn a_comment_for_all_rules_does_not_hide_what_cannot_be_parsed() {
    let with = |comment: &str| {
        let text = format!("# hullmark: {comment} -- x\n{BROKEN}");
        let folder = folder(&[("pod.yaml", &text)]);
        found(folder.path(), &["--select", "image/latest-tag"]).len()
    };
    assert_eq!(with("ignore-file[ALL]"), 1);
    assert_eq!(with("ignore-file[yaml]"), 1);
    assert_eq!(with("ignore-file[yaml/syntax-error]"), 1);
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
    let rules = found(folder.path(), &["--select", "image/latest-tag"]);
    assert_eq!(rules, ["a.yaml:3:1 hullmark/unreadable-file"]);
}

/// A pod whose `hostPID` is on the line after `spec:`.
const AGENT: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  hostPID: true\n  containers: [{name: a, image: 'example.com/a:1.0.0'}]\n";

/// A rule, and those that judge how it is suppressed.
const ABOUT: &str = "kubernetes/host-pid,hullmark/unused-suppression,hullmark/malformed-suppression,hullmark/unknown-rule-in-suppression";

/// Where `kubernetes/host-pid` and the rules about suppressions find something.
fn host_pid(text: &str) -> Vec<String> {
    let folder = folder(&[("in.yaml", text)]);
    found(folder.path(), &["--select", ABOUT])
}

#[test]
fn a_comment_above_an_object_covers_the_object() {
    let comment = "# hullmark: ignore[kubernetes/host-pid] -- reads processes\n";
    let none: [&str; 0] = [];
    assert_eq!(host_pid(&format!("{comment}{AGENT}")), none);
    let both = format!("{AGENT}---\n# why\n{comment}\n{AGENT}");
    assert_eq!(host_pid(&both), ["in.yaml:6:3 kubernetes/host-pid"]);
    let first = format!("{comment}---\n{AGENT}---\n{AGENT}");
    assert_eq!(host_pid(&first), ["in.yaml:16:3 kubernetes/host-pid"]);
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

/// A Service, and the pods of which `label` is a label.
const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: api}\nspec:\n  selector: {app: api}\n  ports: [{port: 80}]\n";

fn pods(label: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: api}}\nspec:\n  selector: {{matchLabels: {label}}}\n  template:\n    metadata: {{labels: {label}}}\n    spec: {{containers: [{{name: api, image: 'example.com/api:1.0.0'}}]}}\n"
    )
}

const PROJECT: [&str; 2] = ["--select", "project/service-selects-nothing"];

#[test]
fn a_named_file_is_judged_with_the_repository_around_it() {
    let right = pods("{app: api}");
    let wrong = pods("{app: apii}");
    let tree = folder(&[
        (".git/HEAD", ""),
        ("deploy/service.yaml", SERVICE),
        ("deploy/pods.yaml", &wrong),
    ]);
    let root = tree.path();
    let service = ["deploy/service.yaml:5:3 project/service-selects-nothing"];
    let check = |at: &Path, paths: &[&str]| found(at, &[&PROJECT[..], paths].concat());
    assert_eq!(check(root, &["."]), service);
    assert_eq!(check(root, &["deploy/service.yaml"]), service);
    assert_eq!(check(&root.join("deploy"), &["service.yaml"]), service);
    let none: [&str; 0] = [];
    assert_eq!(check(root, &["deploy/service.yaml", "--no-context"]), none);
    // Neither counted nor reported.
    let all = report(root, &["deploy/service.yaml"]);
    assert_eq!(all["files"], 1);
    let mut paths = all["findings"].as_array().unwrap().iter();
    assert!(paths.all(|found| found["path"] == "deploy/service.yaml"));
    let related =
        &report(root, &[&PROJECT[..], &["deploy/service.yaml"]].concat())["findings"][0]["related"];
    assert!(
        related[0]["path"].as_str().unwrap().starts_with("deploy/"),
        "{related}"
    );
    // What is excluded is no context, and what makes the finding false is.
    let excluded = ["deploy/service.yaml", "--exclude", "pods.yaml"];
    assert_eq!(check(root, &excluded), none);
    fs::write(root.join("deploy/pods.yaml"), right).unwrap();
    assert_eq!(check(root, &["deploy/service.yaml"]), none);
}

#[test]
fn context_reaches_to_the_configuration_where_there_is_no_repository() {
    let tree = folder(&[
        ("a/service.yaml", SERVICE),
        ("a/pods.yaml", &pods("{app: apii}")),
    ]);
    let check = || found(tree.path(), &[&PROJECT[..], &["a/service.yaml"]].concat());
    let none: [&str; 0] = [];
    assert_eq!(check(), none);
    fs::write(tree.path().join("hullmark.yml"), "ignore: []\n").unwrap();
    assert_eq!(
        check(),
        ["a/service.yaml:5:3 project/service-selects-nothing"]
    );
}

#[test]
fn standard_input_has_the_context_and_the_configuration_of_its_name() {
    let tree = folder(&[
        (".git/HEAD", ""),
        ("sub/hullmark.yml", "select: [project]\nexclude: [vendor]\n"),
        ("sub/service.yaml", "a: 1\n"),
        ("sub/pods.yaml", &pods("{app: apii}")),
    ]);
    let check = |name: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_hullmark"))
            .current_dir(tree.path())
            .args(["--format", "concise", "-", "--stdin-filename", name])
            .write_stdin(SERVICE)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let found = check("sub/service.yaml");
    assert!(
        found.starts_with("sub/service.yaml:5:3: warning[project/service-selects-nothing]"),
        "{found}"
    );
    assert!(found.ends_with("1 warning in 1 file\n"), "{found}");
    assert_eq!(check("sub/vendor/service.yaml"), "");
    assert_eq!(code(tree.path(), &["sub", "--stdin-filename", "x.yaml"]), 2);
}

#[test]
fn a_dockerfile_is_built_where_a_file_around_it_says() {
    let tree = folder(&[
        (".git/HEAD", ""),
        (
            "compose.yaml",
            "services: {a: {build: {context: app, dockerfile: ../docker/Dockerfile}}}\n",
        ),
        ("docker/Dockerfile", "FROM alpine:3.20\nCOPY mian.py /\n"),
        ("app/main.py", ""),
        ("app/requirements.txt", ""),
    ]);
    let select = ["--select", "dockerfile/missing-source"];
    let all = found(tree.path(), &select);
    assert_eq!(all.len(), 1, "{all:?}");
    let named = found(tree.path(), &[&select[..], &["docker/Dockerfile"]].concat());
    assert_eq!(named, all);
}

#[test]
fn the_configuration_is_that_of_what_is_checked() {
    let tree = folder(&[
        ("r/.git/HEAD", ""),
        ("r/hullmark.yaml", "select: [kubernetes/host-pid]\n"),
        ("r/a/pod.yaml", AGENT),
        ("s/.git/HEAD", ""),
        ("s/.hullmark.yaml", "select: [image]\n"),
        ("s/pod.yaml", AGENT),
    ]);
    let top = tree.path();
    let pid = "a/pod.yaml:6:3 kubernetes/host-pid";
    for (working, path) in [
        (".", "r"),
        (".", "r/a/pod.yaml"),
        ("r/a", "."),
        ("s", "../r/a/pod.yaml"),
    ] {
        assert_eq!(
            found(&top.join(working), &[path]),
            [pid],
            "{working} {path}"
        );
    }
    let warned = |working: &Path, paths: &[&str]| {
        String::from_utf8(hullmark(working, paths).stderr).unwrap()
    };
    assert_eq!(warned(top, &["r"]), "");
    let both = warned(top, &["r", "s"]);
    assert!(
        both.contains("r/hullmark.yaml") && both.contains("s/.hullmark.yaml"),
        "{both}"
    );
    fs::write(top.join("r/hullmark.yml"), "select: [image]\n").unwrap();
    let said = warned(&top.join("r"), &[]);
    assert!(
        said.contains("`hullmark.yml` is the configuration of this run, not `hullmark.yaml`"),
        "{said}"
    );
    let shown = hullmark(&top.join("s"), &["--show-settings", "--format", "json"]);
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert!(
        shown["configuration"]
            .as_str()
            .unwrap()
            .ends_with("s/.hullmark.yaml")
    );
    assert!(
        shown["rules"]["image/latest-tag"] == "warning"
            && shown["rules"]["kubernetes/host-pid"].is_null()
    );
}

#[test]
fn paths_and_fingerprints_do_not_depend_on_the_working_folder() {
    let tree = folder(&[(".git/HEAD", ""), ("a/b/pod.yaml", AGENT)]);
    let top = tree.path();
    let prints = |working: &str, path: &str| {
        let report = report(&top.join(working), &[path, "--select", "ALL"]);
        let findings = report["findings"].as_array().unwrap().iter();
        let prints = findings.map(|found| format!("{} {}", found["path"], found["fingerprint"]));
        prints.collect::<Vec<String>>()
    };
    let here = prints(".", ".");
    assert!(
        here.len() > 2 && here[0].starts_with("\"a/b/pod.yaml\" "),
        "{here:?}"
    );
    assert_eq!(prints("a", "."), here);
    assert_eq!(prints("a/b", "pod.yaml"), here);
    assert_eq!(prints("a/b", "../.."), here);
    let sarif = hullmark(&top.join("a/b"), &["../..", "--format", "sarif"]);
    let sarif = String::from_utf8(sarif.stdout).unwrap();
    assert!(sarif.contains("\"uri\":\"a/b/pod.yaml\"") && !sarif.contains("file:///"));
    let text = hullmark(&top.join("a"), &["--format", "concise"]);
    assert!(
        String::from_utf8(text.stdout)
            .unwrap()
            .starts_with("b/pod.yaml:")
    );
}

#[test]
fn mistakes_of_a_configuration_are_reported_together() {
    let tree = folder(&[
        (
            "hullmark.yml",
            "selct: [x]\nignore: [kubernetes/host-pidd]\nfail-on: bad\noverrides: [{paths: [a], ignore: [imag]}]\n",
        ),
        ("pod.yaml", AGENT),
    ]);
    let output = hullmark(tree.path(), &["--select", "nothing", "--exclude", "[b-a]"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    for (line, begin) in lines.iter().zip([
        "hullmark: hullmark.yml:1:1: unknown key `selct`",
        "hullmark: hullmark.yml:2:10: unknown rule `kubernetes/host-pidd`",
        "hullmark: hullmark.yml:3:10: `fail-on` is",
        "hullmark: hullmark.yml:4:35: unknown rule `imag`",
        "hullmark: --select: unknown rule `nothing`",
        "hullmark: --exclude: `[b-a]`",
    ]) {
        assert!(line.starts_with(begin), "{line}\n{begin}");
    }
    assert_eq!(lines.len(), 6, "{said}");
}

#[test]
fn exclude_holds_for_named_files_where_it_is_forced() {
    let tree = folder(&[
        (
            "hullmark.yml",
            "select: [kubernetes/host-pid]\nexclude: [vendor]\n",
        ),
        ("vendor/pod.yaml", AGENT),
        ("pod.yaml", AGENT),
        ("a/pod.yaml", AGENT),
    ]);
    let top = tree.path();
    let count = |working: &str, flags: &[&str]| found(&top.join(working), flags).len();
    assert_eq!(count(".", &["vendor/pod.yaml", "pod.yaml"]), 2);
    assert_eq!(
        count(".", &["vendor/pod.yaml", "pod.yaml", "--force-exclude"]),
        1
    );
    assert_eq!(count(".", &["vendor", "--force-exclude"]), 0);
    assert_eq!(count(".", &["--exclude", "a,pod.yaml"]), 0);
    assert_eq!(count(".", &["--exclude", "{a,b}/**"]), 1);
    assert_eq!(count("vendor", &["..", "--exclude", "../a"]), 1);
    let full = top.canonicalize().unwrap().join("a");
    assert_eq!(count(".", &["--exclude", full.to_str().unwrap()]), 1);
    let said = hullmark(top, &["--exclude", "a,nothing,vendor"]).stderr;
    let said = String::from_utf8(said).unwrap();
    assert_eq!(
        said,
        "hullmark: --exclude: `nothing` matches no file or folder\n"
    );
}

#[test]
fn workflows_that_nothing_runs_are_blamed_for_less() {
    const WORKFLOW: &str = "on: push\njobs:\n  test:\n    runs-on: ubuntu-18.04\n    steps:\n      - uses: actions/cache@v1\n        with: {path: a}\n      - run: make\n        unknown: key\n";
    let tree = folder(&[
        (".git/HEAD", ""),
        (".github/workflows/broken.yml", WORKFLOW),
        ("workflow.yml", WORKFLOW),
        ("ci-templates/workflow.yml", WORKFLOW),
        ("negative_test/job.yml", WORKFLOW),
        ("ci-templates/broken-workflow.yml", WORKFLOW),
    ]);
    let top = tree.path();
    let rules = |path: &str, flags: &[&str]| -> Vec<String> {
        let found = report(top, flags);
        let found = found["findings"].as_array().cloned().unwrap_or_default();
        let of_path = found.iter().filter(|finding| finding["path"] == path);
        let mut rules: Vec<String> = of_path
            .map(|finding| finding["rule"].as_str().unwrap_or_default().to_owned())
            .collect();
        rules.sort();
        rules.dedup();
        rules
    };
    let whole = rules(".github/workflows/broken.yml", &[]);
    assert!(
        whole.contains(&"workflow/retired-runner".to_owned()),
        "{whole:?}"
    );
    assert!(
        whole.contains(&"workflow/unknown-key".to_owned()),
        "{whole:?}"
    );
    // What is wrong in it is wrong; what it was made for is gone.
    assert_eq!(rules("workflow.yml", &[]), ["workflow/unknown-key"]);
    assert!(
        rules("ci-templates/workflow.yml", &[]).contains(&"workflow/retired-runner".to_owned())
    );
    assert!(rules("negative_test/job.yml", &[]).is_empty());
    assert!(rules("ci-templates/broken-workflow.yml", &[]).is_empty());
    // Who names it wants it judged.
    for path in ["workflow.yml", "negative_test/job.yml"] {
        assert!(
            rules(path, &[path]).contains(&"workflow/retired-runner".to_owned()),
            "{path}"
        );
    }
    assert!(!rules("negative_test/job.yml", &["negative_test"]).is_empty());
}

#[test]
fn tags_in_a_compose_file_of_examples_are_left_to_who_copies_it() {
    let compose = "services:\n  web:\n    image: nginx\n";
    let tree = folder(&[
        (".git/HEAD", ""),
        (".examples/proxy/compose.yaml", compose),
        ("deploy/compose.yaml", compose),
    ]);
    let of = |flags: &[&str], path: &str| {
        let found = found(tree.path(), flags);
        found.iter().filter(|found| found.starts_with(path)).count()
    };
    assert_eq!(of(&[], ".examples"), 0);
    assert_eq!(of(&[], "deploy"), 1);
    assert_eq!(of(&[".examples"], ".examples"), 1);
}

#[test]
fn test_data_shows_what_is_wrong_wherever_it_is_and_counts_the_rest() {
    // A pod that nothing selects: its tag is left to who copies it.
    let agent = AGENT.replace("1.0.0", "latest");
    let example = agent.replace("agent", "example");
    let tree = folder(&[
        (".git/HEAD", ""),
        ("pkg/testdata/pod.yaml", &agent),
        ("pkg/testdata/broken.yaml", BROKEN),
        ("environments/test/pod.yaml", &agent),
        ("examples/pod.yaml", &example),
    ]);
    let top = tree.path();
    let of = |flags: &[&str], path: &str| {
        let found = found(top, flags);
        found.iter().filter(|found| found.starts_with(path)).count()
    };
    assert_eq!(of(&[], "pkg/testdata/pod.yaml"), 0);
    assert_eq!(of(&[], "pkg/testdata/broken.yaml"), 1);
    let whole = of(&["pkg/testdata/pod.yaml"], "pkg/testdata/pod.yaml");
    assert!(whole > 1);
    assert_eq!(of(&[], "environments"), whole);
    // The namespace of the node is dangerous in an example, too; limits and hardening are left to who copies it.
    assert_eq!(of(&[], "examples"), 1);
    assert_eq!(of(&["examples"], "examples"), whole);
    assert_eq!(
        report(top, &[])["test_data"],
        serde_json::json!({"findings": 2 * whole - 1, "files": 2})
    );
    // With them all, the same object is one.
    assert!(of(&["--include-tests"], "") < 3 * whole);
    // Who names it wants it judged, unless a hook names all files.
    for path in ["pkg/testdata", "pkg/testdata/pod.yaml"] {
        assert_eq!(of(&[path], "pkg/testdata/pod.yaml"), whole, "{path}");
        assert_eq!(
            of(&[path, "--force-exclude"], "pkg/testdata/pod.yaml"),
            0,
            "{path}"
        );
    }
    let text = String::from_utf8(hullmark(top, &["pkg", "--format", "concise"]).stdout).unwrap();
    let last = format!(
        "{whole} findings in 1 file of test data, examples, vendored code or superseded releases are not shown; --include-tests shows them\n"
    );
    assert!(text.ends_with(&last), "{text}");
    fs::write(top.join("hullmark.yml"), "test-data: [examples]\n").unwrap();
    assert_eq!(of(&["pkg"], "pkg/testdata/pod.yaml"), whole);
    assert_eq!(of(&[], "examples"), 0);
    // The name of a folder above the repository says nothing.
    let inside = folder(&[
        ("fixtures/r/.git/HEAD", ""),
        ("fixtures/r/pod.yaml", &agent),
    ]);
    assert_eq!(found(&inside.path().join("fixtures/r"), &[]).len(), whole);
}

#[test]
fn every_file_that_is_looked_at_is_listed() {
    let tree = folder(&[
        (".git/HEAD", ""),
        (".gitignore", "out/\n"),
        ("hullmark.yml", "exclude: [vendor]\n"),
        ("Dockerfile.php", "FROM php:8.3\n"),
        ("Dockerfile.md", "# How to build\n\nFrom here on.\n"),
        ("Dockerfile.j2", "FROM {{ image }}\n"),
        ("out/pod.yaml", AGENT),
        ("vendor/pod.yaml", AGENT),
        ("tests/pod.yaml", AGENT),
        (
            "chart.yaml",
            "apiVersion: v1\nkind: Pod\nspec:\n  image: %IMAGE%\n",
        ),
        ("values.yaml", "a: 1\n"),
    ]);
    fs::write(tree.path().join("data.json"), [0_u8; 64]).unwrap();
    fs::write(
        tree.path().join("large.yaml"),
        format!("{AGENT}#{}", "x".repeat(11 << 20)),
    )
    .unwrap();
    let shown = hullmark(tree.path(), &["--show-files", "--format", "json"]);
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    let files = shown["files"].as_array().unwrap().iter().map(|file| {
        let kind = file["kind"].as_str().or_else(|| file["reason"].as_str());
        let is_test_data = if file["test_data"] == true {
            " (test data)"
        } else {
            ""
        };
        format!(
            "{} {}{is_test_data}",
            file["path"].as_str().unwrap(),
            kind.unwrap()
        )
    });
    let expected = [
        ".gitignore no known kind",
        "Dockerfile.j2 template",
        "Dockerfile.md no known kind",
        "Dockerfile.php dockerfile",
        "chart.yaml template",
        "data.json binary",
        "hullmark.yml no known kind",
        "large.yaml file is larger than 10 MiB",
        "out/ ignored by .gitignore",
        "tests/pod.yaml kubernetes (test data)",
        "values.yaml no known kind",
        "vendor/ excluded",
    ];
    assert_eq!(files.collect::<Vec<_>>(), expected);
    let text = hullmark(tree.path(), &["--show-files"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("Dockerfile.php  Dockerfile\n"), "{text}");
    assert!(text.ends_with("2 of 12 entries are judged\n"), "{text}");
    let named = hullmark(tree.path(), &["chart.yaml"]);
    assert!(
        String::from_utf8(named.stderr)
            .unwrap()
            .contains("chart.yaml: template")
    );
}

#[test]
fn workflows_of_a_folder_inside_are_checked_if_it_is_named() {
    let workflow = "on: push\njobs: {a: {runs-on: ubuntu-24.04, needs: b, steps: [{run: make}]}}\n";
    let tree = folder(&[
        (".git/HEAD", ""),
        (".github/workflows/ci.yml", ""),
        ("examples/a/.github/workflows/ci.yml", workflow),
    ]);
    let check = |path: &str| found(tree.path(), &["--select", "workflow/unknown-needs", path]);
    let none: [&str; 0] = [];
    assert_eq!(check("examples"), none);
    let path = "examples/a/.github/workflows/ci.yml";
    assert_eq!(
        check("examples/a"),
        [format!("{path}:2:35 workflow/unknown-needs")]
    );
}

#[test]
fn an_action_that_is_named_alone_knows_its_callers() {
    let tree = folder(&[
        (".git/HEAD", ""),
        (
            ".github/workflows/ci.yml",
            "on: issues\njobs: {a: {runs-on: ubuntu-24.04, steps: [{uses: ./say, with: {title: '${{ github.event.issue.title }}'}}]}}\n",
        ),
        (
            "say/action.yml",
            "name: say\ndescription: Says it.\ninputs: {title: {description: A title.}}\nruns: {using: composite, steps: [{run: 'echo ${{ inputs.title }}', shell: bash}]}\n",
        ),
    ]);
    let select = ["--select", "workflow/template-injection"];
    let check = |paths: &[&str]| found(tree.path(), &[&select[..], paths].concat());
    let injection = ["say/action.yml:4:46 workflow/template-injection"];
    assert_eq!(check(&["."]), injection);
    assert_eq!(check(&["say/action.yml"]), injection);
    let none: [&str; 0] = [];
    assert_eq!(check(&["say/action.yml", "--no-context"]), none);
}

#[test]
fn superseded_releases_and_vendored_code_are_counted() {
    let old = "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: a}\nspec: {seLinux: &any {rule: RunAsAny}, runAsUser: *any, supplementalGroups: *any, fsGroup: *any}\n";
    let tree = folder(&[
        (".git/HEAD", ""),
        ("releases/1.9.0/psp.yaml", old),
        ("releases/1.10.0/psp.yaml", old),
        ("vendor/x/pod.yaml", &pods("{app: api}")),
        ("testdata/psp.yaml", old),
    ]);
    let removed = ["releases/1.10.0/psp.yaml:1:1 kubernetes/removed-api-version"];
    assert_eq!(found(tree.path(), &[]), removed);
    let all = found(tree.path(), &["--include-tests"]);
    // The same API version in several files is one finding, at the first of them.
    assert!(all.iter().any(|line| line.starts_with("releases/1.10.0/")));
    assert!(all.iter().any(|line| line.starts_with("vendor/")));
    let named = found(tree.path(), &["releases/1.9.0"]);
    assert_eq!(
        named,
        ["releases/1.9.0/psp.yaml:1:1 kubernetes/removed-api-version"]
    );
}

#[test]
fn generated_workflows_show_errors_only() {
    let job = "on: push\njobs:\n  a:\n    runs-on: ubuntu-16.04\n    steps:\n      - uses: acme/build@v1\n";
    let generated = format!("# Written by a program. DO NOT EDIT.\n{job}");
    let tree = folder(&[
        (".github/workflows/made.yml", &generated),
        (".github/workflows/own.yml", job),
    ]);
    let of = |flags: &[&str], path: &str| {
        let found = found(tree.path(), flags);
        found.iter().filter(|found| found.contains(path)).count()
    };
    let own = of(&[], "own.yml");
    assert!(own > 1);
    assert_eq!(of(&[], "made.yml"), 1);
    assert_eq!(of(&["--include-tests"], "made.yml"), own);
    let text = hullmark(tree.path(), &["--format", "concise"]).stdout;
    let text = String::from_utf8(text).unwrap();
    let end = "in generated files are not shown; --include-tests shows them\n";
    assert!(text.ends_with(end), "{text}");
}
