//! Whether a condition keeps the code of outsiders out: what it asks can only be true for people with rights in the repository.

use github_actions_expressions::call::Function;
use github_actions_expressions::literal::Literal as Value;
use github_actions_expressions::op::{BinOp, UnOp};
use github_actions_expressions::{Expr, SpannedExpr};

use super::walk::dotted;
use super::{MAX_LENGTH, MAX_OPERATORS};

/// What a condition asks of an output of a step or a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked<'a> {
    /// To be this text.
    Equal(&'a str),
    /// To be another text.
    Different(&'a str),
}

/// Whether an output answers so for people with rights alone; it is given the output's path.
pub type Check<'c> = &'c dyn Fn(&str, Asked<'_>) -> bool;

/// Whether a condition, with or without braces, is false wherever the code is that of an outsider.
pub fn keeps_outsiders_out(condition: &str, check: Check<'_>) -> bool {
    tree(condition).is_some_and(|tree| excludes(&tree, true, check))
}

/// Whether a condition holds for every outsider, so that what fails under it keeps them out.
pub fn holds_for_outsiders(condition: &str, check: Check<'_>) -> bool {
    tree(condition).is_some_and(|tree| excludes(&tree, false, check))
}

/// The tree of a condition that is one expression and not too large.
pub(super) fn tree(condition: &str) -> Option<SpannedExpr<'_>> {
    let condition = condition.trim();
    let code = condition
        .strip_prefix("${{")
        .and_then(|rest| rest.strip_suffix("}}"))
        .unwrap_or(condition)
        .trim();
    // YAML reads these as booleans, and GitHub hands them on in lower case.
    let code = match code {
        "True" | "TRUE" => "true",
        "False" | "FALSE" => "false",
        code => code,
    };
    let operators = code.bytes().filter(|byte| b"&|=<>!".contains(byte)).count();
    if code.len() > MAX_LENGTH || operators > MAX_OPERATORS || code.contains("${{") {
        return None;
    }
    Expr::parse(code).ok()
}

/// Whether outsiders are out if the expression is `truth`.
fn excludes(tree: &SpannedExpr, truth: bool, check: Check<'_>) -> bool {
    match &tree.inner {
        Expr::BinExpr(binary) => {
            let (left, right) = (&binary.lhs, &binary.rhs);
            match (&binary.op, truth) {
                (BinOp::And, true) | (BinOp::Or, false) => {
                    excludes(left, truth, check) || excludes(right, truth, check)
                }
                (BinOp::And, false) | (BinOp::Or, true) => {
                    excludes(left, truth, check) && excludes(right, truth, check)
                }
                (BinOp::Eq, truth) => equality(left, right, truth, check),
                (BinOp::Neq, truth) => equality(left, right, !truth, check),
                _ => false,
            }
        }
        Expr::UnExpr {
            op: UnOp::Not,
            expr,
        } => excludes(expr, !truth, check),
        Expr::Call(call) if truth => match (call.func, call.args.as_slice()) {
            (Function::Contains, [list, item]) => is_of_people(list, item),
            (Function::FromJSON, [item]) => {
                path(item).is_some_and(|path| check(&path, Asked::Equal("true")))
            }
            _ => false,
        },
        Expr::Call(call) => match (call.func, call.args.as_slice()) {
            (Function::FromJSON, [item]) => {
                path(item).is_some_and(|path| check(&path, Asked::Equal("false")))
            }
            _ => false,
        },
        Expr::Context(_) | Expr::Identifier(_) => path(tree).is_some_and(|path| {
            if truth {
                path == "github.event.pull_request.merged"
            } else {
                is_fork(&path)
            }
        }),
        _ => false,
    }
}

/// Whether a list that must contain the item is one of people with rights.
fn is_of_people(list: &SpannedExpr, item: &SpannedExpr) -> bool {
    let trusted = path(item).is_some_and(|path| is_association(&path));
    let people = path(item).is_some_and(|path| is_person(&path));
    let is_written = path(item).is_some_and(|path| is_author(&path));
    let is_named = |name: &str| {
        (trusted && is_member(name)) || (people && (is_written || !name.ends_with("[bot]")))
    };
    let names = list_of(list);
    names.is_some_and(|names| names.iter().all(|name| is_named(name)))
}

/// `left == right` if `is_equal`, and `left != right` if not.
fn equality(left: &SpannedExpr, right: &SpannedExpr, is_equal: bool, check: Check<'_>) -> bool {
    let compared = |path: &str, text: &str| {
        let asked = if is_equal {
            Asked::Equal(text)
        } else {
            Asked::Different(text)
        };
        names(path, text, is_equal) || check(path, asked)
    };
    match (path(left), path(right)) {
        (Some(left), Some(right)) => is_equal && (is_own(&left, &right) || is_own(&right, &left)),
        (Some(path), None) => literal(right).is_some_and(|text| compared(&path, &text)),
        (None, Some(path)) => literal(left).is_some_and(|text| compared(&path, &text)),
        (None, None) => false,
    }
}

/// Whether the head of a pull request is compared with this repository.
fn is_own(head: &str, own: &str) -> bool {
    let Some(head) = head.strip_prefix("github.event.") else {
        return false;
    };
    let Some(field) = ["pull_request.head.", "workflow_run.head_"]
        .iter()
        .find_map(|start| head.strip_prefix(start))
    else {
        return false;
    };
    let is_base = own == "github.repository"
        || own == "github.repository_owner"
        || own == "github.repository_id"
        || own.starts_with("github.event.repository.")
        || own.starts_with("github.event.pull_request.base.")
        || own.starts_with("github.event.workflow_run.repository.");
    let is_of_repository = field.starts_with("repo.") || field.starts_with("repository.");
    let names_it = [
        "full_name",
        "id",
        "node_id",
        "owner.login",
        "owner.id",
        "url",
        "html_url",
    ]
    .iter()
    .any(|end| field.ends_with(end));
    (is_of_repository && names_it || field == "user.login") && is_base
}

/// Whether the comparison of a context with a text is one that outsiders fail.
fn names(path: &str, text: &str, is_equal: bool) -> bool {
    let lower = text.to_ascii_lowercase();
    match path {
        _ if is_fork(path) => (lower == "false") == is_equal && matches!(&*lower, "true" | "false"),
        _ if is_association(path) => is_equal && is_member(text),
        _ if is_person(path) => is_equal && (is_author(path) || !lower.ends_with("[bot]")),
        "github.event.pull_request.merged" => {
            (lower == "true") == is_equal && matches!(&*lower, "true" | "false")
        }
        // Another event brings other code: that of this repository, or none of its secrets.
        "github.event_name" => {
            is_equal
                && !matches!(
                    &*lower,
                    "pull_request_target" | "workflow_run" | "issue_comment"
                )
        }
        "github.event.workflow_run.event" => {
            if is_equal {
                !lower.starts_with("pull_request")
            } else {
                lower == "pull_request"
            }
        }
        "github.event.label.name" => is_equal,
        "github.event.pull_request.head.repo.full_name"
        | "github.event.pull_request.head.repo.owner.login"
        | "github.event.pull_request.head.user.login"
        | "github.event.workflow_run.head_repository.full_name"
        | "github.event.workflow_run.head_repository.owner.login" => is_equal,
        "github.event.action" => is_equal && lower == "labeled",
        _ => false,
    }
}

fn is_fork(path: &str) -> bool {
    matches!(
        path,
        "github.event.pull_request.head.repo.fork"
            | "github.event.workflow_run.head_repository.fork"
    )
}

fn is_association(path: &str) -> bool {
    path.starts_with("github.event.") && path.ends_with(".author_association")
}

/// Who may write to the repository, or at least was asked to help.
fn is_member(association: &str) -> bool {
    ["OWNER", "MEMBER", "COLLABORATOR"]
        .iter()
        .any(|member| member.eq_ignore_ascii_case(association))
}

/// Whoever wrote the code: unlike who caused the run, that does not change, and nobody writes the code of a bot.
fn is_author(path: &str) -> bool {
    path == "github.event.pull_request.user.login"
}

/// A person whose name GitHub vouches for.
fn is_person(path: &str) -> bool {
    matches!(
        path,
        "github.actor"
            | "github.triggering_actor"
            | "github.event.sender.login"
            | "github.event.comment.user.login"
            | "github.event.pull_request.user.login"
            | "github.event.review.user.login"
            | "github.event.workflow_run.actor.login"
    )
}

pub(super) fn path(tree: &SpannedExpr) -> Option<String> {
    match &tree.inner {
        Expr::Context(context) => dotted(&context.parts),
        _ => None,
    }
}

fn literal(tree: &SpannedExpr) -> Option<String> {
    match &tree.inner {
        Expr::Literal(value) => Some(value.as_str().into_owned()),
        _ => None,
    }
}

/// The texts of `fromJSON('["a", "b"]')`.
pub(super) fn list_of(tree: &SpannedExpr) -> Option<Vec<String>> {
    let Expr::Call(call) = &tree.inner else {
        return None;
    };
    let (Function::FromJSON, [argument]) = (call.func, call.args.as_slice()) else {
        return None;
    };
    let Expr::Literal(Value::String(text)) = &argument.inner else {
        return None;
    };
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forks_are_kept_out() {
        for condition in [
            "github.event.pull_request.head.repo.full_name == github.repository",
            "${{ github.repository == github.event.pull_request.head.repo.full_name && !cancelled() }}",
            "github.event.pull_request.head.repo.fork == false",
            "!github.event.pull_request.head.repo.fork",
            "github.event.pull_request.head.repo.fork != true && github.event.action != 'closed'",
            "github.event.pull_request.head.repo.id == github.event.pull_request.base.repo.id",
            "github.event.pull_request.head.repo.owner.login == 'me'",
            "github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository",
            "contains(fromJSON('[\"OWNER\", \"MEMBER\"]'), github.event.comment.author_association)",
            "github.event.comment.author_association == 'OWNER' || github.event.comment.author_association == 'MEMBER'",
            "github.event.workflow_run.event == 'push'",
            "github.event.workflow_run.head_repository.full_name == github.repository",
            "github.event.pull_request.merged == true",
            "github.event.pull_request.merged",
            "github.event.pull_request.user.login == 'dependabot[bot]' && github.repository == 'me/it'",
            "contains(fromJSON('[\"renovate[bot]\", \"dependabot[bot]\"]'), github.event.pull_request.user.login)",
            "!(github.event.pull_request.head.repo.fork)",
        ] {
            assert!(keeps_outsiders_out(condition, &|_, _| false), "{condition}");
        }
    }

    #[test]
    fn forks_get_in() {
        for condition in [
            "github.event.pull_request.draft == false",
            "github.event.pull_request.head.repo.full_name != github.repository",
            "github.event.pull_request.head.repo.fork",
            "github.event.pull_request.head.repo.full_name == github.repository || github.actor != 'x'",
            "github.event_name == 'pull_request_target'",
            "github.actor == 'dependabot[bot]'",
            "github.event.comment.author_association == 'CONTRIBUTOR'",
            "contains(github.event.comment.body, '/test')",
            "github.event.workflow_run.conclusion == 'success'",
            "github.event.workflow_run.head_branch == 'main'",
            "github.repository == 'me/it'",
            "success() &&",
            "",
        ] {
            assert!(
                !keeps_outsiders_out(condition, &|_, _| false),
                "{condition}"
            );
        }
    }

    #[test]
    fn an_output_may_be_a_check() {
        let check = |path: &str, asked: Asked<'_>| {
            path == "steps.team.outputs.member"
                && matches!(asked, Asked::Equal("true") | Asked::Different("false"))
        };
        for condition in [
            "steps.team.outputs.member == 'true'",
            "github.event.issue.pull_request && steps.team.outputs.member != 'false'",
            "${{ fromJSON(steps.team.outputs.member) }}",
        ] {
            assert!(keeps_outsiders_out(condition, &check), "{condition}");
        }
        assert!(!keeps_outsiders_out(
            "steps.team.outputs.member == 'false'",
            &check
        ));
        assert!(!keeps_outsiders_out("steps.team.outputs.member", &check));
        assert!(holds_for_outsiders(
            "steps.team.outputs.member != 'true'",
            &check
        ));
        assert!(!holds_for_outsiders(
            "steps.team.outputs.member != 'true' && github.actor != 'me'",
            &|_, _| false
        ));
    }
}
