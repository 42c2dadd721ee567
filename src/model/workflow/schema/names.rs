//! Names that GitHub has given a meaning: permissions, shells, runner labels, actions, and the keys of an action's `runs`.

use crate::model::workflow::forge::Forge;
use crate::model::workflow::schema::{Check, files, graph, runners, uses};
use crate::model::workflow::{systems, value};
use crate::parse::yaml::tree::{Content, NodeId};
use crate::suggestion::misspelt;
use hullmark_tables::faults;

/// Scopes of the token, with the levels that each takes.
const SCOPES: &[(&str, &[&str])] = &[
    ("actions", ALL),
    ("artifact-metadata", ALL),
    ("attestations", ALL),
    ("checks", ALL),
    ("code-quality", ALL),
    ("contents", ALL),
    ("copilot-requests", WRITE),
    ("deployments", ALL),
    ("discussions", ALL),
    ("drives", ALL),
    ("id-token", WRITE),
    ("issues", ALL),
    ("models", READ),
    ("packages", ALL),
    ("pages", ALL),
    ("pull-requests", ALL),
    ("repository-projects", ALL),
    ("security-events", ALL),
    ("statuses", ALL),
    ("vulnerability-alerts", READ),
];
const ALL: &[&str] = &["read", "write", "none"];
const WRITE: &[&str] = &["write", "none"];
const READ: &[&str] = &["read", "none"];

/// Checks the names in a workflow.
pub(super) fn workflow(check: &mut Check<'_, '_>, root: NodeId, jobs: NodeId) {
    permissions(check, root);
    graph::concurrency(check, root);
    graph::groups(check, root, jobs);
    variables(check, root);
    let used = runners::used(check.tree, jobs);
    for (_, job) in check.tree.pairs(jobs) {
        permissions(check, job);
        variables(check, job);
        let os = runners::labels(check, job, &used);
        let default = check.tree.at(job, &["defaults", "run", "shell"]);
        shell(check, default, os, None);
        uses::called(check, job);
        let Some(list) = check.tree.get(job, "steps") else {
            continue;
        };
        for step in check.tree.items(list) {
            let condition = check.tree.text_at(*step, "if");
            let demanded = condition.and_then(systems::demanded_by);
            shell(check, check.tree.get(*step, "shell"), os, demanded);
            variables(check, *step);
            uses::step(check, *step);
        }
    }
}

fn permissions(check: &mut Check<'_, '_>, holder: NodeId) {
    let tree = check.tree;
    let Some(node) = tree.get(holder, "permissions") else {
        return;
    };
    // Nothing there reads them.
    if check.forge == Forge::Gitea {
        return;
    }
    if let Some(text) = tree.text(node) {
        if value::is_null(tree, node) {
            check.problem(
                faults::EMPTY_STRING,
                node,
                "`permissions` is empty; write `{}` to grant nothing",
            );
            check.problem(
                faults::INVALID_ALL,
                node,
                "`permissions` is empty; write `{}` to grant nothing",
            );
        } else if !matches!(text, "read-all" | "write-all") && !value::is_dynamic(text) {
            let message =
                format!("`permissions` is `read-all`, `write-all` or a mapping, not `{text}`");
            check.problem(faults::INVALID_ALL, node, message);
        }
        return;
    }
    let Content::Mapping(own) = tree.content(node) else {
        return;
    };
    for (key, level) in own {
        let Some(scope) = tree.text(*key) else {
            continue;
        };
        if check.merge(*key, *level) {
            continue;
        }
        let text = tree.text(*level).unwrap_or_default();
        let folded = scope.to_ascii_lowercase();
        match SCOPES.iter().find(|(name, _)| *name == folded) {
            None => {
                let message = format!("there is no permission `{scope}`");
                let near = misspelt(scope, SCOPES.iter().map(|(name, _)| *name));
                if near.is_some() {
                    check.unknown_name(faults::UNKNOWN_SCOPE, *level, message, near);
                } else {
                    let remedy =
                        format!("Remove `{scope}`, or write the scope that the job needs.");
                    let texts = (message.as_str(), remedy.as_str());
                    check.problem_with_remedy(faults::UNKNOWN_SCOPE, *level, texts);
                }
            }
            Some((name, levels)) if !levels.contains(&text) || *name != scope => {
                let message = format!("`{scope}` takes {}, not `{text}`", levels.join(", "));
                let remedy = if *name == scope {
                    format!("Write {}.", either(levels))
                } else {
                    format!("Write `{name}`, in lower case.")
                };
                let texts = (message.as_str(), remedy.as_str());
                check.problem_with_remedy(faults::INVALID_VALUE, *level, texts);
            }
            Some(_) => {}
        }
    }
}

/// `a`, `b` or `c`.
fn either(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// A shell that exists on the runner; `{0}` makes any program one. `demanded` is the system without which the step does not run.
fn shell(
    check: &mut Check<'_, '_>,
    node: Option<NodeId>,
    os: Option<&str>,
    demanded: Option<&str>,
) {
    let Some(node) = node else { return };
    let Some(text) = value::known_text(check.tree, node) else {
        return;
    };
    let is_known = match text {
        "bash" | "pwsh" | "python" => true,
        "sh" => os != Some("windows"),
        "cmd" | "powershell" => os.is_none_or(|os| os == "windows"),
        _ => text.contains("{0}"),
    };
    if !is_known && !text.is_empty() {
        let remedy = match text {
            "powershell" => "Write `pwsh`, which every hosted runner has.",
            "cmd" => "Write `bash` or `pwsh`.",
            "sh" => "Write `bash`, which Windows runners have.",
            _ => "Write `bash`, `sh`, `pwsh` or `python`, or a command with `{0}` for the script.",
        };
        let at = check.tables.node(node);
        let is_of_other_system = matches!(text, "cmd" | "powershell" | "sh");
        let (message, severity) = match os.filter(|_| is_of_other_system) {
            Some(os) if demanded.is_some_and(|demanded| demanded != os) => {
                let (os, demanded) = (titled(os), titled(demanded.unwrap_or_default()));
                let message = format!(
                    "`{text}` does not exist on {os} runners, and the step never runs there: its `if` demands {demanded}"
                );
                (message, Some("info"))
            }
            Some(os) => {
                let message = format!("`{text}` does not exist on {} runners", titled(os));
                (message, None)
            }
            None => (format!("`{text}` is not a shell that GitHub knows"), None),
        };
        let texts = (message.as_str(), remedy);
        check
            .tables
            .problem_with_remedy(at, faults::UNKNOWN_SHELL, texts, severity);
    }
}

/// The name of a system as its maker writes it.
fn titled(os: &str) -> &'static str {
    match os {
        "windows" => "Windows",
        "macos" => "macOS",
        _ => "Linux",
    }
}

/// Names of variables that a shell can read.
fn variables(check: &mut Check<'_, '_>, holder: NodeId) {
    let tree = check.tree;
    let Some(Content::Mapping(own)) = tree.get(holder, "env").map(|env| tree.content(env)) else {
        return;
    };
    for (key, node) in own {
        let Some(name) = tree.text(*key) else {
            continue;
        };
        if !value::is_dynamic(name) && name.contains(['&', '=', ' ']) && name != "<<" {
            let message = format!("`{name}` is no name of a variable that a shell can read");
            check.problem(faults::INVALID_VARIABLE_NAME, *node, message);
        }
    }
}

/// Keys of `runs`, by what runs the action.
const JAVASCRIPT: &[&str] = &["using", "main", "pre", "pre-if", "post", "post-if"];
const COMPOSITE: &[&str] = &["using", "steps"];
const DOCKER: &[&str] = &[
    "using",
    "image",
    "env",
    "entrypoint",
    "pre-entrypoint",
    "pre-if",
    "post-entrypoint",
    "post-if",
    "args",
];
/// Icons of badges, as written.
const ICONS_TABLE: &str = include_str!("../../../../data/badge-icons.txt");
const COLOURS: &[&str] = &[
    "white",
    "black",
    "yellow",
    "blue",
    "green",
    "orange",
    "red",
    "purple",
    "gray-dark",
];

/// Checks `runs` and `branding` of an action.
pub(super) fn action(check: &mut Check<'_, '_>, root: NodeId) {
    let tree = check.tree;
    if let Some(color) = tree.at(root, &["branding", "color"])
        && let Some(text) = tree.text(color)
        && !COLOURS.contains(&text)
    {
        check.problem(
            faults::INVALID_BRANDING,
            color,
            format!("`{text}` is no colour of a badge"),
        );
    }
    if let Some(icon) = tree.at(root, &["branding", "icon"])
        && let Some(text) = tree.text(icon)
        && !text.is_empty()
        && !ICONS_TABLE
            .lines()
            .any(|known| known.eq_ignore_ascii_case(text))
    {
        let known = ICONS_TABLE.lines().filter(|line| !line.starts_with('#'));
        let remedy = match misspelt(text, known) {
            Some(near) => format!("Write `{near}`."),
            None => {
                "Choose an icon that GitHub's documentation of `branding.icon` lists.".to_owned()
            }
        };
        let message = format!("`{text}` is not an icon of a badge");
        let at = check.tables.node(icon);
        let texts = (message.as_str(), remedy.as_str());
        check
            .tables
            .problem_with_remedy(at, faults::INVALID_ICON, texts, Some("info"));
    }
    deprecations(check, root);
    let Some(runs) = tree.get(root, "runs") else {
        return;
    };
    if !tree.is_mapping(runs) && !value::is_null(tree, runs) {
        return;
    }
    let Some(using) = tree.get(runs, "using") else {
        check.problem(faults::META_USING_MISSING, runs, "`runs` has no `using`");
        return;
    };
    let text = tree.text(using).unwrap_or_default();
    let (takes, needs): (&[&str], &str) = match text.to_ascii_lowercase().as_str() {
        "composite" => (COMPOSITE, "steps"),
        "docker" => (DOCKER, "image"),
        "node12" | "node16" | "node20" | "node24" => (JAVASCRIPT, "main"),
        // What its keys should be is not known.
        _ => {
            let message = format!("`runs.using: {text}` is not a runtime that GitHub supports");
            let remedy = "Write `using: node24`, `using: composite` or `using: docker`.";
            check.problem_with_remedy(faults::META_USING_INVALID, using, (&message, remedy));
            if text.starts_with("node") {
                keys_of_runs(check, runs, JAVASCRIPT, text);
                files::of_action(check, runs);
            }
            return;
        }
    };
    if tree.get(runs, needs).is_none() {
        let message = format!("`{needs}` is missing, which `using: {text}` requires");
        let remedy = match needs {
            "main" => "Add `main` with the path of the script, for example `main: dist/index.js`.",
            "image" => "Add `image: Dockerfile`, or `image: docker://…` with an image that exists.",
            _ => "Add `steps` with the steps of the action.",
        };
        check.problem_with_remedy(faults::META_RUNS_REQUIRED, runs, (&message, remedy));
    }
    keys_of_runs(check, runs, takes, text);
    files::of_action(check, runs);
    for (condition, hook) in [("pre-if", "pre"), ("post-if", "post")] {
        if let Some(node) = tree.get(runs, condition)
            && needs == "main"
            && tree.get(runs, hook).is_none()
        {
            check.problem(
                faults::META_PRE_POST_MISSING,
                node,
                format!("`{condition}` is a condition of `{hook}`, which is not there"),
            );
        }
    }
    for step in tree
        .get(runs, "steps")
        .map_or(&[][..], |list| tree.items(list))
    {
        uses::step(check, *step);
        step_keys(check, *step);
    }
}

/// Keys of `runs` that do not go with `using`.
fn keys_of_runs(check: &mut Check<'_, '_>, runs: NodeId, takes: &[&str], using: &str) {
    let tree = check.tree;
    for (key, child) in tree.pairs(runs) {
        let Some(key) = tree.text(key).filter(|key| !takes.contains(key)) else {
            continue;
        };
        let message = format!("`{key}` is not allowed when `using` is `{using}`");
        let owner = [
            (JAVASCRIPT, "node24"),
            (COMPOSITE, "composite"),
            (DOCKER, "docker"),
        ]
        .iter()
        .find(|(keys, _)| keys.contains(&key))
        .map(|(_, using)| using);
        let remedy = match owner {
            Some(using) => format!("Remove `{key}`, or write `using: {using}`."),
            None => format!("Remove `{key}`."),
        };
        check.problem_with_remedy(faults::META_RUNS_NOT_ALLOWED, child, (&message, &remedy));
    }
}

/// Inputs whose `deprecationMessage` says nothing.
fn deprecations(check: &mut Check<'_, '_>, root: NodeId) {
    let tree = check.tree;
    let inputs = tree.get(root, "inputs").map(|inputs| tree.pairs(inputs));
    for (key, input) in inputs.unwrap_or_default() {
        let name = tree.text(key).unwrap_or_default();
        let Some(node) = tree.get(input, "deprecationMessage") else {
            continue;
        };
        let text = tree.text(node).unwrap_or_default().trim();
        if text.is_empty() || value::is_null(tree, node) {
            let message =
                format!("input `{name}` is deprecated, but its `deprecationMessage` is empty");
            let remedy = "Say what to use instead, or remove the key.";
            check.problem_with_remedy(faults::EMPTY_DEPRECATION, node, (&message, remedy));
        }
    }
}

/// Keys of a step in a composite action: fewer than in a job.
const COMPOSITE_STEP: &[&str] = &[
    "id",
    "if",
    "name",
    "uses",
    "run",
    "shell",
    "working-directory",
    "with",
    "env",
    "continue-on-error",
];

fn step_keys(check: &mut Check<'_, '_>, step: NodeId) {
    let tree = check.tree;
    let Content::Mapping(own) = tree.content(step) else {
        return;
    };
    for (key, child) in own {
        let Some(name) = tree.text(*key) else {
            continue;
        };
        if COMPOSITE_STEP.contains(&name) || name == "<<" || value::is_dynamic(name) {
            continue;
        }
        let near = misspelt(name, COMPOSITE_STEP.iter().copied());
        check.unknown_key(*child, (name, "a step of a composite action"), near);
    }
}
