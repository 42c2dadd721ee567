//! Jobs and steps among each other: which keys go together, ids, `needs`, the matrix, `concurrency`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::workflow::schema::{Check, shapes};
use crate::model::workflow::{triggers, value};
use crate::parse::yaml::tree::{Content, NodeId};
use hullmark_tables::faults;

/// Keys of a job that calls no workflow.
const NOT_FOR_CALLS: &[&str] = &[
    "runs-on",
    "environment",
    "outputs",
    "env",
    "defaults",
    "steps",
    "timeout-minutes",
    "continue-on-error",
    "container",
    "services",
    "snapshot",
];
/// What makes a step: each with the keys that go with it.
const KINDS: &[(&str, &[&str])] = &[
    (
        "run",
        &[
            "shell",
            "working-directory",
            "id",
            "if",
            "name",
            "env",
            "continue-on-error",
            "timeout-minutes",
            "background",
        ],
    ),
    (
        "uses",
        &[
            "with",
            "id",
            "if",
            "name",
            "env",
            "continue-on-error",
            "timeout-minutes",
            "background",
        ],
    ),
    ("parallel", &[]),
    ("wait", &["id", "name", "continue-on-error"]),
    ("wait-all", &["id", "name", "continue-on-error"]),
    ("cancel", &["id", "name", "continue-on-error"]),
];
/// How many jobs, steps or values are compared with each other.
const COMPARED: usize = 500;

/// Checks every job.
pub(super) fn jobs(check: &mut Check<'_, '_>, jobs: NodeId) {
    let tree = check.tree;
    let pairs = tree.pairs(jobs);
    let root = tree.node(jobs).parent;
    let is_called = root.is_some_and(|root| triggers::names(tree, root).contains(&"workflow_call"));
    if tree.is_mapping(jobs) && pairs.is_empty() {
        check.problem(faults::NO_JOBS, jobs, "the workflow has no job");
    }
    for (key, job) in &pairs {
        let id = tree.text(*key).unwrap_or_default();
        identifier(check, *job, "job", id);
        if value::is_null(tree, *job)
            || tree.scalar(*job).is_some()
            || matches!(tree.content(*job), Content::Sequence(_))
        {
            let message = format!("job `{id}` is no mapping");
            check.problem(faults::EXPECTED_MAPPING, *job, message);
            continue;
        }
        let is_call = tree.get(*job, "uses").is_some();
        check.shape(
            *job,
            if is_call { &shapes::CALL } else { &shapes::JOB },
            id,
            1,
        );
        keys_of(check, *job, is_call);
        steps(check, *job);
        if let Some(matrix) = tree.at(*job, &["strategy", "matrix"]) {
            super::matrix::validate(check, matrix);
        }
        concurrency(check, *job);
        if is_call {
            super::calls::workflow(check, *job);
        } else {
            super::calls::steps(check, *job, is_called);
        }
    }
    needs(check, &pairs);
}

/// What a call takes and other jobs do not, and the other way about.
fn keys_of(check: &mut Check<'_, '_>, job: NodeId, is_call: bool) {
    let tree = check.tree;
    for (key, child) in tree.pairs(job) {
        let Some(name) = tree.text(key) else { continue };
        if is_call && NOT_FOR_CALLS.contains(&name) && !check.forge.takes_key("a call", name) {
            let message = format!("`{name}` does not go with `uses`");
            check.problem(faults::REUSABLE_CALL_KEY, child, message);
        } else if !is_call && matches!(name, "with" | "secrets") {
            let message = format!("`{name}` goes only with `uses`");
            check.problem(faults::ONLY_FOR_REUSABLE_CALL, child, message);
        } else if name == "secrets" && tree.text(child).is_some_and(|text| text != "inherit") {
            let message = "`secrets` is a mapping or `inherit`";
            check.problem(faults::SECRETS_NOT_INHERIT, child, message);
        }
    }
}

/// Letters, digits, `-` and `_`, beginning with a letter or `_`.
fn identifier(check: &mut Check<'_, '_>, node: NodeId, what: &str, id: &str) {
    if id.is_empty() || value::is_dynamic(id) {
        return;
    }
    let begins = id.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let goes_on = id
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    if !begins || !goes_on || id.starts_with("__") {
        let message = format!(
            "`{id}` is no id of a {what}: letters, digits, `-` and `_`, beginning with a letter or one `_`"
        );
        let kind = if id.starts_with("__") {
            faults::RESERVED_ID
        } else {
            faults::INVALID_ID
        };
        check.problem(kind, node, message);
    }
}

fn steps(check: &mut Check<'_, '_>, job: NodeId) {
    let tree = check.tree;
    let Some(list) = tree.get(job, "steps") else {
        return;
    };
    let mut background: FxHashSet<String> = FxHashSet::default();
    for step in tree.items(list).iter().take(COMPARED) {
        if value::is_null(tree, *step) || tree.scalar(*step).is_some() {
            check.problem(faults::EXPECTED_MAPPING, *step, "a step is a mapping");
            continue;
        }
        one(check, *step, false);
        for name in ["wait", "cancel"] {
            for (node, id) in value::list(tree, tree.get(*step, name)) {
                if !background.contains(&id.to_ascii_lowercase())
                    && !value::is_dynamic(id)
                    && !id.is_empty()
                {
                    let message =
                        format!("no step before this has the id `{id}` and `background: true`");
                    check.problem(faults::UNKNOWN_BACKGROUND_STEP, node, message);
                }
            }
        }
        if tree
            .text_at(*step, "background")
            .is_some_and(|text| text.eq_ignore_ascii_case("true"))
            && let Some(id) = tree.text_at(*step, "id")
        {
            background.insert(id.to_ascii_lowercase());
        }
    }
}

fn one(check: &mut Check<'_, '_>, step: NodeId, is_nested: bool) {
    let tree = check.tree;
    if let Some(node) = tree.get(step, "id") {
        identifier(check, node, "step", tree.text(node).unwrap_or_default());
    }
    let kinds: Vec<_> = KINDS
        .iter()
        .filter(|(name, _)| tree.get(step, name).is_some())
        .collect();
    match kinds.as_slice() {
        [] if tree.is_mapping(step) => {
            check.problem(
                faults::STEP_WITHOUT_WORK,
                step,
                "the step has neither `run` nor `uses`",
            );
        }
        [] => {}
        [(kind, takes)] => {
            for (key, child) in tree.pairs(step) {
                let Some(name) = tree.text(key) else { continue };
                let is_known = KINDS.iter().any(|(_, keys)| keys.contains(&name));
                if is_known && !takes.contains(&name) {
                    let message = format!("`{name}` does not go with `{kind}`");
                    check.problem(faults::UNKNOWN_KEY, child, message);
                }
            }
            if is_nested && !matches!(*kind, "run" | "uses") {
                let message = format!("`{kind}` does not go into `parallel`");
                check.problem(faults::NESTED_OR_NOT_ALLOWED, step, message);
            }
        }
        [("wait", _), ("wait-all", _)] => {
            let node = tree.get(step, "wait-all").unwrap_or(step);
            let message = "`wait` and `wait-all` exclude each other";
            check.problem(faults::WAIT_AND_WAIT_ALL, node, message);
        }
        [(first, _), (second, _), ..] => {
            let node = tree.get(step, second).unwrap_or(step);
            let message = format!("the step has both `{first}` and `{second}`");
            check.problem(faults::STEP_WITHOUT_WORK, node, message);
        }
    }
    if let Some(all) = tree.get(step, "wait-all")
        && !value::is_null(tree, all)
        && tree.text(all).is_none_or(|text| {
            !text.is_empty() && !text.eq_ignore_ascii_case("true") && !value::is_dynamic(text)
        })
    {
        check.problem(
            faults::WAIT_ALL_VALUE,
            all,
            "`wait-all` takes `true` or no value",
        );
    }
    if is_nested {
        if let Some(node) = tree.get(step, "background") {
            let message = "a step in `parallel` runs beside the others anyhow";
            check.problem(faults::NESTED_OR_NOT_ALLOWED, node, message);
        }
        return;
    }
    for inner in tree
        .get(step, "parallel")
        .map_or(&[][..], |list| tree.items(list))
    {
        one(check, *inner, true);
    }
}

/// A job that is needed twice, and jobs that wait for each other.
fn needs(check: &mut Check<'_, '_>, jobs: &[(NodeId, NodeId)]) {
    let tree = check.tree;
    let mut edges: FxHashMap<String, Vec<(NodeId, String)>> = FxHashMap::default();
    let mut order = Vec::new();
    for (key, job) in jobs.iter().take(COMPARED) {
        let Some(id) = tree.text(*key).map(str::to_ascii_lowercase) else {
            continue;
        };
        let mut needed: Vec<(NodeId, String)> = Vec::new();
        for (node, text) in value::list(tree, tree.get(*job, "needs"))
            .into_iter()
            .take(COMPARED)
        {
            let folded = text.to_ascii_lowercase();
            if needed.iter().any(|(_, earlier)| *earlier == folded) {
                let message = format!("`needs` names the job `{text}` twice");
                check.problem(faults::DUPLICATE_NEEDS, node, message);
            }
            needed.push((node, folded));
        }
        order.push(id.clone());
        edges.insert(id, needed);
    }
    let mut done: FxHashSet<&str> = FxHashSet::default();
    for start in &order {
        if let Some((node, path)) = cycle(start, &edges, &mut done) {
            let message = format!("jobs wait for each other: {}", path.join(" -> "));
            check.problem(faults::NEEDS_CYCLE, node, message);
        }
    }
}

/// The first way from a job back to one on the way; `done` holds jobs from which all ways are known.
fn cycle<'e>(
    start: &'e str,
    edges: &'e FxHashMap<String, Vec<(NodeId, String)>>,
    done: &mut FxHashSet<&'e str>,
) -> Option<(NodeId, Vec<&'e str>)> {
    let mut path: Vec<(&str, usize)> = vec![(start, 0)];
    if done.contains(start) {
        return None;
    }
    let mut found = None;
    while let Some((job, next)) = path.last_mut() {
        let job = *job;
        let edge = edges.get(job).and_then(|needed| needed.get(*next));
        *next += 1;
        let Some((node, target)) = edge else {
            done.insert(job);
            path.pop();
            continue;
        };
        if let Some(from) = path.iter().position(|(on_way, _)| on_way == target) {
            if found.is_none() {
                let mut names: Vec<&str> = path[from..].iter().map(|(name, _)| *name).collect();
                names.push(target);
                found = Some((*node, names));
            }
        } else if !done.contains(target.as_str()) && edges.contains_key(target) {
            path.push((target, 0));
        }
    }
    found
}

/// `queue: max` keeps every run, `cancel-in-progress` ends them.
pub(super) fn concurrency(check: &mut Check<'_, '_>, holder: NodeId) {
    let tree = check.tree;
    let Some(concurrency) = tree.get(holder, "concurrency") else {
        return;
    };
    if let Some(queue) = tree.get(concurrency, "queue")
        && tree.text(queue) == Some("max")
        && tree.text_at(concurrency, "cancel-in-progress") == Some("true")
    {
        let message = "`queue: max` keeps every run, and `cancel-in-progress` ends it";
        check.problem(faults::CONCURRENCY_QUEUE_CANCEL, queue, message);
    } else if let Some(queue) = tree.get(concurrency, "queue")
        && let Some(text) = value::known_text(tree, queue)
        && !matches!(text, "max" | "single")
    {
        let message = format!("`queue` is `single` or `max`, not `{text}`");
        check.problem(faults::CONCURRENCY_QUEUE_VALUE, queue, message);
    }
}

/// The name of a concurrency group, if it is known.
pub(super) fn group<'t>(check: &Check<'t, '_>, holder: NodeId) -> Option<(NodeId, &'t str)> {
    let tree = check.tree;
    let concurrency = tree.get(holder, "concurrency")?;
    let node = tree.get(concurrency, "group").unwrap_or(concurrency);
    Some((node, value::known_text(tree, node)?))
}

/// One group for the workflow and a job of it, or for jobs that need each other: they wait for each other for ever.
pub(super) fn groups(check: &mut Check<'_, '_>, root: NodeId, jobs: NodeId) {
    let tree = check.tree;
    let whole = group(check, root);
    let mut is_shared = false;
    for (_, job) in tree.pairs(jobs) {
        if let (Some((_, name)), Some((node, own))) = (whole, group(check, job))
            && name == own
        {
            is_shared = true;
            let message = format!(
                "group `{own}` is held by the workflow itself, so this job waits until it is cancelled"
            );
            check.problem(faults::CONCURRENCY_GROUP_IS_ALSO_DEFINED, node, message);
        }
    }
    if let Some((node, name)) = whole.filter(|_| is_shared) {
        let message = format!("group `{name}` is also that of a job in this workflow");
        check.problem(faults::CONCURRENCY_GROUP_IS_ALSO_USED, node, message);
    }
}
