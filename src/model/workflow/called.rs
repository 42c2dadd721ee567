//! Whether a workflow of the repository that a job calls brings in nothing of outsiders, as far as its steps show.

use crate::model::workflow::brings;
use crate::model::workflow::value;
use crate::parse::yaml;
use crate::parse::yaml::tree::{NodeId, Tree};

/// What fetches other code than that of the run in a script.
const FETCHES: &[&str] = &[
    "git checkout",
    "git fetch",
    "git pull",
    "pr checkout",
    "pull/",
    "git clone",
];

/// Whether the text of a workflow says so: no job calls another one of the repository, and no step runs what is not in this one.
pub(super) fn is_tame(text: &str) -> bool {
    let mut problems = Vec::new();
    let tree = yaml::parse(text, &mut problems);
    let root = tree.roots.first().copied();
    let jobs = root.and_then(|root| tree.get(root, "jobs"));
    let jobs = jobs.map(|jobs| tree.pairs(jobs)).unwrap_or_default();
    let is_tame = |job: NodeId| {
        if let Some(uses) = tree.text_at(job, "uses") {
            return is_fixed(uses) && tree.at(job, &["with", "ref"]).is_none();
        }
        let steps = tree.get(job, "steps").map(|list| tree.items(list));
        steps.is_some_and(|steps| steps.iter().all(|step| is_step_tame(&tree, *step)))
    };
    problems.is_empty() && !jobs.is_empty() && jobs.into_iter().all(|(_, job)| is_tame(job))
}

/// Whether a called workflow is one of another repository, at a commit.
fn is_fixed(uses: &str) -> bool {
    let commit = uses.trim().split_once('@').map_or("", |(_, commit)| commit);
    commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_step_tame(tree: &Tree, step: NodeId) -> bool {
    let uses = tree.text_at(step, "uses").unwrap_or_default().trim();
    let with = |name| tree.get(step, "with").and_then(|with| tree.get(with, name));
    let checks_out =
        uses.contains("checkout") && (with("ref").is_some() || with("repository").is_some());
    let script = tree.text_at(step, "run").unwrap_or_default();
    tree.is_mapping(step)
        && !uses.starts_with("./")
        && !value::is_dynamic(uses)
        && !checks_out
        && !FETCHES.iter().any(|part| script.contains(part))
        && tree.get(step, "parallel").is_none()
        && !brings::foreign(tree, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_that_bring_nothing_in_are_tame() {
        let with =
            |step: &str| format!("on: workflow_call\njobs:\n  a:\n    steps:\n      - {step}\n");
        assert!(is_tame(&with("uses: actions/checkout@v5")));
        assert!(is_tame(&with("run: make")));
        assert!(!is_tame(&with(
            "{uses: actions/checkout@v5, with: {ref: x}}"
        )));
        assert!(!is_tame(&with("run: gh pr checkout 1")));
        assert!(!is_tame(&with("uses: ./local")));
        assert!(!is_tame(
            "on: workflow_call\njobs:\n  a:\n    uses: b/c/.github/workflows/d.yml@v1\n"
        ));
        assert!(!is_tame(""));
    }
}
