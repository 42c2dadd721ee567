//! `hullmark test`: a user's rules report something in their `bad` fixtures and nothing in their `good` ones.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::cli::date::today;
use crate::cli::{CliError, ExitStatus, print_text};
use crate::config::Resolved;
use crate::fixtures::Suite;
use crate::patterns::Patterns;
use crate::rules::{self, user};

/// Runs the fixtures of every rule of the folder.
pub(super) fn test(named: &Path, working: &Path) -> Result<ExitStatus, CliError> {
    let mut catalogue = rules::catalogue();
    let built_in = catalogue.rules.len();
    user::extend(&mut catalogue, named)?;
    let suite = Suite::load(&catalogue, fixtures(&working.join(named)), working, today())?;
    let mut is_well = true;
    let mut text = String::new();
    for number in built_in..catalogue.rules.len() {
        let id = &catalogue.rules[number].id;
        let (bad, good, faults) = run_rule(&suite, number, working)?;
        is_well &= faults.is_empty();
        let word = if faults.is_empty() { "ok  " } else { "FAIL" };
        // Writing to a String does not fail.
        let _ = writeln!(text, "{word}  {id}  ({bad} bad, {good} good)");
        for fault in faults {
            let _ = writeln!(text, "      {fault}");
        }
    }
    for folder in suite.without_rule() {
        is_well = false;
        let shown = folder.strip_prefix(working).unwrap_or(&folder).display();
        let _ = writeln!(
            text,
            "FAIL  {shown}\n      no rule has the id that this folder says"
        );
    }
    print_text(&text, false)?;
    Ok(if is_well {
        ExitStatus::Clean
    } else {
        ExitStatus::Found
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

/// The fixtures of the user's rules, of which half are bad on purpose: `check` leaves them out unless they are named.
pub(super) fn excluded(resolved: &Resolved, flags: &[PathBuf], working: &Path) -> Vec<Patterns> {
    let folders = resolved.config.policies.iter().chain(flags);
    let patterns = folders.filter_map(|policies| {
        let folder = fixtures(&working.join(policies));
        let rules = resolved.catalogue.rules.iter();
        let of_user = rules.filter(|rule| rule.is_of_user);
        let globs = of_user.map(|rule| format!("/{}/", rule.id));
        // A glob that cannot be read leaves nothing out; the characters of an id are plain.
        Patterns::new(&folder, globs.collect::<Vec<_>>()).ok()
    });
    patterns.collect()
}

/// How many bad and good fixtures a rule has, and what is wrong.
fn run_rule(
    suite: &Suite,
    number: usize,
    working: &Path,
) -> Result<(usize, usize, Vec<String>), CliError> {
    let fixtures = suite.of_rule(number);
    let bad = fixtures.iter().filter(|fixture| fixture.is_bad).count();
    let good = fixtures.len() - bad;
    let mut faults = Vec::new();
    for fixture in &fixtures {
        let outcome = suite.check(fixture, &[number])?;
        faults.extend(suite.faults(fixture, &outcome));
    }
    let folder = suite.folder_of(number);
    let shown = folder.strip_prefix(working).unwrap_or(&folder).display();
    for (count, word) in [(bad, "bad"), (good, "good")] {
        if count == 0 {
            faults.push(format!("has no fixture `{shown}/{word}.<ext>`"));
        }
    }
    Ok((bad, good, faults))
}
