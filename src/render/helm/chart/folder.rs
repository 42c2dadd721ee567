//! The files of a chart on a disk; links that lead out of its repository are left out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::render::helm::chart::files::ChartFiles;
use crate::render::helm::limits;

/// How deep folders may nest.
const FOLDERS: usize = 64;

/// A folder of a disk.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// What links may not lead out of.
    bounds: PathBuf,
    /// What files hold that are shown otherwise than they are on the disk.
    texts: Texts,
}

/// Contents of files by their absolute paths, links followed.
pub type Texts = Arc<BTreeMap<PathBuf, Arc<[u8]>>>;

impl Folder {
    /// The folder at `root`. Links in it may lead as far as the repository around it, if there is one.
    ///
    /// # Errors
    ///
    /// Why it is no folder that can be read.
    pub fn new(root: &Path) -> Result<Self, String> {
        let root =
            fs::canonicalize(root).map_err(|error| format!("{}: {error}", root.display()))?;
        if !root.is_dir() {
            return Err(format!("{}: not a folder", root.display()));
        }
        let repository = root.ancestors().find(|folder| folder.join(".git").exists());
        let bounds = repository.unwrap_or(&root).to_owned();
        Ok(Self {
            root,
            bounds,
            texts: Texts::default(),
        })
    }

    /// The same folder as part of a project: links and dependencies may lead as far as its `top`, and some files hold other
    /// `texts` than on the disk.
    #[must_use]
    pub fn in_project(self, top: &Path, texts: &Texts) -> Self {
        let top = fs::canonicalize(top).ok();
        let bounds = top.filter(|top| self.root.starts_with(top));
        Self {
            bounds: bounds.unwrap_or(self.bounds),
            texts: Arc::clone(texts),
            ..self
        }
    }

    /// Whether a path from the chart stays within the repository.
    pub fn is_within(&self, path: &str) -> bool {
        let mut at = self.root.clone();
        for part in Path::new(path).components() {
            match part {
                Component::ParentDir => _ = at.pop(),
                Component::Normal(name) => at.push(name),
                Component::CurDir => {}
                Component::RootDir | Component::Prefix(_) => return false,
            }
        }
        at.starts_with(&self.bounds)
    }

    /// Whether `charts/` has an archive of the dependency, which is not read.
    pub fn has_archive(&self, name: &str) -> bool {
        let entries = fs::read_dir(self.root.join("charts")).into_iter().flatten();
        entries.flatten().any(|entry| {
            let file = entry.file_name();
            let file = file.to_string_lossy();
            file.ends_with(".tgz")
                && file
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with('-'))
        })
    }
}

impl ChartFiles for Folder {
    fn list(&self) -> Result<Vec<String>, String> {
        let mut found = Vec::new();
        let mut waiting = vec![(self.root.clone(), String::new(), 0)];
        while let Some((folder, prefix, depth)) = waiting.pop() {
            let entries =
                fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
            for entry in entries.flatten() {
                let Ok(name) = entry.file_name().into_string() else {
                    continue;
                };
                let path = entry.path();
                let inside = fs::canonicalize(&path)
                    .ok()
                    .filter(|real| real.starts_with(&self.bounds));
                let Some(metadata) = inside.and_then(|real| fs::metadata(real).ok()) else {
                    continue;
                };
                let below = format!("{prefix}{name}");
                if metadata.is_dir() && depth < FOLDERS && name != ".git" {
                    waiting.push((path, format!("{below}/"), depth + 1));
                } else if metadata.is_file() {
                    found.push(below);
                }
                if found.len() > limits::FILES || waiting.len() > limits::FILES {
                    return Err(format!("chart has more than {} files", limits::FILES));
                }
            }
        }
        Ok(found)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let full = self.root.join(path);
        let real = fs::canonicalize(&full).map_err(|error| error.to_string())?;
        if !real.starts_with(&self.bounds) {
            return Err("link leads out of the repository".to_owned());
        }
        if let Some(text) = self.texts.get(&real) {
            return Ok(text.to_vec());
        }
        let size = fs::metadata(&real)
            .map_err(|error| error.to_string())?
            .len();
        if size > limits::FILE_BYTES {
            return Err(format!("file is larger than {} bytes", limits::FILE_BYTES));
        }
        fs::read(&real).map_err(|error| error.to_string())
    }

    fn shown(&self) -> Option<String> {
        Some(format!("{}/", self.root.to_str()?))
    }

    /// A `file://` repository is relative to the chart; the chart of another one may lie beside it under its name.
    fn dependency(&self, name: &str, repository: &str) -> Option<Box<dyn ChartFiles>> {
        let path = match repository.strip_prefix("file://") {
            Some(path) => self.root.join(path),
            None => self.root.parent()?.join(name),
        };
        let root = fs::canonicalize(path).ok()?;
        let is_chart = root.starts_with(&self.bounds) && root.join("Chart.yaml").is_file();
        let bounds = self.bounds.clone();
        let texts = Arc::clone(&self.texts);
        is_chart.then(|| {
            Box::new(Self {
                root,
                bounds,
                texts,
            }) as Box<dyn ChartFiles>
        })
    }
}
