//! The stage of what is deployed: charts and kustomizations are rendered, the renderings judged, and what is found is placed in
//! the files that they were made of.

mod chart;
mod fault;
mod judge;
mod kustomization;
mod merge;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::deployed::{self, Files, releases};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::evaluate::suppress;
use crate::lint::analysis::FileAnalysis;
use crate::lint::{CheckedFile, Linter, Pass};
use crate::parse;
use crate::sources::{Kind, Source, SourceDb};
use crate::span::{FileId, FileSpan};

/// What the stage leaves for the others.
pub(super) struct Deployed {
    /// The files of the run and those of the renderings.
    db: SourceDb,
    /// Files that are judged as what is built of them.
    parts: FxHashSet<FileId>,
    /// Templates: they are no YAML, and nothing else is said of them.
    templates: FxHashSet<FileId>,
    diagnostics: Diagnostics,
    /// The texts of files that diagnostics point into.
    texts: BTreeMap<FileId, Arc<str>>,
    /// All files that were rendered.
    files: BTreeSet<FileId>,
}

/// What was found in the files of one chart, or of the kustomizations of one repository; places are in `files`.
struct Found {
    files: Files,
    diagnostics: Diagnostics,
    parts: Vec<Arc<str>>,
    templates: Vec<Arc<str>>,
    /// Whether the files count as judged.
    is_rendered: bool,
}

impl Linter<'_> {
    /// Renders and judges the charts and kustomizations among the files; `None` if there are none.
    pub(super) fn check_deployed(&self, db: &SourceDb, files: &[FileId]) -> Option<Deployed> {
        let roots = deployed::find(db, files);
        if roots.is_empty() {
            return None;
        }
        let pass = Pass::new(db, Vec::new(), &self.stages.file);
        let releases = releases::find(db, files);
        let charts = roots.charts.par_iter();
        let charts = charts.map(|folder| self.check_chart(&pass, folder, &releases));
        let mut found: Vec<Found> = charts.collect();
        for group in &roots.kustomizations {
            found.push(self.check_kustomizations(&pass, group, &releases));
        }
        let mut all = Deployed {
            db: db.clone(),
            parts: FxHashSet::default(),
            templates: FxHashSet::default(),
            diagnostics: Vec::new(),
            texts: BTreeMap::new(),
            files: BTreeSet::new(),
        };
        for found in found {
            all.add(found);
        }
        Some(all)
    }
}

impl Deployed {
    /// Of the files of the run those that are judged as they are written, and those that are judged as what is built of them.
    pub(super) fn divide(&self, files: &[FileId]) -> (Vec<FileId>, Vec<FileId>) {
        let files = files.iter().filter(|file| !self.templates.contains(*file));
        files.partition(|file| !self.parts.contains(*file))
    }

    /// Gives the files their numbers in the run, and the diagnostics their places in these.
    fn add(&mut self, found: Found) {
        let mut wanted: BTreeSet<FileId> = BTreeSet::new();
        for diagnostic in &found.diagnostics {
            visit(diagnostic, &mut |at| _ = wanted.insert(at.file));
        }
        let mut ids = Vec::with_capacity(found.files.all().len());
        for (number, file) in (0..).zip(found.files.all()) {
            let is_wanted = wanted.contains(&FileId::new(number));
            let id = if is_wanted || found.is_rendered && is_judged(&file.path) {
                self.db.add_path(&file.path)
            } else {
                self.db.known(&file.path).unwrap_or_default()
            };
            if is_wanted {
                self.texts
                    .entry(id)
                    .or_insert_with(|| Arc::clone(&file.text));
            }
            if found.is_rendered && is_judged(&file.path) {
                self.files.insert(id);
            }
            ids.push(id);
        }
        for mut diagnostic in found.diagnostics {
            change(&mut diagnostic, &|at| {
                at.file = ids.get(at.file.index()).copied().unwrap_or_default();
            });
            self.diagnostics.push(diagnostic);
        }
        let known = |paths: Vec<Arc<str>>, db: &SourceDb| -> Vec<FileId> {
            paths.iter().filter_map(|path| db.known(path)).collect()
        };
        self.parts.extend(known(found.parts, &self.db));
        self.templates.extend(known(found.templates, &self.db));
    }

    /// Adds what was found to the files of the run.
    pub(super) fn add_to(self, linter: &Linter, checked: &mut Vec<CheckedFile>) {
        let catalogue = linter.options.catalogue;
        for file in checked.iter_mut() {
            if self.parts.contains(&file.analysis.source.id()) {
                let is_native = |diagnostic: &Diagnostic| {
                    let rule = catalogue.rule(&diagnostic.rule);
                    rule.is_none_or(crate::rules::Rule::is_native)
                };
                file.diagnostics.retain(|diagnostic| is_native(diagnostic));
            }
        }
        let mut by_file: BTreeMap<FileId, usize> = BTreeMap::new();
        for (index, file) in checked.iter().enumerate() {
            by_file.insert(file.analysis.source.id(), index);
        }
        let files = self.texts.keys().chain(&self.files);
        for id in files.copied().collect::<BTreeSet<FileId>>() {
            if by_file.contains_key(&id) {
                continue;
            }
            let text = self.texts.get(&id).cloned();
            let path = self.db.path(id).cloned().unwrap_or_default();
            by_file.insert(id, checked.len());
            checked.push(written(id, path, text.as_deref().unwrap_or_default()));
        }
        for diagnostic in self.diagnostics {
            if let Some(index) = by_file.get(&diagnostic.primary.file) {
                checked[*index].diagnostics.push(diagnostic);
            }
        }
    }
}

/// Whether a file of a rendering counts as judged, and not as one that is only looked at.
fn is_judged(path: &str) -> bool {
    [".yaml", ".yml", ".json", ".tpl"]
        .iter()
        .any(|ending| path.ends_with(ending))
}

/// A file that is part of a rendering and not read otherwise.
fn written(id: FileId, path: Arc<str>, text: &str) -> CheckedFile {
    let is_template = path.contains("templates/");
    let source = Source::new(id, path, Kind::Kubernetes, text);
    let suppressions = if !text.contains("hullmark:") {
        Vec::new()
    } else if is_template {
        suppress::find_in_template(&source)
    } else {
        suppress::find(&source, &parse::parse(&source))
    };
    CheckedFile {
        suppressions,
        diagnostics: Vec::new(),
        is_in_project: false,
        analysis: Arc::new(FileAnalysis::of_text(Arc::new(source))),
    }
}

/// Shows all places of a diagnostic.
fn visit(diagnostic: &Diagnostic, look: &mut dyn FnMut(FileSpan)) {
    look(diagnostic.primary);
    diagnostic.related.iter().for_each(|label| look(label.at));
    if let Some(part) = &diagnostic.part {
        look(part.subject);
    }
    if let Some(suppressed) = &diagnostic.suppressed {
        look(suppressed.at);
    }
}

/// Changes all places of a diagnostic.
fn change(diagnostic: &mut Diagnostic, change: &dyn Fn(&mut FileSpan)) {
    change(&mut diagnostic.primary);
    for label in &mut diagnostic.related {
        change(&mut label.at);
    }
    if let Some(part) = &mut diagnostic.part {
        change(&mut part.subject);
    }
    if let Some(suppressed) = &mut diagnostic.suppressed {
        change(&mut suppressed.at);
    }
}
