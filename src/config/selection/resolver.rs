//! Resolves the selectors of a configuration and of the flags against a catalogue.

use crate::config::always_on;
use crate::config::bit_set::BitSet;
use crate::config::error::Mistake;
use crate::config::selection::{OverrideState, RuleState};
use crate::config::selector::{AliasNumbers, RuleSelector, Selected, Specificity};
use crate::config::{Level, Override, Selector, unknown_rule};
use crate::rules::Catalogue;

/// Resolves selectors against a catalogue.
pub(super) struct Resolver<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) numbers: AliasNumbers,
    pub(super) mistakes: &'a mut Vec<Mistake>,
}

impl Resolver<'_> {
    /// The selectors, read; one that names no rule is a mistake.
    pub(super) fn parse(&mut self, selectors: &[Selector]) -> Vec<RuleSelector> {
        selectors
            .iter()
            .filter_map(|selector| self.parse_one(selector))
            .collect()
    }

    fn parse_one(&mut self, selector: &Selector) -> Option<RuleSelector> {
        let parsed = RuleSelector::parse(&selector.text, self.catalogue);
        if parsed.is_none() {
            self.mistakes.push(unknown_rule(self.catalogue, selector));
        }
        parsed
    }

    /// What runs where these are selected, and the rules of it that are not folded into their families.
    fn selected(&self, selectors: &[RuleSelector]) -> (Selected, BitSet) {
        let mut all = Selected::default();
        let mut apart = BitSet::default();
        for selector in selectors {
            let selected = selector.selected(self.catalogue, &self.numbers);
            if selector.keeps_members_apart() {
                apart.extend(&selected.whole);
                apart.extend(&selected.partial);
            }
            all.extend(&selected);
        }
        (all, apart)
    }

    /// The rules that these name, as a whole or in part.
    pub(super) fn rules(&mut self, selectors: &[Selector]) -> BitSet {
        let selectors = self.parse(selectors);
        let selected = self.union(&selectors);
        let mut rules = selected.whole;
        rules.extend(&selected.partial);
        rules
    }

    /// What any of these selects.
    pub(super) fn union(&self, selectors: &[RuleSelector]) -> Selected {
        let mut union = Selected::default();
        for selector in selectors {
            union.extend(&selector.resolve(self.catalogue, &self.numbers));
        }
        union
    }

    /// What the configuration ignores, without what a selector of the command line names at least as closely.
    pub(super) fn less_named(
        &self,
        ignored: &[RuleSelector],
        flagged: &[RuleSelector],
    ) -> Selected {
        let flagged = flagged.iter().map(|flag| {
            let mut named = flag.resolve(self.catalogue, &self.numbers);
            for rule in named.whole.iter() {
                for alias in self.numbers.range(rule) {
                    named.aliases.insert(alias);
                }
            }
            named.whole.extend(&named.partial);
            (flag.specificity(), named)
        });
        let flagged: Vec<(Specificity, Selected)> = flagged.collect();
        let mut union = Selected::default();
        for selector in ignored {
            let mut selected = selector.resolve(self.catalogue, &self.numbers);
            let closer = flagged
                .iter()
                .filter(|(specificity, _)| *specificity >= selector.specificity());
            for (_, named) in closer {
                selected.whole.remove(&named.whole);
                selected.partial.remove(&named.whole);
                selected.aliases.remove(&named.aliases);
            }
            union.extend(&selected);
        }
        union
    }

    /// Takes back that the configuration switched rules off which the command line selects by their ids.
    pub(super) fn switch_on(&self, flagged: &[RuleSelector], levels: &mut [Option<Level>]) {
        let by_id = flagged
            .iter()
            .filter(|flag| flag.specificity() >= Specificity::Alias);
        for flag in by_id {
            let selected = flag.resolve(self.catalogue, &self.numbers);
            for (number, level) in levels.iter_mut().enumerate() {
                if selected.names(number) && *level == Some(Level::Off) {
                    *level = None;
                }
            }
        }
    }

    /// The level of each rule: the most specific entry that names it has precedence, of equals the last.
    pub(super) fn levels(&mut self, entries: &[(Selector, Level)]) -> Vec<Option<Level>> {
        if entries.is_empty() {
            return Vec::new();
        }
        let mut levels: Vec<(Specificity, Option<Level>)> =
            vec![Default::default(); self.catalogue.rules.len()];
        for (selector, level) in entries {
            let Some(selector) = self.parse_one(selector) else {
                continue;
            };
            let selected = selector.resolve(self.catalogue, &self.numbers);
            for (number, entry) in levels.iter_mut().enumerate() {
                if selected.names(number) && selector.specificity() >= entry.0 {
                    *entry = (selector.specificity(), Some(*level));
                }
            }
        }
        levels.into_iter().map(|(_, level)| level).collect()
    }

    /// What holds where no override says otherwise.
    pub(super) fn base(
        &self,
        select: Option<&[RuleSelector]>,
        ignore: &Selected,
        levels: &[Option<Level>],
    ) -> RuleState {
        let default = [RuleSelector::Default];
        let is_default = select.is_none();
        let select = select.unwrap_or(&default);
        let (mut selected, apart) = self.selected(select);
        if is_default {
            // Here only what the metadata says counts, not a profile of that name.
            let rules = self.catalogue.rules.iter().enumerate();
            let on = rules.filter(|(_, rule)| rule.is_default);
            selected.whole = on.map(|(number, _)| number).collect();
        }
        selected.partial.remove(&selected.whole);
        let off = levels
            .iter()
            .enumerate()
            .filter(|(_, level)| **level == Some(Level::Off));
        let mut runs = selected.whole;
        runs.extend(&selected.partial);
        runs.remove(&ignore.whole);
        runs.remove(&off.map(|(number, _)| number).collect());
        let severities = levels.iter().map(|level| match level {
            Some(Level::At(severity)) => Some(*severity),
            _ => None,
        });
        let mut tool_severities = Vec::new();
        for (alias, severity) in select
            .iter()
            .flat_map(|selector| selector.severities(self.catalogue, &self.numbers))
        {
            if tool_severities.len() <= alias {
                tool_severities.resize(alias + 1, None);
            }
            tool_severities[alias] = Some(severity);
        }
        RuleState {
            runs,
            apart,
            partial: selected.partial,
            aliases: selected.aliases,
            ignored_aliases: ignore.aliases.clone(),
            severities: severities.collect(),
            tool_severities,
        }
    }

    /// What an override changes.
    pub(super) fn override_state(
        &mut self,
        other: &Override,
        is_flagged: bool,
        ignored_by_flag: &Selected,
    ) -> OverrideState {
        let select = self.parse(&other.select);
        let ignore = self.parse(&other.ignore);
        let refused = always_on::refused(self.catalogue, &ignore, &other.severity);
        let levels = self.levels(&other.severity);
        let mut selected = BitSet::default();
        let mut apart = BitSet::default();
        if !is_flagged {
            let (all, of_them) = self.selected(&select);
            selected.extend(&all.whole);
            selected.extend(&all.partial);
            selected.remove(&ignored_by_flag.whole);
            apart = of_them;
        }
        let ignore = self.union(&ignore);
        OverrideState {
            paths: other.paths.clone(),
            select: selected,
            apart,
            ignore: ignore.whole,
            refused,
            ignored_aliases: ignore.aliases,
            levels,
        }
    }
}
