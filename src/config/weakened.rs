//! What the configuration of a change lets pass that a trusted one does not.

use crate::config::project::Project;
use crate::config::selection::{Selection, Selectors};
use crate::config::{Config, FailOn, Resolved, Suppressions};
use crate::patterns::Patterns;

/// How many rules are named of those that are said together.
const MOST: usize = 5;

/// A line for each way in which `own`, the configuration of the checkout, is weaker than the trusted one of a run.
pub(super) fn by(own: &Config, trusted: &Resolved, project: &Project) -> Vec<String> {
    let held = &trusted.config;
    // What it names wrongly changes nothing.
    let mut mistakes = Vec::new();
    let flags = Selectors::default();
    let folder = &project.folder;
    let catalogue = &trusted.catalogue;
    let resolve =
        |config, mistakes: &mut _| Selection::resolve(catalogue, config, &flags, folder, mistakes);
    let before = resolve(held, &mut mistakes);
    let after = resolve(own, &mut mistakes);
    let id = |number: &usize| catalogue.rules[*number].id.to_string();
    let off = before.active().iter();
    let off = off.filter(|number| !after.is_active(**number)).map(id);
    let severity = |selection: &Selection, number: usize| {
        let own = catalogue.rules[number].severity;
        selection.severity(number).unwrap_or(own)
    };
    let lower = before.active().iter().filter(|number| {
        after.is_active(**number) && severity(&after, **number) < severity(&before, **number)
    });
    let lower = lower.map(id);
    let mut said = Vec::new();
    said.extend(listed("no longer runs", &off.collect::<Vec<_>>()));
    said.extend(listed(
        "reports with a lower severity",
        &lower.collect::<Vec<_>>(),
    ));
    let globs = |patterns: &[Patterns]| {
        let globs = patterns.iter().flat_map(Patterns::texts);
        globs.cloned().collect::<Vec<String>>()
    };
    let new = |own: Vec<String>, held: Vec<String>| {
        let new = own.into_iter().filter(|one| !held.contains(one));
        new.collect::<Vec<String>>()
    };
    let excluded = new(globs(&own.exclude), globs(&held.exclude));
    said.extend(listed("is excluded", &excluded));
    let test_data = |config: &Config| config.test_data.clone().unwrap_or_default();
    said.extend(listed(
        "counts as test data",
        &new(test_data(own), test_data(held)),
    ));
    let overrides = |config: &Config| {
        let overrides = config.overrides.iter();
        let overrides =
            overrides.filter(|other| !other.ignore.is_empty() || !other.severity.is_empty());
        let paths = overrides.flat_map(|other| other.paths.texts().to_vec());
        paths.collect::<Vec<String>>()
    };
    let overridden = new(overrides(own), overrides(held));
    said.extend(listed("has an override", &overridden));
    if rank(own.fail_on) > rank(held.fail_on) {
        said.push("`fail-on` is raised".to_owned());
    }
    let held_fast = |config: &Config| {
        let locked = config.locked.iter().chain(&config.suppressions.forbid);
        locked.map(|one| one.text.clone()).collect::<Vec<String>>()
    };
    said.extend(listed(
        "is no longer locked",
        &new(held_fast(held), held_fast(own)),
    ));
    let Suppressions {
        is_refused,
        needs_reason,
        expiry,
        ..
    } = &own.suppressions;
    let days = |expiry: Option<u32>| expiry.unwrap_or(u32::MAX);
    if !is_refused && held.suppressions.is_refused
        || !needs_reason && held.suppressions.needs_reason
        || days(*expiry) > days(held.suppressions.expiry)
    {
        said.push("`suppressions` admits more".to_owned());
    }
    if own.baseline.is_some() && own.baseline != held.baseline {
        said.push("another `baseline`".to_owned());
    }
    if own.policies.len() < held.policies.len() {
        said.push("policies are gone".to_owned());
    }
    said
}

/// How much passes: the more, the higher.
fn rank(fail_on: Option<FailOn>) -> u8 {
    use crate::diagnostic::Severity::{Error, Info, Warning};
    match fail_on {
        Some(FailOn::At(Info)) => 0,
        None | Some(FailOn::At(Warning)) => 1,
        Some(FailOn::At(Error)) => 2,
        Some(FailOn::Never) => 3,
    }
}

/// `` `a`, `b` and 3 more: no longer runs ``; nothing of nothing.
fn listed(what: &str, names: &[String]) -> Option<String> {
    let shown: Vec<String> = names
        .iter()
        .take(MOST)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = names.len().saturating_sub(MOST);
    match (shown.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(format!("{what}: {}", shown.join(", "))),
        (false, more) => Some(format!("{what}: {} and {more} more", shown.join(", "))),
    }
}
