//! What the findings of a policy say about themselves, read from its syntax tree.

use std::collections::BTreeMap;

use crate::family::{ABOUT, MINOR};
use regorus::unstable::{Expr, Literal, Module, Query, Ref, Rule, RuleHead};

/// Names that the program reads, besides those of messages and conditions.
pub const READ: &[&str] = &["at", "field", "related", "severity", ABOUT, MINOR];

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
    let mut names: BTreeMap<String, Name> = BTreeMap::new();
    let mut objects = 0;
    let is_known = each_finding(module, &mut |value, _| {
        let Expr::Object { fields, .. } = value else {
            return;
        };
        objects += 1;
        for (_, key, value) in fields {
            if let Expr::String { span, .. } = key.as_ref() {
                let is_written = !matches!(value.as_ref(), Expr::RefDot { .. });
                let name = names.entry(span.text().to_owned()).or_insert(Name {
                    line: span.line as usize,
                    is_written,
                    objects: 0,
                });
                name.is_written &= is_written;
                name.objects += 1;
            }
        }
    });
    Yields {
        names,
        is_known,
        objects,
    }
}

/// The queries in which the names of a value are bound.
pub(crate) type Queries<'m> = Vec<&'m Ref<Query>>;

/// Shows `look` every value that `deny` yields, as far as it can be followed: mostly an object that is written out. Says whether
/// all of them are such objects.
pub(crate) fn each_finding<'m>(
    module: &'m Module,
    look: &mut dyn FnMut(&'m Expr, &Queries<'m>),
) -> bool {
    let mut walk = Walk { module, look };
    let mut is_known = true;
    for rule in &module.policy {
        let Rule::Spec { head, bodies, .. } = rule.as_ref() else {
            continue;
        };
        let queries: Queries = bodies.iter().map(|body| &body.query).collect();
        match head {
            RuleHead::Set { refr, key, .. } if text(refr) == "deny" => {
                is_known &= key.as_ref().is_some_and(|key| walk.value(key, &queries, 0));
            }
            RuleHead::Compr { refr, assign, .. } if text(refr) == "deny" => {
                is_known &= assign
                    .as_ref()
                    .is_some_and(|assign| walk.whole(&assign.value, &queries));
            }
            _ => {}
        }
    }
    is_known
}

/// One walk from `deny` to the values that it yields.
struct Walk<'m, 'l> {
    module: &'m Module,
    look: &'l mut dyn FnMut(&'m Expr, &Queries<'m>),
}

impl<'m> Walk<'m, '_> {
    /// Follows a set of findings that is written as one value.
    fn whole(&mut self, set: &'m Ref<Expr>, queries: &Queries<'m>) -> bool {
        match set.as_ref() {
            Expr::Set { items, .. } => items.iter().fold(true, |is_known, item| {
                is_known & self.value(item, queries, 0)
            }),
            Expr::SetCompr { term, query, .. } => self.value(term, &vec![query], 0),
            _ => false,
        }
    }

    /// Follows a finding: an object that is written out, a variable of the query, or what a function of the policy gives.
    fn value(&mut self, value: &'m Ref<Expr>, queries: &Queries<'m>, depth: usize) -> bool {
        const DEPTH: usize = 8;
        match value.as_ref() {
            _ if depth > DEPTH => false,
            Expr::Object { .. } => {
                (self.look)(value, queries);
                true
            }
            Expr::Var { span, .. } => {
                let assigned = assigned(queries, span.text());
                let mut is_known = !assigned.is_empty();
                for value in assigned {
                    is_known &= self.value(value, queries, depth + 1);
                }
                is_known
            }
            Expr::Call { fcn, .. } => self.given(text(fcn), depth),
            _ => {
                (self.look)(value, queries);
                false
            }
        }
    }

    /// Follows what the functions of that name give.
    fn given(&mut self, name: &str, depth: usize) -> bool {
        let module = self.module;
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
            let queries: Queries = bodies.iter().map(|body| &body.query).collect();
            let others = bodies.iter().filter_map(|body| body.assign.as_ref());
            for assign in assign.iter().chain(others) {
                is_known = true;
                if !self.value(&assign.value, &queries, depth + 1) {
                    return false;
                }
            }
        }
        is_known
    }
}

/// What queries assign to a name.
pub(crate) fn assigned<'m>(queries: &Queries<'m>, name: &str) -> Vec<&'m Ref<Expr>> {
    let statements = queries.iter().flat_map(|query| &query.stmts);
    let assigned = statements.filter_map(|statement| match &statement.literal {
        Literal::Expr { expr, .. } => match expr.as_ref() {
            Expr::AssignExpr { lhs, rhs, .. } if text(lhs) == name => Some(rhs),
            _ => None,
        },
        _ => None,
    });
    assigned.collect()
}

/// The text of an expression, as it is written.
fn text(expression: &Ref<Expr>) -> &str {
    expression.span().text()
}
