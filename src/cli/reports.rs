//! The reports of `check`: which there are, where they go, and that they get there.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::arguments::{Check, Color};
use crate::cli::output::{self, replace};
use crate::cli::{CliError, print, terminal};
use crate::config::Resolved;
use crate::lint::Outcome;
use crate::regular;
use crate::report::owners::Owners;
use crate::report::{self, Format, LeftOut, Report, Style, statistics};
use crate::rules::Rule;

/// Where GitHub and GitLab look for owners, in their order.
const OWNERS: [&str; 4] = [
    ".github/CODEOWNERS",
    "CODEOWNERS",
    "docs/CODEOWNERS",
    ".gitlab/CODEOWNERS",
];

/// How many bytes of it are read: what GitHub reads.
const LARGEST_OWNERS: u64 = 3 << 20;

/// Each format with where it goes; nowhere is standard output.
pub(super) fn outputs(
    arguments: &Check,
    folder: &Path,
) -> Result<Vec<(Format, Option<PathBuf>)>, CliError> {
    let formats = match arguments.format[..] {
        [] => vec![Format::Text],
        ref formats => formats.to_vec(),
    };
    if arguments.output.len() > formats.len() {
        let message = "--output: there are more of them than of --format; they go in pairs";
        return Err(CliError::Usage(message.to_owned()));
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

/// Writes the reports of a run.
pub(super) fn report(
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
    let is_owned = outputs.iter().any(|(format, _)| *format == Format::Html);
    let owners = if is_owned {
        owners(resolved.project.root())
    } else {
        None
    };
    let report = Report {
        files: outcome.files,
        diagnostics: &outcome.diagnostics,
        rules: &rules,
        sources: &outcome.sources,
        show_suppressed: arguments.show_suppressed,
        test_data: left_out,
        owners: owners.as_ref(),
    };
    if let Some(by) = arguments.statistics
        && !outputs.iter().any(|(format, _)| format.has_counts())
    {
        // If nobody listens, nobody needs to know.
        let _ = statistics::write(&report, by, Format::Text, &mut io::stderr());
    }
    for (format, file) in outputs {
        let counted = arguments.statistics.filter(|_| format.has_counts());
        let write = |style: Style, out: &mut dyn Write| match counted {
            Some(by) => statistics::write(&report, by, *format, out),
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

/// The owners of the files of a project, if it says who they are.
fn owners(root: Option<&Path>) -> Option<Owners> {
    let root = root?;
    let mut files = OWNERS.iter().map(|name| root.join(name));
    let file = files.find(|file| file.is_file() && regular::is_inside(file, root))?;
    let text = regular::read_text(&file, LARGEST_OWNERS).ok()?;
    Some(Owners::read(&text))
}
