//! Text of outsiders that goes through outputs: of jobs, of steps whose scripts write it, and of actions that give it back.

use crate::model::workflow::{WorkflowFile, artifacts, script_taint, taint, triggers, uses};
use crate::parse::expression::{self, admits};
use crate::parse::yaml::tree::{NodeId, Tree};

/// How many outputs are followed, one from the other.
const DEPTH: usize = 6;
/// How long a script is looked through.
const SCRIPT: usize = 100_000;

/// Outputs of actions that hold what an outsider wrote: titles, bodies, names of branches and of files.
const OUTPUTS: &[(&str, &[&str])] = &[
    ("amannn/action-semantic-pull-request", &["error_message"]),
    ("dorny/paths-filter", &["*_files"]),
    ("gotson/pull-request-comment-branch", &["head_ref"]),
    ("jitterbit/get-changed-files", &["*"]),
    ("khan/pull-request-comment-trigger", &["comment_body"]),
    ("peter-murray/issue-body-parser-action", &["*"]),
    (
        "potiuk/get-workflow-origin",
        &["sourceheadbranch", "pullrequestlabels"],
    ),
    ("stefanbuck/github-issue-parser", &["*"]),
    (
        "tj-actions/branch-names",
        &["head_ref_branch", "current_branch"],
    ),
    ("tj-actions/changed-files", &["*_files"]),
    ("trilom/file-changes-action", &["files*"]),
    ("xt0rted/pull-request-comment-branch", &["head_ref"]),
];

/// Where a context is read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    pub(super) file: WorkflowFile<'t>,
    pub(super) tree: &'t Tree,
    pub(super) root: NodeId,
    /// The job, or `runs` of a composite action.
    pub(super) job: Option<NodeId>,
    /// The events of the workflow; none if they are not known.
    pub(super) events: &'t [&'t str],
}

/// Whether the text at `path` is an output that an outsider wrote.
pub(super) fn is_untrusted(reader: Reader<'_>, path: &str) -> bool {
    follow(reader, path, DEPTH)
}

fn follow(reader: Reader<'_>, path: &str, depth: usize) -> bool {
    if depth == 0 {
        return false;
    }
    let mut parts = path.splitn(4, '.');
    let (Some(kind), Some(id), Some("outputs"), Some(output)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let tree = reader.tree;
    match kind {
        "needs" => {
            let jobs = tree.get(reader.root, "jobs");
            let job = jobs.and_then(|jobs| entry(tree, jobs, id));
            let Some(job) = job else { return false };
            let value = tree
                .get(job, "outputs")
                .and_then(|outputs| entry(tree, outputs, output));
            let reader = Reader {
                job: Some(job),
                ..reader
            };
            value.is_some_and(|value| holds(reader, value, depth - 1))
        }
        "steps" => {
            let step = reader.job.and_then(|job| step(tree, job, id));
            step.is_some_and(|step| writes(reader, step, output, depth - 1))
        }
        _ => false,
    }
}

/// Whether an expression in a value gives what an outsider wrote.
fn holds(reader: Reader<'_>, value: NodeId, depth: usize) -> bool {
    let Some(scalar) = reader.tree.scalar(value) else {
        return false;
    };
    if !scalar.text.text.contains("${{") {
        return false;
    }
    expression::find(&scalar.text).iter().any(|expression| {
        let mut contexts = expression.contexts.iter().filter(|context| context.flows);
        contexts.any(|context| {
            taint::is_untrusted_in(&context.path, reader.events)
                || follow(reader, &context.path, depth)
        })
    })
}

/// Whether artifacts of other runs may be those of a fork: the run that was before may be that of a pull request.
fn is_of_artifact(reader: Reader<'_>) -> bool {
    reader.events.contains(&"workflow_run")
}

/// Whether no event of the workflow meets the condition of a step, so that its outputs are empty.
fn is_never_run(reader: Reader<'_>, step: NodeId) -> bool {
    let Some(condition) = reader.tree.text_at(step, "if") else {
        return false;
    };
    let events = triggers::names(reader.tree, reader.root);
    !events.is_empty() && !events.iter().any(|event| admits(condition, event))
}

/// Whether a step gives an output that an outsider wrote.
fn writes(reader: Reader<'_>, step: NodeId, output: &str, depth: usize) -> bool {
    let tree = reader.tree;
    if is_never_run(reader, step) {
        return false;
    }
    if let Some(uses) = tree.text_at(step, "uses") {
        let action = uses.split('@').next().unwrap_or_default().trim();
        let action = action.to_ascii_lowercase();
        if action == "actions/github-script" {
            let script = tree
                .get(step, "with")
                .and_then(|with| tree.get(with, "script"));
            let returned = script.and_then(|script| tree.text(script));
            return returned.is_some_and(|script| {
                output == "result" && returns_payload(script)
                    || is_of_artifact(reader) && artifacts::gives(script, output)
            });
        }
        if escapes(reader, step, &action) {
            return false;
        }
        let outputs = OUTPUTS.iter().find(|(name, _)| *name == action);
        return outputs.is_some_and(|(_, names)| names.iter().any(|name| is_like(output, name)));
    }
    let Some(run) = tree.get(step, "run").and_then(|run| tree.scalar(run)) else {
        return false;
    };
    let text = run.text.text.as_str();
    if text.len() > SCRIPT {
        return false;
    }
    if is_of_artifact(reader) && artifacts::writes(tree, reader.job, (step, text), output) {
        return true;
    }
    script_taint::gives(text, output, &|value, safe| {
        reads_untrusted(reader, step, (value, safe), depth)
    })
}

/// The major version of the release of its action that a step names.
fn release(reader: Reader<'_>, step: NodeId) -> Option<u32> {
    let node = reader.tree.get(step, "uses")?;
    uses::release(reader.file, node).map(|(_, major)| major)
}

/// Whether an action escapes for the shell what it gives: by an input, or by default.
fn escapes(reader: Reader<'_>, step: NodeId, action: &str) -> bool {
    let tree = reader.tree;
    let input = |name| {
        let with = tree.get(step, "with")?;
        tree.text(entry(tree, with, name)?)
    };
    match action {
        "dorny/paths-filter" => matches!(input("list-files"), Some("shell" | "escape")),
        "tj-actions/changed-files" => match input("safe_output") {
            Some(safe) => {
                safe == "true"
                    && input("json").is_none_or(|json| json == "false")
                    && input("matrix").is_none_or(|matrix| matrix == "false")
            }
            // The default since v41.
            None => release(reader, step).is_none_or(|major| major > 40),
        },
        _ => false,
    }
}

/// Whether a value of a script holds an expression or a variable of `env` that an outsider wrote, other than those that are safe by then.
fn reads_untrusted(
    reader: Reader<'_>,
    step: NodeId,
    (value, safe): (&str, &[&str]),
    depth: usize,
) -> bool {
    let located = crate::span::LocatedText::verbatim(value, 0);
    let direct = value.contains("${{")
        && expression::find(&located).iter().any(|expression| {
            let mut contexts = expression.contexts.iter().filter(|context| context.flows);
            contexts.any(|context| {
                taint::is_untrusted_in(&context.path, reader.events)
                    || follow(reader, &context.path, depth)
            })
        });
    let held = || {
        let holders = [Some(step), reader.job, Some(reader.root)]
            .into_iter()
            .flatten();
        holders
            .flat_map(|holder| taint::tainted(reader.tree, holder))
            .any(|(name, (reads, _))| {
                let mut reads = reads.iter();
                reads.any(|path| taint::is_filled(path, reader.events))
                    && !safe.iter().any(|safe| safe.eq_ignore_ascii_case(&name))
                    && script_taint::reads(value, &name)
            })
    };
    direct || held()
}

/// Whether JavaScript returns a text of the event.
fn returns_payload(script: &str) -> bool {
    script.lines().any(|line| {
        let line = line.trim().trim_end_matches(';');
        line.strip_prefix("return ").is_some_and(|value| {
            let value = value.trim().replace("?.", ".");
            let path = value.strip_prefix("context.payload.");
            path.is_some_and(|path| {
                taint::is_untrusted(&format!("github.event.{}", path.to_ascii_lowercase()))
            })
        })
    })
}

fn is_like(name: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => name.ends_with(end),
        (_, Some(start)) => name.starts_with(start),
        _ => name == pattern,
    }
}

fn entry(tree: &Tree, node: NodeId, name: &str) -> Option<NodeId> {
    let pairs = tree.pairs(node).into_iter();
    let mut same = pairs.filter(|(key, _)| {
        tree.text(*key)
            .is_some_and(|key: &str| key.eq_ignore_ascii_case(name))
    });
    same.next().map(|(_, value)| value)
}

fn step(tree: &Tree, job: NodeId, id: &str) -> Option<NodeId> {
    let list = tree.items(tree.get(job, "steps")?).iter().copied();
    let all = list.flat_map(|step| {
        let nested = tree.get(step, "parallel");
        let nested = nested.map_or(&[][..], |list| tree.items(list));
        std::iter::once(step).chain(nested.iter().copied())
    });
    all.into_iter().find(|step| {
        tree.text_at(*step, "id")
            .is_some_and(|found| found.eq_ignore_ascii_case(id))
    })
}
