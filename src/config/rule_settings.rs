//! The settings of rules: what a configuration gives, against what the rules declare.

use crate::config::Selector;
use crate::config::error::{Mistake, MistakeKind};
use crate::config::given::{Content, Given};
use crate::rules::select::names_alias;
use crate::rules::{Catalogue, Rule, Settings};
use crate::suggestion::similar;

/// The settings of every rule that is named; of two entries for one rule, each counts for what it sets. Mistakes are added to `mistakes`.
pub fn resolve(
    catalogue: &Catalogue,
    entries: &[(Selector, Given)],
    mistakes: &mut Vec<Mistake>,
) -> Settings {
    let mut settings = Settings::default();
    for (selector, given) in entries {
        match named(catalogue, selector) {
            Ok(rules) => {
                for rule in rules {
                    read(rule, given, &mut settings, mistakes);
                }
            }
            Err(mistake) => mistakes.push(mistake),
        }
    }
    settings
}

/// The rules with settings that an id names, their own or another tool's.
fn named<'a>(catalogue: &'a Catalogue, selector: &Selector) -> Result<Vec<&'a Rule>, Mistake> {
    let text = &selector.text;
    let is_named = |rule: &&Rule| rule.aliases.iter().any(|alias| names_alias(text, alias));
    let rules: Vec<&Rule> = if let Some(rule) = catalogue.rule(text) {
        vec![rule]
    } else {
        catalogue.rules.iter().filter(is_named).collect()
    };
    let has_settings = |rule: &&Rule| !rule.settings.is_empty();
    let kind = if rules.is_empty() {
        let with_settings = catalogue.rules.iter().filter(has_settings);
        let ids: Vec<&str> = with_settings.map(|rule| rule.id.as_ref()).collect();
        MistakeKind::UnknownRule {
            selector: text.clone(),
            suggestion: similar(text, &ids).map(ToOwned::to_owned),
        }
    } else if rules.iter().any(has_settings) {
        return Ok(rules.into_iter().filter(has_settings).collect());
    } else {
        MistakeKind::NoSettings {
            selector: text.clone(),
        }
    };
    Err(Mistake {
        place: selector.place.clone(),
        kind,
    })
}

/// Reads the settings that are given for a rule.
pub fn read(rule: &Rule, given: &Given, into: &mut Settings, mistakes: &mut Vec<Mistake>) {
    let pairs = match &given.content {
        Content::Map(pairs) => pairs.as_slice(),
        Content::Empty => &[],
        _ => {
            mistakes.push(Mistake {
                place: given.place.clone(),
                kind: MistakeKind::SettingsType {
                    rule: rule.id.to_string(),
                    found: given.shown(),
                },
            });
            return;
        }
    };
    for (key, given) in pairs {
        let name = key.text().unwrap_or_default();
        let Some(setting) = rule.settings.iter().find(|setting| setting.name == name) else {
            mistakes.push(unknown_setting(rule, key, name));
            continue;
        };
        match setting.read(given) {
            Ok(value) => {
                let settings = into.entry(rule.id.to_string()).or_default();
                settings.insert(setting.name.to_string(), value);
            }
            Err(misfit) => mistakes.push(Mistake {
                place: misfit.place,
                kind: MistakeKind::SettingValue {
                    name: setting.name.to_string(),
                    reason: misfit.message,
                    suggestion: similar(&misfit.word, &setting.values).map(ToOwned::to_owned),
                },
            }),
        }
    }
}

fn unknown_setting(rule: &Rule, key: &Given, name: &str) -> Mistake {
    let known: Vec<String> = rule
        .settings
        .iter()
        .map(|setting| setting.name.to_string())
        .collect();
    Mistake {
        place: key.place.clone(),
        kind: MistakeKind::UnknownSetting {
            rule: rule.id.to_string(),
            name: name.to_owned(),
            suggestion: similar(name, &known).map(ToOwned::to_owned),
            known,
        },
    }
}
