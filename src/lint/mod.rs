//! The linter as a library: files of a [`SourceDb`] in, diagnostics out. The command line and an editor's server call the
//! same functions.
//!
//! A run has stages: what Compose files and workflows say about builds, each file by itself, the project as a whole, then
//! suppressions, then order.

mod alike;
mod analysis;
mod batch;
mod cache;
mod calls;
pub mod copies;
mod deployed;
mod expected;
mod families;
mod implied;
mod past;
mod project;
pub mod repeated;
mod retry;
mod severities;
mod shellcheck;
mod stages;
mod suppressed;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::deployed::status::Status;
use crate::diagnostic::{self, Diagnostic, Diagnostics};
use crate::evaluate::suppress::{Date, Suppression};
use crate::evaluate::{CompiledRules, PolicyError, Scope};
use crate::external::ShellCheck;
use crate::lint::analysis::{FileAnalysis, Recipe};
use crate::lint::batch::{Batch, Member, document_failed, rule_failed};
use crate::lint::cache::Cache;
pub use crate::lint::past::{Past, Sources};
pub use crate::lint::project::Around;
pub use crate::lint::severities::{DefaultSeverities, Severities};
use crate::lint::stages::Stages;
use crate::meter::{Meter, Stage, timed};
use crate::model::table::Table;
use crate::rules::{Catalogue, Settings};
use crate::sources::context::{Build, BuildContexts};
use crate::sources::{Kind, Source, SourceDb};
use crate::span::FileId;

/// How many files a thread takes at a time.
const CHUNK: usize = 16;

/// From how many bytes of text on a batch is full. Each rule's start costs the same for one row and for many; what a batch
/// holds, some hundred times its text, should stay in the processor's cache.
const BATCH: usize = 32 * 1024;

/// How many bytes of text are kept with their trees for the rules of the project, a repository of some hundred files. Trees
/// and places take several times their text; of a larger project the few files that such a rule points into are parsed
/// again.
const KEPT_WHOLE: usize = 512 << 10;

/// The rule whose failure it is if the program of that name fails.
const SHELLCHECK: &str = "shell/shellcheck";

/// By which rules to check.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// All rules.
    pub catalogue: &'a Catalogue,
    /// The numbers of the rules that run on some file at least.
    pub active: &'a [usize],
    /// What users set for rules.
    pub settings: &'a Settings,
    /// The program that rules about `remarks` ask; without it they find nothing.
    pub shellcheck: Option<&'a ShellCheck>,
    /// How much diagnostics matter, and which of them are wanted.
    pub severities: &'a dyn Severities,
    /// What was found before and is left out.
    pub past: Option<&'a dyn Past>,
    /// Whether diagnostics that report one fault become one.
    pub folds: bool,
    /// The day that `until=` of suppressions is compared with.
    pub today: Date,
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many files were checked.
    pub files: usize,
    /// By path, place and rule; those that are suppressed among them.
    pub diagnostics: Diagnostics,
    /// The files that diagnostics point into.
    pub sources: Sources,
    /// Charts and kustomizations that are not rendered.
    pub refused: Vec<Status>,
}

/// Rules, loaded, and what they need to know about files that were checked before.
pub struct Linter<'a> {
    options: Options<'a>,
    stages: Stages,
    cache: Cache,
    /// Builds as the last check of a project found them.
    builds: Mutex<Vec<Build>>,
    /// Where it is noted how far a check is, and what it takes.
    meter: Option<Arc<Meter>>,
}

/// One check: the files, and what is known before they are looked at.
struct Pass<'a> {
    db: &'a SourceDb,
    contexts: BuildContexts,
    /// How many bytes of text are kept with their trees.
    kept: AtomicUsize,
    /// The rules of each file.
    rules: &'a CompiledRules,
}

impl<'a> Pass<'a> {
    fn new(db: &'a SourceDb, builds: Vec<Build>, rules: &'a CompiledRules) -> Self {
        Self {
            db,
            rules,
            contexts: BuildContexts::new(db.directories(), builds),
            kept: AtomicUsize::new(0),
        }
    }
}

/// A file after its own stage: what later stages and the report need.
struct CheckedFile {
    analysis: Arc<FileAnalysis>,
    suppressions: Vec<Suppression>,
    diagnostics: Diagnostics,
    /// Whether rules of the project have something to read in it.
    is_in_project: bool,
}

impl<'a> Linter<'a> {
    /// A linter for any files.
    ///
    /// # Errors
    /// If a rule cannot be loaded.
    pub fn new(options: Options<'a>) -> Result<Self, PolicyError> {
        Self::with_kinds(options, None, false)
    }

    /// A linter for these files alone: rules that can find nothing in them are not loaded.
    ///
    /// # Errors
    /// If a rule cannot be loaded.
    pub fn for_files(
        options: Options<'a>,
        db: &SourceDb,
        files: &[FileId],
    ) -> Result<Self, PolicyError> {
        let kinds = files.iter().map(|file| db.kind_from_path(*file));
        let kinds: Option<BTreeSet<Kind>> = kinds.collect();
        let kinds: Option<Vec<Kind>> = kinds.map(|kinds| kinds.into_iter().collect());
        Self::with_kinds(options, kinds.as_deref(), false)
    }

    /// The same for files of these kinds, if they are known; other files may be around them.
    fn with_kinds(
        options: Options<'a>,
        kinds: Option<&[Kind]>,
        has_context: bool,
    ) -> Result<Self, PolicyError> {
        let Options {
            catalogue,
            active,
            settings,
            ..
        } = options;
        Ok(Self {
            options,
            stages: Stages::load(catalogue, active, settings, (kinds, has_context))?,
            cache: Cache::default(),
            builds: Mutex::default(),
            meter: None,
        })
    }

    /// The same linter with a meter of its checks.
    #[must_use]
    pub fn with_meter(mut self, meter: Option<Arc<Meter>>) -> Self {
        let Stages {
            file,
            native,
            project,
            suppressions,
        } = &mut self.stages;
        for rules in [file, native, project, suppressions] {
            rules.meter.clone_from(&meter);
        }
        self.meter = meter;
        self
    }

    /// The same linter keeping the analyses of this many files, so that a file which has not changed is not parsed again.
    #[must_use]
    pub fn with_cache(mut self, files: usize) -> Self {
        self.cache = Cache::new(files);
        self
    }

    /// Checks a file by itself: no rule of the project, and no word on suppressions of such rules. A file that cannot be
    /// read or parsed is a diagnostic; one that is not for hullmark gives an outcome of no files.
    pub fn check_file(&self, db: &SourceDb, file: FileId) -> Outcome {
        let builds = self.builds.lock().map(|builds| builds.clone());
        let pass = Pass::new(db, builds.unwrap_or_default(), &self.stages.file);
        let checked = self.check_batch(&pass, &mut [file].as_slice());
        self.finish(checked, false, &Sources::new())
    }

    /// Checks files, each by itself and all of them together.
    pub fn check_project(&self, db: &SourceDb, files: &[FileId]) -> Outcome {
        self.check_around(db, files, None)
    }

    /// The stage of each file by itself. What says how Dockerfiles are built comes before them, if a rule asks for their
    /// contexts; other files said the `builds`.
    fn check_files(
        &self,
        pass: &mut Pass,
        files: &[FileId],
        mut builds: Vec<Build>,
    ) -> Vec<CheckedFile> {
        let is_asked = self.stages.tables().contains(Table::Copies);
        let (first, then): (Vec<FileId>, Vec<FileId>) = files
            .iter()
            .partition(|file| is_asked && pass.db.may_name_builds(**file));
        let mut checked = self.check_chunks(pass, &first);
        let named = checked.iter().flat_map(|file| &file.analysis.builds);
        builds.extend(named.cloned());
        if let Ok(mut known) = self.builds.lock() {
            known.clone_from(&builds);
        }
        pass.contexts = BuildContexts::new(pass.db.directories(), builds);
        checked.extend(self.check_chunks(pass, &then));
        checked.sort_by_key(|file| file.analysis.source.id());
        checked
    }

    fn check_chunks(&self, pass: &Pass, files: &[FileId]) -> Vec<CheckedFile> {
        let chunks = files.par_chunks(CHUNK).map(|mut files| {
            let mut checked = Vec::with_capacity(files.len());
            while !files.is_empty() {
                checked.extend(self.check_batch(pass, &mut files));
            }
            checked
        });
        let chunks: Vec<Vec<CheckedFile>> = chunks.collect();
        chunks.into_iter().flatten().collect()
    }

    /// Checks the first of the `files`, as many as fill a batch, and leaves the rest.
    fn check_batch(&self, pass: &Pass, files: &mut &[FileId]) -> Vec<CheckedFile> {
        let mut analyses = Vec::with_capacity(files.len());
        let mut bytes = 0;
        while bytes < BATCH
            && let Some((file, rest)) = files.split_first()
        {
            *files = rest;
            let analyzed = self.analyze(pass, *file);
            if let Some(meter) = &self.meter {
                meter.add_file();
            }
            if let Some(analysis) = analyzed {
                bytes += analysis.source.text.len();
                analyses.push(analysis);
            }
        }
        let members = analyses.iter();
        let members = members.map(|analysis| Member::Whole(analysis.document()));
        let batch = Batch::new(self.options.catalogue, members.collect());
        let retry = |source: &Source| self.retry(pass, source);
        let found = batch.run_or(pass.rules, Scope::Files, &retry);
        let checked = analyses.into_iter().zip(found);
        checked
            .map(|(analysis, diagnostics)| self.checked(pass, analysis, diagnostics))
            .collect()
    }

    /// The diagnostics of a file whose evaluation panics: those of the documents that do not cause it, and one for each of the others.
    fn retry(&self, pass: &Pass, source: &Source) -> Option<Diagnostics> {
        let recipe = self.recipe(pass);
        let evaluate = |part: Source| {
            let analysis = FileAnalysis::of(Arc::new(part), None, &recipe);
            let members = vec![Member::Whole(analysis.document())];
            Batch::new(self.options.catalogue, members).run_alone(&self.stages.file)
        };
        let rest = retry::without_failing(source, |part| evaluate(part).is_some())?;
        let mut found = evaluate(rest.source)?;
        let failed = rest.failed.into_iter();
        found.extend(failed.map(|first| Box::new(document_failed(source, first))));
        Some(found)
    }

    /// Keeps of an analysis what later stages need.
    fn checked(
        &self,
        pass: &Pass,
        mut analysis: Arc<FileAnalysis>,
        mut diagnostics: Diagnostics,
    ) -> CheckedFile {
        if let Some(failure) = &analysis.failure {
            let failed = rule_failed(SHELLCHECK, &analysis.source, failure);
            diagnostics.push(Box::new(failed));
        }
        let project = self.stages.project.tables;
        let bytes = analysis.source.text.len();
        // What is in the cache is kept as it is.
        let is_in_project = match Arc::get_mut(&mut analysis) {
            Some(analysis) => {
                let before = pass.kept.fetch_add(bytes, Ordering::Relaxed);
                analysis.keep(project, before + bytes <= KEPT_WHOLE)
            }
            None => analysis.has_rows(project),
        };
        CheckedFile {
            suppressions: analysis.suppressions.clone(),
            diagnostics,
            is_in_project,
            analysis,
        }
    }

    fn analyze(&self, pass: &Pass, file: FileId) -> Option<Arc<FileAnalysis>> {
        let meter = self.meter.as_deref();
        let (source, problem) = timed(meter, Stage::Read, || pass.db.read(file))?;
        let analyze = |source, problem| FileAnalysis::of(source, problem, &self.recipe(pass));
        let source = Arc::new(source);
        Some(self.cache.get(source, problem, &pass.contexts, analyze))
    }

    fn recipe<'p>(&'p self, pass: &'p Pass) -> Recipe<'p> {
        Recipe {
            tables: self.stages.tables(),
            contexts: &pass.contexts,
            shellcheck: self.options.shellcheck,
            meter: self.meter.as_deref(),
        }
    }

    /// The last stages: severities, suppressions, what is left out, what becomes one, order, fingerprints. `around` are files that diagnostics may
    /// point into besides those that were checked.
    fn finish(&self, mut checked: Vec<CheckedFile>, is_project: bool, around: &Sources) -> Outcome {
        for file in &mut checked {
            let path = &file.analysis.source.path;
            file.diagnostics
                .retain_mut(|diagnostic| self.set_severity(diagnostic, path));
            self.suppress(
                file.analysis.source.id(),
                &mut file.suppressions,
                &mut file.diagnostics,
            );
        }
        self.check_suppressions(&mut checked, is_project);
        checked.sort_by(|a, b| {
            let key = |file: &CheckedFile| file.analysis.source.id();
            let (a_path, b_path) = (&a.analysis.source.path, &b.analysis.source.path);
            a_path.cmp(b_path).then_with(|| key(a).cmp(&key(b)))
        });
        self.leave_out(&mut checked, around);
        let mut diagnostics =
            Vec::with_capacity(checked.iter().map(|file| file.diagnostics.len()).sum());
        for file in &mut checked {
            self.fold(file);
            diagnostics.append(&mut file.diagnostics);
        }
        let sources = sources_of(&diagnostics, &checked);
        let path = |file| sources.get(&file).map(|source| &*source.project_path);
        diagnostic::fingerprints(&mut diagnostics, &path);
        Outcome {
            files: checked.len(),
            sources,
            diagnostics,
            refused: Vec::new(),
        }
    }

    /// Takes out what is to be expected where it is, and what was there before.
    fn leave_out(&self, checked: &mut [CheckedFile], around: &Sources) {
        let severities = self.options.severities;
        for file in checked.iter_mut() {
            let source = &file.analysis.source;
            let is_apart = |number| severities.is_apart(number, &source.path);
            if severities.leaves_out_expected() {
                expected::leave_out(
                    self.options.catalogue,
                    &is_apart,
                    (&source.path, &source.text),
                    &mut file.diagnostics,
                );
            }
        }
        if let Some(past) = self.options.past {
            past::leave_out(past, checked, around);
        }
    }

    /// Makes one diagnostic of those of a file that report one fault, and orders all.
    fn fold(&self, file: &mut CheckedFile) {
        let source = &file.analysis.source;
        let is_apart = |number| self.options.severities.is_apart(number, &source.path);
        if self.options.folds {
            implied::absorb(self.options.catalogue, &is_apart, &mut file.diagnostics);
            families::fold(self.options.catalogue, &is_apart, &mut file.diagnostics);
        }
        sort(&mut file.diagnostics);
        if self.options.folds && source.kind == Kind::Kubernetes {
            copies::join_aliases(&mut file.diagnostics);
        }
    }

    /// Sets the severity that the configuration gives a diagnostic; whether it is wanted at all.
    fn set_severity(&self, diagnostic: &mut Diagnostic, path: &str) -> bool {
        let Some(rule) = self.options.catalogue.rule(&diagnostic.rule) else {
            return true;
        };
        let severities = self.options.severities;
        let severity = severities.severity_for(diagnostic, rule, path);
        diagnostic.severity = severity.unwrap_or(diagnostic.severity);
        severity.is_some()
    }
}

/// The files that diagnostics point into.
fn sources_of(diagnostics: &[Box<Diagnostic>], checked: &[CheckedFile]) -> Sources {
    let mut files: BTreeSet<FileId> = BTreeSet::new();
    for diagnostic in diagnostics {
        files.insert(diagnostic.primary.file);
        files.extend(diagnostic.related.iter().map(|label| label.at.file));
    }
    let sources = checked.iter().map(|file| &file.analysis.source);
    let sources = sources.filter(|source| files.contains(&source.id()));
    let sources = sources.map(|source| (source.id(), Arc::clone(source)));
    sources.collect()
}

/// Orders the diagnostics of one file by place, rule and message, and keeps one of those that say the same.
fn sort(diagnostics: &mut Diagnostics) {
    let order = |a: &Diagnostic, b: &Diagnostic| {
        let key =
            |diagnostic: &Diagnostic| (diagnostic.primary.span.start, diagnostic.primary.span.end);
        (key(a).cmp(&key(b)))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| a.message.cmp(&b.message))
    };
    diagnostics.sort_by(|a, b| order(a, b));
    diagnostics.dedup_by(|a, b| order(a, b).is_eq() && a.related == b.related);
}
