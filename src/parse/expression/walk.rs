//! The tree of an expression becomes the flat lists that rules ask for.

use std::ops::Range;

use github_actions_expressions::call::Function as Builtin;
use github_actions_expressions::literal::Literal as Value;
use github_actions_expressions::op::BinOp;
use github_actions_expressions::{Expr, SpannedExpr};

use super::{Context, Expression, Function, Literal, Shape};
use crate::span::Span;

/// Adds what the tree reads, calls and says; `place` turns a range of the code into a span of the file.
pub(super) fn walk(
    tree: &SpannedExpr,
    place: &impl Fn(Range<usize>) -> Span,
    into: &mut Expression,
) {
    into.shape = match &tree.inner {
        Expr::Context(_) | Expr::Identifier(_) => Shape::Context,
        Expr::Call(_) => Shape::Call,
        Expr::Literal(_) => Shape::Literal,
        Expr::UnExpr { .. } => Shape::Boolean,
        Expr::BinExpr(binary) if matches!(binary.op, BinOp::And | BinOp::Or) => Shape::Logical,
        Expr::BinExpr(_) => Shape::Boolean,
        Expr::Star | Expr::Index(_) => Shape::Unknown,
    };
    let way = Way {
        flows: true,
        has_default: false,
        is_refused: false,
    };
    node(tree, way, place, into);
}

/// What the nodes above one make of its value.
#[derive(Clone, Copy)]
struct Way {
    flows: bool,
    has_default: bool,
    is_refused: bool,
}

impl Way {
    /// The way to a part that itself has no default.
    fn through(self, flows: bool) -> Self {
        Self {
            flows: self.flows && flows,
            has_default: false,
            ..self
        }
    }

    /// The way to what is asked not to be.
    fn refused(self) -> Self {
        Self {
            is_refused: !self.is_refused,
            ..self.through(false)
        }
    }
}

fn node(
    tree: &SpannedExpr,
    way: Way,
    place: &impl Fn(Range<usize>) -> Span,
    into: &mut Expression,
) {
    let span = || place(tree.origin.span.as_range());
    match &tree.inner {
        Expr::Literal(value) => into.literals.push(Literal {
            text: value.as_str().into_owned(),
            is_string: matches!(value, Value::String(_)),
            is_refused: way.is_refused,
            span: span(),
        }),
        Expr::Call(call) => {
            into.functions.push(Function {
                name: name(call.func).to_owned(),
                span: span(),
                arguments: call.args.len(),
            });
            for (number, argument) in call.args.iter().enumerate() {
                let passes_on = passes_on(call.func, number, call.args.len());
                node(argument, way.through(passes_on), place, into);
            }
        }
        Expr::Context(context) => {
            if let Some(path) = dotted(&context.parts) {
                into.contexts.push(Context {
                    path,
                    span: span(),
                    flows: way.flows,
                    has_default: way.has_default,
                });
            }
            let is_named = matches!(
                context.parts.first().map(|part| &part.inner),
                Some(Expr::Identifier(_))
            );
            for (number, part) in context.parts.iter().enumerate() {
                match &part.inner {
                    Expr::Identifier(_) | Expr::Star => {}
                    Expr::Index(index) if matches!(index.inner, Expr::Literal(_)) => {}
                    Expr::Index(index) => node(index, way.through(false), place, into),
                    _ => node(part, way.through(number == 0 && !is_named), place, into),
                }
            }
        }
        Expr::BinExpr(binary) => {
            let is_or = matches!(binary.op, BinOp::Or);
            let is_and = matches!(binary.op, BinOp::And);
            if matches!(binary.op, BinOp::Neq) {
                node(&binary.lhs, way.refused(), place, into);
                node(&binary.rhs, way.refused(), place, into);
                return;
            }
            let left = Way {
                has_default: is_or,
                ..way.through(is_or)
            };
            let right = Way {
                has_default: is_or && way.has_default,
                ..way.through(is_or || is_and)
            };
            node(&binary.lhs, left, place, into);
            node(&binary.rhs, right, place, into);
        }
        Expr::UnExpr { expr, .. } => node(expr, way.refused(), place, into),
        Expr::Index(index) => node(index, way.through(false), place, into),
        Expr::Identifier(_) | Expr::Star => {}
    }
}

/// `github.event.issue.title` of its parts; nothing if it does not begin with a name.
pub(super) fn dotted(parts: &[SpannedExpr]) -> Option<String> {
    let mut path = String::new();
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            path.push('.');
        }
        match &part.inner {
            Expr::Identifier(name) => path.push_str(name.as_str()),
            _ if number == 0 => return None,
            Expr::Index(index) => match &index.inner {
                Expr::Literal(Value::String(text)) => path.push_str(text),
                _ => path.push('*'),
            },
            _ => path.push('*'),
        }
    }
    path.make_ascii_lowercase();
    Some(path)
}

/// Whether an argument's value can become part of the function's result.
fn passes_on(function: Builtin, number: usize, count: usize) -> bool {
    match function {
        Builtin::Format | Builtin::Join | Builtin::ToJSON | Builtin::FromJSON => true,
        Builtin::Case => number % 2 == 1 || number + 1 == count,
        _ => false,
    }
}

/// A function's name, lower case.
pub(super) fn name(function: Builtin) -> &'static str {
    match function {
        Builtin::Contains => "contains",
        Builtin::StartsWith => "startswith",
        Builtin::EndsWith => "endswith",
        Builtin::Format => "format",
        Builtin::Join => "join",
        Builtin::ToJSON => "tojson",
        Builtin::FromJSON => "fromjson",
        Builtin::HashFiles => "hashfiles",
        Builtin::Case => "case",
        Builtin::Success => "success",
        Builtin::Always => "always",
        Builtin::Cancelled => "cancelled",
        Builtin::Failure => "failure",
    }
}
