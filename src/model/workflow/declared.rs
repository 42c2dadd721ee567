//! The names that a file declares for its expressions: inputs, needs, steps, jobs and the matrix.

use crate::model::workflow::expression_scope::ExpressionScope;
use crate::model::workflow::{triggers, value};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::suggestion::{COMPARED, misspelt};

pub(super) const GITHUB: &[&str] = &[
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

/// What is read and not there, and what to do.
pub(super) struct Undefined {
    pub(super) message: String,
    pub(super) help: String,
}

/// Whether a dotted key leads to an output, which is read when all steps are done.
fn is_of_outputs(key: &str) -> bool {
    key == "value" || key.split('.').next() == Some("outputs")
}

/// How many names are listed in a help.
const LISTED: usize = 5;

/// `a`, `b` and the like of the names that are there; nothing for none, or for many.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<String> = names
        .take(LISTED + 1)
        .map(|name| format!("`{name}`"))
        .collect();
    (!names.is_empty() && names.len() <= LISTED).then(|| names.join(", "))
}

/// Why the file does not have what is read, if it is known not to.
///
/// A matrix need not give every job every key: a default beside it says that the author knows.
pub(super) fn undefined(
    scope: ExpressionScope<'_>,
    name: &str,
    rest: &[&str],
    has_default: bool,
) -> Option<Undefined> {
    let first = rest.first().filter(|first| **first != "*")?;
    // Forgejo and Gitea fill these by themselves, with more than GitHub does.
    if scope.is_dialect && matches!(name, "github" | "runner" | "job" | "strategy") {
        return None;
    }
    let known: &[&str] = match name {
        "github" => {
            if let [event, inputs, input, ..] = rest
                && event.eq_ignore_ascii_case("event")
                && inputs.eq_ignore_ascii_case("inputs")
            {
                return input_of_dispatch(scope, input);
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
        "needs" => return needs(scope, rest),
        "steps" => return steps(scope, rest),
        "matrix" => {
            return if has_default {
                None
            } else {
                matrix(scope, first)
            };
        }
        "inputs" => return input(scope, first),
        "jobs" => return jobs(scope, rest),
        _ => return None,
    };
    let is_known = known.iter().any(|known| known.eq_ignore_ascii_case(first));
    (!is_known).then(|| Undefined {
        message: format!("`{name}` has no property `{first}`, so this is empty"),
        help: match misspelt(first, known.iter().copied()) {
            Some(near) => format!("Write `{name}.{near}`."),
            None => "Correct the name, or remove the reference.".to_owned(),
        },
    })
}

pub(super) fn get(tree: &Tree, node: NodeId, name: &str) -> Option<NodeId> {
    tree.get_in_any_case(node, name)
}

fn input_of_dispatch(scope: ExpressionScope<'_>, name: &str) -> Option<Undefined> {
    let tree = scope.tree;
    let events = triggers::names(tree, scope.root);
    if name == "*" || scope.is_action || !events.contains(&"workflow_dispatch") {
        return None;
    }
    let on = tree.get(scope.root, "on")?;
    let dispatch = if tree.is_mapping(on) {
        tree.get(on, "workflow_dispatch")
    } else {
        None
    };
    let inputs = dispatch.and_then(|dispatch| tree.get(dispatch, "inputs"));
    // A called workflow sees the event of its caller.
    if inputs.is_none() && events.contains(&"workflow_call") {
        return None;
    }
    let is_there = inputs.is_some_and(|inputs| get(tree, inputs, name).is_some());
    (!is_there).then(|| {
        no_input(
            tree,
            "`workflow_dispatch`",
            "`on.workflow_dispatch.inputs`",
            inputs.into_iter(),
            name,
        )
    })
}

fn no_input(
    tree: &Tree,
    holder: &str,
    place: &str,
    inputs: impl Iterator<Item = NodeId>,
    name: &str,
) -> Undefined {
    let declared: Vec<&str> = inputs
        .flat_map(|inputs| tree.first_keys(inputs, COMPARED))
        .collect();
    let near = misspelt(name, declared.iter().copied());
    Undefined {
        message: format!("{holder} declares no input `{name}`, so this is empty"),
        help: match (near, listed(declared.into_iter())) {
            (Some(near), _) => format!("Write `{near}`, or declare `{name}` under {place}."),
            (None, Some(names)) => {
                format!("Declare `{name}` under {place}, or read one that is there: {names}.")
            }
            (None, None) => format!("Declare `{name}` under {place}, or remove the reference."),
        },
    }
}

fn input(scope: ExpressionScope<'_>, name: &str) -> Option<Undefined> {
    let tree = scope.tree;
    if scope.is_action {
        let inputs = tree.get(scope.root, "inputs");
        let is_there = inputs.is_some_and(|inputs| get(tree, inputs, name).is_some());
        return (!is_there)
            .then(|| no_input(tree, "the action", "`inputs`", inputs.into_iter(), name));
    }
    let on = tree.get(scope.root, "on")?;
    let events = triggers::names(tree, scope.root);
    let of = |event| {
        let is_open = tree.is_mapping(on);
        is_open.then(|| tree.at(on, &[event, "inputs"])).flatten()
    };
    let inputs = ["workflow_call", "workflow_dispatch"]
        .into_iter()
        .filter_map(of);
    if { inputs.clone() }.any(|inputs| get(tree, inputs, name).is_some()) {
        return None;
    }
    let place = if events.contains(&"workflow_call") && !events.contains(&"workflow_dispatch") {
        "`on.workflow_call.inputs`"
    } else {
        "`on.workflow_dispatch.inputs`"
    };
    Some(no_input(tree, "the workflow", place, inputs, name))
}

/// The types that the triggers of a workflow give an input; `string` where none is written.
pub(super) fn input_types<'t>(tree: &'t Tree, root: NodeId, name: &str) -> Vec<&'t str> {
    let Some(on) = tree.get(root, "on") else {
        return Vec::new();
    };
    let events = ["workflow_call", "workflow_dispatch"].into_iter();
    let inputs = events.filter_map(|event| {
        let inputs = tree.at(on, &[event, "inputs"])?;
        get(tree, inputs, name)
    });
    inputs
        .map(|input| tree.text_at(input, "type").unwrap_or("string"))
        .collect()
}

fn needs(scope: ExpressionScope<'_>, rest: &[&str]) -> Option<Undefined> {
    let (tree, job) = (scope.tree, scope.job?);
    let [id, property @ ..] = rest else {
        return None;
    };
    let listed_jobs = value::list(tree, tree.get(job, "needs"));
    if listed_jobs.iter().any(|(_, text)| value::is_dynamic(text)) {
        return None;
    }
    let jobs = tree.get(scope.root, "jobs");
    let other = jobs.and_then(|jobs| get(tree, jobs, id));
    if !listed_jobs
        .iter()
        .any(|(_, text)| text.eq_ignore_ascii_case(id))
    {
        if other.is_some_and(|other| tree.resolve(other) == tree.resolve(job)) {
            return Some(of_itself(tree, job, id, property));
        }
        let names = || listed_jobs.iter().map(|(_, text)| *text);
        let near = misspelt(id, names());
        return Some(Undefined {
            message: format!("`needs` of this job does not list `{id}`, so `needs.{id}` is empty"),
            help: match (other, near) {
                (Some(other), _) if waits_for(tree, jobs, other, job) => format!(
                    "Move what reads it to a job that runs after `{id}`: that one waits for this job."
                ),
                (Some(_), _) => format!("Add `{id}` to `needs` of this job."),
                (None, Some(near)) => format!("Write `needs.{near}`."),
                (None, None) => match listed(names()) {
                    Some(names) => {
                        format!("The workflow has no job `{id}`; this one needs {names}.")
                    }
                    None => format!(
                        "The workflow has no job `{id}`: correct the name, or remove the reference."
                    ),
                },
            },
        });
    }
    of_job(tree, other?, id, property)
}

/// What a job reads of itself through `needs`, and the output of a step that it means.
fn of_itself(tree: &Tree, job: NodeId, id: &str, property: &[&str]) -> Undefined {
    let output = match property {
        [outputs, output, ..] if outputs.eq_ignore_ascii_case("outputs") => Some(*output),
        _ => None,
    };
    let value = output.and_then(|output| {
        let value = get(tree, tree.get(job, "outputs")?, output)?;
        let text = tree.text(value)?.trim();
        let inside = text.strip_prefix("${{")?.strip_suffix("}}")?.trim();
        (inside.starts_with("steps.") && !inside.contains(' ')).then_some(inside)
    });
    Undefined {
        message: format!(
            "job `{id}` refers to its own {} through `needs`, which does not hold them",
            if output.is_some() {
                "outputs"
            } else {
                "results"
            }
        ),
        help: match value {
            Some(value) => format!("Write `{value}`."),
            None => {
                "Read the output of the step that sets it, from the context `steps`.".to_owned()
            }
        },
    }
}

/// How many jobs are followed from one to those that it needs.
const FOLLOWED: usize = 100;

/// Whether a job waits for another, at once or by way of others.
fn waits_for(tree: &Tree, jobs: Option<NodeId>, job: NodeId, other: NodeId) -> bool {
    let Some(jobs) = jobs else { return false };
    let mut found = vec![job];
    let mut at = 0;
    while let Some(job) = found.get(at).copied() {
        at += 1;
        for (_, id) in value::list(tree, tree.get(job, "needs")) {
            let Some(needed) = get(tree, jobs, id) else {
                continue;
            };
            if tree.resolve(needed) == tree.resolve(other) {
                return true;
            }
            if found.len() < FOLLOWED && !found.contains(&needed) {
                found.push(needed);
            }
        }
    }
    false
}

/// `result` or a declared output of a job.
fn of_job(tree: &Tree, job: NodeId, id: &str, property: &[&str]) -> Option<Undefined> {
    let folded: Vec<String> = property
        .iter()
        .map(|part| part.to_ascii_lowercase())
        .collect();
    let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
    match folded.as_slice() {
        ["result" | "*", ..] | [] | ["outputs"] => None,
        ["outputs", _, ..] => {
            let output = &property[1];
            if *output == "*" || tree.get(job, "uses").is_some() {
                return None;
            }
            let outputs = tree.get(job, "outputs");
            if outputs.is_some_and(|outputs| !tree.is_mapping(outputs)) {
                return None;
            }
            let is_there = outputs.is_some_and(|outputs| get(tree, outputs, output).is_some());
            (!is_there).then(|| {
                let keys = outputs.map(|outputs| tree.first_keys(outputs, COMPARED));
                let keys = keys.unwrap_or_default();
                let names = || keys.iter().copied();
                let declare = format!("set `{output}` in `outputs` of job `{id}`");
                Undefined {
                    message: format!("`outputs` of job `{id}` does not set `{output}`"),
                    help: match (misspelt(output, names()), listed(names())) {
                        (Some(near), _) => format!("Write `{near}`, or {declare}."),
                        (None, Some(names)) => format!("It sets {names}: read one of these, or {declare}."),
                        (None, None) => format!("Set `{output}` in `outputs` of job `{id}`, to the output of one of its steps."),
                    },
                }
            })
        }
        [..] => Some(Undefined {
            message: format!(
                "job `{id}` has no `{}`; it has `result` and `outputs`",
                property[0]
            ),
            help: format!(
                "Write `outputs.{}` if it is an output of the job.",
                property[0]
            ),
        }),
    }
}

fn jobs(scope: ExpressionScope<'_>, rest: &[&str]) -> Option<Undefined> {
    let tree = scope.tree;
    let [id, property @ ..] = rest else {
        return None;
    };
    let jobs = tree.get(scope.root, "jobs")?;
    let Some(job) = get(tree, jobs, id) else {
        let keys = tree.first_keys(jobs, COMPARED);
        let names = || keys.iter().copied();
        return Some(Undefined {
            message: format!("the workflow has no job `{id}`"),
            help: match (misspelt(id, names()), listed(names())) {
                (Some(near), _) => format!("Write `jobs.{near}`."),
                (None, Some(names)) => format!("Its jobs are {names}."),
                (None, None) => "Write the id of one of its jobs.".to_owned(),
            },
        });
    };
    of_job(tree, job, id, property)
}

fn steps(scope: ExpressionScope<'_>, rest: &[&str]) -> Option<Undefined> {
    let tree = scope.tree;
    let [id, property @ ..] = rest else {
        return None;
    };
    let holder = if scope.is_action {
        tree.get(scope.root, "runs")?
    } else {
        scope.job?
    };
    let list = tree.items(tree.get(holder, "steps")?);
    let declared = scope.declared.steps(tree, holder, list);
    let end = scope.step.and_then(|step| declared.number(tree, step));
    let end = end.unwrap_or(list.len());
    let before = &list[..end];
    if !declared.has(id, end) {
        let ids = || before.iter().filter_map(|step| tree.text_at(*step, "id"));
        return Some(if declared.has(id, list.len()) {
            Undefined {
                message: format!(
                    "`steps.{id}` is not set yet: the step runs later, or is this one"
                ),
                help: "Move the reference to a later step.".to_owned(),
            }
        } else {
            let give = format!("give the step that is meant `id: {id}`");
            Undefined {
                message: format!("there is no step with the id `{id}`, so `steps.{id}` is empty"),
                help: match (misspelt(id, ids()), listed(ids())) {
                    (Some(near), _) => format!("Write `steps.{near}`, or {give}."),
                    (None, Some(ids)) => {
                        let which = if is_of_outputs(scope.key) {
                            "The steps"
                        } else {
                            "The steps before it"
                        };
                        format!("{which} have the ids {ids}: write one of these, or {give}.")
                    }
                    (None, None) => {
                        format!("Give the step that is meant, before this one, `id: {id}`.")
                    }
                },
            }
        });
    }
    let known = ["outputs", "outcome", "conclusion", "*"];
    let other = property.first()?;
    (!known.iter().any(|known| known.eq_ignore_ascii_case(other))).then(|| Undefined {
        message: format!(
            "`steps.{id}` has no `{other}`; it has `outputs`, `outcome` and `conclusion`"
        ),
        help: format!("Write `steps.{id}.outputs.{other}` if it is an output of the step."),
    })
}

fn matrix(scope: ExpressionScope<'_>, name: &str) -> Option<Undefined> {
    let (tree, job) = (scope.tree, scope.job?);
    let missing = |axes: &[&str]| {
        let axes = || axes.iter().copied();
        Some(Undefined {
            message: format!("the matrix of this job has no `{name}`, so `matrix.{name}` is empty"),
            help: match (misspelt(name, axes()), listed(axes())) {
                (Some(near), _) => format!("Write `matrix.{near}`, or add `{name}` to the matrix."),
                (None, Some(axes)) => {
                    format!("Its axes are {axes}: write one of these, or add `{name}`.")
                }
                (None, None) => format!(
                    "Add `{name}` to `strategy.matrix` of the job, or remove the reference."
                ),
            },
        })
    };
    let Some(matrix) = tree.at(job, &["strategy", "matrix"]) else {
        // A strategy that an expression gives may hold a matrix.
        return if tree
            .get(job, "strategy")
            .is_some_and(|strategy| tree.text(strategy).is_some_and(value::is_dynamic))
        {
            None
        } else {
            missing(&[])
        };
    };
    if !tree.is_mapping(matrix) {
        return None;
    }
    let include = tree.get(matrix, "include");
    if include.is_some_and(|include| tree.text(include).is_some_and(value::is_dynamic)) {
        return None;
    }
    let items = include.map_or(&[][..], |include| tree.items(include));
    let declared = scope.declared.axes(tree, matrix, items);
    if declared.is_open || declared.names.contains(name.to_ascii_lowercase().as_str()) {
        return None;
    }
    let keys = tree.first_keys(matrix, COMPARED).into_iter();
    let axes: Vec<&str> = keys
        .filter(|axis| !matches!(*axis, "include" | "exclude"))
        .collect();
    missing(&axes)
}
