//! Where the type of a context or a literal matters: arguments of functions, sides of comparisons, indices.

use std::ops::Range;

use github_actions_expressions::literal::Literal as Value;
use github_actions_expressions::op::BinOp;
use github_actions_expressions::{Expr, SpannedExpr};

use super::walk::{dotted, name};
use super::{Expression, Shape};
use crate::span::Span;

/// A context or a literal, where its type matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// What takes it.
    pub taken_by: Taker,
    /// What it is.
    pub value: TypedValue,
    /// Where it stands.
    pub span: Span,
}

/// What takes a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taker {
    /// An argument, from 0, of a function in lower case.
    Argument(&'static str, usize),
    /// A side of `<`, `<=`, `>` or `>=`.
    Order,
    /// A side of `==` or `!=`, of which the other is a literal that is not `null`.
    Equality,
    /// An index of this context.
    Index(String),
}

/// A value whose type can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedValue {
    /// A context, dotted and in lower case.
    Path(String),
    /// A text.
    Text(String),
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// `null`.
    Null,
}

/// Adds those of a tree, and how it hides what is constant in it.
pub(super) fn walk(
    tree: &SpannedExpr,
    place: &impl Fn(Range<usize>) -> Span,
    into: &mut Expression,
) {
    // A lone context takes nothing, and most expressions are one.
    if into.shape == Shape::Context && !into.text.contains('[') {
        return;
    }
    into.is_reducible |= into.shape == Shape::Literal;
    node(tree, place, into);
}

/// The same of a part; whether it has one value in every run.
fn node(tree: &SpannedExpr, place: &impl Fn(Range<usize>) -> Span, into: &mut Expression) -> bool {
    match &tree.inner {
        Expr::Literal(_) => true,
        Expr::BinExpr(binary) => {
            sides(tree, place, into);
            let is_left = node(&binary.lhs, place, into);
            let is_right = node(&binary.rhs, place, into);
            into.is_reducible |= is_left && is_right;
            is_left && is_right
        }
        Expr::UnExpr { expr, .. } => {
            let is_constant = node(expr, place, into);
            into.is_reducible |= is_constant;
            is_constant
        }
        Expr::Call(call) => {
            for (number, argument) in call.args.iter().enumerate() {
                let taker = Taker::Argument(name(call.func), number);
                take(taker, argument, place, into);
            }
            let mut is_constant = !call.args.is_empty() && name(call.func) != "hashfiles";
            for argument in &call.args {
                is_constant &= node(argument, place, into);
            }
            // JSON is written so because nothing else makes a list.
            into.is_reducible |= is_constant && name(call.func) != "fromjson";
            is_constant
        }
        Expr::Context(context) => {
            for (number, part) in context.parts.iter().enumerate() {
                let Expr::Index(index) = &part.inner else {
                    continue;
                };
                let is_computed = !matches!(index.inner, Expr::Literal(_) | Expr::Star);
                into.has_computed_index |= is_computed;
                if is_computed {
                    node(index, place, into);
                }
                if matches!(index.inner, Expr::Context(_))
                    && let Some(base) = dotted(&context.parts[..number])
                {
                    take(Taker::Index(base), index, place, into);
                }
            }
            false
        }
        _ => false,
    }
}

/// The sides of a comparison.
fn sides(tree: &SpannedExpr, place: &impl Fn(Range<usize>) -> Span, into: &mut Expression) {
    let Expr::BinExpr(binary) = &tree.inner else {
        return;
    };
    match binary.op {
        BinOp::Gt | BinOp::Ge | BinOp::Lt | BinOp::Le => {
            take(Taker::Order, &binary.lhs, place, into);
            take(Taker::Order, &binary.rhs, place, into);
        }
        BinOp::Eq | BinOp::Neq => {
            for (side, other) in [(&binary.lhs, &binary.rhs), (&binary.rhs, &binary.lhs)] {
                let is_null = matches!(other.inner, Expr::Literal(Value::Null));
                let is_literal = matches!(other.inner, Expr::Literal(_)) && !is_null;
                if is_literal && matches!(side.inner, Expr::Context(_)) {
                    take(Taker::Equality, side, place, into);
                }
            }
        }
        BinOp::And | BinOp::Or => {}
    }
}

fn take(
    taken_by: Taker,
    taken: &SpannedExpr,
    place: &impl Fn(Range<usize>) -> Span,
    into: &mut Expression,
) {
    let wants_scalar = match &taken_by {
        Taker::Argument(function, _) => *function == "fromjson",
        Taker::Order | Taker::Index(_) => true,
        Taker::Equality => false,
    };
    if !wants_scalar && is_scalar(taken) {
        return;
    }
    if let Some(value) = value(taken) {
        into.typed.push(Typed {
            taken_by,
            value,
            span: place(taken.origin.span.as_range()),
        });
    }
}

/// Whether it is a literal, or a context that is known to be no mapping and no list.
fn is_scalar(tree: &SpannedExpr) -> bool {
    match &tree.inner {
        Expr::Literal(_) => true,
        Expr::Context(context) => match context.parts.as_slice() {
            [first, second] => match (&first.inner, &second.inner) {
                (Expr::Identifier(name), Expr::Identifier(property)) => match name.as_str() {
                    "github" => property.as_str() != "event",
                    name => matches!(name, "env" | "inputs" | "secrets" | "vars" | "runner"),
                },
                _ => false,
            },
            _ => false,
        },
        _ => false,
    }
}

fn value(tree: &SpannedExpr) -> Option<TypedValue> {
    match &tree.inner {
        Expr::Context(context) => dotted(&context.parts).map(TypedValue::Path),
        Expr::Literal(Value::String(text)) => Some(TypedValue::Text(text.to_string())),
        Expr::Literal(Value::Boolean(_)) => Some(TypedValue::Bool),
        Expr::Literal(Value::Number(_)) => Some(TypedValue::Number),
        Expr::Literal(Value::Null) => Some(TypedValue::Null),
        _ => None,
    }
}
