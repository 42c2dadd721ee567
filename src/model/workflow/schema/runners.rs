//! Labels of runners: those that no runner has together, and those that are no hosted runner's.

use rustc_hash::FxHashMap;

use crate::model::workflow::schema::Check;
use crate::model::workflow::value;
use crate::parse::yaml::tree::{NodeId, Tree};
use hullmark_tables::faults;

/// How many jobs of a workflow ask for each label.
pub(super) type Used<'t> = FxHashMap<&'t str, usize>;

/// Labels of hosted runners that stand for one system.
const SYSTEMS: &[(&str, &str)] = &[
    ("ubuntu-", "linux"),
    ("windows-", "windows"),
    ("macos-", "macos"),
    ("macOS-", "macos"),
];
/// What a runner of one's own is labelled with from the start.
const OWN: &[&str] = &[
    "self-hosted",
    "x64",
    "arm",
    "arm64",
    "linux",
    "macos",
    "windows",
];
const VERSIONS: &[&str] = &[
    "ubuntu-latest",
    "ubuntu-slim",
    "ubuntu-26.04",
    "ubuntu-26.04-arm",
    "ubuntu-24.04",
    "ubuntu-24.04-arm",
    "ubuntu-22.04",
    "ubuntu-22.04-arm",
    "ubuntu-20.04",
    "ubuntu-18.04",
    "ubuntu-16.04",
    "macos-latest",
    "macos-latest-xlarge",
    "macos-latest-large",
    "macos-26",
    "macos-26-intel",
    "macos-26-xlarge",
    "macos-26-large",
    "macos-15",
    "macos-15-intel",
    "macos-15-xlarge",
    "macos-15-large",
    "macos-14",
    "macos-14-xlarge",
    "macos-14-large",
    "macos-13",
    "macos-13-xlarge",
    "macos-13-large",
    "macos-12",
    "macos-12-xl",
    "macos-12-xlarge",
    "macos-12-large",
    "macos-11",
    "macos-11.0",
    "macos-10.15",
    "windows-latest",
    "windows-latest-8-cores",
    "windows-2025",
    "windows-2025-vs2026",
    "windows-11-arm",
    "windows-11-vs2026-arm",
    "xcode-27",
    "xcode-27-xlarge",
    "windows-2022",
    "windows-2019",
    "windows-2016",
];

/// Checks the labels of a job, and gives the system of its runner if they agree on one.
pub(super) fn labels(
    check: &mut Check<'_, '_>,
    job: NodeId,
    used: &Used<'_>,
) -> Option<&'static str> {
    let tree = check.tree;
    let runs_on = tree.get(job, "runs-on")?;
    let node = of_runs_on(tree, runs_on);
    if let Some(group) = tree.get(runs_on, "group")
        && let Some(text) = value::known_text(tree, group)
        && let Some((owner, name)) = text.split_once('/')
        && (!matches!(owner, "org" | "organization" | "ent" | "enterprise")
            || name.is_empty()
            || name.contains('/'))
    {
        let message = format!("`{text}` is no name of a runner group");
        check.problem(faults::INVALID_RUNNER_GROUP, group, message);
    }
    let mut found: Option<(&str, &str)> = None;
    let mut agreed = None;
    let listed = value::list(tree, node);
    let is_single = listed.len() == 1;
    for (node, label) in listed {
        if value::is_dynamic(label) {
            for (node, label) in axis(check.tree, job, label) {
                unknown(check, node, label, used);
                if let (Some(system), Some((earlier, other))) = (system_of(label), found)
                    && system != earlier
                {
                    let message = format!("no runner has both labels, `{other}` and `{label}`");
                    check.problem(faults::CONFLICTING_LABELS, node, message);
                }
            }
            return None;
        }
        let system = system_of(label);
        if let (Some(system), Some((earlier, other))) = (system, found)
            && system != earlier
        {
            let message = format!("no runner has both labels, `{other}` and `{label}`");
            check.problem(faults::CONFLICTING_LABELS, node, message);
        }
        if let Some(system) = system {
            found = Some((system, label));
            agreed = Some(system);
        }
        if is_single {
            unknown(check, node, label, used);
        }
    }
    agreed
}

/// The system of a hosted runner's label.
fn system_of(label: &str) -> Option<&'static str> {
    let folded = label.to_ascii_lowercase();
    let mut known = SYSTEMS.iter();
    known
        .find(|(prefix, _)| folded.starts_with(prefix))
        .map(|(_, system)| *system)
}

/// The known values of `matrix.<axis>`, if that is all of the label.
fn axis<'t>(tree: &'t Tree, job: NodeId, label: &str) -> Vec<(NodeId, &'t str)> {
    let inside = label
        .trim()
        .strip_prefix("${{")
        .and_then(|rest| rest.strip_suffix("}}"));
    let name = inside.and_then(|inside| inside.trim().strip_prefix("matrix."));
    let Some(name) = name.filter(|name| !name.contains(['.', ' ', '['])) else {
        return Vec::new();
    };
    let Some(matrix) = tree.at(job, &["strategy", "matrix"]) else {
        return Vec::new();
    };
    let own = tree
        .get(matrix, name)
        .map_or(&[][..], |values| tree.items(values))
        .iter()
        .copied();
    let include = tree
        .get(matrix, "include")
        .map_or(&[][..], |include| tree.items(include));
    let included = include.iter().filter_map(|item| tree.get(*item, name));
    own.chain(included)
        .filter_map(|node| Some((node, value::known_text(tree, node)?)))
        .collect()
}

/// Labels that are taken for a hosted runner's though none has them.
const MISTAKEN: &[&str] = &["linux-latest", "mac-latest", "win-latest", "ubuntu", "mac"];

/// How many edits a misspelling is away from what was meant.
const EDITS: usize = 2;

/// Counts the labels that the jobs of a workflow ask for.
pub(super) fn used(tree: &Tree, jobs: NodeId) -> Used<'_> {
    let mut used = Used::default();
    for (_, job) in tree.pairs(jobs) {
        let Some(runs_on) = tree.get(job, "runs-on") else {
            continue;
        };
        for (_, label) in value::list(tree, of_runs_on(tree, runs_on)) {
            if value::is_dynamic(label) {
                for (_, label) in axis(tree, job, label) {
                    *used.entry(label).or_default() += 1;
                }
            } else {
                *used.entry(label).or_default() += 1;
            }
        }
    }
    used
}

/// The labels of `runs-on`, which may stand beside a group.
fn of_runs_on(tree: &Tree, runs_on: NodeId) -> Option<NodeId> {
    if tree.is_mapping(runs_on) {
        tree.get(runs_on, "labels")
    } else {
        Some(runs_on)
    }
}

/// A label that looks like one of a hosted runner, and is none. Organisations choose the labels of their own runners freely, so only what is a
/// few letters away from a hosted one, and asked for once, is a mistake; any other is merely not in GitHub's list.
fn unknown(check: &mut Check<'_, '_>, node: NodeId, label: &str, used: &Used<'_>) {
    let folded = label.to_ascii_lowercase();
    let is_known = VERSIONS.contains(&folded.as_str()) || OWN.contains(&folded.as_str());
    if is_known || check.is_dialect {
        return;
    }
    let is_repeated = used.get(label).is_some_and(|count| *count > 1);
    let distances = VERSIONS
        .iter()
        .map(|known| (strsim::levenshtein(&folded, known), *known));
    let near = distances
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, known)| *distance <= EDITS && is_spelling_of(&folded, known));
    match near {
        Some((_, near)) if !is_repeated => {
            let message =
                format!("`{label}` is not a GitHub-hosted runner label; perhaps `{near}`");
            check.problem(faults::UNKNOWN_RUNNER, node, message);
        }
        _ => {
            // Larger runners are named by their owners: `ubuntu-24.04-16core`, `windows-8-cores`.
            let is_larger = folded.contains("core")
                || folded.contains("gpu")
                || folded.contains("large")
                || folded.matches('-').count() > 2;
            let looks_hosted = system_of(&folded).is_some() || MISTAKEN.contains(&folded.as_str());
            if looks_hosted && !is_larger {
                let message = format!("`{label}` is not a GitHub-hosted runner label");
                check.problem(faults::UNLISTED_RUNNER, node, message);
            }
        }
    }
}

/// Whether a label can only be a slip: a suffix behind a whole label, a kind of processor or a single letter is a name that somebody chose.
fn is_spelling_of(label: &str, known: &str) -> bool {
    let is_longer = VERSIONS.iter().any(|whole| {
        label
            .strip_prefix(whole)
            .is_some_and(|rest| rest.starts_with(['-', '_', '.']))
    });
    let is_chosen = |part: &str| {
        let mut letters = part.chars();
        matches!(part, "arm" | "x64" | "x86" | "amd" | "dev" | "ci")
            || letters.next().is_some_and(char::is_alphabetic)
                && letters.all(|letter| letter.is_ascii_digit())
    };
    let parts = label.split(['-', '_']);
    let mut own = parts.filter(|part| !known.split('-').any(|known| known == *part));
    !is_longer && !own.any(is_chosen) && !label.is_empty()
}
