//! What steps run: the shell of each script, and the options GitHub starts it with.

use rustc_hash::FxHashSet;

use crate::model::holder::Holder;
use crate::model::place::RowRef;
use crate::model::workflow::Job;
use crate::model::workflow::WorkflowFile;
use crate::model::workflow::{systems, value};
use crate::model::{FileTables, script};
use crate::parse::shell::Shell;
use crate::parse::yaml::tree::NodeId;

/// The rows of `run`, if the step has one.
pub(super) fn build_rows(
    tables: &mut FileTables,
    file: WorkflowFile<'_>,
    job: Option<Job<'_>>,
    step: NodeId,
    at: RowRef,
    path: &str,
) {
    let tree = file.tree;
    let Some(scalar) = tree.get(step, "run").and_then(|run| tree.scalar(run)) else {
        return;
    };
    let named = tree.get(step, "shell");
    let known = named.and_then(|named| value::known_text(tree, named));
    let line = match named {
        Some(_) => known,
        None => job.and_then(|job| job.shell),
    };
    let shell = match line {
        Some(line) => Shell::named(line),
        None if named.is_some() => Shell::Unknown,
        None => match systems::of_step(tree, job, step) {
            Some("windows") => Shell::Pwsh,
            // Without `shell`, GitHub takes bash where there is one, and every hosted runner has it.
            Some(_) => Shell::Bash,
            None => Shell::Unknown,
        },
    };
    let options = options(line, named.is_some() && known.is_none());
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let mut holders = vec![(Holder::Step, at), (Holder::Workflow, file.at)];
    holders.extend(job.map(|job| (Holder::Job, job.at)));
    let variables = environment(file, job, step);
    let origin = script::Origin {
        document: file.at,
        shell,
        source: "step",
        options: &options,
        holders,
        path: [path, "/run"].concat(),
        variables: &variables.plain,
        environment: &variables.others,
    };
    script::build_rows(tables, &scalar.text, &origin);
}

/// How much of an `env` is read for a script; a longer one is not written by hand, and each step would read it again.
const MOST_VARIABLES: usize = 200;

/// The names of variables that `env` sets.
#[derive(Default)]
struct Environment {
    /// Those whose value is one word, whoever reads it.
    plain: Vec<String>,
    /// All others, and whether they begin as options do, which are as many as are written.
    others: Vec<(String, bool)>,
}

/// The variables of `env`; the nearest `env` that names one decides.
fn environment(file: WorkflowFile<'_>, job: Option<Job<'_>>, step: NodeId) -> Environment {
    let tree = file.tree;
    let mut found = Environment::default();
    let mut seen = FxHashSet::default();
    for holder in [Some(step), job.map(|job| job.node), Some(file.root)] {
        let env = holder.and_then(|holder| tree.get(holder, "env"));
        let pairs = env.map(|env| tree.pairs(env)).unwrap_or_default();
        for (key, value) in pairs.into_iter().take(MOST_VARIABLES) {
            let Some(name) = tree.text(key) else { continue };
            let is_plain = tree
                .text(value)
                .is_some_and(|value| is_word(value) || is_number(value));
            if seen.insert(name) {
                if is_plain {
                    found.plain.push(name.to_owned());
                } else {
                    let text = tree.text(value).unwrap_or_default();
                    let option = text.trim_start().strip_prefix('-');
                    let is_several = !text.contains("${{")
                        && option.is_some_and(|name| {
                            name.starts_with(|sign: char| sign == '-' || sign.is_ascii_alphabetic())
                        });
                    found.others.push((name.to_owned(), is_several));
                }
            }
        }
    }
    found
}

/// Whether a value is one expression whose result holds neither spaces nor wildcards: a number, a hash, an address of GitHub's.
fn is_number(value: &str) -> bool {
    const ENDS: &[&str] = &[
        ".number",
        ".sha",
        ".html_url",
        "_sha",
        ".run_id",
        ".run_number",
        ".run_attempt",
        ".id",
        ".actor_id",
        ".repository_id",
        ".head_sha",
        ".node_id",
        ".clone_url",
    ];
    let inner = value
        .trim()
        .strip_prefix("${{")
        .and_then(|rest| rest.strip_suffix("}}"));
    inner.is_some_and(|inner| {
        let path = inner.trim();
        path.starts_with("github.")
            && path
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
            && ENDS.iter().any(|end| path.ends_with(end))
    })
}

/// Whether a value is one word that holds nothing a shell would expand.
fn is_word(value: &str) -> bool {
    !value.is_empty()
        && !value.contains("${{")
        && !value.contains(|letter: char| letter.is_whitespace() || "*?[(".contains(letter))
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
