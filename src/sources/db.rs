//! The files of a run or a session: found on the disk, or given as texts; each known by its number.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hullmark_schema::target::Target;
use rustc_hash::FxHashMap;

use crate::sources::candidate::{Candidate, Input};
use crate::sources::context::{DirCache, Releases};
use crate::sources::source_map::{Origin, SourceMap};
use crate::sources::{Disk, Error, FileSystem, Kind, ReadProblem, Roots, Source, read, walk};
use crate::span::FileId;

/// Texts of files by their absolute paths, links followed.
pub type Texts = Arc<BTreeMap<PathBuf, Arc<[u8]>>>;

/// The files. A clone is a snapshot: it shares what is there and does not see what is set later.
#[derive(Clone, Debug)]
pub struct SourceDb {
    pub(super) files: Vec<Arc<Candidate>>,
    root: Option<Arc<Path>>,
    by_path: FxHashMap<Arc<str>, FileId>,
    directories: Arc<DirCache>,
}

impl SourceDb {
    /// No files yet; `folder` is the working folder, absolute.
    pub fn new(folder: &Path, files: Arc<dyn FileSystem>) -> Self {
        Self {
            files: Vec::new(),
            root: None,
            by_path: FxHashMap::default(),
            directories: Arc::new(DirCache::new(folder, files)),
        }
    }

    /// The same with the absolute folder from which fingerprints, and paths in reports for programs, count.
    #[must_use]
    pub fn with_root(self, root: Option<&Path>) -> Self {
        Self {
            root: root.map(Arc::from),
            ..self
        }
    }

    /// The same with what the configuration says of Kubernetes: files with schemas, absolute, and its releases.
    #[must_use]
    pub fn with_schemas(self, schemas: Vec<PathBuf>, target: Option<Target>) -> Self {
        self.directories.set_schemas(schemas, target);
        self
    }

    /// The releases of Kubernetes that the manifests of a folder are for: as configured, or as files of the folder say.
    pub fn releases(&self, folder: &Path) -> Option<Releases> {
        self.directories.releases_of(folder)
    }

    /// The same with the files of the disk.
    pub fn on_disk(folder: &Path) -> Self {
        Self::new(folder, Arc::new(Disk))
    }

    /// Finds the files under the roots on the disk, in the order of their paths, each once. A file whose text was set keeps
    /// that.
    ///
    /// # Errors
    /// A root that does not exist, cannot be read, or is no file or folder. A folder further down that cannot be read is a
    /// file that gives a problem.
    pub fn discover(&mut self, roots: &Roots) -> Result<Vec<FileId>, Error> {
        let found = walk::gather(self.directories.folder(), roots)?;
        for path in &roots.paths {
            let named = walk::named(self.directories.folder(), path, Input::Disk);
            self.directories.name(&named.full);
        }
        Ok(found.into_iter().map(|file| self.add(file)).collect())
    }

    /// Sets the text of a path, relative to the working folder: standard input, or what an editor shows of a file. What
    /// was read of the file before stays as it is in snapshots.
    pub fn set_text(&mut self, path: &str, bytes: impl Into<Arc<[u8]>>) -> FileId {
        let mut file = walk::named(self.directories.folder(), Path::new(path), Input::Disk);
        let known = self.by_path.get(&file.path);
        let is_on_disk = known.is_some_and(|id| match &self.files[id.index()].input {
            Input::Disk | Input::Named => true,
            Input::Memory(_, is_on_disk) => *is_on_disk,
            Input::Rendered(..) | Input::Closed(_) => false,
        });
        file.input = Input::Memory(bytes.into(), is_on_disk);
        self.set(file)
    }

    /// Forgets a text that was set, so that the file on the disk counts again.
    pub fn forget_text(&mut self, file: FileId) {
        if let Some(known) = self.files.get_mut(file.index())
            && matches!(known.input, Input::Memory(..))
        {
            Arc::make_mut(known).input = Input::Named;
        }
    }

    /// Adds a text that a template engine made. Any number of them may share a path, the template's.
    pub fn add_rendered(
        &mut self,
        path: &str,
        kind: Kind,
        text: &str,
        map: Arc<SourceMap>,
    ) -> FileId {
        let input = Input::Rendered(Arc::from(text), kind, map);
        let file = walk::named(self.directories.folder(), Path::new(path), input);
        self.push(file)
    }

    /// Forgets what the disk said about folders: from now on it is asked again.
    pub fn refresh(&mut self) {
        self.directories = Arc::new(self.directories.anew());
    }

    /// The path of a file, relative to the working folder, with `/`.
    pub fn path(&self, file: FileId) -> Option<&Arc<str>> {
        Some(&self.files.get(file.index())?.path)
    }

    /// The number of a file of the disk by its path, relative to the working folder or absolute.
    pub fn add_path(&mut self, path: &str) -> FileId {
        if let Some(known) = self.by_path.get(path) {
            return *known;
        }
        self.add(walk::named(
            self.directories.folder(),
            Path::new(path),
            Input::Disk,
        ))
    }

    /// Whether the user named the file, and not a folder around it.
    pub fn is_named(&self, file: FileId) -> bool {
        let file = self.files.get(file.index());
        file.is_some_and(|file| matches!(file.input, Input::Named | Input::Memory(..)))
    }

    /// The texts that were set of files that are on the disk too, by their absolute paths, links followed.
    pub fn texts(&self) -> Texts {
        let set = self.files.iter().filter_map(|file| match &file.input {
            Input::Memory(bytes, _) => Some((file.full.canonicalize().ok()?, Arc::clone(bytes))),
            _ => None,
        });
        Arc::new(set.collect())
    }

    /// The number of a file that is known already, by its path as it is shown.
    pub fn known(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// An absolute path as it is shown: relative to the working folder if it is below it, with `/`.
    pub fn shown(&self, path: &Path) -> String {
        let named = walk::named(self.directories.folder(), path, Input::Disk);
        named.path.to_string()
    }

    /// The working folder.
    pub fn shown_base(&self) -> String {
        self.directories.folder().to_string_lossy().into_owned()
    }

    /// The repository around a folder, or else the working folder if the folder is below it, or the folder itself.
    pub fn repository(&self, folder: &Path) -> PathBuf {
        let working = self.directories.folder();
        let otherwise = if folder.starts_with(working) {
            working
        } else {
            folder
        };
        let repository = self.directories.repository(folder);
        repository.unwrap_or_else(|| otherwise.to_owned())
    }

    /// What a file's name and folder say it is; `None` if that is for its content to say.
    pub fn kind_from_path(&self, file: FileId) -> Option<Kind> {
        self.files.get(file.index())?.kind_from_path()
    }

    /// The absolute path of a file, be it on the disk or not.
    pub fn full(&self, file: FileId) -> Option<&Path> {
        Some(&self.files.get(file.index())?.full)
    }

    /// Whether a file's name allows a Compose file or a workflow, which may say how Dockerfiles are built.
    pub fn may_name_builds(&self, file: FileId) -> bool {
        let file = self.files.get(file.index());
        file.is_some_and(|file| file.may_name_builds())
    }

    /// Reads a file; `None` if it is not one that hullmark checks. What cannot be read at all is an empty source with a
    /// problem; what is not text throughout is read as far as possible, and the problem says from where it is not.
    pub fn read(&self, file: FileId) -> Option<(Source, Option<ReadProblem>)> {
        let known = self.files.get(file.index())?;
        if let Input::Rendered(text, kind, map) = &known.input {
            let source = Source::new(file, Arc::clone(&known.path), *kind, text.as_ref());
            let origin = Origin::Rendered(Arc::clone(map));
            let source = source.with_origin(origin);
            return Some((source.in_project(self.project_path(known)), None));
        }
        let (source, problem) = read::read(file, known, self.directories.files()).ok()?;
        Some((source.in_project(self.project_path(known)), problem))
    }

    /// The path of a file from the root of the project; `None` if that is its path from the working folder.
    pub fn path_in_project(&self, file: FileId) -> Option<Arc<str>> {
        self.project_path(self.files.get(file.index())?)
    }

    /// The path of a file from the root; `None` if that is its path from the working folder.
    fn project_path(&self, file: &Candidate) -> Option<Arc<str>> {
        let root = self.root.as_deref()?;
        if root == self.directories.folder() || file.is_nameless() {
            return None;
        }
        file.full
            .starts_with(root)
            .then(|| walk::shown(root, &file.full))
    }

    /// Whether a file's name and folder allow one of the kinds.
    pub fn may_be(&self, file: FileId, kinds: &[Kind]) -> bool {
        let known = self.files.get(file.index());
        known.is_some_and(|known| known.may_be(kinds))
    }

    /// What is known of the folders around the files.
    pub fn directories(&self) -> &Arc<DirCache> {
        &self.directories
    }

    fn add(&mut self, file: Candidate) -> FileId {
        match self.by_path.get(&file.path) {
            Some(id) if matches!(self.files[id.index()].input, Input::Memory(..)) => *id,
            _ => self.set(file),
        }
    }

    fn set(&mut self, file: Candidate) -> FileId {
        if let Some(id) = self.by_path.get(&file.path) {
            self.files[id.index()] = Arc::new(file);
            return *id;
        }
        let path = Arc::clone(&file.path);
        let id = self.push(file);
        self.by_path.insert(path, id);
        id
    }

    fn push(&mut self, file: Candidate) -> FileId {
        let id = FileId::new(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Arc::new(file));
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn text(db: &SourceDb, file: FileId) -> String {
        db.read(file).unwrap().0.text
    }

    #[test]
    fn a_text_that_is_set_hides_the_disk_until_it_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("Dockerfile"), "FROM a\n").unwrap();
        fs::write(folder.path().join("b.Dockerfile"), "FROM b\n").unwrap();
        let mut db = SourceDb::on_disk(folder.path());
        let roots = Roots {
            paths: vec![".".into()],
            ..Roots::default()
        };
        let files = db.discover(&roots).unwrap();
        let before = db.clone();
        assert_eq!(db.set_text("./Dockerfile", *b"FROM x\n"), files[0]);
        let new = db.set_text("c.Dockerfile", *b"FROM c\n");
        assert_eq!(db.discover(&roots).unwrap(), files);
        assert_eq!(text(&db, files[0]), "FROM x\n");
        assert_eq!(text(&db, files[1]), "FROM b\n");
        assert_eq!(text(&db, new), "FROM c\n");
        assert_eq!(text(&before, files[0]), "FROM a\n");
        // The file is on the disk, whatever its text is; the other is nowhere.
        assert!(db.read(files[0]).unwrap().0.full().is_some());
        assert!(db.read(new).unwrap().0.full().is_none());
        db.forget_text(files[0]);
        assert_eq!(text(&db, files[0]), "FROM a\n");
    }

    #[test]
    fn renderings_share_a_path() {
        let mut db = SourceDb::on_disk(Path::new("/"));
        let map = Arc::new(SourceMap::default());
        let mut add = |text: &str| {
            let path = "templates/pod.yaml";
            db.add_rendered(path, Kind::Kubernetes, text, Arc::clone(&map))
        };
        let (one, two) = (add("a: 1\n"), add("a: 2\n"));
        assert_ne!(one, two);
        assert_eq!(db.path(one), db.path(two));
        let (source, problem) = db.read(two).unwrap();
        assert_eq!((source.text.as_str(), problem), ("a: 2\n", None));
        assert!(matches!(source.origin(), Origin::Rendered(_)));
    }
}
