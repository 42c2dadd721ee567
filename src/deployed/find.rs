//! Finds charts and kustomizations among the files of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::sources::SourceDb;
use crate::span::FileId;

/// Names of kustomization files.
const KUSTOMIZATIONS: &[&str] = &["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// The folders of charts and kustomizations, absolute.
#[derive(Debug, Default)]
pub struct Roots {
    /// The charts that are not in `charts/` of another one, by their folders.
    pub charts: Vec<ChartFolder>,
    /// The folders with a kustomization, by the repository that they are in.
    pub kustomizations: Vec<Group>,
}

/// The folder of a chart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChartFolder {
    /// Absolute.
    pub path: PathBuf,
    /// Whether the chart is checked, not only files that are part of it.
    pub is_asked: bool,
}

/// The folders of a repository that hold a kustomization.
#[derive(Debug, Default)]
pub struct Group {
    /// The repository, or the working folder if there is none.
    pub repository: PathBuf,
    /// All folders, sorted.
    pub folders: BTreeSet<PathBuf>,
    /// Those of `folders` that are checked, not only files that are part of them.
    pub asked: BTreeSet<PathBuf>,
    /// Those of `folders` that files of the run may be part of: they lie in them or below.
    pub around: BTreeSet<PathBuf>,
}

impl Roots {
    /// Whether nothing is to be rendered.
    pub fn is_empty(&self) -> bool {
        self.charts.is_empty() && self.kustomizations.is_empty()
    }

    /// The folders of the charts.
    pub fn chart_paths(&self) -> Vec<&Path> {
        let charts = self.charts.iter();
        charts.map(|chart| chart.path.as_path()).collect()
    }
}

/// Finds them by the names of the files of a run. Where the rest of the project is known, there are `kustomizations` of it, and
/// charts and kustomizations that the files are part of are found too.
pub fn find(db: &SourceDb, files: &[FileId], kustomizations: Option<&[FileId]>) -> Roots {
    let mut charts: BTreeMap<PathBuf, bool> = BTreeMap::new();
    let mut groups: BTreeMap<PathBuf, Group> = BTreeMap::new();
    for file in files {
        let Some(name) = db.path(*file).map(|path| file_name(path)) else {
            continue;
        };
        let is_chart = name == "Chart.yaml";
        if !is_chart && !KUSTOMIZATIONS.contains(&name) {
            continue;
        }
        let Some(folder) = db.full(*file).and_then(Path::parent) else {
            continue;
        };
        // A file that is named alone does not stand for all that it is part of.
        let is_asked = kustomizations.is_none() || !db.is_named(*file);
        if is_chart {
            *charts.entry(folder.to_owned()).or_default() |= is_asked;
        } else {
            let group = groups.entry(db.repository(folder)).or_default();
            group.folders.insert(folder.to_owned());
            if is_asked {
                group.asked.insert(folder.to_owned());
            }
        }
    }
    charts.retain(|folder, _| outer(folder).is_none());
    if let Some(kustomizations) = kustomizations {
        for folder in above(db, files) {
            if folder.join("Chart.yaml").is_file() {
                charts.entry(outermost(&folder)).or_default();
            }
            if is_kustomization(&folder) {
                let group = groups.entry(db.repository(&folder)).or_default();
                group.folders.insert(folder.clone());
                group.around.insert(folder);
            }
        }
        let others = kustomizations.iter().filter_map(|file| db.full(*file));
        for folder in others.filter_map(Path::parent) {
            if let Some(group) = groups.get_mut(&db.repository(folder)) {
                group.folders.insert(folder.to_owned());
            }
        }
    }
    let charts = charts.into_iter();
    let charts = charts.map(|(path, is_asked)| ChartFolder { path, is_asked });
    let groups = groups.into_iter().map(|(repository, group)| Group {
        repository,
        ..group
    });
    Roots {
        charts: charts.collect(),
        kustomizations: groups.collect(),
    }
}

/// Whether some of the files may be part of a kustomization, so that others of the project may build on it.
pub fn may_be_built(db: &SourceDb, files: &[FileId]) -> bool {
    above(db, files)
        .iter()
        .any(|folder| is_kustomization(folder))
}

/// Whether some of the files may be part of a chart or a kustomization.
pub fn may_be_part(db: &SourceDb, files: &[FileId]) -> bool {
    let mut folders = above(db, files).into_iter();
    folders.any(|folder| folder.join("Chart.yaml").is_file() || is_kustomization(&folder))
}

/// Whether a path is that of a kustomization by its name.
pub fn names_kustomization(path: &str) -> bool {
    KUSTOMIZATIONS.contains(&file_name(path))
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

fn is_kustomization(folder: &Path) -> bool {
    let mut names = KUSTOMIZATIONS.iter();
    names.any(|name| folder.join(name).is_file())
}

/// The folders that the files are in or below, each up to its repository.
fn above(db: &SourceDb, files: &[FileId]) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for file in files {
        let Some(folder) = db.full(*file).and_then(Path::parent) else {
            continue;
        };
        if found.contains(folder) {
            continue;
        }
        let top = db.repository(folder);
        for folder in folder.ancestors() {
            if !folder.starts_with(&top) || !found.insert(folder.to_owned()) {
                break;
            }
        }
    }
    found
}

/// The folder of the chart that has this one in `charts/`, and with which it is rendered.
fn outer(folder: &Path) -> Option<&Path> {
    let around = folder.parent().filter(|around| around.ends_with("charts"));
    let outer = around.and_then(Path::parent);
    outer.filter(|outer| outer.join("Chart.yaml").is_file())
}

fn outermost(folder: &Path) -> PathBuf {
    let mut folder = folder;
    while let Some(around) = outer(folder) {
        folder = around;
    }
    folder.to_owned()
}
