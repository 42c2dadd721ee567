//! Profiles that bear another linter's name: what carries one of its ids, as much as it matters there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diagnostic::Severity;
use crate::rules::{Catalogue, Rule, compatibility};

/// Peers, levels and ids.
const LEVELS: &str = include_str!("../../data/profiles.tsv");

/// What a peer makes of its own finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It reports it at that level.
    At(Severity),
    /// It keeps silent unless asked.
    Off,
}

/// The peer of an alias.
pub fn peer(alias: &str) -> Option<&str> {
    alias.split_once(':').map(|(peer, _)| peer)
}

/// What the peer of an alias makes of it, if we know.
pub fn weight(alias: &str) -> Option<Weight> {
    let (peer, id) = alias.split_once(':')?;
    let lines = LEVELS.lines().filter(|line| !line.starts_with('#'));
    let mut cells = lines.map(|line| line.split('\t'));
    cells.find_map(|mut cells| {
        if cells.next() != Some(peer) {
            return None;
        }
        let weight = match cells.next()? {
            "error" => Weight::At(Severity::Error),
            "warning" => Weight::At(Severity::Warning),
            "info" => Weight::At(Severity::Info),
            _ => Weight::Off,
        };
        cells
            .next()?
            .split(' ')
            .any(|known| known == id)
            .then_some(weight)
    })
}

/// Whether the alias is one of those that `peer` reports unless told otherwise.
pub fn holds(peer: &str, alias: &str) -> bool {
    let is_of_peer = alias
        .strip_prefix(peer)
        .is_some_and(|rest| rest.starts_with(':'));
    is_of_peer && weight(alias) != Some(Weight::Off)
}

/// The aliases of a rule that the profile named for their peer holds, with what they matter there.
pub fn members<'a>(
    peer: &'a str,
    rule: &'a Rule,
) -> impl Iterator<Item = (&'a str, Option<Severity>)> {
    let aliases = rule.aliases.iter().map(AsRef::as_ref);
    aliases
        .filter(move |alias| holds(peer, alias))
        .map(|alias| match weight(alias) {
            Some(Weight::At(severity)) => (alias, Some(severity)),
            _ => (alias, None),
        })
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
        peers.extend(rule.aliases.iter().filter_map(|alias| peer(alias)));
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
            .filter(|rule| members(peer, rule).next().is_some())
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
    fn what_a_peer_leaves_off_is_not_in_its_profile() {
        assert!(holds("hadolint", "hadolint:DL3007"));
        assert!(!holds("hadolint", "hadolint:DL3057"));
        assert!(!holds("hadolint", "trivy:DS-0001"));
        assert!(!holds("hado", "hadolint:DL3007"));
        assert!(holds("cis-docker", "cis-docker:4.1"));
        assert_eq!(weight("hadolint:DL3020"), Some(Weight::At(Severity::Error)));
        assert_eq!(weight("trivy:DS-0001"), None);
    }
}
