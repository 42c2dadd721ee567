//! Profiles of other tools: the findings that carry an id which the tool reports by default, with the tool's severities.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::diagnostic::Severity;
use crate::rules::page::link;
use crate::rules::{Rule, compatibility};

/// Tools, levels and ids.
const LEVELS: &str = include_str!("../../data/profiles.tsv");

/// What a tool makes of its own finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It reports it at that severity.
    At(Severity),
    /// It does not report it unless configured to.
    Off,
}

/// The levels by tool and id. A process parses them once, and only if a selector or a page asks for a tool.
static WEIGHTS: LazyLock<FxHashMap<(&str, &str), Weight>> = LazyLock::new(|| {
    let mut weights = FxHashMap::default();
    for line in LEVELS.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(tool), Some(level), Some(ids)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let weight = match level {
            "error" => Weight::At(Severity::Error),
            "warning" => Weight::At(Severity::Warning),
            "info" => Weight::At(Severity::Info),
            _ => Weight::Off,
        };
        weights.extend(ids.split(' ').map(|id| ((tool, id), weight)));
    }
    weights
});

/// The tool of an alias.
pub fn tool(alias: &str) -> Option<&str> {
    alias.split_once(':').map(|(tool, _)| tool)
}

/// What the tool of an alias makes of it, if we know.
pub fn weight(alias: &str) -> Option<Weight> {
    WEIGHTS.get(&alias.split_once(':')?).copied()
}

/// Whether the alias is one of those that `tool` reports by default.
pub fn holds(tool: &str, alias: &str) -> bool {
    let is_of_tool = alias
        .strip_prefix(tool)
        .is_some_and(|rest| rest.starts_with(':'));
    is_of_tool && weight(alias) != Some(Weight::Off)
}

/// The rules of our own profiles, and how many each tool's profile has, in Markdown.
pub fn page(rules: &[&Rule]) -> String {
    let mut page = String::new();
    let mut own: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    let mut tools: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in rules {
        for profile in rule.profiles.iter() {
            own.entry(profile).or_default().push(rule);
        }
        let reported = rule.aliases.iter().filter_map(|alias| {
            let tool = tool(alias)?;
            holds(tool, alias).then_some(tool)
        });
        for tool in reported.collect::<BTreeSet<&str>>() {
            *tools.entry(tool).or_default() += 1;
        }
    }
    // Writing to a String does not fail.
    for (profile, rules) in own {
        let _ = writeln!(page, "\n### {profile}\n");
        for rule in rules {
            let _ = writeln!(page, "- {}: {}", link(rule), rule.title);
        }
    }
    let _ = write!(
        page,
        "\n### Other tools\n\n| profile | rules | of |\n|---|---|---|\n"
    );
    for (tool, count) in tools {
        let name = compatibility::name(tool).unwrap_or(tool);
        let _ = writeln!(page, "| `{tool}` | {count} | {name} |");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_tool_leaves_off_is_not_in_its_profile() {
        assert!(holds("hadolint", "hadolint:DL3007"));
        assert!(!holds("hadolint", "hadolint:DL3057"));
        assert!(!holds("hadolint", "trivy:DS-0001"));
        assert!(!holds("hado", "hadolint:DL3007"));
        assert!(holds("cis-docker", "cis-docker:4.1"));
        assert_eq!(weight("hadolint:DL3020"), Some(Weight::At(Severity::Error)));
        assert_eq!(weight("trivy:DS-0001"), None);
    }
}
