//! What attackers may send costs a finding about their file, never the run: each kind of hostile input is made in a
//! folder beside an ordinary faulty file, and the program itself must come through and still check that file.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Far above what a release build needs (a second), for debug builds on busy machines.
const PATIENCE: Duration = Duration::from_secs(120);

/// Faulty in the plainest ways, so that whatever rules there are find something.
const NEIGHBOUR: &str = "FROM ubuntu:latest\nMAINTAINER someone\nRUN cd /tmp && sudo apt-get install curl\nUSER root\nCMD run it\n";

/// A folder with the ordinary file in it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.add("neighbour/Dockerfile", NEIGHBOUR);
        folder.add(
            "neighbour/pod.yaml",
            pod("{hostNetwork: true, containers: [{name: a, image: a:latest}]}"),
        );
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn add(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs all rules over the folder.
    fn check(&self, format: &str) -> Vec<u8> {
        let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
            .args([
                "check",
                "--isolated",
                "--select",
                "ALL",
                "--format",
                format,
                ".",
            ])
            .current_dir(self.path())
            .timeout(PATIENCE)
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{:?}: {errors}",
            output.status
        );
        output.stdout
    }

    /// The findings, the ordinary file's among them.
    fn findings(&self) -> Vec<Value> {
        let report: Value = serde_json::from_slice(&self.check("json")).unwrap();
        let findings = report["findings"].as_array().unwrap().clone();
        assert!(
            paths(&findings).contains("neighbour/pod.yaml"),
            "the ordinary file is not checked"
        );
        for finding in &findings {
            assert_ne!(finding["rule"], "hullmark/internal-error", "{finding}");
            assert_ne!(finding["rule"], "hullmark/rule-error", "{finding}");
        }
        findings
    }

    /// The findings, with one on that file at least.
    fn findings_on(&self, path: &str) -> Vec<Value> {
        let findings = self.findings();
        let found: Vec<Value> = findings.into_iter().filter(|f| f["path"] == path).collect();
        assert!(!found.is_empty(), "nothing is said about {path}");
        found
    }
}

fn paths(findings: &[Value]) -> BTreeSet<&str> {
    findings
        .iter()
        .filter_map(|finding| finding["path"].as_str())
        .collect()
}

/// A manifest whose pod specification is `spec`.
fn pod(spec: &str) -> String {
    format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\nspec: {spec}\n")
}

#[test]
fn alias_bomb() {
    let mut bomb =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\na0: &a0 [x, x, x, x, x, x, x, x, x]\n"
            .to_owned();
    for level in 1..40 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    bomb.push_str("spec: {containers: *a39, volumes: *a39}\ndata: *a39\n");
    let mut merges = "apiVersion: v1\nkind: ConfigMap\nm0: &m0 {a: 1, b: 2}\n".to_owned();
    for level in 1..40 {
        let merge = vec![format!("*m{}", level - 1); 9].join(", ");
        writeln!(merges, "m{level}: &m{level} {{<<: [{merge}], k{level}: 1}}").unwrap();
    }
    merges.push_str("metadata: *m39\ndata: *m39\n");
    let folder = Folder::new();
    folder.add("bomb.yaml", &bomb);
    folder.add("merges.yaml", &merges);
    folder.add(
        "loop.yaml",
        "apiVersion: v1\nkind: Pod\nspec: &a\n  containers: [*a, {<<: *a}]\n  <<: *a\n",
    );
    let jobs = bomb
        .replace("apiVersion: v1", "on: push")
        .replace("kind: Pod", "jobs: {a: {steps: []}}");
    folder.add(
        ".github/workflows/bomb.yml",
        jobs.replace("data: *a39", "env: *a39"),
    );
    folder.add(
        "compose.yaml",
        bomb.replace(
            "data: *a39",
            "services: {a: {environment: *a39, image: *a39}}",
        ),
    );
    folder.findings();
}

#[test]
fn deep_nesting() {
    const DEPTH: usize = 100_000;
    let folder = Folder::new();
    folder.add(
        "flow.yaml",
        pod(&format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH))),
    );
    folder.add("open.yaml", pod(&"{a: ".repeat(DEPTH)));
    folder.add(
        "sequence.yaml",
        pod(&format!("\n  {}x", "- ".repeat(DEPTH))),
    );
    folder.add("keys.yaml", pod(&"? ".repeat(DEPTH)));
    let mut block = pod("");
    for level in 1..2_000 {
        writeln!(block, "{}a:", " ".repeat(level)).unwrap();
    }
    folder.add("block.yaml", block);
    let jobs = format!(
        "on: push\njobs: {}{}\n",
        "[".repeat(DEPTH),
        "]".repeat(DEPTH)
    );
    folder.add(".github/workflows/deep.yml", jobs);
    folder.findings_on("flow.yaml");
}

#[test]
fn deep_nesting_in_scripts_and_expressions() {
    const DEPTH: usize = 100_000;
    let folder = Folder::new();
    let openings = [
        "$(",
        "(",
        "{ ",
        "`",
        "${",
        "\"$(",
        "if ",
        "case x in (",
        "$((",
        "<(",
        "while ",
        "! ",
        "a|",
        "a&&",
        "<<E ",
    ];
    for (number, opening) in openings.iter().enumerate() {
        let script = opening.repeat(DEPTH);
        folder.add(
            &format!("{number}/Dockerfile"),
            format!("FROM a\nRUN {script}\nENV a={script}\n"),
        );
        let script = opening.repeat(DEPTH / 10);
        let jobs =
            format!("on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: '{script}'\n");
        folder.add(&format!(".github/workflows/{number}.yml"), jobs);
    }
    for (number, opening) in ["(", "!", "a[", "f(", "a.", "a&&", "'", "${{"]
        .iter()
        .enumerate()
    {
        let expression = opening.repeat(DEPTH);
        let jobs = format!(
            "on: push\njobs:\n  a:\n    runs-on: \"${{{{ {expression} }}}}\"\n    steps: []\n"
        );
        folder.add(&format!(".github/workflows/expression-{number}.yml"), jobs);
    }
    folder.findings();
}

#[test]
fn endless_heredocs_and_continuations() {
    let folder = Folder::new();
    folder.add(
        "a/Dockerfile",
        format!("FROM a\nRUN {}\n", "<<E ".repeat(50_000)),
    );
    folder.add(
        "b/Dockerfile",
        format!("FROM a\nRUN a {}", "\\\n".repeat(200_000)),
    );
    folder.add(
        "c/Dockerfile",
        format!("FROM a\n{}", "RUN <<E\n".repeat(50_000)),
    );
    folder.add(
        "d/Dockerfile",
        format!("FROM a\n{}", "ARG a=$a$a$a\n".repeat(5_000)),
    );
    folder.add("e/Dockerfile", "FROM a AS a\n".repeat(20_000));
    folder.add(
        "f/Dockerfile",
        format!("{}RUN x\n", "ONBUILD ".repeat(100_000)),
    );
    folder.findings();
}

#[test]
fn here_documents_without_an_end() {
    let folder = Folder::new();
    let scripts = [
        r"<<<<<<<$(${j##k} \<<< &&${",
        "cat <<\"E\nE\n1-<($(  ",
        "E$(($[$[]\t<(<< ))ab\t",
        "E\n1$((1<<E1$[abb]<<\t<<<$[",
    ];
    for (number, script) in scripts.iter().enumerate() {
        let indented = script.replace('\n', "\n          ");
        folder.add(
            &format!("{number}/Dockerfile"),
            format!("FROM a\nRUN {script}\n"),
        );
        folder.add(
            &format!(".github/workflows/{number}.yml"),
            format!("on: push\njobs:\n  a:\n    runs-on: a\n    steps:\n      - run: |\n          {indented}\n"),
        );
    }
    folder.findings();
}

#[test]
fn nul_bytes() {
    let folder = Folder::new();
    folder.add("Dockerfile", "FROM a\0b\nRUN x\0\n");
    folder.add("pod.yaml", pod("{a: \0}"));
    folder.add("zeros/Dockerfile", vec![0; 1 << 20]);
    let findings = folder.findings();
    assert!(paths(&findings).contains("Dockerfile") && paths(&findings).contains("pod.yaml"));
}

#[test]
fn invalid_utf8() {
    let folder = Folder::new();
    let mut text = NEIGHBOUR.replace("someone", "\u{e9}").into_bytes();
    text.insert(3, 0xff);
    folder.add("Dockerfile", text);
    folder.add("pod.yaml", [pod("{}").as_bytes(), b"# caf\xe9\n"].concat());
    folder.add(
        "noise/Dockerfile",
        (0..100_000u32)
            .map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3] | 1)
            .collect::<Vec<u8>>(),
    );
    let findings = folder.findings();
    assert!(paths(&findings).contains("Dockerfile") && paths(&findings).contains("pod.yaml"));
}

#[test]
fn utf16() {
    let folder = Folder::new();
    let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(bytes)
            .collect()
    };
    folder.add("little/Dockerfile", wide(NEIGHBOUR, u16::to_le_bytes));
    folder.add("big/Dockerfile", wide(NEIGHBOUR, u16::to_be_bytes));
    folder.add("cut/Dockerfile", b"\xff\xfeF");
    folder.add("lone.yaml", b"\xff\xfe\x00\xd8a\x00:\x00");
    let findings = folder.findings();
    let checked = |path: &str| -> Vec<Value> {
        let of_path = findings.iter().filter(|f| f["path"] == path);
        of_path
            .map(|f| Value::from(vec![f["rule"].clone(), f["start"].clone()]))
            .collect()
    };
    assert_eq!(
        checked("little/Dockerfile"),
        checked("neighbour/Dockerfile")
    );
    assert_eq!(checked("big/Dockerfile"), checked("neighbour/Dockerfile"));
}

#[test]
fn lone_carriage_returns() {
    let folder = Folder::new();
    folder.add("Dockerfile", NEIGHBOUR.replace('\n', "\r"));
    folder.add("pod.yaml", pod("{hostNetwork: true}").replace('\n', "\r"));
    folder.add(
        "mixed.yaml",
        pod("{hostNetwork: true}").replace('\n', "\r\r\n"),
    );
    folder.findings();
}

#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("Dockerfile"), NEIGHBOUR).unwrap();
    let folder = Folder::new();
    let root = folder.path();
    symlink(root, root.join("neighbour/up")).unwrap();
    symlink("itself", root.join("itself")).unwrap();
    symlink("nowhere", root.join("Dockerfile")).unwrap();
    symlink(outside.path(), root.join("outside")).unwrap();
    symlink(
        outside.path().join("Dockerfile"),
        root.join("Dockerfile.outside"),
    )
    .unwrap();
    let findings = folder.findings();
    assert!(
        !findings
            .iter()
            .any(|f| f["path"].as_str().unwrap().contains("outside"))
    );
    assert!(
        !findings
            .iter()
            .any(|f| f["path"].as_str().unwrap().contains("/up/"))
    );
}

#[cfg(unix)]
#[test]
fn special_files() {
    let folder = Folder::new();
    for name in ["Dockerfile", "pod.yaml"] {
        let status = std::process::Command::new("mkfifo")
            .arg(folder.path().join(name))
            .status()
            .unwrap();
        assert!(status.success());
    }
    let socket = std::os::unix::net::UnixListener::bind(folder.path().join("Containerfile"));
    assert!(socket.is_ok());
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("Dockerfile.zero")).unwrap();
    folder.findings();
}

/// Whoever may read everything (root, in a container) sees the files as they are; the run must be complete either way.
#[cfg(unix)]
#[test]
fn unreadable() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.add("closed/Dockerfile", NEIGHBOUR);
    folder.add("Dockerfile", NEIGHBOUR);
    let none = fs::Permissions::from_mode(0o000);
    fs::set_permissions(folder.path().join("closed"), none.clone()).unwrap();
    fs::set_permissions(folder.path().join("Dockerfile"), none).unwrap();
    folder.findings_on("Dockerfile");
    fs::set_permissions(
        folder.path().join("closed"),
        fs::Permissions::from_mode(0o700),
    )
    .unwrap();
}

/// Windows refuses most of these names.
#[cfg(unix)]
#[test]
fn odd_names() {
    let folder = Folder::new();
    for name in [
        "-",
        "--format",
        " ",
        "a\nb",
        "a\u{1b}[31m",
        "::error::x",
        "%0A",
        "ä\u{202e}",
    ] {
        folder.add(&format!("{name}/Dockerfile"), NEIGHBOUR);
    }
    assert_eq!(paths(&folder.findings()).len(), 10);
    let annotations = String::from_utf8(folder.check("github")).unwrap();
    // The last line counts what was found, in words of hullmark's own.
    let (commands, summary) = annotations.trim_end().rsplit_once('\n').unwrap();
    assert!(commands.lines().all(|line| line.starts_with("::")));
    assert!(!summary.contains("::"), "{summary}");
    assert!(!annotations.contains('\u{1b}'));
    assert!(
        !String::from_utf8(folder.check("text"))
            .unwrap()
            .contains('\u{1b}')
    );
    serde_json::from_slice::<Value>(&folder.check("sarif")).unwrap();
}

#[test]
fn huge_file() {
    let folder = Folder::new();
    let line = "  - {apiVersion: v1, kind: ConfigMap, data: {a: b, c: d, e: f}}\n";
    let large = format!(
        "apiVersion: v1\nkind: List\nitems:\n{}",
        line.repeat((5 << 20) / line.len())
    );
    folder.add("large.yaml", large);
    // Past the largest size that is checked, but a file of ours: said, not read.
    let path = folder.path().join("huge.yaml");
    folder.add("huge.yaml", pod("{}"));
    fs::OpenOptions::new()
        .write(true)
        .open(path)
        .unwrap()
        .set_len(1 << 30)
        .unwrap();
    folder.findings_on("huge.yaml");
}

#[test]
fn long_line() {
    let folder = Folder::new();
    folder.add(
        "Dockerfile",
        format!(
            "FROM a\nRUN echo {}; sudo ls; {}\n",
            "$a ".repeat(300_000),
            "b ".repeat(300_000)
        ),
    );
    folder.add(
        "pod.yaml",
        pod(&format!(
            "{{hostNetwork: true, a: [{}]}}",
            "x, ".repeat(500_000)
        )),
    );
    folder.findings();
    let text = String::from_utf8(folder.check("text")).unwrap();
    assert!(text.lines().all(|line| line.len() < 1_000));
}

#[test]
fn many_findings() {
    let folder = Folder::new();
    let container = "  - {name: a, image: a:latest, securityContext: {privileged: true}}\n";
    folder.add(
        "pod.yaml",
        pod(&format!(
            "\n  hostNetwork: true\n  containers:\n{}",
            container.repeat(6_000)
        )),
    );
    assert!(folder.findings_on("pod.yaml").len() >= 5_000);
    for format in ["text", "sarif", "github"] {
        assert!(!folder.check(format).is_empty());
    }
}

#[test]
fn many_documents() {
    let folder = Folder::new();
    folder.add(
        "pods.yaml",
        format!("---\n{}", pod("{containers: []}")).repeat(20_000),
    );
    folder.add(
        "empty.yaml",
        format!("{}{}", pod("{}"), "---\n".repeat(200_000)),
    );
    folder.add(
        "broken.yaml",
        format!("{}---\na: [\n", pod("{}")).repeat(5_000),
    );
    folder.findings();
}

#[test]
fn looping_policy() {
    let folder = Folder::new();
    let policies = tempfile::tempdir().unwrap();
    let metadata = "# METADATA\n# title: Loop\n# description: Loops.\n# custom:\n#   severity: error\n#   confidence: high\n#   category: style\n#   message: loops\n#   remediation: Stop.\n";
    let rule = |name: &str, body: &str| {
        let path = policies.path().join(format!("dockerfile/{name}.rego"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(
            path,
            format!("{metadata}package rules.dockerfile[\"{name}\"]\n\n{body}\n"),
        )
        .unwrap();
    };
    let run = || {
        Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
            .args([
                "check",
                "--isolated",
                "--select",
                "ALL",
                "--format",
                "json",
                "--policy",
            ])
            .arg(policies.path())
            .arg(".")
            .current_dir(folder.path())
            .timeout(PATIENCE)
            .output()
            .unwrap()
    };
    rule(
        "recursive",
        "_f(y) := _f(y)\n\ndeny contains {\"at\": i.at} if {\n\tsome i in input.instructions\n\t_f(i)\n}",
    );
    assert_eq!(run().status.code(), Some(2), "recursion is refused");
    fs::remove_file(policies.path().join("dockerfile/recursive.rego")).unwrap();
    let free = "some a in numbers.range(1, 3000)\n\tsome b in numbers.range(1, 3000)\n\tsome c in numbers.range(1, 3000)\n\ta + b + c == 0";
    rule(
        "slow",
        &format!(
            "deny contains {{\"at\": i.at}} if {{\n\tsome i in input.instructions\n\t{free}\n}}"
        ),
    );
    let output = run();
    assert!(matches!(output.status.code(), Some(1 | 2)), "{output:?}");
}
