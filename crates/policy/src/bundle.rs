//! Policies and libraries become rules and the programs that run them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::compile::{self, Module};
use crate::described::{described, texts};
pub use crate::error::Error;
use crate::facts;
use crate::family;
use crate::fields;
use crate::limits;
use crate::lookup;
use crate::metadata::{self, Fault, Metadata};
use crate::plan::{Plan, Planner};
use crate::regexes;
use crate::rule::{Body, Lookup, Rule};
use crate::schema::{Schema, suggested};
use crate::shape;
use crate::syntax::Syntax;

/// How many rules share a program. A run reads the programs of which some rule has rows to look at, so small ones serve
/// small files; each costs a start for every batch, so very small ones cost large projects. The engine takes at most 254.
const PROGRAM: usize = 5;

/// A program of the engine.
#[derive(Clone, Debug)]
pub struct Program {
    /// As the engine's `serialize_binary` wrote it, for the register machine; empty if the interpreter runs it.
    pub code: Code,
    /// What it was compiled from, for rules that the register machine cannot run.
    pub modules: Vec<Module>,
}

/// The bytes of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// Compiled in, a block of LZ4 behind its length: half as long, and read faster than the engine reads what is in it.
    Packed(&'static [u8]),
    /// Compiled in this run.
    Plain(Vec<u8>),
}

impl Code {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Packed(bytes) => bytes.is_empty(),
            Self::Plain(bytes) => bytes.is_empty(),
        }
    }

    /// The bytes as the engine wrote them.
    ///
    /// # Errors
    /// If what is packed is damaged.
    pub fn bytes(&self) -> Result<Cow<'_, [u8]>, String> {
        match self {
            Self::Packed(bytes) => lz4_flex::decompress_size_prepended(bytes)
                .map(Cow::Owned)
                .map_err(|error| format!("a policy program is damaged: {error}")),
            Self::Plain(bytes) => Ok(Cow::Borrowed(bytes)),
        }
    }

    /// The bytes that [`Code::Packed`] reads.
    ///
    /// # Errors
    /// As for [`Code::bytes`].
    pub fn packed(&self) -> Result<Vec<u8>, String> {
        Ok(lz4_flex::compress_prepend_size(&self.bytes()?))
    }
}

/// Compiled policies: rules, each with the number of its program, and the programs.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// By domain, then in the order in which their policies were added.
    pub rules: Vec<Rule>,
    /// The programs.
    pub programs: Vec<Program>,
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
#[derive(Debug)]
pub struct Compiler {
    schema: Schema,
    libraries: BTreeMap<String, Syntax>,
    policies: Vec<Policy>,
    /// Files whose fields were checked with other policies.
    checked: BTreeSet<String>,
}

/// A rule's file, read.
#[derive(Debug)]
struct Policy {
    id: String,
    syntax: Syntax,
    metadata: Metadata,
}

impl Policy {
    fn domain(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The file and the line of its `deny`.
    fn place(&self) -> String {
        let mut definitions = self.syntax.definitions();
        let deny = definitions.find(|definition| definition.name() == "deny");
        let line = deny.map_or(1, |deny| deny.line());
        format!("{}:{line}", self.syntax.path)
    }

    fn faulty(&self, line: usize, message: impl Into<String>) -> Error {
        Error::faulty(&self.syntax.path, Fault::new(line, message))
    }
}

impl Compiler {
    /// A compiler of policies that read these tables.
    pub fn new(schema: Schema) -> Self {
        Self {
            schema,
            libraries: BTreeMap::new(),
            policies: Vec::new(),
            checked: BTreeSet::new(),
        }
    }

    /// Takes in a library that was compiled with other policies before.
    ///
    /// # Errors
    /// As [`Compiler::add`].
    pub fn add_checked(&mut self, path: &str, text: &str) -> Result<Added, Error> {
        self.checked.insert(path.to_owned());
        self.add(path, text)
    }

    /// Takes a file in: a rule or a library, as its package says. A library takes the place of an earlier one of its name.
    ///
    /// # Errors
    /// What would hang the engine, what is no Rego, a package of another form, a fault in METADATA.
    pub fn add(&mut self, path: &str, text: &str) -> Result<Added, Error> {
        let faulty = |fault| Error::faulty(path, fault);
        limits::scan(text).map_err(faulty)?;
        let syntax = Syntax::parse(path, text).map_err(faulty)?;
        let (package, line) = (syntax.package(), syntax.module.package.span.line as usize);
        if let ["lib", library] = package.as_slice() {
            let library = (*library).to_owned();
            self.libraries.insert(library, syntax);
            return Ok(Added::Library);
        }
        let Some(id) = metadata::id_of(&package) else {
            let message = format!(
                "package `{}` must be `rules.<domain>[\"<rule>\"]`, or `lib.<noun>` for functions that rules share",
                package.join(".")
            );
            return Err(faulty(Fault::new(line, message)));
        };
        let metadata = metadata::read(text).map_err(faulty)?;
        self.policies.push(Policy {
            id: id.clone(),
            syntax,
            metadata,
        });
        Ok(Added::Rule(id))
    }

    /// Compiles all that was added, a program or more for each domain. `known` gives the rule of an id, if there is one already.
    ///
    /// # Errors
    /// The first fault.
    pub fn compile<'r>(&self, known: &dyn Fn(&str) -> Option<&'r Rule>) -> Result<Bundle, Error> {
        let mut seen = BTreeSet::new();
        for policy in &self.policies {
            if !seen.insert(&policy.id) || known(&policy.id).is_some() {
                let message = format!("a rule `{}` exists already; name it otherwise", policy.id);
                let line = policy.syntax.module.package.span.line as usize;
                return Err(policy.faulty(line, message));
            }
        }
        let modules = self.libraries.values();
        let modules = modules.chain(self.policies.iter().map(|policy| &policy.syntax));
        let modules: Vec<&Syntax> = modules.collect();
        let dangers = limits::of_modules(&modules);
        if let Some((path, fault)) = dangers.into_iter().next() {
            return Err(Error::Faulty { path, fault });
        }
        let unknown = fields::unknown_fields(&self.schema, &modules);
        // Libraries that came with the linter serve rules that are not here.
        let mut unknown = unknown.into_iter();
        if let Some((path, fault)) = unknown.find(|(path, _)| !self.checked.contains(path)) {
            return Err(Error::Faulty { path, fault });
        }
        let code: Vec<&str> = self
            .libraries
            .values()
            .map(|syntax| syntax.text.as_str())
            .collect();
        let is_known = |id: &str| known(id).is_some() || seen.iter().any(|other| *other == id);
        for policy in &self.policies {
            let (text, metadata) = (&policy.syntax.text, &policy.metadata);
            let fault = shape::fault(&policy.syntax)
                .or_else(|| family::implied(text, &policy.id, metadata, &is_known))
                .or_else(|| facts::check(&policy.syntax, metadata, &code, known));
            if let Some(fault) = fault {
                return Err(Error::faulty(&policy.syntax.path, fault));
            }
        }
        for syntax in &modules {
            if let Some(fault) = regexes::fault(syntax) {
                return Err(Error::faulty(&syntax.path, fault));
            }
        }
        let planner = Planner::new(&self.schema, &self.libraries);
        let mut groups: BTreeMap<(&str, bool), Vec<(&Policy, Plan)>> = BTreeMap::new();
        for policy in &self.policies {
            let plan = plan(&planner, policy)?;
            let group = (policy.domain(), plan.deviation.is_some());
            groups.entry(group).or_default().push((policy, plan));
        }
        let texts = planner.library_texts();
        let mut bundle = Bundle::default();
        for ((_, is_interpreted), group) in &groups {
            let most = if *is_interpreted {
                group.len()
            } else {
                PROGRAM
            };
            for group in group.chunks(most) {
                let number = bundle.programs.len();
                let program = if *is_interpreted {
                    self.interpreted(group)?
                } else {
                    compiled(group, &texts)?
                };
                bundle.programs.push(program);
                for (entry, (policy, plan)) in group.iter().enumerate() {
                    let runs = if *is_interpreted {
                        &policy.syntax.text
                    } else {
                        &plan.text
                    };
                    let body = Body::Rego {
                        program: number,
                        entry,
                    };
                    bundle.rules.push(rule(policy, plan, body, runs));
                }
            }
        }
        Ok(bundle)
    }

    /// The policies as they were written, for the interpreter.
    fn interpreted(&self, group: &[(&Policy, Plan)]) -> Result<Program, Error> {
        let policies = group.iter().map(|(policy, _)| &policy.syntax);
        let modules = self.libraries.values().chain(policies);
        let modules = modules.map(|syntax| (syntax.path.clone(), syntax.text.clone()));
        let modules: Vec<Module> = modules.collect();
        compile::engine(&modules).map_err(|error| Error::engine(&error))?;
        Ok(Program {
            code: Code::Plain(Vec::new()),
            modules,
        })
    }
}

fn plan(planner: &Planner<'_>, policy: &Policy) -> Result<Plan, Error> {
    let plan = planner.plan(&policy.syntax).map_err(|faults| {
        let fault = faults.into_iter().next();
        let (path, fault) = fault.unwrap_or_default();
        Error::Faulty { path, fault }
    })?;
    for (rule, setting, line) in &plan.dependencies.settings {
        if rule.as_ref() != Some(&policy.id) {
            let message = format!(
                "a rule reads its own settings: write `input.settings[\"{}\"]`",
                policy.id
            );
            return Err(policy.faulty(*line, message));
        }
        let declared = &policy.metadata.custom.settings;
        if let Some(name) = setting
            .as_ref()
            .filter(|name| !declared.contains_key(*name))
        {
            let known: Vec<&str> = declared.keys().map(String::as_str).collect();
            let hint = suggested(name, &known);
            let message = format!("setting `{name}` is not declared in METADATA{hint}");
            return Err(policy.faulty(*line, message));
        }
    }
    Ok(plan)
}

/// The libraries that some of the modules import, directly or through others.
fn imported(modules: &[Module], libraries: &[Module]) -> Vec<Module> {
    let mut found: Vec<Module> = Vec::new();
    let mut open: Vec<&str> = modules.iter().map(|(_, text)| text.as_str()).collect();
    while let Some(text) = open.pop() {
        for library in libraries {
            let (path, of_library) = library;
            let package = of_library
                .lines()
                .find_map(|line| line.strip_prefix("package "));
            // One that is only named in a comment does no harm.
            let is_named = package.is_some_and(|package| {
                let package = format!("data.{}", package.trim());
                text.contains(&package)
            });
            if is_named && !found.iter().any(|(other, _)| other == path) {
                found.push(library.clone());
                open.push(of_library);
            }
        }
    }
    found.sort();
    found
}

/// A program of the register machine with an entry point for each policy.
fn compiled(group: &[(&Policy, Plan)], libraries: &[Module]) -> Result<Program, Error> {
    let own = group.iter();
    let own = own.map(|(policy, plan)| (policy.syntax.path.clone(), plan.text.clone()));
    let own: Vec<Module> = own.collect();
    let mut modules = imported(&own, libraries);
    modules.extend(own);
    let packages: Vec<String> = group
        .iter()
        .map(|(policy, _)| metadata::package_of(&policy.id))
        .collect();
    let mut program =
        compile::compile(&modules, &packages).map_err(|error| Error::engine(&error))?;
    // The engine runs without the texts: those of rules are in their documentation, those of libraries would be in many programs.
    let sources = Arc::get_mut(&mut program).map(|program| &mut program.sources);
    for source in sources.into_iter().flatten() {
        source.content = String::new();
    }
    let bytes = program.serialize_binary().map_err(Error::Engine)?;
    Ok(Program {
        code: Code::Plain(bytes),
        modules: Vec::new(),
    })
}

/// The rule of a policy, of which `runs` is the text that runs.
fn rule(policy: &Policy, plan: &Plan, body: Body, runs: &str) -> Rule {
    let described = described(&policy.id, &policy.metadata);
    let documentation = described.documentation.map(|mut documentation| {
        runs.clone_into(&mut documentation.runs);
        documentation
    });
    let sizes = plan.dependencies.sizes.iter();
    let preconditions = plan.preconditions.iter();
    Rule {
        tables: texts(&plan.dependencies.tables),
        full_scans: texts(&plan.dependencies.full_scans),
        lookups: plan.dependencies.lookups.iter().map(lookup).collect(),
        sizes: sizes.map(lookup).collect(),
        filters: texts(&plan.filters),
        preconditions: preconditions.map(texts).collect(),
        body,
        documentation,
        place: Cow::Owned(policy.place()),
        ..described
    }
}

fn lookup(lookup: &lookup::Lookup) -> Lookup {
    Lookup {
        table: Cow::Owned(lookup.table.clone()),
        field: Cow::Owned(lookup.field.clone()),
        filters: texts(&lookup.filters),
        key: Cow::Owned(lookup.key()),
    }
}
