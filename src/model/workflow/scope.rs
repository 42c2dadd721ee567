//! What an expression may read where it stands: the contexts and functions of the place, and the names that the file declares.

use rustc_hash::FxHashSet;

use crate::model::workflow::value;
use crate::parse::expression::{Expression, Shape};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::span::Span;

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Site<'t> {
    pub(super) tree: &'t Tree,
    pub(super) root: NodeId,
    pub(super) is_action: bool,
    pub(super) job: Option<NodeId>,
    pub(super) step: Option<NodeId>,
    /// Dotted, below the step, the job or the document.
    pub(super) key: &'t str,
    /// Whether other text stands beside it in its scalar.
    pub(super) is_embedded: bool,
    pub(super) is_only: bool,
    /// Whether it stands without braces.
    pub(super) is_bare: bool,
}

/// A fault: the rule, which of its faults, where, and what to say.
pub(super) struct Fault {
    pub(super) rule: &'static str,
    pub(super) kind: &'static str,
    pub(super) span: Span,
    pub(super) message: String,
}

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

const GITHUB: &[&str] = &[
    "action",
    "action_path",
    "action_ref",
    "action_repository",
    "action_status",
    "actor",
    "actor_id",
    "api_url",
    "artifact_cache_size_limit",
    "base_ref",
    "env",
    "event",
    "event_name",
    "event_path",
    "graphql_url",
    "head_ref",
    "job",
    "job_workflow_sha",
    "output",
    "path",
    "ref",
    "ref_name",
    "ref_protected",
    "ref_type",
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
    "repository_visibility",
    "repositoryurl",
    "retention_days",
    "run_attempt",
    "run_id",
    "run_number",
    "secret_source",
    "server_url",
    "sha",
    "state",
    "step_summary",
    "token",
    "triggering_actor",
    "workflow",
    "workflow_ref",
    "workflow_sha",
    "workspace",
];

/// Everything wrong with what an expression reads and calls.
pub(super) fn faults(site: Site<'_>, expression: &Expression) -> Vec<Fault> {
    let mut found = Vec::new();
    if !site.is_bare && matches!(site.key, "pre-if" | "post-if") {
        found.push(Fault {
            rule: "workflow/misplaced-expression",
            kind: "explicit",
            span: expression.span,
            message: format!(
                "`{}` is an expression already, and takes no `${{{{ }}}}`",
                site.key
            ),
        });
    }
    if expression.error.is_some() {
        return found;
    }
    let available = available(site);
    for context in &expression.contexts {
        let mut parts = context.path.split('.');
        let name = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        if !CONTEXTS.contains(&name) {
            found.push(Fault {
                rule: "workflow/unavailable-context",
                kind: "undefined-variable",
                span: context.span,
                message: format!("there is no context `{name}`"),
            });
        } else if available.is_some_and(|names| !names.contains(&name)) {
            found.push(Fault {
                rule: "workflow/unavailable-context",
                kind: "context-not-available",
                span: context.span,
                message: format!("`{name}` is not there when `{}` is read", site.key),
            });
        } else if let Some(message) = undefined(site, name, &rest, context.has_default) {
            found.push(Fault {
                rule: "workflow/unknown-property",
                kind: "undefined-property",
                span: context.span,
                message,
            });
        }
    }
    let is_condition = matches!(site.key, "if" | "pre-if" | "post-if" | "snapshot.if");
    for function in &expression.functions {
        let name = function.name.as_str();
        let is_missing = (STATUS.contains(&name) && !is_condition)
            || (name == "hashfiles" && site.step.is_none() && !site.is_action);
        if is_missing {
            found.push(Fault {
                rule: "workflow/unavailable-function",
                kind: "function-not-available",
                span: function.span,
                message: format!("`{name}` cannot be called in `{}`", site.key),
            });
        }
    }
    formats(expression, &mut found);
    if is_condition && (site.is_only && !site.is_embedded) && is_constant(expression) {
        found.push(Fault {
            rule: "workflow/constant-if",
            kind: "constant",
            span: expression.span,
            message: format!("`{}` is the same in every run", expression.text),
        });
    }
    object(site, expression, &mut found);
    found
}

/// The contexts of a place; nothing if anything may stand there.
fn available(site: Site<'_>) -> Option<&'static [&'static str]> {
    let key = site.key;
    let first = key.split('.').next().unwrap_or_default();
    if site.is_action {
        let is_condition = matches!(site.key, "pre-if" | "post-if");
        return (site.step.is_some() || is_condition).then_some(COMPOSITE);
    }
    if site.step.is_some() {
        return Some(if key == "if" { URL } else { STEP });
    }
    if site.job.is_none() {
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

/// Why the file does not have what is read, if it is known not to.
///
/// A matrix need not give every job every key: a default beside it says that the author knows.
fn undefined(site: Site<'_>, name: &str, rest: &[&str], has_default: bool) -> Option<String> {
    let first = rest.first().filter(|first| **first != "*")?;
    let known: &[&str] = match name {
        "github" => {
            if let ["event", "inputs", input, ..] = rest {
                return input_of_dispatch(site, input);
            }
            GITHUB
        }
        "runner" => &[
            "name",
            "os",
            "arch",
            "temp",
            "tool_cache",
            "debug",
            "environment",
            "workspace",
        ],
        "strategy" => &["fail-fast", "job-index", "job-total", "max-parallel"],
        "job" => &[
            "container",
            "services",
            "status",
            "check_run_id",
            "workflow_ref",
            "workflow_sha",
            "workflow_repository",
            "workflow_file_path",
        ],
        "needs" => return needs(site, rest),
        "steps" => return steps(site, rest),
        "matrix" => {
            return if has_default {
                None
            } else {
                matrix(site, first)
            };
        }
        "inputs" => return input(site, first),
        "jobs" => return jobs(site, rest),
        _ => return None,
    };
    (!known.contains(first)).then(|| format!("`{name}` has no `{first}`"))
}

fn get<'t>(tree: &'t Tree, node: NodeId, name: &str) -> Option<NodeId> {
    let pairs = tree.pairs(node).into_iter();
    let mut same = pairs.filter(|(key, _)| {
        tree.text(*key)
            .is_some_and(|key: &'t str| key.eq_ignore_ascii_case(name))
    });
    same.next().map(|(_, value)| value)
}

fn input_of_dispatch(site: Site<'_>, name: &str) -> Option<String> {
    let on = site.tree.get(site.root, "on")?;
    if name == "*" || site.is_action || !site.tree.is_mapping(on) {
        return None;
    }
    let dispatch = site.tree.get(on, "workflow_dispatch")?;
    let inputs = site.tree.get(dispatch, "inputs")?;
    get(site.tree, inputs, name)
        .is_none()
        .then(|| format!("the workflow has no input `{name}`"))
}

fn input(site: Site<'_>, name: &str) -> Option<String> {
    let tree = site.tree;
    if site.is_action {
        let inputs = tree.get(site.root, "inputs");
        let is_there = inputs.is_some_and(|inputs| get(tree, inputs, name).is_some());
        return (!is_there).then(|| format!("the action has no input `{name}`"));
    }
    let on = tree.get(site.root, "on")?;
    let is_there = ["workflow_call", "workflow_dispatch"].iter().any(|event| {
        let inputs = tree.at(on, &[event, "inputs"]);
        inputs.is_some_and(|inputs| get(tree, inputs, name).is_some())
    });
    (!is_there).then(|| format!("the workflow has no input `{name}`"))
}

fn needs(site: Site<'_>, rest: &[&str]) -> Option<String> {
    let (tree, job) = (site.tree, site.job?);
    let [id, property @ ..] = rest else {
        return None;
    };
    let listed = value::list(tree, tree.get(job, "needs"));
    if listed.iter().any(|(_, text)| value::is_dynamic(text)) {
        return None;
    }
    if !listed.iter().any(|(_, text)| text.eq_ignore_ascii_case(id)) {
        return Some(format!("this job does not need the job `{id}`"));
    }
    let needed = get(tree, tree.get(site.root, "jobs")?, id)?;
    of_job(tree, needed, id, property)
}

/// `result` or a declared output of a job.
fn of_job(tree: &Tree, job: NodeId, id: &str, property: &[&str]) -> Option<String> {
    match property {
        ["result" | "*", ..] | [] | ["outputs"] => None,
        ["outputs", output, ..] => {
            if *output == "*" || tree.get(job, "uses").is_some() {
                return None;
            }
            let outputs = tree.get(job, "outputs");
            if outputs.is_some_and(|outputs| !tree.is_mapping(outputs)) {
                return None;
            }
            let is_there = outputs.is_some_and(|outputs| get(tree, outputs, output).is_some());
            (!is_there).then(|| format!("job `{id}` has no output `{output}`"))
        }
        [other, ..] => Some(format!(
            "job `{id}` has no `{other}`; it has `result` and `outputs`"
        )),
    }
}

fn jobs(site: Site<'_>, rest: &[&str]) -> Option<String> {
    let tree = site.tree;
    let [id, property @ ..] = rest else {
        return None;
    };
    match get(tree, tree.get(site.root, "jobs")?, id) {
        None => Some(format!("the workflow has no job `{id}`")),
        Some(job) => of_job(tree, job, id, property),
    }
}

fn steps(site: Site<'_>, rest: &[&str]) -> Option<String> {
    let tree = site.tree;
    let [id, property @ ..] = rest else {
        return None;
    };
    let holder = if site.is_action {
        tree.get(site.root, "runs")?
    } else {
        site.job?
    };
    let list = tree.items(tree.get(holder, "steps")?);
    let end = site.step.and_then(|step| {
        list.iter()
            .position(|item| tree.resolve(*item) == tree.resolve(step))
    });
    let before = &list[..end.unwrap_or(list.len())];
    let find = |steps: &[NodeId]| {
        let mut found = steps.iter().flat_map(|step| {
            let nested = tree
                .get(*step, "parallel")
                .map_or(&[][..], |list| tree.items(list));
            std::iter::once(*step).chain(nested.iter().copied())
        });
        found.any(|step| {
            tree.text_at(step, "id")
                .is_some_and(|found| found.eq_ignore_ascii_case(id) || value::is_dynamic(found))
        })
    };
    if !find(before) {
        return Some(if find(list) {
            format!("step `{id}` has not run yet")
        } else {
            format!("there is no step `{id}` before this")
        });
    }
    match property {
        [] | ["outputs" | "outcome" | "conclusion" | "*", ..] => None,
        [other, ..] => Some(format!(
            "step `{id}` has no `{other}`; it has `outputs`, `outcome` and `conclusion`"
        )),
    }
}

fn matrix(site: Site<'_>, name: &str) -> Option<String> {
    let (tree, job) = (site.tree, site.job?);
    let missing = || Some(format!("the matrix of this job has no `{name}`"));
    let Some(matrix) = tree.at(job, &["strategy", "matrix"]) else {
        // A strategy that an expression gives may hold a matrix.
        return if tree
            .get(job, "strategy")
            .is_some_and(|strategy| tree.text(strategy).is_some_and(value::is_dynamic))
        {
            None
        } else {
            missing()
        };
    };
    if !tree.is_mapping(matrix) {
        return None;
    }
    let include = tree.get(matrix, "include");
    if include.is_some_and(|include| tree.text(include).is_some_and(value::is_dynamic)) {
        return None;
    }
    let has = |node: NodeId| get(tree, node, name).is_some();
    let items = include.map_or(&[][..], |include| tree.items(include));
    let is_open = items
        .iter()
        .any(|item| tree.text(*item).is_some_and(value::is_dynamic))
        || tree
            .pairs(matrix)
            .iter()
            .any(|(key, _)| tree.text(*key).is_some_and(value::is_dynamic));
    let is_there = has(matrix) || items.iter().any(|item| has(*item));
    if is_there || is_open { None } else { missing() }
}

/// `format` with a string that is written there.
fn formats(expression: &Expression, found: &mut Vec<Fault>) {
    const RULE: &str = "workflow/format-arguments";
    for function in expression
        .functions
        .iter()
        .filter(|function| function.name == "format")
    {
        let start = function.span.start;
        let mut inside = expression.literals.iter().filter(|literal| {
            literal.is_string && start <= literal.span.start && literal.span.start <= start + 8
        });
        let Some(literal) = inside.next() else {
            continue;
        };
        let given = function.arguments.saturating_sub(1);
        let mut push = |kind, message| {
            found.push(Fault {
                rule: RULE,
                kind,
                span: function.span,
                message,
            });
        };
        match placeholders(&literal.text) {
            None => push(
                "invalid-format-string",
                format!("`{}` has a brace that is no placeholder", literal.text),
            ),
            Some(numbers) => {
                if let Some(number) = numbers.iter().find(|number| **number >= given) {
                    push(
                        "format-arg-count-mismatch",
                        format!("`{{{number}}}` has no argument"),
                    );
                } else if let Some(number) = (0..given).find(|number| !numbers.contains(number)) {
                    push(
                        "format-args",
                        format!("the argument for `{{{number}}}` is not used"),
                    );
                }
            }
        }
    }
}

/// The numbers in `{0}`, or nothing if a brace is out of place.
fn placeholders(text: &str) -> Option<FxHashSet<usize>> {
    let mut numbers = FxHashSet::default();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let tail = &rest[at..];
        if tail.starts_with("{{") || tail.starts_with("}}") {
            rest = &tail[2..];
            continue;
        }
        let inside = tail.strip_prefix('{')?;
        let end = inside.find('}')?;
        numbers.insert(inside[..end].parse().ok()?);
        rest = &inside[end + 1..];
    }
    Some(numbers)
}

/// Whether nothing that a run decides goes into the expression.
fn is_constant(expression: &Expression) -> bool {
    const PURE: &[&str] = &[
        "contains",
        "startswith",
        "endswith",
        "format",
        "join",
        "tojson",
        "fromjson",
    ];
    expression.contexts.is_empty()
        && !expression.text.is_empty()
        && expression
            .functions
            .iter()
            .all(|function| PURE.contains(&function.name.as_str()))
}

/// An object or a list, put into text.
fn object(site: Site<'_>, expression: &Expression, found: &mut Vec<Fault>) {
    let is_text =
        site.is_embedded || matches!(site.key, "run" | "name" | "working-directory" | "shell");
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
        ["matrix", axis] => is_axis_of_objects(site, axis),
        _ => false,
    };
    if is_object {
        found.push(Fault {
            rule: "workflow/object-in-text",
            kind: "template-non-scalar",
            span: expression.span,
            message: format!(
                "`{}` is no text; written out it says `Object`",
                expression.text
            ),
        });
    }
}

/// Whether each value of a matrix axis is a list or a mapping.
fn is_axis_of_objects(site: Site<'_>, name: &str) -> bool {
    let tree = site.tree;
    let matrix = site
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbers_in_braces() {
        assert_eq!(placeholders("{0} {{x}} {1}").unwrap().len(), 2);
        assert!(placeholders("{0").is_none());
        assert!(placeholders("{abc}").is_none());
    }
}
