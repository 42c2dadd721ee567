//! What the file system answered about folders, asked once: Dockerfiles of a project share the folders above them.

use std::any::{Any, TypeId};
use std::borrow::Borrow;
use std::ffi::OsString;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use hullmark_schema::target::Target;
use ignore::gitignore::Gitignore;
use rustc_hash::FxHashMap;

use crate::sources::context::HEIGHT;
use crate::sources::context::cluster::{self, Releases};
use crate::sources::context::definitions::{self, Declared, Definition};
use crate::sources::context::kustomization::{self, Kustomization};
use crate::sources::context::named::{self, NamedContexts};
use crate::sources::context::neighbours::{self, Around, Neighbour};
use crate::sources::context::owner;
use crate::sources::context::sensitive::{self, SensitiveFile};
use crate::sources::{EntryKind, FileSystem, git_ignore};

/// How many entries of a folder are held in memory; of a larger one each name is asked for by itself.
const HELD: usize = 2_000;

/// How many folders a folder may have whose autoscalers, limits and Services are still looked for.
const FOLDERS: usize = 24;

/// What all files share: the working folder, and the answers.
#[derive(Debug)]
pub struct DirCache {
    folder: PathBuf,
    files: Arc<dyn FileSystem>,
    names: Mutex<FxHashMap<OsString, Arc<Names>>>,
    repositories: Mutex<FxHashMap<OsString, Option<PathBuf>>>,
    owners: Mutex<FxHashMap<OsString, Option<Arc<str>>>>,
    sensitive: Mutex<FxHashMap<OsString, Arc<[SensitiveFile]>>>,
    kustomizations: Mutex<FxHashMap<OsString, Option<Arc<Kustomization>>>>,
    kustomized: Mutex<FxHashMap<OsString, Arc<[PathBuf]>>>,
    artifacts: Mutex<FxHashMap<OsString, Arc<[String]>>>,
    neighbours: Mutex<FxHashMap<OsString, Arc<[Neighbour]>>>,
    around: Mutex<FxHashMap<OsString, Around>>,
    contexts: Mutex<FxHashMap<OsString, Arc<NamedContexts>>>,
    ignores: Mutex<FxHashMap<OsString, Option<Arc<Gitignore>>>>,
    definitions: Mutex<FxHashMap<OsString, Arc<[Definition]>>>,
    declared: Mutex<FxHashMap<OsString, Arc<[Declared]>>>,
    releases: Mutex<FxHashMap<OsString, Option<Releases>>>,
    /// What layers above read of a file, by its type; nothing for a file that is too long.
    readings: Mutex<FxHashMap<(OsString, TypeId), Option<Reading>>>,
    /// The files with schemas that the configuration names.
    schemas: OnceLock<Vec<PathBuf>>,
    /// The releases of Kubernetes that manifests are for, as configured.
    target: OnceLock<Target>,
}

/// What a layer above reads of a file: this one does not know its type.
type Reading = Arc<dyn Any + Send + Sync>;

/// The names in a folder, in order.
#[derive(Debug)]
struct Names {
    all: Vec<String>,
    is_whole: bool,
    /// The folders among them; none if they are many.
    folders: Arc<[PathBuf]>,
}

/// A folder whose names are known.
pub(super) struct Listing<'a> {
    files: &'a dyn FileSystem,
    folder: &'a Path,
    names: Arc<Names>,
}

impl Listing<'_> {
    /// Whether a path below the folder exists; a link that leads nowhere does.
    pub(super) fn has(&self, path: &str) -> bool {
        let first = path.split('/').next().unwrap_or(path);
        let exists = || self.files.exists(&self.folder.join(path));
        if !self.names.is_whole {
            return exists();
        }
        let names = &self.names.all;
        let is_in = names.binary_search_by(|name| name.as_str().cmp(first));
        is_in.is_ok() && (first == path || exists())
    }
}

impl DirCache {
    pub(in crate::sources) fn new(folder: &Path, files: Arc<dyn FileSystem>) -> Self {
        Self {
            folder: folder.to_owned(),
            files,
            names: Mutex::default(),
            repositories: Mutex::default(),
            owners: Mutex::default(),
            sensitive: Mutex::default(),
            kustomizations: Mutex::default(),
            kustomized: Mutex::default(),
            artifacts: Mutex::default(),
            neighbours: Mutex::default(),
            around: Mutex::default(),
            contexts: Mutex::default(),
            ignores: Mutex::default(),
            definitions: Mutex::default(),
            declared: Mutex::default(),
            releases: Mutex::default(),
            readings: Mutex::default(),
            schemas: OnceLock::new(),
            target: OnceLock::new(),
        }
    }

    /// The same without the answers.
    pub(in crate::sources) fn anew(&self) -> Self {
        let new = Self::new(&self.folder, Arc::clone(&self.files));
        new.set_schemas(self.schemas().to_vec(), self.target());
        new
    }

    /// Sets what the configuration says of Kubernetes: files with schemas, and its releases.
    pub(in crate::sources) fn set_schemas(&self, schemas: Vec<PathBuf>, target: Option<Target>) {
        self.schemas.get_or_init(|| schemas);
        if let Some(target) = target {
            self.target.get_or_init(|| target);
        }
    }

    /// The files with schemas that the configuration names.
    pub(super) fn schemas(&self) -> &[PathBuf] {
        self.schemas.get().map_or(&[], Vec::as_slice)
    }

    /// The releases of Kubernetes that manifests are for, as configured.
    pub(super) fn target(&self) -> Option<Target> {
        self.target.get().copied()
    }

    /// The custom resource definitions of a repository.
    pub(super) fn definitions(&self, top: &Path) -> Arc<[Definition]> {
        once(&self.definitions, top.as_os_str(), || {
            definitions::find(self, top).into()
        })
    }

    /// What a repository declares of a kind.
    pub(super) fn declared(&self, top: &Path, group: &str, kind: &str) -> Arc<[Declared]> {
        once(
            &self.declared,
            top.join(group).join(kind).as_os_str(),
            || definitions::declared(self, top, group, kind).into(),
        )
    }

    /// The releases of Kubernetes that the files of a repository name.
    pub(super) fn releases(&self, top: &Path) -> Option<Releases> {
        once(&self.releases, top.as_os_str(), || cluster::find(self, top))
    }

    /// What is read of a file, once for each type; `None` if nothing can be.
    pub(super) fn reading<T: Any + Send + Sync>(
        &self,
        file: &Path,
        read: impl FnOnce() -> Option<Arc<T>>,
    ) -> Option<Arc<T>> {
        let key = (file.as_os_str().to_owned(), TypeId::of::<T>());
        let reading = once(&self.readings, &key, || {
            read().map(|reading| reading as Reading)
        });
        reading?.downcast().ok()
    }

    /// The releases of Kubernetes that the manifests of a folder are for: as configured, or as its files say.
    pub(in crate::sources) fn releases_of(&self, folder: &Path) -> Option<Releases> {
        cluster::of_folder(self, folder)
    }

    /// The working folder.
    pub(in crate::sources) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the files are.
    pub(in crate::sources) fn files(&self) -> &dyn FileSystem {
        self.files.as_ref()
    }

    /// Whether a path below a folder exists; a link that leads nowhere does.
    pub(super) fn has(&self, folder: &Path, path: &str) -> bool {
        self.listing(folder).has(path)
    }

    /// A folder of which several paths are asked for.
    pub(super) fn listing<'a>(&'a self, folder: &'a Path) -> Listing<'a> {
        Listing {
            files: self.files(),
            folder,
            names: self.names(folder),
        }
    }

    /// The nearest folder, from `folder` upwards, that holds `.git`.
    pub(in crate::sources) fn repository(&self, folder: &Path) -> Option<PathBuf> {
        let mut passed = Vec::new();
        let mut found = None;
        for folder in folder.ancestors().take(HEIGHT) {
            let known = self.repositories.lock().ok();
            if let Some(known) = known.and_then(|known| known.get(folder.as_os_str()).cloned()) {
                found = known;
                break;
            }
            passed.push(folder);
            if self.files.exists(&folder.join(".git")) {
                found = Some(folder.to_owned());
                break;
            }
        }
        if let Ok(mut known) = self.repositories.lock() {
            known.extend(
                passed
                    .into_iter()
                    .map(|folder| (folder.as_os_str().to_owned(), found.clone())),
            );
        }
        found
    }

    /// A folder that the user named is taken for a repository if it has what GitHub reads of one: somebody who checks an example or a
    /// template by its folder asks about its workflows, which never run in the repository around it.
    pub(in crate::sources) fn name(&self, folder: &Path) {
        if self.files.exists(&folder.join(".github"))
            && let Ok(mut known) = self.repositories.lock()
        {
            known.insert(folder.as_os_str().to_owned(), Some(folder.to_owned()));
        }
    }

    /// The entry of a folder that a path which does not exist may have been meant to be.
    pub(super) fn similar(&self, folder: &Path, path: &str) -> Option<String> {
        if self.has(folder, path) {
            return None;
        }
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let names = self.names(&folder.join(parent));
        let close = names.all.iter().find(|entry| is_slip(entry, name))?;
        Some(if parent.is_empty() {
            close.clone()
        } else {
            format!("{parent}/{close}")
        })
    }

    /// The files below a folder that one would not want in an image.
    pub(super) fn sensitive(&self, folder: &Path) -> Arc<[SensitiveFile]> {
        let find = || sensitive::sensitive_files(self.files(), folder).into();
        once(&self.sensitive, folder.as_os_str(), find)
    }

    /// What the `.gitignore` of a folder ignores; `None` if it has none.
    pub(super) fn ignores(&self, folder: &Path) -> Option<Arc<Gitignore>> {
        once(&self.ignores, folder.as_os_str(), || {
            let text = super::head(self.files(), &folder.join(".gitignore"));
            let globs = git_ignore::globs(folder, &text, usize::MAX);
            globs.map(|(ignores, _)| Arc::new(ignores))
        })
    }

    /// The kustomization of a folder.
    pub(super) fn kustomization(&self, folder: &Path) -> Option<Arc<Kustomization>> {
        once(&self.kustomizations, folder.as_os_str(), || {
            kustomization::read(self, folder).map(Arc::new)
        })
    }

    /// The folders a little below a folder that hold kustomizations.
    pub(super) fn kustomized(&self, folder: &Path) -> Arc<[PathBuf]> {
        once(&self.kustomized, folder.as_os_str(), || {
            kustomization::kustomized(self, folder).into()
        })
    }

    /// The images that Skaffold builds by the configuration of a folder.
    pub(super) fn artifacts(&self, folder: &Path) -> Arc<[String]> {
        once(&self.artifacts, folder.as_os_str(), || {
            kustomization::artifacts(self, folder).into()
        })
    }

    /// The names in a folder.
    pub(super) fn names_in(&self, folder: &Path) -> Vec<String> {
        self.names(folder).all.clone()
    }

    /// The autoscalers, limits and Services of a folder.
    pub(super) fn neighbours(&self, folder: &Path) -> Arc<[Neighbour]> {
        once(&self.neighbours, folder.as_os_str(), || {
            neighbours::read(self.files(), &self.names(folder).all, folder).into()
        })
    }

    /// The named build contexts of a folder.
    pub(super) fn contexts(&self, folder: &Path) -> Arc<NamedContexts> {
        once(&self.contexts, folder.as_os_str(), || {
            Arc::new(named::read(self.files(), &self.names(folder).all, folder))
        })
    }

    /// The autoscalers and limits of the folders around a folder, as `find` finds them.
    pub(super) fn around(&self, folder: &Path, find: impl FnOnce() -> Around) -> Around {
        once(&self.around, folder.as_os_str(), find)
    }

    /// The folders right below a folder, if they are not many.
    pub(super) fn folders(&self, folder: &Path) -> Arc<[PathBuf]> {
        Arc::clone(&self.names(folder).folders)
    }

    /// The account that owns the repository in a folder.
    pub(super) fn owner(&self, folder: &Path) -> Option<Arc<str>> {
        once(&self.owners, folder.as_os_str(), || {
            owner::read(self.files(), &self.names(folder).all, folder).map(Arc::from)
        })
    }

    fn names(&self, folder: &Path) -> Arc<Names> {
        once(&self.names, folder.as_os_str(), || {
            let entries = self.files.entries(folder, HELD);
            let is_open = entries.is_ok();
            let entries = entries.unwrap_or_default();
            let folders = entries
                .iter()
                .filter(|entry| entry.kind == EntryKind::Folder && entry.name != ".git")
                .map(|entry| folder.join(&entry.name));
            let mut folders: Vec<PathBuf> = folders.take(FOLDERS + 1).collect();
            if folders.len() > FOLDERS {
                folders.clear();
            }
            folders.sort_unstable();
            let mut all: Vec<String> = entries.into_iter().map(|entry| entry.name).collect();
            all.sort_unstable();
            Arc::new(Names {
                is_whole: is_open && all.len() < HELD,
                all,
                folders: folders.into(),
            })
        })
    }
}

/// The answer for a folder, given before or found now. Two threads may find it at once, and find the same.
fn once<K, Q, T>(known: &Mutex<FxHashMap<K, T>>, asked: &Q, find: impl FnOnce() -> T) -> T
where
    K: Borrow<Q> + Hash + Eq,
    Q: ToOwned<Owned = K> + Hash + Eq + ?Sized,
    T: Clone,
{
    let answer = known
        .lock()
        .ok()
        .and_then(|known| known.get(asked).cloned());
    answer.unwrap_or_else(|| {
        let answer = find();
        if let Ok(mut known) = known.lock() {
            known.insert(asked.to_owned(), answer.clone());
        }
        answer
    })
}

/// Whether one slip of the hand, or the case of letters, lies between two names.
fn is_slip(entry: &str, name: &str) -> bool {
    entry.eq_ignore_ascii_case(name)
        || ((5..100).contains(&name.len())
            && entry.len().abs_diff(name.len()) < 2
            && entry.len() > 4
            && strsim::damerau_levenshtein(entry, name) == 1)
}
