//! Which contexts an attacker can write: someone with no rights in the repository who opens an issue, a fork or a pull request.

use rustc_hash::FxHashMap;

use crate::parse::expression::{self, fills};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::span::LocatedText;

/// Whether an attacker chooses the text at `path`, which is dotted and lower case.
pub(super) fn is_untrusted(path: &str) -> bool {
    if path == "github.head_ref" {
        return true;
    }
    let Some(rest) = path.strip_prefix("github.event.") else {
        return false;
    };
    let parts: Vec<&str> = rest.split('.').collect();
    match parts.as_slice() {
        ["issue" | "pull_request" | "discussion", "title" | "body"]
        | ["comment" | "review" | "review_comment" | "answer", "body"]
        | ["changes", "title" | "body", "from"]
        | ["pages", _, "page_name" | "title" | "summary"]
        | ["check_suite", "head_branch"]
        | ["check_run", "check_suite", "head_branch"] => true,
        ["pull_request", "head", rest @ ..] => is_head(rest),
        ["head_commit", rest @ ..]
        | ["commits", _, rest @ ..]
        | ["merge_group" | "check_suite", "head_commit", rest @ ..] => is_commit(rest),
        ["workflow_run", rest @ ..] => match rest {
            ["head_branch" | "display_title"]
            | [
                "head_repository",
                "description" | "homepage" | "default_branch",
            ] => true,
            ["head_commit", rest @ ..] => is_commit(rest),
            ["pull_requests", _, "head", "ref"] => true,
            _ => false,
        },
        _ => false,
    }
}

/// Whether a run that one of some events starts has such text at `path`; without events they are not known.
pub(super) fn is_untrusted_in(path: &str, events: &[&str]) -> bool {
    is_untrusted(path) && is_filled(path, events)
}

/// Whether one of some events fills `path`; without events they are not known.
pub(super) fn is_filled(path: &str, events: &[&str]) -> bool {
    events.is_empty() || events.iter().any(|event| fills(path, event))
}

/// Whether the object at `path` holds such text, so that it comes along when the object is turned into JSON.
pub(super) fn holds_untrusted(path: &str) -> bool {
    matches!(
        path,
        "github"
            | "github.event"
            | "github.event.issue"
            | "github.event.pull_request"
            | "github.event.pull_request.head"
            | "github.event.discussion"
            | "github.event.comment"
            | "github.event.review"
            | "github.event.head_commit"
            | "github.event.commits"
            | "github.event.workflow_run"
    )
}

/// Whether an object or nothing is at `path`: as text the one is `Object`, the other empty.
pub(super) fn is_object(path: &str) -> bool {
    let Some(rest) = path.strip_prefix("github.event.") else {
        return path == "github.event";
    };
    matches!(
        rest,
        "issue"
            | "issue.pull_request"
            | "issue.user"
            | "pull_request"
            | "pull_request.base"
            | "pull_request.head"
            | "pull_request.user"
            | "comment"
            | "discussion"
            | "release"
            | "repository"
            | "sender"
            | "head_commit"
            | "workflow_run"
            | "label"
            | "milestone"
            | "inputs"
            | "client_payload"
    )
}

/// Whether the text at `path` is fixed by GitHub: a number, a hash, a name of few letters. What is neither fixed nor an attacker's
/// comes from people with rights in the repository, or from something that the workflow computes.
pub(super) fn is_fixed(path: &str) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        ["runner" | "strategy" | "job", ..] => true,
        ["secrets", ..] => true,
        ["steps", _, "outcome" | "conclusion"] | ["needs", _, "result"] => true,
        [
            "steps",
            _,
            "outputs",
            "cache-hit" | "artifact-id" | "pull-request-number",
        ] => true,
        // GitHub takes letters, digits and `-_.` for the name of a repository, and nothing else.
        ["github", "event", .., "repository" | "repo", "name"] => true,
        ["github", "event", "workflow_run", "event"] => true,
        ["github", "event", .., last] => is_fixed_field(last),
        [
            "github",
            "ref" | "ref_name" | "base_ref" | "head_ref" | "event_path",
        ] => false,
        ["github", ..] => parts.len() == 2,
        _ => false,
    }
}

/// Addresses that those who report a status or a deployment write; GitHub makes all others.
const WRITTEN_URLS: &[&str] = &["details_url", "environment_url", "log_url", "target_url"];

/// Fields of events that hold no free text wherever they stand.
fn is_fixed_field(field: &str) -> bool {
    matches!(
        field,
        "id" | "node_id"
            | "number"
            | "sha"
            | "after"
            | "before"
            | "head_sha"
            | "merge_commit_sha"
            | "login"
            | "full_name"
            | "url"
            | "state"
            | "status"
            | "conclusion"
            | "merged"
            | "draft"
            | "created"
            | "deleted"
            | "forced"
            | "fork"
            | "private"
            | "prerelease"
            | "type"
            | "ref_type"
            | "author_association"
            | "created_at"
            | "updated_at"
            | "closed_at"
            | "merged_at"
            | "timestamp"
            | "action"
            | "run_number"
            | "run_attempt"
            | "commits"
            | "comments"
            | "additions"
            | "deletions"
            | "changed_files"
            | "schedule"
    ) || field.ends_with("_url") && !WRITTEN_URLS.contains(&field)
}

/// Fields of a pull request's head: the names in it are those of a fork.
fn is_head(rest: &[&str]) -> bool {
    matches!(
        rest,
        ["ref" | "label"] | ["repo", "default_branch" | "description" | "homepage"]
    )
}

fn is_commit(rest: &[&str]) -> bool {
    matches!(
        rest,
        ["message"] | ["author" | "committer", "name" | "email"]
    )
}

/// Whether an expression in a text gives what an attacker writes in a run of one of these events, and whether that may have several lines.
pub(super) fn reads(text: &LocatedText, events: &[&str]) -> (bool, bool) {
    if !text.text.contains("${{") {
        return (false, false);
    }
    let (mut is_untrusted_text, mut has_lines) = (false, false);
    for expression in expression::find(text) {
        let to_json = expression
            .functions
            .iter()
            .any(|function| function.name == "tojson");
        for context in expression.contexts.iter().filter(|context| context.flows) {
            let path = context.path.as_str();
            if is_untrusted_in(path, events)
                || (to_json && holds_untrusted(path) && is_filled(path, events))
            {
                is_untrusted_text = true;
                has_lines |= to_json
                    || ["body", "message", "summary", "from"]
                        .iter()
                        .any(|end| path.ends_with(end));
            }
        }
    }
    (is_untrusted_text, has_lines)
}

/// By upper-case name: what a variable reads that an attacker writes, and whether its value is fixed.
pub(super) type Tainted = FxHashMap<String, (Vec<String>, bool)>;

/// What the variables of an `env` read.
pub(super) fn tainted(tree: &Tree, node: NodeId) -> Tainted {
    let env = tree.get(node, "env");
    let pairs = env.map(|env| tree.pairs(env)).unwrap_or_default();
    let variables = pairs.into_iter().filter_map(|(key, value)| {
        let text = &tree.scalar(value)?.text;
        let name = tree.text(key)?.to_ascii_uppercase();
        let mut reads = Vec::new();
        let mut are_fixed = true;
        for expression in expression::find(text) {
            for context in expression
                .contexts
                .into_iter()
                .filter(|context| context.flows)
            {
                are_fixed &= is_fixed(&context.path);
                if is_untrusted(&context.path) {
                    reads.push(context.path);
                }
            }
        }
        Some((name, (reads, are_fixed)))
    });
    variables.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attackers_write_titles_but_no_hashes() {
        for path in [
            "github.event.issue.title",
            "github.event.commits.*.author.email",
            "github.head_ref",
            "github.event.pull_request.head.repo.default_branch",
        ] {
            assert!(is_untrusted(path), "{path}");
            assert!(!is_fixed(path), "{path}");
        }
        for path in [
            "github.sha",
            "github.actor",
            "github.event.pull_request.number",
            "runner.os",
        ] {
            assert!(!is_untrusted(path), "{path}");
            assert!(is_fixed(path), "{path}");
        }
        assert!(!is_fixed("inputs.version") && !is_fixed("github.ref_name"));
    }
}
