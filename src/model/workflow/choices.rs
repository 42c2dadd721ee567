//! Comparisons and choices with one result in every run: short names of branches, the branch of a pull request that is none, a value before `||`.

use hullmark_tables::faults;

use crate::model::workflow::expression_scope::{ExpressionScope, Fault};
use crate::model::workflow::types::{Type, as_written, type_of};
use crate::model::workflow::{triggers, value};
use crate::parse::expression::{Comparison, Expression, Operand, fills};

/// Events whose runs have a `github.ref` in full, `refs/heads/main`.
const WITH_FULL_REF: &[&str] = &[
    "merge_group",
    "pull_request",
    "push",
    "release",
    "schedule",
    "workflow_dispatch",
];

/// The faults of an expression.
pub(super) fn faults(scope: ExpressionScope<'_>, expression: &Expression, found: &mut Vec<Fault>) {
    firsts(expression, found);
    overruled(scope, expression, found);
    if scope.is_action || scope.is_dialect {
        return;
    }
    let compared = expression.comparisons.iter().map(|one| (one, false));
    let begins = expression.begins.iter().map(|one| (one, true));
    for (comparison, is_start) in compared.chain(begins) {
        let Operand::Text(text) = &comparison.with else {
            continue;
        };
        match comparison.path.as_str() {
            "github.ref" => short_ref(scope, comparison, (text, is_start), found),
            "github.head_ref" | "github.base_ref" => {
                empty_ref(scope, expression, (comparison, text, is_start), found);
            }
            _ => {}
        }
    }
}

/// `'push' || 'pull_request'`, which is `'push'`.
fn firsts(expression: &Expression, found: &mut Vec<Fault>) {
    for first in &expression.firsts {
        let help = match &first.compared {
            Some((with, operator)) => {
                let joint = if *operator == "==" { "||" } else { "&&" };
                format!(
                    "Write `{with} {operator} {} {joint} {with} {operator} {}`.",
                    first.literal, first.other
                )
            }
            None => format!(
                "Remove `|| {}`, or put a condition and `&&` before it.",
                first.other
            ),
        };
        found.push(Fault {
            help: Some(help),
            kind: faults::FIXED_CHOICE,
            span: first.span,
            message: format!(
                "`{} || {}` is always `{}`",
                first.literal, first.other, first.literal
            ),
        });
    }
}

/// `inputs.flag || true`, which is true.
fn overruled(scope: ExpressionScope<'_>, expression: &Expression, found: &mut Vec<Fault>) {
    for overruled in &expression.overruled {
        if type_of(scope, &overruled.path) != Some(Type::Bool) {
            continue;
        }
        let events = triggers::names(scope.tree, scope.root);
        let has_input = |event: &&str| matches!(*event, "workflow_dispatch" | "workflow_call");
        let context = &overruled.context;
        let is_input = overruled.path.starts_with("inputs.");
        let help = if is_input && events.iter().all(has_input) {
            format!("Write `{context}`, with `default: true` where the input is declared.")
        } else if is_input && !events.contains(&"workflow_call") {
            format!("Write `github.event_name != 'workflow_dispatch' || {context}`.")
        } else {
            "Remove `|| true`.".to_owned()
        };
        found.push(Fault {
            help: Some(help),
            kind: faults::FIXED_CHOICE,
            span: overruled.span,
            message: format!("`{context}` is a boolean, so `{context} || true` is always `true`"),
        });
    }
}

/// `github.ref == 'main'`.
fn short_ref(
    scope: ExpressionScope<'_>,
    comparison: &Comparison,
    (text, is_start): (&str, bool),
    found: &mut Vec<Fault>,
) {
    let is_short = if is_start {
        let common = text.bytes().zip("refs/".bytes());
        common
            .into_iter()
            .any(|(own, full)| !own.eq_ignore_ascii_case(&full))
    } else {
        !text.to_ascii_lowercase().starts_with("refs/")
    };
    let events = triggers::names(scope.tree, scope.root);
    let is_full = |event: &&str| WITH_FULL_REF.contains(event);
    if text.is_empty()
        || !is_short
        || value::is_dynamic(text)
        || events.is_empty()
        || !events.iter().all(is_full)
    {
        return;
    }
    let result = if comparison.is_equality {
        "never"
    } else {
        "always"
    };
    let (message, help) = if is_start {
        (
            format!("`github.ref` begins with `refs/`, and never with `{text}`"),
            format!("Write `startsWith(github.ref_name, '{text}')`."),
        )
    } else {
        let verb = if comparison.is_equality {
            "equals"
        } else {
            "differs from"
        };
        let operator = if comparison.is_equality { "==" } else { "!=" };
        (
            format!("`github.ref` begins with `refs/`, so it {result} {verb} `'{text}'`"),
            format!("Write `github.ref_name {operator} '{text}'`."),
        )
    };
    found.push(Fault {
        help: Some(help),
        kind: faults::SHORT_REF,
        span: comparison.span,
        message,
    });
}

/// `github.head_ref == 'main'` where no event is about a pull request. What another part of the condition may meet is a harmless rest.
fn empty_ref(
    scope: ExpressionScope<'_>,
    expression: &Expression,
    (comparison, text, is_start): (&Comparison, &str, bool),
    found: &mut Vec<Fault>,
) {
    let events = triggers::names(scope.tree, scope.root);
    let is_filled = events.iter().any(|event| fills(&comparison.path, event));
    if text.is_empty() || events.is_empty() || is_filled || expression.text.contains("||") {
        return;
    }
    let path = as_written(expression, &comparison.path);
    let result = match (is_start, comparison.is_equality) {
        (true, _) => format!("so it never begins with `{text}`"),
        (false, true) => format!("so it never equals `'{text}'`"),
        (false, false) => format!("so it always differs from `'{text}'`"),
    };
    found.push(Fault {
        help: Some(
            "Add `pull_request` to `on`, or remove the comparison; for a comment, `gh pr view` gives the branches."
                .to_owned(),
        ),
        kind: faults::IMPOSSIBLE_EVENT,
        span: comparison.span,
        message: format!("`{path}` is empty, since no event in `on` is about a pull request, {result}"),
    });
}
