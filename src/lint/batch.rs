//! Files that are evaluated together, and the diagnostics that come of it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use hullmark_tables::faults;

use crate::diagnostic::{Diagnostic, Diagnostics, Fingerprint, FingerprintKey, Severity};
use crate::evaluate::{
    self, CompiledRules, Document, Documents, RULE_ERROR, Scope, Shortfall, guarded,
};
use crate::lint::analysis::{FileAnalysis, Recipe};
use crate::model::{self, FileTables};
use crate::rules::Catalogue;
use crate::sources::Source;
use crate::span::{FileId, FileSpan, Span};

/// The rule that reports a panic.
const INTERNAL_ERROR: &str = faults::INTERNAL_ERROR.rule;
/// The rule that reports what is not said of a file.
const UNJUDGED: &str = faults::UNJUDGED.rule;

/// Files that rules see together.
pub(super) struct Batch<'a> {
    catalogue: &'a Catalogue,
    resolver: Resolver<'a>,
    /// How many of the files are reported on; the others come after them.
    reported: usize,
}

/// A file of a batch.
#[derive(Clone, Copy)]
pub(super) enum Member<'a> {
    /// With its tree and places.
    Whole(Document<'a>),
    /// With its rows; the rest is there too, or made again if something is found in the file.
    Kept(&'a FileAnalysis, &'a Recipe<'a>),
}

impl<'a> Member<'a> {
    /// Its rows, and its source.
    fn rows(self) -> Document<'a> {
        match self {
            Self::Whole(document) => document,
            Self::Kept(analysis, _) => analysis.document(),
        }
    }

    fn whole(self) -> Document<'a> {
        match self {
            Self::Whole(document) => document,
            Self::Kept(analysis, recipe) => analysis.whole(recipe).document(),
        }
    }
}

/// The files of a batch by their numbers.
struct Resolver<'a> {
    members: Vec<Member<'a>>,
    positions: FxHashMap<FileId, usize>,
}

impl<'a> Documents<'a> for Resolver<'a> {
    fn document(&self, file: FileId) -> Option<Document<'a>> {
        Some(self.members[*self.positions.get(&file)?].whole())
    }
}

impl<'a> Batch<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, members: Vec<Member<'a>>) -> Self {
        let ids = members.iter().map(|member| member.rows().source.id());
        let positions = ids.zip(0..).collect();
        Self {
            catalogue,
            reported: members.len(),
            resolver: Resolver { members, positions },
        }
    }

    /// The same with nothing said of the files after the first ones: they are there for what they tell of these.
    pub(super) fn reporting(self, first: usize) -> Self {
        Self {
            reported: first,
            ..self
        }
    }

    /// Evaluates rules over the files; the diagnostics of each file, in the files' order. A rule that fails on a file is a
    /// diagnostic of that file, never silence.
    pub(super) fn run(&self, rules: &CompiledRules, scope: Scope) -> Vec<Diagnostics> {
        self.run_or(rules, scope, &|_| None)
    }

    /// The same; of a file whose evaluation panics, `retry` may give the diagnostics.
    pub(super) fn run_or(
        &self,
        rules: &CompiledRules,
        scope: Scope,
        retry: &dyn Fn(&Source) -> Option<Diagnostics>,
    ) -> Vec<Diagnostics> {
        let members = &self.resolver.members;
        guarded(|| self.evaluate(rules, scope)).unwrap_or_else(|panic| {
            if members.len() > 1 && scope == Scope::Files {
                let alone = members.iter();
                let alone = alone.map(|member| Self::new(self.catalogue, vec![*member]));
                return alone
                    .flat_map(|batch| batch.run_or(rules, scope, retry))
                    .collect();
            }
            if let ([file], Scope::Files) = (&members[..], scope)
                && let Some(found) = retry(file.rows().source)
            {
                return vec![found];
            }
            let mut lists: Vec<Diagnostics> = members.iter().map(|_| Vec::new()).collect();
            if let (Some(list), Some(first)) = (lists.first_mut(), members.first()) {
                let source = first.rows().source;
                let message = format!(
                    "hullmark failed on this file; please report it with the file ({panic})"
                );
                let failed = about_file(INTERNAL_ERROR, source, message, "evaluation");
                list.push(Box::new(failed));
            }
            lists
        })
    }

    /// The diagnostics of the only file of the batch; `None` if the evaluation panics.
    pub(super) fn run_alone(&self, rules: &CompiledRules) -> Option<Diagnostics> {
        let found = guarded(|| self.evaluate(rules, Scope::Files)).ok()?;
        found.into_iter().next()
    }

    fn evaluate(&self, rules: &CompiledRules, scope: Scope) -> Vec<Diagnostics> {
        let Resolver { members, positions } = &self.resolver;
        let mut facts: Vec<&FileTables> =
            members.iter().map(|member| member.rows().facts).collect();
        let linked = match scope {
            Scope::Project => model::linked(&facts, rules.tables),
            Scope::Files => None,
        };
        facts.extend(&linked);
        let mut failures = Vec::new();
        let mut fail = |rule: &str, file, shortfall: Shortfall| {
            if let Some(index) = positions.get(&file) {
                let source = members[*index].rows().source;
                let failed = match shortfall {
                    Shortfall::Failed(error) => rule_failed(rule, source, &error),
                    Shortfall::Cut(_) if *index >= self.reported => return,
                    Shortfall::Cut(more) => rule_cut(rule, source, more),
                };
                failures.push((*index, Box::new(failed)));
            }
        };
        // One at a time: what the engine yielded and what it became are not held both.
        let found = evaluate::each(rules, scope, &facts, &mut fail, &|raw| {
            let index = *positions.get(&raw.file())?;
            if index >= self.reported {
                return None;
            }
            let diagnostic = evaluate::diagnostic(self.catalogue, &raw, &self.resolver)?;
            Some((index, Box::new(diagnostic)))
        });
        let mut counts = vec![0; members.len()];
        let all = || found.iter().flatten().chain(&failures);
        all().for_each(|(index, _)| counts[*index] += 1);
        let lists = counts.into_iter().map(Vec::with_capacity);
        let mut lists: Vec<Diagnostics> = lists.collect();
        for (index, diagnostic) in found.into_iter().flatten().chain(failures) {
            lists[index].push(diagnostic);
        }
        lists
    }
}

/// The diagnostic of a rule's failure on a file.
pub(super) fn rule_failed(rule: &str, source: &Source, error: &str) -> Diagnostic {
    let message = format!("rule `{rule}` failed on this file: {error}");
    about_file(RULE_ERROR, source, message, &format!("rule[{rule}]"))
}

/// The diagnostic of findings of a rule that are too many to be kept.
fn rule_cut(rule: &str, source: &Source, more: usize) -> Diagnostic {
    let message = format!("{more} more findings of `{rule}` in this file are not reported");
    Diagnostic {
        severity: Severity::Warning,
        ..about_file(UNJUDGED, source, message, &format!("more[{rule}]"))
    }
}

/// The diagnostic of a panic while a document was evaluated, which is shown at its first line.
pub(super) fn document_failed(source: &Source, first: Span) -> Diagnostic {
    let message = "hullmark failed on this document; please report it with the file".to_owned();
    let failed = about_file(INTERNAL_ERROR, source, message, "evaluation");
    Diagnostic {
        primary: FileSpan::new(source.id(), first),
        ..failed
    }
}

/// A diagnostic about a file as a whole, shown at its first line.
fn about_file(rule: &str, source: &Source, message: String, place: &str) -> Diagnostic {
    let first = source.lines.span(&source.text, 1);
    let span = Span::new(0, first.of(&source.text).trim_end().len());
    about_span(rule, source, span, message, place)
}

/// An error about bytes of a file; `place` tells it from others of the file in its fingerprint.
pub(super) fn about_span(
    rule: &str,
    source: &Source,
    span: Span,
    message: String,
    place: &str,
) -> Diagnostic {
    Diagnostic {
        rule: Arc::from(rule),
        severity: Severity::Error,
        message,
        help: None,
        aliases: Arc::default(),
        primary: FileSpan::new(source.id(), span),
        resource: None,
        key: FingerprintKey::of(rule, place),
        related: Vec::new(),
        part: None,
        members: Box::default(),
        fingerprint: Fingerprint::default(),
        suppressed: None,
        holder: None,
        is_minor: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hullmark_tables::problems;

    use crate::model::row::RowBuilder;
    use crate::parse::{self, Parsed};
    use crate::rules::{self, Settings};
    use crate::sources::Kind;

    const UNREADABLE: &str = faults::UNREADABLE_FILE.rule;
    /// A file whose one problem is at a node that its tree may not have.
    fn file(id: u32, node: u32) -> (Source, Parsed, FileTables) {
        let source = Source::new(
            FileId::new(id),
            format!("{id}.yaml"),
            Kind::Kubernetes,
            "a: 1\n",
        );
        let parsed = parse::parse(&source);
        let mut facts = FileTables::empty(id);
        let at = facts.node(node);
        let row = RowBuilder::at(at)
            .text(problems::rule, UNREADABLE)
            .text(problems::problem, "closed")
            .set(problems::related, Vec::new());
        facts.add_row(row);
        (source, parsed, facts)
    }

    #[test]
    fn a_panic_while_files_are_evaluated_costs_one_file_alone() {
        let catalogue = rules::catalogue();
        let mut rules = (0..).zip(catalogue.rules.iter());
        let (number, _) = rules.find(|(_, rule)| rule.id == UNREADABLE).unwrap();
        let rules = CompiledRules::load(&catalogue, &[number], &Settings::default()).unwrap();
        let files = [file(1, 0), file(2, 99)];
        let members = files.iter().map(|(source, parsed, facts)| {
            Member::Whole(Document {
                source,
                parsed,
                facts,
            })
        });
        let batch = Batch::new(&catalogue, members.collect());
        let found = |scope| {
            let found = batch.run(&rules, scope).into_iter().flatten();
            let found = found.map(|found| (found.rule.to_string(), found.primary.file.number()));
            found.collect::<Vec<_>>()
        };
        let of_each = [(UNREADABLE.to_owned(), 1), (INTERNAL_ERROR.to_owned(), 2)];
        assert_eq!(found(Scope::Files), of_each);
        let retried = batch.run_or(&rules, Scope::Files, &|source| {
            Some(vec![Box::new(document_failed(source, Span::new(2, 4)))])
        });
        let retried = retried.into_iter().flatten();
        let retried = retried.map(|found| (found.primary.file.number(), found.primary.span));
        let found_at = [(1, Span::new(0, 4)), (2, Span::new(2, 4))];
        assert_eq!(retried.collect::<Vec<_>>(), found_at);
        // Of a project, no part is looked at alone.
        assert_eq!(found(Scope::Project), [(INTERNAL_ERROR.to_owned(), 1)]);
    }
}
