//! The operating systems that jobs and steps run on, and what runs a script there that names no shell.

use crate::model::workflow::Job;
use crate::model::workflow::declared::get;
use crate::parse::expression::{Demand, demands};
use crate::parse::yaml::tree::{NodeId, Tree};

/// What runs a script by default.
pub(super) const POWERSHELL: &str = "powershell";
pub(super) const BASH: &str = "bash";
/// One or the other, by the run of a matrix.
pub(super) const EITHER: &str = "either";

/// The system of a runner's label.
pub(super) fn of_label(label: &str) -> Option<&'static str> {
    let label = label.to_ascii_lowercase();
    let has = |names: &[&str]| names.iter().any(|name| label.contains(name));
    if has(&["windows"]) {
        Some("windows")
    } else if has(&["ubuntu", "linux"]) {
        Some("linux")
    } else if has(&["macos"]) {
        Some("macos")
    } else {
        None
    }
}

/// The system that a step runs on: what its condition demands, or that of its job. `linux` stands for any that is not Windows, if no more is known.
pub(super) fn of_step(tree: &Tree, job: Option<Job<'_>>, step: NodeId) -> Option<&'static str> {
    let job = job?;
    job.os.or_else(|| {
        let condition = tree.text_at(step, "if")?;
        if !(condition.contains("runner.os") || condition.contains("matrix.")) {
            return None;
        }
        let runner = tree.text_at(job.node, "runs-on");
        let runner = runner.map(str::to_ascii_lowercase).unwrap_or_default();
        let runner = inside(&runner);
        demands(condition).iter().find_map(|demand| {
            let is_label = demand.path == "runner.os" || demand.path == runner;
            if !is_label && demand.holds {
                return of_entries(tree, job.node, demand, runner);
            }
            let system = match demand.text.as_str() {
                "win" => Some("windows"),
                text => of_label(text),
            };
            match (is_label, demand.holds, system) {
                (true, true, system) => system,
                (true, false, Some("windows")) => Some("linux"),
                _ => None,
            }
        })
    })
}

/// The system that a condition demands by `runner.os`, whatever the runner.
pub(super) fn demanded_by(condition: &str) -> Option<&'static str> {
    if !condition.contains("runner.os") {
        return None;
    }
    let demands = demands(condition);
    let mut held = demands
        .iter()
        .filter(|demand| demand.path == "runner.os" && demand.holds);
    held.find_map(|demand| of_label(&demand.text))
}

/// The system that those entries of a matrix's `include` run on that have what a condition demands of another axis, if it is one.
fn of_entries(tree: &Tree, job: NodeId, demand: &Demand, runner: &str) -> Option<&'static str> {
    let axis = demand.path.strip_prefix("matrix.")?;
    let runner = runner.strip_prefix("matrix.")?;
    let include = tree.at(job, &["strategy", "matrix", "include"])?;
    let entries = tree.items(include).iter().filter(|entry| {
        let value = get(tree, **entry, axis).and_then(|value| tree.text(value));
        value.is_some_and(|value| value.to_ascii_lowercase().contains(&demand.text))
    });
    let mut systems = entries.map(|entry| of_label(tree.text(get(tree, *entry, runner)?)?));
    let first = systems.next()??;
    systems.all(|system| system == Some(first)).then_some(first)
}

/// What is inside the braces of a text that is one expression.
fn inside(text: &str) -> &str {
    let inside = text.trim().strip_prefix("${{");
    let inside = inside.and_then(|rest| rest.strip_suffix("}}"));
    inside.unwrap_or_default().trim()
}

/// What runs a script of a step that names no shell; `None` if the runner is not known.
pub(super) fn default_shell(
    tree: &Tree,
    job: Option<Job<'_>>,
    step: NodeId,
) -> Option<&'static str> {
    match of_step(tree, job, step) {
        Some("windows") => Some(POWERSHELL),
        Some(_) => Some(BASH),
        None => job?.is_partly_windows.then_some(EITHER),
    }
}
