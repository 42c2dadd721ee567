//! Regular files, read within a limit: a pipe, a device or a file that never ends costs an error, not the run.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Opens a file if it is a regular one; a link is followed. Anything else is not opened: that alone may wait for ever.
///
/// # Errors
/// If it is no regular file, or cannot be opened.
pub fn open(path: &Path) -> io::Result<File> {
    let refused = || io::Error::other("is no regular file");
    if !fs::metadata(path)?.is_file() {
        return Err(refused());
    }
    let file = File::open(path)?;
    // Somebody may have put another one there in between.
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(refused())
    }
}

/// The text of a regular file of at most `most` bytes; a link is followed.
///
/// # Errors
/// If it is no regular file, is larger, is no UTF-8, or cannot be read.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    let file = open(path)?;
    let too_large = || {
        let size = if most.is_multiple_of(1 << 20) {
            format!("{} MiB", most >> 20)
        } else {
            format!("{} KiB", most >> 10)
        };
        io::Error::other(format!("is larger than {size}"))
    };
    if file.metadata()?.len() > most {
        return Err(too_large());
    }
    let mut text = String::new();
    // It may have grown since.
    if file.take(most + 1).read_to_string(&mut text)? as u64 > most {
        return Err(too_large());
    }
    Ok(text)
}

/// The path without `.` and `..`, by its text alone.
pub fn normal(path: &Path) -> PathBuf {
    let mut found = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = found.pop(),
            part => found.push(part),
        }
    }
    found
}

/// Whether a path leads to what is in a folder, links followed.
pub fn is_inside(path: &Path, folder: &Path) -> bool {
    match (path.canonicalize(), folder.canonicalize()) {
        (Ok(path), Ok(folder)) => path.starts_with(folder),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_may_be() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "abc").unwrap();
        assert_eq!(read_text(&path, 3).unwrap(), "abc");
        let error = |path: &Path, most| read_text(path, most).unwrap_err().to_string();
        assert_eq!(error(&path, 2), "is larger than 0 KiB");
        assert_eq!(error(folder.path(), 2), "is no regular file");
        assert_eq!(error(Path::new("/dev/zero"), 1 << 20), "is no regular file");
        let huge = File::create(folder.path().join("b")).unwrap();
        huge.set_len(3 << 30).unwrap();
        assert_eq!(
            error(&folder.path().join("b"), 1 << 20),
            "is larger than 1 MiB"
        );
    }
}
