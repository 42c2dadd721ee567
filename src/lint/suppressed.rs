//! What comments and annotations suppress, and the stage of rules about them, when all diagnostics are known.

use hullmark_tables::faults;

use crate::diagnostic::Diagnostic;
use crate::evaluate::suppress::Suppression;
use crate::evaluate::{Document, Scope, suppress};
use crate::lint::batch::{Batch, Member, about_span};
use crate::lint::stages::PROJECT;
use crate::lint::{CheckedFile, Linter};
use crate::model::FileTables;
use crate::parse::Parsed;
use crate::rules::Rule;
use crate::span::FileId;

/// The rule that reports a comment which the configuration does not let suppress what it names.
const REFUSED: &str = faults::REFUSED_SUPPRESSION.rule;

impl Linter<'_> {
    /// Marks the diagnostics of a file that its comments suppress, as far as the configuration lets them.
    pub(super) fn suppress(
        &self,
        file: FileId,
        suppressions: &mut [Suppression],
        diagnostics: &mut [Box<Diagnostic>],
    ) {
        let severities = self.options.severities;
        if severities.reads_suppressions() {
            let admits = |rule: &str, has_reason, days| {
                severities.admits_suppression(rule, has_reason, days)
            };
            let today = self.options.today;
            suppress::apply(file, suppressions, diagnostics, today, &admits);
        }
    }

    /// Reports the comments that the configuration does not let suppress what they name.
    fn report_refused(&self, file: &mut CheckedFile) {
        let options = &self.options;
        let mut refused = file.suppressions.iter().flat_map(Suppression::refused);
        if refused.next().is_none() {
            return;
        }
        let number = options.catalogue.number(REFUSED);
        let Some(number) = number.filter(|number| options.active.contains(number)) else {
            return;
        };
        let rule = &options.catalogue.rules[number];
        let source = &file.analysis.source;
        let refused = file.suppressions.iter().flat_map(Suppression::refused);
        let found = refused.filter_map(|(name, span)| {
            let message =
                format!("the configuration does not let a comment suppress `{name}` here");
            let place = format!("suppression[{name}]");
            let mut diagnostic = Box::new(Diagnostic {
                severity: rule.severity,
                help: Some(Box::from(rule.remediation.as_ref())),
                ..about_span(REFUSED, source, span, message, &place)
            });
            self.set_severity(&mut diagnostic, &source.path)
                .then_some(diagnostic)
        });
        let found: Vec<Box<Diagnostic>> = found.collect();
        file.diagnostics.extend(found);
    }

    /// Evaluates the rules about suppressions. Where the rules of the project did not run, no suppression is unused because
    /// of that.
    pub(super) fn check_suppressions(&self, checked: &mut [CheckedFile], is_project: bool) {
        let options = &self.options;
        if !options.severities.reads_suppressions() {
            return;
        }
        for file in checked.iter_mut() {
            self.report_refused(file);
        }
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
