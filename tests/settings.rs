//! What users set for rules: what is refused, what reaches the rules, ours and a user's own.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

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
        .output()
        .unwrap()
}

/// The lines on which a Dockerfile has findings that carry `alias`.
fn lines(config: &str, dockerfile: &str, alias: &str) -> Vec<u64> {
    let folder = project(&[("hullmark.yml", config), ("Dockerfile", dockerfile)]);
    let output = hullmark(folder.path(), &["--select", alias, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| finding["start"]["line"].as_u64().unwrap())
        .collect()
}

/// A rule of a user's that has a setting of each type.
const OWN: &str = r#"# METADATA
# title: A pod too many
# description: Too many pods.
# custom:
#   severity: warning
#   confidence: high
#   category: style
#   message: "`{name}` is one of {least} or more"
#   remediation: "Take it out."
#   settings:
#     enabled: {type: boolean, default: true, description: "Whether."}
#     least: {type: integer, default: 2, description: "How many."}
#     name: {type: text, default: web, description: "Which."}
#     level: {type: text, default: low, values: [low, high], description: "How."}
#     kinds: {type: list, default: [Pod], description: "Of what."}
#     labels: {type: map, default: {}, values: [text, url], description: "With what."}
package rules.acme["pod-count"]

deny contains {"at": pod.at, "field": "", "name": pod.name, "least": settings.least} if {
	settings := input.settings["acme/pod-count"]
	settings.enabled
	some pod in input.objects
	pod.kind in settings.kinds
	pod.name == settings.name
	every label, type in settings.labels {
		object.get(pod.labels, label, "") != ""
		type != "url"
	}
}
"#;

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {app: web}\nspec:\n  containers: []\n";

#[test]
fn what_no_rule_takes_is_refused_where_it_stands() {
    for (rules, expected) in [
        (
            "image/untrusted-registri: {}",
            "3:3: unknown rule `image/untrusted-registri` (did you mean `image/untrusted-registry`?)",
        ),
        (
            "image/latest-tag: {tags: [a]}",
            "3:3: rule `image/latest-tag` has no settings",
        ),
        (
            "image/untrusted-registry: [quay.io]",
            "3:29: the settings of `image/untrusted-registry` are a mapping, `key: value`, not a list",
        ),
        (
            "hadolint:DL3026: {registry: [quay.io]}",
            "3:21: `image/untrusted-registry` has no setting `registry` (did you mean `registries`?)",
        ),
        (
            "hadolint:DL3026: {registries: {a: b}}",
            "3:33: `registries` takes a list of texts, not a mapping",
        ),
        (
            "acme/pod-count: {enabled: 'true'}",
            "3:29: `enabled` takes `true` or `false`, not `true` in quotes",
        ),
        (
            "acme/pod-count: {least: many}",
            "3:27: `least` takes a whole number, not `many`",
        ),
        (
            "acme/pod-count: {level: hig}",
            "3:27: `level` takes low, high, not `hig` (did you mean `high`?)",
        ),
        (
            "acme/pod-count: {labels: {a: text, b: urls}}",
            "3:41: `labels` takes text, url, not `urls` (did you mean `url`?)",
        ),
    ] {
        let config = format!("policies: [own]\nrules:\n  {rules}");
        let folder = project(&[
            ("hullmark.yml", &config),
            ("pod.yaml", POD),
            ("own/acme/pod-count.rego", OWN),
        ]);
        let output = hullmark(folder.path(), &["pod.yaml"]);
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            format!("hullmark: hullmark.yml:{expected}\n")
        );
        assert_eq!(output.status.code(), Some(2), "{rules}");
    }
}

#[test]
fn a_users_rule_is_told_what_is_set_and_the_defaults_of_the_rest() {
    for (rules, found) in [
        ("{}", 1),
        ("{acme/pod-count: {enabled: false}}", 0),
        ("{acme/pod-count: {kinds: Pod, least: 7}}", 1),
        ("{acme/pod-count: {kinds: []}}", 0),
        ("{acme/pod-count: {labels: {app: text}}}", 1),
        ("{acme/pod-count: {labels: {app: url}}}", 0),
        ("{acme/pod-count: {labels: {team: text}}}", 0),
    ] {
        let config = format!("policies: [own]\nrules: {rules}");
        let folder = project(&[
            ("hullmark.yml", &config),
            ("pod.yaml", POD),
            ("own/acme/pod-count.rego", OWN),
        ]);
        let output = hullmark(folder.path(), &["--select", "acme", "pod.yaml"]);
        assert_eq!(output.status.code(), Some(found), "{rules}");
    }
    let other = OWN.replace(
        "settings[\"acme/pod-count\"]",
        "settings[\"image/untrusted-registry\"]",
    );
    let folder = project(&[("own/acme/pod-count.rego", &other)]);
    let output = hullmark(folder.path(), &["rules", "--policy", "own"]);
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "hullmark: own/acme/pod-count.rego:19: a rule reads its own settings: write `input.settings[\"acme/pod-count\"]`\n"
    );
}

#[test]
fn a_users_fixtures_carry_settings() {
    let other = POD.replace("name: web\n  l", "name: job\n  l");
    let folder = project(&[
        ("own/acme/pod-count.rego", OWN),
        ("own/fixtures/acme/pod-count/settings.yml", "name: job"),
        ("own/fixtures/acme/pod-count/bad.yaml", &other),
        ("own/fixtures/acme/pod-count/good.yaml", POD),
        ("own/fixtures/acme/pod-count/bad-web/pod.yaml", POD),
        (
            "own/fixtures/acme/pod-count/bad-web/settings.yml",
            "least: 3",
        ),
    ]);
    let output = hullmark(folder.path(), &["test", "own"]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "ok    acme/pod-count  (2 bad, 1 good)\n"
    );
}

/// A finding of each kind: one that hadolint has at another level, one that it leaves off, one that it lacks.
#[test]
fn the_name_of_a_linter_is_the_profile_of_its_findings() {
    let dockerfile =
        "FROM debian:12\nADD a /a/\nEXPOSE 22\nRUN sudo true\nUSER 1000\nCMD [\"/a/b\"]\n";
    let found = |arguments: &[&str], config: &str| -> Vec<String> {
        let folder = project(&[("hullmark.yml", config), ("Dockerfile", dockerfile)]);
        let output = hullmark(folder.path(), &[&["--format", "json"], arguments].concat());
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        findings
            .map(|finding| {
                let word = |name: &str| finding[name].as_str().unwrap().to_owned();
                format!(
                    "{} {} {}",
                    finding["start"]["line"],
                    word("severity"),
                    word("rule")
                )
            })
            .collect()
    };
    let add = "2 error dockerfile/add-instead-of-copy".to_owned();
    let sudo = "4 error shell/sudo".to_owned();
    assert_eq!(
        found(&["--select", "hadolint"], ""),
        [add.clone(), sudo.clone()]
    );
    assert_eq!(found(&[], "select: [hadolint]"), [add.clone(), sudo]);
    let config = "severity: {shell/sudo: info}\nselect: hadolint";
    assert_eq!(found(&[], config), [add, "4 info shell/sudo".to_owned()]);
    assert!(found(&["--select", "hadolint", "--ignore", "hadolint"], "").is_empty());
    let healthcheck = "dockerfile/missing-healthcheck";
    // What the linter leaves off is one id away.
    let more = found(&["--select", "hadolint,hadolint:DL3057"], "");
    assert!(
        more.iter().any(|line| line.ends_with(healthcheck)),
        "{more:?}"
    );
    let folder = project(&[]);
    let listed = hullmark(folder.path(), &["rules", "--select", "hadolint"]).stdout;
    let listed = String::from_utf8(listed).unwrap();
    let line = |id: &str| listed.lines().find(|line| line.starts_with(id));
    let add = line("dockerfile/add-instead-of-copy").unwrap();
    assert!(add.contains(" error "), "{add}");
    assert_eq!(line(healthcheck), None);
    let cis = found(&["--select", "cis-docker"], "");
    assert!(
        cis.iter().any(|line| line.ends_with(healthcheck)),
        "{cis:?}"
    );
    assert!(cis.iter().any(|line| line.starts_with('2')), "{cis:?}");
}

#[test]
fn labels_follow_their_schema() {
    let lines = |settings: &str, id: &str, dockerfile: &str| {
        let config = format!("rules: {{hadolint:DL3049: {settings}}}");
        lines(&config, dockerfile, id)
    };
    let title = "{labels: {title: text}}";
    let missing = |dockerfile: &str| lines(title, "DL3049", dockerfile);
    assert!(lines("{}", "DL3049", "FROM debian\n").is_empty());
    assert_eq!(missing("FROM debian\n"), [1]);
    assert_eq!(
        missing("FROM scratch\nLABEL author=a\nFROM alpine\nLABEL x=y\n"),
        [1, 3]
    );
    assert!(missing("FROM debian\nLABEL a=b title=c\n").is_empty());
    assert!(missing("FROM debian AS base\nLABEL title=a\nFROM base\n").is_empty());
    let fork = "FROM debian AS base\nFROM base\nLABEL title=a\nFROM base\nRUN true\n";
    assert_eq!(missing(fork), [4]);
    assert_eq!(
        missing("FROM debian AS lost\nFROM alpine\nLABEL title=a\n"),
        [1]
    );
    let copied = "FROM debian AS tool\nFROM alpine\nLABEL title=a\nCOPY --from=tool /a /b\n";
    assert!(missing(copied).is_empty());
    assert!(missing("RUN true\n").is_empty());
    let strict = "{labels: {title: text}, strict: true}";
    assert_eq!(
        lines(strict, "DL3050", "LABEL title=a\nLABEL name=b\n"),
        [2]
    );
    assert_eq!(
        lines(strict, "DL3050", "ONBUILD LABEL title=a name=b\n"),
        [1]
    );
    assert!(lines(title, "DL3050", "LABEL name=b\n").is_empty());
    assert_eq!(
        lines(title, "DL3051", "LABEL title=\"\"\nLABEL name=\"\"\n"),
        [1]
    );
    for (kind, id, good, bad) in [
        ("url", "DL3052", "http://example.com/x", "example"),
        (
            "rfc3339",
            "DL3053",
            "2020-02-29T23:59:59.123456789-08:00",
            "2021-02-29T00:00:00Z",
        ),
        ("spdx", "DL3054", "BSD-3-Clause", "my-own-terms"),
        ("hash", "DL3055", "0123456", "v1-0123456"),
        ("semver", "DL3056", "10.20.30-beta", "10.20"),
        ("email", "DL3058", "me@example.org", "me at example.org"),
    ] {
        let settings = format!("{{labels: {{it: {kind}}}}}");
        let found = |text: &str| lines(&settings, id, text);
        for prefix in ["", "ONBUILD "] {
            assert!(
                found(&format!("{prefix}LABEL it=\"{good}\"\n")).is_empty(),
                "{good}"
            );
            assert_eq!(
                found(&format!("{prefix}LABEL it=\"{bad}\"\n")),
                [1],
                "{bad}"
            );
            assert!(found(&format!("{prefix}LABEL other=\"{bad}\"\n")).is_empty());
        }
        assert!(found("ARG IT=none\nLABEL it=$IT\n").is_empty());
        assert_eq!(found("LABEL it=\"\"\n"), [1]);
    }
}

#[test]
fn trusted_registries_hold_for_every_image() {
    let lines = |registries: &str, dockerfile: &str| {
        let config = format!("rules: {{DL3026: {{registries: {registries}}}}}");
        lines(&config, dockerfile, "hadolint:DL3026")
    };
    let forms = "FROM debian:12 AS a\nFROM library/debian:12 AS b\nFROM docker.io/acme/debian:12\n";
    assert!(lines("[]", forms).is_empty());
    assert!(lines("[docker.io]", forms).is_empty());
    assert!(lines("hub.docker.com", forms).is_empty());
    assert!(lines("['*']", forms).is_empty());
    assert_eq!(lines("[docker.io/library]", forms), [3]);
    assert_eq!(lines("[quay.io]", forms), [1, 2, 3]);
    let stages = "FROM quay.io/acme/base AS base\nFROM base\nCOPY --from=base /a /b\n";
    assert!(lines("[quay.io]", stages).is_empty());
    let below = "FROM eu.example.com/a\nFROM example.com/a\nFROM example.org/a\n";
    assert_eq!(lines("['*.example.com', 'b.org']", below), [2, 3]);
    assert_eq!(lines("['example.*']", below), [1]);
    // Without FROM too.
    assert_eq!(
        lines("[quay.io]", "COPY --from=ghcr.io/acme/tool:1 /a /b\n"),
        [1]
    );
    let mount = "RUN --mount=type=cache,from=ghcr.io/acme/tool:1,target=/t /t/run\n";
    assert_eq!(lines("[quay.io]", mount), [1]);
    assert!(lines("[ghcr.io]", mount).is_empty());
}

const BUDGET: &str = "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  minAvailable: 1\n  selector:\n    matchLabels: {app: web}\n";

const CLUSTER: &str =
    "resource \"aws_eks_cluster\" \"main\" {\n  name    = \"main\"\n  version = \"1.24\"\n}\n";

/// The severities of what is removed, in a project with these files.
fn removed(files: &[(&str, &str)], arguments: &[&str]) -> Vec<String> {
    let folder = project(files);
    let select = [
        "--select",
        "kubernetes/removed-api-version",
        "--format",
        "json",
    ];
    let output = hullmark(folder.path(), &[&select[..], arguments].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| finding["severity"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_release_of_the_cluster_is_found_and_overruled() {
    let budget = ("budget.yaml", BUDGET);
    let cluster = ("infra/main.tf", CLUSTER);
    assert_eq!(removed(&[budget], &[]), ["error"]);
    assert!(removed(&[budget, cluster], &[]).is_empty());
    assert_eq!(
        removed(&[budget, cluster], &["--kubernetes", "1.34"]),
        ["error"]
    );
    let config = ("hullmark.yml", "kubernetes: \"1.24-1.25\"\n");
    assert_eq!(removed(&[budget, cluster, config], &[]), ["error"]);
    let example = ("examples/main.tf", CLUSTER);
    assert_eq!(removed(&[budget, example], &[]), ["error"]);
    let kind = "kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes: [{role: worker, image: 'kindest/node:v1.24.0'}]\n";
    assert_eq!(removed(&[budget, ("kind.yaml", kind)], &[]), ["error"]);
}

#[test]
fn what_names_the_release_of_the_cluster_is_shown() {
    let folder = project(&[("budget.yaml", BUDGET), ("infra/main.tf", CLUSTER)]);
    let show = ["--show-settings", "--format", "json"];
    let output = hullmark(folder.path(), &show);
    let settings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = serde_json::json!({
        "releases": "1.24", "certain": true, "from": ["infra/main.tf:3: 1.24"],
    });
    assert_eq!(settings["kubernetes"], expected);
    let output = hullmark(
        folder.path(),
        &[&show[..], &["--kubernetes", "1.30"]].concat(),
    );
    let settings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(settings["kubernetes"], "1.30");
    let output = hullmark(folder.path(), &["--kubernetes", "new"]);
    assert_eq!(output.status.code(), Some(2));
}
