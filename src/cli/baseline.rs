//! `hullmark baseline`: writes the findings of today to a file, or removes from it what no longer occurs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::cli::arguments::{self, Scope};
use crate::cli::asked::{Asked, Taken};
use crate::cli::date::today;
use crate::cli::known::{Covered, locked};
use crate::cli::ledger::{Ledger, findings};
use crate::cli::output::{refuse, replace};
use crate::cli::scope::{self, Run};
use crate::cli::{CliError, ExitStatus, print_text};
use crate::config::baseline::{Baseline, Entry, Stored};
use crate::inert::{Inert, Medium};

/// The file, if nothing names one.
const FILE: &str = "hullmark-baseline.txt";

/// Checks, and writes what is found.
pub(super) fn baseline(
    arguments: &arguments::Baseline,
    folder: &Path,
) -> Result<ExitStatus, CliError> {
    let mut run = scope::prepare(&asked(arguments)?, folder)?;
    let stored = stored(arguments, &run, folder)?;
    let old = stored.baseline()?;
    let apart = Taken {
        past: None,
        apart: true,
    };
    let (outcome, _) = run.check(today(), apart)?;
    let locked = locked(&run.resolved);
    let found = findings(&outcome, &|rule| !locked.contains(rule));
    let covered = Covered::by(&run, folder);
    let written = if arguments.prune {
        pruned(&old, &found, &covered)
    } else {
        extended(&old, found, &covered)
    };
    let replaced = replace(&stored.path, |out| {
        let medium = Medium::Lines { has_escapes: false };
        written.write(&mut Inert::new(out, medium))
    });
    replaced.map_err(|source| CliError::Unwritable {
        path: stored.path.clone(),
        source,
    })?;
    let open = outcome
        .diagnostics
        .iter()
        .filter(|one| one.suppressed.is_none());
    let left_out = open.filter(|one| locked.contains(&*one.rule)).count();
    let shown = &stored.shown;
    let mut said = if arguments.prune {
        let (before, after) = (old.findings(), written.findings());
        format!("{shown}: removed {} of {before} findings\n", before - after)
    } else {
        summary(&written, shown)
    };
    if left_out > 0 {
        let (findings, are) = match left_out {
            1 => ("finding", "is"),
            _ => ("findings", "are"),
        };
        said += &format!(
            "{left_out} {findings} of locked rules {are} not in it: nothing takes these away\n"
        );
    }
    if run.resolved.baseline.is_none() && !arguments.prune {
        said += &format!(
            "Write `baseline: {shown}` in hullmark.yml, or pass --baseline={shown} to `hullmark check`\n"
        );
    }
    print_text(&said, false)
}

/// What is to be checked.
fn asked(arguments: &arguments::Baseline) -> Result<Asked, CliError> {
    let scope = &arguments.scope;
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        let message = "standard input is no file that a baseline could name";
        return Err(CliError::Usage(message.to_owned()));
    }
    Ok(Asked {
        paths: arguments.paths.clone(),
        choice: arguments.choice.clone(),
        scope: Scope {
            exclude: scope.exclude.clone(),
            include_tests: scope.include_tests,
            ..Scope::default()
        },
        stdin_filename: None,
        no_suppressions: false,
        is_quiet: false,
    })
}

/// The baseline as it is now, which is to be written anew.
fn stored(arguments: &arguments::Baseline, run: &Run, folder: &Path) -> Result<Stored, CliError> {
    let file = file(arguments, run, folder);
    let place = file.parent().unwrap_or(folder).canonicalize();
    let place = place.map_err(|source| CliError::Unwritable {
        path: file.clone(),
        source,
    })?;
    refuse(&file, folder, &place).map_err(CliError::Usage)?;
    let stored = Stored::read(&file, folder)?;
    if arguments.prune && stored.text.is_none() {
        let shown = &stored.shown;
        return Err(CliError::Usage(format!(
            "the baseline `{shown}` is not there: `hullmark baseline` writes it"
        )));
    }
    Ok(stored)
}

/// Where the baseline is: what the flag names, the configuration, or the file of the usual name in the root of the project.
fn file(arguments: &arguments::Baseline, run: &Run, folder: &Path) -> PathBuf {
    if let Some(file) = &arguments.output {
        return folder.join(file);
    }
    let configured = run.resolved.baseline.as_ref();
    let root = run.resolved.project.root().unwrap_or(folder);
    configured.map_or_else(|| root.join(FILE), |stored| stored.path.clone())
}

/// What was known and still occurs, also in a file that has another name now, and what this run did not look for.
fn pruned(old: &Baseline, found: &Baseline, covered: &Covered<'_>) -> Baseline {
    let ledger = Ledger::of(old.clone(), covered.root());
    let mut kept = Baseline::default();
    for (entry, count) in &found.entries {
        let known = (0..*count).filter(|_| ledger.takes(entry)).count();
        (0..known).for_each(|_| kept.add(entry.clone()));
    }
    for (entry, count) in ledger.unused() {
        if !covered.holds(&entry) {
            let all = kept.entries.entry(entry).or_default();
            *all = all.saturating_add(count);
        }
    }
    kept
}

/// What is found, and what is known of files that this run did not look at.
fn extended(old: &Baseline, found: Baseline, covered: &Covered<'_>) -> Baseline {
    let others = old.entries.iter();
    let others = others.filter(|(entry, _)| !covered.holds(entry));
    let mut entries: BTreeMap<Entry, u32> = others
        .map(|(entry, count)| (entry.clone(), *count))
        .collect();
    entries.extend(found.entries);
    Baseline { entries }
}

/// `hullmark-baseline.txt: 12 findings in 3 files`.
fn summary(written: &Baseline, shown: &str) -> String {
    let files: BTreeSet<&str> = written.entries.keys().map(|entry| &*entry.path).collect();
    let plural = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    };
    format!(
        "{shown}: {} in {}\n",
        plural(written.findings(), "finding"),
        plural(files.len(), "file")
    )
}
