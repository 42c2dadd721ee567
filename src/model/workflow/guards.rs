//! Which jobs and steps run for people with rights in the repository alone: by their conditions, by what those ask of steps and jobs that check
//! who started the run, and by steps before them that fail for everybody else.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::model::words::in_values;
use crate::parse::expression::{
    Asked, admits, holds_for_outsiders, keeps_outsiders_out, rests_on_output,
};
use crate::parse::yaml::tree::{NodeId, Tree};

use super::value;

/// How far `needs` and outputs are followed.
const DEPTH: usize = 5;
/// How many steps before one are looked at, and jobs that one needs.
const STEPS: usize = 100;
const JOBS: usize = 20;

/// Outputs of actions that say whether somebody belongs to a team or may write.
const CHECKS: &[(&str, &[&str])] = &[
    (
        "actions-cool/check-user-permission",
        &["require-result", "check-result", "user-permission"],
    ),
    ("github/branch-deploy", &["continue"]),
    ("github/command", &["continue"]),
    (
        "prince-chrismc/check-actor-permissions-action",
        &["permitted"],
    ),
    (
        "skjnldsv/check-actor-permission",
        &["result", "has-permission"],
    ),
    (
        "themoddinginquisition/actions-team-membership",
        &["permitted"],
    ),
    ("tspascoal/get-user-teams-membership", &["isteammember"]),
    ("xt0rted/slash-command-action", &["command-name"]),
];

/// Actions that fail unless whoever started the run has rights.
const GATES: &[&str] = &[
    "im-open/is-actor-authorized",
    "lannonbr/repo-permission-check-action",
    "morfien101/actions-authorized-user",
    "prince-chrismc/check-actor-permissions-action",
    "skjnldsv/check-actor-permission",
    "xt0rted/slash-command-action",
];

/// What a script calls that asks for somebody's rights.
const QUESTIONS: &[&str] = &[
    "getcollaboratorpermissionlevel",
    "checkcollaborator",
    "checkmembershipforuser",
    "getmembershipforuser",
    "checkpublicmembershipforuser",
    "getmembershipforuserinorg",
    "author_association",
    "/memberships/",
    "/members/",
    "/collaborators/",
];

/// What makes a script fail.
const FAILURES: &[&str] = &[
    "exit 1",
    "setfailed",
    "throw ",
    "process.exit(1)",
    "sys.exit(1)",
];

/// [`QUESTIONS`] and [`FAILURES`], in letters of any case: each step is asked for the sake of those after it.
static ASKED: LazyLock<AhoCorasick> = LazyLock::new(|| in_values(QUESTIONS.iter().copied()));
static ENDS: LazyLock<AhoCorasick> = LazyLock::new(|| in_values(FAILURES.iter().copied()));

/// Where conditions stand.
#[derive(Clone, Copy)]
struct Site<'t> {
    tree: &'t Tree,
    root: NodeId,
    /// The job, or `runs` of a composite action.
    job: NodeId,
    /// How much further outputs and needs are followed.
    depth: usize,
}

/// Whether the condition of a job, or of one that it needs, keeps the code of outsiders out.
pub(super) fn is_job_guarded(tree: &Tree, root: NodeId, job: NodeId) -> bool {
    Site {
        tree,
        root,
        job,
        depth: DEPTH,
    }
    .is_job_guarded()
}

/// The number of the first step of a job that fails for outsiders: those after it run for people with rights alone.
pub(super) fn first_gate(tree: &Tree, root: NodeId, job: NodeId) -> Option<usize> {
    let site = Site {
        tree,
        root,
        job,
        depth: DEPTH,
    };
    let steps = tree.get(job, "steps").map(|list| tree.items(list))?;
    let mut steps = steps.iter().take(STEPS);
    steps.position(|step| site.is_gate(*step))
}

/// Whether a step, with its number in the job, runs for people with rights alone: by its condition, or by the first gate before it.
pub(super) fn is_step_guarded(
    tree: &Tree,
    root: NodeId,
    (job, gate): (NodeId, Option<usize>),
    (step, number): (NodeId, usize),
) -> bool {
    let site = Site {
        tree,
        root,
        job,
        depth: DEPTH,
    };
    let condition = tree.text_at(step, "if");
    condition.is_some_and(|condition| site.keeps_out(condition))
        || gate.is_some_and(|gate| gate < number) && !condition.is_some_and(runs_anyhow)
}

/// Whether the condition of a step, of its job or of a job needed before asks for an output, which may be that of a check.
pub(super) fn may_be_guarded(tree: &Tree, root: NodeId, job: NodeId, step: NodeId) -> bool {
    let rests = |node| tree.text_at(node, "if").is_some_and(rests_on_output);
    let mut jobs = vec![job];
    let mut at = 0;
    while let Some(job) = jobs.get(at).copied() {
        at += 1;
        if jobs.len() < JOBS {
            jobs.extend(needed(tree, root, job));
        }
    }
    rests(step) || jobs.into_iter().any(rests)
}

/// Whether an event can start a job, by its condition and those of the jobs that it needs.
pub(super) fn admits_job(tree: &Tree, root: NodeId, job: NodeId, event: &str) -> bool {
    admitted(tree, root, job, event, DEPTH)
}

fn admitted(tree: &Tree, root: NodeId, job: NodeId, event: &str, depth: usize) -> bool {
    let condition = tree.text_at(job, "if");
    if condition.is_some_and(|condition| !admits(condition, event)) {
        return false;
    }
    condition.is_some_and(runs_anyhow)
        || depth == 0
        || needed(tree, root, job)
            .into_iter()
            .all(|needed| admitted(tree, root, needed, event, depth - 1))
}

/// A job or step that asks for more than success runs after one that was skipped.
fn runs_anyhow(condition: &str) -> bool {
    let condition = condition.to_ascii_lowercase();
    ["always(", "failure(", "cancelled("]
        .iter()
        .any(|call| condition.contains(call))
}

/// The jobs that a job needs.
fn needed(tree: &Tree, root: NodeId, job: NodeId) -> Vec<NodeId> {
    let Some(jobs) = tree.get(root, "jobs") else {
        return Vec::new();
    };
    value::list(tree, tree.get(job, "needs"))
        .into_iter()
        .take(JOBS)
        .filter_map(|(_, id)| tree.get(jobs, id))
        .collect()
}

impl Site<'_> {
    fn is_job_guarded(self) -> bool {
        let condition = self.tree.text_at(self.job, "if");
        if condition.is_some_and(|condition| self.keeps_out(condition)) {
            return true;
        }
        if condition.is_some_and(runs_anyhow) || self.depth == 0 {
            return false;
        }
        needed(self.tree, self.root, self.job)
            .into_iter()
            .any(|job| self.of(job).is_passed())
    }

    /// Whether a job that succeeds was started by somebody with rights.
    fn is_passed(self) -> bool {
        let list = self.tree.get(self.job, "steps");
        let steps = list.map_or(&[][..], |list| self.tree.items(list));
        self.is_job_guarded() || steps.iter().take(STEPS).any(|step| self.is_gate(*step))
    }

    /// The same for another job, one further on.
    fn of(self, job: NodeId) -> Self {
        Self {
            job,
            depth: self.depth.saturating_sub(1),
            ..self
        }
    }

    fn keeps_out(self, condition: &str) -> bool {
        keeps_outsiders_out(condition, &|path, asked| self.is_check(path, asked))
    }

    /// Whether a step fails for outsiders.
    fn is_gate(self, step: NodeId) -> bool {
        let tree = self.tree;
        let goes_on = tree.text_at(step, "continue-on-error");
        if goes_on.is_some_and(|text| text != "false") {
            return false;
        }
        // `success()` is what a step asks that asks nothing.
        let condition = tree
            .text_at(step, "if")
            .filter(|condition| !is_success(condition));
        let script = script(tree, step);
        let fails = script.is_some_and(|script| ENDS.is_match(script));
        if let Some(condition) = condition {
            let holds = holds_for_outsiders(condition, &|path, asked| self.is_check(path, asked));
            return holds && fails;
        }
        let action = slug(tree, step);
        match action.as_deref() {
            Some("xt0rted/slash-command-action") => {
                !matches!(with(tree, step, "permission-level"), Some("none" | "read"))
            }
            Some("actions-cool/check-user-permission") => {
                with(tree, step, "error-if-missing") == Some("true")
            }
            Some(action) if GATES.contains(&action) => true,
            _ => fails && script.is_some_and(asks),
        }
    }

    /// Whether an output answers so for people with rights alone.
    fn is_check(self, path: &str, asked: Asked<'_>) -> bool {
        let mut parts = path.splitn(4, '.');
        let (Some(kind), Some(id), Some(field)) = (parts.next(), parts.next(), parts.next()) else {
            return false;
        };
        match (kind, field, parts.next()) {
            ("steps", "outputs", Some(output)) => self.is_step_check(id, output, asked),
            ("steps", "outcome" | "conclusion", None) => {
                asked == Asked::Equal("success")
                    && self.step(id).is_some_and(|step| self.is_gate(step))
            }
            ("needs", "outputs", Some(output)) => self.is_job_check(id, output, asked),
            ("needs", "result", None) => {
                asked == Asked::Equal("success")
                    && self.depth > 0
                    && self.job_of(id).is_some_and(|job| self.of(job).is_passed())
            }
            _ => false,
        }
    }

    fn is_step_check(self, id: &str, output: &str, asked: Asked<'_>) -> bool {
        let Some(step) = self.step(id) else {
            return false;
        };
        let is_refusal = match asked {
            Asked::Equal(text) => matches!(text, "" | "false" | "none" | "read"),
            Asked::Different(text) => !matches!(text, "" | "false" | "none" | "read"),
        };
        if is_refusal {
            return false;
        }
        let checks = CHECKS
            .iter()
            .find(|(action, _)| slug(self.tree, step).as_deref() == Some(*action));
        match checks {
            Some((_, outputs)) => outputs.contains(&output),
            None => script(self.tree, step).is_some_and(asks),
        }
    }

    /// An output of a job is what an expression in it gives.
    fn is_job_check(self, id: &str, output: &str, asked: Asked<'_>) -> bool {
        let Some(job) = self.job_of(id).filter(|_| self.depth > 0) else {
            return false;
        };
        let outputs = self.tree.get(job, "outputs");
        let value = outputs
            .and_then(|outputs| super::declared::get(self.tree, outputs, output))
            .and_then(|value| self.tree.text(value));
        let Some(value) = value.filter(|value| value.trim_start().starts_with("${{")) else {
            return false;
        };
        let site = self.of(job);
        let inside = value
            .trim()
            .trim_start_matches("${{")
            .trim_end_matches("}}");
        let path = inside.trim().to_ascii_lowercase();
        if path.starts_with("steps.") && !path.contains(|letter: char| " =!&|(".contains(letter)) {
            return site.is_check(&path, asked);
        }
        match asked {
            Asked::Equal("true") | Asked::Different("false") => site.keeps_out(value),
            _ => false,
        }
    }

    fn job_of(self, id: &str) -> Option<NodeId> {
        let jobs = self.tree.get(self.root, "jobs")?;
        super::declared::get(self.tree, jobs, id)
    }

    fn step(self, id: &str) -> Option<NodeId> {
        let steps = self.tree.items(self.tree.get(self.job, "steps")?);
        let mut steps = steps.iter().copied().take(STEPS);
        steps.find(|step| {
            self.tree
                .text_at(*step, "id")
                .is_some_and(|found| found.eq_ignore_ascii_case(id))
        })
    }
}

/// Whether a condition is `success()` alone.
fn is_success(condition: &str) -> bool {
    let inside = condition.trim();
    let inside = inside.strip_prefix("${{").unwrap_or(inside);
    let inside = inside.strip_suffix("}}").unwrap_or(inside);
    inside.trim().eq_ignore_ascii_case("success()")
}

/// Whether a script asks for somebody's rights.
fn asks(script: &str) -> bool {
    ASKED.is_match(script)
}

/// What a step runs.
fn script(tree: &Tree, step: NodeId) -> Option<&str> {
    let run = tree.text_at(step, "run");
    run.or_else(|| with(tree, step, "script"))
}

/// `owner/repository` of the action that a step uses, in lower case.
fn slug(tree: &Tree, step: NodeId) -> Option<String> {
    let uses = tree.text_at(step, "uses")?.trim();
    let name = uses.split('@').next().unwrap_or_default();
    let mut parts = name.split('/');
    let (owner, repository) = (parts.next()?, parts.next()?);
    Some([owner, "/", repository].concat().to_ascii_lowercase())
}

/// An input of the action that a step uses.
fn with<'t>(tree: &'t Tree, step: NodeId, name: &str) -> Option<&'t str> {
    tree.text(super::declared::get(tree, tree.get(step, "with")?, name)?)
}
