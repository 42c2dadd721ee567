//! Every file that was looked at, with its kind or the reason why it is not judged.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::WalkBuilder;

use crate::patterns::Patterns;
use crate::sources::{Kind, Roots, SourceDb, Unjudged, read, walk};
use crate::span::FileId;

/// A file, or a folder that was not looked into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Surveyed {
    /// Relative to the working folder, with `/`; that of a folder ends with one.
    pub path: String,
    /// Absolute.
    pub full: PathBuf,
    /// What became of it.
    pub state: State,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is judged, as a file of this kind.
    Judged(Kind),
    /// It is not, because of what it is.
    Unjudged(Unjudged),
    /// It cannot be read, or is too large.
    Unreadable(String),
    /// It is excluded.
    Excluded,
    /// A `.gitignore` ignores it.
    Ignored,
    /// It is a link that leads out of the folder, or to a file that is judged under its own name.
    Link,
}

impl State {
    /// Why a file is not judged, in a few words; empty if it is.
    pub fn reason(&self) -> &str {
        match self {
            Self::Judged(_) => "",
            Self::Unjudged(Unjudged::NoKind) => "no known kind",
            Self::Unjudged(Unjudged::Template) => "template",
            Self::Unjudged(Unjudged::Binary) => "binary",
            Self::Unreadable(reason) => reason,
            Self::Excluded => "excluded",
            Self::Ignored => "ignored by .gitignore",
            Self::Link => "symbolic link",
        }
    }
}

impl SourceDb {
    /// All files under the roots, in the order of their paths; `files` are those that [`SourceDb::discover`] gave. A folder of which nothing is read is one entry.
    pub fn survey(&self, roots: &Roots, files: &[FileId]) -> Vec<Surveyed> {
        let known = files.iter().filter_map(|file| self.surveyed(*file));
        let mut all: Vec<Surveyed> = known.collect();
        let seen: BTreeSet<PathBuf> = all.iter().map(|file| file.full.clone()).collect();
        let working = self.directories().folder();
        for root in &roots.paths {
            let full = walk::tidy(&working.join(root));
            if full.is_dir() {
                all.extend(others(working, roots, &full, &seen));
            } else if !seen.contains(&full) {
                all.push(entry(working, full, false, State::Excluded));
            }
        }
        all.sort();
        all.dedup_by(|a, b| a.path == b.path);
        all
    }

    fn surveyed(&self, file: FileId) -> Option<Surveyed> {
        let known = self.files.get(file.index())?;
        let state = match read::read(file, known, self.directories().files()) {
            Ok((source, Some(problem))) if source.text.is_empty() => {
                State::Unreadable(problem.message)
            }
            Ok((source, _)) => State::Judged(source.kind),
            Err(reason) => State::Unjudged(reason),
        };
        Some(Surveyed {
            path: known.path.to_string(),
            full: known.full.clone(),
            state,
        })
    }
}

fn entry(working: &Path, full: PathBuf, is_folder: bool, state: State) -> Surveyed {
    let mut path = walk::shown(working, &full).to_string();
    if is_folder {
        path.push('/');
    }
    Surveyed { path, full, state }
}

/// What is below a folder and not among those that were `seen`.
fn others(working: &Path, roots: &Roots, folder: &Path, seen: &BTreeSet<PathBuf>) -> Vec<Surveyed> {
    let excluded = walk::excluded(roots, folder);
    let visited = walk::walker(working, folder, excluded.clone())
        .build()
        .flatten();
    let visited: BTreeSet<PathBuf> = visited.map(ignore::DirEntry::into_path).collect();
    let visited = Arc::new(visited);
    let left: Arc<Mutex<Vec<Surveyed>>> = Arc::default();
    let (is_visited, skipped, at) = (Arc::clone(&visited), Arc::clone(&left), working.to_owned());
    let mut walker = WalkBuilder::new(folder);
    walker.standard_filters(false).filter_entry(move |found| {
        let is_in = is_visited.contains(found.path());
        let is_folder = found.file_type().is_some_and(|kind| kind.is_dir());
        if !is_in
            && found.file_name() != ".git"
            && let Ok(mut skipped) = skipped.lock()
        {
            let state = reason(&excluded, found.path(), is_folder);
            skipped.push(entry(&at, found.path().to_owned(), is_folder, state));
        }
        is_in
    });
    let files = walker.build().flatten().filter(|found| {
        let is_folder = found.file_type().is_some_and(|kind| kind.is_dir());
        !is_folder && !seen.contains(found.path())
    });
    let mut all: Vec<Surveyed> = files
        .map(|found| {
            let state = match found.file_type() {
                Some(kind) if kind.is_symlink() => State::Link,
                _ => State::Unjudged(walk::by_name(found.path())),
            };
            entry(working, found.into_path(), false, state)
        })
        .collect();
    if let Ok(mut left) = left.lock() {
        all.append(&mut left);
    }
    all
}

fn reason(excluded: &[Patterns], path: &Path, is_folder: bool) -> State {
    let mut excluded = excluded.iter();
    if excluded.any(|patterns| patterns.hold(path, is_folder)) {
        State::Excluded
    } else {
        State::Ignored
    }
}
