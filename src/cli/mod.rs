//! Arguments, standard output and exit codes.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::check::{Request, check};
use crate::report::{self, Format, Report};
use crate::rules::{self, select};
use crate::sources::{self, Roots};

/// Runs the program with the process's arguments.
pub fn run() -> ExitCode {
    let mut format = Format::Text;
    let mut chosen: Vec<String> = Vec::new();
    let mut paths = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "check" | "--isolated" | "--exit-zero" => {}
            "--format" => {
                format = arguments
                    .next()
                    .and_then(|name| name.parse().ok())
                    .unwrap_or(format)
            }
            "--select" => chosen.extend(
                arguments
                    .next()
                    .iter()
                    .flat_map(|text| text.split(','))
                    .map(ToOwned::to_owned),
            ),
            path => paths.push(PathBuf::from(path)),
        }
    }
    let catalogue = rules::catalogue();
    let roots = Roots {
        folder: std::env::current_dir().unwrap_or_default(),
        paths,
        exclude: Vec::new(),
        stdin: None,
    };
    let Ok(files) = sources::gather(&roots) else {
        return ExitCode::from(2);
    };
    let request = Request {
        files: &files,
        catalogue: &catalogue,
        active: &select::selected(&catalogue, &chosen, &[]),
        verdict: &|_, _, severity| Some(severity),
        today: crate::evaluate::suppress::Date {
            year: 2026,
            month: 11,
            day: 23,
        },
    };
    let Ok(outcome) = check(&request) else {
        return ExitCode::from(2);
    };
    let report = Report {
        files: outcome.files,
        findings: &outcome.findings,
        rules: &catalogue.rules,
        sources: &outcome.sources,
        show_suppressed: false,
    };
    let mut out = std::io::stdout().lock();
    let _ = report::write(&report, format, false, &mut out);
    let _ = out.flush();
    ExitCode::from(u8::from(!outcome.findings.is_empty()))
}
