//! What names mean: imports, variables, and names for parts of `input` and `data`.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{AssignOp, Expr, Literal, LiteralStmt, Query, Rule, RuleHead};

use crate::syntax::{self, Chain, Definition, Step, Syntax, variable};

/// The names of a module.
#[derive(Debug)]
pub(crate) struct Names<'a> {
    /// Paths that have names of their own, by import or by a definition such as `doc := input`.
    known: BTreeMap<&'a str, Vec<&'a str>>,
    /// How many definitions there are of each name.
    definitions: BTreeMap<&'a str, usize>,
}

/// A reference that begins at `input` or `data`.
#[derive(Clone, Debug)]
pub(crate) struct Path<'a> {
    /// `input` or `data`.
    pub(crate) root: &'a str,
    /// What hangs below.
    pub(crate) steps: Vec<Step<'a>>,
}

impl<'a> Path<'a> {
    /// The names of all steps; `None` if one is no name.
    pub(crate) fn names(&self) -> Option<Vec<&'a str>> {
        self.steps.iter().map(Step::name).collect()
    }

    /// The table, if it is `input.<table>` and nothing more.
    pub(crate) fn table(&self) -> Option<&'a str> {
        match (self.root, self.steps.as_slice()) {
            ("input", [Step::Name(table)]) => Some(table),
            _ => None,
        }
    }

    /// `T_by_F` of `input.index.T_by_F` or `input.sizes.T_by_F`, with what hangs below.
    pub(crate) fn below(&self, part: &str) -> Option<(&'a str, &[Step<'a>])> {
        match (self.root, self.steps.as_slice()) {
            ("input", [Step::Name(first), Step::Name(name), rest @ ..]) if *first == part => {
                Some((name, rest))
            }
            _ => None,
        }
    }
}

impl<'a> Names<'a> {
    pub(crate) fn of(syntax: &'a Syntax) -> Self {
        let mut known = BTreeMap::new();
        for import in &syntax.module.imports {
            let chain = Chain::of(&import.refr);
            let mut path: Vec<&str> = chain.root_name().into_iter().collect();
            path.extend(chain.steps.iter().filter_map(Step::name));
            let alias = match &import.r#as {
                Some(alias) => alias.text(),
                None => path.last().copied().unwrap_or_default(),
            };
            if matches!(path.first(), Some(&"input" | &"data")) {
                known.insert(alias, path);
            }
        }
        let mut names = Self {
            known,
            definitions: BTreeMap::new(),
        };
        for definition in syntax.definitions() {
            *names.definitions.entry(definition.name()).or_default() += 1;
        }
        for definition in syntax.definitions() {
            if let Some(path) = names.renamed(&definition) {
                names.known.insert(definition.name(), path);
            }
        }
        names
    }

    /// The path that a definition such as `doc := input` gives a name to.
    pub(crate) fn renamed(&self, definition: &Definition<'a>) -> Option<Vec<&'a str>> {
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
            return None;
        };
        let is_single = self.definitions.get(definition.name()) == Some(&1);
        let is_plain = bodies.is_empty() && variable(definition.refr).is_some();
        let path = self.path(&assign.value, &Locals::default())?;
        // A table of its own name is a rule like any other: only what leads to tables is followed.
        (is_single && is_plain).then(|| fixed(&path)).flatten()
    }

    /// Whether the name is another one for a part of `input` or `data`.
    pub(crate) fn is_alias(&self, name: Option<&str>) -> bool {
        name.is_some_and(|name| self.known.contains_key(name))
    }

    /// How many definitions there are of a name.
    pub(crate) fn count(&self, name: &str) -> usize {
        self.definitions.get(name).copied().unwrap_or_default()
    }

    /// Whether the module defines or imports the name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.definitions.contains_key(name) || self.known.contains_key(name)
    }

    /// The reference as a path from `input` or `data`; `None` if it begins elsewhere.
    pub(crate) fn path(&self, expr: &'a Expr, locals: &Locals<'a>) -> Option<Path<'a>> {
        let chain = Chain::of(expr);
        let name = chain.root_name()?;
        let prefix: &[&'a str] = if let Some(local) = locals.names.get(name) {
            local.path.as_deref()?
        } else if matches!(name, "input" | "data") {
            return Some(Path {
                root: name,
                steps: chain.steps,
            });
        } else {
            self.known.get(name)?
        };
        let (root, names) = prefix.split_first()?;
        let mut steps: Vec<Step> = names.iter().map(|name| Step::Name(name)).collect();
        steps.extend(chain.steps);
        Some(Path { root, steps })
    }
}

/// A path of names alone.
fn fixed<'a>(path: &Path<'a>) -> Option<Vec<&'a str>> {
    let mut names = vec![path.root];
    names.extend(path.names()?);
    Some(names)
}

/// The variables of a definition.
#[derive(Debug, Default)]
pub(crate) struct Locals<'a> {
    names: BTreeMap<&'a str, Local<'a>>,
    /// Those that one place binds.
    single: BTreeSet<&'a str>,
}

#[derive(Debug, Default)]
struct Local<'a> {
    /// How often something binds it.
    count: usize,
    /// What it is another name for: `rows := input`.
    path: Option<Vec<&'a str>>,
    /// Whether a bare `some x` declares it.
    is_declared: bool,
}

impl<'a> Locals<'a> {
    pub(crate) fn of(definition: &Definition<'a>, names: &Names<'a>) -> Self {
        // What is bound twice may be two things, so the first look only counts.
        let first = Self::default().filled(definition, names);
        let bound = first.names.iter();
        let single = bound.filter(|(_, local)| local.count == 1);
        let second = Self {
            single: single.map(|(name, _)| *name).collect(),
            names: BTreeMap::new(),
        };
        second.filled(definition, names)
    }

    fn filled(mut self, definition: &Definition<'a>, names: &Names<'a>) -> Self {
        let locals = &mut self;
        for arg in definition.args {
            locals.bind_pattern(arg);
        }
        for value in definition.values() {
            locals.expr(value, names);
        }
        for query in definition.queries() {
            locals.query(query, names);
        }
        self
    }

    /// Whether the name is a variable here.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Whether the variable is another name for a part of `input` or `data`.
    pub(crate) fn is_alias(&self, name: &str) -> bool {
        self.names
            .get(name)
            .is_some_and(|local| local.path.is_some())
    }

    /// Whether an index of that name goes over all keys: no value is bound to it.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        self.names.get(name).is_none_or(|local| local.is_declared)
    }

    fn bind(&mut self, name: &'a str) -> &mut Local<'a> {
        let local = self.names.entry(name).or_default();
        local.count += 1;
        local
    }

    fn bind_pattern(&mut self, pattern: &'a Expr) {
        match variable(pattern) {
            Some("_") => {}
            Some(name) => _ = self.bind(name),
            None => {
                for child in syntax::children(pattern) {
                    self.bind_pattern(child);
                }
            }
        }
    }

    fn query(&mut self, query: &'a Query, names: &Names<'a>) {
        for statement in &query.stmts {
            self.statement(statement, names);
        }
    }

    fn statement(&mut self, statement: &'a LiteralStmt, names: &Names<'a>) {
        match &statement.literal {
            Literal::SomeVars { vars, .. } => {
                for span in vars {
                    self.bind(span.text()).is_declared = true;
                }
            }
            Literal::SomeIn {
                key,
                value,
                collection,
                ..
            } => {
                for pattern in key.iter().chain([value]) {
                    self.bind_pattern(pattern);
                }
                self.expr(collection, names);
            }
            Literal::Every {
                key,
                value,
                domain,
                query,
                ..
            } => {
                for span in key.iter().chain([value]) {
                    self.bind(span.text());
                }
                self.expr(domain, names);
                self.query(query, names);
            }
            Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => self.expr(expr, names),
        }
        for modifier in &statement.with_mods {
            self.expr(&modifier.r#as, names);
        }
    }

    fn expr(&mut self, expr: &'a Expr, names: &Names<'a>) {
        if let Expr::AssignExpr { op, lhs, rhs, .. } = expr {
            let path = names.path(rhs, self).as_ref().and_then(fixed);
            match (op, variable(lhs)) {
                (AssignOp::ColEq, Some(name)) if name != "_" => {
                    let is_single = self.single.contains(name);
                    self.bind(name).path = path.filter(|_| is_single);
                }
                (AssignOp::ColEq, _) => self.bind_pattern(lhs),
                // What unification meets may be bound already, or be no variable at all.
                (AssignOp::Eq, Some(name)) if !names.has(name) && name != "_" => {
                    let local = self.bind(name);
                    local.count += 1;
                }
                (AssignOp::Eq, _) => {}
            }
        }
        for child in syntax::children(expr) {
            self.expr(child, names);
        }
        if let Some(query) = syntax::query(expr) {
            self.query(query, names);
        }
    }
}
