//! What METADATA says becomes a rule; rules that have nothing else are read here.

use std::borrow::Cow;

use crate::facts;
use crate::family;
use crate::metadata::{self, Custom, Fault, Metadata};
use crate::rule::{Body, Confidence, Documentation, Rule, Severity, Texts};
use crate::template::{self, Part};

/// Reads a native rule, whose file is METADATA alone. `kinds` are those of its faults, `facts` what findings of every native
/// rule may say, with the texts of each.
///
/// # Errors
/// A fault in METADATA, or a condition that no finding can meet.
pub fn native(
    id: &str,
    text: &str,
    kinds: &[&str],
    facts: &[(&str, &[&str])],
) -> Result<Rule, Fault> {
    let metadata = metadata::read_native(text)?;
    if let Some(fault) = facts::check_native(text, &metadata, kinds, facts) {
        return Err(fault);
    }
    Ok(Rule {
        tables: Cow::Owned(vec![Cow::Borrowed("problems")]),
        ..described(id, &metadata)
    })
}

/// Reads the rule of a family, whose file is METADATA alone; `None` if its message shows no `{parts}`.
///
/// # Errors
/// A fault in METADATA, or a placeholder that no member fills.
pub fn family(id: &str, text: &str) -> Result<Option<Rule>, Fault> {
    let metadata = metadata::read_native(text)?;
    if !family::is_family(&metadata) {
        return Ok(None);
    }
    if let Some(fault) = family::check_family(text, &metadata) {
        return Err(fault);
    }
    Ok(Some(Rule {
        body: Body::Family,
        ..described(id, &metadata)
    }))
}

/// What METADATA says of a rule: the only place where one is made.
pub(crate) fn described(id: &str, metadata: &Metadata) -> Rule {
    let Metadata {
        title,
        description,
        related_resources,
        custom,
    } = metadata;
    let aliases = custom.aliases().unwrap_or_default();
    Rule {
        id: Cow::Owned(id.to_owned()),
        title: Cow::Owned(title.clone()),
        severity: severity(&custom.severity),
        confidence: confidence(&custom.confidence),
        category: Cow::Owned(custom.category.clone()),
        message: Cow::Owned(custom.message.clone()),
        remediation: Cow::Owned(custom.remediation.clone()),
        aliases: texts(&aliases.ids),
        conditions: Cow::Owned(aliases.conditions),
        is_default: custom.default == "on",
        profiles: texts(&custom.profiles),
        fix: Cow::Owned(custom.fix.clone()),
        family: Cow::Owned(custom.family.clone()),
        part: Cow::Owned(custom.part.clone()),
        block: Cow::Owned(custom.block.clone()),
        is_once: custom.once,
        is_across_files: custom.across_files,
        is_once_a_message: custom.once_a_message,
        is_habit: custom.habit,
        is_once_as_info: custom.once_as_info,
        is_once_a_value: custom.once_a_value,
        is_once_a_version: custom.once_a_version,
        is_decision: custom.decision,
        is_explained: custom.explained,
        is_of_values: custom.of_values,
        is_dated: custom.dated,
        implied_by: texts(&custom.implied_by),
        settings: Cow::Owned(custom.settings().unwrap_or_default()),
        documentation: Some(Box::new(Documentation {
            description: description.clone(),
            how_to_fix: how_to_fix(custom),
            related_resources: related_resources.clone(),
            ..Documentation::default()
        })),
        ..Rule::default()
    }
}

/// What to do in general: as METADATA says it, else as findings do, with `<name>` for what each fills in.
fn how_to_fix(custom: &Custom) -> String {
    if !custom.how_to_fix.is_empty() {
        return custom.how_to_fix.clone();
    }
    let is_filled = |asked: &str| {
        let mut parts = template::parts(&custom.remediation);
        parts.any(|part| matches!(part, Part::Placeholder { name, follows_dollar: false } if name == asked))
    };
    let parts = template::parts(&custom.remediation).map(|part| match part {
        Part::Text(text) => Cow::Borrowed(text),
        Part::Placeholder { name, .. } if is_filled(name) => {
            Cow::Owned(format!("<{}>", name.replace('_', " ")))
        }
        Part::Placeholder { name, .. } => Cow::Owned(format!("{{{name}}}")),
    });
    parts.collect()
}

pub(crate) fn texts<'a>(items: impl IntoIterator<Item = &'a String>) -> Texts {
    items.into_iter().cloned().map(Cow::Owned).collect()
}

fn severity(word: &str) -> Severity {
    match word {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => Severity::Info,
    }
}

fn confidence(word: &str) -> Confidence {
    match word {
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        _ => Confidence::Low,
    }
}
