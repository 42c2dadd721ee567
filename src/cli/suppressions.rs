//! `hullmark suppressions`: every comment and annotation that suppresses findings, with its reason, its end and its age.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::arguments::{self, ListFormat};
use crate::cli::date::{day_of, today};
use crate::cli::{CliError, ExitStatus, print_text};
use crate::config::project;
use crate::evaluate::suppress::{self, Date};
use crate::git::Git;
use crate::inert::clean;
use crate::parse;
use crate::sources::{Roots, Source, SourceDb};

/// A comment or an annotation.
#[derive(Serialize)]
struct Row {
    /// From the working folder.
    path: String,
    line: u32,
    /// As it names them; `tool:ID` in a comment of another tool.
    rules: Vec<String>,
    reason: Option<String>,
    /// The last day on which it counts.
    until: Option<String>,
    expired: bool,
    /// The day of the commit that wrote its line; unknown outside a repository, in a file that is not committed, and beyond a shallow clone.
    since: Option<String>,
    /// How many days ago that was.
    age: Option<i64>,
}

/// Lists them.
pub(super) fn list(
    arguments: &arguments::Suppressions,
    working: &Path,
) -> Result<ExitStatus, CliError> {
    let mut paths = arguments.paths.clone();
    let project = project::find(working, &paths);
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let mut db = SourceDb::on_disk(working);
    let files = db.discover(&Roots {
        paths,
        ..Roots::default()
    })?;
    let git = project.repository.as_deref().and_then(Git::of);
    let today = today();
    let mut rows = Vec::new();
    for file in files {
        let Some((source, _)) = db.read(file) else {
            continue;
        };
        let root = project.repository.as_deref();
        let below = db.full(file).and_then(|full| full.strip_prefix(root?).ok());
        rows.extend(of_file(&source, git.as_ref().zip(below), today));
    }
    rows.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    match arguments.format {
        ListFormat::Text => print_text(&text(&rows), false),
        ListFormat::Json => {
            let rows = serde_json::to_string(&rows);
            let rows = rows.map_err(|error| CliError::Usage(error.to_string()))?;
            print_text(&format!("{rows}\n"), true)
        }
    }
}

fn of_file(source: &Source, committed: Option<(&Git, &Path)>, today: Date) -> Vec<Row> {
    let found = suppress::find(source, &parse::parse(source));
    let lines = found.iter().map(|one| source.lines.line(one.span().start));
    let lines: BTreeSet<u32> = lines.collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let days = committed.map(|(git, path)| days(git, path, &lines));
    let days = days.unwrap_or_default();
    let rows = found.iter().map(|one| {
        let line = source.lines.line(one.span().start);
        let since = days.get(&line).copied();
        Row {
            path: source.path.to_string(),
            line,
            rules: one.rules().map(str::to_owned).collect(),
            reason: one.reason().map(str::to_owned),
            until: one.until().map(|day| day.to_string()),
            expired: one.is_expired(today),
            since: since.map(|day| day.to_string()),
            age: since.map(|day| today.days_after(day)),
        }
    });
    rows.collect()
}

/// The days on which lines of a file were written, as the last commit has them.
fn days(git: &Git, path: &Path, lines: &BTreeSet<u32>) -> BTreeMap<u32, Date> {
    let ranges: Vec<String> = lines
        .iter()
        .map(|line| format!("-L{line},{line}"))
        .collect();
    let path = path.to_string_lossy();
    // Of the objects alone: what a repository names to convert files with is not run.
    let mut arguments = vec!["blame", "--porcelain", "--no-textconv", "-w"];
    arguments.extend(ranges.iter().map(String::as_str));
    arguments.extend(["HEAD", "--", &path]);
    let answer = git.run(&arguments).unwrap_or_default();
    let answer = String::from_utf8_lossy(&answer);
    let mut times: BTreeMap<&str, Date> = BTreeMap::new();
    let mut of_lines: Vec<(u32, &str)> = Vec::new();
    let mut commit = "";
    for line in answer.lines().filter(|line| !line.starts_with('\t')) {
        if let Some(time) = line.strip_prefix("committer-time ") {
            let day = time.parse().ok().and_then(day_of);
            times.extend(day.map(|day| (commit, day)));
        } else if let Some((hash, rest)) = line.split_once(' ')
            && hash.len() >= 40
            && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
        {
            commit = hash;
            let number = rest
                .split(' ')
                .nth(1)
                .and_then(|number| number.parse().ok());
            of_lines.extend(number.map(|number| (number, hash)));
        }
    }
    let dated = of_lines.into_iter();
    dated
        .filter_map(|(line, commit)| Some((line, *times.get(commit)?)))
        .collect()
}

fn text(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let mut terms = Vec::new();
        if let (Some(since), Some(age)) = (&row.since, row.age) {
            terms.push(format!("since {since} ({age} days)"));
        }
        if let Some(until) = &row.until {
            let word = if row.expired { "expired" } else { "until" };
            terms.push(format!("{word} {until}"));
        }
        let terms = if terms.is_empty() {
            String::new()
        } else {
            format!("; {}", terms.join(", "))
        };
        let reason = row.reason.as_deref().map_or_else(
            || "no reason".to_owned(),
            |reason| clean(reason).into_owned(),
        );
        let rules = row.rules.join(", ");
        // Writing to a String does not fail.
        let _ = writeln!(
            text,
            "{}:{}: {}{terms} -- {reason}",
            clean(&row.path),
            row.line,
            clean(&rules)
        );
    }
    let files: BTreeSet<&str> = rows.iter().map(|row| row.path.as_str()).collect();
    let without = rows.iter().filter(|row| row.reason.is_none()).count();
    let expired = rows.iter().filter(|row| row.expired).count();
    let _ = writeln!(
        text,
        "suppressions: {} in {} files, {without} without a reason, {expired} expired",
        rows.len(),
        files.len()
    );
    text
}
