//! A workflow's jobs and steps, and its images, scripts, permissions and expressions, as rows; actions likewise.

mod builds;
mod declared;
mod expressions;
mod format;
mod jobs;
mod permissions;
mod schema;
mod scope;
mod scripts;
mod site;
mod steps;
mod taint;
mod triggers;
mod uses;
mod value;
mod variables;

use crate::model::place::{At, TextPlace};
use crate::model::row::Row;
use crate::model::table::Table;
use crate::model::{Facts, image};
use crate::parse::faults;
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::{Kind, Source};
use crate::span::Span;

/// One workflow or action, as those see it who read below it.
#[derive(Clone, Copy)]
struct Flow<'t> {
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
        Table::Documents,
        Row::at(at).text("kind", kind).text("path", &source.path),
    );
    let flow = Flow {
        tree,
        root,
        at,
        is_action: source.kind == Kind::Action,
        shell: value::default_shell(tree, root),
    };
    let row = workflow(flow, kind, facts).place("document", at);
    facts.push(Table::Workflows, row);
    variables::fill(facts, flow, at, root, "workflow-env");
    permissions::fill(facts, flow, root, at, None);
    let mut places = Places::default();
    if kind == "action" {
        action(facts, flow, &mut places);
    } else {
        jobs::fill(facts, flow, &mut places);
    }
    builds::fill(facts, flow, &places, source);
    expressions::fill(facts, flow, &places);
    schema::fill(facts, flow, kind == "action");
}

/// A file that holds no workflow at all.
fn nothing(facts: &mut Facts, source: &Source) {
    if source.text.trim().is_empty() {
        let at = facts.text(TextPlace::new(Span::default(), "file"));
        facts.problem(at, faults::WORKFLOW_EMPTY, "the file is empty");
    }
}

fn workflow(flow: Flow<'_>, kind: &str, facts: &mut Facts) -> Row {
    let Flow { tree, root, at, .. } = flow;
    let triggers = triggers::all(tree, root);
    let rows = triggers
        .iter()
        .map(|trigger| triggers::row(facts, tree, trigger));
    let rows = rows.collect();
    Row::at(at)
        .text("kind", kind)
        .maybe_text("name", tree.text_at(root, "name"))
        .rows("triggers", rows)
        .texts("trigger_names", triggers.iter().map(|trigger| trigger.name))
        .flag("has_permissions", tree.get(root, "permissions").is_some())
        .flag("has_concurrency", tree.get(root, "concurrency").is_some())
        .map("env", value::texts(tree, tree.get(root, "env")))
        .maybe_text(
            "using",
            tree.at(root, &["runs", "using"])
                .and_then(|using| tree.text(using)),
        )
}

/// The steps of a composite action, or the image of a Docker action.
fn action(facts: &mut Facts, flow: Flow<'_>, places: &mut Places) {
    let Some(runs) = flow.tree.get(flow.root, "runs") else {
        return;
    };
    let image = flow.tree.text_at(runs, "image");
    if let Some(image) = image.and_then(|image| image.trim().strip_prefix("docker://"))
        && !image.is_empty()
    {
        let row = image::row(flow.at, flow.at, "action", image, "runs.image");
        facts.push(Table::Images, row);
    }
    if let Some(list) = flow.tree.get(runs, "steps") {
        steps::fill(facts, flow, None, list, "runs", places);
    }
}

#[cfg(test)]
mod tests;
