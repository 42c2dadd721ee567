//! The stage of rules about suppressions, when all diagnostics are known.

use crate::evaluate::{Document, Scope, suppress};
use crate::lint::batch::{Batch, Member};
use crate::lint::stages::PROJECT;
use crate::lint::{CheckedFile, Linter};
use crate::model::FileTables;
use crate::parse::Parsed;
use crate::rules::Rule;

impl Linter<'_> {
    /// Evaluates the rules about suppressions. Where the rules of the project did not run, no suppression is unused because
    /// of that.
    pub(super) fn check_suppressions(&self, checked: &mut [CheckedFile], is_project: bool) {
        let options = &self.options;
        let rules = options.active.iter();
        let rules = rules.map(|number| &options.catalogue.rules[*number]);
        let ran = rules.filter(|rule| is_project || rule.domain() != PROJECT);
        let ran: Vec<&Rule> = ran.collect();
        let parsed = Parsed::empty();
        let with: Vec<usize> = (0..checked.len())
            .filter(|index| !checked[*index].suppressions.is_empty())
            .collect();
        let facts = with.iter().map(|index| {
            let file = &checked[*index];
            let mut facts = FileTables::empty(file.analysis.source.id().number());
            let suppressions = &file.suppressions;
            suppress::rows(
                &mut facts,
                suppressions,
                options.catalogue,
                &ran,
                options.today,
            );
            facts
        });
        let facts: Vec<FileTables> = facts.collect();
        let documents = with.iter().zip(&facts).map(|(index, facts)| {
            Member::Whole(Document {
                source: &checked[*index].analysis.source,
                parsed: &parsed,
                facts,
            })
        });
        let batch = Batch::new(options.catalogue, documents.collect());
        let found = batch.run(&self.stages.suppressions, Scope::Files);
        for (index, mut found) in with.into_iter().zip(found) {
            let file = &mut checked[index];
            let path = &file.analysis.source.path;
            found.retain_mut(|diagnostic| self.set_severity(diagnostic, path));
            file.diagnostics.extend(found);
        }
    }
}
