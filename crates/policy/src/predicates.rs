//! What the statements of a query ask of a row, as far as a filter can ask it too. All statements of a query must hold, whatever
//! their order, so each counts by itself; one that is not understood counts for nothing.

use std::collections::BTreeMap;

use regorus::unstable::{AssignOp, BoolOp, Expr, Literal, LiteralStmt};

use crate::filter::{Condition, Step, Test};
use crate::functions::{Functions, joint};
use crate::syntax::{self, Chain, Node, plain, variable};

/// How many calls of functions are looked through, one inside of another.
const DEPTH: usize = 3;

/// Where the value of a variable is, seen from the row.
type Paths<'a> = BTreeMap<&'a str, Vec<Step>>;

/// What is known while the statements of a query are read.
struct Reader<'a, 'f> {
    functions: &'f Functions<'a>,
    paths: Paths<'a>,
    /// The variables of loops over texts that are written out.
    constants: BTreeMap<&'a str, Vec<String>>,
    conditions: Vec<Condition>,
    depth: usize,
}

/// What the statements ask of what the variable `row` holds.
pub(crate) fn conditions<'a>(
    row: &'a str,
    statements: &'a [LiteralStmt],
    functions: &Functions<'a>,
) -> Vec<Condition> {
    nested(row, statements, functions, DEPTH)
}

/// As [`conditions`], looking through `depth` calls.
fn nested<'a>(
    row: &'a str,
    statements: &'a [LiteralStmt],
    functions: &Functions<'a>,
    depth: usize,
) -> Vec<Condition> {
    let mut reader = Reader {
        functions,
        paths: BTreeMap::from([(row, Vec::new())]),
        constants: BTreeMap::new(),
        conditions: Vec::new(),
        depth,
    };
    for statement in statements {
        if statement.with_mods.is_empty() {
            reader.literal(&statement.literal);
        }
    }
    let mut conditions: Vec<Condition> = Vec::new();
    for condition in reader.conditions {
        if !conditions.contains(&condition) {
            conditions.push(condition);
        }
    }
    conditions
}

/// The definitions of the first function that is asked about the row itself in a statement of its own: what each of them asks.
/// One of them must hold.
pub(crate) fn alternatives<'a>(
    row: &str,
    statements: &'a [LiteralStmt],
    functions: &Functions<'a>,
) -> Option<Vec<Vec<Condition>>> {
    statements.iter().find_map(|statement| {
        let Literal::Expr { expr, .. } = &statement.literal else {
            return None;
        };
        let Expr::Call { fcn, params, .. } = &**expr else {
            return None;
        };
        let at = params
            .iter()
            .position(|param| variable(param) == Some(row))?;
        let found = functions.alternatives(fcn, params.len(), at, &|row, statements, home| {
            nested(row, statements, home, DEPTH)
        })?;
        let is_asked = found.iter().all(|asked| !asked.is_empty());
        (statement.with_mods.is_empty() && is_asked).then_some(found)
    })
}

impl<'a> Reader<'a, '_> {
    fn literal(&mut self, literal: &'a Literal) {
        match literal {
            Literal::SomeIn {
                key,
                value,
                collection,
                ..
            } => {
                self.demanded(collection);
                self.loops(key.as_deref(), value, collection);
            }
            Literal::Expr { expr, .. } => {
                self.demanded(expr);
                self.asked(expr);
            }
            Literal::NotExpr { expr, .. } => self.refused(expr),
            Literal::SomeVars { .. } | Literal::Every { .. } => {}
        }
    }

    /// `some x in row.list`: to loop over nothing is to fail. `some x in ["a", "b"]`: it is one of these.
    fn loops(&mut self, key: Option<&'a Expr>, value: &'a Expr, collection: &Expr) {
        let Some(path) = self.path(collection) else {
            if let (Some(name), Some(texts)) = (variable(value), self.texts(collection)) {
                self.constants.insert(name, texts);
            }
            return;
        };
        let below = |step| path.iter().cloned().chain([step]).collect::<Vec<_>>();
        self.push(below(Step::Each), Test::Exists);
        for (pattern, step) in [(key, Step::Keys), (Some(value), Step::Each)] {
            if let Some(name) = pattern.and_then(variable).filter(|name| *name != "_") {
                self.paths.insert(name, below(step));
            }
        }
    }

    /// What a statement asks.
    fn asked(&mut self, expr: &'a Expr) {
        match expr {
            Expr::AssignExpr {
                op: AssignOp::ColEq,
                lhs,
                rhs,
                ..
            } => self.assigned(lhs, rhs),
            Expr::AssignExpr {
                op: AssignOp::Eq,
                lhs,
                rhs,
                ..
            }
            | Expr::BoolExpr {
                op: BoolOp::Eq,
                lhs,
                rhs,
                ..
            } => {
                if !self.equal(lhs, rhs) {
                    self.equal(rhs, lhs);
                }
            }
            Expr::BoolExpr { op, lhs, rhs, .. } => self.compared(op, lhs, rhs),
            Expr::Membership {
                key: None,
                value,
                collection,
                ..
            } => self.member(value, collection),
            Expr::Call { fcn, params, .. } => self.called(fcn, params),
            _ => {
                if let Some(path) = self.path(expr) {
                    self.push(path, Test::Holds);
                }
            }
        }
    }

    /// `name := row.field`: to name what is not there is to fail.
    fn assigned(&mut self, lhs: &'a Expr, rhs: &Expr) {
        let Some(path) = self.path(rhs) else {
            return;
        };
        self.push(path.clone(), Test::Exists);
        if let Some(name) = variable(lhs).filter(|name| *name != "_") {
            self.paths.insert(name, path);
        }
    }

    /// `value == sought` with a constant; says whether it was one.
    fn equal(&mut self, value: &Expr, sought: &Expr) -> bool {
        if let Some(number) = syntax::number(sought) {
            if let Some(path) = self.path(value) {
                self.push(path, Test::Number(number));
            }
            return true;
        }
        let Some(texts) = self.sought(sought) else {
            return false;
        };
        if let Some(path) = self.path(value) {
            self.push(path, Test::In(texts));
        } else if let Some(path) = self.cased(value) {
            let texts = texts.iter().map(|text| text.to_lowercase());
            self.push(path, Test::Like(texts.collect()));
        }
        true
    }

    fn compared(&mut self, op: &BoolOp, lhs: &Expr, rhs: &Expr) {
        let (value, other, is_turned) = match (syntax::number(rhs), plain(rhs)) {
            (None, None) => (rhs, lhs, true),
            _ => (lhs, rhs, false),
        };
        let is_above = matches!((op, is_turned), (BoolOp::Gt, false) | (BoolOp::Lt, true));
        if let (BoolOp::Ne, Some(text)) = (op, plain(other)) {
            if let Some(path) = self.path(value) {
                self.push(path, Test::Not(text));
            }
        } else if let (true, Some(number)) = (is_above, syntax::number(other)) {
            if let Some(path) = self.path(value) {
                self.push(path, Test::Above(number));
            } else if let Some(path) = self.argument("count", value).filter(|_| number >= 0) {
                self.push(path, Test::Filled);
            }
        }
    }

    /// `row.kind in {"a", "b"}`, `"a" in row.names`.
    fn member(&mut self, value: &Expr, collection: &Expr) {
        if let Some(texts) = self.texts(collection) {
            if let Some(path) = self.path(value) {
                self.push(path, Test::In(texts));
            } else if let Some(path) = self.argument("lower", value) {
                self.push(path, Test::Like(texts));
            }
        } else if let (Some(texts), Some(mut path)) = (self.sought(value), self.path(collection)) {
            path.push(Step::Each);
            self.push(path, Test::In(texts));
        }
    }

    /// `startswith(row.name, "a")` and its kin.
    fn called(&mut self, fcn: &Expr, params: &[Node]) {
        let (Some(name), [value, sought]) = (variable(fcn), params) else {
            return;
        };
        let (Some(path), Some(texts)) = (self.path(value), self.sought(sought)) else {
            return;
        };
        if self.functions.is_defined(name) {
            return;
        }
        match name {
            "startswith" => self.push(path, Test::Starts(texts)),
            "endswith" => self.push(path, Test::Ends(texts)),
            "contains" => self.push(path, Test::Contains(texts)),
            _ => {}
        }
    }

    /// What a `not` asks.
    fn refused(&mut self, expr: &Expr) {
        let (value, texts) = match expr {
            Expr::Membership {
                key: None,
                value,
                collection,
                ..
            } => (&**value, self.texts(collection)),
            Expr::BoolExpr {
                op: BoolOp::Eq,
                lhs,
                rhs,
                ..
            } => match (plain(rhs), plain(lhs)) {
                (Some(text), _) => (&**lhs, Some(vec![text])),
                (None, Some(text)) => (&**rhs, Some(vec![text])),
                (None, None) => return,
            },
            _ => {
                if let Some(path) = self.path(expr) {
                    self.push(path, Test::Fails);
                }
                return;
            }
        };
        if let (Some(path), Some(texts)) = (self.path(value), texts) {
            self.push(path, Test::NotIn(texts));
        }
    }

    /// What must be there for a statement to hold: its calls of functions, and its lookups in objects that are written out.
    fn demanded(&mut self, expr: &'a Expr) {
        let mut open = vec![expr];
        while let Some(expr) = open.pop() {
            if syntax::query(expr).is_some() {
                continue;
            }
            match expr {
                Expr::Call { fcn, params, .. } => self.succeeds(fcn, params),
                Expr::RefBrack { .. } | Expr::RefDot { .. } => self.keyed(expr),
                _ => {}
            }
            open.extend(syntax::children(expr));
        }
    }

    /// What a call asks that must give something.
    fn succeeds(&mut self, fcn: &Expr, params: &[Node]) {
        for (at, param) in params.iter().enumerate() {
            let Some(path) = self.path(param).filter(|_| self.depth > 0) else {
                continue;
            };
            let found =
                self.functions
                    .alternatives(fcn, params.len(), at, &|row, statements, home| {
                        nested(row, statements, home, self.depth - 1)
                    });
            for condition in found.map(joint).unwrap_or_default() {
                let path = path.iter().chain(&condition.path).cloned().collect();
                self.push(path, condition.test);
            }
        }
    }

    /// `_object[row.field]` asks that the object has such a key.
    fn keyed(&mut self, expr: &Expr) {
        let chain = Chain::of(expr);
        let (Some(name), Some(syntax::Step::Expr(key))) = (chain.root_name(), chain.steps.first())
        else {
            return;
        };
        if let (Some(path), Some(keys)) = (self.path(key), self.functions.keys(name)) {
            self.push(path, Test::In(keys.to_vec()));
        }
    }

    /// The texts of a set or list that is written out, here or under a name.
    fn texts(&self, collection: &Expr) -> Option<Vec<String>> {
        match collection {
            Expr::Set { items, .. } | Expr::Array { items, .. } => {
                let texts: Option<Vec<String>> = items.iter().map(|item| plain(item)).collect();
                texts.filter(|texts| !texts.is_empty())
            }
            _ => {
                let name = variable(collection)?;
                self.functions.texts(name).map(<[String]>::to_vec)
            }
        }
    }

    /// The texts one of which `sought` is: one that is written out, or the variable of a loop over such.
    fn sought(&self, sought: &Expr) -> Option<Vec<String>> {
        match plain(sought) {
            Some(text) => Some(vec![text]),
            None => self.constants.get(variable(sought)?).cloned(),
        }
    }

    /// The path of what `lower(…)` or `upper(…)` makes another case of.
    fn cased(&self, call: &Expr) -> Option<Vec<Step>> {
        self.argument("lower", call)
            .or_else(|| self.argument("upper", call))
    }

    /// The path of the only argument of a call of this builtin.
    fn argument(&self, builtin: &str, call: &Expr) -> Option<Vec<Step>> {
        let Expr::Call { fcn, params, .. } = call else {
            return None;
        };
        let is_builtin = variable(fcn) == Some(builtin) && !self.functions.is_defined(builtin);
        match params.as_slice() {
            [only] if is_builtin => self.path(only),
            _ => None,
        }
    }

    /// The way to a value from the row, if it hangs below it.
    fn path(&self, expr: &Expr) -> Option<Vec<Step>> {
        let chain = Chain::of(expr);
        let mut path = self.paths.get(chain.root_name()?)?.clone();
        for step in chain.steps {
            path.push(match step {
                syntax::Step::Name(name) if is_name(name) => Step::Field(name.to_owned()),
                syntax::Step::Name(_) => return None,
                syntax::Step::Expr(index) => {
                    let number = usize::try_from(syntax::number(index)?).ok()?;
                    Step::Item(number)
                }
            });
        }
        Some(path)
    }

    fn push(&mut self, path: Vec<Step>, test: Test) {
        // The row itself is there, and is neither text nor number.
        if !matches!(path.first(), Some(Step::Field(_))) && self.depth == DEPTH {
            return;
        }
        // A key may be the number of a list's item, which no filter sees: it is asked only for what no number is.
        let is_of_text = matches!(
            test,
            Test::In(_) | Test::Like(_) | Test::Starts(_) | Test::Ends(_) | Test::Contains(_)
        );
        if path.contains(&Step::Keys) && !is_of_text {
            return;
        }
        self.conditions.push(Condition { path, test });
    }
}

/// Whether a field's name can be in a filter.
fn is_name(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !text.is_empty() && text.bytes().all(is_part)
}
