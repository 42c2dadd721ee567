//! What the configuration sets for rules, against what the rules let be set.

use crate::cli::Trouble;
use crate::cli::suggestion::suggested;
use crate::config::Selector;
use crate::config::given::{Content, Given};
use crate::rules::select::names_alias;
use crate::rules::setting::Setting;
use crate::rules::{Catalogue, Rule, Settings};

/// The settings of every rule that is named; of two entries for one rule, each counts for what it sets.
pub(super) fn settle(
    catalogue: &Catalogue,
    entries: &[(Selector, Given)],
) -> Result<Settings, Trouble> {
    let mut settled = Settings::default();
    for (selector, given) in entries {
        for rule in named(catalogue, selector)? {
            read(rule, given, &mut settled)?;
        }
    }
    Ok(settled)
}

/// The rules with settings that an id, its own or a peer's, stands for.
fn named<'a>(catalogue: &'a Catalogue, selector: &Selector) -> Result<Vec<&'a Rule>, Trouble> {
    let Selector { text, place } = selector;
    let is_named = |rule: &&Rule| rule.aliases.iter().any(|alias| names_alias(text, alias));
    let rules: Vec<&Rule> = if let Some(rule) = catalogue.rule(text) {
        vec![rule]
    } else {
        catalogue.rules.iter().filter(is_named).collect()
    };
    let with_settings = || catalogue.rules.iter().filter(|rule| has_settings(rule));
    if rules.is_empty() {
        let ids: Vec<&str> = with_settings().map(|rule| rule.id.as_ref()).collect();
        let hint = suggested(text, &ids);
        return Err(Trouble(format!("{place}: unknown rule `{text}`{hint}")));
    }
    let rules: Vec<&Rule> = rules
        .into_iter()
        .filter(|rule| has_settings(rule))
        .collect();
    if rules.is_empty() {
        return Err(Trouble(format!("{place}: rule `{text}` has no settings")));
    }
    Ok(rules)
}

fn has_settings(rule: &Rule) -> bool {
    !rule.settings.is_empty()
}

/// Reads the settings that are given for a rule.
pub(super) fn read(rule: &Rule, given: &Given, into: &mut Settings) -> Result<(), Trouble> {
    let pairs = match &given.content {
        Content::Map(pairs) => pairs.as_slice(),
        Content::Empty => &[],
        _ => {
            let (place, shown) = (&given.place, given.shown());
            let message = format!(
                "{place}: the settings of `{}` are a mapping, `key: value`, not {shown}",
                rule.id
            );
            return Err(Trouble(message));
        }
    };
    for (key, given) in pairs {
        let setting = setting(rule, key)?;
        let value = setting.read(given).map_err(|misfit| {
            let hint = suggested(&misfit.word, &setting.values);
            let (place, message) = (misfit.place, misfit.message);
            Trouble(format!("{place}: `{}` {message}{hint}", setting.name))
        })?;
        let settings = into.entry(rule.id.to_string()).or_default();
        settings.insert(setting.name.to_string(), value);
    }
    Ok(())
}

fn setting<'a>(rule: &'a Rule, key: &Given) -> Result<&'a Setting, Trouble> {
    let name = key.text().unwrap_or_default();
    let found = rule.settings.iter().find(|setting| setting.name == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = rule.settings.iter().map(|setting| &*setting.name).collect();
        let mut hint = suggested(name, &names);
        if hint.is_empty() {
            hint = format!("; it has {}", names.join(", "));
        }
        Trouble(format!(
            "{}: `{}` has no setting `{name}`{hint}",
            key.place, rule.id
        ))
    })
}
