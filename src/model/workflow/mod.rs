//! A workflow's jobs and steps, and its images, scripts, permissions and expressions, as rows; actions likewise.

mod actions;
mod advisories;
mod artifacts;
mod brings;
mod builds;
mod called;
mod callee;
mod choices;
mod commands;
mod declared;
mod declared_names;
mod expression_scope;
mod expressions;
mod flows;
mod forge;
mod format;
mod guards;
mod inputs;
mod jobs;
mod misuses;
mod outputs;
mod permissions;
mod quoting;
pub(super) mod repository;
mod schema;
mod scope;
mod script_taint;
mod scripts;
mod secret_names;
mod steps;
mod systems;
mod taint;
mod triggers;
mod types;
mod uses;
mod value;
mod variable_names;
mod variables;
mod watched;

pub(super) use actions::is_archived;

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use hullmark_tables::{Workflows, documents, faults, workflows};

use crate::model::place::{RowRef, TextPlace};
use crate::model::row::RowBuilder;
use crate::model::workflow::forge::Forge;
use crate::model::{FileTables, image};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::sources::context::{BuildContexts, Call};
use crate::sources::{Kind, Source};
use crate::span::Span;

/// One workflow or action, as those see it who read below it.
#[derive(Clone, Copy)]
struct WorkflowFile<'t> {
    tree: &'t Tree,
    /// The text of the file.
    text: &'t str,
    root: NodeId,
    /// The row of the document, which is also that of the workflow.
    at: RowRef,
    is_action: bool,
    /// Whether it is for Forgejo or Gitea.
    is_dialect: bool,
    /// Who runs it.
    forge: Forge,
    /// What runs a script of a job that names no shell.
    shell: Option<&'t str>,
    /// The events that start it, in the order of the file.
    events: &'t [&'t str],
    /// Whether a repository and a path in it name a workflow of this repository.
    is_own: &'t dyn Fn(&str, &str) -> bool,
    /// Whether an account is the one that owns this repository, as far as its files show.
    is_of_owner: &'t dyn Fn(&str) -> bool,
    /// Whether a workflow of this repository, as `uses` names it, brings in nothing of outsiders.
    is_tame: &'t dyn Fn(&str) -> bool,
    /// The path of the file.
    path: &'t str,
    /// What other files hand to it.
    calls: &'t [&'t Call],
    /// The actions and workflows of the repository that it names.
    callees: &'t callee::Callees<'t>,
}

/// Some of a workflow's events, a bit for each of the first 64.
type EventSet = u64;

impl<'t> WorkflowFile<'t> {
    /// Those events of a set that satisfy a condition.
    fn admitted(self, events: EventSet, admits: impl Fn(&str) -> bool) -> EventSet {
        let numbers = (0..self.events.len().min(64)).filter(|number| events & (1 << number) != 0);
        numbers.fold(0, |set, number| {
            set | (EventSet::from(admits(self.events[number])) << number)
        })
    }

    /// The names of the events of a set; none if what starts the file is not known, or a server other than GitHub.
    fn known_events(self, events: EventSet) -> Vec<&'t str> {
        if self.is_action || self.is_dialect {
            return Vec::new();
        }
        self.names_of(events).collect()
    }

    /// The names of the events of a set.
    fn names_of(self, events: EventSet) -> impl Iterator<Item = &'t str> {
        let named = self.events.iter().take(64).enumerate();
        named.filter_map(move |(number, name)| (events & (1 << number) != 0).then_some(*name))
    }
}

/// A job, as its steps see it.
#[derive(Clone, Copy)]
struct Job<'t> {
    node: NodeId,
    at: RowRef,
    /// What runs a script that names no shell.
    shell: Option<&'t str>,
    os: Option<&'static str>,
    /// Whether it runs on Windows and, by its matrix, elsewhere.
    is_partly_windows: bool,
    /// The events that can start it.
    events: EventSet,
    /// Whether it runs for people with rights alone.
    is_guarded: bool,
    /// The number of its first step that fails for others.
    gate: Option<usize>,
}

/// Where the rows of jobs and steps stand, for those who read what is below them.
#[derive(Default)]
struct Places {
    jobs: Vec<JobPlace>,
    steps: Vec<StepPlace>,
    /// The first step of each id in each job: its number and its row.
    ids: FxHashMap<(NodeId, String), (usize, RowRef)>,
    /// What `uses` named so far.
    uses: FxHashSet<String>,
}

/// A job's row.
struct JobPlace {
    node: NodeId,
    at: RowRef,
    path: String,
    events: EventSet,
}

/// A step's row.
struct StepPlace {
    job: Option<(NodeId, RowRef)>,
    node: NodeId,
    at: RowRef,
    path: String,
    events: EventSet,
}

/// How many steps of one file become rows: aliases may repeat a list without end.
const STEPS: usize = 5_000;

pub(super) fn build_rows(
    tables: &mut FileTables,
    source: &Source,
    tree: &Tree,
    contexts: &BuildContexts,
) {
    let root = tree.roots.first().copied();
    let Some(root) = root.filter(|root| tree.is_mapping(*root)) else {
        return nothing(tables, source);
    };
    let at = tables.node(root);
    let kind = match source.kind {
        Kind::Action => "action",
        _ => "workflow",
    };
    tables.add_row(
        RowBuilder::at(at)
            .text(documents::kind, kind)
            .text(documents::path, &source.path),
    );
    let mut events = triggers::names(tree, root);
    let run = events.iter_mut().find(|event| **event == "workflow_run");
    if let Some(run) = run
        && let Some(workflows) = contexts.workflows_beside(source)
        && watched::are_of_insiders(&watched::names(tree, root), &workflows)
    {
        *run = watched::TRUSTED;
    }
    let calls: Vec<&Call> = contexts.calls(&source.path).collect();
    let owner = OnceCell::new();
    let is_of_owner = |name: &str| {
        let owner = owner.get_or_init(|| repository::owner(source, contexts));
        owner
            .as_deref()
            .is_some_and(|owner| owner.eq_ignore_ascii_case(name))
    };
    let callees = callee::Callees::new(source, contexts);
    let forge = Forge::of(source);
    let file = WorkflowFile {
        tree,
        callees: &callees,
        path: &source.path,
        calls: &calls,
        events: &events,
        is_own: &|repository, path| repository::is_own(source, contexts, repository, path),
        is_of_owner: &is_of_owner,
        is_tame: &|uses| {
            let path = uses.trim().strip_prefix("./");
            let text = path.and_then(|path| contexts.workflow_beside(source, path));
            text.is_some_and(|text| called::is_tame(&text))
        },
        text: &source.text,
        root,
        at,
        is_action: source.kind == Kind::Action,
        is_dialect: forge.is_dialect(),
        forge,
        shell: value::default_shell(tree, root),
    };
    let row = workflow(file, kind, tables).set(workflows::document, at);
    tables.add_row(row);
    variables::build_rows(tables, file, at, root, "workflow-env");
    permissions::build_rows(tables, file, root, at, None);
    let mut places = Places::default();
    if kind == "action" {
        action(tables, file, &mut places);
    } else {
        jobs::build_rows(tables, file, &mut places);
    }
    builds::build_rows(tables, file, &places, source);
    expressions::build_rows(tables, file, &places);
    schema::build_rows(tables, file);
}

/// A file that holds no workflow at all.
fn nothing(tables: &mut FileTables, source: &Source) {
    if source.text.trim().is_empty() {
        let at = tables.text(TextPlace::new(Span::default(), "file"));
        tables.problem(at, faults::WORKFLOW_EMPTY, "the file is empty");
    }
}

fn workflow(file: WorkflowFile<'_>, kind: &str, tables: &mut FileTables) -> RowBuilder<Workflows> {
    let WorkflowFile { tree, root, at, .. } = file;
    let triggers = triggers::all(tree, root);
    let rows = triggers
        .iter()
        .map(|trigger| triggers::row(tables, tree, trigger));
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
        .set(
            workflows::has_cancel,
            tree.at(root, &["concurrency", "cancel-in-progress"])
                .is_some(),
        )
        .map(workflows::env, value::texts(tree, tree.get(root, "env")))
        .set(workflows::is_dialect, file.is_dialect)
        .maybe_text(
            workflows::using,
            tree.at(root, &["runs", "using"])
                .and_then(|using| tree.text(using)),
        )
}

/// The steps of a composite action, or the image of a Docker action.
fn action(tables: &mut FileTables, file: WorkflowFile<'_>, places: &mut Places) {
    let Some(runs) = file.tree.get(file.root, "runs") else {
        return;
    };
    let image = file.tree.text_at(runs, "image");
    if let Some(image) = image.and_then(|image| image.trim().strip_prefix("docker://"))
        && !image.is_empty()
    {
        let row = image::row(file.at, file.at, "action", image, "runs.image");
        tables.add_row(row);
    }
    if let Some(list) = file.tree.get(runs, "steps") {
        steps::build_rows(tables, file, None, list, "runs", places);
    }
}

#[cfg(test)]
mod tests;
