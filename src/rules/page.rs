//! The page of a rule: what `hullmark explain` prints and `docs/rules/` holds, cut from its metadata and fixtures.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::rules::documentation::documentation;
use crate::rules::setting::{Kind, Value};
use crate::rules::{Catalogue, Examples, Rule};

/// The page, in Markdown.
pub fn page(catalogue: &Catalogue, rule: &Rule) -> String {
    let documentation = documentation(rule);
    let mut page = format!("# {}\n\n`{}`\n\n", rule.title, rule.id);
    let state = if rule.is_default { "on" } else { "off" };
    let _ = writeln!(
        page,
        "| severity | confidence | category | by default |\n|---|---|---|---|\n| {} | {} | {} | {state} |\n",
        rule.severity.name(),
        rule.confidence.name(),
        rule.category
    );
    let _ = writeln!(
        page,
        "## Why is this bad?\n\n{}\n\n## How to fix\n\n{}",
        documentation.description.trim_end(),
        documentation.how_to_fix.trim_end()
    );
    family(&mut page, catalogue, rule);
    settings(&mut page, rule, &documentation.settings_example);
    examples(&mut page, "Bad", &documentation.bad);
    examples(&mut page, "Good", &documentation.good);
    if !rule.profiles.is_empty() {
        let _ = writeln!(page, "\n## Profiles\n\n{}", listed(&rule.profiles));
    }
    if !rule.aliases.is_empty() {
        let _ = writeln!(page, "\n## Also known as\n\n{}", aliases(rule));
    }
    if !documentation.related_resources.is_empty() {
        page.push_str("\n## References\n\n");
        for address in &documentation.related_resources {
            let _ = writeln!(page, "- <{address}>");
        }
    }
    page
}

/// The family that a rule is in, or the members of the family whose rule it is.
fn family(page: &mut String, catalogue: &Catalogue, rule: &Rule) {
    if let Some(family) = catalogue.rule(&rule.family) {
        let _ = writeln!(
            page,
            "\n## Family\n\nWhere other rules of {} report the same subject, that rule reports them as one finding, unless this rule is selected by its id, by another tool's id or name, or with `ALL`.",
            link(family)
        );
    }
    if !rule.is_family() {
        return;
    }
    let rules = catalogue.rules.iter();
    let members = rules.filter(|member| member.family == rule.id);
    let _ = writeln!(
        page,
        "\n## Members\n\nTwo or more findings of these rules about the same subject become one finding of this rule.\n"
    );
    for member in members {
        let off = if member.is_default {
            ""
        } else {
            ", off by default"
        };
        let _ = writeln!(page, "- {}: {}{off}", link(member), member.title);
    }
}

/// The aliases that count for each finding on one line; beneath it, by their conditions, those that do not.
fn aliases(rule: &Rule) -> String {
    let numbered = rule.aliases.iter().enumerate();
    let always = numbered.filter(|(number, _)| rule.condition(*number).is_none());
    let always: Vec<Cow<'static, str>> = always.map(|(_, alias)| alias.clone()).collect();
    let conditional = rule.conditions.iter().map(|condition| {
        let some = listed(&rule.aliases[condition.first..condition.end]);
        format!("- {some} {}\n", condition.in_words())
    });
    let conditional: String = conditional.collect();
    let parts = [listed(&always), conditional.trim_end().to_owned()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// What users may set, and how it is written.
fn settings(page: &mut String, rule: &Rule, example: &str) {
    if rule.settings.is_empty() {
        return;
    }
    page.push_str("\n## Options\n\n| name | type | default | what it does |\n|---|---|---|---|\n");
    for setting in rule.settings.iter() {
        let mut description = setting.description.trim_end().replace('\n', " ");
        if !setting.values.is_empty() {
            let _ = write!(description, " One of {}.", listed(&setting.values));
        }
        let _ = writeln!(
            page,
            "| `{}` | {} | `{}` | {} |",
            setting.name,
            kind(setting.kind),
            shown(&setting.default),
            description.replace('|', "\\|")
        );
    }
    for setting in rule.settings.iter().filter(|setting| setting.is_needed) {
        let _ = writeln!(
            page,
            "\nWhile `{}` is empty, the rule is silent.",
            setting.name
        );
    }
    let _ = writeln!(
        page,
        "\nIn `hullmark.yml`:\n\n```yaml\nrules:\n  {}:",
        rule.id
    );
    if example.is_empty() {
        for setting in rule.settings.iter() {
            let _ = writeln!(page, "    {}: {}", setting.name, shown(&setting.default));
        }
    }
    for line in example.lines() {
        let _ = writeln!(page, "{}", format!("    {line}").trim_end());
    }
    page.push_str("```\n");
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Text => "text",
        Kind::List => "list of texts",
        Kind::Map => "map of texts",
    }
}

/// A value, as YAML has it on one line.
fn shown(value: &Value) -> String {
    let text = |text: &str| serde_json::to_string(text).unwrap_or_default();
    match value {
        Value::Boolean(is) => is.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Text(one) => text(one),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| text(item)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(pairs) => {
            let pairs = pairs
                .iter()
                .map(|(key, value)| format!("{}: {}", text(key), text(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

fn listed(items: &[Cow<'static, str>]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
    items.join(", ")
}

fn examples(page: &mut String, title: &str, examples: &Examples) {
    if examples.is_empty() {
        return;
    }
    let _ = writeln!(page, "\n## {title}");
    for (name, text) in examples {
        if examples.len() > 1 {
            let _ = writeln!(page, "\n`{name}`");
        }
        let language = if name.contains("ockerfile") {
            "dockerfile"
        } else {
            "yaml"
        };
        let _ = writeln!(page, "\n```{language}\n{}\n```", text.trim_end());
    }
}

/// The tables of the rules by domain, in Markdown.
pub fn index(rules: &[&Rule]) -> String {
    let mut page = String::new();
    let mut domain = "";
    for rule in rules {
        if rule.domain() != domain {
            domain = rule.domain();
            let _ = write!(
                page,
                "\n## {domain}\n\n| rule | what it finds | severity | by default |\n|---|---|---|---|\n"
            );
        }
        let state = if rule.is_default { "on" } else { "off" };
        let title = rule.title.replace('|', "\\|");
        let (link, severity) = (link(rule), rule.severity.name());
        let _ = writeln!(page, "| {link} | {title} | {severity} | {state} |");
    }
    page
}

/// A rule's id as a link to its page.
pub fn link(rule: &Rule) -> String {
    match rule.url() {
        Some(url) => format!("[`{}`]({url})", rule.id),
        None => format!("`{}`", rule.id),
    }
}
