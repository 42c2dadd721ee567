//! What an expression compares, and which contexts it takes for true or false.

use std::ops::Range;

use github_actions_expressions::literal::Literal as Value;
use github_actions_expressions::op::BinOp;
use github_actions_expressions::{Expr, SpannedExpr};

use super::Expression;
use super::walk::dotted;
use crate::span::Span;

/// A context that is compared with a literal.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The context, dotted and in lower case.
    pub path: String,
    /// The literal.
    pub with: Operand,
    /// Whether by `==`; by `!=` if not.
    pub is_equality: bool,
    /// From the left side to the right one.
    pub span: Span,
}

/// A literal, as its type.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// In quotes.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number,
}

/// Adds the comparisons and the contexts that are asked whether they are true.
pub(super) fn walk(
    tree: &SpannedExpr,
    place: &impl Fn(Range<usize>) -> Span,
    into: &mut Expression,
) {
    ask(tree, place, into);
    node(tree, place, into);
}

fn node(tree: &SpannedExpr, place: &impl Fn(Range<usize>) -> Span, into: &mut Expression) {
    match &tree.inner {
        Expr::BinExpr(binary) => {
            match binary.op {
                // The right side of both may be the result, a text as it is.
                BinOp::And | BinOp::Or => ask(&binary.lhs, place, into),
                BinOp::Eq | BinOp::Neq => compare(tree, place, into),
                _ => {}
            }
            node(&binary.lhs, place, into);
            node(&binary.rhs, place, into);
        }
        Expr::UnExpr { expr, .. } => {
            ask(expr, place, into);
            node(expr, place, into);
        }
        Expr::Call(call) => {
            for argument in &call.args {
                node(argument, place, into);
            }
        }
        _ => {}
    }
}

fn ask(tree: &SpannedExpr, place: &impl Fn(Range<usize>) -> Span, into: &mut Expression) {
    if let Some(path) = path(tree) {
        into.asked.push((path, place(tree.origin.span.as_range())));
    }
}

fn compare(tree: &SpannedExpr, place: &impl Fn(Range<usize>) -> Span, into: &mut Expression) {
    let Expr::BinExpr(binary) = &tree.inner else {
        return;
    };
    let sides = [(&binary.lhs, &binary.rhs), (&binary.rhs, &binary.lhs)];
    for (context, literal) in sides {
        if let (Some(path), Some(with)) = (path(context), operand(literal)) {
            into.comparisons.push(Comparison {
                path,
                with,
                is_equality: matches!(binary.op, BinOp::Eq),
                span: place(tree.origin.span.as_range()),
            });
        }
    }
}

fn path(tree: &SpannedExpr) -> Option<String> {
    match &tree.inner {
        Expr::Context(context) => dotted(&context.parts),
        _ => None,
    }
}

fn operand(tree: &SpannedExpr) -> Option<Operand> {
    match &tree.inner {
        Expr::Literal(Value::String(text)) => Some(Operand::Text(text.to_string())),
        Expr::Literal(Value::Boolean(value)) => Some(Operand::Bool(*value)),
        Expr::Literal(Value::Number(_)) => Some(Operand::Number),
        _ => None,
    }
}
