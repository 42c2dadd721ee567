//! Where kustomizations find their files: a trait, and the disk.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How large a file may be, in bytes.
pub const FILE_BYTES: u64 = 64 << 20;

/// What stands at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Its path once all links are followed.
    pub real: String,
}

/// The files of a repository. Paths are relative to its root, with `/` between names, and have no `.` or `..`; the root is the empty path.
pub trait Files {
    /// What stands at a path; `None` if nothing does, or it leads out of the repository.
    fn entry(&self, path: &str) -> Option<Entry>;

    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// Why they cannot be had, in one line that follows the file's name.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;

    /// The path below the root that an absolute path is; `None` if it lies elsewhere.
    fn inside(&self, absolute: &str) -> Option<String>;
}

/// The files below a folder of the disk.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
    texts: Texts,
}

/// Contents of files by their absolute paths, links followed.
pub type Texts = Arc<BTreeMap<PathBuf, Arc<[u8]>>>;

impl Disk {
    /// The files below `root`; `None` if it is no folder.
    pub fn new(root: &Path) -> Option<Self> {
        let root = root.canonicalize().ok().filter(|root| root.is_dir())?;
        let texts = Texts::default();
        Some(Self { root, texts })
    }

    /// The same files, of which some hold other `texts` than on the disk.
    #[must_use]
    pub fn with_texts(self, texts: Texts) -> Self {
        Self { texts, ..self }
    }

    /// The root, with all links followed.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn relative(&self, path: &Path) -> Option<String> {
        let path = path.strip_prefix(&self.root).ok()?;
        let parts = path
            .iter()
            .map(|part| part.to_str())
            .collect::<Option<Vec<_>>>()?;
        Some(parts.join("/"))
    }
}

impl Files for Disk {
    fn entry(&self, path: &str) -> Option<Entry> {
        let real = self.root.join(path).canonicalize().ok()?;
        let is_folder = fs::metadata(&real).ok()?.is_dir();
        let real = self.relative(&real)?;
        Some(Entry { is_folder, real })
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        if let Some(text) = self.texts.get(&self.root.join(path)) {
            return Ok(text.to_vec());
        }
        let file = fs::File::open(self.root.join(path)).map_err(|error| error.to_string())?;
        let is_file = file.metadata().is_ok_and(|metadata| metadata.is_file());
        if !is_file {
            return Err("is no regular file".to_owned());
        }
        let mut bytes = Vec::new();
        file.take(FILE_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| error.to_string())?;
        if bytes.len() as u64 > FILE_BYTES {
            return Err(format!("is larger than {} MB", FILE_BYTES >> 20));
        }
        Ok(bytes)
    }

    fn inside(&self, absolute: &str) -> Option<String> {
        self.relative(Path::new(absolute))
    }
}
