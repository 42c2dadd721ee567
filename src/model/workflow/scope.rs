//! What an expression may read where it is: the contexts and functions of the place, and the names that the file declares.

use crate::model::workflow::declared::{get, undefined};
use crate::model::workflow::expression_scope::{ExpressionScope, Fault};
use crate::model::workflow::forge::Forge;
use crate::model::workflow::format::{formats, is_constant};
use crate::model::workflow::{choices, misuses, outputs, schema, triggers, types, value};
use crate::parse::expression::{Expression, Operand, Shape, admits};
use hullmark_tables::faults;

const CONTEXTS: &[&str] = &[
    "github", "env", "vars", "job", "jobs", "steps", "runner", "secrets", "strategy", "matrix",
    "needs", "inputs",
];
const WORKFLOW: &[&str] = &["github", "inputs", "vars"];
const NEEDED: &[&str] = &["github", "inputs", "vars", "needs"];
const JOB: &[&str] = &["github", "inputs", "vars", "needs", "strategy", "matrix"];
const JOB_SECRETS: &[&str] = &[
    "github", "inputs", "vars", "needs", "strategy", "matrix", "secrets",
];
const JOB_ENV: &[&str] = &[
    "github", "inputs", "vars", "needs", "strategy", "matrix", "env",
];
const CREDENTIALS: &[&str] = &[
    "github", "inputs", "vars", "needs", "strategy", "matrix", "env", "secrets",
];
const CONTAINER_ENV: &[&str] = &[
    "github", "inputs", "vars", "needs", "strategy", "matrix", "env", "secrets", "job", "runner",
];
const URL: &[&str] = &[
    "github", "inputs", "vars", "needs", "strategy", "matrix", "env", "job", "runner", "steps",
];
const STEP: &[&str] = &[
    "github", "inputs", "vars", "needs", "strategy", "matrix", "env", "secrets", "job", "runner",
    "steps",
];
const COMPOSITE: &[&str] = &[
    "github", "inputs", "strategy", "matrix", "env", "job", "runner", "steps", "needs", "vars",
];
const STATUS: &[&str] = &["always", "cancelled", "failure", "success"];

/// The parts of a path as the expression spells them.
fn as_written<'e>(text: &'e str, parts: &[&'e str]) -> Vec<&'e str> {
    let folded = text.to_ascii_lowercase();
    let written = parts.iter().map(|part| {
        let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
        let mut places = folded.match_indices(part).map(|(at, _)| at);
        let place = places.find(|at| {
            !folded[..*at].ends_with(is_of_name)
                && !folded[at + part.len()..].starts_with(is_of_name)
        });
        place
            .and_then(|at| text.get(at..at + part.len()))
            .unwrap_or(part)
    });
    written.collect()
}

/// Everything wrong with what an expression reads and calls.
pub(super) fn faults(scope: ExpressionScope<'_>, expression: &Expression) -> Vec<Fault> {
    let mut found = Vec::new();
    if !scope.is_bare && matches!(scope.key, "pre-if" | "post-if") {
        found.push(Fault {
            help: None,
            kind: faults::EXPLICIT,
            span: expression.span,
            message: format!(
                "`{}` is an expression already, and takes no `${{{{ }}}}`",
                scope.key
            ),
        });
    }
    if expression.error.is_some() {
        return found;
    }
    let available = available(scope);
    for context in &expression.contexts {
        let mut parts = context.path.split('.');
        let name = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        if scope.file.forge.fills_context(scope.key, name) {
            continue;
        }
        if !CONTEXTS.contains(&name) {
            found.push(Fault {
                help: None,
                kind: faults::UNDEFINED_VARIABLE,
                span: context.span,
                message: format!("there is no context `{name}`"),
            });
        } else if available.is_some_and(|names| !names.contains(&name)) {
            found.push(Fault {
                help: instead(scope, &as_written(&expression.text, &rest), name),
                kind: faults::CONTEXT_NOT_AVAILABLE,
                span: context.span,
                message: format!("context `{name}` is not available in `{}`", scope.key),
            });
        } else if let Some(undefined) = undefined(
            scope,
            name,
            &as_written(&expression.text, &rest),
            context.has_default,
        ) {
            found.push(Fault {
                help: Some(undefined.help),
                kind: faults::UNKNOWN_PROPERTY,
                span: context.span,
                message: undefined.message,
            });
        } else if let Some(fault) = outputs::undefined(scope, expression, context) {
            found.push(fault);
        }
        misuses::dereferences(scope, expression, context, &mut found);
    }
    let is_condition = matches!(scope.key, "if" | "pre-if" | "post-if" | "snapshot.if");
    for function in &expression.functions {
        let name = function.name.as_str();
        let is_missing = (STATUS.contains(&name) && !is_condition)
            || (name == "hashfiles" && scope.step.is_none() && !scope.is_action);
        if is_missing {
            found.push(Fault {
                help: None,
                kind: faults::UNAVAILABLE_FUNCTION,
                span: function.span,
                message: unavailable(name, scope.key),
            });
        }
    }
    formats(expression, &mut found);
    let is_constant = is_constant(expression) && !value::is_switch(&expression.text);
    if is_condition && (scope.is_only && !scope.is_embedded) && is_constant {
        found.push(Fault {
            help: None,
            kind: faults::CONSTANT_IF,
            span: expression.span,
            message: constant(&expression.text),
        });
    }
    if is_condition && scope.is_only && !scope.is_embedded && value::is_switch(&expression.text) {
        found.push(Fault {
            help: None,
            kind: faults::DISABLED_STEP,
            span: expression.span,
            message: format!("`if: {}` switches this off", expression.text),
        });
    }
    slips(expression, is_condition, &mut found);
    choices::faults(scope, expression, &mut found);
    activities(scope, expression, &mut found);
    impossible_events(scope, expression, is_condition, &mut found);
    object(scope, expression, &mut found);
    types::comparisons(scope, expression, &mut found);
    misuses::arguments(scope, expression, &mut found);
    misuses::sections(scope, expression, &mut found);
    found
}

/// What to write instead of a context that is not available, where more can be said than that.
fn instead(scope: ExpressionScope<'_>, rest: &[&str], name: &str) -> Option<String> {
    let [secret, ..] = rest else { return None };
    if name != "secrets" {
        return (scope.step.is_some()).then(|| "Use a context that is available here.".to_owned());
    }
    let is_condition = scope.key == "if";
    let help = if scope.is_action {
        format!(
            "Declare an input of the action, let its callers set it to `${{{{ secrets.{secret} }}}}`, and read `inputs` here."
        )
    } else if scope.step.is_some() && is_condition {
        format!(
            "Set `{secret}: ${{{{ secrets.{secret} }}}}` in `env` of the job, and read `env.{secret}` here."
        )
    } else if is_condition {
        "Test it in a step of an earlier job, and read an output of that job here.".to_owned()
    } else if scope.key.starts_with("with.") {
        "Pass it in `secrets` of this job, and declare it in `on.workflow_call.secrets` of the called workflow.".to_owned()
    } else {
        format!("Use a configuration variable here, `vars.{secret}`, if the value is no secret.")
    };
    Some(help)
}

fn unavailable(name: &str, key: &str) -> String {
    let name = if name == "hashfiles" {
        "hashFiles"
    } else {
        name
    };
    format!("`{name}()` cannot be called in `{key}`")
}

/// What a condition gives that no run decides.
fn constant(text: &str) -> String {
    if admits(text, "push") {
        format!("`{text}` does not depend on the run")
    } else {
        format!("`{text}` is always false")
    }
}

/// A value that `&&` and `||` never choose, and arguments in the wrong order.
fn slips(expression: &Expression, is_condition: bool, found: &mut Vec<Fault>) {
    for lost in &expression.lost {
        // Who writes `&& false` into a condition switches a part of it off.
        if is_condition && lost.literal.eq_ignore_ascii_case("false") {
            continue;
        }
        let turned = match (lost.is_comparison, lost.condition.contains("==")) {
            (true, true) => lost.condition.replacen("==", "!=", 1),
            (true, false) => lost.condition.replacen("!=", "==", 1),
            (false, _) => format!("!({})", lost.condition),
        };
        found.push(Fault {
            help: Some(format!(
                "Turn the condition round: `{turned} && {} || {}`.",
                lost.other, lost.literal
            )),
            kind: faults::UNSOUND_TERNARY,
            span: lost.span,
            message: format!(
                "`{}` is false, so `… && {} || {}` always gives `{}`",
                lost.literal, lost.literal, lost.other, lost.other
            ),
        });
    }
    for swapped in &expression.swapped {
        let (function, literal, context) = (swapped.function, &swapped.literal, &swapped.context);
        let verb = match function.to_ascii_lowercase().as_str() {
            "startswith" => "starts with",
            "endswith" => "ends with",
            _ => "contains",
        };
        found.push(Fault {
            help: Some(format!("Write `{function}({context}, {literal})`.")),
            kind: faults::SWAPPED_ARGUMENTS,
            span: swapped.span,
            message: format!(
                "`{function}({literal}, …)` tests whether the string {literal} {verb} `{context}`"
            ),
        });
    }
}

/// Comparisons of the event with what is an activity type of events and no event.
fn activities(scope: ExpressionScope<'_>, expression: &Expression, found: &mut Vec<Fault>) {
    if scope.is_dialect {
        return;
    }
    for comparison in &expression.comparisons {
        let Operand::Text(name) = &comparison.with else {
            continue;
        };
        if comparison.path != "github.event_name"
            || schema::is_event(name)
            || !schema::is_activity(name)
        {
            continue;
        }
        let (operator, result) = if comparison.is_equality {
            ("==", "false")
        } else {
            ("!=", "true")
        };
        found.push(Fault {
            help: Some(format!("Write `github.event.action {operator} '{name}'`.")),
            kind: faults::ACTIVITY_AS_EVENT,
            span: comparison.span,
            message: format!(
                "`{name}` is an activity type and not an event, so this comparison is always {result}"
            ),
        });
    }
}

/// Comparisons with an event that does not start the workflow; if nothing else can meet the condition, one fault for the whole.
fn impossible_events(
    scope: ExpressionScope<'_>,
    expression: &Expression,
    is_condition: bool,
    found: &mut Vec<Fault>,
) {
    if scope.is_action || scope.is_dialect {
        return;
    }
    let asked = expression.comparisons.iter().filter_map(|comparison| {
        match (&comparison.with, comparison.path.as_str()) {
            (Operand::Text(event), "github.event_name")
                if comparison.is_equality
                    && (schema::is_event(event) || !schema::is_activity(event)) =>
            {
                Some((event, comparison.span))
            }
            _ => None,
        }
    });
    let mut asked = asked.peekable();
    if asked.peek().is_none() {
        return;
    }
    let events = triggers::names(scope.tree, scope.root);
    // A called workflow runs for the event of its caller.
    if events.is_empty() || events.contains(&"workflow_call") {
        return;
    }
    let is_only = scope.is_only && !scope.is_embedded;
    // Of a condition that another event meets, the comparison is a harmless part: many copy it from a template.
    if is_condition
        && expression.text.contains("||")
        && events.iter().any(|event| admits(&expression.text, event))
    {
        return;
    }
    let is_met = |event: &&str| admits(&expression.text, event);
    for (event, span) in asked {
        if events.iter().any(|known| known.eq_ignore_ascii_case(event)) {
            continue;
        }
        if is_condition && is_only && !events.iter().any(is_met) {
            found.push(Fault {
                help: None,
                kind: faults::IMPOSSIBLE_EVENT,
                span: expression.span,
                message: format!("`on` has no `{event}`, so this condition is never met"),
            });
            return;
        }
        found.push(Fault {
            help: None,
            kind: faults::IMPOSSIBLE_EVENT,
            span,
            message: format!("`on` has no `{event}`, so this comparison is always false"),
        });
    }
}

/// The contexts of a place; `None` if anything may be there.
fn available(scope: ExpressionScope<'_>) -> Option<&'static [&'static str]> {
    if scope.file.forge == Forge::Gitea {
        return None;
    }
    let key = scope.key;
    let first = key.split('.').next().unwrap_or_default();
    if scope.is_action {
        // What a Docker action is started with may read its inputs alone.
        if scope.step.is_none()
            && is_docker(scope)
            && matches!(first, "args" | "env" | "image" | "entrypoint")
        {
            return Some(&["inputs"]);
        }
        let is_condition = matches!(scope.key, "pre-if" | "post-if");
        return (scope.step.is_some() || is_condition).then_some(COMPOSITE);
    }
    if scope.step.is_some() {
        return Some(if key == "if" { URL } else { STEP });
    }
    if scope.job.is_none() {
        return match first {
            "env" => Some(&["github", "inputs", "vars", "secrets"]),
            "run-name" | "concurrency" | "default" => Some(WORKFLOW),
            "value" => Some(&["github", "inputs", "vars", "jobs"]),
            _ => None,
        };
    }
    Some(match first {
        "if" | "strategy" => NEEDED,
        "env" | "secrets" => JOB_SECRETS,
        "defaults" => JOB_ENV,
        "outputs" => STEP,
        "environment" if key == "environment.url" => URL,
        "container" | "services" if key.contains("credentials") => CREDENTIALS,
        "container" | "services" if key.contains(".env.") || key.ends_with(".env") => CONTAINER_ENV,
        _ => JOB,
    })
}

fn is_docker(scope: ExpressionScope<'_>) -> bool {
    let using = scope.tree.at(scope.root, &["runs", "using"]);
    using
        .and_then(|using| scope.tree.text(using))
        .is_some_and(|using| using.eq_ignore_ascii_case("docker"))
}

/// An object or a list, put into text.
fn object(scope: ExpressionScope<'_>, expression: &Expression, found: &mut Vec<Fault>) {
    let is_text =
        scope.is_embedded || matches!(scope.key, "run" | "name" | "working-directory" | "shell");
    let (true, Shape::Context, [context]) =
        (is_text, expression.shape, expression.contexts.as_slice())
    else {
        return;
    };
    let parts: Vec<&str> = context.path.split('.').collect();
    let is_object = match parts.as_slice() {
        [name] => CONTEXTS.contains(name),
        ["github", "event"] | ["steps" | "needs", _] | ["steps" | "needs", _, "outputs"] => true,
        ["github", "event", .., "*"] => true,
        ["matrix", axis] => is_axis_of_objects(scope, axis),
        _ => false,
    };
    if is_object {
        found.push(Fault {
            help: None,
            kind: faults::OBJECT_IN_TEXT,
            span: expression.span,
            message: format!(
                "`{}` is an object, which expands to the string `Object`",
                expression.text
            ),
        });
    }
}

/// Whether each value of a matrix axis is a list or a mapping.
fn is_axis_of_objects(scope: ExpressionScope<'_>, name: &str) -> bool {
    let tree = scope.tree;
    let matrix = scope
        .job
        .and_then(|job| tree.at(job, &["strategy", "matrix"]));
    let Some(matrix) = matrix.filter(|matrix| tree.is_mapping(*matrix)) else {
        return false;
    };
    let of_axis = get(tree, matrix, name).map_or(&[][..], |axis| tree.items(axis));
    let included = tree.get(matrix, "include");
    if included.is_some_and(|included| tree.scalar(included).is_some()) {
        return false;
    }
    let included = included.map_or(&[][..], |included| tree.items(included));
    let given = included.iter().filter_map(|item| get(tree, *item, name));
    let mut values = of_axis.iter().copied().chain(given).peekable();
    values.peek().is_some() && values.all(|value| tree.scalar(value).is_none())
}
