//! `hullmark explain` and `hullmark rules`: what the catalogue says.

use std::fmt::Write as _;

use serde::Serialize;

use crate::cli::Trouble;
use crate::cli::arguments::ListFormat;
use crate::cli::selection::Selection;
use crate::cli::suggestion::suggested;
use crate::finding::Severity;
use crate::rules::page::page;
use crate::rules::plan::plan;
use crate::rules::select::{names, names_alias};
use crate::rules::{Catalogue, Rule};

/// The pages of the rules that the words name, or their plans.
pub(super) fn explain(
    selection: &Selection,
    words: &[String],
    is_plan: bool,
) -> Result<String, Trouble> {
    let mut pages = Vec::new();
    for word in words {
        let rules = named(&selection.catalogue, word);
        if rules.is_empty() {
            let hint = suggested(word, &selection.catalogue.selectors());
            return Err(Trouble(format!("unknown rule `{word}`{hint}")));
        }
        pages.extend(rules.into_iter().map(|rule| match is_plan {
            true => plan(&selection.catalogue, rule),
            false => page(rule),
        }));
    }
    Ok(pages.join("\n---\n\n"))
}

/// The rule of that id; else those that a peer's id stands for; else those of that name in any domain; else what a selector names.
fn named<'a>(catalogue: &'a Catalogue, word: &str) -> Vec<&'a Rule> {
    let steps: [&dyn Fn(&Rule) -> bool; 4] = [
        &|rule| rule.id == word,
        &|rule| rule.aliases.iter().any(|alias| names_alias(word, alias)),
        &|rule| {
            rule.id
                .split_once('/')
                .is_some_and(|(_, name)| name == word)
        },
        &|rule| names(word, rule),
    ];
    let found = steps.iter().map(|step| {
        catalogue
            .rules
            .iter()
            .filter(|rule| step(rule))
            .collect::<Vec<_>>()
    });
    found
        .into_iter()
        .find(|rules| !rules.is_empty())
        .unwrap_or_default()
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
    aliases: Vec<&'a str>,
    fix: &'a str,
    remediation: &'a str,
    url: String,
}

/// A rule as it stands in this run.
struct Line<'a> {
    is_active: bool,
    severity: Severity,
    rule: &'a Rule,
}

/// The rules, with whether each runs here; only those that do if the list is narrowed.
pub(super) fn list(selection: &Selection, format: ListFormat, is_narrowed: bool) -> String {
    let rules = selection.catalogue.rules.iter().enumerate();
    let rules: Vec<Line> = rules
        .map(|(number, rule)| Line {
            is_active: selection.active.contains(&number),
            severity: selection.severity(number),
            rule,
        })
        .filter(|line| line.is_active || !is_narrowed)
        .collect();
    match format {
        ListFormat::Text => text(&rules),
        ListFormat::Json => json(&rules),
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
            description: rule.description.trim_end(),
            severity: line.severity.name(),
            confidence: rule.confidence.name(),
            category: &rule.category,
            active: line.is_active,
            default: rule.is_default,
            profiles: rule.profiles.iter().map(AsRef::as_ref).collect(),
            aliases: rule.aliases.iter().map(AsRef::as_ref).collect(),
            fix: &rule.fix,
            remediation: rule.remediation.trim_end(),
            url: rule.url().unwrap_or_default(),
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&entries).unwrap_or_default();
    text.push('\n');
    text
}
