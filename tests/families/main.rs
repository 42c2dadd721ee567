//! Families: which findings of their members become one, which speak for themselves, and what each format shows.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by failing")]

mod expected;
mod once;

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A pod that sets nothing, with places for a comment and an annotation.
const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {app: web}
  annotations: {ANNOTATION: x}
spec:
  containers:
    # ABOVE
    - name: web # BESIDE
      image: example.com/web:1.0.0
      ports:
        - containerPort: 8080
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
";

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

fn report(folder: &Path, arguments: &[&str]) -> Value {
    let output = hullmark(folder, &[arguments, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// The findings of families and their members: `rule`, or `rule: member member`, without `kubernetes/` and by rule.
fn found(report: &Value) -> Vec<String> {
    let short = |id: &Value| id.as_str().unwrap().replace("kubernetes/", "");
    let mut found = Vec::new();
    for finding in report["findings"].as_array().unwrap() {
        let members = finding["members"].as_array();
        let members = members.into_iter().flatten();
        let members: Vec<String> = members.map(|member| short(&member["rule"])).collect();
        let rule = short(&finding["rule"]);
        if !members.is_empty() {
            found.push(format!("{rule}: {}", members.join(" ")));
        } else if IDS.contains(&rule.as_str()) {
            found.push(rule);
        }
    }
    found.sort();
    found
}

/// The members that these tests are about, and a family, whose rule never has a finding without members.
const IDS: &[&str] = &[
    "missing-run-as-non-root",
    "missing-seccomp-profile",
    "privilege-escalation",
    "undropped-capabilities",
    "writable-root-filesystem",
    "unconfined-container",
    "unhardened-container",
];

const ALL_FIVE: &str = "unhardened-container: missing-run-as-non-root missing-seccomp-profile privilege-escalation undropped-capabilities writable-root-filesystem";
const WITHOUT_SECCOMP: &str = "unhardened-container: missing-run-as-non-root privilege-escalation undropped-capabilities writable-root-filesystem";
const RESOURCES: &str =
    "missing-resources: missing-cpu-request missing-memory-limit missing-memory-request";
const PROBES: &str = "missing-probes: missing-liveness-probe missing-readiness-probe";
const APART: &[&str] = &[
    "missing-run-as-non-root",
    "missing-seccomp-profile",
    "privilege-escalation",
    "undropped-capabilities",
    "writable-root-filesystem",
];

fn check(pod: &str, config: &str, arguments: &[&str]) -> Vec<String> {
    let folder = project(&[("hullmark.yml", config), ("deploy/pod.yaml", pod)]);
    found(&report(folder.path(), arguments))
}

#[test]
fn what_is_selected_by_a_set_is_folded_and_what_is_named_is_not() {
    for (arguments, expected) in [
        (&[][..], &[PROBES, RESOURCES, ALL_FIVE][..]),
        (&["--select", "default"], &[PROBES, RESOURCES, ALL_FIVE]),
        (
            &["--select", "kubernetes/unhardened-container"],
            &[ALL_FIVE],
        ),
        (
            &["--select", "kubernetes/missing-resources,image"],
            &[RESOURCES],
        ),
        (
            &[
                "--select",
                "kubernetes/missing-seccomp-profile,kubernetes/privilege-escalation",
            ],
            &["missing-seccomp-profile", "privilege-escalation"],
        ),
        (&["--select", "KSV-0012,CKV_K8S_31"], &APART[..2]),
        (
            &["--select", "default,kubernetes/missing-seccomp-profile"],
            &[
                "missing-probes: missing-liveness-probe missing-readiness-probe",
                RESOURCES,
                "missing-seccomp-profile",
                WITHOUT_SECCOMP,
            ],
        ),
        (
            &["--select", "polaris"],
            &[
                "missing-run-as-non-root",
                "privilege-escalation",
                "unconfined-container",
                "undropped-capabilities",
                "writable-root-filesystem",
            ],
        ),
        (
            &[
                "--select",
                "default",
                "--ignore",
                "kubernetes/unhardened-container",
            ],
            &[PROBES, RESOURCES],
        ),
        (
            &[
                "--select",
                "kubernetes/unhardened-container",
                "--ignore",
                "CKV_K8S_31",
            ],
            &[WITHOUT_SECCOMP],
        ),
        (
            &[
                "--select",
                "kubernetes/unhardened-container",
                "--ignore",
                "trivy:KSV-0012,kubernetes/missing-seccomp-profile,polaris:privilegeEscalationAllowed,checkov:CKV_K8S_22",
            ],
            &["undropped-capabilities"],
        ),
    ] {
        assert_eq!(check(POD, "", arguments), expected, "{arguments:?}");
    }
    let all = check(POD, "", &["--select", "ALL"]);
    assert!(
        APART.iter().all(|id| all.contains(&(*id).to_owned())),
        "{all:?}"
    );
    assert!(all.iter().all(|found| !found.contains(':')), "{all:?}");
    // A domain and a profile of ours are sets too, with what is off by default.
    let domain = check(POD, "", &["--select", "kubernetes"]);
    assert!(domain.contains(&"missing-resources: missing-cpu-limit missing-cpu-request missing-memory-limit missing-memory-request".to_owned()), "{domain:?}");
}

#[test]
fn a_configuration_decides_by_member() {
    let select = &["--select", "kubernetes/unhardened-container"][..];
    for (config, arguments, expected) in [
        (
            "ignore: [kubernetes/missing-seccomp-profile]\n",
            select,
            &[WITHOUT_SECCOMP][..],
        ),
        ("ignore: [checkov:CKV_K8S_31]\n", select, &[WITHOUT_SECCOMP]),
        (
            "ignore: [kubernetes/unhardened-container]\n",
            &[],
            &[PROBES, RESOURCES],
        ),
        (
            "severity: {kubernetes/missing-seccomp-profile: off}\n",
            select,
            &[WITHOUT_SECCOMP],
        ),
        (
            "severity: {kubernetes/unhardened-container: off}\n",
            &[],
            &[PROBES, RESOURCES],
        ),
        (
            "overrides:\n  - {paths: [deploy/**], ignore: [kubernetes/missing-seccomp-profile]}\n",
            select,
            &[WITHOUT_SECCOMP],
        ),
        (
            "select: [kubernetes/missing-probes]\noverrides:\n  - {paths: [deploy/**], select: [kubernetes/missing-seccomp-profile]}\n",
            &[],
            &[PROBES, "missing-seccomp-profile"],
        ),
    ] {
        assert_eq!(check(POD, config, arguments), expected, "{config}");
    }
}

#[test]
fn the_severity_is_the_highest_of_the_members() {
    for (config, expected) in [
        ("", "info"),
        (
            "severity: {kubernetes/missing-seccomp-profile: error}\n",
            "error",
        ),
        (
            "severity: {kubernetes/unhardened-container: warning}\n",
            "warning",
        ),
        (
            "severity: {kubernetes/unhardened-container: info, kubernetes/missing-seccomp-profile: error}\n",
            "error",
        ),
    ] {
        let folder = project(&[("hullmark.yml", config), ("pod.yaml", POD)]);
        let report = report(
            folder.path(),
            &["--select", "kubernetes/unhardened-container"],
        );
        assert_eq!(report["findings"][0]["severity"], expected, "{config}");
    }
}

#[test]
fn a_suppression_takes_out_what_it_names() {
    let with = |mark: &str, text: &str| POD.replace(mark, text);
    for (pod, expected) in [
        (
            with(
                "# ABOVE",
                "# hullmark: ignore[kubernetes/missing-seccomp-profile]",
            ),
            &[WITHOUT_SECCOMP][..],
        ),
        (
            with(
                "# BESIDE",
                "# hullmark: ignore[kubernetes/missing-seccomp-profile]",
            ),
            &[WITHOUT_SECCOMP],
        ),
        (
            with("# ABOVE", "# trivy:ignore:KSV-0030"),
            &[WITHOUT_SECCOMP],
        ),
        (
            with("ANNOTATION: x", "checkov.io/skip1: CKV_K8S_31=later"),
            &[WITHOUT_SECCOMP],
        ),
        (
            with(
                "# ABOVE",
                "# hullmark: ignore[kubernetes/unhardened-container]",
            ),
            &[],
        ),
        (
            with(
                "# BESIDE",
                "# hullmark: ignore[kubernetes/unhardened-container]",
            ),
            &[],
        ),
        (
            with(
                "# ABOVE",
                "# hullmark: ignore[CKV_K8S_31, CKV_K8S_20, CKV_K8S_37, CKV_K8S_22]",
            ),
            &["missing-run-as-non-root"],
        ),
    ] {
        let select = ["--select", "kubernetes/unhardened-container,hullmark"];
        assert_eq!(check(&pod, "", &select), expected, "{pod}");
        let folder = project(&[("pod.yaml", &pod)]);
        let report = report(folder.path(), &select);
        let unused = report["findings"].as_array().unwrap().iter();
        let unused: Vec<&Value> = unused
            .filter(|it| it["rule"] == "hullmark/unused-suppression")
            .collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
    // What is shown at the family's place counts there, also where the member has a place of its own.
    let own = with(
        "# BESIDE",
        "# hullmark: ignore[kubernetes/unhardened-container]",
    ) + "      securityContext: {readOnlyRootFilesystem: false}\n";
    assert!(check(&own, "", &["--select", "kubernetes/unhardened-container"]).is_empty());
    // The rule that had the family's id before is suppressed by it, and folded into it.
    let old = with(
        "# ABOVE",
        "# hullmark: ignore[kubernetes/unhardened-container]",
    );
    assert!(check(&old, "", &["--select", "kubernetes/unconfined-container"]).is_empty());
}

#[test]
fn what_is_suppressed_as_a_whole_is_listed_as_a_whole() {
    let pod = POD.replace(
        "# ABOVE",
        "# hullmark: ignore[kubernetes/unhardened-container] -- a demo",
    );
    let folder = project(&[("pod.yaml", &pod)]);
    let select = [
        "--select",
        "kubernetes/unhardened-container",
        "--show-suppressed",
    ];
    let report = report(folder.path(), &select);
    assert_eq!(found(&report), [ALL_FIVE]);
    assert_eq!(report["findings"][0]["suppressed"]["reason"], "a demo");
}

#[test]
fn the_fingerprint_is_the_same_when_members_come_and_go() {
    let select = ["--select", "kubernetes/unhardened-container"];
    let fingerprint = |pod: &str, arguments: &[&str]| {
        let folder = project(&[("pod.yaml", pod)]);
        let report = report(folder.path(), arguments);
        let findings = report["findings"].as_array().unwrap();
        let family = findings
            .iter()
            .find(|it| it["rule"] == "kubernetes/unhardened-container");
        family.unwrap()["fingerprint"].as_str().unwrap().to_owned()
    };
    let whole = fingerprint(POD, &select);
    let fewer = POD.to_owned()
        + "      securityContext: {readOnlyRootFilesystem: true, privileged: false}\n";
    assert_eq!(fingerprint(&fewer, &select), whole);
    let ignore = [
        &select[..],
        &["--ignore", "kubernetes/missing-seccomp-profile"],
    ]
    .concat();
    assert_eq!(fingerprint(POD, &ignore), whole);
    let comment = POD.replace("# ABOVE", "# hullmark: ignore[CKV_K8S_31]");
    assert_eq!(
        fingerprint(&comment, &[&select[..], &["--show-suppressed"]].concat()),
        whole
    );
    let other = POD.replace("- name: web", "- name: other");
    assert_ne!(fingerprint(&other, &select), whole);
}

/// A rule of a user's that is a member of our family.
const OWN: &str = r#"# METADATA
# title: Missing ephemeral storage limit
# description: A container that fills the disk of its node evicts its neighbours.
# custom:
#   severity: error
#   confidence: high
#   category: reliability
#   message: "container `{name}` has no limit of ephemeral storage"
#   remediation: Set it.
#   family: kubernetes/missing-resources
#   part: ephemeral storage limit
#   block: |
#     resources:
#       limits:
#         ephemeral-storage: 1Gi
package rules.acme["missing-storage-limit"]

deny contains {"at": container.at, "field": "resources.limits", "name": container.name} if {
	some container in input.containers
	container.kind == "kubernetes"
	not "limits.ephemeral-storage" in container.resources.set
}
"#;

#[test]
fn a_users_rule_joins_a_family() {
    let folder = project(&[
        ("rules/acme/missing-storage-limit.rego", OWN),
        ("pod.yaml", POD),
    ]);
    let report = report(folder.path(), &["--policy", "rules", "pod.yaml"]);
    let findings = report["findings"].as_array().unwrap();
    let family = findings
        .iter()
        .find(|it| it["rule"] == "kubernetes/missing-resources");
    let family = family.unwrap();
    assert_eq!(family["severity"], "error");
    assert_eq!(
        family["message"],
        "container `web` has no CPU request, memory limit, memory request or ephemeral storage limit"
    );
    let help = family["help"].as_str().unwrap();
    let block = "  limits:\n    memory: 256Mi # what it uses at most\n    ephemeral-storage: 1Gi\n";
    assert!(help.contains(block), "{help}");
    for (from, to, line, message) in [
        (
            "kubernetes/missing-resources",
            "kubernetes/missing-resourcs",
            10,
            "there is no rule `kubernetes/missing-resourcs`",
        ),
        (
            "kubernetes/missing-resources",
            "kubernetes/host-pid",
            10,
            "`kubernetes/host-pid` is no family",
        ),
        (", \"name\": container.name", "", 10, "bring `name`"),
        (
            "#   family: kubernetes/missing-resources\n",
            "",
            10,
            "`part` needs a `family`",
        ),
        (
            "part: ephemeral",
            "part: \"{kind} ephemeral\" #",
            11,
            "`part` shows `{kind}`, which not every finding brings",
        ),
    ] {
        let faulty = OWN.replace(from, to);
        let folder = project(&[
            ("rules/acme/missing-storage-limit.rego", &faulty),
            ("pod.yaml", POD),
        ]);
        let output = hullmark(folder.path(), &["--policy", "rules", "pod.yaml"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        let place = format!("missing-storage-limit.rego:{line}: ");
        assert!(
            said.contains(&place) && said.contains(message),
            "{to}: {said}"
        );
    }
}

#[test]
fn each_format_shows_a_family() {
    let pod = POD.to_owned()
        + "      securityContext:\n        readOnlyRootFilesystem: false\n        allowPrivilegeEscalation: false\n        runAsNonRoot: true\n        capabilities: {drop: [ALL]}\n";
    let folder = project(&[("pod.yaml", &pod)]);
    for format in ["text", "concise", "github", "json", "sarif"] {
        let select = "kubernetes/unhardened-container";
        let output = hullmark(folder.path(), &["--select", select, "--format", format]);
        let mut text = String::from_utf8(output.stdout).unwrap();
        if let Ok(mut document) = serde_json::from_str::<Value>(&text) {
            // The rules are described elsewhere.
            if let Some(tool) = document.pointer_mut("/runs/0/tool") {
                tool.take();
            }
            text = serde_json::to_string_pretty(&document).unwrap();
        }
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("a_family_in_{format}"), text);
        });
    }
}
