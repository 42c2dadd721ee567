//! What steps run: the shell of each script, and the options GitHub starts it with.

use crate::model::place::At;
use crate::model::workflow::Flow;
use crate::model::workflow::jobs::Job;
use crate::model::workflow::value;
use crate::model::{Facts, script};
use crate::parse::shell::Shell;
use crate::parse::yaml::tree::NodeId;

/// The rows of `run`, if the step has one.
pub(super) fn fill(
    facts: &mut Facts,
    flow: Flow<'_>,
    job: Option<Job<'_>>,
    step: NodeId,
    at: At,
    path: &str,
) {
    let tree = flow.tree;
    let Some(scalar) = tree.get(step, "run").and_then(|run| tree.scalar(run)) else {
        return;
    };
    let named = tree.get(step, "shell");
    let known = named.and_then(|named| value::known_text(tree, named));
    let line = match named {
        Some(_) => known,
        None => job.and_then(|job| job.shell),
    };
    let os = job.and_then(|job| job.os);
    let shell = match line {
        Some(line) => Shell::named(line),
        None if named.is_some() => Shell::Unknown,
        None => match os {
            Some("windows") => Shell::Pwsh,
            // Without `shell`, GitHub takes bash where there is one, and every hosted runner has it.
            Some(_) => Shell::Bash,
            None => Shell::Unknown,
        },
    };
    let options = options(line, named.is_some() && known.is_none());
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let mut holders = vec![("step", at), ("workflow", flow.at)];
    holders.extend(job.map(|job| ("job", job.at)));
    let origin = script::Origin {
        document: flow.at,
        shell,
        source: "step",
        options: &options,
        holders,
        path: format!("{path}/run"),
        variables: &[],
    };
    script::fill(facts, &scalar.text, &origin);
}

/// The options in force: `bash` by name runs as `bash -eo pipefail`, no name as `bash -e`, a command line as it says.
fn options(line: Option<&str>, is_unknown: bool) -> Vec<String> {
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    match line {
        None if is_unknown => named(&["errexit", "pipefail"]),
        None | Some("sh") => named(&["errexit"]),
        Some("bash") => named(&["errexit", "pipefail"]),
        Some(line) => Shell::options(line),
    }
}
