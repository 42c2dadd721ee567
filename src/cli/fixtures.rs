//! `hullmark test`: a user's rules fire on their `bad` fixtures and are silent on their `good` ones.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::date::today;
use crate::cli::{Ending, Trouble, print, settings, tuning};
use crate::evaluate::RULE_ERROR;
use crate::lint::{DefaultSeverities, Linter, Options, Outcome};
use crate::rules::{self, Catalogue, Rule, Settings, user};
use crate::sources::{Roots, SourceDb};

/// Tries every rule of the folder.
pub(super) fn test(named: &Path, working: &Path) -> Result<Ending, Trouble> {
    let mut catalogue = rules::catalogue();
    let ours = catalogue.rules.len();
    user::extend(&mut catalogue, named).map_err(|error| Trouble(error.to_string()))?;
    let fixtures = fixtures(&working.join(named));
    let mut is_well = true;
    let mut text = String::new();
    for number in ours..catalogue.rules.len() {
        let id = catalogue.rules[number].id.as_ref();
        let (bad, good, faults) = try_rule(&catalogue, number, &fixtures.join(id), working)?;
        is_well &= faults.is_empty();
        let word = if faults.is_empty() { "ok  " } else { "FAIL" };
        // Writing to a String does not fail.
        let _ = writeln!(text, "{word}  {id}  ({bad} bad, {good} good)");
        for fault in faults {
            let _ = writeln!(text, "      {fault}");
        }
    }
    print(&mut |out| out.write_all(text.as_bytes()))?;
    Ok(if is_well {
        Ending::Clean
    } else {
        Ending::Found
    })
}

/// `fixtures/` in the folder of the policies, or beside it.
fn fixtures(policies: &Path) -> PathBuf {
    let inside = policies.join("fixtures");
    match policies.parent() {
        Some(parent) if !inside.is_dir() => parent.join("fixtures"),
        _ => inside,
    }
}

/// How many bad and good fixtures a rule has, and what is wrong.
fn try_rule(
    catalogue: &Catalogue,
    number: usize,
    folder: &Path,
    working: &Path,
) -> Result<(usize, usize, Vec<String>), Trouble> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    names.sort();
    let (mut bad, mut good, mut faults) = (0, 0, Vec::new());
    for name in names {
        let is_bad = name.starts_with("bad");
        if !is_bad && !name.starts_with("good") {
            continue;
        }
        *(if is_bad { &mut bad } else { &mut good }) += 1;
        let outcome = judge(catalogue, number, &folder.join(&name), working)?;
        faults.extend(faults_of(catalogue, number, &name, is_bad, &outcome));
    }
    let shown = folder.strip_prefix(working).unwrap_or(folder).display();
    for (count, word) in [(bad, "bad"), (good, "good")] {
        if count == 0 {
            faults.push(format!("has no fixture `{shown}/{word}.<ext>`"));
        }
    }
    Ok((bad, good, faults))
}

/// The settings of a fixture: from `settings.yml` in its folder, or in that of all fixtures of the rule; else the defaults.
fn settings(rule: &Rule, path: &Path, working: &Path) -> Result<Settings, Trouble> {
    let folders = [Some(path), path.parent()].into_iter().flatten();
    let mut files = folders.map(|folder| folder.join("settings.yml"));
    let mut settings = Settings::default();
    if let Some(file) = files.find(|file| file.is_file()) {
        tuning::read(rule, &settings::alone(&file, working)?, &mut settings)?;
    }
    Ok(settings)
}

fn judge(
    catalogue: &Catalogue,
    number: usize,
    path: &Path,
    working: &Path,
) -> Result<Outcome, Trouble> {
    let roots = Roots {
        paths: vec![path.to_owned()],
        ..Roots::default()
    };
    let mut db = SourceDb::on_disk(working);
    let files = db.discover(&roots)?;
    let settings = settings(&catalogue.rules[number], path, working)?;
    let options = Options {
        catalogue,
        active: &[number],
        settings: &settings,
        shellcheck: None,
        severities: &DefaultSeverities,
        today: today(),
    };
    Ok(Linter::for_files(options, &db, &files)?.check_project(&db, &files))
}

fn faults_of(
    catalogue: &Catalogue,
    number: usize,
    name: &str,
    is_bad: bool,
    outcome: &Outcome,
) -> Vec<String> {
    if outcome.files == 0 {
        return vec![format!("{name}: is nothing that hullmark checks")];
    }
    let id = &catalogue.rules[number].id;
    let standing = || {
        outcome
            .diagnostics
            .iter()
            .filter(|finding| finding.suppressed.is_none())
    };
    let errors = standing().filter(|finding| *finding.rule == *RULE_ERROR);
    let mut faults: Vec<String> = errors
        .map(|finding| format!("{name}: {}", finding.message))
        .collect();
    let found: Vec<_> = standing().filter(|finding| *finding.rule == **id).collect();
    if is_bad && found.is_empty() {
        faults.push(format!("{name}: the rule found nothing"));
    }
    if !is_bad {
        let wrong = found.iter().map(|finding| {
            let source = &outcome.sources[&finding.primary.file];
            let start = source
                .lines
                .position(&source.text, finding.primary.span.start);
            format!(
                "{name}:{}:{}: {}",
                start.line, start.column, finding.message
            )
        });
        faults.extend(wrong);
    }
    faults
}
