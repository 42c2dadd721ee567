//! What a finding is told by stays the same where lines move, neighbours come, and names of neighbours change: for every rule, on its own fixtures.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hullmark::evaluate::suppress::Date;
use hullmark::fixtures::{Fixture, SETTINGS, Suite};
use hullmark::rules;

/// How many times each key occurs.
type Keys = BTreeMap<u64, usize>;

/// A change of a file's text that is no change to what is in it.
type Change = fn(&str, &str) -> String;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn is_dockerfile(text: &str) -> bool {
    text.lines()
        .any(|line| line.trim_start().to_ascii_uppercase().starts_with("FROM "))
        && !is_manifest(text)
}

fn is_manifest(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("apiVersion:")) && !text.contains("{{")
}

/// Whether a file is one document whatever is in it: of a chart or a kustomization.
fn is_alone(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["chart.y", "kustomization", "requirements.y", "values"]
        .iter()
        .any(|start| name.starts_with(start))
}

/// Whether a stage builds on another one, so that its name is no reader's alone.
fn is_built_on(text: &str) -> bool {
    let names = text
        .lines()
        .filter_map(|line| line.split_once(" AS ").or_else(|| line.split_once(" as ")));
    let names: Vec<&str> = names.map(|(_, name)| name.trim()).collect();
    let bases = text.lines().filter_map(|line| {
        line.trim()
            .get(..5)
            .filter(|from| from.eq_ignore_ascii_case("FROM "))
            .map(|_| line.trim()[5..].trim())
    });
    let mut bases = bases.filter_map(|rest| rest.split_whitespace().next());
    text.contains("--from=") || bases.any(|base| names.contains(&base))
}

fn is_yaml(name: &str) -> bool {
    [".yml", ".yaml"].iter().any(|end| name.ends_with(end))
}

/// Empty lines above all: above a Dockerfile's first instruction, since directives are only read at its beginning.
fn moved(name: &str, text: &str) -> String {
    let first = |line: &&str| !line.is_empty() && !line.starts_with('#');
    if is_yaml(name) && !text.starts_with('%') && !text.contains("{{") {
        format!("\n\n{text}")
    } else if is_dockerfile(text) {
        let at = text.split_inclusive('\n').find(first);
        let at = at.map_or(0, |line| line.as_ptr() as usize - text.as_ptr() as usize);
        format!("{}\n\n{}", &text[..at], &text[at..])
    } else {
        text.to_owned()
    }
}

/// A neighbour before what is there: an instruction in each stage, an object, a step in each job.
fn joined(name: &str, text: &str) -> String {
    if is_alone(name) {
        return text.to_owned();
    }
    if is_yaml(name) && is_manifest(text) && !text.starts_with('%') {
        return format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a-neighbour\n---\n{}",
            text.trim_start_matches("---\n")
        );
    }
    let mut shown = String::new();
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        shown.push_str(line);
        let next = lines.peek().copied().unwrap_or_default();
        if is_dockerfile(text) {
            let word = line.trim_start().to_ascii_uppercase();
            if word.starts_with("FROM ") && !line.trim_end().ends_with(['\\', '`']) {
                shown.push_str("LABEL org.example.neighbour=\"a\"\n");
            }
        } else if is_yaml(name)
            && line.trim_end().ends_with("steps:")
            && next.trim_start().starts_with("- ")
        {
            let indentation = &next[..next.len() - next.trim_start().len()];
            shown.push_str(&format!("{indentation}- run: \"true\"\n"));
        }
    }
    shown
}

/// Other names of stages and steps, which are there for their readers.
fn renamed(name: &str, text: &str) -> String {
    if is_dockerfile(text) && !is_built_on(text) {
        return text
            .replace(" AS ", " AS other-")
            .replace(" as ", " as other-");
    }
    if !is_yaml(name) || is_manifest(text) || !text.contains("steps:") {
        return text.to_owned();
    }
    let lines = text.split_inclusive('\n').map(|line| {
        let is_step = line.trim_start().starts_with("- name: ")
            && !line.contains(['"', '\'', '|', '>', '#', '&', '*']);
        if is_step {
            format!("{} again\n", line.trim_end())
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

/// A copy of a fixture below its path in the repository, with each text changed.
fn copy(fixture: &Fixture, change: Change) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut left = vec![fixture.path.clone()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap();
            left.extend(entries.map(|entry| entry.unwrap().path()));
            continue;
        }
        let below = path.strip_prefix(root()).unwrap();
        let below = below.to_string_lossy().replace("dot-git", ".git");
        let to = folder.path().join(&below);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match String::from_utf8(bytes) {
            Ok(text) if name != SETTINGS => fs::write(to, change(&name, &text)).unwrap(),
            Ok(text) => fs::write(to, text).unwrap(),
            Err(error) => fs::write(to, error.into_bytes()).unwrap(),
        }
    }
    folder
}

/// The keys of what the fixture's rule finds in a copy.
fn keys(suite: &Suite, id: &str, fixture: &Fixture, change: Change) -> Keys {
    let folder = copy(fixture, change);
    let below = fixture.path.strip_prefix(root()).unwrap();
    let copied = Fixture {
        path: folder.path().join(below),
        ..fixture.clone()
    };
    let outcome = suite.check(&copied, &[fixture.rule]).unwrap();
    let mut keys = Keys::new();
    for diagnostic in outcome.diagnostics.iter().filter(|one| *one.rule == *id) {
        *keys.entry(diagnostic.key.short()).or_default() += 1;
    }
    keys
}

/// How many of the keys are not among the others.
fn lost(before: &Keys, after: &Keys) -> usize {
    let counts = before.iter();
    counts
        .map(|(key, count)| count.saturating_sub(after.get(key).copied().unwrap_or_default()))
        .sum()
}

/// The rules for which a change is more than that, since they are about what it changes.
fn is_changed_by(change: &str, id: &str) -> bool {
    let rules: &[&str] = match change {
        // The comment that it is about is right above the instruction.
        "moved" => &["dockerfile/mismatched-description"],
        // Which spelling is the odd one depends on the others.
        // The same neighbour in two files is what it is about.
        "joined" => &["dockerfile/lower-case-keyword", "kustomize/build-error"],
        // Names themselves are at fault, or all that there is of a step; a text takes the place of a number.
        _ => &[
            "dockerfile/duplicate-stage",
            "dockerfile/invalid-stage-name",
            "dockerfile/reserved-stage-name",
            "dockerfile/stage-name-case",
            "workflow/step-without-work",
            "workflow/wrong-type",
        ],
    };
    rules.contains(&id)
}

#[test]
fn findings_outlive_what_changes_around_them() {
    let catalogue = rules::catalogue();
    let root = root();
    let today = "2026-11-23".parse::<Date>().unwrap();
    let suite = Suite::load(&catalogue, root.join("fixtures"), Path::new("/"), today).unwrap();
    let changes: [(&str, Change); 3] = [("moved", moved), ("joined", joined), ("renamed", renamed)];
    let mut faults = Vec::new();
    let mut checked = [0; 3];
    for (number, rule) in catalogue.rules.iter().enumerate() {
        let id = rule.id.as_ref();
        let fixtures = suite.of_rule(number).into_iter();
        for fixture in fixtures.filter(|fixture| fixture.is_bad) {
            let before = keys(&suite, id, &fixture, |_, text| text.to_owned());
            for (index, (name, change)) in changes.iter().enumerate() {
                if is_changed_by(name, id) {
                    continue;
                }
                let after = keys(&suite, id, &fixture, *change);
                let lost = lost(&before, &after);
                checked[index] += usize::from(!before.is_empty());
                if lost > 0 {
                    faults.push(format!(
                        "{id}/{}: {name}: {lost} of {}",
                        fixture.name,
                        before.len()
                    ));
                }
                // Moved lines bring nothing either.
                if *name == "moved" && before != after && lost == 0 {
                    faults.push(format!("{id}/{}: {name}: more", fixture.name));
                }
            }
        }
    }
    assert!(checked.iter().all(|count| *count > 400), "{checked:?}");
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults.join("\n")
    );
}
