//! `hullmark check`: what the flags ask becomes a request, and the outcome reports.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::cli::arguments::{Check, Color, FailOn};
use crate::cli::date::today;
use crate::cli::{CliError, ExitStatus, listing, print, say, scope, settings};
use crate::config::Resolved;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Outcome, Severities};
use crate::report::{self, Format, LeftOut, Report};
use crate::rules::Rule;

/// Checks, reports, and says how it ended.
pub(super) fn check(arguments: &Check, folder: &Path) -> Result<ExitStatus, CliError> {
    let outputs = outputs(arguments)?;
    let mut run = scope::prepare(arguments, folder)?;
    let fails_at = arguments
        .fail_on
        .or(run.resolved.config.fail_on.map(FailOn::At))
        .unwrap_or(FailOn::At(Severity::Warning));
    if arguments.scope.show_files || arguments.scope.show_settings {
        let shown = if arguments.scope.show_files {
            listing::list(&run, &arguments.format)?
        } else {
            settings::show(&run, &arguments.format, fails_at.name())?
        };
        return print(&mut |out| out.write_all(shown.as_bytes()));
    }
    let (mut outcome, test_data) = run.check(today())?;
    if outcome.files == 0 {
        say("nothing to check: found no Dockerfile, Kubernetes manifest or workflow");
        run.say_why();
    }
    let fails = failing(&outcome, fails_at) > 0 && !arguments.exit_zero;
    if let Some(least) = arguments.severity {
        let failed = failing(&outcome, fails_at);
        outcome.diagnostics.retain(|d| d.severity >= least);
        if fails && failing(&outcome, fails_at) == 0 {
            say(&all_hidden(failed, least));
        }
    }
    report(arguments, &outputs, &run.resolved, (&outcome, test_data))?;
    Ok(if fails {
        ExitStatus::Found
    } else {
        ExitStatus::Clean
    })
}

/// How many findings make the run fail.
fn failing(outcome: &Outcome, fails_at: FailOn) -> usize {
    let FailOn::At(least) = fails_at else {
        return 0;
    };
    let open = outcome
        .diagnostics
        .iter()
        .filter(|d| d.suppressed.is_none());
    open.filter(|open| open.severity >= least).count()
}

/// Why a run fails whose report shows nothing that does.
fn all_hidden(failed: usize, least: Severity) -> String {
    let (findings, them) = match failed {
        1 => ("finding that fails", "it"),
        _ => ("findings that fail", "them"),
    };
    let name = least.name();
    format!(
        "exit status 1: `--severity {name}` hides {failed} {findings}; `--fail-on {name}` ignores {them}"
    )
}

impl Severities for Resolved {
    fn severity_for(&self, diagnostic: &Diagnostic, rule: &Rule, path: &str) -> Option<Severity> {
        // The method of the type itself, which has precedence.
        self.severity_for(diagnostic, rule, path)
    }

    fn is_apart(&self, number: usize, path: &str) -> bool {
        self.selection.is_apart(number, path)
    }
}

/// Each format with where it goes; nowhere is standard output.
fn outputs(arguments: &Check) -> Result<Vec<(Format, Option<PathBuf>)>, CliError> {
    let formats = match arguments.format[..] {
        [] => vec![Format::Text],
        ref formats => formats.to_vec(),
    };
    if arguments.output.len() > formats.len() {
        let message = "--output: there are more of them than of --format; they go in pairs";
        return Err(CliError::Usage(message.to_owned()));
    }
    if arguments.statistics && formats != [Format::Text] {
        return Err(CliError::Usage(
            "--statistics: goes with --format text alone".to_owned(),
        ));
    }
    let files = arguments
        .output
        .iter()
        .map(|file| (file.as_os_str() != "-").then(|| file.clone()));
    let outputs: Vec<_> = formats
        .into_iter()
        .zip(files.chain(std::iter::repeat(None)))
        .collect();
    if outputs.iter().filter(|(_, file)| file.is_none()).count() > 1 {
        let message =
            "--format: two reports cannot share standard output; give each but one its --output";
        return Err(CliError::Usage(message.to_owned()));
    }
    Ok(outputs)
}

fn report(
    arguments: &Check,
    outputs: &[(Format, Option<PathBuf>)],
    resolved: &Resolved,
    (outcome, test_data): (&Outcome, LeftOut),
) -> Result<(), CliError> {
    let rules: Vec<Rule> = resolved
        .selection
        .active()
        .iter()
        .map(|number| resolved.catalogue.rules[*number].clone())
        .collect();
    let report = Report {
        files: outcome.files,
        diagnostics: &outcome.diagnostics,
        rules: &rules,
        sources: &outcome.sources,
        show_suppressed: arguments.show_suppressed,
        test_data,
    };
    for (format, file) in outputs {
        let write = |color: bool, out: &mut dyn Write| {
            if arguments.statistics {
                statistics(&report, out)
            } else {
                report::write(&report, *format, color, out)
            }
        };
        if let Some(path) = file {
            let color = arguments.color == Color::Always;
            let wrong = |source: io::Error| CliError::Unwritable {
                path: path.clone(),
                source,
            };
            let mut file = io::BufWriter::new(File::create(path).map_err(wrong)?);
            write(color, &mut file)
                .and_then(|()| file.flush())
                .map_err(wrong)?;
        } else if outcome.files > 0 || !matches!(format, Format::Text | Format::Concise) {
            let color = wants_color(arguments.color);
            print(&mut |out| write(color, out))?;
        }
    }
    Ok(())
}

fn wants_color(color: Color) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            io::stdout().is_terminal()
                && !is_set("NO_COLOR")
                && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// How many findings each rule has, the most first.
fn statistics(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let listed = report.diagnostics.iter();
    for finding in listed.filter(|finding| report.show_suppressed || finding.suppressed.is_none()) {
        *counts.entry(&finding.rule).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    for (id, count) in &counts {
        let rule = report.rules.iter().find(|rule| rule.id == *id);
        let (severity, title) = rule.map_or(("error", ""), |rule| {
            (rule.severity.name(), rule.title.as_ref())
        });
        writeln!(out, "{count:>7}  {severity:<7}  {id:<40}  {title}")?;
    }
    if report.test_data.findings > 0 {
        let LeftOut { findings, files } = report.test_data;
        writeln!(
            out,
            "{findings:>7}  more in {files} files of test data (--include-tests)"
        )?;
    }
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    writeln!(out, "{total:>7}  in {} files", report.files)
}
