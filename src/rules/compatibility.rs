//! The ids of other tools with the rules that carry them, and what those tools are called.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::rules::Rule;
use crate::rules::page;

/// The other tools: what their ids begin with in an alias, what they are called, and where they are.
const TOOLS: [(&str, &str, &str); 29] = [
    (
        "actionlint",
        "actionlint",
        "https://github.com/rhysd/actionlint",
    ),
    (
        "actionlint-fork",
        "actionlint, the fork for action.yml",
        "https://github.com/kjanat/actionlint",
    ),
    (
        "buildkit",
        "Docker build checks (BuildKit)",
        "https://docs.docker.com/reference/build-checks/",
    ),
    ("checkov", "checkov", "https://www.checkov.io"),
    (
        "cis-docker",
        "CIS Docker Benchmark, section 4",
        "https://www.cisecurity.org/benchmark/docker",
    ),
    (
        "codeql",
        "CodeQL for workflows",
        "https://codeql.github.com/codeql-query-help/actions/",
    ),
    (
        "dockerfile-utils",
        "dockerfile-utils (the Docker language server)",
        "https://github.com/rcjsuen/dockerfile-utils",
    ),
    (
        "dockerfilelint",
        "dockerfilelint",
        "https://github.com/replicatedhq/dockerfilelint",
    ),
    ("dockle", "dockle", "https://github.com/goodwithtech/dockle"),
    (
        "formerly",
        "Earlier ids of rules",
        "https://github.com/hullmark/hullmark",
    ),
    (
        "ghalint",
        "ghalint",
        "https://github.com/suzuki-shunsuke/ghalint",
    ),
    (
        "github",
        "GitHub's own checks of a workflow",
        "https://docs.github.com/actions/reference/workflow-syntax-for-github-actions",
    ),
    (
        "github-hardening",
        "GitHub's guide to secure use",
        "https://docs.github.com/actions/reference/security/secure-use",
    ),
    (
        "hadolint",
        "hadolint",
        "https://github.com/hadolint/hadolint",
    ),
    ("kics", "KICS", "https://docs.kics.io"),
    ("kube-linter", "kube-linter", "https://docs.kubelinter.io"),
    (
        "kube-score",
        "kube-score",
        "https://github.com/zegl/kube-score",
    ),
    (
        "kubeconform",
        "kubeconform, by kind of error",
        "https://github.com/yannh/kubeconform",
    ),
    (
        "kubent",
        "kubent",
        "https://github.com/doitintl/kube-no-trouble",
    ),
    ("kubesec", "kubesec", "https://kubesec.io"),
    ("pluto", "Pluto", "https://pluto.docs.fairwinds.com"),
    ("polaris", "Polaris", "https://polaris.docs.fairwinds.com"),
    (
        "poutine",
        "poutine",
        "https://github.com/boostsecurityio/poutine",
    ),
    (
        "pss",
        "Pod Security Standards",
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    ),
    (
        "scorecard",
        "OpenSSF Scorecard",
        "https://github.com/ossf/scorecard",
    ),
    ("semgrep", "Semgrep's registry", "https://semgrep.dev/r"),
    (
        "shellcheck",
        "ShellCheck",
        "https://www.shellcheck.net/wiki/",
    ),
    ("trivy", "Trivy", "https://avd.aquasec.com/misconfig/"),
    ("zizmor", "zizmor", "https://docs.zizmor.sh"),
];

/// The tables of the tools' ids with the rules that carry each, in Markdown.
pub fn page(rules: &[&Rule]) -> String {
    let mut page = String::new();
    for (key, ids) in &carried(rules) {
        let (name, address) = called(key);
        let _ = writeln!(
            page,
            "\n### {key}\n\n[{name}]({address})\n\n| id | rules | by default |\n|---|---|---|"
        );
        for (id, rules) in ids {
            let links: Vec<String> = rules.iter().map(|rule| carrier(rule, key, id)).collect();
            let _ = writeln!(page, "| `{id}` | {} | {} |", links.join(", "), state(rules));
        }
    }
    page
}

/// The link to a rule, and under which condition it has the id.
fn carrier(rule: &Rule, tool: &str, id: &str) -> String {
    let link = page::link(rule);
    let mut aliases = rule.aliases.iter();
    let number = aliases.position(|alias| alias.split_once(':') == Some((tool, id)));
    let condition = number.and_then(|number| rule.condition(number));
    condition.map_or(link.clone(), |condition| {
        format!("{link} {}", condition.in_words())
    })
}

/// Every tool's ids, and the rules that carry each.
fn carried<'r>(rules: &[&'r Rule]) -> BTreeMap<&'r str, BTreeMap<&'r str, Vec<&'r Rule>>> {
    let mut tools: BTreeMap<&str, BTreeMap<&str, Vec<&Rule>>> = BTreeMap::new();
    for rule in rules.iter().copied() {
        for (tool, id) in rule
            .aliases
            .iter()
            .filter_map(|alias| alias.split_once(':'))
        {
            let ids = tools.entry(tool).or_default();
            ids.entry(id).or_default().push(rule);
        }
    }
    tools
}

/// The name and the address of a tool; its key alone if nothing more is known.
fn called(key: &str) -> (&str, &str) {
    let known = TOOLS.iter().find(|(tool, ..)| *tool == key);
    known.map_or((key, ""), |(_, name, address)| (name, address))
}

/// What a tool is called.
pub fn name(tool: &str) -> Option<&'static str> {
    let found = TOOLS.iter().find(|(begins, ..)| *begins == tool);
    found.map(|(_, name, _)| *name)
}

/// Whether the tool has a name and an address here.
pub fn is_tool(key: &str) -> bool {
    TOOLS.iter().any(|(tool, ..)| *tool == key)
}

fn state(rules: &[&Rule]) -> &'static str {
    let on = rules.iter().filter(|rule| rule.is_default).count();
    match on {
        0 => "off",
        _ if on == rules.len() => "on",
        _ => "some",
    }
}
