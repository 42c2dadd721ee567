//! A workflow's jobs and steps, and its images, scripts, permissions and expressions, as rows; actions likewise.

mod builds;
mod declared;
mod expression_scope;
mod expressions;
mod format;
mod jobs;
mod permissions;
mod schema;
mod scope;
mod scripts;
mod steps;
mod taint;
mod triggers;
mod uses;
mod value;
mod variables;

use hullmark_tables::{Workflows, documents, problems, workflows};

use crate::model::place::{At, TextPlace};
use crate::model::row::RowBuilder;
use crate::model::{Facts, image};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::{Kind, Source};
use crate::span::Span;

/// One workflow or action, as those see it who read below it.
#[derive(Clone, Copy)]
struct WorkflowFile<'t> {
    tree: &'t Tree,
    root: NodeId,
    /// The row of the document, which is also that of the workflow.
    at: At,
    is_action: bool,
    /// What runs a script of a job that names no shell.
    shell: Option<&'t str>,
}

/// A job, as its steps see it.
#[derive(Clone, Copy)]
struct Job<'t> {
    node: NodeId,
    at: At,
    /// What runs a script that names no shell.
    shell: Option<&'t str>,
    os: Option<&'static str>,
}

/// Where the rows of jobs and steps stand, for those who read what is below them.
#[derive(Default)]
struct Places {
    /// Node, place and structural path.
    jobs: Vec<(NodeId, At, String)>,
    steps: Vec<StepPlace>,
}

/// A step's row.
struct StepPlace {
    job: Option<(NodeId, At)>,
    node: NodeId,
    at: At,
    path: String,
}

/// How many steps of one file become rows: aliases may repeat a list without end.
const STEPS: usize = 5_000;

pub(super) fn fill(facts: &mut Facts, source: &Source, tree: &Tree) {
    let root = tree.roots.first().copied();
    let Some(root) = root.filter(|root| tree.is_mapping(*root)) else {
        return nothing(facts, source);
    };
    let at = facts.node(root);
    let kind = match source.kind {
        Kind::Action => "action",
        _ => "workflow",
    };
    facts.push(
        RowBuilder::at(at)
            .text(documents::kind, kind)
            .text(documents::path, &source.path),
    );
    let file = WorkflowFile {
        tree,
        root,
        at,
        is_action: source.kind == Kind::Action,
        shell: value::default_shell(tree, root),
    };
    let row = workflow(file, kind, facts).set(workflows::document, at);
    facts.push(row);
    variables::fill(facts, file, at, root, "workflow-env");
    permissions::fill(facts, file, root, at, None);
    let mut places = Places::default();
    if kind == "action" {
        action(facts, file, &mut places);
    } else {
        jobs::fill(facts, file, &mut places);
    }
    builds::fill(facts, file, &places, source);
    expressions::fill(facts, file, &places);
    schema::fill(facts, file, kind == "action");
}

/// A file that holds no workflow at all.
fn nothing(facts: &mut Facts, source: &Source) {
    if source.text.trim().is_empty() {
        let at = facts.text(TextPlace::new(Span::default(), "file"));
        let row = RowBuilder::at(at)
            .text(problems::rule, "workflow/missing-key")
            .text(problems::kind, "workflow-empty")
            .text(problems::problem, "the file is empty")
            .set(problems::related, Vec::new());
        facts.push(row);
    }
}

fn workflow(file: WorkflowFile<'_>, kind: &str, facts: &mut Facts) -> RowBuilder<Workflows> {
    let WorkflowFile { tree, root, at, .. } = file;
    let triggers = triggers::all(tree, root);
    let rows = triggers
        .iter()
        .map(|trigger| triggers::row(facts, tree, trigger));
    let rows = rows.collect();
    RowBuilder::at(at)
        .text(workflows::kind, kind)
        .maybe_text(workflows::name, tree.text_at(root, "name"))
        .set(workflows::triggers, rows)
        .texts(
            workflows::trigger_names,
            triggers.iter().map(|trigger| trigger.name),
        )
        .set(
            workflows::has_permissions,
            tree.get(root, "permissions").is_some(),
        )
        .set(
            workflows::has_concurrency,
            tree.get(root, "concurrency").is_some(),
        )
        .map(workflows::env, value::texts(tree, tree.get(root, "env")))
        .maybe_text(
            workflows::using,
            tree.at(root, &["runs", "using"])
                .and_then(|using| tree.text(using)),
        )
}

/// The steps of a composite action, or the image of a Docker action.
fn action(facts: &mut Facts, file: WorkflowFile<'_>, places: &mut Places) {
    let Some(runs) = file.tree.get(file.root, "runs") else {
        return;
    };
    let image = file.tree.text_at(runs, "image");
    if let Some(image) = image.and_then(|image| image.trim().strip_prefix("docker://"))
        && !image.is_empty()
    {
        let row = image::row(file.at, file.at, "action", image, "runs.image");
        facts.push(row);
    }
    if let Some(list) = file.tree.get(runs, "steps") {
        steps::fill(facts, file, None, list, "runs", places);
    }
}

#[cfg(test)]
mod tests;
