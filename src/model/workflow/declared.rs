//! The names that a file declares for its expressions: inputs, needs, steps, jobs and the matrix.

use crate::model::workflow::expression_scope::ExpressionScope;
use crate::model::workflow::value;
use crate::parse::yaml::tree::{NodeId, Tree};

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

/// Why the file does not have what is read, if it is known not to.
///
/// A matrix need not give every job every key: a default beside it says that the author knows.
pub(super) fn undefined(
    scope: ExpressionScope<'_>,
    name: &str,
    rest: &[&str],
    has_default: bool,
) -> Option<String> {
    let first = rest.first().filter(|first| **first != "*")?;
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
    (!is_known).then(|| format!("`{name}` has no property `{first}`, so this is empty"))
}

pub(super) fn get<'t>(tree: &'t Tree, node: NodeId, name: &str) -> Option<NodeId> {
    let pairs = tree.pairs(node).into_iter();
    let mut same = pairs.filter(|(key, _)| {
        tree.text(*key)
            .is_some_and(|key: &'t str| key.eq_ignore_ascii_case(name))
    });
    same.next().map(|(_, value)| value)
}

fn input_of_dispatch(scope: ExpressionScope<'_>, name: &str) -> Option<String> {
    let on = scope.tree.get(scope.root, "on")?;
    if name == "*" || scope.is_action || !scope.tree.is_mapping(on) {
        return None;
    }
    let dispatch = scope.tree.get(on, "workflow_dispatch")?;
    let inputs = scope.tree.get(dispatch, "inputs")?;
    get(scope.tree, inputs, name)
        .is_none()
        .then(|| no_input("`workflow_dispatch`", name))
}

fn no_input(holder: &str, name: &str) -> String {
    format!("{holder} declares no input `{name}`, so this is empty")
}

fn input(scope: ExpressionScope<'_>, name: &str) -> Option<String> {
    let tree = scope.tree;
    if scope.is_action {
        let inputs = tree.get(scope.root, "inputs");
        let is_there = inputs.is_some_and(|inputs| get(tree, inputs, name).is_some());
        return (!is_there).then(|| no_input("the action", name));
    }
    let on = tree.get(scope.root, "on")?;
    let is_there = ["workflow_call", "workflow_dispatch"].iter().any(|event| {
        let inputs = tree.at(on, &[event, "inputs"]);
        inputs.is_some_and(|inputs| get(tree, inputs, name).is_some())
    });
    (!is_there).then(|| no_input("the workflow", name))
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

fn needs(scope: ExpressionScope<'_>, rest: &[&str]) -> Option<String> {
    let (tree, job) = (scope.tree, scope.job?);
    let [id, property @ ..] = rest else {
        return None;
    };
    let listed = value::list(tree, tree.get(job, "needs"));
    if listed.iter().any(|(_, text)| value::is_dynamic(text)) {
        return None;
    }
    if !listed.iter().any(|(_, text)| text.eq_ignore_ascii_case(id)) {
        return Some(format!(
            "`needs` of this job does not list `{id}`, so `needs.{id}` is empty"
        ));
    }
    let needed = get(tree, tree.get(scope.root, "jobs")?, id)?;
    of_job(tree, needed, id, property)
}

/// `result` or a declared output of a job.
fn of_job(tree: &Tree, job: NodeId, id: &str, property: &[&str]) -> Option<String> {
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
            (!is_there).then(|| format!("`outputs` of job `{id}` does not set `{output}`"))
        }
        [..] => Some(format!(
            "job `{id}` has no `{}`; it has `result` and `outputs`",
            property[0]
        )),
    }
}

fn jobs(scope: ExpressionScope<'_>, rest: &[&str]) -> Option<String> {
    let tree = scope.tree;
    let [id, property @ ..] = rest else {
        return None;
    };
    match get(tree, tree.get(scope.root, "jobs")?, id) {
        None => Some(format!("the workflow has no job `{id}`")),
        Some(job) => of_job(tree, job, id, property),
    }
}

fn steps(scope: ExpressionScope<'_>, rest: &[&str]) -> Option<String> {
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
    let end = scope.step.and_then(|step| {
        list.iter().position(|item| {
            let nested = tree.get(*item, "parallel");
            let nested = nested.map_or(&[][..], |list| tree.items(list));
            let is_it = |item: &NodeId| tree.resolve(*item) == tree.resolve(step);
            is_it(item) || nested.iter().any(is_it)
        })
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
            format!("`steps.{id}` is not set yet: the step runs later, or is this one")
        } else {
            format!("there is no step with the id `{id}`, so `steps.{id}` is empty")
        });
    }
    let known = ["outputs", "outcome", "conclusion", "*"];
    let other = property.first()?;
    (!known.iter().any(|known| known.eq_ignore_ascii_case(other))).then(|| {
        format!("`steps.{id}` has no `{other}`; it has `outputs`, `outcome` and `conclusion`")
    })
}

fn matrix(scope: ExpressionScope<'_>, name: &str) -> Option<String> {
    let (tree, job) = (scope.tree, scope.job?);
    let missing = || {
        Some(format!(
            "the matrix of this job has no `{name}`, so `matrix.{name}` is empty"
        ))
    };
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
