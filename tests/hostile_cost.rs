//! What a file costs grows no faster than the file. Each input here grows one dimension to a size at which what is quadratic in
//! it takes minutes, or falls into a rule's own limit; the program must come through, lose no rule, and check the file beside it.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// Far above what a release build needs (a second or two), for debug builds on busy machines.
const PATIENCE: Duration = Duration::from_secs(120);

/// A file beside the hostile ones, and a rule that finds something in it.
const NEIGHBOUR: (&str, &str, &str) = (
    "neighbour/Dockerfile",
    "FROM ubuntu:latest\nRUN sudo a\n",
    "image/latest-tag",
);

/// Rules and messages of what all rules say of some files.
struct Found(Vec<(String, String)>);

impl Found {
    /// Checks files, each with its text. No rule fails on them, and the file beside them is checked.
    fn of(files: &[(&str, String)]) -> Self {
        let folder = write(files);
        let output = Command::new(assert_cmd::cargo::cargo_bin!("hullmark"))
            .args(["check", "--isolated", "--select", "ALL"])
            .args(["--format", "json", "."])
            .current_dir(folder.path())
            .timeout(PATIENCE)
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{errors}");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap();
        let beside = |finding: &&Value| finding["path"] == NEIGHBOUR.0;
        let mut beside = findings.iter().filter(beside);
        assert!(
            beside.any(|finding| finding["rule"] == NEIGHBOUR.2),
            "the file beside is not checked"
        );
        let found = findings.iter();
        let found = found.map(|finding| (text(&finding["rule"]), text(&finding["message"])));
        let found = Self(found.collect());
        for rule in ["hullmark/rule-error", "hullmark/internal-error"] {
            assert_eq!(found.messages(rule), [""; 0]);
        }
        found
    }

    fn messages(&self, rule: &str) -> Vec<&str> {
        let of_rule = self.0.iter().filter(|(id, _)| id == rule);
        of_rule.map(|(_, message)| message.as_str()).collect()
    }

    fn count(&self, rule: &str) -> usize {
        self.messages(rule).len()
    }
}

fn write(files: &[(&str, String)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (name, text, _) = NEIGHBOUR;
    let beside = (name, text.to_owned());
    for (name, text) in files.iter().chain([&beside]) {
        let path: &Path = &folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The text of many parts, each made of its number.
fn many(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

fn dockerfile(rest: &str) -> String {
    format!("FROM a:1\n{rest}\n")
}

fn pod(name: usize, spec: &str) -> String {
    format!("---\napiVersion: v1\nkind: Pod\nmetadata: {{name: p{name}}}\nspec: {spec}\n")
}

fn steps(steps: &str) -> String {
    format!(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: a\n{steps}"
    )
}

#[test]
fn variables_of_one_instruction() {
    let undefined = many(4_900, |n| format!("a{n}=$b{n} "));
    let by_another = many(4_900, |n| format!("a{}=$a{n} ", n + 1));
    let found = Found::of(&[
        ("one/Dockerfile", dockerfile(&format!("ENV {undefined}"))),
        ("two/Dockerfile", dockerfile(&format!("ENV {by_another}"))),
        (
            "three/Dockerfile",
            format!("FROM scratch\nENV {undefined}\nARG {by_another}\n"),
        ),
    ]);
    assert!(found.count("dockerfile/self-referring-env") >= 1_000);
    assert!(found.count("dockerfile/undefined-variable") >= 1_000);
}

#[test]
fn long_values_and_names_of_one_file() {
    let long = "x".repeat(60_000);
    let copies = many(3_000, |n| format!("COPY $a /b{n}\nWORKDIR $a\n"));
    let bases = many(1_000, |n| format!("FROM $a AS s{n}\n"));
    let name = "a".repeat(480);
    let stages = many(250, |n| format!("FROM a:1 AS s{name}{n:05}\n"));
    let unknown = many(250, |n| {
        format!("COPY --from=s{name}{:05} /a /b\n", n + 50_000)
    });
    let found = Found::of(&[
        (
            "one/Dockerfile",
            dockerfile(&format!("ENV a={long}\n{copies}")),
        ),
        ("two/Dockerfile", format!("ARG a={long}\n{bases}")),
        ("three/Dockerfile", format!("{stages}{unknown}")),
    ]);
    assert_eq!(found.count("dockerfile/unknown-stage"), 250);
}

#[test]
fn words_of_one_command() {
    let arguments = dockerfile(&format!("RUN apk add {}", "apk add ".repeat(4_000)));
    let globs = steps(&format!("      - run: 'tar {}'\n", "? ".repeat(8_000)));
    let sudo = "a NOPASSWD:ALL ".repeat(4_000);
    let sudo = dockerfile(&format!("RUN echo {sudo} > /etc/sudoers"));
    let keys = "0x12345678 ".repeat(4_000);
    let keys = dockerfile(&format!("RUN gpg --recv-keys {keys}"));
    let comments = dockerfile(&format!("COPY a {} b", "# ".repeat(4_000)));
    let found = Found::of(&[
        ("a/Dockerfile", arguments),
        (".github/workflows/a.yml", globs),
        ("b/Dockerfile", sudo),
        ("c/Dockerfile", keys),
        ("d/Dockerfile", comments),
    ]);
    assert!(found.count("shell/lost-operator") > 0);
    assert!(found.count("shell/option-like-glob") > 0);
}

#[test]
fn signs_of_one_word() {
    let redirects = many(10_000, |n| format!("a >b{n} "));
    let scripts = [
        "[".repeat(1_000_000),
        "a\\a".repeat(300_000),
        format!("[\"{}", "[".repeat(1_000_000)),
        "$a[".repeat(100_000),
        "\\{a}".repeat(20_000),
        format!("{{a}} {redirects}"),
    ];
    let names: Vec<String> = (0..scripts.len())
        .map(|n| format!("{n}/Dockerfile"))
        .collect();
    let files = names.iter().zip(&scripts);
    let files = files.map(|(name, script)| {
        let text = dockerfile(&format!("RUN echo {script}\nCMD {script}"));
        (name.as_str(), text)
    });
    Found::of(&files.collect::<Vec<_>>());
}

#[test]
fn findings_of_one_line() {
    let containers = many(4_000, |n| format!("{{name: c{n}, image: 'a:1'}}, "));
    let json = many(4_000, |n| {
        format!("{{\"name\": \"c{n}\", \"image\": \"a\"}}, ")
    });
    let expressions = "${{ github.event.issue.title }} ".repeat(20_000);
    let events = many(20_000, |n| format!("unknown{n}, "));
    let found = Found::of(&[
        (
            "flow.yaml",
            pod(0, &format!("{{containers: [{containers}]}}")),
        ),
        (
            "json.yaml",
            format!(
                "{{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"spec\": {{\"containers\": [{json}]}}}}"
            ),
        ),
        (
            ".github/workflows/a.yml",
            steps(&format!("      - run: \"{expressions}\"\n")),
        ),
        (
            ".github/workflows/b.yml",
            format!("on: [{events}]\njobs: {{a: {{runs-on: x, steps: [{{run: a}}]}}}}\n"),
        ),
        (
            "Dockerfile",
            dockerfile(&format!("RUN apt-get install {}", "a ".repeat(40_000))),
        ),
    ]);
    assert!(found.count("kubernetes/missing-memory-limit") >= 2_000);
    assert!(found.count("workflow/unknown-event") >= 1_000);
}

#[test]
fn objects_of_one_file() {
    let pods = many(4_000, |n| pod(n, "{hostNetwork: true, containers: []}"));
    let items = many(4_000, |n| {
        format!(
            "- {{apiVersion: v1, kind: Pod, metadata: {{name: p{n}}}, spec: {{hostPID: true}}}}\n"
        )
    });
    let list = format!("apiVersion: v1\nkind: List\nitems:\n{items}");
    let keys = many(20_000, |n| format!("  k{n}: ghp_{n:036}\n"));
    let config = format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n{keys}");
    let arguments = many(20_000, |n| format!("      a{n}: b\n"));
    let found = Found::of(&[
        ("pods.yaml", pods),
        ("list.yaml", list),
        ("config.yaml", config),
        (
            "compose.yaml",
            format!("services:\n a:\n  build:\n    context: d\n    args:\n{arguments}"),
        ),
        ("d/Dockerfile", "FROM a:1\nARG a1\n".to_owned()),
    ]);
    assert_eq!(found.count("kubernetes/host-network"), 1_000);
    assert_eq!(found.count("kubernetes/host-pid"), 1_000);
}

#[test]
fn labels_volumes_and_containers_of_one_pod() {
    let labels = many(20_000, |n| format!("a{n}: b, "));
    let service = format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: a}}\nspec: {{selector: {{{labels}}}}}\n"
    );
    let selected = format!(
        "{service}---\napiVersion: v1\nkind: Pod\nmetadata: {{name: a, labels: {{{labels}}}}}\nspec: {{hostPID: true}}\n"
    );
    let mounts = many(20_000, |n| format!("{{name: a{n}, mountPath: /a{n}}}, "));
    let volumes = many(20_000, |n| format!("{{name: a{n}, emptyDir: {{}}}}, "));
    let mounted = format!(
        "{{hostIPC: true, containers: [{{name: a, image: a, volumeMounts: [{mounts}]}}], volumes: [{volumes}]}}"
    );
    let equal = "{name: a, image: 'b:latest'}, ".repeat(20_000);
    let found = Found::of(&[
        ("labels.yaml", selected),
        ("volumes.yaml", pod(1, &mounted)),
        (
            "containers.yaml",
            pod(2, &format!("{{hostNetwork: true, containers: [{equal}]}}")),
        ),
    ]);
    for rule in ["host-pid", "host-ipc", "host-network"] {
        assert_eq!(found.count(&format!("kubernetes/{rule}")), 1, "{rule}");
    }
}

#[test]
fn services_and_workloads_of_one_label() {
    let meta = |n: usize| format!("metadata: {{name: a{n}, namespace: n{n}}}");
    let service = |n: usize| {
        let spec = "{selector: {app: a}, ports: [{port: 80}]}";
        format!(
            "---\napiVersion: v1\nkind: Service\n{}\nspec: {spec}\n",
            meta(n)
        )
    };
    let workload = |n: usize| {
        let pod = "{metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: a, ports: [{containerPort: 80}]}]}}";
        let spec = format!("{{selector: {{matchLabels: {{app: a}}}}, template: {pod}}}");
        format!(
            "---\napiVersion: apps/v1\nkind: Deployment\n{}\nspec: {spec}\n",
            meta(n)
        )
    };
    let nothing = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {selector: {matchLabels: {app: wbe}}, template: {metadata: {labels: {app: wbe}}, spec: {containers: [{name: a, image: a}]}}}\n";
    let found = Found::of(&[
        ("services.yaml", many(2_000, service)),
        ("workloads.yaml", many(2_000, workload)),
        ("both.yaml", many(1_000, |n| service(n) + &workload(n + 1))),
        ("web.yaml", nothing.to_owned()),
    ]);
    let messages = found.messages("project/service-selects-nothing");
    assert!(
        messages.iter().any(|message| message.contains("`web`")),
        "{messages:?}"
    );
}

#[test]
fn images_of_one_name() {
    let names: Vec<String> = (0..300).map(|n| format!("d{n}/Dockerfile")).collect();
    let images = names.iter();
    let images = images.map(|name| (name.as_str(), "FROM a:1\nEXPOSE 80\n".to_owned()));
    let builds = many(300, |n| {
        format!("  s{n}: {{image: x/i, build: {{context: d{n}}}}}\n")
    });
    let spec = "{containers: [{name: a, image: 'x/i:1', ports: [{containerPort: 81}], securityContext: {runAsNonRoot: true}}]}";
    let others = [
        ("compose.yaml", format!("services:\n{builds}")),
        ("pods.yaml", many(300, |n| pod(n, spec))),
    ];
    Found::of(&images.chain(others).collect::<Vec<_>>());
}

#[test]
fn comments_of_one_file() {
    let ignore = "# hullmark: ignore[image/latest-tag]\n";
    let names = many(2_000, |n| format!("image/a{n}, "));
    let lists = format!("# hullmark: ignore[{names}]\n").repeat(256);
    let directives = "# syntax=a\n".repeat(100_000);
    let continued = format!("RUN {}a\n", "a \\\n".repeat(200_000));
    let script = format!(
        "{}      - run: |\n{}",
        ignore.repeat(4_000),
        "          # shellcheck disable=SC2086\n".repeat(4_000)
    );
    let items = "      # checkov:skip=CKV_GHA_1:a\n      - run: a\n".repeat(4_000);
    Found::of(&[
        (
            "a/Dockerfile",
            dockerfile(&(ignore.repeat(4_000) + &"\n".repeat(2_000_000))),
        ),
        (
            "b/Dockerfile",
            dockerfile(&(ignore.repeat(4_000) + &continued)),
        ),
        (
            "c/Dockerfile",
            dockerfile(&format!("RUN a{}", " #".repeat(2_000_000))),
        ),
        (
            "d/Dockerfile",
            dockerfile(&format!(
                "{}{}",
                " ".repeat(2_000_000),
                " # hullmark: ignore[a]".repeat(4_000)
            )),
        ),
        ("e/Dockerfile", dockerfile(&lists)),
        ("f/Dockerfile", directives + "FROM a:1\n"),
        (
            "g/Dockerfile",
            dockerfile(&format!("RUN a{}", " #c".repeat(1_000_000))),
        ),
        (".github/workflows/a.yml", steps(&script)),
        (".github/workflows/b.yml", steps(&items)),
    ]);
}

#[test]
fn expressions_and_events_of_one_line() {
    let expressions = "${{ github.event.issue.title }}".repeat(30_000);
    let open = "$((".repeat(200_000);
    let step = |script: &str| steps(&format!("      - run: echo {script}\n"));
    let events = format!(
        "on: [{}]\njobs: {{a: {{runs-on: x, steps: [{{run: a}}]}}}}\n",
        "push, ".repeat(60_000)
    );
    let found = Found::of(&[
        (".github/workflows/a.yml", step(&expressions)),
        (
            ".github/workflows/b.yml",
            step(&format!("{open} ${{{{ github.event.issue.title }}}}")),
        ),
        (".github/workflows/c.yml", events),
    ]);
    assert!(found.count("workflow/dormant-injection") > 0);
}

#[test]
fn names_of_one_workflow() {
    let known = many(8_000, |n| {
        format!("      - {{id: s{n}, run: 'a ${{{{ steps.s{n}.outputs.a }}}}'}}\n")
    });
    let unknown = many(8_000, |n| {
        format!("      - {{id: s{n}, run: 'a ${{{{ steps.t{n}.outputs.a }}}}'}}\n")
    });
    let mut inputs = "name: a\ndescription: a\ninputs:\n".to_owned();
    for n in 0..8_000 {
        writeln!(inputs, "  i{n}: {{description: a}}").unwrap();
    }
    let uses = many(8_000, |n| {
        format!("    - {{shell: sh, run: 'a ${{{{ inputs.j{n} }}}}'}}\n")
    });
    let include = many(4_000, |n| format!("          - {{k{n}: a}}\n"));
    let axes = many(4_000, |n| {
        format!("      - run: a ${{{{ matrix.k{n} }}}}\n")
    });
    let found = Found::of(&[
        (".github/workflows/a.yml", steps(&known)),
        (".github/workflows/b.yml", steps(&unknown)),
        (
            "a/action.yml",
            format!("{inputs}runs:\n  using: composite\n  steps:\n{uses}"),
        ),
        (
            ".github/workflows/c.yml",
            format!(
                "on: push\njobs:\n  a:\n    runs-on: x\n    strategy:\n      matrix:\n        include:\n{include}    steps:\n{axes}"
            ),
        ),
    ]);
    assert!(found.count("workflow/unknown-property") >= 1_000);
}

#[test]
fn patterns_and_sources_of_one_build() {
    let patterns = many(1_000, |n| format!("{}b{n}\n", "**/*a".repeat(100)));
    let copies = many(400, |n| format!("COPY {}f{n} /x{n}\n", "a/".repeat(300)));
    let ignored = many(5_000, |n| format!("/zz{n}*q\n"));
    let found = Found::of(&[
        ("Dockerfile", dockerfile(&copies)),
        ("package.json", "{}".to_owned()),
        (".dockerignore", patterns),
        (".gitignore", ignored),
        (".git/HEAD", "ref: a\n".to_owned()),
        ("f0", String::new()),
    ]);
    let unjudged = found.messages("hullmark/unjudged");
    assert!(
        unjudged.iter().any(|message| message.contains("patterns")),
        "{unjudged:?}"
    );
}

#[test]
fn what_aliases_repeat() {
    let expressions = "${{ github.event.issue.title }}".repeat(600);
    let script = format!(
        "      - run: &s '{expressions}'\n{}",
        "      - run: *s\n".repeat(500)
    );
    let found = Found::of(&[(".github/workflows/a.yml", steps(&script))]);
    let unjudged = found.messages("hullmark/unjudged");
    assert!(!unjudged.is_empty());
}

#[test]
fn findings_beyond_a_thousand_are_counted() {
    let container = "  - {name: a, image: a:latest, securityContext: {privileged: true}}\n";
    let text = pod(0, &format!("\n  containers:\n{}", container.repeat(1_500)));
    let found = Found::of(&[("pod.yaml", text)]);
    assert_eq!(found.count("kubernetes/privileged-container"), 1_000);
    let told = found.messages("hullmark/unjudged");
    let of_rule =
        "500 more findings of `kubernetes/privileged-container` in this file are not reported";
    assert!(told.contains(&of_rule), "{told:?}");
}
