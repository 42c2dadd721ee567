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
    /// The folders of charts that are not in `charts/` of another one, sorted.
    pub charts: Vec<PathBuf>,
    /// The folders with a kustomization, by the repository that they are in.
    pub kustomizations: Vec<Group>,
}

/// The folders of a repository that hold a kustomization.
#[derive(Debug)]
pub struct Group {
    /// The repository, or the working folder if there is none.
    pub repository: PathBuf,
    /// The folders, sorted.
    pub folders: Vec<PathBuf>,
}

impl Roots {
    /// Whether nothing is to be rendered.
    pub fn is_empty(&self) -> bool {
        self.charts.is_empty() && self.kustomizations.is_empty()
    }
}

/// Finds them by the names of the files.
pub fn find(db: &SourceDb, files: &[FileId]) -> Roots {
    let mut charts = BTreeSet::new();
    let mut groups: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
    for file in files {
        let Some(path) = db.path(*file) else {
            continue;
        };
        let name = path.rsplit('/').next().unwrap_or_default();
        let is_chart = name == "Chart.yaml";
        if !is_chart && !KUSTOMIZATIONS.contains(&name) {
            continue;
        }
        let Some(folder) = db.full(*file).and_then(Path::parent) else {
            continue;
        };
        if is_chart {
            charts.insert(folder.to_owned());
        } else {
            let repository = db.repository(folder);
            let folders = groups.entry(repository).or_default();
            folders.insert(folder.to_owned());
        }
    }
    charts.retain(|folder| !is_subchart(folder));
    let groups = groups.into_iter().map(|(repository, folders)| Group {
        repository,
        folders: folders.into_iter().collect(),
    });
    Roots {
        charts: charts.into_iter().collect(),
        kustomizations: groups.collect(),
    }
}

/// Whether a chart lies in `charts/` of another one, with which it is rendered.
fn is_subchart(folder: &Path) -> bool {
    let around = folder.parent().filter(|around| around.ends_with("charts"));
    let outer = around.and_then(Path::parent);
    outer.is_some_and(|outer| outer.join("Chart.yaml").is_file())
}
