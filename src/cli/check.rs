//! `hullmark check`: what the flags ask becomes a request, and the outcome reports.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::arguments::{Check, Color};
use crate::cli::asked::{Asked, Taken};
use crate::cli::date::today;
use crate::cli::output::{self, replace};
use crate::cli::{
    CliError, ExitStatus, known, listing, print, print_text, say, scope, settings, terminal,
};
use crate::config::{FailOn, Resolved};
use crate::deployed::status::{Status, What};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Outcome, Past, Severities};
use crate::report::{self, Format, LeftOut, Report, Style, statistics};
use crate::rules::Rule;

/// Checks, reports, and says how it ended.
pub(super) fn check(arguments: &Check, folder: &Path) -> Result<ExitStatus, CliError> {
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
            settings::show(&run, &arguments.format, fails_at.name())?
        };
        return print_text(&shown, arguments.format[..] == [Format::Json]);
    }
    let known = known::of(arguments, &asked, &run, folder)?;
    let taken = Taken {
        past: known.as_ref().map(|known| known as &dyn Past),
        apart: false,
    };
    let (mut outcome, mut left_out) = run.check(today(), taken)?;
    if let Some(known) = &known {
        left_out.known = known.taken();
        known.say_unused(&run, folder);
    }
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
    Ok(if fails {
        ExitStatus::Found
    } else {
        ExitStatus::Clean
    })
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

/// Each format with where it goes; nowhere is standard output.
fn outputs(arguments: &Check, folder: &Path) -> Result<Vec<(Format, Option<PathBuf>)>, CliError> {
    let formats = match arguments.format[..] {
        [] => vec![Format::Text],
        ref formats => formats.to_vec(),
    };
    if arguments.output.len() > formats.len() {
        let message = "--output: there are more of them than of --format; they go in pairs";
        return Err(CliError::Usage(message.to_owned()));
    }
    let mut formats_counted = formats.iter();
    if arguments.statistics.is_some()
        && !formats_counted.all(|format| matches!(format, Format::Text | Format::Json))
    {
        return Err(CliError::Usage(
            "--statistics: goes with --format text or json".to_owned(),
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
    check_files(&outputs, folder)?;
    Ok(outputs)
}

/// Refuses files of reports that cannot be written, before anything is checked: in a folder that is missing, or two in one.
fn check_files(outputs: &[(Format, Option<PathBuf>)], folder: &Path) -> Result<(), CliError> {
    let mut seen: Vec<PathBuf> = Vec::new();
    for file in outputs.iter().filter_map(|(_, file)| file.as_ref()) {
        let parent = file
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        let Ok(place) = folder.join(parent).canonicalize() else {
            let message = format!(
                "--output: {}: the folder `{}` does not exist; create it first",
                file.display(),
                parent.display()
            );
            return Err(CliError::Usage(message));
        };
        output::refuse(file, folder, &place).map_err(CliError::Usage)?;
        let place = place.join(file.file_name().unwrap_or_default());
        if seen.contains(&place) {
            let message = format!(
                "--output: two reports cannot share `{}`; give each a file of its own",
                file.display()
            );
            return Err(CliError::Usage(message));
        }
        seen.push(place);
    }
    Ok(())
}

fn report(
    arguments: &Check,
    outputs: &[(Format, Option<PathBuf>)],
    resolved: &Resolved,
    (outcome, left_out): (&Outcome, LeftOut),
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
        test_data: left_out,
    };
    for (format, file) in outputs {
        let write = |style: Style, out: &mut dyn Write| match arguments.statistics {
            Some(by) => statistics::write(&report, by, *format == Format::Json, out),
            None => report::write(&report, *format, style, out),
        };
        if let Some(path) = file {
            let style = Style {
                color: arguments.color == Color::Always,
                links: false,
            };
            let wrong = |source: io::Error| CliError::Unwritable {
                path: path.clone(),
                source,
            };
            replace(path, |out| write(style, out)).map_err(wrong)?;
        } else if outcome.files > 0 || !matches!(format, Format::Text | Format::Concise) {
            let style = terminal::style(arguments.color);
            print(&mut |out| write(style, out))?;
        }
    }
    Ok(())
}
