//! A configuration that a command writes, where there is none yet.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::cli::CliError;
use crate::cli::output::{refuse, replace};
use crate::config::project::NAMES;
use crate::config::reader;
use crate::inert::{Inert, Medium};

/// The file that is written.
pub(super) const FILE: &str = "hullmark.yml";

/// Demands that a text is a configuration: what it was made of may be anybody's.
pub(super) fn check(text: &str, folder: &Path) -> Result<(), CliError> {
    let (_, mistakes) = reader::read_text(text, FILE, folder)?;
    match &mistakes[..] {
        [] => Ok(()),
        mistakes => {
            let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
            Err(CliError::Usage(lines.join("\n")))
        }
    }
}

/// Writes the text to the folder, unless it has a configuration.
pub(super) fn write(text: &str, folder: &Path, working: &Path) -> Result<(), CliError> {
    let mut names = NAMES.iter();
    if let Some(name) = names.find(|name| folder.join(name).symlink_metadata().is_ok()) {
        return Err(CliError::Usage(format!(
            "there is a configuration already, `{name}`; --stdout prints what would be written"
        )));
    }
    let file: PathBuf = folder.join(FILE);
    let unwritable = |source| CliError::Unwritable {
        path: file.clone(),
        source,
    };
    let place = folder.canonicalize().map_err(unwritable)?;
    refuse(&file, working, &place).map_err(CliError::Usage)?;
    // Texts are quoted as in JSON, so a character may be written by its number.
    let written = replace(&file, |out| {
        Inert::new(out, Medium::Json).write_all(text.as_bytes())
    });
    written.map_err(unwritable)
}
