//! Implied findings: where a rule reports a place that another one implies it at, the other's diagnostic stands for both.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lint::families::{as_member, distinct};
use crate::rules::Catalogue;
use crate::span::Span;

/// Makes diagnostics of one file that others imply members of those. What is suppressed implies nothing. If `is_apart` of a rule's
/// number, its diagnostics stay as they are, unless what implies them has all their aliases: then it is one fault for the
/// selected linters too.
pub(super) fn absorb(
    catalogue: &Catalogue,
    is_apart: &dyn Fn(usize) -> bool,
    diagnostics: &mut Diagnostics,
) {
    let candidates = candidates(catalogue, diagnostics);
    if candidates.is_empty() {
        return;
    }
    let places = Places::of(diagnostics);
    let mut into: Vec<Option<usize>> = vec![None; diagnostics.len()];
    for (index, number) in candidates {
        let diagnostic = &diagnostics[index];
        let implies = |other: usize| {
            let other = &diagnostics[other];
            let by = catalogue.rules[number].implied_by.iter();
            let mut by = by.filter(|_| other.suppressed.is_none());
            by.any(|rule| **rule == *other.rule)
                && (!is_apart(number) || has_aliases(other, diagnostic))
        };
        let mut near = places.overlapping(diagnostic.primary.span);
        into[index] =
            near.find(|other| *other != index && implies(*other) && !leads(&into, *other, index));
    }
    let targets: Vec<Option<usize>> = (0..into.len()).map(|index| end(&into, index)).collect();
    for (index, target) in targets.iter().enumerate() {
        if let Some(target) = target {
            let absorbed = diagnostics[index].clone();
            add(&mut diagnostics[*target], &absorbed);
        }
    }
    let mut targets = targets.into_iter();
    diagnostics.retain(|_| targets.next().flatten().is_none());
}

/// The diagnostics that others may imply, with the numbers of their rules.
fn candidates(catalogue: &Catalogue, diagnostics: &[Box<Diagnostic>]) -> Vec<(usize, usize)> {
    let numbered = diagnostics.iter().enumerate();
    let open = numbered.filter(|(_, diagnostic)| diagnostic.suppressed.is_none());
    let implied = open.filter_map(|(index, diagnostic)| {
        let number = catalogue.number(&diagnostic.rule)?;
        let may_be = !catalogue.rules[number].implied_by.is_empty();
        may_be.then_some((index, number))
    });
    implied.collect()
}

/// Whether a diagnostic has every alias of another one, which has some.
fn has_aliases(diagnostic: &Diagnostic, other: &Diagnostic) -> bool {
    !other.aliases.is_empty()
        && other
            .aliases
            .iter()
            .all(|alias| diagnostic.aliases.contains(alias))
}

/// Whether a diagnostic became part of another, by way of any number of others.
fn leads(into: &[Option<usize>], from: usize, to: usize) -> bool {
    from == to || end(into, from) == Some(to)
}

/// What a diagnostic became part of in the end.
fn end(into: &[Option<usize>], index: usize) -> Option<usize> {
    let mut last = into[index]?;
    while let Some(next) = into[last] {
        last = next;
    }
    Some(last)
}

/// Adds a diagnostic to one that implies it.
fn add(target: &mut Diagnostic, absorbed: &Diagnostic) {
    let ids = [&absorbed.rule];
    let names = target.aliases.iter().chain(ids);
    if !has_aliases(target, absorbed) {
        target.severity = target.severity.max(absorbed.severity);
    }
    target.aliases = distinct(names.chain(absorbed.aliases.iter()));
    let mut members = target.members.to_vec();
    members.push(as_member(absorbed));
    target.members = members.into();
}

/// The places of diagnostics, their own and related ones, found without asking each.
struct Places {
    /// By start.
    spans: Vec<(Span, usize)>,
    /// For each of them, the furthest end of it and those before it.
    ends: Vec<u32>,
}

impl Places {
    fn of(diagnostics: &[Box<Diagnostic>]) -> Self {
        let mut spans = Vec::with_capacity(diagnostics.len());
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            let related = diagnostic.related.iter().map(|label| label.at);
            let related = related.filter(|at| at.file == diagnostic.primary.file);
            let places = related.chain([diagnostic.primary]);
            spans.extend(places.map(|place| (place.span, index)));
        }
        spans.sort();
        let ends = spans.iter().scan(0, |furthest, (span, _)| {
            *furthest = span.end.max(*furthest);
            Some(*furthest)
        });
        Self {
            ends: ends.collect(),
            spans,
        }
    }

    /// The diagnostics with a place that shares a byte with `span`, or its beginning.
    fn overlapping(&self, span: Span) -> impl Iterator<Item = usize> {
        let end = span.end.max(span.start + 1);
        let first = self.spans.partition_point(|(other, _)| other.start < end);
        let reaching = (0..first).rev();
        let reaching = reaching.take_while(move |at| self.ends[*at] >= span.start);
        let near = reaching.map(|at| self.spans[at]);
        let near =
            near.filter(move |(other, _)| other.end > span.start || other.start == span.start);
        near.map(|(_, index)| index)
    }
}
