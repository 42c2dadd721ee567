//! One run, told in one function: read, parse, build, evaluate; then the project as a whole; then what was set aside; then order.

mod builds;
mod file;
mod judges;
mod remarks;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::check::builds::{Build, Builds};
use crate::check::file::{facts_of, remark};
use crate::check::judges::Judges;
use crate::evaluate::suppress::{self, Date, Suppression};
use crate::evaluate::{self, Active, Document, RULE_ERROR, Raw};
use crate::external::ShellCheck;
use crate::finding::{self, Finding, Findings, Fingerprint, Place, Severity};
use crate::model::FileTables;
use crate::model::table::Table;
use crate::parse::{self, Parsed};
use crate::rules::{Catalogue, Rule, Settings};
use crate::sources::{self, Candidate, Source};
use crate::span::Span;

/// How many files a thread takes at a time.
const CHUNK: usize = 16;

/// From how many bytes of text on a batch is full. Each rule's start costs the same for one row and for many; what a batch
/// holds, some hundred times its text, should stay in the processor's cache.
const BATCH: usize = 32 * 1024;

/// The rule whose failure it is if the program of that name fails.
const SHELLCHECK: &str = "shell/shellcheck";

/// What to check, and by which rules.
pub struct Request<'a> {
    /// The files, in the order of the report.
    pub files: &'a [Candidate],
    /// All rules.
    pub catalogue: &'a Catalogue,
    /// The numbers of the rules that run on some file at least.
    pub active: &'a [usize],
    /// What users set for rules.
    pub settings: &'a Settings,
    /// The program that rules about `remarks` ask; without it they find nothing.
    pub shellcheck: Option<&'a ShellCheck>,
    /// Whether a finding of a rule counts, and how much: the configuration's word.
    pub verdict: &'a (dyn Fn(&Finding, &Rule) -> Option<Severity> + Sync),
    /// The day on which suppressions are judged.
    pub today: Date,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many files were checked.
    pub files: usize,
    /// By path, place and rule; those that were set aside among them.
    pub findings: Findings,
    /// The files that have findings.
    pub sources: BTreeMap<Arc<str>, Arc<Source>>,
}

/// A file after its own judgement: what the project's judgement and the report still need.
struct Judged {
    number: u32,
    source: Arc<Source>,
    suppressions: Vec<Suppression>,
    findings: Findings,
    facts: Option<FileTables>,
    builds: Vec<Build>,
}

/// A file and its number in the run.
type Numbered<'a> = (&'a Candidate, u32);

/// Checks files.
///
/// # Errors
/// If the rules cannot be loaded; a file that cannot be read or parsed is a finding.
pub fn check(request: &Request) -> Result<Outcome, evaluate::Error> {
    let judges = Judges::load(
        request.catalogue,
        request.active,
        request.settings,
        request.files,
    )?;
    let mut judged = judge_files(request, &judges);
    let files = judged.len();
    judge_project(request, &judges, &mut judged);
    for file in &mut judged {
        file.findings.retain_mut(|finding| keep(request, finding));
        suppress::apply(
            &file.source,
            &mut file.suppressions,
            &mut file.findings,
            request.today,
        );
    }
    judge_suppressions(request, &judges, &mut judged);
    let mut outcome = Outcome {
        files,
        findings: Vec::with_capacity(judged.iter().map(|file| file.findings.len()).sum()),
        ..Outcome::default()
    };
    for file in judged {
        if !file.findings.is_empty() {
            outcome
                .sources
                .insert(Arc::clone(&file.source.path), file.source);
        }
        outcome.findings.extend(file.findings);
    }
    outcome.findings.sort_by(|a, b| order(a, b));
    outcome
        .findings
        .dedup_by(|a, b| order(a, b).is_eq() && a.related == b.related);
    finding::fingerprints(&mut outcome.findings);
    Ok(outcome)
}

fn order(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    let key = |finding: &Finding| (finding.location.span.start, finding.location.span.end);
    a.location
        .path
        .cmp(&b.location.path)
        .then_with(|| key(a).cmp(&key(b)))
        .then_with(|| a.rule.cmp(&b.rule))
        .then_with(|| a.message.cmp(&b.message))
}

/// Whether the configuration lets a finding stand; sets its severity.
fn keep(request: &Request, finding: &mut Finding) -> bool {
    let Some(rule) = request.catalogue.rule(&finding.rule) else {
        return true;
    };
    match (request.verdict)(finding, rule) {
        Some(severity) => {
            finding.severity = severity;
            true
        }
        None => false,
    }
}

/// Judges each file by itself. What says how Dockerfiles are built comes before them, if a rule asks for their contexts.
fn judge_files(request: &Request, judges: &Judges) -> Vec<Judged> {
    let files = request.files.iter().zip(0_u32..);
    let is_asked = judges.tables().contains(Table::Copies);
    let (first, then): (Vec<Numbered>, Vec<Numbered>) =
        files.partition(|(candidate, _)| is_asked && candidate.may_name_builds());
    let mut builds = Builds::default();
    let mut judged: Vec<Judged> = Vec::with_capacity(request.files.len());
    for files in [first, then] {
        let batches: Vec<Vec<Judged>> = files
            .par_chunks(CHUNK)
            .map(|mut files| {
                let mut judged = Vec::with_capacity(files.len());
                while !files.is_empty() {
                    judged.extend(judge_batch(request, judges, &builds, &mut files));
                }
                judged
            })
            .collect();
        judged.extend(batches.into_iter().flatten());
        builds.extend(judged.iter_mut().flat_map(|file| file.builds.drain(..)));
    }
    judged.sort_by_key(|file| file.number);
    judged
}

/// Judges the first of the `files`, as many as fill a batch, and leaves the rest.
fn judge_batch(
    request: &Request,
    judges: &Judges,
    builds: &Builds,
    files: &mut &[Numbered],
) -> Vec<Judged> {
    let tables = judges.tables();
    let mut judged: Vec<(Source, Parsed, FileTables)> = Vec::with_capacity(files.len());
    let mut failures: Vec<(Arc<str>, u32, String)> = Vec::new();
    let mut bytes = 0;
    while bytes < BATCH
        && let Some(((candidate, number), rest)) = files.split_first()
    {
        *files = rest;
        let number = *number;
        let Some((mut source, problem)) = sources::read(candidate) else {
            continue;
        };
        bytes += source.text.len();
        builds.tell(&mut source);
        let (parsed, mut facts) = facts_of(number, &source, problem.as_ref(), tables);
        if let Err(error) = remark(request, &mut facts) {
            failures.push((Arc::from(SHELLCHECK), number, error));
        }
        judged.push((source, parsed, facts));
    }
    let batch: Vec<&FileTables> = judged.iter().map(|(_, _, facts)| facts).collect();
    let position: FxHashMap<u32, usize> = judged
        .iter()
        .enumerate()
        .map(|(index, (_, _, facts))| (facts.file(), index))
        .collect();
    let document = |file: u32| {
        let (source, parsed, facts) = &judged[*position.get(&file)?];
        Some(Document {
            source,
            parsed,
            facts,
        })
    };
    let mut findings: Vec<Findings> = judged.iter().map(|_| Vec::new()).collect();
    let mut fail = |active: &Active, file, error| {
        failures.push((Arc::clone(&active.id), file, error));
    };
    // One at a time: what the engine yielded and what it became are not held both.
    let found = evaluate::each(&judges.file, &batch, &mut fail, &|raw| {
        let index = *position.get(&raw.at.file)?;
        let finding = evaluate::finding(request.catalogue, &raw, &document)?;
        Some((index, Box::new(finding)))
    });
    let mut counts = vec![0; judged.len()];
    for (index, _) in found.iter().flatten() {
        counts[*index] += 1;
    }
    for (findings, count) in findings.iter_mut().zip(counts) {
        findings.reserve_exact(count);
    }
    for (index, finding) in found.into_iter().flatten() {
        findings[index].push(finding);
    }
    for (rule, file, error) in failures {
        if let Some(index) = position.get(&file) {
            let failed = rule_failed(&rule, &judged[*index].0, &error);
            findings[*index].push(Box::new(failed));
        }
    }
    judged
        .into_iter()
        .zip(findings)
        .map(|((source, parsed, mut facts), findings)| {
            let suppressions = suppress::find(&source, &parsed);
            let builds = Builds::of(&facts);
            let kept = facts.keep(judges.project.tables);
            Judged {
                number: facts.file(),
                source: Arc::new(source),
                suppressions,
                findings,
                facts: kept.then_some(facts),
                builds,
            }
        })
        .collect()
}

/// A rule's failure on a file is said on that file, never silence.
fn rule_failed(rule: &str, source: &Source, error: &str) -> Finding {
    let first = source.lines.span(&source.text, 1);
    Finding {
        rule: Arc::from(RULE_ERROR),
        severity: Severity::Error,
        message: format!("rule `{rule}` failed on this file: {error}"),
        aliases: Arc::default(),
        location: evaluate::location(
            source,
            Span::new(0, first.of(&source.text).trim_end().len()),
        ),
        resource: None,
        place: Place::of(RULE_ERROR, &source.path, &format!("rule[{rule}]")),
        related: Vec::new(),
        fix: Vec::new(),
        fingerprint: Fingerprint::default(),
        suppressed: None,
    }
}

/// Judges all files together. Their trees and places are gone by now: the few files that a finding points into are read
/// again.
fn judge_project(request: &Request, judges: &Judges, judged: &mut [Judged]) {
    let position: FxHashMap<u32, usize> = judged
        .iter()
        .enumerate()
        .map(|(index, file)| (file.number, index))
        .collect();
    let mut found: Vec<(usize, Finding)> = Vec::new();
    {
        let batch: Vec<&FileTables> = judged
            .iter()
            .filter_map(|file| file.facts.as_ref())
            .collect();
        let mut failures = Vec::new();
        let raw: Vec<Raw> =
            evaluate::evaluate(&judges.project, &batch, &mut |active, file, error| {
                failures.push((Arc::clone(&active.id), file, error));
            });
        let read: FxHashMap<u32, (Parsed, FileTables)> = raw
            .iter()
            .flat_map(Raw::files)
            .collect::<BTreeSet<u32>>()
            .into_iter()
            .filter_map(|file| {
                let source = &judged[*position.get(&file)?].source;
                let (parsed, mut facts) = facts_of(file, source, None, judges.tables());
                // What ShellCheck fails on was said when the file was judged by itself.
                _ = remark(request, &mut facts);
                Some((file, (parsed, facts)))
            })
            .collect();
        let document = |file: u32| {
            let (parsed, facts) = read.get(&file)?;
            Some(Document {
                source: &judged[*position.get(&file)?].source,
                parsed,
                facts,
            })
        };
        for raw in &raw {
            if let (Some(finding), Some(index)) = (
                evaluate::finding(request.catalogue, raw, &document),
                position.get(&raw.at.file),
            ) {
                found.push((*index, finding));
            }
        }
        for (rule, file, error) in failures {
            if let Some(index) = position.get(&file) {
                found.push((*index, rule_failed(&rule, &judged[*index].source, &error)));
            }
        }
    }
    for (index, finding) in found {
        judged[index].findings.push(Box::new(finding));
    }
}

/// Judges the comments that set findings aside, now that all findings are known.
fn judge_suppressions(request: &Request, judges: &Judges, judged: &mut [Judged]) {
    let active: Vec<&Rule> = request
        .active
        .iter()
        .map(|number| &request.catalogue.rules[*number])
        .collect();
    for file in judged
        .iter_mut()
        .filter(|file| !file.suppressions.is_empty())
    {
        let mut facts = FileTables::empty(file.number);
        suppress::rows(
            &mut facts,
            &file.suppressions,
            request.catalogue,
            &active,
            request.today,
        );
        let parsed = Parsed {
            tree: parse::Syntax::Dockerfile(parse::dockerfile::Dockerfile::default()),
            problems: Vec::new(),
        };
        let mut found = Vec::new();
        let raw = evaluate::evaluate(&judges.last, &[&facts], &mut |active, _, error| {
            found.push(rule_failed(&active.id, &file.source, &error));
        });
        let document = |_| {
            Some(Document {
                source: &file.source,
                parsed: &parsed,
                facts: &facts,
            })
        };
        found.extend(
            raw.iter()
                .filter_map(|raw| evaluate::finding(request.catalogue, raw, &document)),
        );
        found.retain_mut(|finding| keep(request, finding));
        file.findings.extend(found.into_iter().map(Box::new));
    }
}
