//! The stage of rules that read all files of a project together, and the files around those that are checked.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::deployed;
use crate::evaluate::{PolicyError, Scope};
use crate::lint::analysis::{FileAnalysis, Recipe};
use crate::lint::batch::{Batch, Member};
use crate::lint::{CHUNK, CheckedFile, Linter, Options, Outcome, Pass};
use crate::meter::{Stage, timed};
use crate::model::table::{Table, TableSet, may_hold};
use crate::sources::{Kind, SourceDb};
use crate::span::FileId;

/// Up to how many files are read to see of which kinds they are, before rules are loaded.
const FEW: usize = 64;

/// Files of the project around those that are checked.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// Those of the kinds that rules need to know.
    pub context: Vec<FileId>,
    /// The kustomizations, which may build on the files that are checked.
    pub kustomizations: Vec<FileId>,
}

/// Files around those that are checked, of which only rows that rules of the project read are kept.
#[derive(Default)]
pub(super) struct Context {
    files: Vec<FileAnalysis>,
}

impl<'a> Linter<'a> {
    /// A linter for these files, which others surround: rules of the project are loaded if they can find something in these.
    ///
    /// # Errors
    /// If a rule cannot be loaded.
    pub fn in_project(
        options: Options<'a>,
        db: &SourceDb,
        files: &[FileId],
    ) -> Result<Self, PolicyError> {
        let mut kinds = kinds(db, files);
        if let Some(kinds) = &mut kinds
            && !kinds.contains(&Kind::Kubernetes)
            && deployed::may_be_part(db, files)
        {
            kinds.push(Kind::Kubernetes);
        }
        Self::with_kinds(options, kinds.as_deref(), true)
    }

    /// The kinds of other files that must be known to judge these; none if no rule asks for them.
    pub fn context_kinds(&self, db: &SourceDb, files: &[FileId]) -> Vec<Kind> {
        let kinds = kinds(db, files).unwrap_or_else(|| Kind::ALL.to_vec());
        let is_called = kinds.contains(&Kind::Action) || kinds.contains(&Kind::Workflow);
        let tables = self.context_tables(kinds.contains(&Kind::Dockerfile), is_called);
        if kinds.is_empty() {
            return Vec::new();
        }
        let has_rows = |kind: &Kind| {
            let mut all = Table::ALL.iter();
            all.any(|table| tables.contains(*table) && may_hold(*table, *kind))
        };
        Kind::ALL.into_iter().filter(has_rows).collect()
    }

    /// Checks files as [`Linter::check_project`] does, with other files around them: rules of the project know these, but what is found in them is not
    /// reported.
    pub fn check_in_context(&self, db: &SourceDb, files: &[FileId], around: &Around) -> Outcome {
        self.check_around(db, files, Some(around))
    }

    /// Whether kustomizations of the project may build on some of the files, so that it must be known which there are.
    pub fn wants_kustomizations(&self, db: &SourceDb, files: &[FileId]) -> bool {
        deployed::may_be_built(db, files)
    }

    /// Whether a file is a kustomization, by its name.
    pub fn is_kustomization(db: &SourceDb, file: FileId) -> bool {
        db.path(file)
            .is_some_and(|path| deployed::names_kustomization(path))
    }

    pub(super) fn check_around(
        &self,
        db: &SourceDb,
        files: &[FileId],
        around: Option<&Around>,
    ) -> Outcome {
        let mut pass = Pass::new(db, Vec::new(), &self.stages.file);
        let context = around.map_or(&[][..], |around| &around.context);
        let context = self.read_context(&pass, context);
        let builds = context.files.iter().flat_map(|file| file.builds.clone());
        let builds = builds.collect();
        let meter = self.meter.as_deref();
        let deployed = timed(meter, Stage::Deployed, || {
            self.check_deployed(db, files, around)
        });
        let mut checked = match &deployed {
            None => self.check_files(&mut pass, files, builds),
            Some(deployed) => {
                let (files, parts) = deployed.divide(files);
                let mut checked = self.check_files(&mut pass, &files, builds);
                let text = Pass::new(db, Vec::new(), &self.stages.native);
                checked.extend(self.check_chunks(&text, &parts));
                checked.sort_by_key(|file| file.analysis.source.id());
                checked
            }
        };
        let calls = context.files.iter().flat_map(|file| file.calls.clone());
        self.check_called(&mut pass, &mut checked, calls.collect());
        self.check_together(&pass, &mut checked, &context);
        let rendered = deployed.map(|deployed| deployed.add_to(self, &mut checked));
        let (mut around, refused) = rendered.unwrap_or_default();
        let sources = context.files.iter().map(|file| &file.source);
        around.extend(sources.map(|source| (source.id(), Arc::clone(source))));
        let mut outcome = self.finish(checked, true, &around);
        outcome.refused = refused;
        let labels = outcome.diagnostics.iter().flat_map(|found| &found.related);
        let pointed: BTreeSet<FileId> = labels.map(|label| label.at.file).collect();
        let pointed = around.into_iter().filter(|(id, _)| pointed.contains(id));
        for (id, source) in pointed {
            outcome.sources.entry(id).or_insert(source);
        }
        outcome
    }

    /// The tables that are filled from files of the context.
    fn context_tables(&self, has_dockerfiles: bool, is_called: bool) -> TableSet {
        let mut tables = self.stages.project.tables;
        if has_dockerfiles && self.stages.file.tables.contains(Table::Copies) {
            tables.insert(Table::Builds);
        }
        if is_called && self.stages.file.tables.contains(Table::Expressions) {
            tables.insert(Table::Calls);
        }
        tables
    }

    fn context_recipe<'p>(&'p self, pass: &'p Pass) -> Recipe<'p> {
        Recipe {
            tables: self.context_tables(true, true),
            contexts: &pass.contexts,
            shellcheck: None,
            meter: self.meter.as_deref(),
        }
    }

    fn read_context(&self, pass: &Pass, files: &[FileId]) -> Context {
        let recipe = self.context_recipe(pass);
        let chunks = files.par_chunks(CHUNK).flat_map_iter(|chunk| {
            let analyses = chunk.iter().filter_map(|file| {
                let (source, problem) = pass.db.read(*file)?;
                let mut analysis = FileAnalysis::of(Arc::new(source), problem, &recipe);
                let has_rows = analysis.keep(self.stages.project.tables, false);
                let is_asked =
                    has_rows || !analysis.builds.is_empty() || !analysis.calls.is_empty();
                is_asked.then_some(analysis)
            });
            analyses.collect::<Vec<_>>()
        });
        Context {
            files: chunks.collect(),
        }
    }

    /// Evaluates the rules that read all files together; what they find in the context is dropped.
    pub(super) fn check_together(
        &self,
        pass: &Pass,
        checked: &mut [CheckedFile],
        context: &Context,
    ) {
        let indices = (0..checked.len()).filter(|index| checked[*index].is_in_project);
        let indices: Vec<usize> = indices.collect();
        if indices.is_empty() {
            return;
        }
        let (recipe, around) = (self.recipe(pass), self.context_recipe(pass));
        let members = indices.iter();
        let members = members.map(|index| Member::Kept(&checked[*index].analysis, &recipe));
        let reported = indices.len();
        let context = context.files.iter();
        let context = context.map(|analysis| Member::Kept(analysis, &around));
        let members = members.chain(context).collect();
        let batch = Batch::new(self.options.catalogue, members).reporting(reported);
        let found = batch.run(&self.stages.project, Scope::Project);
        for (index, found) in indices.into_iter().zip(found) {
            checked[index].diagnostics.extend(found);
        }
    }
}

/// The kinds of the files, if their names show them or they are few enough to be read for that.
fn kinds(db: &SourceDb, files: &[FileId]) -> Option<Vec<Kind>> {
    let is_few = files.len() <= FEW;
    let mut kinds = BTreeSet::new();
    for file in files {
        match db.kind_from_path(*file) {
            Some(kind) => _ = kinds.insert(kind),
            None if is_few => kinds.extend(db.read(*file).map(|(source, _)| source.kind)),
            None => return None,
        }
    }
    Some(kinds.into_iter().collect())
}
