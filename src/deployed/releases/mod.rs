//! What other files of the repository say of how its charts and kustomizations are deployed: Argo CD's `Application`, Flux'
//! `HelmRelease` and `Kustomization`, helmfile, Skaffold, Terraform and commands of Helm's.

mod around;
mod commands;
mod documents;
mod search;
mod terraform;

pub use around::LARGEST_VALUES;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use memchr::memmem;
use serde::Deserialize as _;
use serde_yaml::Value;

use crate::deployed::releases::around::{Around, with_words};
use crate::regular;
use crate::render::helm::chart::masked::mask;
use crate::render::helm::render::Known;
use crate::render::kustomize::released::Deployer;
use crate::sources::SourceDb;
use crate::span::FileId;

/// How large a file may be that is looked into, and how many documents of it are.
const LARGEST: u64 = 256 << 10;
const DOCUMENTS: usize = 64;

/// What is deployed, and with what. Paths are absolute.
#[derive(Debug, Default)]
pub struct Releases {
    /// The releases of charts by their folders.
    pub charts: BTreeMap<PathBuf, BTreeSet<Release>>,
    /// The folders that are deployed as they are, whatever else builds on them.
    pub folders: BTreeSet<PathBuf>,
    /// What deploys kustomizations and adds something to them, by their folders; paths of files are absolute.
    pub deployers: BTreeMap<PathBuf, BTreeSet<Deployer>>,
}

/// A release of a chart of the repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    /// The values that it gives, each over those before.
    pub values: Vec<Given>,
    /// Its name, if that is written out.
    pub name: Option<String>,
    /// Its namespace, if that is written out.
    pub namespace: Option<String>,
    /// Whether it has values that are not known, so that each of the chart's own may be another one.
    pub is_open: bool,
    /// Whether this is how the chart is deployed, and not only tried.
    pub is_lasting: bool,
}

/// Values that a release gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// The file that has them.
    pub file: PathBuf,
    /// What they are, if that is only part of the file.
    pub text: Option<String>,
    /// How much of them is known.
    pub known: Known,
}

/// What is named in the files of a run, and in those around `charts` that no run has: templates of helmfile's, scripts, and Terraform's.
pub fn find(db: &SourceDb, files: &[FileId], charts: &[&Path]) -> Releases {
    let mut found = Releases::default();
    for file in files {
        if let Some(path) = db.full(*file).filter(|path| is_yaml(path)) {
            read(db, path, &mut found);
        }
    }
    let tops: BTreeSet<PathBuf> = charts.iter().map(|chart| db.repository(chart)).collect();
    for top in &tops {
        for path in search::files(top) {
            read(db, &path, &mut found);
        }
    }
    found
}

/// Adds what one file says.
fn read(db: &SourceDb, path: &Path, found: &mut Releases) {
    let is_small = path
        .metadata()
        .is_ok_and(|file| file.is_file() && file.len() <= LARGEST);
    let Some(text) = is_small
        .then(|| regular::read_text(path, LARGEST).ok())
        .flatten()
    else {
        return;
    };
    let has = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    let folder = path.parent().unwrap_or(path);
    let around = || Around {
        file: path.to_owned(),
        own: folder.to_owned(),
        top: db.repository(folder),
    };
    let ending = path.extension().and_then(|ending| ending.to_str());
    if ending == Some("tf") {
        if has("helm_release") {
            found.add(terraform::read(&text, &around()), around().is_tried());
        }
        return;
    }
    if has("helm upgrade ") {
        found.add(commands::read(&text, &around()), around().is_tried());
    }
    let names_folder = has("argoproj.io") || has("kustomize.toolkit.fluxcd.io");
    let names_chart = has("helm.toolkit.fluxcd.io") && has("chart:");
    if !(names_folder || names_chart || has("valuesFiles") || has("releases:")) {
        return;
    }
    let around = around();
    // An action is where it may be: in helmfile's files, and in others between quotes alone.
    let text = if ending == Some("gotmpl") || has("releases:") && has("{{") {
        mask(&with_words(&text)).text
    } else {
        text
    };
    let documents = serde_yaml::Deserializer::from_str(&text).take(DOCUMENTS);
    for document in documents.map_while(|document| Value::deserialize(document).ok()) {
        let mut document = document;
        let _ = document.apply_merge();
        found.add(documents::read(&document, &around), around.is_tried());
        for (folder, deployer) in documents::deployers(&document, &around) {
            found.deployers.entry(folder).or_default().insert(deployer);
        }
    }
}

impl Releases {
    fn add(&mut self, named: Vec<(PathBuf, Option<Release>)>, is_tried: bool) {
        for (folder, release) in named {
            if let Some(mut release) = release {
                release.is_lasting &= !is_tried;
                release.is_open &= !is_tried;
                let releases = self.charts.entry(folder.clone()).or_default();
                releases.insert(release);
            }
            self.folders.insert(folder);
        }
    }
}

fn is_yaml(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("yaml" | "yml"))
}
