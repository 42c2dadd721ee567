//! Whether a step brings files into the workspace, or runs files of it: what an outsider may have written.

use memchr::memmem;

use crate::parse::yaml::tree::{NodeId, Tree};

/// What the last part of an action's name says: it checks out, or downloads an artifact.
const NAMES: &[&str] = &[
    "checkout",
    "download-artifact",
    "download-workflow-artifact",
];

/// What fetches a branch, a pull request or an artifact in a script; in JavaScript too.
const COMMANDS: &[&str] = &[
    "git clone",
    "git fetch",
    "git pull",
    "git checkout",
    "git switch",
    "git worktree",
    "gh pr checkout",
    "gh co ",
    "gh pr diff",
    "gh repo clone",
    "gh run download",
    "gh release download",
    "downloadArtifact",
    "archive_download_url",
    "/actions/artifacts",
    "/actions/runs",
    "/tarball/",
    "/zipball/",
];

/// Whether a step does.
pub(super) fn code(tree: &Tree, step: NodeId) -> bool {
    let uses = tree.text_at(step, "uses").map(str::trim);
    let is_action = uses.is_some_and(|uses| {
        let name = uses.split('@').next().unwrap_or_default();
        let last = name.rsplit('/').next().unwrap_or_default();
        let last = last.to_ascii_lowercase();
        uses.starts_with("./")
            || NAMES.iter().any(|name| last.contains(name))
            || last.contains("download") && last.contains("artifact")
    });
    let script = tree.text_at(step, "run").or_else(|| {
        let with = tree.get(step, "with")?;
        tree.text_at(with, "script")
    });
    is_action
        || script.is_some_and(|script| {
            let has =
                |command: &&str| memmem::find(script.as_bytes(), command.as_bytes()).is_some();
            COMMANDS.iter().any(has)
        })
}
