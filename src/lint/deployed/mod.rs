//! The stage of what is deployed: charts and kustomizations are rendered, the renderings judged, and what is found is placed in
//! the files that they were made of.

mod align;
mod chart;
mod conditions;
mod dumped;
mod fault;
mod judge;
mod kustomization;
mod merge;
mod open;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::deployed::chart::is_judged_file;
use crate::deployed::status::{State, Status};
use crate::deployed::{self, Files, releases};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::evaluate::suppress;
use crate::lint::analysis::FileAnalysis;
use crate::lint::project::Around;
use crate::lint::{CheckedFile, Linter, Pass, Sources};
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
    /// The files of the run.
    run: FxHashSet<FileId>,
    /// What is not rendered.
    refused: Vec<Status>,
}

/// What was found in the files of one chart, or of the kustomizations of one repository; places are in `files`.
struct Found {
    files: Files,
    /// What is reported wherever it is.
    diagnostics: Diagnostics,
    /// What is reported in files of the run alone.
    only_in_run: Diagnostics,
    /// Whether the chart is checked, not only files that are part of it.
    is_asked: bool,
    parts: Vec<Arc<str>>,
    templates: Vec<Arc<str>>,
    /// Whether the files count as judged.
    is_rendered: bool,
    /// What is not rendered.
    refused: Vec<Status>,
}

impl Linter<'_> {
    /// Renders and judges the charts and kustomizations among the files, and those that the files are part of if others are
    /// `around` them; `None` if there are none.
    pub(super) fn check_deployed(
        &self,
        db: &SourceDb,
        files: &[FileId],
        around: Option<&Around>,
    ) -> Option<Deployed> {
        let others = around.map(|around| around.kustomizations.as_slice());
        let roots = deployed::find(db, files, others);
        if roots.is_empty() {
            return None;
        }
        let pass = Pass::new(db, Vec::new(), &self.stages.file);
        let mut all: Vec<FileId> = files.to_vec();
        all.extend(around.into_iter().flat_map(|around| &around.context));
        let releases = releases::find(db, &all, &roots.chart_paths());
        let charts = roots.charts.par_iter();
        let charts =
            charts.map(|folder| self.check_chart(&pass, folder, &releases).without_texts());
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
            run: files.iter().copied().collect(),
            refused: Vec::new(),
        };
        for found in found {
            all.add(found);
        }
        Some(all)
    }
}

impl Found {
    /// Forgets what nothing points into.
    fn without_texts(mut self) -> Self {
        let mut wanted: BTreeSet<FileId> = BTreeSet::new();
        for diagnostic in self.diagnostics.iter().chain(&self.only_in_run) {
            visit(diagnostic, &mut |at| _ = wanted.insert(at.file));
        }
        self.files.keep(&wanted);
        self
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
        self.refused.extend(found.refused);
        let files = found.files.all();
        let known: Vec<Option<FileId>> = files
            .iter()
            .map(|file| self.db.known(&self.db.shown(Path::new(&*file.path))))
            .collect();
        let mut diagnostics = found.diagnostics;
        let in_run = found.only_in_run.into_iter().filter(|diagnostic| {
            let id = known.get(diagnostic.primary.file.index());
            id.is_some_and(|id| id.is_some_and(|id| self.run.contains(&id)))
        });
        diagnostics.extend(in_run);
        let mut wanted: BTreeSet<FileId> = BTreeSet::new();
        for diagnostic in &diagnostics {
            visit(diagnostic, &mut |at| _ = wanted.insert(at.file));
        }
        let mut ids = Vec::with_capacity(files.len());
        for (number, file) in (0..).zip(files) {
            let is_wanted = wanted.contains(&FileId::new(number));
            let known = known.get(number as usize).copied().flatten();
            let is_in_run = known.is_some_and(|id| self.run.contains(&id));
            let counts = found.is_rendered
                && (found.is_asked || is_in_run)
                && is_judged_file(&file.path)
                && !file.is_packed();
            let id = if is_wanted || counts {
                known.unwrap_or_else(|| self.db.add_path(&file.path))
            } else {
                known.unwrap_or_default()
            };
            if is_wanted {
                self.texts
                    .entry(id)
                    .or_insert_with(|| Arc::clone(&file.text));
            }
            if counts {
                self.files.insert(id);
            }
            ids.push(id);
        }
        // A chart may be rendered for itself, and as the dependency of another one.
        let before = self.diagnostics.iter().enumerate();
        let before = before.map(|(index, known)| ((known.primary, known.rule.clone()), index));
        let before: FxHashMap<(FileSpan, Arc<str>), usize> = before.collect();
        for mut diagnostic in diagnostics {
            change(&mut diagnostic, &|at| {
                at.file = ids.get(at.file.index()).copied().unwrap_or_default();
            });
            let key = (diagnostic.primary, diagnostic.rule.clone());
            match before
                .get(&key)
                .and_then(|index| self.diagnostics.get_mut(*index))
            {
                None => self.diagnostics.push(diagnostic),
                Some(known) if says_more(&diagnostic, known) => *known = diagnostic,
                Some(_) => {}
            }
        }
        let known = |paths: Vec<Arc<str>>, db: &SourceDb| -> Vec<FileId> {
            let known = paths.iter();
            let known = known.filter_map(|path| db.known(&db.shown(Path::new(&**path))));
            known.collect()
        };
        self.parts.extend(known(found.parts, &self.db));
        self.templates.extend(known(found.templates, &self.db));
    }

    /// Adds what was found to the files of the run, and gives the texts that it points into.
    pub(super) fn add_to(
        self,
        linter: &Linter,
        checked: &mut Vec<CheckedFile>,
    ) -> (Sources, Vec<Status>) {
        let catalogue = linter.options.catalogue;
        for file in checked.iter_mut() {
            if self.parts.contains(&file.analysis.source.id()) {
                let is_native = |diagnostic: &Diagnostic| {
                    let rule = catalogue.rule(&diagnostic.rule);
                    rule.is_none_or(crate::rules::Rule::is_native)
                };
                file.diagnostics.retain(|diagnostic| is_native(diagnostic));
                file.diagnostics
                    .iter_mut()
                    .for_each(|one| known_to_win(one));
            }
        }
        let mut by_file: BTreeMap<FileId, usize> = BTreeMap::new();
        for (index, file) in checked.iter().enumerate() {
            by_file.insert(file.analysis.source.id(), index);
        }
        let culprits = self.diagnostics.iter().map(|found| found.primary.file);
        let files = self.files.iter().copied().chain(culprits);
        for id in files.collect::<BTreeSet<FileId>>() {
            if by_file.contains_key(&id) {
                continue;
            }
            let text = self.texts.get(&id).cloned();
            let path = self.db.path(id).cloned().unwrap_or_default();
            by_file.insert(id, checked.len());
            let source = Source::new(
                id,
                path,
                Kind::Kubernetes,
                text.as_deref().unwrap_or_default(),
            );
            checked.push(written(source.in_project(self.db.path_in_project(id))));
        }
        for diagnostic in self.diagnostics {
            if let Some(index) = by_file.get(&diagnostic.primary.file) {
                checked[*index].diagnostics.push(diagnostic);
            }
        }
        let sources = self.texts.iter().map(|(id, text)| {
            let path = self.db.path(*id).cloned().unwrap_or_default();
            let source = Source::new(*id, path, Kind::Kubernetes, &**text);
            (
                *id,
                Arc::new(source.in_project(self.db.path_in_project(*id))),
            )
        });
        (sources.collect(), self.refused)
    }
}

fn is_refused(status: &Status) -> bool {
    matches!(status.state, State::Refused(_))
}

/// A file that is part of a rendering and not read otherwise.
fn written(source: Source) -> CheckedFile {
    let is_template = source.path.contains("templates/");
    let suppressions = if !source.text.contains("hullmark:") {
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

/// The rule that reports keys that are written twice.
const DUPLICATE_KEY: &str = "yaml/duplicate-key";

/// What is said of keys that are written twice, where Helm or kustomize takes the last one.
fn known_to_win(diagnostic: &mut Diagnostic) {
    if &*diagnostic.rule == DUPLICATE_KEY {
        diagnostic.severity = diagnostic.severity.min(Severity::Warning);
        diagnostic.message = diagnostic
            .message
            .replace(", or the parser refuses the file", "");
    }
}

/// Whether a diagnostic is more severe than one of the same rule and place, or holds with fewer conditions: what a chart does by itself, and another one
/// that depends on it with a switch alone.
fn says_more(diagnostic: &Diagnostic, known: &Diagnostic) -> bool {
    let is_part = known.message.len() > diagnostic.message.len()
        && known.message.starts_with(&*diagnostic.message);
    diagnostic.severity > known.severity || (diagnostic.severity == known.severity && is_part)
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
