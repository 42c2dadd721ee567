//! Outputs that are read of a step or a called workflow, and that what it names does not have.

use crate::model::workflow::callee::{Callee, Declared};
use crate::model::workflow::declared::get;
use crate::model::workflow::expression_scope::{ExpressionScope, Fault};
use crate::model::workflow::{inputs, triggers, uses, value};
use crate::parse::expression::{Context, Expression};
use crate::parse::yaml::tree::NodeId;
use crate::suggestion::misspelt;
use hullmark_tables::faults;

/// Secrets that are there for every workflow.
const GIVEN: &[&str] = &["github_token", "actions_step_debug", "actions_runner_debug"];

/// The fault of a context that reads such an output, or a secret that a called workflow does not declare.
pub(super) fn undefined(
    scope: ExpressionScope<'_>,
    expression: &Expression,
    context: &Context,
) -> Option<Fault> {
    if scope.is_dialect {
        return None;
    }
    // An index with a dot in it is no path.
    let has_index = expression.text.contains("['");
    if has_index && !expression.text.to_ascii_lowercase().contains(&context.path) {
        return None;
    }
    let parts: Vec<&str> = context.path.split('.').collect();
    match parts.as_slice() {
        ["steps", id, "outputs", name, ..] if *name != "*" => of_step(scope, context, id, name),
        ["needs" | "jobs", id, "outputs", name, ..] if *name != "*" => {
            of_call(scope, context, id, name)
        }
        ["secrets", name] if *name != "*" => secret(scope, context, name),
        _ => None,
    }
}

fn fault(context: &Context, message: String, help: String) -> Fault {
    Fault {
        kind: faults::UNKNOWN_PROPERTY,
        span: context.span,
        message,
        help: Some(help),
    }
}

/// The step of an id, among those that run one after the other.
fn step(scope: ExpressionScope<'_>, id: &str) -> Option<NodeId> {
    let tree = scope.tree;
    let holder = if scope.is_action {
        tree.get(scope.root, "runs")?
    } else {
        scope.job?
    };
    let list = tree.items(tree.get(holder, "steps")?);
    let is_it = |step: &&NodeId| {
        let own = tree.text_at(**step, "id");
        own.is_some_and(|own| own.eq_ignore_ascii_case(id))
    };
    let mut found = list.iter().filter(is_it);
    found.next().copied().filter(|_| found.next().is_none())
}

fn of_step(scope: ExpressionScope<'_>, context: &Context, id: &str, name: &str) -> Option<Fault> {
    let step = step(scope, id)?;
    let node = scope.tree.get(step, "uses")?;
    let text = scope.tree.text(node)?.trim();
    if let Some(callee) = scope.file.callees.action(text) {
        let Callee::Declares(declared) = callee.as_ref() else {
            return None;
        };
        return of_declared(context, (id, text), declared, name);
    }
    let (action, line) = uses::release(scope.file, node)?;
    let known = inputs::outputs(&action, line)?;
    if known.split(' ').any(|output| output == name) {
        return None;
    }
    let near = near(name, known.split(' '));
    if let Some(near) = near {
        let message = format!("`{action}` v{line} has no output `{name}`, so this is empty");
        let help = format!("Write `steps.{id}.outputs.{near}`.");
        return Some(fault(context, message, help));
    }
    Some(Fault {
        kind: faults::UNLISTED_OUTPUT,
        span: context.span,
        message: format!("`{action}` v{line} is not known to have an output `{name}`"),
        help: Some("Look up the name in the outputs of the action's README.".to_owned()),
    })
}

fn near<'n>(name: &str, names: impl Iterator<Item = &'n str> + Clone) -> Option<&'n str> {
    let joined = |text: &str| text.replace(['-', '_'], "").to_ascii_lowercase();
    let mut same = { names.clone() }.filter(|other| !other.is_empty());
    same.find(|other| joined(other) == joined(name))
        .or_else(|| misspelt(name, names.filter(|other| !other.is_empty())))
}

fn of_declared(
    context: &Context,
    (id, uses): (&str, &str),
    declared: &Declared,
    name: &str,
) -> Option<Fault> {
    let names = declared.outputs.iter().map(String::as_str);
    if declared.has_open_outputs || { names.clone() }.any(|own| own.eq_ignore_ascii_case(name)) {
        return None;
    }
    let message = format!("`{uses}` declares no output `{name}`, so this is empty");
    let start = context.path.split('.').next().unwrap_or_default();
    let help = match near(name, names) {
        Some(near) => format!("Write `{start}.{id}.outputs.{near}`."),
        None => format!("Declare `{name}` in `outputs` of `{uses}`, or remove the reference."),
    };
    Some(fault(context, message, help))
}

fn of_call(scope: ExpressionScope<'_>, context: &Context, id: &str, name: &str) -> Option<Fault> {
    let tree = scope.tree;
    let job = get(tree, tree.get(scope.root, "jobs")?, id)?;
    let uses = tree.text_at(job, "uses")?.trim();
    let callee = scope.file.callees.workflow(uses)?;
    match callee.as_ref() {
        Callee::Declares(declared) => of_declared(context, (id, uses), declared, name),
        _ => None,
    }
}

/// A secret that a workflow reads and does not declare beside others: it is there only for callers that hand on all of theirs.
fn secret(scope: ExpressionScope<'_>, context: &Context, name: &str) -> Option<Fault> {
    let tree = scope.tree;
    if scope.is_action || GIVEN.contains(&name) {
        return None;
    }
    let events = triggers::names(tree, scope.root);
    let on = tree
        .get(scope.root, "on")
        .filter(|on| tree.is_mapping(*on))?;
    let declared = tree.at(on, &["workflow_call", "secrets"])?;
    let is_declared = get(tree, declared, name).is_some() || !value::is_static(tree, declared);
    if is_declared || events.len() > 1 || !tree.is_mapping(declared) {
        return None;
    }
    Some(Fault {
        kind: faults::UNDECLARED_SECRET,
        span: context.span,
        message: format!(
            "`{name}` is not in `on.workflow_call.secrets`, so only callers with `secrets: inherit` give it"
        ),
        help: Some(format!(
            "Declare `{name}` under `on.workflow_call.secrets`."
        )),
    })
}
