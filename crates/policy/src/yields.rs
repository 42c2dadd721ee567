//! What the findings of a policy say about themselves, read from its syntax tree.

use std::collections::BTreeMap;

use crate::family::ABOUT;
use regorus::unstable::{Expr, Literal, Module, Query, Ref, Rule, RuleBody, RuleHead};

/// Names that the program reads, besides those of messages and conditions.
pub const READ: &[&str] = &["at", "field", "related", "severity", ABOUT];

/// Names that a finding cannot have, and why.
pub const REFUSED: &[(&str, &str)] = &[
    (
        "fix",
        "a finding brings no `fix`: which bytes would have to change cannot be told from the place that it shows; remove it",
    ),
    (
        "aliases",
        "a finding brings no `aliases`: give them a condition in METADATA, `{id: tool:ID, when: FACT}`, and let the finding say the fact",
    ),
    (
        "except",
        "a finding brings no `except`: give the alias a condition in METADATA, `{id: tool:ID, unless: FACT}`, and let the finding say the fact",
    ),
];

/// Why a value that a rule yielded cannot be taken: it has a name that no finding may have.
pub fn refusal<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<&'static str> {
    let mut names = names.into_iter();
    names
        .find_map(|name| REFUSED.iter().find(|(refused, _)| *refused == name))
        .map(|(_, reason)| *reason)
}

/// What the findings of a policy say.
pub struct Yields {
    /// The names that they bring.
    pub names: BTreeMap<String, Name>,
    /// Whether each finding is an object that is written out, so that these are all names.
    pub is_known: bool,
    /// How many such objects there are.
    objects: usize,
}

impl Yields {
    /// Whether each finding brings the name.
    pub fn is_everywhere(&self, name: &str) -> bool {
        let found = self.names.get(name);
        found.is_some_and(|found| found.objects == self.objects)
    }
}

/// A name that findings bring.
pub struct Name {
    /// Of its first place, counted from 1.
    pub line: usize,
    /// Whether its value is always one that the policy writes out or computes, not a field of a row.
    pub is_written: bool,
    /// In how many of the objects it is.
    objects: usize,
}

/// What the findings of a policy say.
pub(crate) fn yields(module: &Module) -> Yields {
    let mut names = BTreeMap::new();
    let mut walk = Walk {
        module,
        names: &mut names,
        objects: 0,
    };
    let is_known = walk.findings();
    let objects = walk.objects;
    Yields {
        names,
        is_known,
        objects,
    }
}

/// One walk from `deny` to the objects that it yields.
struct Walk<'m> {
    module: &'m Module,
    names: &'m mut BTreeMap<String, Name>,
    objects: usize,
}

impl Walk<'_> {
    /// Collects the names of all findings; whether each is an object that is written out somewhere.
    fn findings(&mut self) -> bool {
        let module = self.module;
        let mut is_known = true;
        for rule in &module.policy {
            if let Rule::Spec {
                head: RuleHead::Set { refr, key, .. },
                bodies,
                ..
            } = rule.as_ref()
                && text(refr) == "deny"
            {
                is_known &= key.as_ref().is_some_and(|key| self.object(key, bodies, 0));
            }
        }
        is_known
    }

    /// Collects the names of an object: one that is written out, a variable of the body, or what a function of the policy gives.
    fn object(&mut self, value: &Ref<Expr>, bodies: &[RuleBody], depth: usize) -> bool {
        const DEPTH: usize = 8;
        let module = self.module;
        match value.as_ref() {
            _ if depth > DEPTH => false,
            Expr::Object { fields, .. } => {
                self.objects += 1;
                for (_, key, value) in fields {
                    if let Expr::String { span, .. } = key.as_ref() {
                        self.name(span.text(), span.line as usize, value);
                    }
                }
                true
            }
            Expr::Var { span, .. } => {
                let name = span.text();
                let assigned = bodies.iter().flat_map(|body| assigned(&body.query, name));
                let assigned: Vec<&Ref<Expr>> = assigned.collect();
                let mut is_known = !assigned.is_empty();
                for value in assigned {
                    is_known &= self.object(value, bodies, depth + 1);
                }
                is_known
            }
            Expr::Call { fcn, .. } => {
                let name = text(fcn);
                let mut is_known = false;
                for rule in &module.policy {
                    let Rule::Spec {
                        head: RuleHead::Func { refr, assign, .. },
                        bodies,
                        ..
                    } = rule.as_ref()
                    else {
                        continue;
                    };
                    if text(refr) != name {
                        continue;
                    }
                    let values = assign.iter().map(|assign| &assign.value);
                    let others = bodies
                        .iter()
                        .filter_map(|body| body.assign.as_ref().map(|assign| &assign.value));
                    for value in values.chain(others) {
                        is_known = true;
                        if !self.object(value, bodies, depth + 1) {
                            return false;
                        }
                    }
                }
                is_known
            }
            _ => false,
        }
    }

    fn name(&mut self, name: &str, line: usize, value: &Ref<Expr>) {
        let is_written = !matches!(value.as_ref(), Expr::RefDot { .. });
        let known = self.names.entry(name.to_owned()).or_insert(Name {
            line,
            is_written,
            objects: 0,
        });
        known.is_written &= is_written;
        known.objects += 1;
    }
}

/// What a body assigns to a name.
fn assigned<'q>(query: &'q Ref<Query>, name: &str) -> impl Iterator<Item = &'q Ref<Expr>> {
    query
        .stmts
        .iter()
        .filter_map(move |statement| match &statement.literal {
            Literal::Expr { expr, .. } => match expr.as_ref() {
                Expr::AssignExpr { lhs, rhs, .. } if text(lhs) == name => Some(rhs),
                _ => None,
            },
            _ => None,
        })
}

/// The text of an expression, as it is written.
fn text(expression: &Ref<Expr>) -> &str {
    expression.span().text()
}
