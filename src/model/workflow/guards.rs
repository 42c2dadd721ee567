//! Which jobs and steps run for people with rights in the repository alone.

use crate::parse::expression::keeps_outsiders_out;
use crate::parse::yaml::tree::{NodeId, Tree};

use super::value;

/// How far `needs` is followed.
const DEPTH: usize = 5;

/// Whether the condition of a job, or of one that it needs, keeps the code of outsiders out.
pub(super) fn is_job_guarded(tree: &Tree, root: NodeId, job: NodeId) -> bool {
    guarded(tree, root, job, DEPTH)
}

fn guarded(tree: &Tree, root: NodeId, job: NodeId, depth: usize) -> bool {
    let condition = tree.text_at(job, "if");
    if condition.is_some_and(keeps_outsiders_out) {
        return true;
    }
    // A job that asks for more than success runs after one that was skipped.
    let runs_anyhow = condition.is_some_and(|condition| {
        let condition = condition.to_ascii_lowercase();
        ["always(", "failure(", "cancelled("]
            .iter()
            .any(|call| condition.contains(call))
    });
    if runs_anyhow || depth == 0 {
        return false;
    }
    let Some(jobs) = tree.get(root, "jobs") else {
        return false;
    };
    value::list(tree, tree.get(job, "needs"))
        .into_iter()
        .take(20)
        .filter_map(|(_, id)| tree.get(jobs, id))
        .any(|needed| guarded(tree, root, needed, depth - 1))
}

/// Whether a step runs for people with rights alone.
pub(super) fn is_step_guarded(tree: &Tree, step: NodeId) -> bool {
    tree.text_at(step, "if").is_some_and(keeps_outsiders_out)
}
