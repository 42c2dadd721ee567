//! Whether a condition can hold in a run that a given event starts, as far as the event alone decides.

use github_actions_expressions::call::Function;
use github_actions_expressions::literal::Literal;
use github_actions_expressions::op::{BinOp, UnOp};
use github_actions_expressions::{Expr, SpannedExpr};

use super::guard::{list_of, path, tree};

/// Events about a pull request; the run is of the merge commit.
const OF_PULL_REQUESTS: &[&str] = &[
    "pull_request",
    "pull_request_review",
    "pull_request_review_comment",
];

/// Events whose run is of the default branch, or of the base of a pull request.
const OF_BRANCHES: &[&str] = &[
    "pull_request_target",
    "workflow_run",
    "issue_comment",
    "issues",
    "discussion",
    "discussion_comment",
    "schedule",
    "fork",
    "watch",
    "gollum",
    "label",
    "milestone",
    "repository_dispatch",
];

/// Parts of `github.event` that only some events have.
const PARTS: &[(&str, &[&str])] = &[
    (
        "pull_request",
        &[
            "pull_request",
            "pull_request_target",
            "pull_request_review",
            "pull_request_review_comment",
        ],
    ),
    (
        "review",
        &["pull_request_review", "pull_request_review_comment"],
    ),
    ("issue", &["issues", "issue_comment"]),
    (
        "comment",
        &[
            "issue_comment",
            "pull_request_review_comment",
            "commit_comment",
            "discussion_comment",
        ],
    ),
    ("discussion", &["discussion", "discussion_comment"]),
    ("workflow_run", &["workflow_run"]),
    ("release", &["release"]),
    ("schedule", &["schedule"]),
    ("head_commit", &["push"]),
    ("commits", &["push"]),
    ("pages", &["gollum"]),
    ("check_run", &["check_run"]),
    ("check_suite", &["check_suite"]),
    ("merge_group", &["merge_group"]),
    ("client_payload", &["repository_dispatch"]),
    ("inputs", &["workflow_dispatch"]),
    ("number", &["pull_request", "pull_request_target"]),
];

/// What is known of a value.
enum Value {
    Text(String),
    Bool(bool),
    Null,
    /// A text that begins with this.
    Begins(&'static str),
    /// A text that ends with this.
    Ends(&'static str),
    /// Neither null nor empty.
    Something,
    Unknown,
}

/// Whether a condition, with or without braces, can hold in a run that `event` starts. A called workflow may be in a run of any event.
pub fn admits(condition: &str, event: &str) -> bool {
    // Who causes a run changes nothing of what its event brings.
    let event = event.strip_prefix("trusted_").unwrap_or(event);
    event == "workflow_call"
        || tree(condition).is_none_or(|tree| truth(&tree, event) != Some(false))
}

/// Whether a run that `event` starts has a value at `path`, as far as that depends on the event.
pub fn fills(path: &str, event: &str) -> bool {
    if event == "workflow_call" {
        return true;
    }
    if matches!(path, "github.head_ref" | "github.base_ref") {
        return event == "pull_request_target" || OF_PULL_REQUESTS.contains(&event);
    }
    let part = path.strip_prefix("github.event.");
    part.is_none_or(|part| {
        let first = part.split('.').next().unwrap_or_default();
        let known = PARTS.iter().find(|(part, _)| *part == first);
        known.is_none_or(|(_, events)| events.contains(&event))
    })
}

/// Whether only some events have a value at `path`.
pub fn is_of_some_events(path: &str) -> bool {
    matches!(path, "github.head_ref" | "github.base_ref")
        || path.strip_prefix("github.event.").is_some_and(|part| {
            let first = part.split('.').next().unwrap_or_default();
            PARTS.iter().any(|(part, _)| *part == first)
        })
}

/// Whether a condition holds for one branch or tag alone, or for some that it names in full.
pub fn fixes_ref(condition: &str) -> bool {
    tree(condition).is_some_and(|tree| is_of_fixed_ref(&tree))
}

fn is_of_fixed_ref(tree: &SpannedExpr) -> bool {
    let is_ref = |tree: &SpannedExpr| {
        path(tree).is_some_and(|path| matches!(&*path, "github.ref" | "github.ref_name"))
    };
    let is_text = |tree: &SpannedExpr| matches!(tree.inner, Expr::Literal(Literal::String(_)));
    match &tree.inner {
        Expr::BinExpr(binary) => {
            let (left, right) = (&binary.lhs, &binary.rhs);
            match binary.op {
                BinOp::And => is_of_fixed_ref(left) || is_of_fixed_ref(right),
                BinOp::Or => is_of_fixed_ref(left) && is_of_fixed_ref(right),
                BinOp::Eq => is_ref(left) && is_text(right) || is_text(left) && is_ref(right),
                _ => false,
            }
        }
        Expr::Call(call) => match (call.func, call.args.as_slice()) {
            (Function::Contains, [list, item]) => list_of(list).is_some() && is_ref(item),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a condition asks for an output of a step or a job.
pub fn rests_on_output(condition: &str) -> bool {
    let folded = condition.to_ascii_lowercase();
    ["steps.", "needs."].iter().any(|context| {
        folded.match_indices(context).any(|(at, _)| {
            folded[at..]
                .split(' ')
                .next()
                .unwrap_or_default()
                .contains(".outputs.")
        })
    })
}

/// What the expression is, if the event decides it.
fn truth(tree: &SpannedExpr, event: &str) -> Option<bool> {
    match &tree.inner {
        Expr::BinExpr(binary) => {
            let (left, right) = (&binary.lhs, &binary.rhs);
            match binary.op {
                BinOp::And => match (truth(left, event), truth(right, event)) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                },
                BinOp::Or => match (truth(left, event), truth(right, event)) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                },
                BinOp::Eq => equal(&value(left, event), &value(right, event)),
                BinOp::Neq => equal(&value(left, event), &value(right, event)).map(|is| !is),
                _ => None,
            }
        }
        Expr::UnExpr {
            op: UnOp::Not,
            expr,
        } => truth(expr, event).map(|is| !is),
        Expr::Call(call) => called(call.func, call.args.as_slice(), event),
        _ => match value(tree, event) {
            Value::Text(text) => Some(!text.is_empty()),
            Value::Bool(is) => Some(is),
            Value::Null => Some(false),
            Value::Begins(_) | Value::Ends(_) | Value::Something => Some(true),
            Value::Unknown => None,
        },
    }
}

fn called(function: Function, arguments: &[SpannedExpr], event: &str) -> Option<bool> {
    match (function, arguments) {
        (Function::Always, _) => Some(true),
        (Function::Contains, [list, item]) if list_of(list).is_some() => {
            let names = list_of(list)?.into_iter().map(Value::Text);
            let item = value(item, event);
            let answers: Vec<Option<bool>> = names.map(|name| equal(&name, &item)).collect();
            if answers.contains(&Some(true)) {
                return Some(true);
            }
            answers
                .iter()
                .all(|answer| *answer == Some(false))
                .then_some(false)
        }
        (Function::Contains, [text, part]) => {
            let (text, part) = (known(value(text, event))?, known(value(part, event))?);
            Some(text.contains(&part))
        }
        (Function::StartsWith, [text, start]) => {
            let start = known(value(start, event))?;
            match value(text, event) {
                Value::Begins(known) if known.starts_with(&start) => Some(true),
                Value::Begins(known) if start.starts_with(known) => None,
                Value::Begins(_) => Some(false),
                text => Some(known(text)?.starts_with(&start)),
            }
        }
        (Function::EndsWith, [text, end]) => {
            Some(known(value(text, event))?.ends_with(&known(value(end, event))?))
        }
        _ => None,
    }
}

/// A text in lower case, if all of it is known.
fn known(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_ascii_lowercase()),
        Value::Null => Some(String::new()),
        _ => None,
    }
}

fn equal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => Some(left.eq_ignore_ascii_case(right)),
        (Value::Null, Value::Null) => Some(true),
        (Value::Null, Value::Text(text)) | (Value::Text(text), Value::Null) => {
            Some(text.is_empty())
        }
        (Value::Null, Value::Bool(is)) | (Value::Bool(is), Value::Null) => Some(!is),
        (Value::Begins(start), Value::Text(text)) | (Value::Text(text), Value::Begins(start)) => {
            (!text.to_ascii_lowercase().starts_with(start)).then_some(false)
        }
        (Value::Ends(end), Value::Text(text)) | (Value::Text(text), Value::Ends(end)) => {
            (!text.to_ascii_lowercase().ends_with(end)).then_some(false)
        }
        (Value::Something, Value::Null) | (Value::Null, Value::Something) => Some(false),
        (Value::Something, Value::Text(text)) | (Value::Text(text), Value::Something) => {
            text.is_empty().then_some(false)
        }
        _ => None,
    }
}

fn value(tree: &SpannedExpr, event: &str) -> Value {
    match &tree.inner {
        Expr::Literal(Literal::Boolean(is)) => Value::Bool(*is),
        Expr::Literal(Literal::Null) => Value::Null,
        Expr::Literal(literal) => Value::Text(literal.as_str().into_owned()),
        Expr::Context(_) => path(tree).map_or(Value::Unknown, |path| of_context(&path, event)),
        _ => Value::Unknown,
    }
}

fn of_context(path: &str, event: &str) -> Value {
    let is_of_pull_request = OF_PULL_REQUESTS.contains(&event);
    let is_of_branch = OF_BRANCHES.contains(&event);
    match path {
        "github.event_name" => Value::Text(event.to_owned()),
        "github.ref" if is_of_pull_request => Value::Begins("refs/pull/"),
        "github.ref" if is_of_branch => Value::Begins("refs/heads/"),
        "github.ref" if event == "release" => Value::Begins("refs/tags/"),
        "github.ref" if event == "merge_group" => Value::Begins("refs/heads/gh-readonly-queue/"),
        "github.ref_name" if is_of_pull_request => Value::Ends("/merge"),
        "github.ref_type" if is_of_pull_request || is_of_branch => Value::Text("branch".to_owned()),
        "github.ref_type" if event == "release" => Value::Text("tag".to_owned()),
        "github.head_ref" | "github.base_ref" => {
            if is_of_pull_request || event == "pull_request_target" {
                Value::Something
            } else {
                Value::Text(String::new())
            }
        }
        _ => {
            let Some(rest) = path.strip_prefix("github.event.") else {
                return Value::Unknown;
            };
            let (first, is_whole) = match rest.split_once('.') {
                Some((first, _)) => (first, false),
                None => (rest, true),
            };
            match PARTS.iter().find(|(part, _)| *part == first) {
                Some((_, events)) if !events.contains(&event) => Value::Null,
                Some(_) if is_whole => Value::Something,
                _ => Value::Unknown,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_can_be_left_out() {
        for condition in [
            "github.event_name == 'push'",
            "github.event_name != 'pull_request' && github.actor == 'me'",
            "${{ github.event_name == 'push' || github.event_name == 'release' }}",
            "contains(fromJSON('[\"push\", \"schedule\"]'), github.event_name)",
            "contains('push schedule', github.event_name)",
            "!startsWith(github.event_name, 'pull_request')",
            "github.ref == 'refs/heads/main'",
            "startsWith(github.ref, 'refs/tags/')",
            "github.ref_name == 'main'",
            "github.ref_type == 'tag'",
            "!github.event.pull_request",
            "github.event.pull_request == null",
            "github.head_ref == ''",
            "!github.head_ref",
            "github.event.release.tag_name != '' && github.event.release",
        ] {
            assert!(!admits(condition, "pull_request"), "{condition}");
        }
    }

    #[test]
    fn an_event_may_get_in() {
        for condition in [
            "github.event_name == 'pull_request'",
            "github.event_name == 'push' || github.actor == 'me'",
            "github.ref != 'refs/heads/main'",
            "startsWith(github.ref, 'refs/pull/')",
            "github.repository == 'me/it'",
            "always()",
            "success() &&",
            "steps.x.outputs.y == 'true'",
            "",
        ] {
            assert!(admits(condition, "pull_request"), "{condition}");
        }
        assert!(admits("github.event_name == 'push'", "workflow_call"));
        assert!(admits("github.ref == 'refs/heads/main'", "workflow_run"));
        assert!(!admits("github.event.issue.pull_request", "pull_request"));
    }

    #[test]
    fn an_event_fills_its_own_parts() {
        assert!(fills("github.event.pull_request.title", "pull_request"));
        assert!(!fills("github.event.pull_request.title", "issue_comment"));
        assert!(fills("github.event.issue.title", "issue_comment"));
        assert!(!fills("github.head_ref", "workflow_dispatch"));
        assert!(!fills("github.event.workflow_run.head_branch", "push"));
        assert!(fills("github.event.pull_request.title", "workflow_call"));
        assert!(fills("github.event.repository.name", "schedule"));
        assert!(!is_of_some_events("github.event.sender.login"));
    }

    #[test]
    fn a_condition_may_fix_the_branch() {
        for condition in [
            "github.ref == 'refs/heads/main'",
            "${{ github.ref_name == 'main' && github.actor != 'x' }}",
            "'refs/heads/a' == github.ref || github.ref == 'refs/heads/b'",
            "contains(fromJSON('[\"main\", \"next\"]'), github.ref_name)",
        ] {
            assert!(fixes_ref(condition), "{condition}");
        }
        for condition in [
            "github.ref != 'refs/heads/main'",
            "github.ref == 'refs/heads/main' || github.event_name == 'push'",
            "startsWith(github.ref, 'refs/tags/')",
        ] {
            assert!(!fixes_ref(condition), "{condition}");
        }
    }

    #[test]
    fn an_output_is_asked_for() {
        assert!(rests_on_output("needs.triage.outputs.run == 'true'"));
        assert!(rests_on_output("success() && steps.x.outputs.y"));
        assert!(!rests_on_output("steps.x.outcome == 'success'"));
        assert!(!rests_on_output(
            "needs.a.result == 'success' && github.ref"
        ));
    }
}
