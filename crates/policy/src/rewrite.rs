//! The text that the register machine runs: what the policy says, in the way that the machine does fast and understands as the
//! interpreter does.

use std::collections::BTreeSet;

use regorus::unstable::{AssignOp, Expr, Literal, LiteralStmt, Query, Rule, RuleHead};

use crate::dependencies::{PushedJoin, PushedLoop};
use crate::edit::Edit;
use crate::names::{Locals, Names};
use crate::syntax::{self, Definition, Syntax, bytes, range, variable};

/// Loops over a table become loops over the rows that a filter lets through. The conditions stay, so nothing changes but the
/// number of rows.
pub(crate) fn push_down(loops: &[PushedLoop]) -> Vec<Edit> {
    let edits = loops.iter().map(|pushed| {
        let text = format!("input.filtered[`{}`]", pushed.filter);
        Edit::new(pushed.span.clone(), text)
    });
    edits.collect()
}

/// Loops over a lookup become loops over a lookup of the rows that they ask for. The conditions stay here, too.
pub(crate) fn push_down_joins<'j>(joins: impl IntoIterator<Item = &'j PushedJoin>) -> Vec<Edit> {
    let edits = joins.into_iter().map(|pushed| {
        let text = format!("input.index[`{}`]", pushed.lookup.key());
        Edit::new(pushed.span.clone(), text)
    });
    edits.collect()
}

/// What makes the register machine understand a module as the interpreter does.
///
/// It goes on after an assignment that has nothing to assign; what is compared with itself stops it (`require_defined`). And it
/// loses its way in a comprehension that loops over nothing, so that one loops over one thing.
pub(crate) fn for_machine(syntax: &Syntax) -> Vec<Edit> {
    let names = Names::of(syntax);
    let mut edits = Vec::new();
    for definition in syntax.definitions() {
        let mut writer = Writer {
            text: &syntax.text,
            locals: Locals::of(&definition, &names),
            edits: &mut edits,
        };
        writer.definition(&definition);
    }
    edits
}

struct Writer<'a, 'e> {
    text: &'a str,
    locals: Locals<'a>,
    edits: &'e mut Vec<Edit>,
}

impl<'a> Writer<'a, '_> {
    fn definition(&mut self, definition: &Definition<'a>) {
        for value in definition.values() {
            self.expr(value);
        }
        for query in definition.queries() {
            self.query(query);
        }
    }

    fn query(&mut self, query: &'a Query) {
        for statement in &query.stmts {
            self.statement(statement, query);
        }
    }

    fn statement(&mut self, statement: &'a LiteralStmt, query: &'a Query) {
        for modifier in &statement.with_mods {
            self.expr(&modifier.r#as);
        }
        match &statement.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn { collection, .. } => self.expr(collection),
            Literal::Every { domain, query, .. } => {
                self.expr(domain);
                self.query(query);
            }
            Literal::Expr { expr, .. } | Literal::NotExpr { expr, .. } => {
                if let Expr::AssignExpr { op, lhs, rhs, .. } = &**expr {
                    self.require_defined(op, lhs, rhs, statement, query);
                }
                self.expr(expr);
            }
        }
    }

    fn require_defined(
        &mut self,
        op: &AssignOp,
        lhs: &'a Expr,
        rhs: &'a Expr,
        statement: &LiteralStmt,
        query: &Query,
    ) {
        let Some(name) = variable(lhs).filter(|name| *name != "_") else {
            return;
        };
        // Unification stops both, and a part of `input` is there.
        if !matches!(op, AssignOp::ColEq) || is_there(rhs) || self.locals.is_alias(name) {
            return;
        }
        let end = range(&statement.span).end;
        let is_bare =
            query.stmts.len() == 1 && range(&statement.span).start == range(&query.span).start;
        if is_bare {
            let start = range(&statement.span).start;
            self.edits.push(Edit::insert(start, "{ "));
            self.edits
                .push(Edit::insert(end, format!("; {name} == {name} }}")));
        } else {
            self.edits
                .push(Edit::insert(end, format!("; {name} == {name}")));
        }
    }

    fn expr(&mut self, expr: &'a Expr) {
        for child in syntax::children(expr) {
            self.expr(child);
        }
        let Some(query) = syntax::query(expr) else {
            return;
        };
        if let Some(first) = query.stmts.first()
            && !matches!(first.literal, Literal::SomeIn { .. })
        {
            let start = range(&first.span).start;
            self.edits.push(Edit::insert(start, "some _ in [1]; "));
        }
        self.require_terms(expr, query);
        self.query(query);
    }

    /// The machine puts a term into a list that has no value; what is compared with itself stops it before.
    fn require_terms(&mut self, comprehension: &'a Expr, query: &Query) {
        let Some(last) = query.stmts.last() else {
            return;
        };
        let end = range(&last.span).end;
        for part in undefined_parts(comprehension, &self.locals) {
            if let Some(part) = self.text.get(bytes(part)) {
                let part = part.replace(['\r', '\n'], " ");
                self.edits
                    .push(Edit::insert(end, format!("; ({part}) == ({part})")));
            }
        }
    }
}

/// The parts of a comprehension's terms that may have no value.
pub(crate) fn undefined_parts<'a>(comprehension: &'a Expr, locals: &Locals<'a>) -> Vec<&'a Expr> {
    let mut open = syntax::children(comprehension);
    let mut found = Vec::new();
    while let Some(expr) = open.pop() {
        match expr {
            Expr::Array { .. } | Expr::Set { .. } | Expr::Object { .. } => {
                open.extend(syntax::children(expr));
            }
            Expr::Var { .. } if variable(expr).is_some_and(|name| locals.has(name)) => {}
            _ if is_there(expr) => {}
            _ => found.push(expr),
        }
    }
    found
}

/// Whether an expression has a value whatever the rows say.
fn is_there(expr: &Expr) -> bool {
    match expr {
        Expr::String { .. }
        | Expr::RawString { .. }
        | Expr::Number { .. }
        | Expr::Bool { .. }
        | Expr::Null { .. }
        | Expr::ArrayCompr { .. }
        | Expr::SetCompr { .. }
        | Expr::ObjectCompr { .. } => true,
        Expr::Array { .. } | Expr::Set { .. } | Expr::Object { .. } => {
            syntax::children(expr).into_iter().all(is_there)
        }
        _ => false,
    }
}

/// By body of `deny`, the tables and filters that it loops over outright: without rows in all of them it yields nothing. `None` if
/// that is not known of every body.
pub(crate) fn preconditions(
    syntax: &Syntax,
    loops: &[PushedLoop],
) -> Option<Vec<BTreeSet<String>>> {
    let names = Names::of(syntax);
    let mut found = Vec::new();
    for definition in syntax
        .definitions()
        .filter(|definition| definition.name() == "deny")
    {
        let Rule::Spec {
            head: RuleHead::Set { .. },
            bodies,
            ..
        } = definition.rule
        else {
            return None;
        };
        let locals = Locals::of(&definition, &names);
        for body in bodies {
            let sources = body.query.stmts.iter();
            let sources: BTreeSet<String> = sources
                .filter_map(|statement| source(statement, &names, &locals, loops))
                .collect();
            if sources.is_empty() {
                return None;
            }
            found.push(sources);
        }
        if bodies.is_empty() {
            return None;
        }
    }
    Some(found)
}

/// The table or filter over which a statement loops.
fn source<'a>(
    statement: &'a LiteralStmt,
    names: &Names<'a>,
    locals: &Locals<'a>,
    loops: &[PushedLoop],
) -> Option<String> {
    let Literal::SomeIn { collection, .. } = &statement.literal else {
        return None;
    };
    let path = names.path(collection, locals)?;
    let table = path.table().filter(|_| statement.with_mods.is_empty())?;
    let span = bytes(collection);
    let pushed = loops.iter().find(|pushed| pushed.span == span);
    Some(pushed.map_or_else(|| table.to_owned(), |pushed| pushed.filter.clone()))
}
