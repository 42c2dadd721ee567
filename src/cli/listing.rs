//! `hullmark check --show-files`: every file that was looked at, with its kind or the reason why it is not judged.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::cli::CliError;
use crate::cli::scope::Run;
use crate::deployed::status::{State as Rendered, Status, What};
use crate::report::Format;
use crate::sources::Kind;
use crate::sources::survey::{State, Surveyed};

/// The list, as text or as JSON.
pub(super) fn list(run: &Run, formats: &[Format]) -> Result<String, CliError> {
    let files = run.db.survey(&run.roots, &run.files);
    let rendered = run.rendered();
    match formats {
        [] | [Format::Text] => Ok(text(run, &files, &rendered)),
        [Format::Json] => Ok(json(run, &files, &rendered)),
        _ => Err(CliError::Usage(
            "--show-files: goes with --format text or json".to_owned(),
        )),
    }
}

fn text(run: &Run, files: &[Surveyed], rendered: &[Status]) -> String {
    let widths = files.iter().map(|file| file.path.chars().count());
    let widths = widths.chain(rendered.iter().map(|root| root.path.chars().count() + 1));
    let width = widths.max().unwrap_or_default().min(60);
    let parts = parts(rendered);
    let mut text = String::new();
    for root in rendered {
        let path = format!("{}/", root.path.escape_debug());
        let what = match root.what {
            What::Chart => "Helm chart",
            What::Library => "Helm library chart",
            What::Kustomization => "kustomization",
        };
        let said = match &root.state {
            Rendered::Rendered => what.to_owned(),
            Rendered::Incomplete(reason) => format!("{what}, incomplete: {reason}"),
            Rendered::Refused(reason) => format!("{what}, not rendered: {reason}"),
        };
        // Writing to a String does not fail.
        let _ = writeln!(text, "{path:<width$}  {said}");
    }
    for file in files {
        let path = file.path.escape_debug().to_string();
        let mut said = match &file.state {
            State::Judged(kind) => title(*kind).to_owned(),
            _ if parts.contains(file.path.as_str()) => "part of a Helm chart".to_owned(),
            state => format!("not judged: {}", state.reason()),
        };
        if is_test_data(run, file) {
            said.push_str(", test data");
        }
        let _ = writeln!(text, "{path:<width$}  {said}");
    }
    let judged = files.iter().filter(|file| {
        matches!(file.state, State::Judged(_)) || parts.contains(file.path.as_str())
    });
    let _ = writeln!(
        text,
        "{} of {} entries are judged",
        judged.count(),
        files.len()
    );
    text
}

/// The files of charts that are judged as what they are rendered into.
fn parts(rendered: &[Status]) -> BTreeSet<&str> {
    let parts = rendered.iter().flat_map(|root| &root.parts);
    parts.map(String::as_str).collect()
}

fn json(run: &Run, files: &[Surveyed], rendered: &[Status]) -> String {
    let parts = parts(rendered);
    let entries = files.iter().map(|file| {
        let mut entry = json!({"path": file.path});
        match &file.state {
            State::Judged(kind) => entry["kind"] = Value::from(word(*kind)),
            _ if parts.contains(file.path.as_str()) => entry["kind"] = Value::from("chart"),
            state => entry["reason"] = Value::from(state.reason()),
        }
        if is_test_data(run, file) {
            entry["test_data"] = Value::from(true);
        }
        entry
    });
    let entries: Vec<Value> = entries.collect();
    let roots = rendered.iter().map(|root| {
        let kind = match root.what {
            What::Chart => "chart",
            What::Library => "library-chart",
            What::Kustomization => "kustomization",
        };
        let state = match &root.state {
            Rendered::Rendered => "rendered",
            Rendered::Incomplete(_) => "incomplete",
            Rendered::Refused(_) => "refused",
        };
        let mut entry = json!({"path": root.path, "kind": kind, "state": state});
        if !root.state.reason().is_empty() {
            entry["reason"] = Value::from(root.state.reason());
        }
        entry
    });
    let roots: Vec<Value> = roots.collect();
    let list = json!({"version": 1, "files": entries, "rendered": roots});
    format!("{list}\n")
}

fn is_test_data(run: &Run, file: &Surveyed) -> bool {
    matches!(file.state, State::Judged(_)) && run.test_data.holds(&file.full)
}

/// What a person calls a file of that kind.
pub(super) fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Dockerfile => "Dockerfile",
        Kind::Kubernetes => "Kubernetes manifest",
        Kind::Workflow => "GitHub workflow",
        Kind::Action => "GitHub action",
        Kind::Compose => "Compose file",
        Kind::Dependabot => "Dependabot configuration",
        Kind::PreCommit => "pre-commit configuration",
    }
}

/// The word for a kind in JSON, as in the table `documents`.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Dockerfile => "dockerfile",
        Kind::Kubernetes => "kubernetes",
        Kind::Workflow => "workflow",
        Kind::Action => "action",
        Kind::Compose => "compose",
        Kind::Dependabot => "dependabot",
        Kind::PreCommit => "pre-commit",
    }
}
