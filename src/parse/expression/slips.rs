//! Expressions that are valid and do not do what they seem to: a value that is never given, arguments in the wrong order.

use std::ops::Range;

use github_actions_expressions::call::Function;
use github_actions_expressions::literal::Literal as Value;
use github_actions_expressions::op::BinOp;
use github_actions_expressions::{Expr, SpannedExpr};

use super::{Expression, Lost, Swapped};
use crate::span::Span;

/// Adds those of a tree.
pub(super) fn walk(
    tree: &SpannedExpr,
    place: &impl Fn(Range<usize>) -> Span,
    into: &mut Expression,
) {
    match &tree.inner {
        Expr::BinExpr(binary) => {
            if matches!(binary.op, BinOp::Or) {
                let found = lost(&binary.lhs, &binary.rhs, &into.text);
                into.lost.extend(found.map(|found| Lost {
                    span: place(tree.origin.span.as_range()),
                    ..found
                }));
            }
            walk(&binary.lhs, place, into);
            walk(&binary.rhs, place, into);
        }
        Expr::UnExpr { expr, .. } => walk(expr, place, into),
        Expr::Call(call) => {
            let function = match call.func {
                Function::StartsWith => Some("startsWith"),
                Function::EndsWith => Some("endsWith"),
                _ => None,
            };
            if let (Some(function), [text, part]) = (function, call.args.as_slice())
                && matches!(&text.inner, Expr::Literal(Value::String(_)))
                && matches!(&part.inner, Expr::Context(_))
            {
                into.swapped.push(Swapped {
                    span: place(tree.origin.span.as_range()),
                    function,
                    literal: written(text, &into.text),
                    context: written(part, &into.text),
                });
            }
            for argument in &call.args {
                walk(argument, place, into);
            }
        }
        _ => {}
    }
}

/// What is lost of `left || right`.
fn lost(left: &SpannedExpr, right: &SpannedExpr, code: &str) -> Option<Lost> {
    let Expr::BinExpr(chosen) = &left.inner else {
        return None;
    };
    let is_lost = matches!(chosen.op, BinOp::And) && is_false(&chosen.rhs) && !is_false(right);
    is_lost.then(|| Lost {
        span: Span::default(),
        condition: written(&chosen.lhs, code),
        is_comparison: matches!(
            &chosen.lhs.inner,
            Expr::BinExpr(condition) if matches!(condition.op, BinOp::Eq | BinOp::Neq)
        ),
        literal: written(&chosen.rhs, code),
        other: written(right, code),
    })
}

/// Whether an expression is a literal that counts as false.
fn is_false(tree: &SpannedExpr) -> bool {
    match &tree.inner {
        Expr::Literal(Value::String(text)) => text.is_empty(),
        Expr::Literal(Value::Boolean(value)) => !value,
        Expr::Literal(Value::Null) => true,
        Expr::Literal(number @ Value::Number(_)) => number.as_str() == "0",
        _ => false,
    }
}

fn written(tree: &SpannedExpr, code: &str) -> String {
    let range = tree.origin.span.as_range();
    code.get(range).unwrap_or_default().trim().to_owned()
}
