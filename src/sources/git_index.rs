//! The index of a git repository, as far as it says which files git tracks.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::regular;

/// The largest index that is read: that of a million files.
const LARGEST: u64 = 128 << 20;

/// How many bytes an entry has before its name: times, modes, sizes, the hash, flags.
const FIXED: usize = 62;

/// The index of the repository in a folder, read when it is first asked.
#[derive(Debug)]
pub(super) struct Index {
    top: PathBuf,
    paths: OnceLock<Vec<Vec<u8>>>,
}

impl Index {
    /// That of the repository in the folder, if there is one.
    pub(super) fn of(top: &Path) -> Self {
        Self {
            top: top.to_owned(),
            paths: OnceLock::new(),
        }
    }

    /// Whether git tracks a file, or a file below a folder.
    pub(super) fn tracks(&self, path: &Path, is_folder: bool) -> bool {
        let paths = self
            .paths
            .get_or_init(|| read(&self.top).unwrap_or_default());
        if paths.is_empty() {
            return false;
        }
        let Ok(below) = path.strip_prefix(&self.top) else {
            return false;
        };
        let mut name = bytes(below);
        if is_folder {
            name.push(b'/');
        }
        let at = paths.partition_point(|known| known < &name);
        let found = paths.get(at);
        found.is_some_and(|found| *found == name || is_folder && found.starts_with(&name))
    }
}

/// The bytes of a path as git keeps them.
fn bytes(path: &Path) -> Vec<u8> {
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    let slash = |byte: &u8| match *byte {
        byte if char::from(byte) == std::path::MAIN_SEPARATOR => b'/',
        byte => byte,
    };
    bytes.map(slash).collect()
}

/// The paths that the index of a repository names, sorted; `None` if there is no index, or none that is understood.
fn read(top: &Path) -> Option<Vec<Vec<u8>>> {
    let git = top.join(".git");
    let folder = if fs::symlink_metadata(&git).ok()?.is_file() {
        // A worktree or submodule keeps it elsewhere.
        let text = regular::read_text(&git, 4 << 10).ok()?;
        top.join(text.strip_prefix("gitdir:")?.trim())
    } else {
        git
    };
    let mut bytes = Vec::new();
    let file = regular::open(&folder.join("index")).ok()?;
    file.take(LARGEST).read_to_end(&mut bytes).ok()?;
    let mut paths = parse(&bytes)?;
    paths.sort_unstable();
    Some(paths)
}

/// The names of the entries of an index of version 2, 3 or 4 with hashes of 20 bytes.
fn parse(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let number = |at: usize| {
        let four = bytes.get(at..at + 4)?;
        Some(u32::from_be_bytes(four.try_into().ok()?))
    };
    let version = number(4)?;
    if bytes.get(..4)? != b"DIRC" || !(2..=4).contains(&version) {
        return None;
    }
    let mut names: Vec<Vec<u8>> = Vec::new();
    let mut at = 12;
    for _ in 0..number(8)? {
        let flags = *bytes.get(at + FIXED - 2)?;
        let is_extended = version > 2 && flags & 0x40 != 0;
        let mut start = at + FIXED + if is_extended { 2 } else { 0 };
        let mut name = Vec::new();
        if version == 4 {
            let (dropped, length) = varint(bytes.get(start..)?)?;
            start += length;
            let before = names.last().map_or(&[][..], Vec::as_slice);
            name.extend_from_slice(before.get(..before.len().checked_sub(dropped)?)?);
        }
        let rest = bytes.get(start..)?;
        let length = memchr::memchr(0, rest)?;
        name.extend_from_slice(&rest[..length]);
        at = if version == 4 {
            start + length + 1
        } else {
            // One to eight NULs fill it up to a multiple of eight.
            at + (start + length - at + 8) / 8 * 8
        };
        names.push(name);
    }
    Some(names)
}

/// A number of variable length, and how many bytes it takes.
fn varint(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0_usize;
    for (number, byte) in bytes.iter().enumerate().take(5) {
        let before = if number == 0 { 0 } else { (value + 1) << 7 };
        value = before | usize::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Some((value, number + 1));
        }
    }
    None
}
