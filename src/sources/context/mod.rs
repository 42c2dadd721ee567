//! The build context of a Dockerfile: the files that its COPY and ADD may name, as far as they are there to see.
//!
//! Nothing outside the project is looked at: the folders from the Dockerfile's up to the one that holds `.git`, or else to the working folder, and
//! the contexts that builds of the run name.

mod callee;
mod cluster;
mod definitions;
mod dir_cache;
mod documents;
mod exclusion;
mod kustomization;
mod named;
mod neighbours;
mod owner;
mod patch;
mod pinned;
mod sensitive;
mod siblings;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::sources::{FileSystem, Source};

pub use crate::sources::context::callee::Named;
pub use crate::sources::context::cluster::{Releases, Said};
pub use crate::sources::context::definitions::Declared;
pub use crate::sources::context::dir_cache::DirCache;
pub use crate::sources::context::exclusion::{Exclusion, Exclusions, Steps};
pub use crate::sources::context::kustomization::Overrides;
pub use crate::sources::context::neighbours::{
    Neighbour, Selection, Setting, empty_images, satisfy,
};
pub use crate::sources::context::sensitive::SensitiveFile;

/// How many workflows of a folder are looked at.
const WORKFLOWS: usize = 200;

/// How much of an ignore file or of a sensitive file is read.
const GLANCE: u64 = 256 << 10;

/// What is in the folder of a project, and not where Dockerfiles alone are kept.
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

/// A Dockerfile and the context of a build of it, both relative to the working folder.
pub type Build = (Arc<str>, String);

/// A local action or reusable workflow of which an input is filled with what an attacker writes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// The path of the workflow, or the folder of the action.
    pub target: String,
    /// The name of the input, in lower case.
    pub input: String,
    /// The context that an attacker writes.
    pub context: String,
    /// The path of the file that calls.
    pub by: Arc<str>,
    /// The events that can start the call.
    pub events: Vec<String>,
}

impl Call {
    /// Whether the file at a path is what is called.
    pub fn is_of(&self, path: &str) -> bool {
        path.strip_prefix(self.target.as_str()).is_some_and(|rest| {
            matches!(rest, "" | "/action.yml" | "/action.yaml")
                || self.target.is_empty() && matches!(rest, "action.yml" | "action.yaml")
        })
    }
}

/// Which folder each Dockerfile is built in: what Compose files and workflows say, and what the folders around it show.
/// It is made before Dockerfiles are looked at; the file system is asked only when a [`Context`] is made of it.
#[derive(Clone, Debug, Default)]
pub struct BuildContexts {
    directories: Option<Arc<DirCache>>,
    named: BTreeMap<Arc<str>, BTreeSet<String>>,
    calls: Arc<[Call]>,
}

impl BuildContexts {
    /// The contexts of these builds, and of Dockerfiles that none of them names.
    pub fn new(directories: &Arc<DirCache>, builds: impl IntoIterator<Item = Build>) -> Self {
        let mut named: BTreeMap<Arc<str>, BTreeSet<String>> = BTreeMap::new();
        for (dockerfile, context) in builds {
            named.entry(dockerfile).or_default().insert(context);
        }
        Self {
            directories: Some(Arc::clone(directories)),
            named,
            calls: Arc::default(),
        }
    }

    /// The contexts that builds name for a Dockerfile.
    pub fn named(&self, dockerfile: &str) -> impl Iterator<Item = &str> {
        let contexts = self.named.get(dockerfile).into_iter().flatten();
        contexts.map(String::as_str)
    }

    /// The same with calls of local actions and workflows.
    #[must_use]
    pub fn with_calls(self, calls: Arc<[Call]>) -> Self {
        Self { calls, ..self }
    }

    /// The calls of the action or workflow at a path.
    pub fn calls(&self, path: &str) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(move |call| call.is_of(path))
    }

    /// What is known of one file.
    #[must_use]
    pub fn of(&self, dockerfile: &str) -> Self {
        let named = self.named.get_key_value(dockerfile).into_iter();
        Self {
            directories: self.directories.clone(),
            named: named
                .map(|(path, contexts)| (Arc::clone(path), contexts.clone()))
                .collect(),
            calls: self.calls(dockerfile).cloned().collect(),
        }
    }

    /// Whether another index gives the same answers about a Dockerfile: the same builds name it, and what is known of
    /// folders was not forgotten in between.
    pub fn agree(&self, other: &Self, dockerfile: &str) -> bool {
        let is_same = match (&self.directories, &other.directories) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        is_same && self.named.get(dockerfile) == other.named.get(dockerfile)
    }

    /// The context of a Dockerfile, by the sources that it copies: the folder that most likely is it. `None` if none of
    /// them is a file there, and nothing else shows where the Dockerfile is built.
    pub fn context(&self, dockerfile: &Source, copied: &[String]) -> Option<Context> {
        self.site(dockerfile)?.context(copied)
    }

    /// The account that owns the repository of a file, as the repository's own files say.
    pub fn owner(&self, source: &Source) -> Option<String> {
        let site = self.site(source)?;
        let top = site.top(site.file.parent()?);
        let owner = site.directories.owner(&top)?;
        Some(owner.as_ref().to_owned())
    }

    /// The text of a workflow of the repository that a workflow is in, by its path from the top; `None` if it is not there, or too long.
    pub fn workflow_beside(&self, source: &Source, path: &str) -> Option<String> {
        let folder = source
            .full()?
            .ancestors()
            .find(|above| above.file_name().is_some_and(|name| name == ".github"))?;
        let is_plain = path.starts_with(".github/") && !path.contains("..");
        let file = folder.parent().filter(|_| is_plain)?.join(path);
        let text = head(self.directories.as_ref()?.files(), &file);
        (!text.is_empty() && (text.len() as u64) < GLANCE).then_some(text)
    }

    /// The texts of the workflows in the folder of a workflow, in the order of their names; nothing if there are more than `WORKFLOWS`, or one is too long.
    pub fn workflows_beside(&self, source: &Source) -> Option<Vec<String>> {
        let folder = source.full()?.parent()?;
        let directories = self.directories.as_ref()?;
        let names = directories.names_in(folder);
        let is_workflow = |name: &&String| name.ends_with(".yml") || name.ends_with(".yaml");
        let mut names: Vec<&String> = names.iter().filter(is_workflow).collect();
        names.sort();
        if names.len() > WORKFLOWS {
            return None;
        }
        let texts = names.into_iter().map(|name| {
            let text = head(directories.files(), &folder.join(name));
            (!text.is_empty() && (text.len() as u64) < GLANCE).then_some(text)
        });
        texts.collect()
    }

    fn site<'a>(&'a self, source: &'a Source) -> Option<Site<'a>> {
        let directories = self.directories.as_ref()?;
        let folder = directories.folder();
        let named = self.named(&source.path);
        Some(Site {
            file: source.full()?,
            directories,
            named: named.map(|context| folder.join(context)).collect(),
        })
    }
}

/// A file on the disk, and the contexts that builds name for it.
struct Site<'a> {
    file: &'a Path,
    directories: &'a Arc<DirCache>,
    named: Vec<PathBuf>,
}

impl Site<'_> {
    fn context(&self, sources: &[String]) -> Option<Context> {
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
        let disk = self.directories;
        let files = disk.files();
        let chosen = chosen(disk, &folders, sources)?;
        // A folder of that name proves little: Dockerfiles are kept apart from what they copy, in folders named alike.
        let is_file = |source: &String| files.is_file(&chosen.join(source));
        let is_marked = (folders.len() == 1 && self.named == folders)
            || MARKS.iter().any(|mark| disk.has(own, mark));
        let is_shown = is_marked
            || sources.iter().any(is_file)
            || sources
                .iter()
                .any(|source| disk.similar(chosen, source).is_some());
        if !is_shown {
            return None;
        }
        let folder = chosen.to_owned();
        let ignore_file = self.ignore_file(own, &folder);
        let missing = |source: &&String| !folders.iter().any(|folder| disk.has(folder, source));
        Some(Context {
            missing: sources.iter().filter(missing).cloned().collect(),
            directories: Arc::clone(disk),
            is_marked,
            top,
            folder,
            folders,
            exclusions: ignore_file
                .as_deref()
                .map(|file| Exclusions::read(&head(files, file))),
            ignore_file,
        })
    }

    /// The project's folder: that of the repository, or else the working folder if the file is below it.
    fn top(&self, own: &Path) -> PathBuf {
        let working = self.directories.folder();
        let else_own = || {
            if own.starts_with(working) {
                working
            } else {
                own
            }
        };
        self.directories
            .repository(own)
            .unwrap_or_else(|| else_own().to_owned())
    }

    /// The folders that may be the context: those that builds name, or else the Dockerfile's own and all above it in the project.
    fn folders(&self, own: &Path, top: &Path) -> Vec<PathBuf> {
        let named: Vec<PathBuf> = self
            .named
            .iter()
            .filter(|folder| self.directories.files().is_folder(folder))
            .filter(|folder| self.is_of_project(folder, own))
            .cloned()
            .collect();
        if !named.is_empty() {
            return named;
        }
        let up = own.ancestors().take(HEIGHT);
        let up = up.take_while(|folder| folder.starts_with(top));
        up.map(Path::to_owned).collect()
    }

    /// Whether a folder that a build names is in the repository, links followed: what lies outside is nobody's to read. Without a repository, it is in the
    /// nearest folder that holds it and the Dockerfile, as their names say.
    fn is_of_project(&self, folder: &Path, own: &Path) -> bool {
        let around = || {
            let mut above = own.ancestors();
            above
                .find(|above| folder.starts_with(above))
                .map(Path::to_owned)
        };
        let base = self.directories.repository(own).or_else(around);
        base.is_some_and(|base| self.directories.files().is_inside(folder, &base))
    }

    /// `<name>.dockerignore` beside the Dockerfile, else `.dockerignore` of the context.
    fn ignore_file(&self, own: &Path, context: &Path) -> Option<PathBuf> {
        let mut name = self.file.file_name()?.to_owned();
        name.push(".dockerignore");
        [own.join(name), context.join(".dockerignore")]
            .into_iter()
            .find(|file| {
                let files = self.directories.files();
                // A link that leads out of its folder shows what is none of the project's.
                files.is_file(file) && self.is_of_project(file, own)
            })
    }
}

/// A build context that is there to see.
#[derive(Debug)]
pub struct Context {
    directories: Arc<DirCache>,
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

    /// Whether more than the sources shows that it is the context: a build names it, or a project is in it.
    pub fn is_marked(&self) -> bool {
        self.is_marked
    }

    /// Whether a path of the context is a folder.
    pub fn is_folder(&self, path: &str) -> bool {
        self.directories.files().is_folder(&self.folder.join(path))
    }

    /// The beginning of a file of the context as text; empty if it cannot be read, or is a link out of the project.
    pub fn head(&self, path: &str) -> String {
        let full = self.folder.join(path);
        let files = self.directories.files();
        if files.is_inside(&full, &self.top) {
            head(files, &full)
        } else {
            String::new()
        }
    }

    /// Whether a path of the context exists.
    pub fn has(&self, path: &str) -> bool {
        self.directories.has(&self.folder, path)
    }

    /// The context's folder, relative to the working folder; `.` for that itself.
    pub fn name(&self) -> String {
        self.shown(&self.folder)
    }

    /// The file that says what is left out of the context, relative to the working folder.
    pub fn ignore_file(&self) -> Option<String> {
        self.ignore_file.as_deref().map(|file| self.shown(file))
    }

    /// Whether a folder above that may be the context as well has a `.dockerignore`.
    pub fn may_have_ignore_file(&self) -> bool {
        self.folders
            .iter()
            .any(|folder| self.directories.has(folder, ".dockerignore"))
    }

    /// What that file says.
    pub fn exclusions(&self) -> Option<&Exclusions> {
        self.exclusions.as_ref()
    }

    /// The files that one would not want in an image, left out or not.
    pub fn sensitive_files(&self) -> Arc<[SensitiveFile]> {
        self.directories.sensitive(&self.folder)
    }

    /// Whether git ignores the path, or another project keeps it: something makes it before the build.
    pub fn is_made(&self, path: &str) -> bool {
        self.folders.iter().any(|folder| {
            let full = folder.join(path);
            let is_below = full.starts_with(&self.top);
            let top = if is_below { &self.top } else { folder };
            let files = self.directories.files();
            is_submodule(files, top, &full) || is_git_ignored(&self.directories, top, &full)
        })
    }

    /// The entry beside a path that does not exist which it may have been meant to be.
    pub fn similar(&self, path: &str) -> Option<String> {
        self.directories.similar(&self.folder, path)
    }

    fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.directories.folder()).unwrap_or(path);
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

/// The folder that most likely is the context: a `.dockerignore` is nowhere else, and most of the sources should exist in it.
fn chosen<'a>(disk: &DirCache, folders: &'a [PathBuf], sources: &[String]) -> Option<&'a Path> {
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
fn head(files: &dyn FileSystem, file: &Path) -> String {
    if !files.is_file(file) {
        return String::new();
    }
    let content = files.read(file, GLANCE, GLANCE);
    content.map_or_else(
        |_| String::new(),
        |content| String::from_utf8_lossy(&content.bytes).into_owned(),
    )
}

fn is_git_ignored(directories: &DirCache, top: &Path, full: &Path) -> bool {
    let folders = full.ancestors().skip(1).take(HEIGHT);
    let mut folders = folders.take_while(|folder| folder.starts_with(top));
    folders.any(|folder| {
        directories.ignores(folder).is_some_and(|ignores| {
            ignores.matched_path_or_any_parents(full, true).is_ignore()
                || ignores.matched_path_or_any_parents(full, false).is_ignore()
        })
    })
}

/// Whether a path lies in a repository of its own, which need not be checked out.
fn is_submodule(files: &dyn FileSystem, top: &Path, full: &Path) -> bool {
    head(files, &top.join(".gitmodules")).lines().any(|line| {
        let path = line
            .trim()
            .strip_prefix("path")
            .and_then(|rest| rest.trim().strip_prefix('='));
        path.is_some_and(|path| full.starts_with(top.join(path.trim())))
    })
}
