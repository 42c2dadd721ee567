//! How `uses` is written: the action of a step, the workflow that a job calls.

use crate::model::workflow::schema::Check;
use crate::model::workflow::{actions, value};
use crate::parse::yaml::tree::NodeId;
use hullmark_tables::faults;

/// Checks `uses` of a step.
pub(super) fn step(check: &mut Check<'_, '_>, step: NodeId) {
    let Some(node) = check.tree.get(step, "uses") else {
        return;
    };
    let Some(text) = written(check, node) else {
        return;
    };
    if text
        .strip_prefix("$/")
        .is_some_and(|path| path.trim_matches('/').is_empty())
    {
        let message = format!("`{text}` names no path in the repository");
        check.problem(faults::INVALID_USES_FORMAT, node, message);
        return;
    }
    if value::is_dynamic(text)
        || text.starts_with("./")
        || text.starts_with("$/")
        || text.starts_with("../")
        || text.starts_with(".\\")
    {
        return;
    }
    if let Some(image) = text.strip_prefix("docker://") {
        if image.is_empty() {
            check.problem(faults::DOCKER_URI, node, "`docker://` names no image");
        } else if image.ends_with(':') {
            check.problem(
                faults::DOCKER_TAG_EMPTY,
                node,
                format!("`{text}` has an empty tag"),
            );
        }
        return;
    }
    // Forgejo and Gitea take the address of a repository of any server.
    if text.starts_with("https://") || text.starts_with("http://") {
        return;
    }
    let fault = match text.split_once('@') {
        None => Some("has no `@` with a tag, branch or commit"),
        Some((_, "")) => Some("has nothing behind `@`"),
        // A branch may hold an `@` further on, but none begins with it, and a commit or a release has none.
        Some((_, reference)) if reference.starts_with('@') || is_release_twice(reference) => {
            Some("has more than one `@`")
        }
        Some((name, _)) => {
            let mut parts = name.split('/');
            let is_named = parts.next().is_some_and(|owner| !owner.is_empty())
                && parts.next().is_some_and(|repo| !repo.is_empty());
            (!is_named).then_some("is not `owner/repository@ref`")
        }
    };
    if let Some(fault) = fault {
        check.problem(
            faults::INVALID_USES_FORMAT,
            node,
            format!("`{text}` {fault}"),
        );
    } else if text.contains("/.github/workflows/") {
        let message = format!("`{text}` is a workflow, which a job calls, not a step");
        check.problem(faults::WORKFLOW_IN_STEP, node, message);
    }
}

/// The value without the spaces around it. Where there is none, that is the finding; a template's `#{{ .Action }}` is a comment.
fn written<'t>(check: &Check<'t, '_>, node: NodeId) -> Option<&'t str> {
    let text = check.tree.text(node)?.trim();
    (!value::is_null(check.tree, node)).then_some(text)
}

/// Whether a reference is a release or a commit, and another one behind an `@`: `v4@v5`.
fn is_release_twice(reference: &str) -> bool {
    let is_release = |text: &str| {
        let digits = text.strip_prefix('v').unwrap_or(text);
        let is_number = digits.starts_with(|sign: char| sign.is_ascii_digit())
            && digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        is_number || actions::is_commit(text)
    };
    reference
        .split_once('@')
        .is_some_and(|(first, second)| is_release(first) && is_release(second))
}

/// Checks `uses` of a job.
pub(super) fn called(check: &mut Check<'_, '_>, job: NodeId) {
    let Some(node) = check.tree.get(job, "uses") else {
        return;
    };
    let Some(text) = written(check, node) else {
        return;
    };
    if text.is_empty() || value::is_dynamic(text) || check.is_dialect {
        return;
    }
    if let Some(fault) = fault(text) {
        let kind = if fault == OUTSIDE {
            faults::CALL_OUTSIDE
        } else {
            faults::INVALID_CALL_FORMAT
        };
        check.problem(kind, node, format!("`{text}` {fault}"));
    }
}

/// Well-formed, but where GitHub looks for no workflow; actionlint, which may be told another folder, lets it be.
const OUTSIDE: &str = "is not a `.yml` or `.yaml` file in `.github/workflows`";

fn fault(text: &str) -> Option<&'static str> {
    let is_local = text.starts_with("./") || text.starts_with("$/");
    let (path, reference) = match text.split_once('@') {
        Some((path, reference)) => (path, Some(reference)),
        None => (text, None),
    };
    match reference {
        Some(_) if is_local => return Some("is in this repository, and takes no `@`"),
        Some("") => return Some("has nothing behind `@`"),
        None if !is_local => return Some("has no `@` with a tag, branch or commit"),
        Some(reference) if !is_ref(reference) => {
            return Some("has no name of a tag or branch behind `@`");
        }
        _ => {}
    }
    if is_local
        && path
            .get(2..)
            .is_some_and(|path| path.trim_matches('/').is_empty())
    {
        return Some("names no path in the repository");
    }
    if is_local {
        let file = path
            .get(2..)
            .unwrap_or_default()
            .strip_prefix(".github/workflows");
        return match file {
            Some(file) if is_file(file) => None,
            _ => Some(OUTSIDE),
        };
    }
    let mut parts = path.splitn(3, '/');
    let mut part = || parts.next().unwrap_or_default();
    let (owner, repo, file) = (part(), part(), part());
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'))
    };
    if !is_name(owner) || !is_name(repo) {
        return Some("is not `owner/repository/.github/workflows/file.yml@ref`");
    }
    if file.is_empty() {
        return Some("is a repository, and names no file in `.github/workflows`");
    }
    match file.strip_prefix(".github/workflows") {
        Some(file) if is_file(file) => None,
        _ => Some(OUTSIDE),
    }
}

/// `/name.yml`, with a name; GitHub tries new things in `workflows-lab`.
fn is_file(file: &str) -> bool {
    let file = file.strip_prefix("-lab").unwrap_or(file);
    let Some(file) = file.strip_prefix('/') else {
        return false;
    };
    let name = file
        .strip_suffix(".yml")
        .or_else(|| file.strip_suffix(".yaml"));
    name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
}

/// Whether git takes the text for the name of a reference.
fn is_ref(text: &str) -> bool {
    let has_bad = text.contains(|letter: char| {
        letter.is_ascii_control()
            || matches!(letter, ' ' | '~' | '^' | ':' | '?' | '*' | '[' | '\\')
    });
    let has_pair = ["..", "//", "@{"].iter().any(|pair| text.contains(pair));
    let ends = text.ends_with('.') || text.ends_with('/') || text.ends_with(".lock");
    !has_bad && !has_pair && !ends && !text.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_name_a_workflow_and_a_state_of_it() {
        for text in [
            "./.github/workflows/a.yml",
            "o/r/.github/workflows/a.yaml@v1",
            "o/r/.github/workflows/a.yml@feature/x",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
        for text in [
            "./workflows/a.yml",
            "./.github/workflows/a.yml@v1",
            "o/r/a.yml@v1",
            "o/r/.github/workflows/.yml@v1",
            "o*/r/.github/workflows/a.yml@v1",
            "o/r/.github/workflows/a.yml@v1.",
            "o/r/.github/workflows/a.yml",
        ] {
            assert!(fault(text).is_some(), "{text}");
        }
    }
}
