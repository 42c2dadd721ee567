//! Policies and libraries become rules and the programs that run them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::compile::{self, Module};
use crate::limits;
use crate::metadata::{self, Fault, Metadata};
use crate::narrow::{Narrowed, narrow};
use crate::reads;
use crate::rule::{Confidence, Lookup, Rule, Severity, Texts};

/// A program of the engine.
#[derive(Clone, Debug)]
pub struct Program {
    /// As the engine's `serialize_binary` wrote it; empty if the interpreter runs it.
    pub bytes: Cow<'static, [u8]>,
    /// What it was compiled from, for rules that the register machine cannot run.
    pub modules: Vec<Module>,
}

/// Compiled policies: rules, each with the number of its program, and the programs.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// By domain, then in the order in which their policies were added.
    pub rules: Vec<Rule>,
    /// The programs.
    pub programs: Vec<Program>,
}

/// Why a policy cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A fault in a policy.
    Faulty {
        /// The file.
        path: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// The engine's own complaint, which names file and line.
    Engine(String),
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// A rule of that id.
    Rule(String),
    /// A library of functions.
    Library,
}

/// Takes policies and libraries, and compiles them together.
#[derive(Debug, Default)]
pub struct Compiler {
    libraries: BTreeMap<String, Module>,
    policies: Vec<Policy>,
}

/// A rule's file, read.
#[derive(Debug)]
struct Policy {
    id: String,
    /// The line of its package.
    line: usize,
    path: String,
    text: String,
    metadata: Metadata,
}

impl Policy {
    fn domain(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    fn faulty(&self, fault: Fault) -> Error {
        Error::Faulty {
            path: self.path.clone(),
            fault,
        }
    }
}

/// How a policy runs.
struct Plan {
    narrowed: Narrowed,
    reads: reads::Reads,
    full_scans: BTreeSet<String>,
    /// Why the register machine cannot run it.
    deviation: Option<Fault>,
}

impl Compiler {
    /// Takes a file in: a rule or a library, as its package says. A library takes the place of an earlier one of its name.
    ///
    /// # Errors
    /// What would hang the engine, a package of another form, a fault in METADATA.
    pub fn add(&mut self, path: &str, text: &str) -> Result<Added, Fault> {
        if let Some(danger) = limits::dangers(text).into_iter().next() {
            return Err(danger);
        }
        let Some((line, package)) = metadata::package(text) else {
            return Err(Fault::new(
                1,
                "has no package; write `package rules.<domain>[\"<rule>\"]`",
            ));
        };
        if let Some(library) = package.strip_prefix("lib.") {
            let module = (path.to_owned(), text.to_owned());
            self.libraries.insert(library.to_owned(), module);
            return Ok(Added::Library);
        }
        let Some(id) = metadata::id_of(package) else {
            let message = format!(
                "package `{package}` must be `rules.<domain>[\"<rule>\"]`, or `lib.<noun>` for functions that rules share"
            );
            return Err(Fault::new(line, message));
        };
        let metadata = metadata::read(text)?;
        if let Some(fault) = metadata::foreign_settings(text, &id, &metadata.custom) {
            return Err(fault);
        }
        self.policies.push(Policy {
            id: id.clone(),
            line,
            path: path.to_owned(),
            text: text.to_owned(),
            metadata,
        });
        Ok(Added::Rule(id))
    }

    /// Compiles all that was added, a program or more for each domain. `is_known` says whether there is a rule of that id already.
    ///
    /// # Errors
    /// The first fault.
    pub fn compile(&self, is_known: &dyn Fn(&str) -> bool) -> Result<Bundle, Error> {
        let mut seen = BTreeSet::new();
        let mut groups: BTreeMap<(&str, bool), Vec<(&Policy, Plan)>> = BTreeMap::new();
        for policy in &self.policies {
            if !seen.insert(&policy.id) || is_known(&policy.id) {
                let message = format!("a rule `{}` exists already; name it otherwise", policy.id);
                return Err(policy.faulty(Fault::new(policy.line, message)));
            }
            let plan = self.plan(policy);
            let group = (policy.domain(), plan.deviation.is_some());
            groups.entry(group).or_default().push((policy, plan));
        }
        let mut bundle = Bundle::default();
        for ((_, is_interpreted), group) in &groups {
            let most = if *is_interpreted {
                group.len()
            } else {
                compile::ENTRY_POINTS
            };
            for group in group.chunks(most) {
                let number = bundle.programs.len();
                bundle.programs.push(self.program(group, *is_interpreted)?);
                let rules = group.iter().enumerate();
                let rules = rules.map(|(entry, (policy, plan))| rule(policy, plan, number, entry));
                bundle.rules.extend(rules);
            }
        }
        Ok(bundle)
    }

    /// What the register machine cannot run: the file and why.
    pub fn deviations(&self) -> Vec<(String, Fault)> {
        let policies = self.policies.iter();
        let found = policies.filter_map(|policy| {
            let deviation = limits::deviations(&policy.text).into_iter().next()?;
            Some((policy.path.clone(), deviation))
        });
        found.collect()
    }

    fn plan(&self, policy: &Policy) -> Plan {
        let library = |name: &str| self.libraries.get(name).map(|(_, text)| text.as_str());
        let narrowed = narrow(&policy.text, &library);
        Plan {
            reads: reads::reads(&policy.text, &library),
            full_scans: narrowed.full_scans(&library),
            narrowed,
            deviation: limits::deviations(&policy.text).into_iter().next(),
        }
    }

    fn program(&self, group: &[(&Policy, Plan)], is_interpreted: bool) -> Result<Program, Error> {
        let own = group.iter().map(|(policy, plan)| {
            let text = if is_interpreted {
                &policy.text
            } else {
                &plan.narrowed.text
            };
            (policy.path.clone(), text.clone())
        });
        let modules: Vec<Module> = self.libraries.values().cloned().chain(own).collect();
        if is_interpreted {
            compile::engine(&modules).map_err(Error::Engine)?;
            return Ok(Program {
                bytes: Cow::Borrowed(&[]),
                modules,
            });
        }
        let packages: Vec<String> = group
            .iter()
            .map(|(policy, _)| metadata::package_of(&policy.id))
            .collect();
        let program = compile::compile(&modules, &packages).map_err(Error::Engine)?;
        let bytes = program.serialize_binary().map_err(Error::Engine)?;
        Ok(Program {
            bytes: Cow::Owned(bytes),
            modules: Vec::new(),
        })
    }
}

/// The rule of a policy: the only place where one is made.
fn rule(policy: &Policy, plan: &Plan, program: usize, entry: usize) -> Rule {
    let Metadata {
        title,
        description,
        related_resources,
        custom,
    } = &policy.metadata;
    let sizes = plan.reads.sizes.iter();
    let preconditions = plan.narrowed.guards.iter();
    Rule {
        id: Cow::Owned(policy.id.clone()),
        title: Cow::Owned(title.clone()),
        description: Cow::Owned(description.clone()),
        related_resources: texts(related_resources),
        severity: severity(&custom.severity),
        confidence: confidence(&custom.confidence),
        category: Cow::Owned(custom.category.clone()),
        message: Cow::Owned(custom.message.clone()),
        remediation: Cow::Owned(custom.remediation.clone()),
        aliases: texts(&custom.aliases),
        is_default: custom.default == "on",
        profiles: texts(&custom.profiles),
        fix: Cow::Owned(custom.fix.clone()),
        settings: Cow::Owned(custom.settings().unwrap_or_default()),
        settings_example: Cow::Borrowed(""),
        tables: texts(&plan.reads.tables),
        full_scans: texts(&plan.full_scans),
        lookups: plan.reads.lookups.iter().map(lookup).collect(),
        sizes: sizes.map(|size| lookup((size, &BTreeSet::new()))).collect(),
        filters: texts(&plan.narrowed.filters),
        preconditions: preconditions.map(texts).collect(),
        is_of_user: false,
        program,
        entry,
        bad: Cow::Borrowed(&[]),
        good: Cow::Borrowed(&[]),
    }
}

fn lookup(((table, field), filters): (&reads::Lookup, &BTreeSet<String>)) -> Lookup {
    Lookup {
        table: Cow::Owned(table.clone()),
        field: Cow::Owned(field.clone()),
        filters: texts(filters),
    }
}

fn texts<'a>(items: impl IntoIterator<Item = &'a String>) -> Texts {
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
