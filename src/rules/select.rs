//! Selectors: how a user names rules, and which rules a run has.

use std::borrow::Cow;

use crate::rules::{Catalogue, Rule, profiles};

/// Whether `selector` names the rule: its id, its domain, a profile, `ALL`, `peer:ID`, a bare peer's id such as `DL3007`, or a peer.
pub fn names(selector: &str, rule: &Rule) -> bool {
    // What runs a program is asked for by its own name alone.
    if selector == rule.id || rule.needs_program() {
        return selector == rule.id;
    }
    let names_alias = |alias: &Cow<str>| names_alias(selector, alias);
    let domain = selector.strip_suffix("/*").unwrap_or(selector);
    if domain.bytes().any(|byte| byte == b'/') {
        return rule.aliases.iter().any(names_alias);
    }
    selector == "ALL"
        || domain == rule.domain()
        || rule.profiles.iter().any(|profile| profile == selector)
        || (selector == "default" && rule.is_default)
        || rule
            .aliases
            .iter()
            .any(|alias| names_findings(selector, alias))
}

/// Whether `selector` names the findings that carry the alias: by the alias, or by its peer, whose profile they are in.
pub fn names_findings(selector: &str, alias: &str) -> bool {
    names_alias(selector, alias) || profiles::holds(selector, alias)
}

/// Whether `selector` is the alias, with or without its peer.
pub fn names_alias(selector: &str, alias: &str) -> bool {
    // From its end, where nearly all differ: a run with a long list of selectors asks this 100,000 times.
    alias.as_bytes().last() == selector.as_bytes().last()
        && alias.strip_suffix(selector).is_some_and(|before| {
            before.is_empty() || before.find(':').is_some_and(|at| at + 1 == before.len())
        })
}

impl Catalogue {
    /// Whether any rule answers to `selector`.
    pub fn knows(&self, selector: &str) -> bool {
        matches!(selector, "ALL" | "default")
            || self.rule(selector).is_some()
            || self.rules.iter().any(|rule| names(selector, rule))
    }

    /// Everything that a selector may say, for suggestions: ids, domains, profiles and aliases.
    pub fn selectors(&self) -> Vec<&str> {
        let mut all = vec!["ALL", "default"];
        for rule in self.rules.iter() {
            all.extend([rule.id.as_ref(), rule.domain()]);
            all.extend(rule.profiles.iter().map(AsRef::as_ref));
            all.extend(rule.aliases.iter().map(AsRef::as_ref));
            all.extend(
                rule.aliases
                    .iter()
                    .filter_map(|alias| profiles::peer(alias)),
            );
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The numbers of the rules that run: those that `select` names (the default ones if it is empty), less those that `ignore` names.
pub fn selected(catalogue: &Catalogue, select: &[String], ignore: &[String]) -> Vec<usize> {
    let wanted = |rule: &Rule| match select {
        [] => rule.is_default,
        _ => select.iter().any(|selector| names(selector, rule)),
    };
    let rules = catalogue.rules.iter().enumerate();
    rules
        .filter(|(_, rule)| wanted(rule) && !ignore.iter().any(|selector| names(selector, rule)))
        .map(|(number, _)| number)
        .collect()
}
