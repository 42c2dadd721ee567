//! Names of rules in the catalogue: ids, domains, profiles, and the ids of other tools.

use std::borrow::Cow;

use crate::rules::{Catalogue, builtin, profiles};

/// The rule under which a rule's own failure is reported.
pub const RULE_ERROR: &str = "hullmark/rule-error";

/// The rules that say that a file, or a part of it, could not be judged. A selection of other rules does not hide that, and no
/// comment in the file suppresses it.
pub const ALWAYS_ON: [&str; 6] = [
    "dockerfile/syntax-error",
    "hullmark/internal-error",
    RULE_ERROR,
    "hullmark/unjudged",
    "hullmark/unreadable-file",
    "yaml/syntax-error",
];

/// Whether `selector` is the alias, with or without its tool.
pub fn names_alias(selector: &str, alias: &str) -> bool {
    // From its end, where nearly all differ: a run with a long list of selectors asks this 100,000 times.
    alias.as_bytes().last() == selector.as_bytes().last()
        && alias.strip_suffix(selector).is_some_and(|before| {
            before.is_empty() || before.find(':').is_some_and(|at| at + 1 == before.len())
        })
}

/// The spelling that Trivy has today of an id in an older one: `KSV014` and `AVD-KSV-0014` are `KSV-0014`. Other names stay as they are.
pub fn current(selector: &str) -> Cow<'_, str> {
    let (tool, id) = match selector.split_once(':') {
        Some(("trivy", id)) => ("trivy:", id),
        _ => ("", selector),
    };
    let id = id.strip_prefix("AVD-").unwrap_or(id);
    let letters = id.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    let digits = id[letters.len()..].trim_start_matches('-');
    match digits.parse::<u32>() {
        Ok(number) if ["KSV", "DS"].contains(&letters) => {
            Cow::Owned(format!("{tool}{letters}-{number:04}"))
        }
        _ => Cow::Borrowed(selector),
    }
}

impl Catalogue {
    /// The number of the rule of that id.
    pub fn number(&self, id: &str) -> Option<usize> {
        // Built-in rules come first, in order.
        let own = self.rules.get(..builtin::RULES.len()).unwrap_or_default();
        match own.binary_search_by(|rule| rule.id.as_ref().cmp(id)) {
            Ok(number) => Some(number),
            Err(_) => self.rules.iter().position(|rule| rule.id == id),
        }
    }

    /// The numbers of the rules that are members of the family with that number, ascending.
    pub fn members(&self, family: usize) -> impl Iterator<Item = usize> + '_ {
        let id = &self.rules[family].id;
        let rules = self.rules.iter().enumerate();
        let members = rules.filter(move |(_, rule)| !id.is_empty() && rule.family == *id);
        members.map(|(number, _)| number)
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
                    .filter_map(|alias| profiles::tool(alias)),
            );
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_spellings_of_an_id_are_known() {
        for (written, known) in [
            ("KSV014", "KSV-0014"),
            ("AVD-KSV-0014", "KSV-0014"),
            ("trivy:AVD-DS-0002", "trivy:DS-0002"),
            ("DS-0002", "DS-0002"),
            ("DL3007", "DL3007"),
            ("AVD-1", "AVD-1"),
            ("kubernetes/host-network", "kubernetes/host-network"),
        ] {
            assert_eq!(current(written), known);
        }
    }
}
