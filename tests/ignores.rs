//! `check --add-ignores`: a comment for each finding, in a file that means what it meant; the next run reports nothing of them.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;

use assert_cmd::Command;
use hullmark::diagnostic::Diagnostic;
use hullmark::evaluate::suppress::Date;
use hullmark::fixtures::{Suite, reported};
use hullmark::ignores::{self, Terms, Wanted};
use hullmark::lint::Outcome;
use hullmark::rules::select::ALWAYS_ON;
use hullmark::rules::{self, Catalogue};
use hullmark::span::FileId;
use tempfile::TempDir;

/// The day on which suppressions in fixtures are checked.
const TODAY: &str = "2026-11-23";

/// Rules whose fixtures show a fault where no comment can be, with the number of findings that stay: a template that does not end.
const WITHOUT_COMMENTS: &[(&str, usize)] = &[("helm/syntax-error", 1)];

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

/// Each place at which the finding, or one of those that it is made of, is to be suppressed.
fn wanted(diagnostic: &Diagnostic) -> Vec<(FileId, Wanted)> {
    let one = |rule: &Arc<str>, at: hullmark::span::FileSpan| {
        let rule = Arc::clone(rule);
        let at_byte = at.span.start;
        (at.file, Wanted { rule, at: at_byte })
    };
    if diagnostic.members.is_empty() {
        return vec![one(&diagnostic.rule, diagnostic.primary)];
    }
    let members = diagnostic.members.iter();
    members
        .map(|member| one(&member.rule, member.primary))
        .collect()
}

/// Adds comments for what was found; gives how many findings no comment suppresses.
fn add(outcome: &Outcome, rule: &str, working: &Path) -> usize {
    let mut by_file: BTreeMap<FileId, Vec<Wanted>> = BTreeMap::new();
    for diagnostic in reported(outcome, rule) {
        for (file, wanted) in wanted(diagnostic) {
            by_file.entry(file).or_default().push(wanted);
        }
    }
    let mut refused = 0;
    for (file, wanted) in by_file {
        let source = &outcome.sources[&file];
        let full = working.join(&*source.path);
        let is_template = source.path.contains("/templates/")
            && full
                .ancestors()
                .any(|folder| folder.join("Chart.yaml").is_file());
        let terms = Terms {
            until: None,
            reason: Some("known".to_owned()),
        };
        let added = ignores::add(source, is_template, &wanted, &terms);
        refused += added.refused.len();
        if let Some(text) = added.text {
            fs::write(full, text).unwrap();
        }
    }
    refused
}

/// Whether comments may suppress what the rule reports.
fn may_be_suppressed(catalogue: &Catalogue, number: usize) -> bool {
    let rule = &catalogue.rules[number];
    !ALWAYS_ON.contains(&rule.id.as_ref()) && rule.domain() != "hullmark" && !rule.needs_program()
}

#[test]
fn every_rule_is_quiet_after_comments_and_every_file_means_the_same() {
    let catalogue = rules::catalogue();
    let folder = tempfile::tempdir().unwrap();
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("fixtures"), &folder.path().join("fixtures"));
    let today = TODAY.parse::<Date>().unwrap();
    let fixtures = folder.path().join("fixtures");
    let suite = Suite::load(&catalogue, fixtures, folder.path(), today).unwrap();
    let (mut faults, mut left) = (Vec::new(), BTreeMap::new());
    let mut seen = 0;
    for number in (0..catalogue.rules.len()).filter(|one| may_be_suppressed(&catalogue, *one)) {
        let id = &catalogue.rules[number].id;
        for fixture in suite.of_rule(number).into_iter().filter(|one| one.is_bad) {
            // These are copied to another name by the tests of rules.
            if fixture.path.join("dot-git").is_dir() {
                continue;
            }
            let outcome = suite.check(&fixture, &[number]).unwrap();
            let before = reported(&outcome, id).count();
            let refused = add(&outcome, id, folder.path());
            if refused > 0 {
                *left.entry(id.to_string()).or_default() += refused;
                continue;
            }
            let again = suite.check(&fixture, &[number]).unwrap();
            let after = reported(&again, id).count();
            seen += 1;
            if after > 0 || before == 0 {
                faults.push(format!("{id}: {}: {after} of {before}", fixture.name));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    let left: Vec<(&str, usize)> = left
        .iter()
        .map(|(id, count)| (id.as_str(), *count))
        .collect();
    assert_eq!(left, WITHOUT_COMMENTS);
    assert!(seen > 500, "{seen}");
}

const DOCKERFILE: &str = "\
FROM ubuntu:latest
RUN apt-get update && \\
    sudo apt-get install -y git && \\
    rm -rf /var/lib/apt/lists/*
ADD a.txt /a.txt
";

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  hostNetwork: true
  containers:
    - name: agent
      image: example.com/agent:latest
      securityContext: {privileged: true}
";

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn hullmark(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
        .args(arguments)
        .current_dir(folder.path())
        .env("SOURCE_DATE_EPOCH", "1795392000")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(text).unwrap()
}

#[test]
fn the_next_run_reports_nothing() {
    let folder = repository(&[("Dockerfile", DOCKERFILE), ("pod.yaml", POD)]);
    let before = hullmark(&folder, &["check", ".", "--fail-on=info"]);
    assert_eq!(before.status.code(), Some(1));
    let added = hullmark(
        &folder,
        &["check", ".", "--add-ignores=as it was", "--fail-on=info"],
    );
    assert_eq!(added.status.code(), Some(0), "{}", said(&added));
    assert!(
        said(&added).contains("Dockerfile: added"),
        "{}",
        said(&added)
    );
    let after = hullmark(&folder, &["check", ".", "--fail-on=info"]);
    assert_eq!(after.status.code(), Some(0), "{}", said(&after));
    let dockerfile = read(&folder, "Dockerfile");
    let comments = dockerfile
        .lines()
        .filter(|line| line.trim_start().starts_with("# hullmark: ignore["));
    assert!(comments.clone().all(|line| line.ends_with(" -- as it was")));
    let without: Vec<&str> = dockerfile
        .lines()
        .filter(|line| !line.contains("# hullmark:"))
        .collect();
    assert_eq!(without.join("\n") + "\n", DOCKERFILE);
    let within = dockerfile.find("    sudo").unwrap();
    assert!(dockerfile[..within].trim_end().ends_with("-- as it was"));
    let again = hullmark(
        &folder,
        &["check", ".", "--add-ignores=again", "--fail-on=info"],
    );
    assert!(
        said(&again).starts_with("suppressed 0 findings"),
        "{}",
        said(&again)
    );
    assert_eq!(read(&folder, "Dockerfile"), dockerfile);
}

#[test]
fn a_family_is_one_name() {
    let deployment = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: example.com/web:1.2.3
";
    let folder = repository(&[("pod.yaml", deployment)]);
    hullmark(&folder, &["check", ".", "--add-ignores"]);
    let new = read(&folder, "pod.yaml");
    assert!(new.contains("kubernetes/unhardened-container"), "{new}");
    assert!(!new.contains("kubernetes/missing-seccomp-profile"), "{new}");
}

#[test]
fn what_the_configuration_demands_of_comments_is_there() {
    let rules =
        "suppressions: {reason: required, expiry: 30d, forbid: [shell/sudo]}\nlocked: [image]\n";
    let folder = repository(&[("Dockerfile", DOCKERFILE), ("hullmark.yml", rules)]);
    let without = hullmark(&folder, &["check", ".", "--add-ignores"]);
    assert_eq!(without.status.code(), Some(2));
    assert!(
        said(&without).contains("wants a reason"),
        "{}",
        said(&without)
    );
    let added = hullmark(
        &folder,
        &["check", ".", "--add-ignores=as it was", "--fail-on=info"],
    );
    assert_eq!(added.status.code(), Some(1), "{}", said(&added));
    let text = said(&added);
    assert!(
        text.contains("image/latest-tag: not suppressed: the configuration lets no comment"),
        "{text}"
    );
    let dockerfile = read(&folder, "Dockerfile");
    assert!(
        dockerfile.contains("] until=2026-12-23 -- as it was"),
        "{dockerfile}"
    );
    assert!(!dockerfile.contains("image/latest-tag"), "{dockerfile}");
    let after = hullmark(
        &folder,
        &["check", ".", "--format=concise", "--fail-on=info"],
    );
    let after = String::from_utf8(after.stdout).unwrap();
    assert!(!after.contains("refused-suppression"), "{after}");
    write(
        folder.path(),
        "hullmark.yml",
        "suppressions: {inline: false}\n",
    );
    let refused = hullmark(&folder, &["check", ".", "--add-ignores=x"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said(&refused).contains("inline: false"),
        "{}",
        said(&refused)
    );
}

#[test]
fn reasons_are_one_line_that_ends_no_comment() {
    let folder = repository(&[("Dockerfile", DOCKERFILE)]);
    for reason in ["a\nb", "a */ b", "until=2030-01-01 x"] {
        let flag = format!("--add-ignores={reason}");
        let output = hullmark(&folder, &["check", ".", &flag]);
        assert_eq!(output.status.code(), Some(2), "{reason}");
    }
    assert_eq!(read(&folder, "Dockerfile"), DOCKERFILE);
}

#[test]
fn what_cannot_be_suppressed_is_said() {
    let pod = r#"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"hostNetwork": true, "containers": []}}"#;
    let folder = repository(&[
        ("pod.json", pod),
        ("Dockerfile", "FROM alpine:3.20\nUSER a\nCOPIE a b\n"),
    ]);
    let output = hullmark(&folder, &["check", ".", "--add-ignores"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("pod.json:1:"), "{text}");
    assert!(
        text.contains("not suppressed: JSON has no comments"),
        "{text}"
    );
    assert_eq!(read(&folder, "pod.json"), pod);
}

#[test]
fn marks_line_ends_and_permissions_stay() {
    let text = format!("\u{feff}{}", DOCKERFILE.replace('\n', "\r\n"));
    let folder = repository(&[("Dockerfile", &text)]);
    let file = folder.path().join("Dockerfile");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("Dockerfile", folder.path().join("Dockerfile.link")).unwrap();
    hullmark(&folder, &["check", "Dockerfile", "--add-ignores"]);
    let new = read(&folder, "Dockerfile");
    assert!(new.starts_with('\u{feff}') && new.contains("# hullmark: ignore["));
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn a_chart_renders_the_same() {
    let template = "\
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  hostNetwork: true
  containers:
    - name: agent
      image: {{ .Values.image }}
      {{- if .Values.privileged }}
      securityContext:
        privileged: true
      {{- end }}
";
    let folder = repository(&[
        ("c/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n"),
        (
            "c/values.yaml",
            "image: nginx:latest # the newest\nprivileged: true\n",
        ),
        ("c/templates/pod.yaml", template),
    ]);
    let rendered = |folder: &TempDir| hullmark(folder, &["render", "c"]).stdout;
    let before = rendered(&folder);
    let added = hullmark(
        &folder,
        &["check", ".", "--add-ignores=known", "--fail-on=info"],
    );
    assert_eq!(added.status.code(), Some(0), "{}", said(&added));
    assert_eq!(rendered(&folder), before);
    let new = read(&folder, "c/templates/pod.yaml");
    assert!(new.contains(" {{- /* hullmark: ignore["), "{new}");
    let after = hullmark(&folder, &["check", ".", "--fail-on=info"]);
    assert_eq!(after.status.code(), Some(0), "{}", said(&after));
}
