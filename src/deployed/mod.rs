//! What is deployed of the files of a run: charts and kustomizations are found and rendered, and each rendering is a text that
//! knows where its bytes were written.

pub mod blame;
pub mod chart;
pub mod kustomization;

mod chart_faults;
mod find;
mod helm_charts;
mod lines;
mod made;
mod mapped;
pub mod releases;
mod served;
pub mod status;
mod unlisted;
mod variant;
mod written;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Severity;
use crate::sources::SourceDb;
use crate::sources::source_map::SourceMap;
use crate::span::{FileId, FileSpan};

pub use find::{ChartFolder, Group, Roots, find, may_be_built, may_be_part, names_kustomization};
pub use helm_charts::LocalCharts;
pub use variant::Variant;

/// A text that was made of files.
#[derive(Clone, Debug)]
pub struct Rendering {
    /// Its documents.
    pub text: String,
    /// Where they come from; the numbers of files are those of [`Files`].
    pub map: Arc<SourceMap>,
}

/// A file that takes part in renderings.
#[derive(Clone, Debug)]
pub struct File {
    /// Relative to the working folder if it is below it, with `/`.
    pub path: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
}

/// The files of some renderings: places in these have the number of a file here, not in the run.
#[derive(Clone, Debug, Default)]
pub struct Files {
    all: Vec<File>,
}

impl File {
    /// Whether it is packed in an archive, so that nobody writes it here.
    pub fn is_packed(&self) -> bool {
        self.path.contains(".tgz/")
    }
}

impl Files {
    /// The file with that number.
    pub fn get(&self, id: FileId) -> Option<&File> {
        self.all.get(id.index())
    }

    /// All files, in the order of their numbers.
    pub fn all(&self) -> &[File] {
        &self.all
    }

    /// Gives a file its text if it has none yet.
    fn set_text(&mut self, id: FileId, text: impl FnOnce() -> Arc<str>) {
        if let Some(file) = self
            .all
            .get_mut(id.index())
            .filter(|file| file.text.is_empty())
        {
            file.text = text();
        }
    }

    /// Forgets the texts of all files but those with these numbers.
    pub fn keep(&mut self, wanted: &BTreeSet<FileId>) {
        for (number, file) in (0..).zip(&mut self.all) {
            if !wanted.contains(&FileId::new(number)) {
                file.text = Arc::default();
            }
        }
    }

    /// Adds a file and gives its number.
    fn add(&mut self, path: &str, text: &str) -> FileId {
        self.all.push(File {
            path: Arc::from(path),
            text: Arc::from(text),
        });
        FileId::new(u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX))
    }
}

/// What becomes of the charts and kustomizations that [`find`] finds, in the order of their folders.
pub fn statuses(
    db: &SourceDb,
    files: &[FileId],
    kustomizations: Option<&[FileId]>,
) -> Vec<status::Status> {
    let roots = find(db, files, kustomizations);
    if roots.is_empty() {
        return Vec::new();
    }
    let releases = releases::find(db, files, &roots.chart_paths());
    let none = BTreeSet::new();
    let charts = roots.charts.par_iter().map(|folder| {
        let named = releases.charts.get(&folder.path).unwrap_or(&none);
        chart::render(db, &folder.path, named, &mut |_, _, _| ()).status()
    });
    let mut found: Vec<status::Status> = charts.collect();
    for group in &roots.kustomizations {
        found.extend(kustomization::build(db, group, &releases, false).statuses());
    }
    found.sort();
    found
}

/// Something about the files of a chart or a kustomization themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule that reports it.
    pub rule: &'static str,
    /// Where; the number of the file is that of [`Files`].
    pub at: FileSpan,
    /// One line.
    pub message: String,
    /// What to call it: part of the fingerprint.
    pub name: String,
    /// Whether it keeps something from being built that is checked, so that it is reported wherever it is.
    pub is_asked: bool,
    /// How much it matters, if not as the rule says: what fails a build is an error.
    pub severity: Option<Severity>,
    /// What to do, if the rule's own help is not it.
    pub help: Option<Cow<'static, str>>,
}
