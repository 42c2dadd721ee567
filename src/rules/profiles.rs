//! Profiles that bear another linter's name: what carries one of its ids, as much as it matters there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::finding::Severity;
use crate::rules::{Catalogue, Rule, compatibility};

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

const OPENING: &str = "# Profiles

A profile is a set of rules with a name. `--select` and the key `select` of a `hullmark.yml` take it wherever they take a rule, several at a time:
`hullmark --select default,pedantic`. `hullmark rules --select hadolint` lists what is in one.

`default` is what runs where nothing is selected, and `ALL` every rule. The domains (`dockerfile`, `kubernetes` …) are sets of this kind too.
";

const PEERS: &str = "
## Other linters

The name of another linter, or of a benchmark, is the profile of what carries its ids: who changes over sees what they saw before, judged by our rules. Of a rule that finds
more than the other linter does, only the findings with one of its ids are shown; what it leaves off by default stays off, and a finding matters as much
as it does there, where `data/profiles.tsv` has its levels. `select: [default, hadolint]` runs both, at our severities where a rule is in both.

| profile | rules | of |
|---|---|---|
";

/// The page on profiles, in Markdown.
pub fn page(catalogue: &Catalogue) -> String {
    let mut page = String::from(OPENING);
    let mut own: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    let mut peers: BTreeSet<&str> = BTreeSet::new();
    for rule in catalogue.rules.iter() {
        for profile in rule.profiles.iter() {
            own.entry(profile).or_default().push(rule);
        }
        peers.extend(rule.aliases.iter().filter_map(|alias| tool(alias)));
    }
    for (profile, rules) in own {
        // Writing to a String does not fail.
        let _ = writeln!(page, "\n## {profile}\n");
        for rule in rules {
            let _ = writeln!(
                page,
                "- [`{id}`](rules/{id}.md): {}",
                rule.title,
                id = rule.id
            );
        }
    }
    page.push_str(PEERS);
    for peer in peers {
        let name = compatibility::name(peer).unwrap_or(peer);
        let rules = catalogue.rules.iter();
        let count = rules
            .filter(|rule| rule.aliases.iter().any(|alias| holds(peer, alias)))
            .count();
        let _ = writeln!(
            page,
            "| `{peer}` | {count} | [{name}](compatibility.md#{peer}) |"
        );
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
