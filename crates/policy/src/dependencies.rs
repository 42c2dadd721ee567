//! What a policy reads below `input`, itself or through what it uses of the libraries, and through which filters.

mod references;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use regorus::unstable::{Expr, Literal, LiteralStmt, Query};

use crate::filter::Filter;
use crate::functions::Functions;
use crate::lookup::Lookup;
use crate::metadata::Fault;
use crate::names::{Locals, Names};
use crate::predicates;
use crate::schema::Schema;
use crate::syntax::{self, Definition, Step, Syntax, variable};

/// What a policy and the definitions of libraries that it uses read below `input`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dependencies {
    /// Tables it reads: `input.<table>`.
    pub(crate) tables: BTreeSet<String>,
    /// Those of them of which it sees every row, if its loops are pushed down.
    pub(crate) full_scans: BTreeSet<String>,
    /// Lookups: `input.index.<table>_by_<field>`.
    pub(crate) lookups: BTreeSet<Lookup>,
    /// Lookups of which it asks how many rows they give: `input.sizes.<table>_by_<field>`.
    pub(crate) sizes: BTreeSet<Lookup>,
    /// Its loops over tables that a filter can be asked for.
    pub(crate) loops: Vec<PushedLoop>,
    /// Its loops over lookups, and those of libraries, that are content with some of the rows.
    pub(crate) joins: Vec<PushedJoin>,
    /// The files of the libraries that it uses.
    pub(crate) libraries: BTreeSet<String>,
    /// Settings that it reads: of which rule, which setting, on which line.
    pub(crate) settings: Vec<(Option<String>, Option<String>, usize)>,
    /// Where it holds `input` in a way that cannot be followed.
    pub(crate) escape: Option<usize>,
}

/// A loop over a table whose rows a filter lets through first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PushedLoop {
    /// The bytes of `input.<table>`.
    pub(crate) span: Range<usize>,
    /// What its body asks of a row.
    pub(crate) filter: String,
}

/// A loop over a lookup of which some rows are enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PushedJoin {
    /// The file that it is written in.
    pub(crate) path: String,
    /// The bytes of `input.index.<table>_by_<field>`.
    pub(crate) span: Range<usize>,
    /// The lookup that gives those rows.
    pub(crate) lookup: Lookup,
}

/// A fault and the file that has it.
pub(crate) type Located = (String, Fault);

/// A library as its users see it.
#[derive(Clone)]
pub(crate) struct Library<'a> {
    pub(crate) syntax: &'a Syntax,
    pub(crate) functions: Rc<Functions<'a>>,
}

/// Reads a policy and what it uses of libraries.
pub(crate) struct Collector<'a, 'l> {
    schema: &'l Schema,
    libraries: &'l BTreeMap<String, Library<'a>>,
    found: Dependencies,
    faults: Vec<Located>,
    seen: BTreeSet<(&'a str, &'a str)>,
    open: Vec<(String, Option<&'a str>)>,
    /// Names that may be those of lookups, should `input` be held where it cannot be followed.
    words: Vec<(&'a str, &'a Syntax, usize)>,
}

/// A definition that is read, and what its names mean.
struct Scope<'a, 's> {
    syntax: &'a Syntax,
    names: &'s Names<'a>,
    locals: Locals<'a>,
    functions: &'s Functions<'a>,
    /// Whether its loops can be pushed down.
    is_own: bool,
}

impl<'a, 'l> Collector<'a, 'l> {
    pub(crate) fn new(schema: &'l Schema, libraries: &'l BTreeMap<String, Library<'a>>) -> Self {
        Self {
            schema,
            libraries,
            found: Dependencies::default(),
            faults: Vec::new(),
            seen: BTreeSet::new(),
            open: Vec::new(),
            words: Vec::new(),
        }
    }

    /// What the policy reads.
    ///
    /// # Errors
    /// What is misspelt, or cannot be known.
    pub(crate) fn collect(
        mut self,
        syntax: &'a Syntax,
        functions: &Functions<'a>,
    ) -> Result<Dependencies, Vec<Located>> {
        self.module(syntax, functions, true, &|_| true);
        while let Some((name, wanted)) = self.open.pop() {
            let Some(library) = self.libraries.get(&name).cloned() else {
                continue;
            };
            let all: BTreeSet<&str> = library
                .syntax
                .definitions()
                .map(|definition| definition.name())
                .filter(|name| wanted.is_none_or(|wanted| wanted == *name))
                .collect();
            let fresh: BTreeSet<&str> = all
                .into_iter()
                .filter(|definition| {
                    self.seen
                        .insert((library.syntax.path.as_str(), *definition))
                })
                .collect();
            if !fresh.is_empty() {
                self.found.libraries.insert(library.syntax.path.clone());
                self.module(library.syntax, &library.functions, false, &|name| {
                    fresh.contains(name)
                });
            }
        }
        self.follow_escape();
        if self.faults.is_empty() {
            Ok(self.found)
        } else {
            Err(self.faults)
        }
    }

    /// The loops of a library over lookups of which some rows are enough.
    pub(crate) fn joins(mut self, library: &Library<'a>) -> Vec<PushedJoin> {
        self.module(library.syntax, &library.functions, false, &|_| true);
        self.found.joins
    }

    fn module(
        &mut self,
        syntax: &'a Syntax,
        functions: &Functions<'a>,
        is_own: bool,
        is_wanted: &dyn Fn(&str) -> bool,
    ) {
        let names = Names::of(syntax);
        for definition in syntax.definitions() {
            // Whoever uses `doc := input` is seen to read what hangs below, if it is in the same module.
            let is_followed = is_own && names.renamed(&definition).is_some();
            if !is_wanted(definition.name()) || is_followed {
                continue;
            }
            let scope = Scope {
                syntax,
                names: &names,
                locals: Locals::of(&definition, &names),
                functions,
                is_own,
            };
            self.definition(&definition, &scope);
        }
    }

    fn definition(&mut self, definition: &Definition<'a>, scope: &Scope<'a, '_>) {
        for arg in definition.args {
            self.expr(arg, scope);
        }
        for value in definition.values() {
            self.expr(value, scope);
        }
        for query in definition.queries() {
            self.query(query, scope);
        }
    }

    fn query(&mut self, query: &'a Query, scope: &Scope<'a, '_>) {
        for (number, statement) in query.stmts.iter().enumerate() {
            self.statement(statement, &query.stmts[number + 1..], scope);
        }
    }

    fn statement(
        &mut self,
        statement: &'a LiteralStmt,
        after: &'a [LiteralStmt],
        scope: &Scope<'a, '_>,
    ) {
        match &statement.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn {
                key,
                value,
                collection,
                ..
            } => {
                for pattern in key.iter().chain([value]) {
                    self.expr(pattern, scope);
                }
                let is_keyed = key.as_ref().is_some_and(|key| variable(key) != Some("_"));
                let row = variable(value).filter(|_| !is_keyed && statement.with_mods.is_empty());
                let is_loop = row.is_some_and(|row| self.loops(row, collection, after, scope));
                if !is_loop {
                    self.expr(collection, scope);
                }
            }
            Literal::Every { domain, query, .. } => {
                self.expr(domain, scope);
                self.query(query, scope);
            }
            Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => self.expr(expr, scope),
        }
        for modifier in &statement.with_mods {
            self.expr(&modifier.refr, scope);
            self.expr(&modifier.r#as, scope);
        }
    }

    /// A loop over rows of a table or a lookup: notes it with what its body asks. Says whether it was one.
    fn loops(
        &mut self,
        row: &'a str,
        collection: &'a Expr,
        after: &'a [LiteralStmt],
        scope: &Scope<'a, '_>,
    ) -> bool {
        let Some(path) = scope.names.path(collection, &scope.locals) else {
            return false;
        };
        if let Some(table) = path.table().filter(|table| self.schema.has_table(table)) {
            let filter = Filter {
                table: table.to_owned(),
                conditions: predicates::conditions(row, after, scope.functions),
            };
            self.found.tables.insert(table.to_owned());
            if filter.conditions.is_empty() || !scope.is_own {
                self.found.full_scans.insert(table.to_owned());
            } else {
                self.found.loops.push(PushedLoop {
                    span: syntax::bytes(collection),
                    filter: filter.to_string(),
                });
            }
            return true;
        }
        let Some((name, [Step::Expr(key)])) = path.below("index") else {
            return false;
        };
        let Expr::RefBrack { refr, .. } = collection else {
            return false;
        };
        let Some(mut lookup) = self.lookup(name, collection, scope) else {
            return true;
        };
        lookup.filters = filters(&lookup.table, row, after, scope.functions);
        if !lookup.filters.is_empty() {
            self.found.joins.push(PushedJoin {
                path: scope.syntax.path.clone(),
                span: syntax::bytes(refr),
                lookup: lookup.clone(),
            });
        }
        self.found.lookups.insert(lookup);
        self.expr(key, scope);
        true
    }

    fn expr(&mut self, expr: &'a Expr, scope: &Scope<'a, '_>) {
        match expr {
            Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } => {
                self.reference(expr, scope);
            }
            Expr::AssignExpr { lhs, rhs, .. } => {
                let is_alias = variable(lhs).is_some_and(|name| scope.locals.is_alias(name));
                if !is_alias {
                    self.expr(lhs, scope);
                    self.expr(rhs, scope);
                }
            }
            _ => {
                if let Some(text) = syntax::text(expr) {
                    self.words.push((text, scope.syntax, line(expr)));
                }
                for child in syntax::children(expr) {
                    self.expr(child, scope);
                }
                if let Some(query) = syntax::query(expr) {
                    self.query(query, scope);
                }
            }
        }
    }

    fn reference(&mut self, expr: &'a Expr, scope: &Scope<'a, '_>) {
        let chain = syntax::Chain::of(expr);
        for step in &chain.steps {
            if let Step::Expr(index) = step {
                self.expr(index, scope);
            }
        }
        let path = scope.names.path(expr, &scope.locals);
        if path.is_none() {
            self.note_words(&chain.steps, expr, scope);
        }
        match path {
            Some(path) if path.root == "input" => self.input(&path, expr, scope),
            Some(path) => self.data(&path, expr, scope),
            None if chain.root_name().is_none() => self.expr(chain.root, scope),
            // A library uses what it defines.
            None if !scope.is_own => {
                let name = chain.root_name().unwrap_or_default();
                if scope.names.count(name) > 0 {
                    let library = library_of(scope.syntax).to_owned();
                    self.open.push((library, Some(name)));
                }
            }
            None => {}
        }
    }
}

/// What the body of a loop over a lookup asks: its rows must pass one of the filters. None if all rows count.
fn filters<'a>(
    table: &str,
    row: &'a str,
    after: &'a [LiteralStmt],
    functions: &Functions<'a>,
) -> BTreeSet<String> {
    let asked = predicates::conditions(row, after, functions);
    let filter = |more: &[crate::filter::Condition]| {
        let more = more.iter().filter(|condition| !asked.contains(condition));
        let filter = Filter {
            table: table.to_owned(),
            conditions: asked.iter().chain(more).cloned().collect(),
        };
        filter.to_string()
    };
    match predicates::alternatives(row, after, functions) {
        Some(alternatives) => alternatives.iter().map(|more| filter(more)).collect(),
        None if asked.is_empty() => BTreeSet::new(),
        None => BTreeSet::from([filter(&[])]),
    }
}

fn line(expr: &Expr) -> usize {
    expr.span().line as usize
}

/// The name of a library, the last of its package.
fn library_of(syntax: &Syntax) -> &str {
    syntax.package().last().copied().unwrap_or_default()
}
