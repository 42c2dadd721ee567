//! What a condition demands of contexts wherever it holds.

use github_actions_expressions::call::Function;
use github_actions_expressions::literal::Literal as Value;
use github_actions_expressions::op::{BinOp, UnOp};
use github_actions_expressions::{Expr, SpannedExpr};

use super::guard::tree;
use super::walk::dotted;

/// One context, and what is demanded of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Dotted and in lower case.
    pub path: String,
    /// The text that it is compared with, in lower case.
    pub text: String,
    /// Whether it has to be that text, or to have it in it; to be another if not.
    pub holds: bool,
}

/// What every part of a condition that has to be true, with or without braces, demands.
pub fn demands(condition: &str) -> Vec<Demand> {
    let mut found = Vec::new();
    if let Some(tree) = tree(condition) {
        node(&tree, true, &mut found);
    }
    found
}

fn node(tree: &SpannedExpr, truth: bool, found: &mut Vec<Demand>) {
    match &tree.inner {
        Expr::BinExpr(binary) => match (&binary.op, truth) {
            (BinOp::And, true) | (BinOp::Or, false) => {
                node(&binary.lhs, truth, found);
                node(&binary.rhs, truth, found);
            }
            (BinOp::Eq | BinOp::Neq, _) => {
                let holds = matches!(binary.op, BinOp::Eq) == truth;
                let (left, right) = (&binary.lhs, &binary.rhs);
                found.extend(demand(left, right, holds).or_else(|| demand(right, left, holds)));
            }
            _ => {}
        },
        Expr::UnExpr {
            op: UnOp::Not,
            expr,
        } => node(expr, !truth, found),
        Expr::Call(call) => {
            let asks = matches!(
                call.func,
                Function::Contains | Function::StartsWith | Function::EndsWith
            );
            if let (true, [text, part]) = (asks, call.args.as_slice()) {
                found.extend(demand(text, part, truth));
            }
        }
        _ => {}
    }
}

fn demand(context: &SpannedExpr, literal: &SpannedExpr, holds: bool) -> Option<Demand> {
    match (&context.inner, &literal.inner) {
        (Expr::Context(context), Expr::Literal(Value::String(text))) => Some(Demand {
            path: dotted(&context.parts)?,
            text: text.to_ascii_lowercase(),
            holds,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_to_be_true_is_demanded() {
        let asked = |condition: &str| {
            let found = demands(condition).into_iter();
            let found = found.map(|demand| (demand.path, demand.text, demand.holds));
            found.collect::<Vec<_>>()
        };
        let os = |text: &str, holds| ("runner.os".to_owned(), text.to_owned(), holds);
        assert_eq!(asked("runner.os == 'Windows'"), [os("windows", true)]);
        assert_eq!(
            asked("success() && !('Windows' == runner.os)"),
            [os("windows", false)]
        );
        assert_eq!(
            asked("${{ startsWith(matrix.os, 'win') }}"),
            [("matrix.os".to_owned(), "win".to_owned(), true)]
        );
        assert!(asked("runner.os == 'Windows' || always()").is_empty());
    }
}
