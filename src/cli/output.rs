//! Files that reports are written to: replaced as a whole, and never through a link of the repository.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process;

use crate::config::project::plain;

/// The devices of the system, which nobody but the user can mean: `/dev/null`, `/dev/stdout`.
const DEVICES: &str = "/dev";

/// Says why a report is not written to `file`, as the user names it from the absolute folder `working`: it is a link or no regular file, or
/// its folder, which is `place`, is reached from the working folder by a link that leads out.
pub(super) fn refuse(file: &Path, working: &Path, place: &Path) -> Result<(), String> {
    let shown = file.display();
    let is_below = plain(working, file).starts_with(working);
    let there = working.canonicalize();
    if is_below && !there.is_ok_and(|there| place.starts_with(there)) {
        return Err(format!(
            "--output: {shown}: a link leads out of the working folder; name the folder that is meant"
        ));
    }
    match fs::symlink_metadata(working.join(file)) {
        Ok(_) if place.starts_with(DEVICES) => Ok(()),
        Ok(there) if !there.is_file() => Err(format!(
            "--output: {shown}: is no regular file; remove it, or name another"
        )),
        _ => Ok(()),
    }
}

/// Writes a file beside the one that is meant, which takes its place when it is whole.
pub(super) fn replace(
    file: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    if file.starts_with(DEVICES) {
        let mut out = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(file)?;
        return write(&mut out);
    }
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", process::id()));
    let part = file.with_file_name(name);
    let written = create(&part).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()
    });
    let replaced = written.and_then(|()| fs::rename(&part, file));
    if replaced.is_err() {
        // What is left of it helps nobody.
        let _ = fs::remove_file(&part);
    }
    replaced
}

/// A file that was not there before, so that it is no link either.
fn create(part: &Path) -> io::Result<fs::File> {
    OpenOptions::new().write(true).create_new(true).open(part)
}
