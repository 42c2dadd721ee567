//! Finds and reads the files that kustomizations name, each once: files lie in or below their kustomization, bases anywhere in the repository.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::render::kustomize::fields::Text;
use crate::render::kustomize::files::{Entry, Files};
use crate::render::kustomize::inline;
use crate::render::kustomize::read::{self, Document};
use crate::render::kustomize::refusal::{Cause, Outcome, Refusal};
use crate::render::kustomize::tree::{Node, Place};
use crate::span::LocatedText;

/// Names of kustomization files.
pub const NAMES: &[&str] = &["kustomization.yaml", "kustomization.yml", "Kustomization"];
/// How many files may be read.
const FILES: usize = 200_000;
/// How many bytes may be read.
const BYTES: usize = 1 << 30;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path below the root of the repository, with links followed.
    pub path: Arc<str>,
    /// Its text; what is no UTF-8 is replaced.
    pub text: Arc<str>,
}

/// The folder of a kustomization: its path below the root of the repository, with links followed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Folder(pub Arc<str>);

impl Folder {
    /// Whether a path is in or below the folder, or is it.
    pub fn holds(&self, path: &str) -> bool {
        match path.strip_prefix(&*self.0) {
            Some(rest) => self.0.is_empty() || rest.is_empty() || rest.starts_with('/'),
            None => false,
        }
    }
}

/// What a path of a kustomization leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file, by its real path.
    File(String),
    /// A folder.
    Folder(Folder),
    /// Something that must be fetched.
    Remote,
    /// Nothing.
    Nothing,
}

/// Reads files and remembers them.
pub struct Loader<'f> {
    files: &'f dyn Files,
    /// Whether files may lie anywhere in the repository.
    is_unrestricted: bool,
    entries: FxHashMap<String, Option<Entry>>,
    sources: Vec<SourceFile>,
    numbers: FxHashMap<String, u32>,
    bytes: Vec<Arc<[u8]>>,
    documents: FxHashMap<u32, Outcome<Arc<Vec<Document>>>>,
    total: usize,
}

impl<'f> Loader<'f> {
    /// Of the files of a repository.
    pub(super) fn new(files: &'f dyn Files, is_unrestricted: bool) -> Self {
        Self {
            files,
            is_unrestricted,
            entries: FxHashMap::default(),
            sources: Vec::new(),
            numbers: FxHashMap::default(),
            bytes: Vec::new(),
            documents: FxHashMap::default(),
            total: 0,
        }
    }

    /// The files that were read; a place's file number counts from 1.
    pub fn sources(&self) -> &[SourceFile] {
        &self.sources
    }

    /// The file of a place.
    pub fn source(&self, file: u32) -> Option<&SourceFile> {
        self.sources.get((file as usize).checked_sub(1)?)
    }

    /// What stands at a path below the root.
    pub(super) fn entry(&mut self, path: &str) -> Option<Entry> {
        if let Some(known) = self.entries.get(path) {
            return known.clone();
        }
        let entry = self.files.entry(path);
        self.entries.insert(path.to_owned(), entry.clone());
        entry
    }

    /// What a path leads to from a folder.
    pub(super) fn find(&mut self, folder: &Folder, path: &str) -> Found {
        if is_url(path) {
            return Found::Remote;
        }
        let joined = match path.strip_prefix('/') {
            Some(_) => self.files.inside(path),
            None => join(&folder.0, path),
        };
        match joined.and_then(|joined| self.entry(&joined)) {
            Some(entry) if entry.is_folder && path.starts_with('/') => Found::Nothing,
            Some(entry) if entry.is_folder => Found::Folder(Folder(Arc::from(entry.real))),
            Some(entry) => Found::File(entry.real),
            None if is_remote(path) => Found::Remote,
            None => Found::Nothing,
        }
    }

    /// The number of the file that a path leads to; it must lie in or below the folder, unless nothing is restricted.
    pub(super) fn file(&mut self, folder: &Folder, path: &Text) -> Outcome<u32> {
        let refuse = |message: String| Err(Refusal::new(path.at, message));
        let shown = path.text.escape_debug();
        match self.find(folder, &path.text) {
            Found::File(real) if self.is_unrestricted || folder.holds(&real) => {
                self.open(&real, path.at)
            }
            Found::File(_) => refuse(format!(
                "file `{shown}` lies outside the kustomization's folder"
            )),
            Found::Folder(_) => refuse(format!("`{shown}` is a folder")),
            Found::Remote => refuse(format!("`{shown}` is not in the repository")),
            Found::Nothing => {
                let message = format!("there is no file `{shown}`");
                Err(Refusal::new(path.at, message).of(Cause::MissingFile))
            }
        }
    }

    /// Reads the file of a real path, if that was not done before.
    pub(super) fn open(&mut self, real: &str, at: Place) -> Outcome<u32> {
        if let Some(number) = self.numbers.get(real) {
            return Ok(*number);
        }
        let refuse =
            |why: String| Refusal::new(at, format!("file `{}` {why}", real.escape_debug()));
        if self.sources.len() >= FILES {
            return Err(refuse(format!("is one too many: more than {FILES} files")));
        }
        let bytes = self.files.read(real).map_err(&refuse)?;
        self.total += bytes.len();
        if self.total > BYTES {
            return Err(refuse(format!("is too much: more than {} MB", BYTES >> 20)));
        }
        let text = match String::from_utf8_lossy(&bytes) {
            text if text.starts_with('\u{feff}') => Arc::from(&text['\u{feff}'.len_utf8()..]),
            text => Arc::from(text),
        };
        let path = Arc::from(real);
        self.sources.push(SourceFile { path, text });
        self.bytes.push(Arc::from(bytes));
        let number = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.numbers.insert(real.to_owned(), number);
        Ok(number)
    }

    /// The number and the bytes of a file that a path leads to.
    pub(super) fn bytes(&mut self, folder: &Folder, path: &Text) -> Outcome<(u32, Arc<[u8]>)> {
        let number = self.file(folder, path)?;
        Ok((number, self.bytes[number as usize - 1].clone()))
    }

    /// The documents of a file.
    pub(super) fn documents(&mut self, file: u32) -> Outcome<Arc<Vec<Document>>> {
        if let Some(known) = self.documents.get(&file) {
            return known.clone();
        }
        let text = self.source(file).map(|source| source.text.clone());
        let read = read::read(&text.unwrap_or_default(), file, None).map(Arc::new);
        self.documents.insert(file, read.clone());
        read
    }

    /// The documents that are written in a scalar of a file; `is_trimmed` takes blanks off both ends of its text first.
    pub(super) fn inline(&self, node: &Node, is_trimmed: bool) -> Outcome<Vec<Document>> {
        let Some(scalar) = node.as_scalar() else {
            return Err(Refusal::new(node.at, "expected text"));
        };
        let located: LocatedText = match self.source(node.at.file) {
            Some(source) => inline::locate(&source.text, node.at.span, scalar),
            None => LocatedText::verbatim(&scalar.text, node.at.span.start),
        };
        let located = if is_trimmed {
            let text = &located.text;
            let start = text.len() - text.trim_start().len();
            located.cut(start..start + text.trim().len())
        } else {
            located
        };
        read::read(&located.text, node.at.file, Some(&located))
    }

    /// The kustomization file of a folder.
    pub(super) fn kustomization(&mut self, folder: &Folder, at: Place) -> Outcome<u32> {
        let shown = if folder.0.is_empty() { "." } else { &folder.0 };
        let mut found = None;
        for name in NAMES {
            let path = join(&folder.0, name).unwrap_or_default();
            let Some(entry) = self.entry(&path).filter(|entry| !entry.is_folder) else {
                continue;
            };
            if found.is_some() {
                let message = format!("folder `{shown}` has several kustomization files");
                return Err(Refusal::new(at, message));
            }
            if !folder.holds(&entry.real) {
                let message = format!("the kustomization of `{shown}` is a link out of its folder");
                return Err(Refusal::new(at, message));
            }
            found = Some(entry.real);
        }
        match found {
            Some(real) => self.open(&real, at),
            None => Err(Refusal::new(
                at,
                format!("folder `{shown}` has no kustomization"),
            )),
        }
    }
}

/// The path from a folder on, without `.` and `..`; `None` if it leads out of the repository.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn is_url(path: &str) -> bool {
    let lower = path.get(..8).unwrap_or(path).to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// Whether a path that leads to nothing is the address of a repository.
fn is_remote(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    const STARTS: &[&str] = &[
        "ssh://",
        "file://",
        "git::",
        "git@",
        "gh:",
        "github.com/",
        "github.com:",
    ];
    STARTS.iter().any(|start| lower.starts_with(start))
        || lower.contains("@github.com")
        || lower.contains("?ref=")
        || lower.contains("://")
        || lower.contains(".git/")
        || lower.ends_with(".git")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_repository() {
        for (folder, path, want) in [
            ("a/b", "../c/./d", Some("a/c/d")),
            ("", "x", Some("x")),
            ("a", "..", Some("")),
            ("a", "../..", None),
            ("a", "../../a", None),
        ] {
            assert_eq!(join(folder, path).as_deref(), want, "{folder} {path}");
        }
    }

    #[test]
    fn folders_hold_whole_names() {
        let folder = Folder(Arc::from("a/b"));
        assert!(folder.holds("a/b") && folder.holds("a/b/c"));
        assert!(!folder.holds("a/bc") && !folder.holds("a"));
        assert!(Folder(Arc::from("")).holds("x"));
    }

    #[test]
    fn addresses_are_no_paths() {
        for path in [
            "https://x/y",
            "github.com/a/b//c?ref=v1",
            "git@x:y/z.git",
            "ssh://x",
        ] {
            assert!(is_url(path) || is_remote(path), "{path}");
        }
        for path in ["../base", "x.yaml", "github", "a.github.com"] {
            assert!(!is_url(path) && !is_remote(path), "{path}");
        }
    }
}
