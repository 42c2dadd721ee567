//! Where the files of a run belong: the folder that holds all of them, the root of its repository, and the configuration that holds there.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::regular;

/// The names under which a configuration is found, in the order in which they are tried in a folder.
pub const NAMES: [&str; 6] = [
    "hullmark.yml",
    "hullmark.yaml",
    ".hullmark.yml",
    ".hullmark.yaml",
    ".github/hullmark.yml",
    ".github/hullmark.yaml",
];

/// Where the files of a run belong. All paths are absolute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// The nearest folder that holds all files.
    pub folder: PathBuf,
    /// The root of the repository that holds all files.
    pub repository: Option<PathBuf>,
    /// The configuration: the nearest one, from what is checked upwards to the root of the repository.
    pub config: Option<PathBuf>,
    /// The configurations that hold for some of the files, or lie beside the one that is used, and are not used.
    pub unused: Vec<PathBuf>,
}

/// Finds the project of what is checked: `paths` are files and folders as somebody names them from the absolute folder `working`, which
/// is meant if there are none.
///
/// One configuration holds for a run. If the nearest ones of several paths differ, it is the one of the folder that holds all paths.
pub fn find(working: &Path, paths: &[PathBuf]) -> Project {
    let named = paths.iter().map(|path| folder_of(&plain(working, path)));
    let mut folders: Vec<PathBuf> = named.collect();
    if folders.is_empty() {
        folders.push(working.to_owned());
    }
    folders.sort();
    folders.dedup();
    let common = common(&folders);
    let mut search = Search::default();
    let nearest = folders.iter().map(|folder| search.nearest(folder, working));
    let mut found: Vec<Vec<PathBuf>> = nearest.collect();
    found.sort();
    found.dedup();
    let chosen = match &found[..] {
        [one] => one.clone(),
        _ => search.nearest(&common, working),
    };
    let config = chosen.first().cloned();
    let mut unused: Vec<PathBuf> = found.into_iter().flatten().chain(chosen).collect();
    unused.retain(|file| Some(file) != config.as_ref());
    unused.sort();
    unused.dedup();
    Project {
        repository: search.repository(&common),
        folder: common,
        config,
        unused,
    }
}

impl Project {
    /// The same with another configuration, or none.
    #[must_use]
    pub fn with_config(self, config: Option<PathBuf>) -> Self {
        Self {
            config,
            unused: Vec::new(),
            ..self
        }
    }

    /// The same with the configuration that takes the place of a nearer one.
    pub(super) fn bound_by(mut self, binding: PathBuf) -> Self {
        if self.config.as_ref() != Some(&binding) {
            self.unused.retain(|file| *file != binding);
            self.unused.extend(self.config.replace(binding));
            self.unused.sort();
        }
        self
    }

    /// The root of the repository, or else the folder of the configuration, if it holds all files: paths and fingerprints count from it.
    pub fn root(&self) -> Option<&Path> {
        let of_config = || {
            let folder = folder(self.config.as_deref()?);
            self.folder.starts_with(folder).then_some(folder)
        };
        self.repository.as_deref().or_else(of_config)
    }
}

/// The folder from which the paths in a configuration count: its own, or for one in `.github/` the folder above, where its user sees
/// them.
pub fn folder(config: &Path) -> &Path {
    let own = config.parent().unwrap_or(config);
    match own.parent() {
        Some(above) if own.ends_with(".github") => above,
        _ => own,
    }
}

/// The configurations in the folder of one and in those above it up to the root of the repository, the outermost first; none but itself without a
/// repository.
pub(super) fn all_above(config: &Path, repository: Option<&Path>) -> Vec<PathBuf> {
    let own = folder(config);
    let top = repository.unwrap_or(own);
    let folders = own.ancestors().take_while(|above| above.starts_with(top));
    let mut search = Search::default();
    let mut found: Vec<Vec<PathBuf>> = folders.map(|folder| search.configs(folder)).collect();
    found.reverse();
    found.into_iter().flatten().collect()
}

/// A search upwards from many folders, which asks the disk once for each. Folders are known by their texts: to compare or hash a path takes it apart.
#[derive(Default)]
struct Search {
    /// Whether a folder is the root of a repository.
    repositories: HashMap<OsString, bool>,
    /// The configurations in a folder.
    configs: HashMap<OsString, Vec<PathBuf>>,
}

impl Search {
    /// The configurations of the nearest folder that has any, upwards to the root of the repository; the first one counts. Without a repository the
    /// search ends at the working folder, or at the folder itself: what lies above may be anybody's.
    fn nearest(&mut self, folder: &Path, working: &Path) -> Vec<PathBuf> {
        let is_below = folder.starts_with(working);
        let otherwise = if is_below { working } else { folder };
        let top = self.repository(folder);
        let top = top.unwrap_or_else(|| otherwise.to_owned());
        for folder in folder
            .ancestors()
            .take_while(|above| above.starts_with(&top))
        {
            let found = self.configs(folder);
            if !found.is_empty() || self.is_repository(folder) {
                return found;
            }
        }
        Vec::new()
    }

    /// The nearest folder from `folder` upwards that holds `.git`.
    fn repository(&mut self, folder: &Path) -> Option<PathBuf> {
        let mut folders = folder.ancestors();
        let found = folders.find(|folder| self.is_repository(folder));
        found.map(Path::to_owned)
    }

    fn is_repository(&mut self, folder: &Path) -> bool {
        if let Some(is) = self.repositories.get(folder.as_os_str()) {
            return *is;
        }
        let is = folder.join(".git").exists();
        self.repositories.insert(folder.as_os_str().to_owned(), is);
        is
    }

    fn configs(&mut self, folder: &Path) -> Vec<PathBuf> {
        if let Some(files) = self.configs.get(folder.as_os_str()) {
            return files.clone();
        }
        let files = NAMES.iter().map(|name| folder.join(name));
        let files: Vec<PathBuf> = files.filter(|file| file.is_file()).collect();
        self.configs
            .insert(folder.as_os_str().to_owned(), files.clone());
        files
    }
}

/// A folder itself, or the folder of a file, be there such a file or not.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !path.is_dir() => parent.to_owned(),
        _ => path.to_owned(),
    }
}

/// The absolute path without `.` and `..`.
pub fn plain(working: &Path, path: &Path) -> PathBuf {
    regular::normal(&working.join(path))
}

/// The nearest folder that holds all of the sorted `folders`.
fn common(folders: &[PathBuf]) -> PathBuf {
    let mut common = folders.first().cloned().unwrap_or_default();
    while !folders.iter().all(|folder| folder.starts_with(&common)) && common.pop() {}
    common
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A tree with empty files, and the project of `paths` seen from the folder `working`, its paths relative to the tree.
    fn project(files: &[&str], working: &str, paths: &[&str]) -> (String, String, Vec<String>) {
        let tree = tempfile::tempdir().unwrap();
        for file in files {
            let file = tree.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let found = find(&tree.path().join(working), &paths);
        let shown = |path: &Path| {
            let below = path.strip_prefix(tree.path()).unwrap();
            below.to_string_lossy().into_owned()
        };
        let or_none =
            |path: Option<PathBuf>| path.map_or_else(|| "none".to_owned(), |path| shown(&path));
        let unused = found.unused.iter().map(|path| shown(path)).collect();
        let root = found.root().map(Path::to_owned);
        (or_none(root), or_none(found.config), unused)
    }

    fn found(root: &str, config: &str, unused: &[&str]) -> (String, String, Vec<String>) {
        let unused = unused.iter().map(|path| (*path).to_owned()).collect();
        (root.to_owned(), config.to_owned(), unused)
    }

    #[test]
    fn a_configuration_is_found_from_what_is_checked() {
        let files = [
            "r/.git/x",
            "r/hullmark.yaml",
            "r/a/b/pod.yaml",
            "r/c/.github/hullmark.yml",
        ];
        let root = found("r", "r/hullmark.yaml", &[]);
        for (working, paths) in [
            ("", &["r"][..]),
            ("", &["r/a/b/pod.yaml"]),
            ("", &["r/a/none.yaml", "./r/a/b/../b"]),
            ("r/c", &["../a"]),
            ("r/a", &[]),
        ] {
            assert_eq!(project(&files, working, paths), root, "{working} {paths:?}");
        }
        let nested = found("r", "r/c/.github/hullmark.yml", &[]);
        assert_eq!(project(&files, "r", &["c"]), nested);
        let both = found("r", "r/hullmark.yaml", &["r/c/.github/hullmark.yml"]);
        assert_eq!(project(&files, "r", &["c", "a"]), both);
    }

    #[test]
    fn a_search_ends_at_the_root_of_the_repository() {
        let files = ["hullmark.yml", "r/.git/x", "s/.git/x", "s/.hullmark.yml"];
        assert_eq!(project(&files, "", &["r"]), found("r", "none", &[]));
        let unused = found("", "hullmark.yml", &["s/.hullmark.yml"]);
        assert_eq!(project(&files, "", &["r", "s"]), unused);
    }

    #[test]
    fn of_several_in_one_folder_the_first_is_used() {
        let files = ["r/hullmark.yml", "r/hullmark.yaml", "r/.hullmark.yml"];
        let unused = ["r/.hullmark.yml", "r/hullmark.yaml"];
        assert_eq!(
            project(&files, "r", &[]),
            found("r", "r/hullmark.yml", &unused)
        );
    }
}
