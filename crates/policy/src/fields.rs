//! Whether the fields that policies read are there: a field that no row has is undefined, and a `not` of it always holds.
//!
//! A variable is followed from where it is bound to a row (`some row in input.<table>`, a lookup, an item of either) into the
//! functions that it is handed to. What is bound to anything else as well is not checked.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{AssignOp, Expr, Literal, LiteralStmt};

use crate::dependencies::Located;
use crate::metadata::Fault;
use crate::names::{Locals, Names, Path};
use crate::schema::{Schema, suggested};
use crate::syntax::{self, Chain, Definition, Step, Syntax, text, variable};
use crate::walk::{each_expr, each_statement};

/// How often rows are handed on from function to function.
const ROUNDS: usize = 8;

/// The tables whose rows a variable may hold; `None` if it may hold something else.
type Rows = Option<BTreeSet<String>>;

/// A function's parameter: package, name, number.
type Parameter = (String, String, usize);

/// A definition with what its names mean.
struct Scope<'a> {
    syntax: &'a Syntax,
    package: String,
    definition: Definition<'a>,
    locals: Locals<'a>,
}

/// Looks for fields that the tables do not have. `modules` are all that are compiled together.
pub(crate) fn unknown_fields(schema: &Schema, modules: &[&Syntax]) -> Vec<Located> {
    if !schema.has_fields() {
        return Vec::new();
    }
    let names: Vec<Names> = modules.iter().map(|syntax| Names::of(syntax)).collect();
    let mut parameters: BTreeMap<Parameter, Rows> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let mut next: BTreeMap<Parameter, Rows> = BTreeMap::new();
        for (scope, names) in scopes(modules, &names) {
            let rows = scope.rows(names, &parameters);
            each_expr(&scope.definition, &mut |expr| {
                scope.hand_over(expr, names, &rows, &mut next);
            });
        }
        if next == parameters {
            break;
        }
        parameters = next;
    }
    let mut faults = Vec::new();
    for (scope, names) in scopes(modules, &names) {
        let rows = scope.rows(names, &parameters);
        each_expr(&scope.definition, &mut |expr| {
            let message = match scope.read(expr, names, &rows) {
                Some((tables, field)) => missing(schema, &tables, field),
                None => no_place(expr, schema, &rows),
            };
            if let Some(message) = message {
                let fault = Fault::new(expr.span().line as usize, message);
                faults.push((scope.syntax.path.clone(), fault));
            }
        });
    }
    faults.sort_by(|(path, fault), (other, next)| (path, fault.line).cmp(&(other, next.line)));
    faults.dedup();
    faults
}

fn scopes<'a, 'n>(
    modules: &'n [&'a Syntax],
    names: &'n [Names<'a>],
) -> impl Iterator<Item = (Scope<'a>, &'n Names<'a>)> {
    let modules = modules.iter().zip(names);
    modules.flat_map(|(syntax, names)| {
        let package = syntax.package().join(".");
        syntax.definitions().map(move |definition| {
            let locals = Locals::of(&definition, names);
            let scope = Scope {
                syntax,
                package: package.clone(),
                definition,
                locals,
            };
            (scope, names)
        })
    })
}

/// What is wrong with a field of rows of these tables, if none of them has it.
fn missing(schema: &Schema, tables: &BTreeSet<String>, field: &str) -> Option<String> {
    let fields: Option<Vec<_>> = tables.iter().map(|table| schema.fields(table)).collect();
    let fields = fields?;
    if fields.is_empty() || fields.iter().any(|fields| fields.contains(field)) {
        return None;
    }
    let known: Vec<&str> = fields.into_iter().flatten().map(String::as_str).collect();
    let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
    let hint = suggested(field, &known);
    Some(format!(
        "rows of `{}` have no field `{field}`{hint}",
        tables.join("`, `")
    ))
}

impl<'a> Scope<'a> {
    /// What each variable holds.
    fn rows(
        &self,
        names: &Names<'a>,
        parameters: &BTreeMap<Parameter, Rows>,
    ) -> BTreeMap<&'a str, Rows> {
        let mut rows: BTreeMap<&str, Rows> = BTreeMap::new();
        for (at, arg) in self.definition.args.iter().enumerate() {
            let parameter = (self.package.clone(), self.definition.name().to_owned(), at);
            // Of what nobody calls, nothing is known and nothing is handed on.
            let Some(held) = parameters.get(&parameter).cloned() else {
                continue;
            };
            match variable(arg) {
                Some(name) => bind(&mut rows, name, held),
                None => bind_all(&mut rows, arg),
            }
        }
        each_statement(&self.definition, &mut |statement| {
            self.statement(statement, names, &mut rows);
        });
        each_expr(&self.definition, &mut |expr| {
            let Expr::AssignExpr { op, lhs, rhs, .. } = expr else {
                return;
            };
            match (op, variable(lhs)) {
                (AssignOp::ColEq, Some(name)) => {
                    let path = names.path(rhs, &self.locals);
                    bind(&mut rows, name, path.and_then(|path| item(&path)));
                }
                _ => bind_all(&mut rows, lhs),
            }
        });
        rows
    }

    fn statement(
        &self,
        statement: &'a LiteralStmt,
        names: &Names<'a>,
        rows: &mut BTreeMap<&'a str, Rows>,
    ) {
        match &statement.literal {
            Literal::SomeVars { vars, .. } => {
                for name in vars {
                    bind(rows, name.text(), None);
                }
            }
            Literal::SomeIn {
                key,
                value,
                collection,
                ..
            } => {
                if let Some(key) = key {
                    bind_all(rows, key);
                }
                let path = names.path(collection, &self.locals);
                match variable(value) {
                    Some(name) => bind(rows, name, path.and_then(|path| list(&path))),
                    None => bind_all(rows, value),
                }
            }
            Literal::Every {
                key, value, domain, ..
            } => {
                if let Some(key) = key {
                    bind(rows, key.text(), None);
                }
                let path = names.path(domain, &self.locals);
                bind(rows, value.text(), path.and_then(|path| list(&path)));
            }
            Literal::Expr { .. } | Literal::NotExpr { .. } => {}
        }
    }

    /// Notes what a call hands over to a function's parameters.
    fn hand_over(
        &self,
        expr: &'a Expr,
        names: &Names<'a>,
        rows: &BTreeMap<&'a str, Rows>,
        parameters: &mut BTreeMap<Parameter, Rows>,
    ) {
        let Expr::Call { fcn, params, .. } = expr else {
            return;
        };
        let (package, name) = match names.path(fcn, &self.locals) {
            Some(path) => {
                let mut steps: Vec<&str> = path.steps.iter().filter_map(Step::name).collect();
                let Some(name) = steps.pop() else { return };
                (steps.join("."), name)
            }
            None => match variable(fcn) {
                Some(name) if names.count(name) > 0 => (self.package.clone(), name),
                _ => return,
            },
        };
        for (at, param) in params.iter().enumerate() {
            let held = match variable(param).filter(|name| self.locals.has(name)) {
                Some(name) => match rows.get(name) {
                    Some(held) => held.clone(),
                    None => continue,
                },
                None => None,
            };
            let parameter = (package.clone(), name.to_owned(), at);
            join(
                parameters.entry(parameter).or_insert_with(|| held.clone()),
                held,
            );
        }
    }

    /// The field that an expression reads of a row, and the tables that the row may be of.
    fn read(
        &self,
        expr: &'a Expr,
        names: &Names<'a>,
        rows: &BTreeMap<&'a str, Rows>,
    ) -> Option<(BTreeSet<String>, &'a str)> {
        if let Expr::Call { fcn, params, .. } = expr {
            let chain = Chain::of(fcn);
            let is_get = chain.root_name() == Some("object") && !names.has("object");
            let [row, field, ..] = params.as_slice() else {
                return None;
            };
            let tables = rows.get(variable(row)?)?.clone()?;
            return Some((tables, text(field)?)).filter(|_| is_get && chain.steps.len() == 1);
        }
        if let Some(path) = names.path(expr, &self.locals) {
            let at = if path.below("index").is_some() { 4 } else { 2 };
            let field = path.steps.get(at)?.name()?;
            let row = Path {
                root: path.root,
                steps: path.steps.get(..at)?.to_vec(),
            };
            return Some((item(&row)?, field));
        }
        let chain = Chain::of(expr);
        let tables = rows.get(chain.root_name()?)?.clone()?;
        Some((tables, chain.steps.first()?.name()?))
    }
}

/// Why the `at` of an object that is written out is no place: it is another field of a row.
fn no_place(expr: &Expr, schema: &Schema, rows: &BTreeMap<&str, Rows>) -> Option<String> {
    let Expr::Object { fields, .. } = expr else {
        return None;
    };
    let (_, _, value) = fields.iter().find(|(_, key, _)| text(key) == Some("at"))?;
    let chain = Chain::of(value);
    let row = chain.root_name()?;
    let [Step::Name(field)] = chain.steps[..] else {
        return None;
    };
    let tables = rows.get(row)?.clone()?;
    let mut held = tables.iter().map(|table| schema.value(table, field));
    let first = held.next()??;
    held.all(|held| held.is_some()).then(|| {
        format!(
            "`{row}.{field}` ({first}) is no place: hand back the `at` of a row, such as `{row}.at`"
        )
    })
}

/// The table over whose rows a loop over the path goes.
fn list(path: &Path<'_>) -> Rows {
    let table = match path.below("index") {
        Some((lookup, [_])) => lookup.split_once("_by_")?.0,
        Some(_) => return None,
        None => path.table()?,
    };
    Some(BTreeSet::from([table.to_owned()]))
}

/// The table of which the path leads to a row.
fn item(path: &Path<'_>) -> Rows {
    let (last, steps) = path.steps.split_last()?;
    let above = Path {
        root: path.root,
        steps: steps.to_vec(),
    };
    let is_number = last.expr().is_some_and(|index| text(index).is_none());
    list(&above).filter(|_| is_number)
}

fn bind<'a>(rows: &mut BTreeMap<&'a str, Rows>, name: &'a str, held: Rows) {
    join(rows.entry(name).or_insert_with(|| held.clone()), held);
}

fn bind_all<'a>(rows: &mut BTreeMap<&'a str, Rows>, pattern: &'a Expr) {
    let mut open = vec![pattern];
    while let Some(expr) = open.pop() {
        if let Some(name) = variable(expr) {
            bind(rows, name, None);
        }
        open.extend(syntax::children(expr));
    }
}

fn join(known: &mut Rows, held: Rows) {
    match (known.as_mut(), held) {
        (Some(known), Some(held)) => known.extend(held),
        _ => *known = None,
    }
}
