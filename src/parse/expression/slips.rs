//! Expressions that are valid and do not do what they seem to: a value that is never given, arguments in the wrong order.

use std::ops::Range;

use github_actions_expressions::call::Function;
use github_actions_expressions::literal::Literal as Value;
use github_actions_expressions::op::BinOp;
use github_actions_expressions::{Expr, SpannedExpr};

use super::compare::{Comparison, Operand};
use super::walk::dotted;
use super::{Expression, First, Lost, Overruled, Swapped};
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
                let span = place(tree.origin.span.as_range());
                first_of(&binary.lhs, &binary.rhs, span, into);
            }
            walk(&binary.lhs, place, into);
            walk(&binary.rhs, place, into);
            if matches!(binary.op, BinOp::Eq | BinOp::Neq) {
                let operator = if matches!(binary.op, BinOp::Eq) {
                    "=="
                } else {
                    "!="
                };
                compared((&binary.lhs, &binary.rhs), operator, place, into);
                compared((&binary.rhs, &binary.lhs), operator, place, into);
            }
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
            if let (Function::StartsWith, [text, part]) = (call.func, call.args.as_slice())
                && let Expr::Literal(Value::String(start)) = &part.inner
                && let Expr::Context(context) = &text.inner
                && let Some(path) = dotted(&context.parts)
            {
                into.begins.push(Comparison {
                    path,
                    with: Operand::Text(start.to_string()),
                    is_equality: true,
                    span: place(tree.origin.span.as_range()),
                });
            }
            for argument in &call.args {
                walk(argument, place, into);
            }
        }
        _ => {}
    }
}

/// Adds `left || right` where one side decides in every run.
fn first_of(left: &SpannedExpr, right: &SpannedExpr, span: Span, into: &mut Expression) {
    match (&left.inner, &right.inner) {
        (Expr::Literal(Value::String(text)), _) if !text.is_empty() => into.firsts.push(First {
            span,
            literal: written(left, &into.text),
            other: written(right, &into.text),
            compared: None,
        }),
        (Expr::Context(context), Expr::Literal(Value::Boolean(true))) => {
            let context_text = written(left, &into.text);
            into.overruled
                .extend(dotted(&context.parts).map(|path| Overruled {
                    span,
                    path,
                    context: context_text,
                }));
        }
        _ => {}
    }
}

/// Notes what a text before `||` is compared with.
fn compared(
    (choice, other): (&SpannedExpr, &SpannedExpr),
    operator: &'static str,
    place: &impl Fn(Range<usize>) -> Span,
    into: &mut Expression,
) {
    let span = place(choice.origin.span.as_range());
    let other = written(other, &into.text);
    let mut firsts = into.firsts.iter_mut();
    if let Some(first) = firsts.find(|first| first.span == span) {
        first.compared = Some((other, operator));
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
