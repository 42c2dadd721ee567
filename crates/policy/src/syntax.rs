//! The syntax tree of a policy: read by the engine's own parser, with the few questions that the analyses share.

use std::ops::Range;

use regorus::Value;
use regorus::unstable::{Expr, Module, Parser, Query, Ref, Rule, RuleHead, Source, Span};

use crate::complaint::{Complaint, column};
use crate::metadata::Fault;

/// An expression that its parent holds.
pub(crate) type Node = Ref<Expr>;

/// A policy or library, parsed.
#[derive(Debug)]
pub(crate) struct Syntax {
    /// The file.
    pub(crate) path: String,
    /// Its text; all spans are bytes of it.
    pub(crate) text: String,
    /// Its tree.
    pub(crate) module: Module,
}

impl Syntax {
    /// Parses a text that [`crate::limits::scan`] let through.
    ///
    /// # Errors
    /// What the engine says, with its place.
    pub(crate) fn parse(path: &str, text: &str) -> Result<Self, Fault> {
        let parsed = || {
            let source = Source::from_contents(path.to_owned(), text.to_owned())?;
            let mut parser = Parser::new(&source)?;
            parser.enable_rego_v1()?;
            parser.parse().map(|module| (source, module))
        };
        let (source, module) = parsed().map_err(|error| {
            let complaint = Complaint::read(&error.to_string());
            let line = text.lines().nth(complaint.line.saturating_sub(1));
            let fault = Fault::new(
                complaint.line.max(1),
                format!("syntax error: {}", complaint.message),
            );
            Fault {
                column: line.map_or(0, |line| column(line, complaint.column)),
                ..fault
            }
        })?;
        Ok(Self {
            path: path.to_owned(),
            text: source.contents().clone(),
            module,
        })
    }

    /// The definitions, in their order.
    pub(crate) fn definitions(&self) -> impl Iterator<Item = Definition<'_>> {
        self.module.policy.iter().map(|rule| Definition::of(rule))
    }

    /// The package as a path of names, `["rules", "image", "latest-tag"]`.
    pub(crate) fn package(&self) -> Vec<&str> {
        let chain = Chain::of(&self.module.package.refr);
        let mut names: Vec<&str> = chain.root_name().into_iter().collect();
        names.extend(chain.steps.iter().filter_map(Step::name));
        names
    }
}

/// A definition: one rule or function, with all its bodies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Definition<'a> {
    pub(crate) rule: &'a Rule,
    /// The reference that is defined.
    pub(crate) refr: &'a Expr,
    /// The parameters; none if it is no function.
    pub(crate) args: &'a [Ref<Expr>],
}

impl<'a> Definition<'a> {
    fn of(rule: &'a Rule) -> Self {
        let (refr, args): (&Expr, &[Ref<Expr>]) = match rule {
            Rule::Spec { head, .. } => match head {
                RuleHead::Compr { refr, .. } | RuleHead::Set { refr, .. } => (refr, &[]),
                RuleHead::Func { refr, args, .. } => (refr, args),
            },
            Rule::Default { refr, args, .. } => (refr, args),
        };
        Self { rule, refr, args }
    }

    /// The first name of what is defined.
    pub(crate) fn name(&self) -> &'a str {
        Chain::of(self.refr).root_name().unwrap_or_default()
    }

    /// Its line, counted from 1.
    pub(crate) fn line(&self) -> usize {
        self.rule.span().line as usize
    }

    /// The bodies' queries, and whether one of them is behind `else`.
    pub(crate) fn queries(&self) -> impl Iterator<Item = &'a Query> {
        let bodies = match self.rule {
            Rule::Spec { bodies, .. } => bodies.as_slice(),
            Rule::Default { .. } => &[],
        };
        bodies.iter().map(|body| &*body.query)
    }

    /// What is outside of the bodies: key, value, the values behind `else`.
    pub(crate) fn values(&self) -> Vec<&'a Expr> {
        let mut values: Vec<&Expr> = Vec::new();
        match self.rule {
            Rule::Spec { head, bodies, .. } => {
                match head {
                    RuleHead::Set { key, .. } => values.extend(key.iter().map(|key| &**key)),
                    RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. } => {
                        values.extend(assign.iter().map(|assign| &*assign.value));
                    }
                }
                let assigns = bodies.iter().filter_map(|body| body.assign.as_ref());
                values.extend(assigns.map(|assign| &*assign.value));
            }
            Rule::Default { value, .. } => values.push(value),
        }
        values.extend(Chain::of(self.refr).steps.iter().filter_map(Step::expr));
        values
    }
}

/// A step of a reference.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    /// `.name` or `["name"]`.
    Name(&'a str),
    /// `[…]` with anything else.
    Expr(&'a Expr),
}

impl<'a> Step<'a> {
    /// The name, if it is one.
    pub(crate) fn name(&self) -> Option<&'a str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Expr(_) => None,
        }
    }

    /// What is in the brackets, if it is no name.
    pub(crate) fn expr(&self) -> Option<&'a Expr> {
        match self {
            Self::Name(_) => None,
            Self::Expr(expr) => Some(expr),
        }
    }
}

/// A reference taken apart: `input.index["x"][key].at`.
#[derive(Clone, Debug)]
pub(crate) struct Chain<'a> {
    /// What it begins with: mostly a variable.
    pub(crate) root: &'a Expr,
    /// What hangs below.
    pub(crate) steps: Vec<Step<'a>>,
}

impl<'a> Chain<'a> {
    /// Takes any expression apart; one that is no reference is its own root.
    pub(crate) fn of(expr: &'a Expr) -> Self {
        let mut steps = Vec::new();
        let mut root = expr;
        loop {
            match root {
                Expr::RefDot { refr, field, .. } => {
                    steps.push(text_of_value(&field.1).map_or(Step::Name(""), Step::Name));
                    root = refr;
                }
                Expr::RefBrack { refr, index, .. } => {
                    steps.push(text(index).map_or(Step::Expr(index), Step::Name));
                    root = refr;
                }
                _ => break,
            }
        }
        steps.reverse();
        Self { root, steps }
    }

    /// The name of the variable that it begins with.
    pub(crate) fn root_name(&self) -> Option<&'a str> {
        variable(self.root)
    }
}

/// The name of a variable.
pub(crate) fn variable(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Var { span, .. } => Some(span.text()),
        _ => None,
    }
}

/// The text that a string stands for.
pub(crate) fn text(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::String { value, .. } | Expr::RawString { value, .. } => text_of_value(value),
        _ => None,
    }
}

fn text_of_value(value: &Value) -> Option<&str> {
    value.as_string().ok().map(AsRef::as_ref)
}

/// The whole number that a number is.
pub(crate) fn number(expr: &Expr) -> Option<i64> {
    match expr {
        Expr::Number { value, .. } => value.as_i64().ok(),
        _ => None,
    }
}

/// The expressions right below one, without the queries of comprehensions.
pub(crate) fn children(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::String { .. }
        | Expr::RawString { .. }
        | Expr::Number { .. }
        | Expr::Bool { .. }
        | Expr::Null { .. }
        | Expr::Var { .. } => Vec::new(),
        Expr::Array { items, .. } | Expr::Set { items, .. } => {
            items.iter().map(|item| &**item).collect()
        }
        Expr::Object { fields, .. } => {
            let fields = fields.iter();
            fields
                .flat_map(|(_, key, value)| [&**key, &**value])
                .collect()
        }
        Expr::ArrayCompr { term, .. } | Expr::SetCompr { term, .. } => vec![term],
        Expr::ObjectCompr { key, value, .. } => vec![key, value],
        Expr::Call { fcn, params, .. } => {
            let mut found: Vec<&Expr> = vec![fcn];
            found.extend(params.iter().map(|param| &**param));
            found
        }
        Expr::UnaryExpr { expr, .. } => vec![expr],
        Expr::RefDot { refr, .. } => vec![refr],
        Expr::RefBrack { refr, index, .. } => vec![refr, index],
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => vec![lhs, rhs],
        Expr::Membership {
            key,
            value,
            collection,
            ..
        } => {
            let mut found: Vec<&Expr> = key.iter().map(|key| &**key).collect();
            found.push(value);
            found.push(collection);
            found
        }
    }
}

/// The query of a comprehension.
pub(crate) fn query(expr: &Expr) -> Option<&Query> {
    match expr {
        Expr::ArrayCompr { query, .. }
        | Expr::SetCompr { query, .. }
        | Expr::ObjectCompr { query, .. } => Some(query),
        _ => None,
    }
}

/// The bytes of an expression.
pub(crate) fn bytes(expr: &Expr) -> Range<usize> {
    range(expr.span())
}

/// The bytes of a span. The engine's own leave out the quotes of a string that they begin or end with, and no token but a string has
/// a quote beside it.
pub(crate) fn range(span: &Span) -> Range<usize> {
    let text = span.source.contents().as_bytes();
    let is_quote = |at: usize| matches!(text.get(at), Some(b'"' | b'`'));
    let (start, end) = (span.start as usize, span.end as usize);
    let opens = start > 0 && is_quote(start - 1);
    let closes = is_quote(end);
    start - usize::from(opens)..end + usize::from(closes)
}

/// A text that a filter's own quotes can hold.
pub(crate) fn plain(expr: &Expr) -> Option<String> {
    let text = text(expr)?;
    (!text.contains(['"', '\\', '`', '\n', '\r'])).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use regorus::unstable::Literal;

    #[test]
    fn spans_hold_the_quotes_of_strings() {
        let text = "package a\n\nx if {\n\t\"\\\"b\" in y\n\ty == `c`\n\t\"\" != \"\"\n}\n";
        let syntax = Syntax::parse("a.rego", text).unwrap();
        let definition = syntax.definitions().next().unwrap();
        let statements = definition.queries().flat_map(|query| &query.stmts);
        let found: Vec<(&str, &str)> = statements
            .map(|statement| {
                let Literal::Expr { expr, .. } = &statement.literal else {
                    panic!("no expression");
                };
                (&text[range(&statement.span)], &text[bytes(expr)])
            })
            .collect();
        let expected = ["\"\\\"b\" in y", "y == `c`", "\"\" != \"\""];
        assert_eq!(found, expected.map(|text| (text, text)));
    }
}
