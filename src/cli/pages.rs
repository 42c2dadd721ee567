//! `hullmark explain` and `hullmark rules`: what the catalogue says.

use std::fmt::Write as _;

use serde::Serialize;

use crate::cli::CliError;
use crate::cli::arguments::ReferenceFormat;
use crate::config::Resolved;
use crate::config::selector::{AliasNumbers, RuleSelector};
use crate::diagnostic::Severity;
use crate::rules::documentation::documentation;
use crate::rules::page::page;
use crate::rules::plan::plan;
use crate::rules::select::{current, names_alias};
use crate::rules::{Catalogue, Rule, reference};
use crate::suggestion::{did_you_mean, similar};

/// The pages of the rules that the words name, or their plans.
pub(super) fn explain(
    resolved: &Resolved,
    words: &[String],
    is_plan: bool,
) -> Result<String, CliError> {
    let mut pages = Vec::new();
    for word in words {
        let rules = named(&resolved.catalogue, word);
        if rules.is_empty() {
            let hint = did_you_mean(similar(word, &resolved.catalogue.selectors()));
            return Err(CliError::Usage(format!("unknown rule `{word}`{hint}")));
        }
        pages.extend(rules.into_iter().map(|rule| {
            if is_plan {
                plan(&resolved.catalogue, rule)
            } else {
                page(&resolved.catalogue, rule)
            }
        }));
    }
    Ok(pages.join("\n---\n\n"))
}

/// The rule of that id; else those that another tool's id stands for; else those of that name in any domain; else what a selector names.
fn named<'a>(catalogue: &'a Catalogue, word: &str) -> Vec<&'a Rule> {
    if let Some(rule) = catalogue.rule(word) {
        return vec![rule];
    }
    let rules_that = |is_named: &dyn Fn(&Rule) -> bool| -> Vec<&'a Rule> {
        let rules = catalogue.rules.iter();
        rules.filter(|rule| is_named(rule)).collect()
    };
    let id = current(word);
    let by_alias = rules_that(&|rule| rule.aliases.iter().any(|alias| names_alias(&id, alias)));
    if !by_alias.is_empty() {
        return by_alias;
    }
    let by_name = rules_that(&|rule| {
        let name = rule.id.split_once('/');
        name.is_some_and(|(_, name)| name == word)
    });
    if !by_name.is_empty() {
        return by_name;
    }
    let Some(selector) = RuleSelector::parse(word, catalogue) else {
        return Vec::new();
    };
    let selected = selector.resolve(catalogue, &AliasNumbers::of(catalogue));
    let rules = catalogue.rules.iter().enumerate();
    rules
        .filter(|(number, _)| selected.names(*number))
        .map(|(_, rule)| rule)
        .collect()
}

/// A rule, as `hullmark rules --format json` tells it.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    description: &'a str,
    severity: &'a str,
    confidence: &'a str,
    category: &'a str,
    active: bool,
    default: bool,
    profiles: Vec<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    family: &'a str,
    aliases: Vec<&'a str>,
    fix: &'a str,
    remediation: &'a str,
    url: String,
}

/// A rule with what this run makes of it.
struct Line<'a> {
    is_active: bool,
    is_selected: bool,
    severity: Severity,
    rule: &'a Rule,
}

/// The rules, with whether each runs here; only those that do if some were selected.
pub(super) fn list(resolved: &Resolved, format: ReferenceFormat, is_selected: bool) -> String {
    let rules = resolved.catalogue.rules.iter().enumerate();
    let rules: Vec<Line> = rules
        .map(|(number, rule)| Line {
            is_active: resolved.selection.is_active(number),
            is_selected: resolved.selection.is_selected(number),
            severity: resolved.severity(number),
            rule,
        })
        .filter(|line| line.is_selected || !is_selected)
        .collect();
    match format {
        ReferenceFormat::Text => text(&rules),
        ReferenceFormat::Json => json(&rules),
        ReferenceFormat::Markdown => {
            reference::page(&rules.iter().map(|line| line.rule).collect::<Vec<_>>())
        }
    }
}

fn text(rules: &[Line]) -> String {
    let mut text = String::new();
    let width = rules
        .iter()
        .map(|line| line.rule.id.len())
        .max()
        .unwrap_or(0);
    for line in rules {
        let state = if line.is_active { "on" } else { "off" };
        // Writing to a String does not fail.
        let _ = writeln!(
            text,
            "{:<width$}  {:<7}  {state:<3}  {}",
            line.rule.id,
            line.severity.name(),
            line.rule.title
        );
    }
    text
}

fn json(rules: &[Line]) -> String {
    let entries: Vec<Entry> = rules
        .iter()
        .map(|line| (line, line.rule))
        .map(|(line, rule)| Entry {
            id: &rule.id,
            title: &rule.title,
            description: documentation(rule).description.trim_end(),
            severity: line.severity.name(),
            confidence: rule.confidence.name(),
            category: &rule.category,
            active: line.is_active,
            default: rule.is_default,
            profiles: rule.profiles.iter().map(AsRef::as_ref).collect(),
            family: &rule.family,
            aliases: rule.aliases.iter().map(AsRef::as_ref).collect(),
            fix: &rule.fix,
            remediation: documentation(rule).how_to_fix.trim_end(),
            url: rule.url().unwrap_or_default(),
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&entries).unwrap_or_default();
    text.push('\n');
    text
}
