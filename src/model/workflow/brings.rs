//! Whether a step brings files of outsiders into the workspace: artifacts of other runs, and what actions check out by themselves. A checkout of the
//! repository's own code does not, and that of a pull request has a rule of its own.

use memchr::memmem;

use crate::parse::yaml::tree::{NodeId, Tree};

/// What the name of an action that downloads artifacts of other runs has in it.
const NAMES: &[&str] = &["download-artifact", "download-workflow-artifact"];

/// What fetches an artifact of another run, or the code of another repository, in a script; in JavaScript too.
const COMMANDS: &[&str] = &[
    "gh run download",
    "gh repo clone",
    "downloadArtifact",
    "archive_download_url",
    "/tarball/",
    "/zipball/",
];

/// Actions that let whoever writes to them direct an agent with a shell, and do not ask who that is.
const AGENTS: &[&str] = &[
    "anthropics/claude-code-base-action",
    "google-gemini/gemini-cli-action",
    "google-github-actions/run-gemini-cli",
];

/// Whether a step does.
pub(super) fn foreign(tree: &Tree, step: NodeId) -> bool {
    let uses = tree.text_at(step, "uses").map(str::trim);
    let input = |name| {
        let with = tree.get(step, "with")?;
        tree.text(super::declared::get(tree, with, name)?)
    };
    let is_action = uses.is_some_and(|uses| {
        let name = uses.split('@').next().unwrap_or_default();
        let slug = name.to_ascii_lowercase();
        let last = slug.rsplit('/').next().unwrap_or_default();
        let downloads = NAMES.iter().any(|name| last.contains(name))
            || last.contains("download") && last.contains("artifact");
        let is_own_run = slug == "actions/download-artifact" && input("run-id").is_none();
        let checks_out = !uses.starts_with("./")
            && input("checkout").is_some_and(|value| value.eq_ignore_ascii_case("true"));
        downloads && !is_own_run || checks_out || AGENTS.contains(&slug.as_str())
    });
    let script = tree.text_at(step, "run").or_else(|| input("script"));
    is_action
        || script.is_some_and(|script| {
            let has =
                |command: &&str| memmem::find(script.as_bytes(), command.as_bytes()).is_some();
            COMMANDS.iter().any(has)
        })
}
