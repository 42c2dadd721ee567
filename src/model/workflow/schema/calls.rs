//! Local actions and workflows that steps and jobs name: whether they are there, and whether they take what they are given.

use hullmark_tables::faults;

use crate::model::workflow::callee::{Callee, Declared, Input};
use crate::model::workflow::schema::Check;
use crate::model::workflow::value;
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{NodeId, Tree};
use crate::suggestion::misspelt;

/// How many names of a call are compared.
const MOST: usize = 200;

/// Checks the call of a workflow by a job.
pub(super) fn workflow(check: &mut Check<'_, '_>, job: NodeId) {
    let tree = check.tree;
    let Some(node) = tree.get(job, "uses") else {
        return;
    };
    let Some(uses) = tree.text(node).map(str::trim) else {
        return;
    };
    let Some(callee) = check.callees.workflow(uses) else {
        return;
    };
    if check.is_dialect {
        return;
    }
    match callee.as_ref() {
        Callee::Unknown => {}
        Callee::Absent => {
            let message = format!("`{uses}` does not exist, so GitHub refuses the workflow");
            let remedy = "Correct the path, or add the workflow.";
            check.problem_with_remedy(faults::CALL_NOT_READABLE, node, (&message, remedy));
        }
        Callee::Unusable(why) => {
            let message = format!("`{uses}` cannot be called: {why}");
            let remedy = "Mend the called workflow.";
            check.problem_with_remedy(faults::CALL_NOT_READABLE, node, (&message, remedy));
        }
        Callee::NotCallable => {
            let message = format!("`{uses}` cannot be called: its `on` has no `workflow_call`");
            let remedy = "Add `workflow_call` to `on` of the called workflow.";
            check.problem_with_remedy(faults::CALL_NOT_READABLE, node, (&message, remedy));
        }
        Callee::Declares(declared) => given(check, job, (node, uses), declared),
    }
}

/// What a call hands over, and what the workflow takes.
fn given(
    check: &mut Check<'_, '_>,
    job: NodeId,
    (node, uses): (NodeId, &str),
    declared: &Declared,
) {
    let tree = check.tree;
    let with = tree.get(job, "with");
    let secrets = tree.get(job, "secrets");
    let may_be_more = |section: Option<NodeId>| {
        section.is_some_and(|section| {
            tree.text(section)
                .is_some_and(|text| !value::is_null(tree, section) && !text.is_empty())
                || names(tree, section).iter().any(|(name, _)| is_open(name))
        })
    };
    let kinds = [
        (
            with,
            &declared.inputs,
            "input",
            faults::UNDEFINED_CALL_INPUT,
            faults::MISSING_CALL_INPUT,
        ),
        (
            secrets,
            &declared.secrets,
            "secret",
            faults::UNDEFINED_SECRET,
            faults::MISSING_SECRET,
        ),
    ];
    for (section, known, what, undefined, missing) in kinds {
        if may_be_more(section) {
            continue;
        }
        let given = section.map(|section| names(tree, section));
        let given = given.unwrap_or_default();
        for (name, child) in &given {
            let found = known.iter().find(|input| is_named(input, name));
            let Some(found) = found else {
                let message = format!("`{uses}` declares no {what} `{name}`");
                let remedy = undeclared(name, known, what);
                check.problem_with_remedy(undefined, *child, (&message, &remedy));
                continue;
            };
            if what == "input" {
                fits(check, *child, found);
            }
        }
        for input in known.iter().filter(|input| input.is_required) {
            if given.iter().any(|(name, _)| is_named(input, name)) {
                continue;
            }
            let name = &input.name;
            let message = format!("`{uses}` requires the {what} `{name}`, which is not given");
            let remedy = match what {
                "secret" => format!(
                    "Add `{name}` to `secrets` of the job, or write `secrets: inherit` if the caller has a secret of that name."
                ),
                _ => format!("Add `{name}` to `with` of the job."),
            };
            check.problem_with_remedy(missing, node, (&message, &remedy));
        }
    }
}

fn is_open(name: &str) -> bool {
    value::is_dynamic(name) || name == "<<"
}

/// The names below a section, each with its value.
fn names(tree: &Tree, section: NodeId) -> Vec<(&str, NodeId)> {
    let pairs = tree.pairs(section).into_iter().take(MOST);
    let names = pairs.filter_map(|(key, value)| Some((tree.text(key)?, value)));
    names.collect()
}

fn is_named(input: &Input, name: &str) -> bool {
    input.name.eq_ignore_ascii_case(name)
}

/// What to do about a name that is not declared.
fn undeclared(name: &str, known: &[Input], what: &str) -> String {
    let names = known.iter().map(|input| input.name.as_str());
    match misspelt(name, names) {
        Some(near) => format!("Write `{near}`."),
        None => format!("Remove `{name}`, or declare the {what} in the called workflow."),
    }
}

/// Whether a literal has the type of the input.
fn fits(check: &mut Check<'_, '_>, node: NodeId, input: &Input) {
    let Some(scalar) = check.tree.scalar(node) else {
        return;
    };
    let text = scalar.text.text.trim();
    if value::is_dynamic(text) {
        return;
    }
    let reading = scalar::github(scalar);
    let kind = input.kind.as_deref().unwrap_or_default();
    let is_fit = match kind {
        "number" => {
            matches!(reading, Reading::Int(_) | Reading::Float(_)) || text.parse::<f64>().is_ok()
        }
        "boolean" => matches!(reading, Reading::Bool(_)) || matches!(text, "true" | "false"),
        _ => true,
    };
    if !is_fit {
        let name = &input.name;
        let message = match text {
            "" => format!("input `{name}` is a {kind}, and is given nothing"),
            _ => format!("input `{name}` is a {kind}, not `{text}`"),
        };
        let remedy = match kind {
            "boolean" => "Write `true` or `false`.",
            _ => "Write a number.",
        };
        check.problem_with_remedy(faults::CALL_INPUT_VALUE, node, (&message, remedy));
    }
}

/// Checks the local action of each step of a job; `is_called` is whether other workflows call this one: then `./` is the workspace of theirs.
pub(super) fn steps(check: &mut Check<'_, '_>, job: NodeId, is_called: bool) {
    let tree = check.tree;
    if check.is_dialect {
        return;
    }
    let list = tree
        .get(job, "steps")
        .map_or(&[][..], |list| tree.items(list));
    let runner = value::list(tree, tree.get(job, "runs-on"));
    let mut brought = Brought {
        // A runner of one's own keeps its workspace.
        is_kept: !check.callees.are_of_a_run()
            || runner.is_empty()
            || runner
                .iter()
                .any(|(_, label)| value::is_dynamic(label) || label.contains("self-hosted")),
        ..Brought::default()
    };
    for step in list.iter().take(MOST) {
        if let Some(node) = tree.get(*step, "uses")
            && let Some(uses) = tree.text(node).map(str::trim)
            && let Some(callee) = check.callees.action(uses)
        {
            // The workspace may be that of another repository.
            let is_other = is_called && uses.starts_with("./");
            presence(check, (node, uses), (&callee, is_other), &brought);
        }
        brought.add(check, *step);
    }
}

/// What the steps so far may have put into the workspace.
#[derive(Default)]
struct Brought {
    /// Code of the repository, at its top.
    is_checked_out: bool,
    /// Something else, or something somewhere else.
    has_more: bool,
    /// Whether there may be something from the start.
    is_kept: bool,
}

impl Brought {
    fn add(&mut self, check: &Check<'_, '_>, step: NodeId) {
        let tree = check.tree;
        let uses = tree.text_at(step, "uses").unwrap_or_default().trim();
        let name = uses.split('@').next().unwrap_or_default();
        if name.eq_ignore_ascii_case("actions/checkout") {
            let with = tree.get(step, "with");
            let keys = with.map(|with| tree.first_keys(with, MOST));
            let keys = keys.unwrap_or_default();
            self.is_checked_out = true;
            self.has_more |= keys
                .iter()
                .any(|key| matches!(*key, "repository" | "ref" | "path" | "<<"));
            return;
        }
        let is_plain = ["actions/setup-", "actions/cache", "actions/github-script"]
            .iter()
            .any(|start| name.to_ascii_lowercase().starts_with(start));
        let script = tree.text_at(step, "run").unwrap_or_default();
        let is_quiet = script.is_empty() && uses.is_empty() && tree.get(step, "parallel").is_none();
        let writes = |script: &str| {
            [
                "git", "gh ", "clone", "curl", "wget", "tar", "unzip", "cp ", "mv ", "ln ",
                "mkdir", "action", "cat ", "tee", ">",
            ]
            .iter()
            .any(|word| script.contains(word))
        };
        self.has_more |= !is_quiet && !is_plain && (script.is_empty() || writes(script));
    }
}

fn presence(
    check: &mut Check<'_, '_>,
    (node, uses): (NodeId, &str),
    (callee, is_other): (&Callee, bool),
    brought: &Brought,
) {
    // `$/` is the repository itself, whatever is in the workspace.
    let is_of_workspace = uses.starts_with("./");
    let has_more = is_of_workspace && brought.has_more;
    if is_of_workspace && !brought.is_checked_out && !has_more {
        if matches!(callee, Callee::Declares(_) | Callee::Absent) && !brought.is_kept {
            let message =
                format!("`{uses}` is not there yet: no step before this checks out the repository");
            let remedy = "Add a step with `actions/checkout` before this one.";
            check.problem_with_remedy(faults::MISSING_CHECKOUT, node, (&message, remedy));
        }
        return;
    }
    match callee {
        Callee::Absent if !has_more && !is_other => {
            let message = format!("`{uses}` has no `action.yml`, `action.yaml` or `Dockerfile`");
            let remedy = "Correct the path, or add the action.";
            check.problem_with_remedy(faults::CALLEE_MISSING, node, (&message, remedy));
        }
        Callee::Unusable(why) if !has_more => {
            let message = format!("`{uses}` cannot be used: {why}");
            let remedy = "Mend the metadata of the action.";
            check.problem_with_remedy(faults::META_UNPARSABLE, node, (&message, remedy));
        }
        _ => {}
    }
}
