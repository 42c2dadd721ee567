//! Jobs: where each runs, what it waits for, what it may do, and its containers.

use hullmark_tables::{Jobs, RunnerLabel, containers, images, jobs, references, runner_label};
use rustc_hash::FxHashSet;

use crate::model::FileTables;
use crate::model::image;
use crate::model::place::RowRef;
use crate::model::row::RowBuilder;
use crate::model::workflow::callee::Callee;
use crate::model::workflow::{
    Job, JobPlace, Places, WorkflowFile, guards, permissions, steps, systems, uses, value,
    variables,
};
use crate::parse::yaml::tree::{Content, NodeId, Tree};

pub(super) fn build_rows(tables: &mut FileTables, file: WorkflowFile<'_>, places: &mut Places) {
    let tree = file.tree;
    let Some(jobs) = tree.get(file.root, "jobs") else {
        return;
    };
    let pairs = tree.pairs(jobs);
    let ids: FxHashSet<String> = pairs
        .iter()
        .filter_map(|(key, _)| tree.text(*key).map(str::to_ascii_lowercase))
        .collect();
    for (key, node) in pairs {
        let Some(id) = tree.text(key) else { continue };
        if !tree.is_mapping(node) {
            continue;
        }
        let runners = runners(tree, node);
        let is_guarded = guards::is_job_guarded(tree, file.root, node);
        let job = Job {
            node,
            at: tables.node(node),
            shell: value::default_shell(tree, node).or(file.shell),
            os: os(&runners),
            is_partly_windows: is_partly_windows(&runners),
            events: file.admitted(u64::MAX, |event| {
                guards::admits_job(tree, file.root, node, event)
            }),
            is_guarded,
            gate: (!is_guarded)
                .then(|| guards::first_gate(tree, file.root, node))
                .flatten(),
        };
        let path = format!("jobs/{id}");
        places.jobs.push(JobPlace {
            node,
            at: job.at,
            path: path.clone(),
            events: job.events,
        });
        let steps = match tree.get(node, "steps") {
            Some(list) => steps::build_rows(tables, file, Some(job), list, &path, places),
            None => Vec::new(),
        };
        let labels = runners.labels.iter().map(|(node, label)| {
            RowBuilder::at(tables.node(*node)).text(runner_label::label, label)
        });
        let labels: Vec<RowBuilder<RunnerLabel>> = labels.collect();
        let row = row(file, job, id, (&runners, labels), steps);
        tables.add_row(row);
        permissions::build_rows(tables, file, node, job.at, Some(job.at));
        needs(tables, file, job, &ids);
        containers(tables, file, job);
        variables::build_rows(tables, file, job.at, node, "job-env");
        if let Some(uses) = tree.get(node, "uses") {
            let of_job = (None, Some(job.at));
            steps::reference(tables, file, job.at, (uses, None), of_job, places);
        }
    }
}

fn row(
    file: WorkflowFile<'_>,
    job: Job<'_>,
    id: &str,
    (runners, labels): (&Runners<'_>, Vec<RowBuilder<RunnerLabel>>),
    steps: Vec<RowRef>,
) -> RowBuilder<Jobs> {
    let WorkflowFile {
        tree,
        root,
        at: workflow,
        ..
    } = file;
    let Job { node, at, .. } = job;
    let has = |name| tree.get(node, name).is_some();
    let secrets = tree.get(node, "secrets");
    let token = permissions::granted(tree, node).or_else(|| {
        (!has("permissions"))
            .then(|| permissions::granted(tree, root))
            .flatten()
    });
    let environment = tree.get(node, "environment").and_then(|environment| {
        tree.text(environment)
            .or_else(|| tree.text_at(environment, "name"))
    });
    let row = RowBuilder::at(at)
        .set(jobs::workflow, workflow)
        .set(jobs::document, workflow)
        .text(jobs::id, id)
        .maybe_text(jobs::name, tree.text_at(node, "name"))
        .texts(
            jobs::runs_on,
            runners.labels.iter().map(|(_, label)| *label),
        )
        .set(jobs::runners, labels)
        .set(jobs::runs_on_known, runners.is_known)
        .set(
            jobs::has_runner_group,
            tree.at(node, &["runs-on", "group"]).is_some(),
        )
        .maybe_text(jobs::runner_os, job.os)
        .set(jobs::is_reusable_call, has("uses"))
        .maybe_text(jobs::uses, tree.text_at(node, "uses"))
        .set(jobs::calls_tame, calls_tame(file, job))
        .maybe(
            jobs::action,
            tree.get(node, "uses")
                .and_then(|uses| Some(uses::row(file, uses, tree.text(uses)?))),
        )
        .set(jobs::is_guarded, job.is_guarded)
        .texts(jobs::events, file.names_of(job.events))
        .maybe_text(jobs::cache_mode, tree.text_at(node, "cache-mode"))
        .texts(
            jobs::needs,
            value::list(tree, tree.get(node, "needs"))
                .iter()
                .map(|(_, text)| text),
        )
        .set(jobs::has_permissions, has("permissions"))
        .set(jobs::has_timeout, has("timeout-minutes"))
        .maybe(
            jobs::timeout,
            tree.get(node, "timeout-minutes")
                .and_then(|timeout| value::number(tree, timeout)),
        )
        .set(jobs::has_environment, has("environment"))
        .maybe_text(jobs::environment, environment)
        .maybe_text(jobs::r#if, tree.text_at(node, "if"))
        .set(jobs::has_if, has("if"))
        .set(jobs::has_concurrency, has("concurrency"))
        .set(jobs::has_container, has("container"))
        .map(jobs::env, value::texts(tree, tree.get(node, "env")))
        .map(jobs::with, value::texts(tree, tree.get(node, "with")))
        .set(
            jobs::is_matrix,
            tree.at(node, &["strategy", "matrix"]).is_some(),
        )
        .set(
            jobs::inherits_secrets,
            secrets.and_then(|secrets| tree.text(secrets)) == Some("inherit"),
        )
        .map(
            jobs::secrets,
            value::texts(tree, secrets.filter(|secrets| tree.is_mapping(*secrets))),
        )
        .set(jobs::steps, steps);
    let called = tree
        .text_at(node, "uses")
        .and_then(|uses| file.callees.workflow(uses));
    let row = match called.as_deref() {
        Some(Callee::Declares(declared)) if !declared.permissions.is_empty() => {
            let asked = declared.permissions.iter();
            let asked = asked.map(|(scope, level)| (scope.clone(), level.as_str()));
            row.map(jobs::called_permissions, asked)
        }
        _ => row,
    };
    match token {
        Some(scopes) => row.map(jobs::token_permissions, scopes),
        None => row,
    }
}

/// Whether a job that outsiders may start with the secrets of the repository calls a workflow that brings in nothing of theirs.
fn calls_tame(file: WorkflowFile<'_>, job: Job<'_>) -> bool {
    let is_privileged = |event| {
        matches!(
            event,
            "pull_request_target" | "workflow_run" | "issue_comment"
        )
    };
    file.names_of(job.events).any(is_privileged)
        && file
            .tree
            .text_at(job.node, "uses")
            .is_some_and(|uses| (file.is_tame)(uses))
}

/// The labels that a job may run on.
struct Runners<'t> {
    /// Each with the scalar that it is.
    labels: Vec<(NodeId, &'t str)>,
    is_known: bool,
}

/// `runs-on` in its three forms; `${{ matrix.os }}` gives each value of that axis.
fn runners(tree: &Tree, job: NodeId) -> Runners<'_> {
    let mut runners = Runners {
        labels: Vec::new(),
        is_known: true,
    };
    let Some(node) = tree.get(job, "runs-on") else {
        runners.is_known = false;
        return runners;
    };
    let node = match tree.content(node) {
        Content::Mapping(_) => tree.get(node, "labels"),
        _ => Some(node),
    };
    for (node, text) in value::list(tree, node) {
        if !value::is_dynamic(text) {
            runners.labels.push((node, text));
            continue;
        }
        match axis(text).map(|axis| axis_values(tree, job, axis)) {
            Some(values) if !values.is_empty() => runners.labels.extend(values),
            _ => runners.is_known = false,
        }
    }
    runners
}

/// The axis that a value is: `${{ matrix.os }}`.
fn axis(text: &str) -> Option<&str> {
    let inside = text.trim().strip_prefix("${{")?.strip_suffix("}}")?;
    let axis = inside.trim().strip_prefix("matrix.")?;
    let is_path = |letter: char| letter.is_ascii_alphanumeric() || "_-.".contains(letter);
    axis.chars().all(is_path).then_some(axis)
}

/// The known texts that `matrix.<axis>` may be, from the axis and from `include`.
fn axis_values<'t>(tree: &'t Tree, job: NodeId, axis: &str) -> Vec<(NodeId, &'t str)> {
    let Some(matrix) = tree.at(job, &["strategy", "matrix"]) else {
        return Vec::new();
    };
    let path: Vec<&str> = axis.split('.').collect();
    let mut found = Vec::new();
    let known = |node: Option<NodeId>| {
        let node = node?;
        Some((node, value::known_text(tree, node)?))
    };
    // What an entry of `exclude` names alone has no job at all.
    let excluded: FxHashSet<&str> = tree
        .get(matrix, "exclude")
        .map_or(&[][..], |exclude| tree.items(exclude))
        .iter()
        .filter(|entry| tree.pairs(**entry).len() == 1)
        .filter_map(|entry| value::known_text(tree, tree.at(*entry, &path)?))
        .collect();
    if let Some(values) = path.first().and_then(|name| tree.get(matrix, name)) {
        for item in tree.items(values) {
            found.extend(known(tree.at(*item, &path[1..])));
        }
    }
    found.retain(|(_, text)| !excluded.contains(text));
    for item in tree
        .get(matrix, "include")
        .map_or(&[][..], |include| tree.items(include))
    {
        found.extend(known(tree.at(*item, &path)));
    }
    found
}

/// The system that all labels agree on.
fn os(runners: &Runners<'_>) -> Option<&'static str> {
    let labels = runners.labels.iter();
    let mut known = labels.filter_map(|(_, label)| systems::of_label(label));
    let first = known.next()?;
    (runners.is_known && known.all(|os| os == first)).then_some(first)
}

/// Whether some of the labels, and not all, are of Windows.
fn is_partly_windows(runners: &Runners<'_>) -> bool {
    let labels = runners.labels.iter();
    let mut are_windows = labels.map(|(_, label)| systems::of_label(label) == Some("windows"));
    let windows = are_windows.clone().filter(|is_windows| *is_windows).count();
    windows > 0 && (!runners.is_known || are_windows.any(|is_windows| !is_windows))
}

fn needs(tables: &mut FileTables, file: WorkflowFile<'_>, job: Job<'_>, ids: &FxHashSet<String>) {
    let tree = file.tree;
    let needs = tree.get(job.node, "needs");
    let is_list = needs.is_some_and(|needs| !tree.items(needs).is_empty());
    for (number, (node, text)) in value::list(tree, needs).into_iter().enumerate() {
        let is_known = value::known_text(tree, node).is_some();
        let field = if is_list {
            format!("needs.{number}")
        } else {
            "needs".to_owned()
        };
        let row = RowBuilder::at(job.at)
            .set(references::document, file.at)
            .set(references::job, job.at)
            .text(references::kind, "needs")
            .text(references::target, text)
            .maybe(
                references::resolves,
                is_known.then(|| ids.contains(&text.to_ascii_lowercase())),
            )
            .text(references::field, &field);
        tables.add_row(row);
    }
}

/// Whether the owner of the repository keeps an image: `ghcr.io/owner/name`, `owner/name`.
fn is_of_owner(file: WorkflowFile<'_>, name: &str) -> bool {
    let mut parts = name.split('/');
    let (first, second, third) = (parts.next(), parts.next(), parts.next());
    match (first, second, third) {
        (Some("ghcr.io" | "docker.io" | "quay.io"), Some(owner), Some(_))
        | (Some(owner), Some(_), None) => (file.is_of_owner)(owner),
        _ => false,
    }
}

/// The container a job runs in, and the services beside it.
fn containers(tables: &mut FileTables, file: WorkflowFile<'_>, job: Job<'_>) {
    let tree = file.tree;
    if let Some(node) = tree.get(job.node, "container") {
        container(
            tables,
            file,
            job,
            node,
            "container",
            ("job-container", "container"),
        );
    }
    let services = tree.get(job.node, "services");
    for (key, node) in services
        .map(|services| tree.pairs(services))
        .unwrap_or_default()
    {
        if let Some(name) = tree.text(key) {
            let path = format!("services.{name}");
            container(tables, file, job, node, &path, ("service", name));
        }
    }
}

fn container(
    tables: &mut FileTables,
    file: WorkflowFile<'_>,
    job: Job<'_>,
    node: NodeId,
    path: &str,
    (role, name): (&str, &str),
) {
    let tree = file.tree;
    let (image, at, field) = match tree.text(node) {
        Some(image) => (Some(image), job.at, path),
        None => (tree.text_at(node, "image"), tables.node(node), "image"),
    };
    let credentials = tree.get(node, "credentials");
    let row = RowBuilder::at(at)
        .set(containers::document, file.at)
        .set(containers::workflow, file.at)
        .set(containers::job, job.at)
        .text(containers::kind, "workflow")
        .text(containers::role, role)
        .text(containers::name, name)
        .maybe_text(containers::image, image)
        .maybe_text(containers::options, tree.text_at(node, "options"))
        .set(containers::has_credentials, credentials.is_some())
        .map(containers::credentials, value::texts(tree, credentials));
    tables.add_row(row);
    let values = image
        .and_then(axis)
        .map(|axis| axis_values(tree, job.node, axis));
    let values = values.into_iter().flatten();
    // An empty text is a job without a container.
    for (node, value) in values.filter(|(_, value)| !value.trim().is_empty()) {
        let name = value.strip_prefix("docker://").unwrap_or(value);
        let at = tables.node(node);
        let row = image::row_as(at, file.at, role, value, name, "").set(images::job, job.at);
        let row = row.set(images::is_own, is_of_owner(file, name));
        tables.add_row(row);
    }
    if let Some(image) = image.filter(|image| !image.trim().is_empty()) {
        // The runner takes the scheme off.
        let name = image.strip_prefix("docker://").unwrap_or(image);
        let row = image::row_as(at, file.at, role, image, name, field).set(images::job, job.at);
        let row = row.set(images::is_own, is_of_owner(file, name));
        tables.add_row(row);
    }
    if tree.is_mapping(node) {
        variables::build_rows(tables, file, at, node, "container-env");
    }
}
