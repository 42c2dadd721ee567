//! The catalogue: every rule with its metadata, its aliases and its page.

pub mod alias;
mod assignment;
mod builtin;
pub mod compatibility;
pub mod compile;
pub mod facts;
pub mod filter;
mod inline;
pub mod metadata;
pub mod narrow;
pub mod page;
pub mod profiles;
mod reads;
pub mod restrictions;
pub mod select;
pub mod setting;
mod statement;
pub mod user;
pub mod yields;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::config::given;
use crate::finding::Severity;
use crate::rules::alias::Condition;
use crate::rules::setting::Setting;

/// A list of texts that is compiled in, or read from a user's policy.
pub type Texts = Cow<'static, [Cow<'static, str>]>;

/// How sure a rule is of what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// May well be meant.
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

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `domain/name`.
    pub id: Cow<'static, str>,
    /// The fault, in a few words.
    pub title: Cow<'static, str>,
    /// Markdown: why it matters.
    pub description: Cow<'static, str>,
    /// Addresses to read on.
    pub related_resources: Texts,
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
    /// Other tools' ids that it covers, `tool:ID`.
    pub aliases: Texts,
    /// When those of them count that do not count for each finding.
    pub conditions: Cow<'static, [Condition]>,
    /// Whether it runs unless configured otherwise.
    pub is_default: bool,
    /// Named sets that switch it on.
    pub profiles: Texts,
    /// `none`.
    pub fix: Cow<'static, str>,
    /// What users may set.
    pub settings: Cow<'static, [Setting]>,
    /// Settings for its fixtures, as YAML, for its page to show.
    pub settings_example: Cow<'static, str>,
    /// Tables it iterates.
    pub tables: Texts,
    /// Those of them that a loop of it goes over as a whole, with no filter.
    pub whole_tables: Texts,
    /// What it looks up.
    pub lookups: Cow<'static, [Lookup]>,
    /// Lookups of which it asks how many rows they give.
    pub sizes: Cow<'static, [Lookup]>,
    /// Filters that its loops ask for, as [`filter::Filter`] writes them.
    pub filters: Texts,
    /// By body of its `deny`, the tables and filters without whose rows it yields nothing; none if that is not known.
    pub guards: Cow<'static, [Texts]>,
    /// What finds its faults.
    pub body: Body,
    /// Files in which it fires: name and text.
    pub bad: Examples,
    /// The same files, mended.
    pub good: Examples,
}

/// What finds the faults of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// A policy.
    Rego {
        /// The number of its program in [`Catalogue::programs`].
        program: usize,
        /// Its entry point in that program.
        entry: usize,
    },
    /// A parser, a schema or an analysis in this program: its `problems` are the findings.
    Native,
}

/// Rows of a table by one of their fields.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The table's name.
    pub table: Cow<'static, str>,
    /// The field's.
    pub field: Cow<'static, str>,
    /// The rule is content with the rows that pass one of these filters; it needs all if there are none.
    pub filters: Texts,
}

/// Files that a page shows: name and text.
pub type Examples = Cow<'static, [(Cow<'static, str>, Cow<'static, str>)]>;

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

    /// Whether a user wrote it, not this project.
    pub fn is_of_user(&self) -> bool {
        self.program()
            .is_some_and(|program| program >= builtin::PROGRAMS.len())
    }

    /// The condition of the alias with that number; none if it counts for each finding.
    pub fn condition(&self, alias: usize) -> Option<&Condition> {
        let mut conditions = self.conditions.iter();
        conditions.find(|condition| (condition.first..condition.end).contains(&alias))
    }

    /// The number of its program in [`Catalogue::programs`]; none if it needs no engine.
    pub fn program(&self) -> Option<usize> {
        match self.body {
            Body::Rego { program, .. } => Some(program),
            Body::Native => None,
        }
    }

    /// Whether this program finds its faults without a policy.
    pub fn is_native(&self) -> bool {
        self.body == Body::Native
    }

    /// Where to read on: its page, or the first address that a user's rule gives.
    pub fn url(&self) -> Option<String> {
        if self.is_of_user() {
            return self.related_resources.first().map(ToString::to_string);
        }
        Some(format!(
            "https://github.com/hullmark/hullmark/blob/main/docs/rules/{}.md",
            self.id
        ))
    }
}

/// A serialised program of the engine.
#[derive(Clone, Debug)]
pub struct Program {
    /// As the engine's `serialize_binary` wrote it.
    pub bytes: Cow<'static, [u8]>,
    /// What it was compiled from, for rules that the register machine cannot run.
    pub modules: Vec<compile::Module>,
}

/// All rules of a run, in the order of their ids.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The rules.
    pub rules: Cow<'static, [Rule]>,
    /// Their programs.
    pub programs: Vec<Program>,
}

/// The rules that are compiled in.
pub fn catalogue() -> Catalogue {
    Catalogue {
        rules: Cow::Borrowed(builtin::RULES),
        programs: builtin::PROGRAMS
            .iter()
            .map(|bytes| Program {
                bytes: Cow::Borrowed(bytes),
                modules: Vec::new(),
            })
            .collect(),
    }
}

impl Catalogue {
    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        // Ours stand first, in order.
        let own = self.rules.get(..builtin::RULES.len()).unwrap_or_default();
        match own.binary_search_by(|rule| rule.id.as_ref().cmp(id)) {
            Ok(at) => own.get(at),
            Err(_) => self.rules.iter().find(|rule| rule.id == id),
        }
    }
}
