//! How a policy runs: what it reads, through which filters, and the text that is handed to the engine.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::compile::Module;
use crate::dependencies::{Collector, Dependencies, Library, Located};
use crate::edit;
use crate::functions::Functions;
use crate::inline::Inlinable;
use crate::limits;
use crate::lookup::Lookup;
use crate::metadata::Fault;
use crate::rewrite;
use crate::schema::Schema;
use crate::syntax::Syntax;

/// How often what came of a call is looked through for more calls.
const ROUNDS: usize = 4;

/// How a policy runs.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The text that runs.
    pub(crate) text: String,
    pub(crate) dependencies: Dependencies,
    pub(crate) filters: BTreeSet<String>,
    /// By body of `deny`, the tables and filters without whose rows it yields nothing; none if that is not known.
    pub(crate) preconditions: Vec<BTreeSet<String>>,
    /// Why the interpreter runs it, and not the register machine: it gets it as it was written.
    pub(crate) deviation: Option<Fault>,
}

/// Makes plans of policies that share libraries.
pub(crate) struct Planner<'a> {
    schema: &'a Schema,
    libraries: BTreeMap<String, Library<'a>>,
    /// What the machine does not understand in libraries, by their files.
    deviations: BTreeMap<String, Fault>,
}

impl<'a> Planner<'a> {
    pub(crate) fn new(schema: &'a Schema, libraries: &'a BTreeMap<String, Syntax>) -> Self {
        let deviations = libraries.values().filter_map(|syntax| {
            let fault = limits::of_module(syntax).into_iter().next()?;
            let (path, line) = (syntax.path.clone(), fault.line);
            let message = format!("uses {path}, whose line {line}: {}", fault.message);
            Some((path, Fault::new(1, message)))
        });
        let libraries = libraries.iter().map(|(name, syntax)| {
            let functions = Rc::new(Functions::own(syntax));
            (name.clone(), Library { syntax, functions })
        });
        Self {
            schema,
            libraries: libraries.collect(),
            deviations: deviations.collect(),
        }
    }

    /// The plan of a policy.
    ///
    /// # Errors
    /// What it reads that there is not, or that cannot be known; the engine's message if a rewritten text is none of Rego.
    pub(crate) fn plan(&self, syntax: &Syntax) -> Result<Plan, Vec<Located>> {
        let dependencies = self.dependencies(syntax)?;
        if let Some(deviation) = self.deviation(syntax, &dependencies.libraries) {
            return Ok(Plan {
                text: syntax.text.clone(),
                dependencies: as_written(dependencies),
                filters: BTreeSet::new(),
                preconditions: Vec::new(),
                deviation: Some(deviation),
            });
        }
        match self.inlined(syntax) {
            Some(inlined) => self.narrowed(&inlined),
            None => self.narrowed(syntax),
        }
    }

    fn narrowed(&self, syntax: &Syntax) -> Result<Plan, Vec<Located>> {
        let dependencies = self.dependencies(syntax)?;
        let mut edits = rewrite::push_down(&dependencies.loops);
        let joins = dependencies.joins.iter();
        let joins = joins.filter(|pushed| pushed.path == syntax.path);
        edits.extend(rewrite::push_down_joins(joins));
        edits.extend(rewrite::for_machine(syntax));
        let loops = dependencies.loops.iter();
        Ok(Plan {
            text: edit::apply(&syntax.text, edits),
            filters: loops.map(|pushed| pushed.filter.clone()).collect(),
            preconditions: rewrite::preconditions(syntax, &dependencies.loops).unwrap_or_default(),
            dependencies,
            deviation: None,
        })
    }

    /// The libraries as the register machine runs them: their paths and texts.
    pub(crate) fn library_texts(&self) -> Vec<Module> {
        let texts = self.libraries.values().map(|library| {
            let joins = Collector::new(self.schema, &self.libraries).joins(library);
            let mut edits = rewrite::push_down_joins(&joins);
            edits.extend(rewrite::for_machine(library.syntax));
            let text = edit::apply(&library.syntax.text, edits);
            (library.syntax.path.clone(), text)
        });
        texts.collect()
    }

    /// The policy with calls of small functions replaced, if there are any.
    fn inlined(&self, syntax: &Syntax) -> Option<Syntax> {
        let mut inlined = self.inlined_once(syntax)?;
        for _ in 1..ROUNDS {
            match self.inlined_once(&inlined) {
                Some(next) => inlined = next,
                None => break,
            }
        }
        Some(inlined)
    }

    fn inlined_once(&self, syntax: &Syntax) -> Option<Syntax> {
        let library = |name: &str| self.libraries.get(name).map(|library| library.syntax);
        let edits = Inlinable::of(syntax, &library).edits(syntax);
        // What cannot be parsed is not what was meant.
        let parse = |text: String| Syntax::parse(&syntax.path, &text).ok();
        (!edits.is_empty())
            .then(|| parse(edit::apply(&syntax.text, edits)))
            .flatten()
    }

    fn dependencies(&self, syntax: &Syntax) -> Result<Dependencies, Vec<Located>> {
        let library = |name: &str| {
            let library = self.libraries.get(name)?;
            Some(Rc::clone(&library.functions))
        };
        let functions = Functions::of(syntax, &library);
        Collector::new(self.schema, &self.libraries).collect(syntax, &functions)
    }

    /// What the machine does not understand in the policy or a library that it uses.
    fn deviation(&self, syntax: &Syntax, used: &BTreeSet<String>) -> Option<Fault> {
        let own = limits::of_module(syntax).into_iter().next();
        own.or_else(|| {
            let mut of_libraries = used.iter().filter_map(|path| self.deviations.get(path));
            of_libraries.next().cloned()
        })
    }
}

/// The dependencies of a policy whose loops are not pushed down.
fn as_written(mut dependencies: Dependencies) -> Dependencies {
    let lookups = std::mem::take(&mut dependencies.lookups).into_iter();
    let lookups = lookups.map(|lookup| Lookup::whole((lookup.table, lookup.field)));
    Dependencies {
        full_scans: dependencies.tables.clone(),
        lookups: lookups.collect(),
        loops: Vec::new(),
        joins: Vec::new(),
        ..dependencies
    }
}
