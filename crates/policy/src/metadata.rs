//! What a policy file says about itself: its METADATA and its package.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::alias::{self, Aliases, Misfit};
use crate::setting::{Declared, Setting};

/// The METADATA of a policy, as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// The fault, in a few words.
    pub title: String,
    /// Markdown: why it matters.
    pub description: String,
    /// Addresses to read on.
    #[serde(default)]
    pub related_resources: Vec<String>,
    /// What Rego's METADATA has no word for.
    pub custom: Custom,
}

/// The `custom` part of [`Metadata`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custom {
    /// `error`, `warning` or `info`.
    pub severity: String,
    /// `high`, `medium` or `low`.
    pub confidence: String,
    /// `security`, `reproducibility` …
    pub category: String,
    /// One line, with `{names}` that a finding fills.
    pub message: String,
    /// What to do about it.
    pub remediation: String,
    /// Markdown: what to do, for a page that is about no finding; empty if `remediation` says it.
    #[serde(default)]
    pub how_to_fix: String,
    /// Other tools' ids that this rule covers, as [`alias`] has them.
    #[serde(default)]
    pub aliases: Vec<serde_yaml::Value>,
    /// `on` or `off`.
    #[serde(default = "on")]
    pub default: String,
    /// Named sets that switch the rule on.
    #[serde(default)]
    pub profiles: Vec<String>,
    /// `none`: no rule says yet how a file is fixed.
    #[serde(default = "none")]
    pub fix: String,
    /// What users may set, by name.
    #[serde(default)]
    pub settings: BTreeMap<String, Declared>,
    /// The id of the family's rule; empty if it is in none.
    #[serde(default)]
    pub family: String,
    /// What the message of the family lists for a finding; empty if it adds nothing to that.
    #[serde(default)]
    pub part: String,
    /// What the help of the family adds for a finding, as YAML.
    #[serde(default)]
    pub block: String,
    /// Whether its findings about the same subject, or in the same file, are one.
    #[serde(default)]
    pub once: bool,
    /// Whether its findings with the same message are one, in whichever files of a run they are.
    #[serde(default)]
    pub across_files: bool,
    /// Whether its findings of a file with the same message are one.
    #[serde(default)]
    pub once_a_message: bool,
    /// Whether it is about a habit, a decision for all manifests of a run: its findings are one.
    #[serde(default)]
    pub habit: bool,
    /// Whether its findings of severity `info` that are folded over a file or a run are one, whatever their messages say.
    #[serde(default)]
    pub once_as_info: bool,
    /// Whether what it and its like find of one value in manifests is one: a credential is changed once.
    #[serde(default)]
    pub once_a_value: bool,
    /// Whether its findings about one version, the first name in its message, with the same help are one: several kinds have it.
    #[serde(default)]
    pub once_a_version: bool,
    /// Whether it is about what a project decides once: what three or more of its findings say in the same words is one.
    #[serde(default)]
    pub decision: bool,
    /// Whether a comment beside or above what it finds is the reason for it.
    #[serde(default)]
    pub explained: bool,
    /// Whether two values that nobody may set together make what it finds, or a switch is there to ask for it.
    #[serde(default)]
    pub of_values: bool,
    /// Whether what it finds was right once, and is kept where old things are.
    #[serde(default)]
    pub dated: bool,
    /// The rules whose findings say at the same place what a finding of this rule does.
    #[serde(default)]
    pub implied_by: Vec<String>,
}

impl Custom {
    /// The settings, by name.
    ///
    /// # Errors
    /// The first that is not what it says.
    pub fn settings(&self) -> Result<Vec<Setting>, String> {
        let declared = self.settings.iter();
        declared
            .map(|(name, declared)| declared.setting(name))
            .collect()
    }

    /// The aliases, and when each counts.
    ///
    /// # Errors
    /// The first that is not what it should be.
    pub fn aliases(&self) -> Result<Aliases, Misfit> {
        alias::read(&self.aliases)
    }
}

fn on() -> String {
    "on".to_owned()
}

fn none() -> String {
    "none".to_owned()
}

/// The words that close sets of metadata allow, by field.
const WORDS: &[(&str, &[&str])] = &[
    ("severity", &["error", "warning", "info"]),
    ("confidence", &["high", "medium", "low"]),
    ("default", &["on", "off"]),
    // Which bytes would change must be planned from the file's tree, which nothing does yet.
    ("fix", &["none"]),
    (
        "category",
        &[
            "security",
            "correctness",
            "reliability",
            "reproducibility",
            "maintainability",
            "performance",
            "style",
        ],
    ),
];

/// A fault in a policy file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in Unicode scalar values; 0 if it is not known.
    pub column: usize,
    /// What is wrong and what to write.
    pub message: String,
}

impl Fault {
    pub(crate) fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            column: 0,
            message: message.into(),
        }
    }

    /// `12`, or `12:3` if the column is known.
    pub fn place(&self) -> String {
        match self.column {
            0 => self.line.to_string(),
            column => format!("{}:{column}", self.line),
        }
    }
}

/// Reads the METADATA block of a policy.
///
/// # Errors
/// Says the line and what to write if the block is absent, is no YAML, lacks a key or has an unknown one.
pub fn read(policy: &str) -> Result<Metadata, Fault> {
    let lines: Vec<&str> = policy.lines().collect();
    let Some(first) = lines.iter().position(|line| line.trim() == "# METADATA") else {
        return Err(Fault::new(
            1,
            "has no `# METADATA` block before its package",
        ));
    };
    let block: Vec<&str> = lines[first + 1..]
        .iter()
        .take_while(|line| line.starts_with('#'))
        .map(|line| {
            line.strip_prefix("# ")
                .unwrap_or(line.trim_start_matches('#'))
        })
        .collect();
    parsed(&block.join("\n"), first + 1, policy)
}

/// Reads the file of a native rule, which is METADATA alone.
///
/// # Errors
/// Says the line and what to write if it is no YAML, lacks a key or has an unknown one.
pub fn read_native(text: &str) -> Result<Metadata, Fault> {
    parsed(text, 0, text)
}

/// METADATA that begins behind line `first` of a file.
fn parsed(yaml: &str, first: usize, file: &str) -> Result<Metadata, Fault> {
    let metadata: Metadata = serde_yaml::from_str(yaml).map_err(|error| {
        let line = error.location().map_or(0, |place| place.line());
        // Its own place counts from the block's first line: the fault's is the file's.
        let text = error.to_string();
        let problem = text.split(" at line ").next().unwrap_or(&text);
        Fault::new(first + line, format!("METADATA: {problem}"))
    })?;
    for (field, allowed) in WORDS {
        let custom = &metadata.custom;
        let word = match *field {
            "severity" => &custom.severity,
            "confidence" => &custom.confidence,
            "default" => &custom.default,
            "fix" => &custom.fix,
            _ => &custom.category,
        };
        if !allowed.contains(&word.as_str()) {
            let mut message = format!(
                "METADATA: `{field}: {word}` is not one of {}",
                allowed.join(", ")
            );
            if *field == "fix" {
                message.push_str("; which bytes a fix changes is not planned from the file yet");
            }
            return Err(Fault::new(first.max(1), message));
        }
    }
    if let Err((text, problem)) = metadata.custom.aliases() {
        let line = line_of(file, &text);
        return Err(Fault::new(line, format!("METADATA: {problem}")));
    }
    if let Err(problem) = metadata.custom.settings() {
        return Err(Fault::new(first.max(1), format!("METADATA: {problem}")));
    }
    Ok(metadata)
}

/// The line of METADATA in which a text is named; its first line if that is not found.
pub fn line_of(policy: &str, text: &str) -> usize {
    let block = || {
        policy
            .lines()
            .enumerate()
            .take_while(|(_, line)| !line.starts_with("package "))
    };
    let start =
        block().find(|(_, line)| line.trim_start_matches(['#', ' ']).starts_with("aliases:"));
    let start = start.map_or(0, |(number, _)| number);
    let found = block()
        .skip(start)
        .find(|(_, line)| !text.is_empty() && line.contains(text));
    found.map_or(start, |(number, _)| number) + 1
}

/// The line of METADATA at or below a key in which a text is.
pub(crate) fn line_of_key(policy: &str, key: &str, text: &str) -> usize {
    let key = format!("{key}:");
    let start = policy
        .lines()
        .position(|line| line.trim_start_matches(['#', ' ']).starts_with(&key));
    let start = start.unwrap_or_default();
    let found = policy
        .lines()
        .skip(start)
        .position(|line| line.contains(text));
    start + found.unwrap_or_default() + 1
}

/// The package that a rule of that id must have.
pub fn package_of(id: &str) -> String {
    let (domain, name) = id.split_once('/').unwrap_or(("", id));
    format!("rules.{domain}[\"{name}\"]")
}

/// `domain/rule` of the package `rules.domain["rule"]`, given as its names.
pub fn id_of(package: &[&str]) -> Option<String> {
    let ["rules", domain, name] = package else {
        return None;
    };
    let is_plain = |text: &str| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        !text.is_empty() && text.bytes().all(is_part)
    };
    (is_plain(domain) && is_plain(name)).then(|| format!("{domain}/{name}"))
}
