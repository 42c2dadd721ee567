//! `hullmark check --add-ignores`: a comment at each finding, so that the next run reports none of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::process;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::cli::arguments::Check;
use crate::cli::asked::{Asked, Taken};
use crate::cli::date::today;
use crate::cli::scope::Run;
use crate::cli::{CliError, ExitStatus, known, print_text};
use crate::config::{FailOn, Resolved, project};
use crate::diagnostic::{Diagnostic, FingerprintKey, Severity};
use crate::ignores::{self, Added, Terms, Wanted};
use crate::inert::clean;
use crate::lint::{Outcome, Past};
use crate::rules::select::ALWAYS_ON;
use crate::sources::Source;
use crate::span::{FileId, FileSpan};

/// What a file begins with that says that it is UTF-8.
const MARK: &str = "\u{feff}";

/// Why a finding stays.
#[derive(Clone, Copy)]
enum Refusal {
    /// Rules about hullmark itself, and about what could not be judged.
    Fault,
    Forbidden,
    Json,
    /// The file is in an archive, behind a link, not UTF-8, or changed meanwhile.
    Unwritable,
    NoPlace,
}

/// A finding that stays.
struct Left<'o> {
    diagnostic: &'o Diagnostic,
    why: Refusal,
}

/// Checks, and writes the comments.
pub(super) fn add(
    check: &Check,
    reason: &str,
    fails_at: FailOn,
    run: &mut Run,
    folder: &Path,
) -> Result<ExitStatus, CliError> {
    let terms = terms(reason, &run.resolved)?;
    let asked = Asked::by(check);
    if asked.stdin_filename.is_some() || asked.paths.iter().any(|path| path.as_os_str() == "-") {
        let message = "--add-ignores: standard input is no file that a comment could be written to";
        return Err(CliError::Usage(message.to_owned()));
    }
    let known = known::of(check, &asked, run, folder)?;
    let taken = Taken {
        past: known.as_ref().map(|known| known as &dyn Past),
        apart: true,
    };
    let (outcome, _) = run.check(today(), taken)?;
    let mut left = Vec::new();
    let mut said = String::new();
    let mut sum = Sum::default();
    for (file, diagnostics) in by_file(&outcome, check.severity) {
        let Some(source) = outcome.sources.get(&file) else {
            continue;
        };
        let (kept, open): (Vec<_>, Vec<_>) = (diagnostics.into_iter())
            .map(|diagnostic| (diagnostic, refusal(&diagnostic.rule, &run.resolved)))
            .partition(|(_, why)| why.is_some());
        left.extend(kept.into_iter().filter_map(|(diagnostic, why)| {
            Some(Left {
                diagnostic,
                why: why?,
            })
        }));
        let open: Vec<&Diagnostic> = open.into_iter().map(|(diagnostic, _)| diagnostic).collect();
        let (requests, subjects) = wanted(&open, &run.resolved, source);
        // What only a chart reads is none of the files that were found.
        let full = run.db.full(file).map_or_else(
            || project::plain(folder, Path::new(&*source.path)),
            Path::to_owned,
        );
        let is_template = is_template(&full);
        let added = ignores::add(source, is_template, &requests, &terms);
        let written = match &added.text {
            Some(text) => write(&full, source, text).map_err(|source| CliError::Unwritable {
                path: full.clone(),
                source,
            })?,
            None => true,
        };
        let refused: BTreeSet<usize> = added.refused.iter().copied().collect();
        let is_left = |number: &usize| !written || refused.contains(number);
        let why = match written {
            false => Refusal::Unwritable,
            true if source.text.trim_start().starts_with('{') && !is_template => Refusal::Json,
            true => Refusal::NoPlace,
        };
        let stays = open.iter().zip(&subjects);
        let stays = stays.filter(|(_, subject)| is_left(subject));
        let before = left.len();
        left.extend(stays.map(|(diagnostic, _)| Left { diagnostic, why }));
        if written {
            let findings = open.len() - (left.len() - before);
            sum.add(&source.path, &added, findings, &mut said);
        }
    }
    left.sort_by_key(|one| (one.diagnostic.primary.file, one.diagnostic.primary.span));
    for one in &left {
        said += &said_of(one, &outcome);
    }
    said += &sum.said(left.len());
    let fails = left.iter().any(|left| match fails_at {
        FailOn::At(least) => left.diagnostic.severity >= least,
        FailOn::Never => false,
    });
    print_text(&said, false)?;
    Ok(if fails && !check.exit_zero {
        ExitStatus::Found
    } else {
        ExitStatus::Clean
    })
}

/// What comments say, as the configuration wants them.
fn terms(reason: &str, resolved: &Resolved) -> Result<Terms, CliError> {
    let wrong = |what: &str| Err(CliError::Usage(format!("--add-ignores: {what}")));
    let suppressions = &resolved.config.suppressions;
    if suppressions.is_refused || !resolved.reads_suppressions {
        return wrong("comments suppress nothing here: `suppressions` has `inline: false`");
    }
    let reason = reason.trim();
    if reason.is_empty() && suppressions.needs_reason {
        return wrong("the configuration wants a reason: write --add-ignores=REASON");
    }
    if reason.chars().any(char::is_control) {
        return wrong("the reason is one line of text");
    }
    if reason.contains("*/") {
        return wrong("the reason ends a comment in a template of a chart: leave `*/` out");
    }
    if reason
        .split_whitespace()
        .any(|word| word.starts_with("until="))
    {
        return wrong(
            "`until=` is no part of a reason; `suppressions.expiry` in the configuration sets it",
        );
    }
    Ok(Terms {
        until: suppressions.expiry.map(|days| today().plus(days)),
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
    })
}

/// The findings of each file that nothing suppresses, and that are shown.
fn by_file(outcome: &Outcome, least: Option<Severity>) -> BTreeMap<FileId, Vec<&Diagnostic>> {
    let mut files: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    let open = outcome.diagnostics.iter().map(AsRef::as_ref);
    let open = open.filter(|one: &&Diagnostic| one.suppressed.is_none());
    for diagnostic in open.filter(|one| least.is_none_or(|least| one.severity >= least)) {
        let file = files.entry(diagnostic.primary.file).or_default();
        file.push(diagnostic);
    }
    files
}

/// Why no comment suppresses what a rule reports.
fn refusal(rule: &str, resolved: &Resolved) -> Option<Refusal> {
    let number = resolved.catalogue.number(rule);
    if ALWAYS_ON.contains(&rule) || rule.starts_with("hullmark/") {
        Some(Refusal::Fault)
    } else if number.is_some_and(|number| !resolved.selection.is_suppressible(number)) {
        Some(Refusal::Forbidden)
    } else {
        None
    }
}

/// What comments are asked for, and for each finding the number of the request that stands for it: findings that are shown as one of their family are named as
/// that.
fn wanted(open: &[&Diagnostic], resolved: &Resolved, source: &Source) -> (Vec<Wanted>, Vec<usize>) {
    type Subject = (FileSpan, FingerprintKey);
    let subject = |one: &Diagnostic| -> Option<Subject> {
        let part = one
            .part
            .as_deref()
            .filter(|part| *part.family != *one.rule)?;
        let number = resolved.catalogue.number(&one.rule)?;
        let is_here = part.subject.file == one.primary.file;
        (is_here && !resolved.selection.is_apart(number, &source.path))
            .then_some((part.subject, part.key))
    };
    let mut families: FxHashMap<Subject, BTreeSet<&str>> = FxHashMap::default();
    for one in open {
        if let Some(subject) = subject(one) {
            families.entry(subject).or_default().insert(&one.rule);
        }
    }
    let mut requests: Vec<Wanted> = Vec::new();
    let mut numbers: FxHashMap<(Arc<str>, u32), usize> = FxHashMap::default();
    let subjects = open.iter().map(|one| {
        let family = subject(one).filter(|subject| families[subject].len() > 1);
        let (rule, at) = match (family, &one.part) {
            (Some((subject, _)), Some(part)) => {
                (Arc::from(part.family.as_ref()), subject.span.start)
            }
            _ => (Arc::clone(&one.rule), one.primary.span.start),
        };
        *numbers.entry((Arc::clone(&rule), at)).or_insert_with(|| {
            requests.push(Wanted { rule, at });
            requests.len() - 1
        })
    });
    let subjects = subjects.collect();
    (requests, subjects)
}

/// Whether a file is a template of a chart.
fn is_template(full: &Path) -> bool {
    let folders = full.ancestors().skip(1);
    let mut charts = folders
        .filter(|folder| folder.ends_with("templates"))
        .filter_map(Path::parent);
    charts.any(|chart| chart.join("Chart.yaml").is_file())
}

/// Writes the text to the file in one step; `false` if the file is not what was checked, or none that is written to.
fn write(full: &Path, source: &Source, text: &str) -> io::Result<bool> {
    let Ok(there) = fs::symlink_metadata(full) else {
        return Ok(false);
    };
    let old = fs::read_to_string(full).unwrap_or_default();
    let (mark, old) = match old.strip_prefix(MARK) {
        Some(rest) => (MARK, rest),
        None => ("", old.as_str()),
    };
    if !there.is_file() || old != source.text {
        return Ok(false);
    }
    let mut name = full.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", process::id()));
    let part = full.with_file_name(name);
    let written = OpenOptions::new().write(true).create_new(true).open(&part);
    let replaced = written.and_then(|mut out| {
        out.write_all(mark.as_bytes())?;
        out.write_all(text.as_bytes())?;
        fs::set_permissions(&part, there.permissions())?;
        fs::rename(&part, full)
    });
    if replaced.is_err() {
        // What is left of it helps nobody.
        let _ = fs::remove_file(&part);
    }
    replaced.map(|()| true)
}

/// What was added in all.
#[derive(Default)]
struct Sum {
    comments: usize,
    for_file: usize,
    findings: usize,
    files: usize,
}

impl Sum {
    /// Counts a file, and says what it got.
    fn add(&mut self, path: &str, added: &Added, findings: usize, said: &mut String) {
        if added.comments == 0 {
            return;
        }
        self.comments += added.comments;
        self.for_file += added.for_file;
        self.findings += findings;
        self.files += 1;
        // Writing to a String does not fail.
        let _ = writeln!(
            said,
            "{}: added {} for {}",
            clean(path),
            plural(added.comments, "comment"),
            plural(findings, "finding")
        );
    }

    fn said(&self, left: usize) -> String {
        let for_file = match self.for_file {
            0 => String::new(),
            1 => ", 1 of them for a whole file".to_owned(),
            many => format!(", {many} of them for whole files"),
        };
        let left = match left {
            0 => String::new(),
            left => format!("; {} left", plural(left, "finding")),
        };
        format!(
            "suppressed {} in {} with {}{for_file}{left}\n",
            plural(self.findings, "finding"),
            plural(self.files, "file"),
            plural(self.comments, "comment"),
        )
    }
}

fn plural(count: usize, word: &str) -> String {
    match count {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    }
}

/// `deploy/pod.json:3:5: image/latest-tag: not suppressed: JSON has no comments`
fn said_of(left: &Left, outcome: &Outcome) -> String {
    let Diagnostic { primary, rule, .. } = left.diagnostic;
    let place = outcome.sources.get(&primary.file).map(|source| {
        let start = source.lines.position(&source.text, primary.span.start);
        format!("{}:{}:{}", clean(&source.path), start.line, start.column)
    });
    let why = match left.why {
        Refusal::Fault => "no comment suppresses findings of this rule",
        Refusal::Forbidden => "the configuration lets no comment suppress this rule",
        Refusal::Json => {
            "JSON has no comments; `ignore` or an override in hullmark.yml can leave it out"
        }
        Refusal::Unwritable => {
            "the file is in an archive, is reached by a link, is not UTF-8, or has changed"
        }
        Refusal::NoPlace => "a comment here would change what the file means",
    };
    let place = place.unwrap_or_default();
    format!("{place}: {rule}: not suppressed: {why}\n")
}
