//! Selectors: how users name rules. A selector is read once against the catalogue and resolved to the rules, and the aliases, that it means.

use std::ops::Range;

use crate::config::bit_set::BitSet;
use crate::diagnostic::Severity;
use crate::rules::profiles::{self, Weight};
use crate::rules::select::{current, names_alias};
use crate::rules::{Catalogue, Rule};

/// What a selector says. Of several readings of a word the first in this order counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleSelector {
    /// `image/latest-tag`: the rule of that number in the catalogue.
    Rule(usize),
    /// `kubernetes/missing-probes`: the rule of a family, by its number, with its members.
    Family(usize),
    /// `ALL`: every rule.
    All,
    /// `default`: the rules that run where nothing is selected.
    Default,
    /// `image` or `image/*`: the rules of a domain.
    Domain(String),
    /// `pedantic`: the rules of a profile.
    Profile(String),
    /// `hadolint:DL3007`, or `DL3007`: the findings that carry this id of another tool.
    Alias(String),
    /// `hadolint`: the findings that carry an id that this tool reports by default.
    Tool(String),
}

/// How closely a selector names a rule; a closer one has precedence where severities are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Specificity {
    /// With all others.
    #[default]
    All,
    /// As part of a domain, a profile or a tool.
    Group,
    /// By another tool's id.
    Alias,
    /// By its own id.
    Rule,
}

/// The rules and aliases that a selector means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selected {
    /// The numbers of rules that are meant with all their findings.
    pub whole: BitSet,
    /// The numbers of rules of which only findings with one of the `aliases` are meant.
    pub partial: BitSet,
    /// The numbers of aliases, see [`AliasNumbers`].
    pub aliases: BitSet,
}

impl Selected {
    /// Whether the rule is meant, with all or some of its findings.
    pub fn names(&self, rule: usize) -> bool {
        self.whole.contains(rule) || self.partial.contains(rule)
    }

    /// The union with what another selector means.
    pub fn extend(&mut self, other: &Self) {
        self.whole.extend(&other.whole);
        self.partial.extend(&other.partial);
        self.aliases.extend(&other.aliases);
    }
}

/// Numbers for the aliases of all rules: those of a rule follow each other, in the order of its metadata.
#[derive(Clone, Debug, Default)]
pub struct AliasNumbers(Vec<usize>);

impl AliasNumbers {
    /// Counts the aliases of a catalogue.
    pub fn of(catalogue: &Catalogue) -> Self {
        let counts = catalogue.rules.iter().map(|rule| rule.aliases.len());
        let ends = counts.scan(0, |end, count| {
            *end += count;
            Some(*end)
        });
        Self([0].into_iter().chain(ends).collect())
    }

    /// The numbers of the aliases of a rule.
    pub fn range(&self, rule: usize) -> Range<usize> {
        let bound = |at: usize| self.0.get(at).copied().unwrap_or_default();
        bound(rule)..bound(rule + 1)
    }
}

impl RuleSelector {
    /// Reads a selector; `None` if it names nothing in the catalogue.
    pub fn parse(text: &str, catalogue: &Catalogue) -> Option<Self> {
        if let Some(number) = catalogue.number(text) {
            return Some(if catalogue.rules[number].is_family() {
                Self::Family(number)
            } else {
                Self::Rule(number)
            });
        }
        match text {
            "ALL" => return Some(Self::All),
            "default" => return Some(Self::Default),
            _ => {}
        }
        let domain = text.strip_suffix("/*").unwrap_or(text);
        let owned = || text.to_owned();
        let readings = [
            Self::Domain(domain.to_owned()),
            Self::Profile(owned()),
            Self::Alias(current(text).into_owned()),
            Self::Tool(owned()),
        ];
        let mut readings = readings.into_iter();
        readings.find(|reading| {
            let mut rules = catalogue.rules.iter();
            rules.any(|rule| reading.names_whole(rule) || reading.aliases(rule).next().is_some())
        })
    }

    /// How closely it names its rules.
    pub fn specificity(&self) -> Specificity {
        match self {
            Self::Rule(_) => Specificity::Rule,
            Self::Alias(_) => Specificity::Alias,
            Self::Family(_)
            | Self::Default
            | Self::Domain(_)
            | Self::Profile(_)
            | Self::Tool(_) => Specificity::Group,
            Self::All => Specificity::All,
        }
    }

    /// The rules and aliases that it means.
    pub fn resolve(&self, catalogue: &Catalogue, numbers: &AliasNumbers) -> Selected {
        let mut selected = Selected::default();
        if let Self::Rule(number) = self {
            selected.whole.insert(*number);
            return selected;
        }
        if let Self::Family(number) = self {
            selected.whole.insert(*number);
            selected.whole.extend(&catalogue.members(*number).collect());
            return selected;
        }
        for (number, rule) in catalogue.rules.iter().enumerate() {
            if self.names_whole(rule) {
                selected.whole.insert(number);
            }
            for (position, _) in self.aliases(rule) {
                selected.partial.insert(number);
                selected
                    .aliases
                    .insert(numbers.range(number).start + position);
            }
        }
        selected
    }

    /// The rules and aliases that run where it is selected: of a family those that are on by default.
    pub fn selected(&self, catalogue: &Catalogue, numbers: &AliasNumbers) -> Selected {
        let mut selected = self.resolve(catalogue, numbers);
        if let Self::Family(number) = self {
            let members = catalogue.members(*number);
            let off = members.filter(|member| !catalogue.rules[*member].is_default);
            selected.whole.remove(&off.collect());
        }
        selected
    }

    /// Whether the rules that it selects report for themselves, also where several of a family are about one subject: it names
    /// single rules, or asks for what another tool would report, or for everything.
    pub fn keeps_members_apart(&self) -> bool {
        match self {
            Self::Rule(_) | Self::All | Self::Alias(_) | Self::Tool(_) => true,
            Self::Family(_) | Self::Default | Self::Domain(_) | Self::Profile(_) => false,
        }
    }

    /// Whether it means all findings of a rule. A rule that runs a program is named by its own id alone.
    fn names_whole(&self, rule: &Rule) -> bool {
        let is_named = match self {
            Self::All => true,
            Self::Default => rule.is_default || has_profile(rule, "default"),
            Self::Domain(domain) => rule.domain() == domain,
            Self::Profile(profile) => has_profile(rule, profile),
            Self::Rule(_) | Self::Family(_) | Self::Alias(_) | Self::Tool(_) => false,
        };
        is_named && !rule.needs_program()
    }

    /// The aliases of a rule whose findings it means, with their positions.
    fn aliases<'r>(&self, rule: &'r Rule) -> impl Iterator<Item = (usize, &'r str)> {
        let is_named = move |alias: &str| match self {
            Self::Alias(text) => names_alias(text, alias),
            Self::Tool(tool) => profiles::holds(tool, alias),
            _ => false,
        };
        let may_have = matches!(self, Self::Alias(_) | Self::Tool(_)) && !rule.needs_program();
        let aliases = if may_have { &rule.aliases[..] } else { &[] };
        let aliases = aliases.iter().map(AsRef::as_ref).enumerate();
        aliases.filter(move |(_, alias)| is_named(alias))
    }

    /// The severities that a tool gives its own findings, by alias; empty for other selectors.
    pub fn severities(
        &self,
        catalogue: &Catalogue,
        numbers: &AliasNumbers,
    ) -> Vec<(usize, Severity)> {
        if !matches!(self, Self::Tool(_)) {
            return Vec::new();
        }
        let rules = catalogue.rules.iter().enumerate();
        rules
            .flat_map(|(number, rule)| {
                let aliases = self.aliases(rule);
                aliases.filter_map(move |(position, alias)| match profiles::weight(alias) {
                    Some(Weight::At(severity)) => {
                        Some((numbers.range(number).start + position, severity))
                    }
                    _ => None,
                })
            })
            .collect()
    }
}

fn has_profile(rule: &Rule, profile: &str) -> bool {
    rule.profiles.iter().any(|of_rule| of_rule == profile)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    fn ids(text: &str) -> (RuleSelector, Vec<String>) {
        let catalogue = rules::catalogue();
        let numbers = AliasNumbers::of(&catalogue);
        let selector = RuleSelector::parse(text, &catalogue).unwrap();
        let selected = selector.resolve(&catalogue, &numbers);
        let named = (0..catalogue.rules.len()).filter(|number| selected.names(*number));
        let ids = named.map(|number| catalogue.rules[number].id.to_string());
        (selector, ids.collect())
    }

    #[test]
    fn selectors_are_read_as_what_the_catalogue_has() {
        let (selector, rules) = ids("image/latest-tag");
        assert!(matches!(selector, RuleSelector::Rule(_)));
        assert_eq!(rules, ["image/latest-tag"]);
        let (selector, rules) = ids("image/*");
        assert_eq!(selector, RuleSelector::Domain("image".to_owned()));
        assert_eq!(rules, ids("image").1);
        assert!(rules.iter().all(|id| id.starts_with("image/")) && rules.len() > 3);
        let (selector, rules) = ids("DL3007");
        assert_eq!(selector, RuleSelector::Alias("DL3007".to_owned()));
        assert_eq!(rules, ids("hadolint:DL3007").1);
        assert!(rules.contains(&"image/latest-tag".to_owned()));
        let (selector, rules) = ids("hadolint");
        assert_eq!(selector, RuleSelector::Tool("hadolint".to_owned()));
        assert!(!rules.contains(&"dockerfile/missing-healthcheck".to_owned()));
        assert!(matches!(ids("pedantic").0, RuleSelector::Profile(_)));
        let catalogue = rules::catalogue();
        for unknown in [
            "",
            "image/latest",
            "ALL/*",
            "all",
            "hadolint/*",
            "hado",
            ":DL3007",
        ] {
            assert_eq!(RuleSelector::parse(unknown, &catalogue), None, "{unknown}");
        }
    }

    #[test]
    fn a_rule_that_runs_a_program_is_named_by_its_id_alone() {
        let program = "shell/shellcheck".to_owned();
        assert!(ids("shell/shellcheck").1.contains(&program));
        for selector in ["ALL", "shell", "default"] {
            assert!(!ids(selector).1.contains(&program), "{selector}");
        }
    }
}
