//! The build context of a Dockerfile: the files that its COPY and ADD may name, as far as they are there to see.
//!
//! Nothing outside the project is looked at: the folders from the Dockerfile's up to the one that holds `.git`, or else to the working folder, and
//! the contexts that builds of the run name.

mod disk;
mod exclusion;
mod kustomization;
mod listing;
mod neighbours;
mod patch;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::GitignoreBuilder;

pub(super) use crate::sources::context::disk::Disk;
pub use crate::sources::context::exclusion::{Exclusion, Exclusions};
pub use crate::sources::context::kustomization::Overrides;
pub use crate::sources::context::listing::Delicate;
pub use crate::sources::context::neighbours::{Neighbour, Setting};

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

/// Folders that hold other people's code.
const FOREIGN: &[&str] = &["vendor", "node_modules", "third_party"];

/// How many folders above a Dockerfile are looked into.
const HEIGHT: usize = 24;

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
        self.named.push(self.disk.folder().join(context));
    }

    /// The context, by the sources that the file copies: the folder that most likely is it. Nothing if none of them is a
    /// file there, and nothing else shows where the Dockerfile is built.
    pub fn context(&self, sources: &[String]) -> Option<Context> {
        let own = self.file.parent()?;
        let top = self.top(own);
        let below = own.strip_prefix(&top).ok()?;
        // Of other people's code, only what this project needs is kept.
        if below
            .components()
            .any(|part| FOREIGN.iter().any(|name| part.as_os_str() == *name))
        {
            return None;
        }
        let folders = self.folders(own, &top);
        let disk = &self.disk;
        let chosen = chosen(disk, &folders, sources)?;
        // A folder of that name proves little: Dockerfiles are kept apart from what they copy, in folders named alike.
        let is_file = |source: &String| chosen.join(source).is_file();
        let is_marked = (folders.len() == 1 && self.named == folders)
            || MARKS.iter().any(|mark| disk.has(own, mark));
        let is_told = is_marked
            || sources.iter().any(is_file)
            || sources
                .iter()
                .any(|source| disk.similar(chosen, source).is_some());
        if !is_told {
            return None;
        }
        let folder = chosen.to_owned();
        let ignore_file = self.ignore_file(own, &folder);
        let missing = |source: &&String| !folders.iter().any(|folder| disk.has(folder, source));
        Some(Context {
            missing: sources.iter().filter(missing).cloned().collect(),
            disk: Arc::clone(&self.disk),
            is_marked,
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
    fn top(&self, own: &Path) -> PathBuf {
        let working = self.disk.folder();
        let else_own = || {
            if own.starts_with(working) {
                working
            } else {
                own
            }
        };
        self.disk
            .repository(own)
            .unwrap_or_else(|| else_own().to_owned())
    }

    /// The folders that may be the context: those that builds name, or else the Dockerfile's own and all above it in the project.
    fn folders(&self, own: &Path, top: &Path) -> Vec<PathBuf> {
        let named: Vec<PathBuf> = self
            .named
            .iter()
            .filter(|folder| folder.is_dir())
            .cloned()
            .collect();
        if !named.is_empty() {
            return named;
        }
        let up = own.ancestors().take(HEIGHT);
        let up = up.take_while(|folder| folder.starts_with(top));
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
    is_marked: bool,
    top: PathBuf,
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

    /// Whether more than the sources shows that it is the context: a build names it, or a project stands in it.
    pub fn is_marked(&self) -> bool {
        self.is_marked
    }

    /// Whether a path of the context is a folder.
    pub fn is_folder(&self, path: &str) -> bool {
        self.folder.join(path).is_dir()
    }

    /// Whether a path of the context exists.
    pub fn has(&self, path: &str) -> bool {
        self.disk.has(&self.folder, path)
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
        self.disk.delicate(&self.folder)
    }

    /// Whether git is told not to keep the path, or another project keeps it: something makes it before the build.
    pub fn is_made(&self, path: &str) -> bool {
        self.folders.iter().any(|folder| {
            let full = folder.join(path);
            let is_below = full.starts_with(&self.top);
            let top = if is_below { &self.top } else { folder };
            is_submodule(top, &full) || is_git_ignored(top, &full)
        })
    }

    /// The entry beside a path that does not exist which it may have been meant to be.
    pub fn similar(&self, path: &str) -> Option<String> {
        self.disk.similar(&self.folder, path)
    }

    fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.disk.folder()).unwrap_or(path);
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
fn chosen<'a>(disk: &Disk, folders: &'a [PathBuf], sources: &[String]) -> Option<&'a Path> {
    let likely = |folder: &&PathBuf| {
        let found = sources.iter().filter(|source| disk.has(folder, source));
        let found = found.count();
        (found > 0 && disk.has(folder, ".dockerignore"), found)
    };
    // Of several, the nearest: the last that `max_by_key` sees is the one it takes.
    folders
        .iter()
        .rev()
        .max_by_key(likely)
        .map(PathBuf::as_path)
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
