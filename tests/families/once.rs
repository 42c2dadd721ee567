//! One fault is one finding: no two rules report the same, and a habit of a file is said once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::{project, report};

/// Pairs of rules that are on by default and report overlapping places, because two different faults are there.
const DIFFERENT: &[(&str, &str, &str)] = &[
    (
        "dockerfile/missing-user",
        "image/missing-tag",
        "who runs the program; which image it is",
    ),
    (
        "dockerfile/lost-export",
        "shell/bashism",
        "the variable is lost later; the shell does not know the word",
    ),
    (
        "dockerfile/development-server",
        "dockerfile/shell-form-command",
        "what is started; how",
    ),
    (
        "workflow/missing-input",
        "workflow/outdated-action",
        "an input is missing; the version is old",
    ),
    (
        "workflow/outdated-action",
        "workflow/unpinned-uses",
        "the version is old; its tag can be moved",
    ),
    (
        "dockerfile/lost-export",
        "shell/unseen-assignment",
        "the variable is lost later; it has no value now",
    ),
    (
        "project/contradicting-version-comments",
        "workflow/retired-action",
        "the comments differ; the version fails",
    ),
    (
        "shell/bash-expansion",
        "shell/piped-download",
        "another shell runs it; nothing verifies it",
    ),
    (
        "shell/link-without-target",
        "shell/replaced-shell",
        "the link goes elsewhere; it replaces a shell",
    ),
    (
        "workflow/expression-in-script",
        "workflow/unknown-property",
        "it is expanded into a script; it does not exist",
    ),
];

/// One fault is one finding: two rules of the default set report overlapping places only where a family or its members do, or
/// where two faults are.
#[test]
fn no_two_rules_report_the_same_fault() {
    let catalogue = hullmark::rules::catalogue();
    let is_of_family = |id: &str| {
        let rule = catalogue.rule(id);
        rule.is_some_and(|rule| rule.is_family() || !rule.family.is_empty())
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let report = report(root, &["--isolated", "--exit-zero", "fixtures"]);
    let mut by_file: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let offset = |end: &str| finding[end]["offset"].as_u64().unwrap();
        let place = Place {
            start: offset("start"),
            end: offset("end"),
            rule: finding["rule"].as_str().unwrap(),
            line: finding["start"]["line"].as_u64().unwrap(),
        };
        let path = finding["path"].as_str().unwrap();
        if !is_of_family(place.rule) {
            by_file.entry(path).or_default().push(place);
        }
    }
    let (mut faults, mut seen) = (Vec::new(), BTreeSet::new());
    for (path, mut places) in by_file {
        places.sort();
        for (number, first) in places.iter().enumerate() {
            let others = places[number + 1..].iter();
            let reached = others.take_while(|it| it.start < first.end || it.start == first.start);
            for second in reached.filter(|second| second.rule != first.rule) {
                let pair = [first.rule, second.rule];
                let pair = (*pair.iter().min().unwrap(), *pair.iter().max().unwrap());
                let is_allowed = DIFFERENT.iter().any(|(a, b, _)| (*a, *b) == pair);
                seen.insert((pair.0.to_owned(), pair.1.to_owned()));
                if !is_allowed {
                    faults.push(format!("{path}:{}: {} and {}", second.line, pair.0, pair.1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    let pairs = DIFFERENT
        .iter()
        .map(|(a, b, _)| ((*a).to_owned(), (*b).to_owned()));
    let gone: Vec<_> = pairs.filter(|pair| !seen.contains(pair)).collect();
    assert!(
        gone.is_empty(),
        "these report no overlapping places any more: {gone:?}"
    );
}

/// Where a finding is, in the order of a file.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place<'r> {
    start: u64,
    end: u64,
    rule: &'r str,
    line: u64,
}

#[test]
fn what_implies_a_finding_stands_for_it() {
    let workflow = "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/upload-artifact@v2 # MARK\n";
    let check = |workflow: &str, arguments: &[&str]| {
        let folder = project(&[(".github/workflows/a.yml", workflow)]);
        let report = report(folder.path(), arguments);
        let findings = report["findings"].as_array().unwrap().iter();
        let findings = findings.map(|it| {
            let members = it["members"].as_array().into_iter().flatten();
            let members: Vec<&str> = members.map(|it| it["rule"].as_str().unwrap()).collect();
            let names = it["aliases"].as_array().unwrap().iter();
            let names = names.filter(|it| *it == "zizmor:unpinned-uses").count();
            format!(
                "{} {} {names}",
                it["rule"].as_str().unwrap(),
                members.join(" ")
            )
        });
        findings.collect::<Vec<_>>()
    };
    let both = "workflow/retired-action workflow/unpinned-uses 1";
    assert_eq!(check(workflow, &[]), [both]);
    for arguments in [
        &["--select", "workflow/retired-action,workflow/unpinned-uses"][..],
        &["--select", "workflow/retired-action,zizmor:unpinned-uses"],
    ] {
        let apart = ["workflow/retired-action  0", "workflow/unpinned-uses  1"];
        assert_eq!(check(workflow, arguments), apart, "{arguments:?}");
    }
    // What is suppressed or ignored implies nothing.
    let ignored = workflow.replace("# MARK", "# hullmark: ignore[workflow/retired-action]");
    assert_eq!(check(&ignored, &[]), ["workflow/unpinned-uses  1"]);
    let ignored = ["--ignore", "workflow/retired-action"];
    assert_eq!(check(workflow, &ignored), ["workflow/unpinned-uses  1"]);
    let other = workflow.replace("# MARK", "# zizmor: ignore[unpinned-uses]");
    assert_eq!(check(&other, &[]), ["workflow/retired-action  0"]);
}

#[test]
fn a_habit_of_a_file_is_one_finding() {
    let dockerfile = "FROM alpine:3.21\nENV A 1\nENV B 2 \nENV C 3\nENV DEBIAN_FRONTEND noninteractive\nUSER 1000\n";
    let lines = |dockerfile: &str, arguments: &[&str]| {
        let folder = project(&[("Dockerfile", dockerfile)]);
        let report = report(folder.path(), arguments);
        let findings = report["findings"].as_array().unwrap().iter();
        let findings = findings.filter(|it| it["rule"] == "dockerfile/legacy-pair");
        let findings = findings.map(|it| {
            let related = it["related"].as_array().unwrap().iter();
            let lines = related.map(|it| it["start"]["line"].as_u64().unwrap());
            let first = it["start"]["line"].as_u64().unwrap();
            [first].into_iter().chain(lines).collect::<Vec<u64>>()
        });
        findings.collect::<Vec<_>>()
    };
    assert_eq!(lines(dockerfile, &[]), [[2, 3, 4]]);
    let id = ["--select", "dockerfile/legacy-pair"];
    assert_eq!(lines(dockerfile, &id), [[2], [3], [4], [5]]);
    let suppressed = dockerfile.replace(
        "ENV A 1",
        "# hadolint ignore=DL3001\n# hullmark: ignore[dockerfile/legacy-pair]\nENV A 1",
    );
    assert_eq!(lines(&suppressed, &[]), [[5, 6]]);
}

/// A Deployment of that name and container.
#[test]
fn the_same_message_is_one_finding_of_a_file() {
    let step = |action: &str| format!("      - uses: {action}\n");
    let steps = [
        "actions/create-release@v1",
        "actions/create-release@v1",
        "actions-rs/cargo@v1",
    ];
    let workflow = format!(
        "on: push\npermissions: {{}}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n{}",
        steps.map(step).concat()
    );
    let tree = project(&[
        (".github/workflows/a.yml", &workflow),
        (".github/workflows/b.yml", &workflow),
    ]);
    let count = |flags: &[&str]| {
        let report = report(tree.path(), flags);
        let findings = report["findings"].as_array().unwrap().iter();
        let of_rule = findings.filter(|finding| finding["rule"] == "workflow/archived-action");
        of_rule.count()
    };
    assert_eq!(count(&[]), 4);
    assert_eq!(count(&["--select", "workflow/archived-action"]), 6);
}

fn deployment(name: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  replicas: 2\n  selector: {{matchLabels: {{app: {name}}}}}\n  template:\n    metadata: {{labels: {{app: {name}}}}}\n    spec:\n      containers: [{{name: {name}, image: 'example.com/{name}:1.0.0'}}]\n"
    )
}

#[test]
fn what_is_repeated_is_one_finding() {
    let several = [deployment("a"), deployment("b"), deployment("c")].join("---\n");
    let folder = project(&[
        ("deploy/all.yaml", &several),
        ("base/a.yaml", &deployment("a")),
    ]);
    let places = |arguments: &[&str]| {
        let report = report(folder.path(), arguments);
        let findings = report["findings"].as_array().unwrap().clone();
        let of = findings
            .iter()
            .filter(|it| it["rule"] == "kubernetes/missing-resources");
        let of = of.map(|it| {
            (
                it["path"].to_string(),
                it["related"].as_array().map_or(0, Vec::len),
            )
        });
        of.collect::<Vec<_>>()
    };
    assert_eq!(places(&["deploy"]), [("\"deploy/all.yaml\"".to_owned(), 2)]);
    let all = report(
        folder.path(),
        &["--select", "kubernetes/missing-memory-limit"],
    );
    assert_eq!(all["findings"].as_array().unwrap().len(), 4);
}

#[test]
fn what_is_expected_is_left_to_who_asks_for_it() {
    let agent = deployment("csi-driver")
        .replace("kind: Deployment", "kind: DaemonSet")
        .replace("  replicas: 2\n", "")
        .replace("    spec:\n", "    spec:\n      hostNetwork: true\n");
    let said = deployment("scan").replace(
        "    spec:\n",
        "    spec:\n      # The scanner listens to what the node broadcasts.\n      hostNetwork: true\n",
    );
    let plain = deployment("web").replace("    spec:\n", "    spec:\n      hostNetwork: true\n");
    let folder = project(&[
        ("agent.yaml", &agent),
        ("said.yaml", &said),
        ("plain.yaml", &plain),
    ]);
    let found = |arguments: &[&str]| {
        let report = report(folder.path(), arguments);
        let findings = report["findings"].as_array().unwrap().clone();
        let of = findings
            .iter()
            .filter(|it| it["rule"] == "kubernetes/host-network");
        of.map(|it| it["path"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(&[]), ["plain.yaml"]);
    let all = ["agent.yaml", "plain.yaml", "said.yaml"];
    assert_eq!(found(&["--select", "kubernetes/host-network"]), all);
}

#[test]
fn what_images_mean_is_left_to_who_asks_for_it() {
    const SUDO: &str = "RUN echo 'dev ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/dev\nUSER dev\n";
    let debian = |rest: &str| format!("FROM debian:13-slim\n{rest}");
    let sudo = |rest: &str| debian(&format!("{SUDO}{rest}"));
    let compose = "services:\n  shop:\n    image: shop:1.4\n    environment:\n      URL: \"amqp://shop:FmTKs5vX52ufKR1rd8@queue\"\n";
    let (token, cd) = ("secret/known-token", "shell/unchecked-cd");
    let (sudoers, bit) = ("dockerfile/passwordless-sudo", "dockerfile/setuid-bit");
    for (path, text, rule, is_shown) in [
        ("a/Dockerfile", sudo("CMD [\"serve\"]\n"), sudoers, true),
        ("a/Dockerfile", sudo("CMD [\"bash\"]\n"), sudoers, false),
        ("a/Dockerfile", sudo(""), sudoers, false),
        ("ci/Dockerfile", sudo("CMD [\"serve\"]\n"), sudoers, false),
        (
            "a/Dockerfile",
            debian("RUN chmod 4755 /usr/bin/kelp\n"),
            bit,
            false,
        ),
        ("a/Dockerfile", debian("RUN cd /opt/kelp; make\n"), cd, true),
        (
            "a/Dockerfile",
            debian("RUN cd /opt/kelp; for i in *; do rm -f $i; done\n"),
            cd,
            true,
        ),
        (
            "a/Dockerfile",
            debian("RUN cd /opt/kelp; /opt/kelp/run list\n"),
            cd,
            false,
        ),
        (
            "a/Dockerfile",
            "FROM ghcr.io/kelp/base:4\nRUN cd /opt/kelp; make\n".to_owned(),
            cd,
            false,
        ),
        ("compose.yaml", compose.to_owned(), token, false),
        (
            "compose.yaml",
            compose.replace("@queue", "@mq.kelp.io"),
            token,
            true,
        ),
    ] {
        let folder = project(&[(path, &text)]);
        let has = |arguments: &[&str]| {
            let report = report(folder.path(), arguments);
            let mut findings = report["findings"].as_array().unwrap().iter();
            findings.any(|it| it["rule"] == rule)
        };
        assert_eq!(has(&[]), is_shown, "{path}: {text}");
        assert!(has(&["--select", rule]), "{path}: {text}");
    }
}

#[test]
fn keys_that_were_made_for_tests_are_none() {
    // `-----BEGIN RSA PRIVATE KEY-----` and what follows it, in Base64.
    let key = "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFcEFJQkFBS0NBUUVBdVo5a0xt\
               TjRwUXJTdFZ3WHlaMGFCY0RlRmdIaUprTG1Ob1BxUnNUdVZ3WHlaCi0tLS0tRU5EIFJTQSBQ\
               UklWQVRFIEtFWS0tLS0tCg==";
    let secret = format!(
        "apiVersion: v1\nkind: Secret\nmetadata: {{name: kelp}}\ndata:\n  tls.key: {key}\n"
    );
    for (path, is_shown) in [
        ("deploy/secret.yaml", true),
        ("test/e2e/secret.yaml", false),
        ("gateway/testutils/secret.yaml", false),
    ] {
        let folder = project(&[(path, &secret)]);
        let report = report(folder.path(), &["--select", "secret/known-token"]);
        let found = report["findings"].as_array().unwrap().len();
        assert_eq!(found > 0, is_shown, "{path}");
    }
}

#[test]
fn what_is_left_out_takes_no_other_along() {
    let text = "FROM example.com/kelp\nUSER 1000\n";
    let folder = project(&[
        ("a/testdata/Dockerfile", text),
        ("b/Dockerfile", text),
        ("c/Dockerfile", text),
    ]);
    let report = report(folder.path(), &[]);
    let findings = report["findings"].as_array().unwrap();
    let mut tags = findings
        .iter()
        .filter(|it| it["rule"] == "image/missing-tag");
    let one = tags.next().unwrap();
    assert_eq!(one["path"], "b/Dockerfile");
    assert_eq!(one["members"].as_array().unwrap().len(), 2);
    assert_eq!(tags.count(), 0);
}
