//! `hullmark check --show-files`: every file that was looked at, with its kind or the reason why it is not judged.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::cli::CliError;
use crate::cli::scope::Run;
use crate::report::Format;
use crate::sources::Kind;
use crate::sources::survey::{State, Surveyed};

/// The list, as text or as JSON.
pub(super) fn list(run: &Run, formats: &[Format]) -> Result<String, CliError> {
    let files = run.db.survey(&run.roots, &run.files);
    match formats {
        [] | [Format::Text] => Ok(text(run, &files)),
        [Format::Json] => Ok(json(run, &files)),
        _ => Err(CliError::Usage(
            "--show-files: goes with --format text or json".to_owned(),
        )),
    }
}

fn text(run: &Run, files: &[Surveyed]) -> String {
    let width = files.iter().map(|file| file.path.chars().count());
    let width = width.max().unwrap_or_default().min(60);
    let mut text = String::new();
    for file in files {
        let path = file.path.escape_debug().to_string();
        let mut said = match &file.state {
            State::Judged(kind) => title(*kind).to_owned(),
            state => format!("not judged: {}", state.reason()),
        };
        if is_test_data(run, file) {
            said.push_str(", test data");
        }
        // Writing to a String does not fail.
        let _ = writeln!(text, "{path:<width$}  {said}");
    }
    let judged = files
        .iter()
        .filter(|file| matches!(file.state, State::Judged(_)));
    let _ = writeln!(
        text,
        "{} of {} entries are judged",
        judged.count(),
        files.len()
    );
    text
}

fn json(run: &Run, files: &[Surveyed]) -> String {
    let entries = files.iter().map(|file| {
        let mut entry = json!({"path": file.path});
        match &file.state {
            State::Judged(kind) => entry["kind"] = Value::from(word(*kind)),
            state => entry["reason"] = Value::from(state.reason()),
        }
        if is_test_data(run, file) {
            entry["test_data"] = Value::from(true);
        }
        entry
    });
    let entries: Vec<Value> = entries.collect();
    format!("{}\n", json!({"version": 1, "files": entries}))
}

fn is_test_data(run: &Run, file: &Surveyed) -> bool {
    matches!(file.state, State::Judged(_)) && run.test_data.holds(&file.full)
}

fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Dockerfile => "Dockerfile",
        Kind::Kubernetes => "Kubernetes manifest",
        Kind::Workflow => "GitHub workflow",
        Kind::Action => "GitHub action",
        Kind::Compose => "Compose file",
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
    }
}
