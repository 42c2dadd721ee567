//! What other files of the repository say of how its charts and kustomizations are deployed: Argo CD's `Application`, Flux'
//! `HelmRelease` and `Kustomization`, helmfile and Skaffold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Component, Path, PathBuf};

use memchr::memmem;
use serde::Deserialize as _;
use serde_yaml::Value;

use crate::regular;
use crate::sources::SourceDb;
use crate::span::FileId;

/// How large a file may be that is looked into, and how many documents of it are.
const LARGEST: u64 = 256 << 10;
const DOCUMENTS: usize = 64;

/// How large a file of values may be.
const LARGEST_VALUES: u64 = 5 << 20;

/// What is deployed, and with what. Paths are absolute.
#[derive(Debug, Default)]
pub struct Releases {
    /// The lists of files of values by the folders of charts.
    pub values: BTreeMap<PathBuf, BTreeSet<Vec<PathBuf>>>,
    /// The folders that are deployed as they are, whatever else builds on them.
    pub folders: BTreeSet<PathBuf>,
}

/// What is named in the files of a run.
pub fn find(db: &SourceDb, files: &[FileId]) -> Releases {
    let mut found = Releases::default();
    for file in files {
        let Some(path) = db.full(*file).filter(|path| is_yaml(path)) else {
            continue;
        };
        let is_small = path
            .metadata()
            .is_ok_and(|file| file.is_file() && file.len() <= LARGEST);
        let Some(text) = is_small
            .then(|| regular::read_text(path, LARGEST).ok())
            .flatten()
        else {
            continue;
        };
        let has = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
        let names_folder = has("argoproj.io") || has("kustomize.toolkit.fluxcd.io");
        if !(names_folder || has("valuesFiles") || has("releases:")) {
            continue;
        }
        let around = Around {
            own: path.parent().unwrap_or(path).to_owned(),
            top: db.repository(path.parent().unwrap_or(path)),
        };
        let documents = serde_yaml::Deserializer::from_str(&text).take(DOCUMENTS);
        for document in documents.map_while(|document| Value::deserialize(document).ok()) {
            for (folder, values) in around.read(&document) {
                let values: Vec<PathBuf> = values
                    .into_iter()
                    .filter(|path| is_of_values(path, &around.top))
                    .collect();
                if !values.is_empty() {
                    let lists = found.values.entry(folder.clone()).or_default();
                    lists.insert(values);
                }
                found.folders.insert(folder);
            }
        }
    }
    found
}

/// Whether a path is a file of the repository, links followed, that is small enough to be one of values.
fn is_of_values(path: &Path, top: &Path) -> bool {
    let is_small = |file: Metadata| file.is_file() && file.len() <= LARGEST_VALUES;
    regular::is_inside(path, top) && path.metadata().is_ok_and(is_small)
}

fn is_yaml(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("yaml" | "yml"))
}

/// The folders that paths of a file may be relative to.
struct Around {
    own: PathBuf,
    top: PathBuf,
}

impl Around {
    /// Folders that a document deploys, and for charts the files of values that it names.
    fn read(&self, document: &Value) -> Vec<(PathBuf, Vec<PathBuf>)> {
        let kind = document.get("kind").and_then(Value::as_str);
        let spec = document.get("spec");
        let list = |value: Option<&Value>| {
            value
                .and_then(Value::as_sequence)
                .cloned()
                .unwrap_or_default()
        };
        let mut found = Vec::new();
        match kind {
            Some("Application" | "ApplicationSet") => {
                let template = spec.and_then(|spec| spec.get("template")?.get("spec"));
                let spec = template.or(spec);
                let one = spec.and_then(|spec| spec.get("source")).cloned();
                let many = list(spec.and_then(|spec| spec.get("sources")));
                for source in one.into_iter().chain(many) {
                    let Some(path) = source.get("path").and_then(Value::as_str) else {
                        continue;
                    };
                    let chart = normal(&self.top.join(path));
                    let files = source.get("helm").and_then(|helm| helm.get("valueFiles"));
                    let files = self.files(&list(files), &chart);
                    found.push((chart, files));
                }
            }
            Some("Kustomization") => {
                let path = spec.and_then(|spec| spec.get("path")?.as_str());
                found.extend(path.map(|path| (normal(&self.top.join(path)), Vec::new())));
            }
            Some("HelmRelease") => {
                let chart = spec.and_then(|spec| spec.get("chart")?.get("spec"));
                let path = chart.and_then(|chart| chart.get("chart")?.as_str());
                if let Some(path) = path {
                    let files = chart.and_then(|chart| chart.get("valuesFiles"));
                    let files = self.files(&list(files), &self.top);
                    found.push((normal(&self.top.join(path)), files));
                }
            }
            _ => {
                let deploy = document.get("deploy").or_else(|| document.get("manifests"));
                let helm = deploy
                    .and_then(|deploy| deploy.get("helm"))
                    .unwrap_or(document);
                for release in list(helm.get("releases")) {
                    let chart = release.get("chartPath").or_else(|| release.get("chart"));
                    let Some(path) = chart.and_then(Value::as_str) else {
                        continue;
                    };
                    let files = release.get("valuesFiles").or_else(|| release.get("values"));
                    let files = self.files(&list(files), &self.own);
                    found.push((normal(&self.own.join(path)), files));
                }
            }
        }
        found
    }

    /// Paths of files of values, which begin at the folder `from` or, after a slash, at the top of the repository.
    fn files(&self, listed: &[Value], from: &Path) -> Vec<PathBuf> {
        let paths = listed.iter().filter_map(Value::as_str);
        let paths = paths.filter(|path| !path.contains(['$', '{']) && !path.contains("://"));
        let paths = paths.map(|path| match path.strip_prefix('/') {
            Some(below) => normal(&self.top.join(below)),
            None => normal(&from.join(path)),
        });
        paths.filter(|path| path.starts_with(&self.top)).collect()
    }
}

/// The path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut found = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = found.pop(),
            part => found.push(part),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(PathBuf, Vec<PathBuf>)> {
        let around = Around {
            own: "/r/apps".into(),
            top: "/r".into(),
        };
        around.read(&serde_yaml::from_str(text).unwrap())
    }

    #[test]
    fn a_path_of_flux_is_a_folder() {
        let found = read("kind: Kustomization\nspec: {path: ./clusters/prod}");
        assert_eq!(found, [(PathBuf::from("/r/clusters/prod"), Vec::new())]);
    }

    #[test]
    fn each_program_names_files_in_its_own_way() {
        let chart = PathBuf::from("/r/charts/web");
        for (text, file) in [
            (
                "kind: Application\nspec: {source: {path: charts/web, helm: {valueFiles: [../../env/prod.yaml]}}}",
                "/r/env/prod.yaml",
            ),
            (
                "kind: Application\nspec: {sources: [{path: charts/web, helm: {valueFiles: [/env/a.yaml, $values/b.yaml]}}]}",
                "/r/env/a.yaml",
            ),
            (
                "kind: HelmRelease\nspec: {chart: {spec: {chart: ./charts/web, valuesFiles: [env/eu.yaml]}}}",
                "/r/env/eu.yaml",
            ),
            (
                "releases: [{name: web, chart: ../charts/web, values: [prod.yaml, {a: 1}]}]",
                "/r/apps/prod.yaml",
            ),
            (
                "deploy: {helm: {releases: [{chartPath: ../charts/web, valuesFiles: [../../x.yaml, dev.yaml]}]}}",
                "/r/apps/dev.yaml",
            ),
        ] {
            assert_eq!(
                read(text),
                [(chart.clone(), vec![PathBuf::from(file)])],
                "{text}"
            );
        }
    }
}
