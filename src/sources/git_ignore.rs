//! What git ignores by the `.gitignore` files of a project: those from the root of the repository down to the file.
//!
//! Neither what lies above the repository nor the user's own lists count: the same tree is to give the same report everywhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::regular;
use crate::sources::git_index::Index;

/// How many bytes of a `.gitignore` are read; a larger one ignores nothing.
const LARGEST: u64 = 256 << 10;

/// The longest line, in bytes: a longer one is no path.
const LONGEST: usize = 1_024;

/// How many lines are read of the files that hold for one folder. What is beyond ignores nothing.
const LINES: usize = 5_000;

/// The `.gitignore` of a folder, and how many lines it has; `None` if there is none, or it is no regular file: git does not follow a link of that name either.
pub fn read(folder: &Path, most: usize) -> Option<(Gitignore, usize)> {
    let path = folder.join(".gitignore");
    if !fs::symlink_metadata(&path).is_ok_and(|file| file.is_file()) {
        return None;
    }
    let text = regular::read_text(&path, LARGEST).ok()?;
    globs(folder, &text, most)
}

/// The globs of the text of a `.gitignore`, and how many lines they take; `None` if there is none.
pub fn globs(folder: &Path, text: &str, most: usize) -> Option<(Gitignore, usize)> {
    let mut builder = GitignoreBuilder::new(folder);
    let lines = text.trim_start_matches('\u{feff}').lines();
    let lines = lines.filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let mut count = 0;
    for line in lines
        .filter(|line| line.len() <= LONGEST)
        .take(most.min(LINES))
    {
        count += 1;
        // A line that cannot be read is passed over, as git does.
        let _ = builder.add_line(None, line);
    }
    let globs = builder.build().ok()?;
    (!globs.is_empty()).then_some((globs, count))
}

/// The `.gitignore` files that hold where a walk is, the nearest last.
#[derive(Debug)]
pub(super) struct Ignores {
    levels: Mutex<Vec<Level>>,
    top: PathBuf,
    /// Where the walk begins. It is named, and so not ignored.
    start: PathBuf,
    index: Index,
}

/// A folder on the way to where the walk is.
#[derive(Debug)]
struct Level {
    folder: PathBuf,
    globs: Option<Arc<Gitignore>>,
    /// Whether a repository begins here: what is above does not hold in it.
    is_repository: bool,
    /// Whether it is ignored itself, and entered for what git tracks in it: nothing else in it counts.
    is_ignored: bool,
    /// How many lines hold here, those of the folders above with them.
    lines: usize,
}

impl Ignores {
    /// Those for a walk below `folder`; files above `top` do not count.
    pub(super) fn new(folder: &Path, top: &Path) -> Self {
        let index = Index::of(top);
        let ignores = Self {
            levels: Mutex::default(),
            top: top.to_owned(),
            start: folder.to_owned(),
            index,
        };
        if let Ok(mut levels) = ignores.levels.lock() {
            ignores.enter(&mut levels, folder);
        }
        ignores
    }

    /// Whether git ignores an entry of the walk. What git tracks is not ignored.
    pub(super) fn hold(&self, path: &Path, is_folder: bool) -> bool {
        let Some(parent) = path.parent() else {
            return false;
        };
        let is_ignored = {
            let Ok(mut levels) = self.levels.lock() else {
                return false;
            };
            self.enter(&mut levels, parent);
            levels.last().is_some_and(|level| level.is_ignored) || decide(&levels, path, is_folder)
        };
        is_ignored && !self.index.tracks(path, is_folder)
    }

    /// Makes `folder` the last level.
    fn enter(&self, levels: &mut Vec<Level>, folder: &Path) {
        while levels
            .last()
            .is_some_and(|level| !folder.starts_with(&level.folder))
        {
            levels.pop();
        }
        let known = levels.last().map(|level| level.folder.clone());
        let missing = folder
            .ancestors()
            .take_while(|above| above.starts_with(&self.top) && known.as_deref() != Some(*above));
        let mut missing: Vec<&Path> = missing.collect();
        missing.reverse();
        for folder in missing {
            let above = levels.last().map_or(0, |level| level.lines);
            let read = read(folder, LINES.saturating_sub(above));
            let is_ignored = folder != self.start
                && folder.starts_with(&self.start)
                && (levels.last().is_some_and(|level| level.is_ignored)
                    || decide(levels, folder, true));
            let lines = above + read.as_ref().map_or(0, |(_, lines)| *lines);
            levels.push(Level {
                folder: folder.to_owned(),
                globs: read.map(|(globs, _)| Arc::new(globs)),
                is_repository: fs::symlink_metadata(folder.join(".git")).is_ok(),
                is_ignored,
                lines,
            });
        }
    }
}

/// Whether the nearest file that says something of the path ignores it.
fn decide(levels: &[Level], path: &Path, is_folder: bool) -> bool {
    for level in levels.iter().rev() {
        match level
            .globs
            .as_ref()
            .map(|globs| globs.matched(path, is_folder))
        {
            Some(Match::Ignore(_)) => return true,
            Some(Match::Whitelist(_)) => return false,
            _ if level.is_repository => return false,
            _ => {}
        }
    }
    false
}
