//! The build context of a Dockerfile: the files that its COPY and ADD may name, as far as they are there to see.
//!
//! Nothing outside the project is looked at: the folders from the Dockerfile's up to the one that holds `.git`, or else to the working folder, and
//! the contexts that builds of the run name.

mod exclusion;
mod listing;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::gitignore::GitignoreBuilder;
use rustc_hash::FxHashMap;

pub use crate::sources::context::exclusion::{Exclusion, Exclusions};
pub use crate::sources::context::listing::Delicate;

/// How much of an ignore file or of a delicate file is read.
const GLANCE: u64 = 256 << 10;

/// What stands in the folder of a project, and not where Dockerfiles alone are kept.
const MARKS: &[&str] = &[
    ".git",
    ".dockerignore",
    "package.json",
    "go.mod",
    "Cargo.toml",
    "pyproject.toml",
    "requirements.txt",
    "setup.py",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "Gemfile",
    "composer.json",
    "mix.exs",
    "CMakeLists.txt",
];

/// How many folders above a Dockerfile are looked into.
const HEIGHT: usize = 24;

/// What all files of a run share: the working folder, and what was listed once.
#[derive(Debug, Default)]
pub(super) struct Disk {
    folder: PathBuf,
    listings: Mutex<FxHashMap<PathBuf, Arc<[Delicate]>>>,
}

impl Disk {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            ..Self::default()
        }
    }

    fn listing(&self, folder: &Path) -> Arc<[Delicate]> {
        let known = self
            .listings
            .lock()
            .ok()
            .and_then(|known| known.get(folder).cloned());
        known.unwrap_or_else(|| {
            let listing: Arc<[Delicate]> = listing::delicate(folder).into();
            if let Ok(mut known) = self.listings.lock() {
                known.insert(folder.to_owned(), Arc::clone(&listing));
            }
            listing
        })
    }
}

/// Where a file of the disk stands. The file system is asked only when a [`Context`] is made of it.
#[derive(Clone, Debug)]
pub struct Surroundings {
    file: PathBuf,
    disk: Arc<Disk>,
    named: Vec<PathBuf>,
}

impl Surroundings {
    pub(super) fn new(file: &Path, disk: &Arc<Disk>) -> Self {
        Self {
            file: file.to_owned(),
            disk: Arc::clone(disk),
            named: Vec::new(),
        }
    }

    /// Says that a build of the run takes the folder, relative to the working folder, as the context.
    pub fn name(&mut self, context: &str) {
        self.named.push(self.disk.folder.join(context));
    }

    /// The context, by the sources that the file copies: the folder that most likely is it. Nothing if none of them is a
    /// file there, and nothing else shows where the Dockerfile is built.
    pub fn context(&self, sources: &[String]) -> Option<Context> {
        let own = self.file.parent()?;
        let top = self.top(own);
        let folders = self.folders(own, top.as_deref());
        let chosen = chosen(&folders, sources)?;
        // A folder of that name proves little: Dockerfiles are kept apart from what they copy, in folders named alike.
        let is_file = |source: &String| chosen.join(source).is_file();
        let is_told = sources.iter().any(is_file)
            || (folders.len() == 1 && self.named == folders)
            || MARKS.iter().any(|mark| exists(own, mark));
        if !is_told {
            return None;
        }
        let folder = chosen.to_owned();
        let ignore_file = self.ignore_file(own, &folder);
        let missing = |source: &&String| !folders.iter().any(|folder| exists(folder, source));
        Some(Context {
            missing: sources.iter().filter(missing).cloned().collect(),
            disk: Arc::clone(&self.disk),
            top,
            folder,
            folders,
            exclusions: ignore_file
                .as_deref()
                .map(|file| Exclusions::read(&head(file))),
            ignore_file,
        })
    }

    /// The project's folder: that of the repository, or else the working folder if the file is below it.
    fn top(&self, own: &Path) -> Option<PathBuf> {
        let working = &self.disk.folder;
        top(own).or_else(|| own.starts_with(working).then(|| working.clone()))
    }

    /// The folders that may be the context: those that builds name, or else the Dockerfile's own and all above it in the project.
    fn folders(&self, own: &Path, top: Option<&Path>) -> Vec<PathBuf> {
        let named: Vec<PathBuf> = self
            .named
            .iter()
            .filter(|folder| folder.is_dir())
            .cloned()
            .collect();
        if !named.is_empty() {
            return named;
        }
        let is_in = |folder: &&Path| top.map_or(*folder == own, |top| folder.starts_with(top));
        let up = own.ancestors().take(HEIGHT).take_while(is_in);
        up.map(Path::to_owned).collect()
    }

    /// `<name>.dockerignore` beside the Dockerfile, else `.dockerignore` of the context.
    fn ignore_file(&self, own: &Path, context: &Path) -> Option<PathBuf> {
        let mut name = self.file.file_name()?.to_owned();
        name.push(".dockerignore");
        [own.join(name), context.join(".dockerignore")]
            .into_iter()
            .find(|file| file.is_file())
    }
}

/// A build context that is there to see.
#[derive(Debug)]
pub struct Context {
    disk: Arc<Disk>,
    top: Option<PathBuf>,
    folder: PathBuf,
    folders: Vec<PathBuf>,
    missing: Vec<String>,
    ignore_file: Option<PathBuf>,
    exclusions: Option<Exclusions>,
}

impl Context {
    /// Of the sources that were asked about, those that exist in no folder that may be the context.
    pub fn missing(&self) -> &[String] {
        &self.missing
    }

    /// Whether a path of the context is a folder.
    pub fn is_folder(&self, path: &str) -> bool {
        self.folder.join(path).is_dir()
    }

    /// Whether a path of the context exists.
    pub fn has(&self, path: &str) -> bool {
        exists(&self.folder, path)
    }

    /// The context's folder, relative to the working folder; `.` for that itself.
    pub fn name(&self) -> String {
        self.shown(&self.folder)
    }

    /// The file that says what is left out of the context, relative to the working folder.
    pub fn ignore_file(&self) -> Option<String> {
        self.ignore_file.as_deref().map(|file| self.shown(file))
    }

    /// What that file says.
    pub fn exclusions(&self) -> Option<&Exclusions> {
        self.exclusions.as_ref()
    }

    /// The files that one would not want in an image, left out or not.
    pub fn delicate(&self) -> Arc<[Delicate]> {
        self.disk.listing(&self.folder)
    }

    /// Whether git is told not to keep the path, or another project keeps it: something makes it before the build.
    pub fn is_made(&self, path: &str) -> bool {
        let top = self.top.as_deref();
        self.folders.iter().any(|folder| {
            let full = folder.join(path);
            let top = top.filter(|top| full.starts_with(top)).unwrap_or(folder);
            is_submodule(top, &full) || is_git_ignored(top, &full)
        })
    }

    /// The entry beside a path that does not exist which it may have been meant to be.
    pub fn similar(&self, path: &str) -> Option<String> {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let entries = listing::entries(&self.folder.join(parent));
        let close = entries.into_iter().filter_map(|entry| {
            let entry = entry.file_name().into_string().ok()?;
            let is_close = entry.eq_ignore_ascii_case(name)
                || (name.len() > 4
                    && entry.len() > 4
                    && strsim::damerau_levenshtein(&entry, name) == 1);
            is_close.then_some(entry)
        });
        let name = close.min()?;
        Some(if parent.is_empty() {
            name
        } else {
            format!("{parent}/{name}")
        })
    }

    fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.disk.folder).unwrap_or(path);
        let text = below
            .to_string_lossy()
            .replace(std::path::MAIN_SEPARATOR, "/");
        if text.is_empty() {
            ".".to_owned()
        } else {
            text
        }
    }
}

/// A path of a context in plain form: no `.`, no leading slash, and `..` as the builder takes it, which never leaves the context. Empty for the context itself.
pub fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The folder that most likely is the context: a `.dockerignore` stands nowhere else, and most of the sources should exist in it.
fn chosen<'a>(folders: &'a [PathBuf], sources: &[String]) -> Option<&'a Path> {
    let likely = |folder: &&PathBuf| {
        let found = sources.iter().filter(|source| exists(folder, source));
        let found = found.count();
        (found > 0 && exists(folder, ".dockerignore"), found)
    };
    // Of several, the nearest: the last that `max_by_key` sees is the one it takes.
    folders
        .iter()
        .rev()
        .max_by_key(likely)
        .map(PathBuf::as_path)
}

/// The project's folder: the nearest one, from `folder` upwards, that holds `.git`.
fn top(folder: &Path) -> Option<PathBuf> {
    let mut up = folder.ancestors().take(HEIGHT);
    up.find(|folder| exists(folder, ".git")).map(Path::to_owned)
}

/// Whether something of that name is there; a link that leads nowhere is.
fn exists(folder: &Path, path: &str) -> bool {
    fs::symlink_metadata(folder.join(path)).is_ok()
}

/// The beginning of a regular file as text; empty if it cannot be read.
fn head(file: &Path) -> String {
    let mut bytes = Vec::new();
    if file.is_file()
        && let Ok(file) = File::open(file)
    {
        // What was read before an error is as good as a shorter file.
        let _ = file.take(GLANCE).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn is_git_ignored(top: &Path, full: &Path) -> bool {
    let folders = full.ancestors().skip(1).take(HEIGHT);
    let mut folders = folders.take_while(|folder| folder.starts_with(top));
    folders.any(|folder| {
        let file = folder.join(".gitignore");
        if !file.is_file() {
            return false;
        }
        let mut builder = GitignoreBuilder::new(folder);
        // A line that cannot be read is passed over, as git does.
        let _ = builder.add(file);
        let ignores = builder.build().ok();
        ignores.is_some_and(|ignores| {
            ignores.matched_path_or_any_parents(full, true).is_ignore()
                || ignores.matched_path_or_any_parents(full, false).is_ignore()
        })
    })
}

/// Whether a path lies in a repository of its own, which need not be checked out.
fn is_submodule(top: &Path, full: &Path) -> bool {
    let modules = top.join(".gitmodules");
    if !modules.is_file() {
        return false;
    }
    head(&modules).lines().any(|line| {
        let path = line
            .trim()
            .strip_prefix("path")
            .and_then(|rest| rest.trim().strip_prefix('='));
        path.is_some_and(|path| full.starts_with(top.join(path.trim())))
    })
}
