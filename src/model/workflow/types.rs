//! Comparisons that have one result in every run, because the types of their sides never agree.

use hullmark_tables::faults;

use crate::model::workflow::declared::input_types;
use crate::model::workflow::expression_scope::{ExpressionScope, Fault};
use crate::parse::expression::{Comparison, Expression, Operand};

/// What a context is known to hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Bool,
    Number,
    Text,
    /// A mapping.
    Object,
    /// A list.
    List,
}

/// Parts of an event that are true or false.
const FLAGS: &[&str] = &[
    "github.event.created",
    "github.event.deleted",
    "github.event.forced",
    "github.event.pull_request.draft",
    "github.event.pull_request.merged",
    "github.event.pull_request.head.repo.fork",
    "github.event.release.draft",
    "github.event.release.prerelease",
    "github.event.repository.fork",
    "github.event.repository.private",
    "github.event.workflow_run.head_repository.fork",
];

/// The faults of an expression's comparisons, and of texts that are taken for true or false.
pub(super) fn comparisons(
    scope: ExpressionScope<'_>,
    expression: &Expression,
    found: &mut Vec<Fault>,
) {
    for comparison in &expression.comparisons {
        let Some(kind) = type_of(scope, &comparison.path) else {
            continue;
        };
        if let Some(what) = mismatch(kind, comparison) {
            let never = if comparison.is_equality {
                "never equals"
            } else {
                "always differs from"
            };
            found.push(Fault {
                help: remedy(kind, comparison, as_written(expression, &comparison.path)),
                kind: faults::MISMATCHED_COMPARISON,
                span: comparison.span,
                message: format!("`{}` is {what}", as_written(expression, &comparison.path))
                    .replace("{never}", never),
            });
        }
    }
    let is_condition = matches!(scope.key, "if" | "snapshot.if");
    for (number, (path, span)) in expression.asked.iter().enumerate() {
        let is_whole = number == 0 && expression.asked.len() == 1;
        let is_operand = !(is_whole && expression.text.eq_ignore_ascii_case(path));
        // Before `||` in a value the text is given as it is, and the other value where there is none.
        let is_given = !is_condition
            && expression
                .contexts
                .iter()
                .any(|context| context.span == *span && context.has_default && context.flows);
        if is_given {
            continue;
        }
        if (is_condition || is_operand) && is_text_of_flag(scope, path) {
            found.push(Fault {
                help: Some(format!(
                    "Write `inputs.{}`, which is a boolean.",
                    as_written(expression, path)
                        .rsplit('.')
                        .next()
                        .unwrap_or_default()
                )),
                kind: faults::MISMATCHED_COMPARISON,
                span: *span,
                message: format!(
                    "`{}` is the string `'true'` or `'false'`, and both are true",
                    as_written(expression, path)
                ),
            });
        }
    }
}

/// Why the two sides never are equal.
fn mismatch(kind: Type, comparison: &Comparison) -> Option<String> {
    match (kind, &comparison.with) {
        // A text that reads as a number may equal 0 or 1; an empty one is 0.
        (Type::Bool, Operand::Text(text)) if !is_number(text) => {
            Some(format!("a boolean, which {{never}} the string `'{text}'`"))
        }
        (Type::Number, Operand::Text(text)) if !is_number(text) => {
            Some(format!("a number, which {{never}} the string `'{text}'`"))
        }
        // An empty text equals false.
        (Type::Text, Operand::Bool(true)) => {
            Some("a string, which {never} the boolean `true`".to_owned())
        }
        _ => None,
    }
}

/// What to compare with instead.
fn remedy(kind: Type, comparison: &Comparison, path: &str) -> Option<String> {
    let operator = if comparison.is_equality { "==" } else { "!=" };
    match (kind, &comparison.with) {
        (Type::Bool, Operand::Text(text))
            if matches!(text.to_ascii_lowercase().as_str(), "true" | "false") =>
        {
            let text = text.to_ascii_lowercase();
            Some(format!("Write `{path} {operator} {text}`."))
        }
        (Type::Bool, _) => Some("Compare it with `true` or `false`, without quotes.".to_owned()),
        (Type::Number, _) => Some("Compare it with a number, without quotes.".to_owned()),
        (Type::Text, Operand::Bool(value)) => Some(format!("Write `{path} {operator} '{value}'`.")),
        _ => None,
    }
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text.parse::<f64>().is_ok()
        || text.starts_with("0x")
        || text.starts_with("0o")
}

pub(super) fn type_of(scope: ExpressionScope<'_>, path: &str) -> Option<Type> {
    if FLAGS.contains(&path) {
        return Some(Type::Bool);
    }
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        ["inputs", _] if scope.is_action => Some(Type::Text),
        ["inputs", name] => {
            let types = input_types(scope.tree, scope.root, name);
            let first = *types.first()?;
            let kind = match first {
                "boolean" => Type::Bool,
                "number" => Type::Number,
                _ => Type::Text,
            };
            // A workflow that can be called and started by hand may know an input by two types.
            types.iter().all(|other| *other == first).then_some(kind)
        }
        ["github", "event", "inputs", _] => Some(Type::Text),
        ["steps" | "needs", _, "outputs", _] | ["env" | "vars", _] => Some(Type::Text),
        _ => None,
    }
}

/// Whether a path is the event's text of an input that is a boolean.
fn is_text_of_flag(scope: ExpressionScope<'_>, path: &str) -> bool {
    let name = path
        .strip_prefix("github.event.inputs.")
        .filter(|_| !scope.is_action);
    let dispatched = || {
        scope
            .tree
            .at(scope.root, &["on", "workflow_dispatch", "inputs"])
    };
    name.is_some_and(|name| {
        let input = dispatched().and_then(|inputs| super::declared::get(scope.tree, inputs, name));
        input.and_then(|input| scope.tree.text_at(input, "type")) == Some("boolean")
    })
}

/// A path as it is in the expression.
pub(super) fn as_written<'e>(expression: &'e Expression, path: &'e str) -> &'e str {
    let start = expression.text.to_ascii_lowercase().find(path);
    start
        .and_then(|start| expression.text.get(start..start + path.len()))
        .unwrap_or(path)
}
