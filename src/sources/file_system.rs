//! The one way to files: what reads a file or lists a folder asks this, so that a test or a server can answer otherwise
//! than the disk.

use std::fmt::Debug;
use std::fs::{self, FileType};
use std::io::{self, Read};
use std::path::Path;

use crate::regular;

/// What an entry of a folder, or the target of a path, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A link, device, pipe or socket.
    Other,
}

impl From<FileType> for EntryKind {
    fn from(kind: FileType) -> Self {
        if kind.is_file() {
            Self::File
        } else if kind.is_dir() {
            Self::Folder
        } else {
            Self::Other
        }
    }
}

/// An entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name in the folder.
    pub name: String,
    /// What it is; a link is not followed.
    pub kind: EntryKind,
}

/// The bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// All of them, or the first.
    pub bytes: Vec<u8>,
    /// Whether these are all.
    pub is_whole: bool,
}

/// Where files are. All paths are absolute.
pub trait FileSystem: Debug + Send + Sync {
    /// The bytes of a file if there are at most `whole`, else the first `head` of them.
    ///
    /// # Errors
    /// If the file cannot be opened or read.
    fn read(&self, path: &Path, whole: u64, head: u64) -> io::Result<Content>;

    /// The entries of a folder, `most` of them at most, in no order; names that are not UTF-8 are left out.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    fn entries(&self, folder: &Path, most: usize) -> io::Result<Vec<Entry>>;

    /// What a path leads to, links followed; `None` if to nothing.
    fn kind(&self, path: &Path) -> Option<EntryKind>;

    /// Whether a path exists, be it a link that leads nowhere.
    fn exists(&self, path: &Path) -> bool;

    /// Whether a path leads to what is in a folder, links followed if there are any.
    fn is_inside(&self, path: &Path, folder: &Path) -> bool {
        path.starts_with(folder)
    }

    /// Whether a path leads to a regular file.
    fn is_file(&self, path: &Path) -> bool {
        self.kind(path) == Some(EntryKind::File)
    }

    /// Whether a path leads to a folder.
    fn is_folder(&self, path: &Path) -> bool {
        self.kind(path) == Some(EntryKind::Folder)
    }
}

/// The disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl FileSystem for Disk {
    fn read(&self, path: &Path, whole: u64, head: u64) -> io::Result<Content> {
        let file = regular::open(path)?;
        let size = file.metadata()?.len();
        let is_whole = size <= whole;
        let wanted = if is_whole { whole } else { head };
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(wanted)).unwrap_or(0) + 1);
        file.take(wanted).read_to_end(&mut bytes)?;
        Ok(Content { bytes, is_whole })
    }

    fn entries(&self, folder: &Path, most: usize) -> io::Result<Vec<Entry>> {
        let entries = fs::read_dir(folder)?.flatten().take(most);
        let entries = entries.filter_map(|entry| {
            Some(Entry {
                name: entry.file_name().into_string().ok()?,
                kind: entry.file_type().ok()?.into(),
            })
        });
        Ok(entries.collect())
    }

    fn kind(&self, path: &Path) -> Option<EntryKind> {
        Some(fs::metadata(path).ok()?.file_type().into())
    }

    fn is_inside(&self, path: &Path, folder: &Path) -> bool {
        regular::is_inside(path, folder)
    }

    fn exists(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok()
    }
}
