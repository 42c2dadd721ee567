//! A rule as the linter knows it: what its METADATA says, what it reads, and which program runs it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::alias::Condition;
use crate::literal::{Literal, as_debugged, record};
use crate::setting::{self, Setting};

/// How much a finding matters; `Info` is the least.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    #[default]
    Info,
    /// Should be fixed.
    Warning,
    /// Must be fixed.
    Error,
}

impl Severity {
    /// The word used in metadata, flags and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A list of texts that is compiled in, or read from a user's policy.
pub type Texts = Cow<'static, [Cow<'static, str>]>;

/// How sure a rule is of what it finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// May well be meant.
    #[default]
    Low,
    /// Usually a fault.
    Medium,
    /// A fault.
    High,
}

impl Confidence {
    /// The word used in metadata and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What users set: values by the id of a rule and the name of its setting.
pub type Settings = BTreeMap<String, BTreeMap<String, setting::Value>>;

record! {
/// A rule.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    /// `domain/name`.
    pub id: Cow<'static, str>,
    /// The fault, in a few words.
    pub title: Cow<'static, str>,
    /// How much its findings matter, unless configured otherwise.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// `security`, `reproducibility` …
    pub category: Cow<'static, str>,
    /// One line with `{names}` that a finding fills.
    pub message: Cow<'static, str>,
    /// What to do about it.
    pub remediation: Cow<'static, str>,
    /// The ids of other tools that it covers, `tool:ID`.
    pub aliases: Texts,
    /// When those of them count that do not count for each finding.
    pub conditions: Cow<'static, [Condition]>,
    /// The id of the family's rule; empty if it is in none.
    pub family: Cow<'static, str>,
    /// What the message of the family lists for a finding, with `{names}` as in `message`.
    pub part: Cow<'static, str>,
    /// What the help of the family adds for a finding, as YAML, with `{names}`.
    pub block: Cow<'static, str>,
    /// Whether its findings about the same subject, or in the same file, are one.
    pub is_once: bool,
    /// Whether its diagnostics with the same message are one, in whichever files of a run they are.
    pub is_across_files: bool,
    /// Whether its diagnostics of a file with the same message are one.
    pub is_once_a_message: bool,
    /// Whether it is about a habit, a decision for all manifests of a run: its findings are one.
    pub is_habit: bool,
    /// Whether its findings of severity `info` that are folded over a file or a run are one, whatever their messages say.
    pub is_once_as_info: bool,
    /// Whether what it and its like find of one value in manifests is one: a credential is changed once.
    pub is_once_a_value: bool,
    /// Whether its findings about one version, the first name in its message, with the same help are one: several kinds have it.
    pub is_once_a_version: bool,
    /// Whether it is about what a project decides once: what three or more of its findings say in the same words is one.
    pub is_decision: bool,
    /// Whether a comment beside or above what it finds is the reason for it.
    pub is_explained: bool,
    /// Whether two values that nobody may set together make what it finds, or a switch is there to ask for it.
    pub is_of_values: bool,
    /// Whether what it finds was right once, and is kept where old things are.
    pub is_dated: bool,
    /// The rules whose findings say at the same place what a finding of this rule does.
    pub implied_by: Texts,
    /// Whether it runs unless configured otherwise.
    pub is_default: bool,
    /// Named sets that switch it on.
    pub profiles: Texts,
    /// `safe`, `unsafe` or `none`.
    pub fix: Cow<'static, str>,
    /// What users may set.
    pub settings: Cow<'static, [Setting]>,
    /// Tables it iterates.
    pub tables: Texts,
    /// Those of them of which it sees every row.
    pub full_scans: Texts,
    /// What it looks up.
    pub lookups: Cow<'static, [Lookup]>,
    /// Lookups of which it asks how many rows they give.
    pub sizes: Cow<'static, [Lookup]>,
    /// Filters through which its loops see rows, as [`crate::filter::Filter`] writes them.
    pub filters: Texts,
    /// By body of its `deny`, the tables and filters without whose rows it yields nothing; none if that is not known.
    pub preconditions: Cow<'static, [Texts]>,
    /// Whether a user wrote it, not this project.
    pub is_of_user: bool,
    /// The file and line of a user's `deny`: `rules/acme/web-pod.rego:12`.
    pub place: Cow<'static, str>,
    /// What finds its faults.
    pub body: Body,
    /// What its page says; `None` if the rule is compiled in, whose pages are packed beside the rules.
    pub documentation: Option<Box<Documentation>>,
}
}

record! {
/// Rows of a table by one of their fields.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The table's name.
    pub table: Cow<'static, str>,
    /// The field's.
    pub field: Cow<'static, str>,
    /// Its rows pass one of these filters; they are all rows if there are none.
    pub filters: Texts,
    /// Its name below `input.index`: `commands_by_at` if it gives all rows, `commands_by_at~1f0c55a2e9b4` if it gives those that
    /// pass one of its filters.
    pub key: Cow<'static, str>,
}
}

impl Lookup {
    /// The lookup by the same field that gives all rows.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self {
            filters: Cow::default(),
            key: Cow::Owned(format!("{}_by_{}", self.table, self.field)),
            ..self.clone()
        }
    }
}

/// What finds the faults of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Body {
    /// A policy.
    Rego {
        /// The number of its program among those of a run.
        program: usize,
        /// Its entry point in that program.
        entry: usize,
    },
    /// A parser, a schema or an analysis in this program: its `problems` are the findings.
    #[default]
    Native,
    /// The rules that name it as their family: where several of them report the same subject, that is one finding.
    Family,
}

/// What is said of a rule where a run finds nothing to say: its page, and the text that runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Documentation {
    /// Markdown: why it matters.
    pub description: String,
    /// Markdown: what to do in general.
    pub how_to_fix: String,
    /// Addresses to read on.
    pub related_resources: Vec<String>,
    /// Settings for its fixtures, as YAML, for its page to show.
    pub settings_example: String,
    /// Files in which it fires.
    pub bad: Examples,
    /// The same files, fixed.
    pub good: Examples,
    /// The policy as the engine runs it; empty if it has none.
    pub runs: String,
}

/// Files that a page shows: name and text.
pub type Examples = Vec<(String, String)>;

impl Documentation {
    /// Documentation that says nothing.
    pub const fn new() -> Self {
        Self {
            description: String::new(),
            how_to_fix: String::new(),
            related_resources: Vec::new(),
            settings_example: String::new(),
            bad: Vec::new(),
            good: Vec::new(),
            runs: String::new(),
        }
    }
}

impl Rule {
    /// The part of the id before the slash.
    pub fn domain(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// Whether it waits for a setting that nobody gave.
    pub fn is_idle(&self, given: &Settings) -> bool {
        let given = given.get(self.id.as_ref());
        let mut needed = self.settings.iter().filter(|setting| setting.is_needed);
        needed.any(|setting| {
            let value = given.and_then(|given| given.get(setting.name.as_ref()));
            value.unwrap_or(&setting.default).is_empty()
        })
    }

    /// Whether it reads what an installed program says, which is run for it then.
    pub fn needs_program(&self) -> bool {
        self.tables.iter().any(|table| table == "remarks")
    }

    /// The condition of the alias with that number; `None` if it counts for each finding.
    pub fn condition(&self, alias: usize) -> Option<&Condition> {
        let mut conditions = self.conditions.iter();
        conditions.find(|condition| (condition.first..condition.end).contains(&alias))
    }

    /// The number of its program among those of a run; `None` if it needs no engine.
    pub fn program(&self) -> Option<usize> {
        match self.body {
            Body::Rego { program, .. } => Some(program),
            Body::Native | Body::Family => None,
        }
    }

    /// Whether it has METADATA alone, and no policy.
    pub fn is_native(&self) -> bool {
        self.program().is_none()
    }

    /// Whether its findings are those of its members.
    pub fn is_family(&self) -> bool {
        self.body == Body::Family
    }

    /// Where to read on: its page, or the first address that a user's rule gives.
    pub fn url(&self) -> Option<String> {
        if self.is_of_user {
            let documentation = self.documentation.as_ref()?;
            return documentation.related_resources.first().cloned();
        }
        Some(format!(
            "https://github.com/hullmark/hullmark/blob/main/docs/rules/{}.md",
            self.id
        ))
    }
}

impl Literal for Option<Box<Documentation>> {
    /// What is compiled in is packed beside the rules: a run of them all would hold it and never read it.
    fn write(&self, code: &mut String) {
        code.push_str("None");
    }
}

as_debugged! {
    Body, "Body::";
    Severity, "Severity::";
    Confidence, "Confidence::";
}
