//! `on`: events that exist, with the activity types, filters and inputs that each takes.

use crate::model::workflow::schema::{Check, filters};
use crate::model::workflow::value;
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{Content, NodeId};
use crate::suggestion::misspelt;
use hullmark_tables::faults;

/// An event: its name, its activity types, and the other keys it takes.
type Event = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const BRANCHES: &[&str] = &["branches", "branches-ignore"];
const PATHS: &[&str] = &["branches", "branches-ignore", "paths", "paths-ignore"];
const CHANGED: &[&str] = &["created", "edited", "deleted"];
const PULL_REQUEST: &[&str] = &[
    "assigned",
    "unassigned",
    "labeled",
    "unlabeled",
    "opened",
    "edited",
    "closed",
    "reopened",
    "synchronize",
    "converted_to_draft",
    "locked",
    "unlocked",
    "enqueued",
    "dequeued",
    "milestoned",
    "demilestoned",
    "ready_for_review",
    "review_requested",
    "review_request_removed",
    "auto_merge_enabled",
    "auto_merge_disabled",
    "stacked",
];
const ISSUES: &[&str] = &[
    "opened",
    "edited",
    "deleted",
    "transferred",
    "pinned",
    "unpinned",
    "closed",
    "reopened",
    "assigned",
    "unassigned",
    "labeled",
    "unlabeled",
    "locked",
    "unlocked",
    "milestoned",
    "demilestoned",
    "field_added",
    "field_removed",
    "typed",
    "untyped",
];
const DISCUSSION: &[&str] = &[
    "created",
    "edited",
    "deleted",
    "transferred",
    "pinned",
    "unpinned",
    "labeled",
    "unlabeled",
    "locked",
    "unlocked",
    "category_changed",
    "answered",
    "unanswered",
];
const PUSH: &[&str] = &[
    "branches",
    "branches-ignore",
    "tags",
    "tags-ignore",
    "paths",
    "paths-ignore",
];
const RELEASE: &[&str] = &[
    "published",
    "unpublished",
    "created",
    "edited",
    "deleted",
    "prereleased",
    "released",
];

/// The events of GitHub Actions.
const EVENTS: &[Event] = &[
    ("branch_protection_rule", CHANGED, &[]),
    (
        "check_run",
        &["created", "rerequested", "completed", "requested_action"],
        &[],
    ),
    ("check_suite", &["completed"], &[]),
    ("create", &[], &[]),
    ("delete", &[], &[]),
    ("deployment", &[], &[]),
    ("deployment_status", &[], &[]),
    ("discussion", DISCUSSION, &[]),
    ("discussion_comment", CHANGED, &[]),
    ("fork", &[], &[]),
    ("gollum", &[], &[]),
    (
        "image_version",
        &["created", "ready", "deleted"],
        &["names", "versions"],
    ),
    ("issue_comment", CHANGED, &[]),
    ("issues", ISSUES, &[]),
    ("label", CHANGED, &[]),
    ("merge_group", &["checks_requested"], BRANCHES),
    (
        "milestone",
        &["created", "closed", "opened", "edited", "deleted"],
        &[],
    ),
    ("page_build", &[], &[]),
    (
        "project",
        &["created", "closed", "reopened", "edited", "deleted"],
        &[],
    ),
    (
        "project_card",
        &["created", "moved", "converted", "edited", "deleted"],
        &[],
    ),
    (
        "project_column",
        &["created", "updated", "moved", "deleted"],
        &[],
    ),
    ("public", &[], &[]),
    ("pull_request", PULL_REQUEST, PATHS),
    ("pull_request_comment", &[], &[]),
    (
        "pull_request_review",
        &["submitted", "edited", "dismissed"],
        &[],
    ),
    ("pull_request_review_comment", CHANGED, &[]),
    ("pull_request_target", PULL_REQUEST, PATHS),
    ("push", &[], PUSH),
    ("registry_package", &["published", "updated"], &[]),
    ("release", RELEASE, &[]),
    ("repository_dispatch", &[], &["types"]),
    ("schedule", &[], &[]),
    ("status", &[], &[]),
    ("watch", &["started"], &[]),
    ("workflow_call", &[], &["inputs", "outputs", "secrets"]),
    ("workflow_dispatch", &[], &["inputs"]),
    (
        "workflow_run",
        &["completed", "requested", "in_progress"],
        &["workflows", "branches", "branches-ignore"],
    ),
];

/// Whether there is an event of that name.
pub(in crate::model::workflow) fn is_event(name: &str) -> bool {
    EVENTS
        .iter()
        .any(|event| event.0.eq_ignore_ascii_case(name))
}

/// Whether an event has an activity type of that name.
pub(in crate::model::workflow) fn is_activity(name: &str) -> bool {
    let mut kinds = EVENTS.iter().flat_map(|event| event.1);
    kinds.any(|kind| kind.eq_ignore_ascii_case(name))
}

/// Keys that filter an event, whichever takes them.
const FILTERS: &[&str] = &[
    "branches",
    "branches-ignore",
    "tags",
    "tags-ignore",
    "paths",
    "paths-ignore",
    "workflows",
    "names",
    "versions",
];
/// How many inputs GitHub shows in its form.
const DISPATCH_INPUTS: usize = 25;

/// Checks every event of `on`.
pub(super) fn all(check: &mut Check<'_, '_>, on: NodeId) {
    let tree = check.tree;
    match tree.content(on) {
        Content::Scalar(_) | Content::Sequence(_) => {
            for (node, name) in value::list(tree, Some(on)) {
                if name == "schedule" {
                    let message = "`schedule` needs a list with `cron`";
                    check.problem(faults::SCHEDULE_NOT_MAPPING, node, message);
                } else {
                    known(check, node, name);
                }
            }
        }
        Content::Mapping(own) => {
            for (key, node) in own {
                let Some(name) = tree.text(*key) else {
                    continue;
                };
                if check.merge(*key, *node) {
                    continue;
                }
                if let Some(event) = known(check, *node, name) {
                    one(check, *node, event);
                }
            }
        }
        Content::Alias(_) => {}
    }
}

fn known(check: &mut Check<'_, '_>, node: NodeId, name: &str) -> Option<Event> {
    let event = EVENTS.iter().find(|event| event.0 == name);
    if event.is_none() && !value::is_dynamic(name) {
        let message = format!("there is no event `{name}`");
        let near = misspelt(name, EVENTS.iter().map(|event| event.0));
        check.unknown_name(faults::UNKNOWN_EVENT, node, message, near);
    }
    event.copied()
}

/// What is below an event.
fn one(check: &mut Check<'_, '_>, node: NodeId, (name, types, takes): Event) {
    let tree = check.tree;
    if name == "schedule" {
        return filters::schedules(check, node);
    }
    let Content::Mapping(own) = tree.content(node) else {
        return;
    };
    for (key, child) in own {
        let Some(key) = tree.text(*key) else { continue };
        if key == "types" && !types.is_empty() {
            for (item, text) in value::list(tree, Some(*child)) {
                if !types.contains(&text) {
                    let message = format!("`{name}` has no activity `{text}`");
                    let near = misspelt(text, types.iter().copied());
                    check.unknown_name(faults::UNKNOWN_ACTIVITY, item, message, near);
                }
            }
        } else if key == "types" && !takes.contains(&"types") {
            let message = format!("`{name}` has no activities to choose from");
            check.problem(faults::TYPES_NOT_ALLOWED, *child, message);
        } else if takes.contains(&key) {
            filter(check, name, key, *child);
        } else if key == "workflows" {
            check.problem(
                faults::WORKFLOWS_NOT_ALLOWED,
                *child,
                format!("`{name}` takes no `workflows`"),
            );
        } else if FILTERS.contains(&key) {
            check.problem(
                faults::FILTER_NOT_AVAILABLE,
                *child,
                format!("`{name}` takes no `{key}`"),
            );
        } else if key != "types" {
            let all = takes.iter().copied().chain(["types"]);
            let near = misspelt(key, all);
            // GitHub starts such workflows all the same, as if the key were not there.
            below_event(check, *child, (key, name), near);
        }
    }
    exclusive(check, node);
    if name == "workflow_run" && tree.get(node, "workflows").is_none() {
        let message = "`workflow_run` names no `workflows`";
        check.problem(faults::WORKFLOW_RUN_NO_WORKFLOW, node, message);
    }
}

/// A key that an event does not take.
fn below_event(
    check: &mut Check<'_, '_>,
    node: NodeId,
    (key, event): (&str, &str),
    near: Option<&str>,
) {
    let message = format!("unknown key `{key}` in `{event}`");
    let (message, remedy) = match near {
        Some(near) => (
            format!("{message}; perhaps `{near}`"),
            format!("Write `{near}`."),
        ),
        None => (
            message,
            format!("Remove `{key}`, or move it to the event that takes it."),
        ),
    };
    let at = check.tables.node(node);
    let texts = (message.as_str(), remedy.as_str());
    check
        .tables
        .problem_with_remedy(at, faults::UNKNOWN_KEY, texts, Some("warning"));
}

fn filter(check: &mut Check<'_, '_>, event: &str, key: &str, node: NodeId) {
    let tree = check.tree;
    match key {
        "inputs" if event == "workflow_dispatch" => dispatch_inputs(check, node),
        "inputs" => call_inputs(check, node),
        "outputs" => call_outputs(check, node),
        "secrets" => call_secrets(check, node),
        _ => {
            if matches!(tree.content(node), Content::Sequence(items) if items.is_empty()) {
                let message = format!("`{key}` is empty");
                check.problem(faults::EMPTY_SECTION, node, message);
            }
            for (item, text) in value::list(tree, Some(node)) {
                filters::pattern(check, key, item, text);
            }
        }
    }
}

/// A filter and its opposite.
fn exclusive(check: &mut Check<'_, '_>, node: NodeId) {
    let tree = check.tree;
    for (name, ignore) in [
        ("branches", "branches-ignore"),
        ("tags", "tags-ignore"),
        ("paths", "paths-ignore"),
    ] {
        if let (Some(_), Some(other)) = (tree.get(node, name), tree.get(node, ignore)) {
            let message = format!("`{name}` and `{ignore}` exclude each other");
            check.problem(faults::EXCLUSIVE_FILTERS, other, message);
        }
    }
}

/// The keys of each entry of a mapping, checked against those it takes.
fn entries(
    check: &mut Check<'_, '_>,
    node: NodeId,
    section: &'static str,
    takes: &[&str],
) -> Vec<(String, NodeId)> {
    let tree = check.tree;
    let mut found = Vec::new();
    let Content::Mapping(own) = tree.content(node) else {
        return found;
    };
    let mut names: Vec<String> = Vec::new();
    for (key, entry) in own {
        if check.merge(*key, *entry) {
            continue;
        }
        let Some(name) = tree.text(*key) else {
            continue;
        };
        let folded = name.to_ascii_lowercase();
        if names.contains(&folded) && found.iter().all(|(other, _)| other != name) {
            let message = format!("`{name}` is already listed here; names are case-insensitive");
            check.problem(faults::DUPLICATE_NAME, *entry, message);
        }
        if names.len() < 256 {
            names.push(folded);
        }
        found.push((name.to_owned(), *entry));
        let Content::Mapping(inner) = tree.content(*entry) else {
            continue;
        };
        for (key, child) in inner {
            if let Some(key) = tree.text(*key).filter(|key| !takes.contains(key)) {
                let message = format!("unknown key `{key}` in {section} `{name}`");
                check.problem(faults::UNKNOWN_KEY, *child, message);
            }
        }
    }
    found
}

fn dispatch_inputs(check: &mut Check<'_, '_>, node: NodeId) {
    let tree = check.tree;
    let takes = [
        "description",
        "deprecationMessage",
        "type",
        "required",
        "default",
        "options",
    ];
    let inputs = entries(check, node, "input", &takes);
    if inputs.len() > DISPATCH_INPUTS {
        let message = format!(
            "`workflow_dispatch` has {} inputs, and takes {DISPATCH_INPUTS}",
            inputs.len()
        );
        check.problem(faults::DISPATCH_TOO_MANY_INPUTS, node, message);
    }
    for (name, input) in inputs {
        let kind = tree.text_at(input, "type").unwrap_or("string");
        let options = tree.get(input, "options");
        if let Some(node) = tree.get(input, "type")
            && !matches!(
                kind,
                "string" | "number" | "boolean" | "choice" | "environment"
            )
        {
            let message = format!("input `{name}` has the unknown type `{kind}`");
            check.problem(faults::DISPATCH_INPUT_TYPE, node, message);
            continue;
        }
        if let Some(options) = options.filter(|_| kind != "choice") {
            let message = format!("input `{name}` has `options`, which only the type choice takes");
            check.problem(faults::OPTIONS_NOT_CHOICE, options, message);
        }
        let values = value::list(tree, options);
        if kind == "choice" && values.is_empty() {
            let message = format!("input `{name}` has type `choice` but no `options`");
            let remedy = "Add `options` with the values to choose from.";
            check.problem_with_remedy(faults::CHOICE_OPTIONS_MISSING, input, (&message, remedy));
        }
        if kind == "choice" {
            let texts: Vec<&str> = values.iter().map(|(_, text)| *text).collect();
            for (number, (node, text)) in values.iter().enumerate().take(256) {
                if texts[..number].contains(text) {
                    let message = format!("input `{name}` has the option `{text}` twice");
                    check.problem(faults::CHOICE_OPTION_DUPLICATE, *node, message);
                }
            }
        }
        let Some(default) = tree
            .get(input, "default")
            .filter(|default| !value::is_null(tree, *default))
        else {
            continue;
        };
        let Some(written) = tree.scalar(default) else {
            continue;
        };
        let text = written.text.text.as_str();
        let is_fitting = match kind {
            "choice" => values.is_empty() || values.iter().any(|(_, option)| *option == text),
            "boolean" => matches!(text.to_ascii_lowercase().as_str(), "true" | "false"),
            "number" => text.parse::<f64>().is_ok(),
            _ => true,
        };
        if !is_fitting {
            let what = if kind == "choice" {
                faults::CHOICE_DEFAULT_NOT_OPTION
            } else {
                faults::DISPATCH_DEFAULT_TYPE
            };
            let message = format!(
                "the default `{text}` of input `{name}` is no {}",
                if kind == "choice" { "option" } else { kind }
            );
            if kind == "choice" {
                // The form begins with another option, and a run that chooses one starts.
                let options: Vec<String> = values
                    .iter()
                    .take(8)
                    .map(|(_, option)| format!("`{option}`"))
                    .collect();
                let remedy = format!(
                    "Write one of the options as the default: {}.",
                    options.join(", ")
                );
                let at = check.tables.node(default);
                check
                    .tables
                    .problem_with_remedy(at, what, (&message, &remedy), Some("warning"));
            } else {
                check.problem(what, default, message);
            }
        }
    }
}

fn call_inputs(check: &mut Check<'_, '_>, node: NodeId) {
    let tree = check.tree;
    let takes = ["description", "type", "required", "default"];
    for (name, input) in entries(check, node, "input", &takes) {
        let Some(kind) = tree.get(input, "type") else {
            check.problem(
                faults::CALL_INPUT_TYPE_MISSING,
                input,
                format!("input `{name}` has no `type`"),
            );
            continue;
        };
        let text = tree.text(kind).unwrap_or_default();
        if !matches!(text, "string" | "number" | "boolean") {
            let message = format!(
                "input `{name}` has the type `{text}`, which is not string, number or boolean"
            );
            check.problem(faults::CALL_INPUT_TYPE, kind, message);
            continue;
        }
        let Some(default) = tree.get(input, "default") else {
            continue;
        };
        let Some(written) = tree.scalar(default) else {
            continue;
        };
        let reading = scalar::github(written);
        let is_fitting = value::is_dynamic(&written.text.text)
            || match text {
                "number" => matches!(reading, Reading::Int(_) | Reading::Float(_)),
                "boolean" => matches!(reading, Reading::Bool(_)),
                _ => true,
            };
        if !is_fitting {
            let message = format!("the default of input `{name}` is no {text}");
            check.problem(faults::CALL_INPUT_DEFAULT, default, message);
        }
        if tree.text_at(input, "required") == Some("true") {
            let message = format!("input `{name}` is required, so its default is never used");
            check.problem(faults::CALL_REQUIRED_WITH_DEFAULT, default, message);
        }
    }
}

fn call_outputs(check: &mut Check<'_, '_>, node: NodeId) {
    let tree = check.tree;
    for (name, output) in entries(check, node, "output", &["description", "value"]) {
        match tree.get(output, "value") {
            None => {
                let message = format!("output `{name}` has no `value`");
                check.problem(faults::CALL_OUTPUT_VALUE_MISSING, output, message);
            }
            Some(value) if tree.text(value) == Some("") || value::is_null(tree, value) => {
                check.problem(
                    faults::EMPTY_STRING,
                    value,
                    format!("the value of output `{name}` is empty"),
                );
            }
            Some(_) => {}
        }
    }
}

fn call_secrets(check: &mut Check<'_, '_>, node: NodeId) {
    entries(check, node, "secret", &["description", "required"]);
}
