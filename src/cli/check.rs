//! `hullmark check`: what the flags ask becomes a request, and the outcome reports.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use crate::cli::arguments::Check;
use crate::cli::asked::{Asked, Taken};
use crate::cli::date::today;
use crate::cli::progress::{Progress, say_timings};
use crate::cli::reports::{outputs, report};
use crate::cli::scope::Run;
use crate::cli::{CliError, ExitStatus, ignores, known, listing, print_text, say, scope, settings};
use crate::config::{FailOn, Resolved};
use crate::deployed::status::{Status, What};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Outcome, Past, Severities};
use crate::meter::Meter;
use crate::report::{Format, LeftOut};
use crate::rules::Rule;

/// Checks, reports, and says how it ended.
pub(super) fn check(arguments: &Check, folder: &Path) -> Result<ExitStatus, CliError> {
    let start = Instant::now();
    let outputs = outputs(arguments, folder)?;
    let asked = Asked::by(arguments);
    let mut run = scope::prepare(&asked, folder)?;
    let fails_at = arguments
        .fail_on
        .or(run.resolved.config.fail_on)
        .unwrap_or(FailOn::At(Severity::Warning));
    if arguments.scope.show_files || arguments.scope.show_settings {
        let shown = if arguments.scope.show_files {
            listing::list(&run, &arguments.format)?
        } else {
            settings::show(&run, arguments, fails_at.name())?
        };
        return print_text(&shown, arguments.format[..] == [Format::Json]);
    }
    if let Some(reason) = &arguments.add_ignores {
        return ignores::add(arguments, reason, fails_at, &mut run, folder);
    }
    let before = start.elapsed();
    let (mut outcome, left_out) = judge(arguments, &asked, &mut run, folder)?;
    if outcome.files == 0 {
        say("nothing to check: found no Dockerfile, Kubernetes manifest or workflow");
        run.say_why();
    }
    say_refused(&outcome.refused);
    let fails = failing(&outcome, fails_at) > 0 && !arguments.exit_zero;
    if let Some(least) = arguments.severity {
        let failed = failing(&outcome, fails_at);
        outcome.diagnostics.retain(|d| d.severity >= least);
        if fails && failing(&outcome, fails_at) == 0 {
            say(&all_hidden(failed, least));
        }
    }
    report(arguments, &outputs, &run.resolved, (&outcome, left_out))?;
    if let Some(meter) = run.meter.as_deref().filter(|_| arguments.timings) {
        say_timings(meter, before, start);
    }
    Ok(if fails {
        ExitStatus::Found
    } else {
        ExitStatus::Clean
    })
}

/// Checks, without what was there before.
fn judge(
    arguments: &Check,
    asked: &Asked,
    run: &mut Run,
    folder: &Path,
) -> Result<(Outcome, LeftOut), CliError> {
    let known = known::of(arguments, asked, run, folder)?;
    let taken = Taken {
        past: known.as_ref().map(|known| known as &dyn Past),
        apart: false,
    };
    let meter = Arc::new(if arguments.timings {
        Meter::timed()
    } else {
        Meter::default()
    });
    run.meter = Some(Arc::clone(&meter));
    let progress = (!arguments.no_progress).then(|| Progress::begin(&meter, run.files.len()));
    let (outcome, mut left_out) = run.check(today(), taken)?;
    drop(progress);
    if let Some(known) = &known {
        left_out.known = known.taken();
        known.say_unused(run, folder);
    }
    Ok((outcome, left_out))
}

/// Says once of charts and kustomizations that they are not rendered, so that their templates are not judged.
fn say_refused(refused: &[Status]) {
    let Some(first) = refused.first() else {
        return;
    };
    let what = match first.what {
        What::Kustomization => "kustomization",
        What::Chart | What::Library => "Helm chart",
    };
    let more = match refused.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more; --show-files lists them"),
    };
    let reason = first.state.reason();
    say(&format!(
        "not rendered: the {what} `{}` ({reason}){more}",
        first.path
    ));
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

    fn reads_suppressions(&self) -> bool {
        self.reads_suppressions
    }

    fn admits_suppression(&self, rule: &str, has_reason: bool, days: Option<i64>) -> bool {
        self.admits_suppression(rule, has_reason, days)
    }
}
