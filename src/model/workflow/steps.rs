//! Steps of a job or of a composite action: what each uses or runs.

use hullmark_tables::{Action, images, references, steps};

use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::workflow::uses::{self, RefKind};
use crate::model::workflow::{
    EventSet, Job, Places, STEPS, StepPlace, WorkflowFile, brings, commands, guards, inputs,
    script_taint, scripts, systems, taint, value, variables,
};
use crate::model::{FileTables, image};
use crate::parse::expression::admits;
use crate::parse::yaml::tree::{NodeId, Tree};
use rustc_hash::FxHashSet;

/// The rows of a list of steps; gives their places. `places` counts the steps of the whole file.
pub(super) fn build_rows(
    tables: &mut FileTables,
    file: WorkflowFile<'_>,
    job: Option<Job<'_>>,
    list: NodeId,
    path: &str,
    places: &mut Places,
) -> Vec<RowRef> {
    let mut rows = Vec::new();
    for (number, node) in file.tree.items(list).iter().enumerate() {
        if places.steps.len() >= STEPS {
            unjudged(tables, *node);
            break;
        }
        if file.tree.is_mapping(*node) {
            let path = step_path(file.tree, *node, path, number);
            rows.push(one(
                tables,
                file,
                job,
                (*node, number),
                path.clone(),
                places,
            ));
            let nested = file.tree.get(*node, "parallel");
            let nested = nested.map_or(&[][..], |list| file.tree.items(list));
            for (place, inner) in nested.iter().enumerate() {
                if places.steps.len() >= STEPS {
                    unjudged(tables, *inner);
                    break;
                }
                if file.tree.is_mapping(*inner) {
                    let path = step_path(file.tree, *inner, &path, place);
                    rows.push(one(tables, file, job, (*inner, number), path, places));
                }
            }
        }
    }
    rows
}

/// Says that a step, and what follows it, is not checked.
fn unjudged(tables: &mut FileTables, step: NodeId) {
    let at = tables.node(step);
    let message =
        format!("workflow has more than {STEPS} steps; those from here on are not checked");
    tables.unjudged(at, &message);
}

/// Whether a condition is written as `false`.
fn never_holds(condition: &str) -> bool {
    let condition = condition.trim();
    let code = condition
        .strip_prefix("${{")
        .and_then(|code| code.strip_suffix("}}"));
    value::is_switch(code.unwrap_or(condition).trim())
}

/// The rows of one step.
fn one(
    tables: &mut FileTables,
    file: WorkflowFile<'_>,
    job: Option<Job<'_>>,
    (node, number): (NodeId, usize),
    path: String,
    places: &mut Places,
) -> RowRef {
    let condition = file.tree.text_at(node, "if");
    let events = file.admitted(job.map_or(u64::MAX, |job| job.events), |event| {
        condition.is_none_or(|condition| admits(condition, event))
    });
    let at = step(tables, file, job, (node, number), (&path, events, places));
    scripts::build_rows(tables, file, job, node, at, &path);
    let is_off = [Some(node), job.map(|job| job.node)].into_iter().flatten();
    let is_off = is_off
        .filter_map(|node| file.tree.text_at(node, "if"))
        .any(never_holds);
    // A step that may fail tries the action out, as a test of it does.
    let is_off = is_off || file.tree.text_at(node, "continue-on-error") == Some("true");
    inputs::check(tables, file, (node, is_off));
    let job = job.map(|job| (job.node, job.at));
    places.steps.push(StepPlace {
        job,
        node,
        at,
        path,
        events,
    });
    at
}

fn step(
    tables: &mut FileTables,
    file: WorkflowFile<'_>,
    job: Option<Job<'_>>,
    (node, number): (NodeId, usize),
    (path, events, places): (&str, EventSet, &mut Places),
) -> RowRef {
    let WorkflowFile {
        tree, at: workflow, ..
    } = file;
    let at = tables.node(node);
    let has = |name| tree.get(node, name).is_some();
    // A `uses` without a value uses nothing.
    let uses_at = tree
        .get(node, "uses")
        .filter(|uses| !value::is_null(tree, *uses));
    let uses = uses_at.and_then(|uses| tree.text(uses));
    let job_at = job.map(|job| job.at);
    let script = tree.get(node, "run").and_then(|run| tree.scalar(run));
    let commands = script.map(|script| commands::rows(tables, &script.text, path));
    let id = tree.text_at(node, "id");
    let same_id = job.zip(id).and_then(|(job, id)| {
        let key = (job.node, id.to_lowercase());
        let (first, earlier) = *places.ids.entry(key).or_insert((number, at));
        (first < number).then_some(earlier)
    });
    let started_by: Vec<&str> = file.known_events(events);
    let (untrusted, multiline) = untrusted_env(file, job, node, &started_by);
    let action = uses_at.and_then(|uses| Some(uses::row(file, uses, tree.text(uses)?)));
    let row = RowBuilder::at(at)
        .set(steps::workflow, workflow)
        .set(steps::document, workflow)
        .maybe(steps::job, job_at)
        .set(steps::number, i64::try_from(number).unwrap_or(i64::MAX))
        .maybe_text(steps::id, id)
        .maybe(steps::same_id, same_id)
        .maybe_text(steps::name, tree.text_at(node, "name"))
        .maybe_text(steps::uses, uses)
        .maybe(steps::action, action.clone())
        .set(steps::workflow_commands, commands.unwrap_or_default())
        .set(
            steps::is_guarded,
            job.is_some_and(|job| {
                let of_job = (job.node, job.gate);
                job.is_guarded || guards::is_step_guarded(tree, file.root, of_job, (node, number))
            }),
        )
        .set(
            steps::may_be_guarded,
            job.is_some_and(|job| guards::may_be_guarded(tree, file.root, job.node, node)),
        )
        .texts(steps::events, file.names_of(events))
        .set(steps::brings_foreign, brings::foreign(tree, node))
        .texts(steps::untrusted_env, untrusted)
        .texts(steps::multiline_env, multiline)
        .map(steps::with, value::texts(tree, tree.get(node, "with")))
        .set(steps::run, has("run"))
        .maybe_text(steps::run_text, tree.text_at(node, "run"))
        .set(
            steps::is_long,
            tree.text_at(node, "run")
                .is_some_and(|script| script.len() > 20_000),
        )
        .set(steps::has_shell, has("shell"))
        .maybe_text(
            steps::shell,
            tree.text_at(node, "shell")
                .or(job.and_then(|job| job.shell)),
        )
        .maybe_text(
            steps::default_shell,
            script.and_then(|_| systems::default_shell(tree, job, node)),
        )
        .map(steps::env, value::texts(tree, tree.get(node, "env")))
        .maybe_text(steps::r#if, tree.text_at(node, "if"))
        .set(steps::has_if, has("if"))
        .maybe_text(
            steps::working_directory,
            tree.text_at(node, "working-directory"),
        )
        .maybe_text(
            steps::continue_on_error,
            tree.text_at(node, "continue-on-error"),
        )
        .set(steps::has_timeout, has("timeout-minutes"));
    tables.add_row(row);
    if let Some(uses) = tree.get(node, "uses") {
        reference(tables, file, at, (uses, action), (Some(at), job_at), places);
    }
    variables::build_rows(tables, file, at, node, "step-env");
    at
}

/// The variables of `env` in force that hold text of outsiders, and those of them that may hold several lines; the nearest `env` that names
/// one decides.
fn untrusted_env(
    file: WorkflowFile<'_>,
    job: Option<Job<'_>>,
    step: NodeId,
    events: &[&str],
) -> (Vec<String>, Vec<String>) {
    let tree = file.tree;
    let mut seen = FxHashSet::default();
    let (mut untrusted, mut multiline) = (Vec::new(), Vec::new());
    for holder in [Some(step), job.map(|job| job.node), Some(file.root)] {
        let env = holder.and_then(|holder| tree.get(holder, "env"));
        let pairs = env.map(|env| tree.pairs(env)).unwrap_or_default();
        for (key, value) in pairs.into_iter().take(MOST_VARIABLES) {
            let Some(name) = tree.text(key) else { continue };
            if !seen.insert(name) {
                continue;
            }
            let Some(text) = tree.scalar(value).map(|scalar| &scalar.text) else {
                continue;
            };
            let (reads, lines) = taint::reads(text, events);
            if reads {
                untrusted.push(name.to_owned());
            }
            if lines {
                multiline.push(name.to_owned());
            }
        }
    }
    // GitHub sets it to the branch of a fork.
    if !seen.contains("GITHUB_HEAD_REF") && taint::is_filled("github.head_ref", events) {
        untrusted.push("GITHUB_HEAD_REF".to_owned());
    }
    let script = tree.text_at(step, "run").unwrap_or_default();
    assigned(script, &mut untrusted);
    if !multiline.is_empty() {
        assigned(script, &mut multiline);
    }
    (untrusted, multiline)
}

/// Adds the variables that a script sets to one of these as a whole or in part.
fn assigned(script: &str, names: &mut Vec<String>) {
    for line in script.lines().take(MOST_LINES) {
        let line = line.trim();
        let words = ["export ", "local ", "readonly ", "declare "];
        let line = words
            .iter()
            .find_map(|word| line.strip_prefix(word))
            .unwrap_or(line);
        let Some((name, value)) = line.split_once('=') else {
            continue;
        };
        let is_name = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        // What a command makes of it may be anything.
        if is_name
            && !value.contains(['(', '`'])
            && names.len() < MOST_VARIABLES
            && names
                .iter()
                .any(|known| script_taint::expands(value, known))
        {
            names.push(name.to_owned());
        }
    }
}

/// How many lines of a script are looked through for assignments.
const MOST_LINES: usize = 2_000;

/// How much of an `env` is read for each step; a longer one is not written by hand.
const MOST_VARIABLES: usize = 200;

/// `jobs/build/steps[name=Test]`: by name or id where it has one.
pub(super) fn step_path(tree: &Tree, step: NodeId, holder: &str, number: usize) -> String {
    let name = ["name", "id"]
        .iter()
        .find_map(|key| Some((key, tree.text_at(step, key)?)));
    match name {
        Some((key, name)) => [holder, "/steps[", key, "=", name, "]"].concat(),
        None => format!("{holder}/steps[{number}]"),
    }
}

/// The row of a `uses`, whose action is known already if it is that of a step, and the row of the image it may be.
pub(super) fn reference(
    tables: &mut FileTables,
    file: WorkflowFile<'_>,
    at: RowRef,
    (node, action): (NodeId, Option<RowBuilder<Action>>),
    (step, job): (Option<RowRef>, Option<RowRef>),
    places: &mut Places,
) {
    let text = file.tree.text(node);
    let Some(text) = text.filter(|_| !value::is_null(file.tree, node)) else {
        return;
    };
    let action = action.unwrap_or_else(|| uses::row(file, node, text));
    let row = RowBuilder::at(at)
        .set(references::document, file.at)
        .set(references::workflow, file.at)
        .text(references::kind, "uses")
        .text(references::target, text)
        .set(references::action, action)
        .set(references::is_workflow, step.is_none())
        .set(
            references::is_repeated,
            places.uses.replace(text.trim().to_owned()).is_some(),
        )
        .maybe(references::step, step)
        .maybe(references::job, job)
        .text(references::field, "uses");
    tables.add_row(row);
    if uses::read(text).kind == RefKind::Docker
        && let Some(image) = text.trim().strip_prefix("docker://")
        && !image.is_empty()
    {
        let row = image::row(at, file.at, "step", image, "uses").maybe(images::job, job);
        tables.add_row(row);
    }
}
