//! The functions and constants of a module, as far as a filter can look through them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use regorus::unstable::{Expr, LiteralStmt, Rule, RuleHead};

use crate::filter::{Condition, Test};
use crate::names::{Locals, Names};
use crate::syntax::{Chain, Definition, Step, Syntax, plain, variable};

/// The most texts that a named set may have to be part of a filter.
const TEXTS: usize = 64;

/// Reads what statements ask of a variable, with the functions of their module.
pub(crate) type Reader<'r, 'a> =
    dyn Fn(&'a str, &'a [LiteralStmt], &Functions<'a>) -> Vec<Condition> + 'r;

/// What a module defines, and the modules of the functions that it imports.
#[derive(Debug, Default)]
pub(crate) struct Functions<'a> {
    definitions: BTreeMap<&'a str, Vec<Definition<'a>>>,
    /// Names that mean something of the module's own.
    defined: BTreeSet<&'a str>,
    /// The keys of objects that are written out, by their names.
    objects: BTreeMap<&'a str, Vec<String>>,
    /// The texts of sets and lists that are written out, by their names.
    sets: BTreeMap<&'a str, Vec<String>>,
    /// Other modules, by the name under which their functions are called.
    libraries: BTreeMap<&'a str, Rc<Functions<'a>>>,
}

impl<'a> Functions<'a> {
    /// Those of a module; `library` gives those of the modules that it imports.
    pub(crate) fn of(
        syntax: &'a Syntax,
        library: &dyn Fn(&str) -> Option<Rc<Functions<'a>>>,
    ) -> Self {
        let mut functions = Self::own(syntax);
        for import in &syntax.module.imports {
            let chain = Chain::of(&import.refr);
            let steps: Vec<&str> = chain.steps.iter().filter_map(Step::name).collect();
            let (Some("data"), ["lib", name]) = (chain.root_name(), steps.as_slice()) else {
                continue;
            };
            let alias = import.r#as.as_ref().map_or(*name, |alias| alias.text());
            functions.defined.insert(alias);
            if let Some(library) = library(name) {
                functions.libraries.insert(alias, library);
            }
        }
        functions
    }

    /// Those of a module alone.
    pub(crate) fn own(syntax: &'a Syntax) -> Self {
        let names = Names::of(syntax);
        let mut functions = Self::default();
        for definition in syntax.definitions() {
            let name = definition.name();
            functions.defined.insert(name);
            functions
                .definitions
                .entry(name)
                .or_default()
                .push(definition);
            if names.count(name) == 1 {
                functions.constant(name, &definition);
            }
        }
        // A variable of that name hides the constant.
        for definition in syntax.definitions() {
            let locals = Locals::of(&definition, &names);
            functions.objects.retain(|name, _| !locals.has(name));
            functions.sets.retain(|name, _| !locals.has(name));
        }
        functions
    }

    fn constant(&mut self, name: &'a str, definition: &Definition<'a>) {
        let Rule::Spec {
            head:
                RuleHead::Compr {
                    assign: Some(assign),
                    ..
                },
            bodies,
            ..
        } = definition.rule
        else {
            return;
        };
        if !bodies.is_empty() || variable(definition.refr).is_none() {
            return;
        }
        match &*assign.value {
            Expr::Object { fields, .. } => {
                let keys = fields.iter().map(|(_, key, _)| plain(key));
                if let Some(keys) = keys.collect::<Option<Vec<_>>>() {
                    self.objects.insert(name, keys);
                }
            }
            Expr::Set { items, .. } | Expr::Array { items, .. } if items.len() <= TEXTS => {
                let texts = items.iter().map(|item| plain(item));
                if let Some(texts) = texts.collect::<Option<Vec<_>>>() {
                    self.sets.insert(name, texts);
                }
            }
            _ => {}
        }
    }

    /// Whether the name means something of the module's own.
    pub(crate) fn is_defined(&self, name: &str) -> bool {
        self.defined.contains(name)
    }

    /// The keys of an object that is written out under that name.
    pub(crate) fn keys(&self, name: &str) -> Option<&[String]> {
        let keys = self.objects.get(name)?;
        (!keys.is_empty()).then_some(keys)
    }

    /// The texts of a set or list that is written out under that name.
    pub(crate) fn texts(&self, name: &str) -> Option<&[String]> {
        let texts = self.sets.get(name)?;
        (!texts.is_empty()).then_some(texts)
    }

    /// What the bodies of a function of so many parameters ask of the one with that number: one of them must hold. `None` if it is
    /// not known, or may give something though no body holds. `read` reads what a body asks.
    pub(crate) fn alternatives(
        &self,
        fcn: &Expr,
        count: usize,
        at: usize,
        read: &Reader<'_, 'a>,
    ) -> Option<Vec<Vec<Condition>>> {
        let chain = Chain::of(fcn);
        let root = chain.root_name()?;
        let (home, name) = match chain.steps.as_slice() {
            [] => (self, root),
            [step] => (self.libraries.get(root)?.as_ref(), step.name()?),
            _ => return None,
        };
        let mut found = Vec::new();
        for definition in home.definitions.get(name)? {
            let Rule::Spec { bodies, .. } = definition.rule else {
                return None;
            };
            let row = definition
                .args
                .get(at)
                .and_then(|arg| variable(arg))
                .filter(|name| *name != "_")?;
            if definition.args.len() != count {
                return None;
            }
            if bodies.is_empty() {
                found.push(Vec::new());
            }
            for query in definition.queries() {
                found.push(read(row, &query.stmts, home));
            }
        }
        (!found.is_empty()).then_some(found)
    }
}

/// What definitions ask of which one must hold: all that a single one asks; of several, a text that is one of theirs where all
/// ask for one.
pub(crate) fn joint(definitions: Vec<Vec<Condition>>) -> Vec<Condition> {
    let mut definitions = definitions.into_iter();
    let mut known = definitions.next().unwrap_or_default();
    for asked in definitions {
        known.retain_mut(|condition| {
            let other = asked.iter().find(|other| other.path == condition.path);
            match (&mut condition.test, other.map(|other| &other.test)) {
                (Test::In(texts), Some(Test::In(others))) => {
                    texts.extend(others.iter().cloned());
                    texts.sort();
                    texts.dedup();
                    true
                }
                (test, Some(other)) => test == other,
                (_, None) => false,
            }
        });
    }
    known
}
