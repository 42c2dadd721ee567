//! Families: where several rules of one report the same subject, that becomes one diagnostic of the family's rule; where a rule
//! that reports a subject once reports it several times, one of that rule.
//!
//! It comes after severities and suppressions, so what is ignored or suppressed is no part of it, and a diagnostic that is left
//! alone stays as it is.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::{
    Diagnostic, Diagnostics, FamilyPart, Fingerprint, FingerprintKey, Label, Member,
};
use crate::rules::family::{BLOCK, NAME, PARTS};
use crate::rules::template::{self, Part};
use crate::rules::{Catalogue, Rule};
use crate::span::FileSpan;

/// What is said at a place that contradicts what the family's message asks for.
pub(super) const WRITTEN: &str = "set to another value here";

/// What is said at a further place of a diagnostic in the same words.
const AGAIN: &str = "here too";

/// Folds the diagnostics of one file. `is_apart` says of a rule's number whether its diagnostics stay as they are.
pub(super) fn fold(
    catalogue: &Catalogue,
    is_apart: &dyn Fn(usize) -> bool,
    diagnostics: &mut Diagnostics,
) {
    if diagnostics
        .iter()
        .all(|diagnostic| diagnostic.part.is_none())
    {
        return;
    }
    let mut numbers: FxHashMap<(FileSpan, FingerprintKey), usize> = FxHashMap::default();
    let mut groups: Vec<Diagnostics> = Vec::new();
    let mut left = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics.drain(..) {
        let apart = || catalogue.number(&diagnostic.rule).is_none_or(is_apart);
        let subject = diagnostic.part.as_ref();
        match subject.map(|part| (part.subject, part.key)) {
            Some(subject) if !apart() => {
                let number = *numbers.entry(subject).or_insert(groups.len());
                groups.resize_with(groups.len().max(number + 1), Vec::new);
                groups[number].push(diagnostic);
            }
            _ => left.push(diagnostic),
        }
    }
    for group in groups {
        left.extend(folded(catalogue, group));
    }
    *diagnostics = left;
}

/// What becomes of the diagnostics of a family about one subject. Of suppressed ones one is made only if all are, so that the
/// fingerprint of the others does not depend on them.
fn folded(catalogue: &Catalogue, mut group: Diagnostics) -> Diagnostics {
    group.sort_by_key(|member| catalogue.number(&member.rule));
    let (open, suppressed): (Diagnostics, Diagnostics) =
        (group.into_iter()).partition(|member| member.suppressed.is_none());
    let (members, mut left) = if open.is_empty() {
        (suppressed, Vec::new())
    } else {
        (open, suppressed)
    };
    let diagnostic = once(&members).or_else(|| family_diagnostic(catalogue, &members));
    match diagnostic {
        Some(diagnostic) => left.push(Box::new(diagnostic)),
        None => left.extend(members),
    }
    left
}

/// The diagnostic of a rule that reports a subject once: the first, with the places of the others. `None` if they are a family's.
fn once(members: &[Box<Diagnostic>]) -> Option<Diagnostic> {
    let first = members
        .iter()
        .min_by_key(|member| member.primary.span.start)?;
    let part = first
        .part
        .as_deref()
        .filter(|part| part.family == *first.rule)?;
    let mut diagnostic = Diagnostic {
        key: part.key,
        part: None,
        ..(**first).clone()
    };
    if members.len() == 1 {
        return Some(diagnostic);
    }
    let mut others: Vec<&Diagnostic> = members.iter().map(AsRef::as_ref).collect();
    others.sort_by_key(|member| member.primary.span.start);
    let more = others.len() - 1;
    diagnostic.message = format!("{} (and {more} more)", first.message);
    diagnostic.severity = others.iter().map(|member| member.severity).max()?;
    diagnostic
        .related
        .extend(others[1..].iter().map(|other| Label {
            at: other.primary,
            message: if other.message == first.message {
                AGAIN.to_owned()
            } else {
                other.message.clone()
            },
        }));
    diagnostic.aliases = aliases(members);
    diagnostic.members = others.into_iter().map(as_member).collect();
    Some(diagnostic)
}

/// The diagnostic of a family; `None` if its members are of one rule only.
fn family_diagnostic(catalogue: &Catalogue, members: &[Box<Diagnostic>]) -> Option<Diagnostic> {
    let first = members.first()?;
    if members.iter().all(|member| member.rule == first.rule) {
        return None;
    }
    let part = first.part.as_deref()?;
    let rule = catalogue.rule(&part.family)?;
    let parts = || members.iter().filter_map(|member| member.part.as_deref());
    let place = members.iter().all(|member| member.primary == first.primary);
    Some(Diagnostic {
        rule: Arc::from(rule.id.as_ref()),
        severity: members.iter().map(|member| member.severity).max()?,
        message: filled(
            &rule.message,
            part,
            &listed(parts().map(|part| &*part.text)),
            "",
        ) + note(parts()),
        help: Some(help(rule, part, parts().map(|part| &*part.block))),
        aliases: names(members),
        primary: if place { first.primary } else { part.subject },
        resource: first.resource.clone(),
        key: part.key,
        related: related(members),
        part: None,
        members: members.iter().map(|member| as_member(member)).collect(),
        fingerprint: Fingerprint::default(),
        suppressed: first.suppressed.clone(),
        holder: None,
        is_minor: false,
    })
}

/// What ends the message of a family: what all members have, or where each has something the first one's.
fn note<'p>(parts: impl Iterator<Item = &'p FamilyPart>) -> &'p str {
    let notes: Vec<&str> = parts.map(|part| &*part.note).collect();
    match notes.first() {
        Some(first) if notes.iter().all(|note| !note.is_empty()) => first,
        _ => "",
    }
}

/// The ids and the aliases of the members, each once.
fn names(members: &[Box<Diagnostic>]) -> Arc<[Arc<str>]> {
    let ids = members.iter().map(|member| &member.rule);
    let aliases = members.iter().flat_map(|member| member.aliases.iter());
    distinct(ids.chain(aliases))
}

/// The aliases of the members, each once.
fn aliases(members: &[Box<Diagnostic>]) -> Arc<[Arc<str>]> {
    distinct(members.iter().flat_map(|member| member.aliases.iter()))
}

/// Each name once, in the order in which they come.
pub(super) fn distinct<'n>(all: impl Iterator<Item = &'n Arc<str>>) -> Arc<[Arc<str>]> {
    let mut names: Vec<Arc<str>> = Vec::new();
    for name in all {
        if !names.contains(name) {
            names.push(Arc::clone(name));
        }
    }
    names.into()
}

pub(super) fn as_member(diagnostic: &Diagnostic) -> Member {
    Member {
        rule: Arc::clone(&diagnostic.rule),
        severity: diagnostic.severity,
        message: diagnostic.message.clone(),
        aliases: Arc::clone(&diagnostic.aliases),
        primary: diagnostic.primary,
    }
}

/// The places of what is written and at fault, and the members' own related places.
fn related(members: &[Box<Diagnostic>]) -> Vec<Label> {
    let mut related: Vec<Label> = Vec::new();
    for member in members {
        let written = member.part.as_ref().filter(|part| part.is_written);
        let own = written.map(|_| Label {
            at: member.primary,
            message: WRITTEN.to_owned(),
        });
        for label in own.iter().chain(&member.related) {
            if !related.contains(label) {
                related.push(label.clone());
            }
        }
    }
    related
}

fn help<'p>(rule: &Rule, part: &FamilyPart, blocks: impl Iterator<Item = &'p str>) -> Box<str> {
    let mut merged: Vec<Line> = Vec::new();
    for block in blocks {
        let lines: Vec<&str> = block
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        merge(&mut merged, lines_of(&lines));
    }
    let mut block = String::new();
    write(&merged, 0, &mut block);
    let text = filled(rule.remediation.trim_end(), part, "", block.trim_end());
    text.into_boxed_str()
}

/// A template of the family, filled for a subject.
fn filled(template: &str, part: &FamilyPart, parts: &str, block: &str) -> String {
    let pieces = template::parts(template).map(|piece| match piece {
        Part::Text(text) => text,
        Part::Placeholder { name: PARTS, .. } => parts,
        Part::Placeholder { name: BLOCK, .. } => block,
        Part::Placeholder { name: NAME, .. } => &part.name,
        Part::Placeholder { name, .. } => name,
    });
    pieces.collect()
}

/// `a`, `a or b`, `a, b or c`: each once.
fn listed<'p>(parts: impl Iterator<Item = &'p str>) -> String {
    let mut distinct: Vec<&str> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if !distinct.contains(&part) {
            distinct.push(part);
        }
    }
    match distinct.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
    }
}

/// A line of YAML without its indentation, and the lines below it.
struct Line<'b> {
    text: &'b str,
    below: Vec<Line<'b>>,
}

/// The lines by their indentation.
fn lines_of<'b>(lines: &[&'b str]) -> Vec<Line<'b>> {
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let mut found = Vec::new();
    let mut rest = lines;
    while let Some((first, after)) = rest.split_first() {
        let deeper = after.iter();
        let deeper = deeper.take_while(|line| indentation(line) > indentation(first));
        let (below, next) = after.split_at(deeper.count());
        found.push(Line {
            text: first.trim(),
            below: lines_of(below),
        });
        rest = next;
    }
    found
}

/// Adds lines to others: what is below a key that is there already goes below that.
fn merge<'b>(into: &mut Vec<Line<'b>>, lines: Vec<Line<'b>>) {
    for line in lines {
        match into.iter_mut().find(|known| known.text == line.text) {
            Some(known) => merge(&mut known.below, line.below),
            None => into.push(line),
        }
    }
}

fn write(lines: &[Line], depth: usize, into: &mut String) {
    for line in lines {
        into.push_str(&"  ".repeat(depth));
        into.push_str(line.text);
        into.push('\n');
        write(&line.below, depth + 1, into);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_listed_once() {
        for (parts, expected) in [
            (&[][..], ""),
            (&["a"], "a"),
            (&["a", "", "a"], "a"),
            (&["a", "b"], "a or b"),
            (&["a", "b", "a", "c"], "a, b or c"),
        ] {
            assert_eq!(listed(parts.iter().copied()), expected);
        }
    }

    #[test]
    fn blocks_share_their_keys() {
        let blocks = [
            "a:\n  b: 1 # why\n  c:\n    - x\n    - y\n",
            "d: 2\n",
            "a:\n    c:\n        - z\n    e: {f: 3}\n",
        ];
        let mut merged = Vec::new();
        for block in blocks {
            merge(&mut merged, lines_of(&block.lines().collect::<Vec<_>>()));
        }
        let mut text = String::new();
        write(&merged, 0, &mut text);
        let expected = "a:\n  b: 1 # why\n  c:\n    - x\n    - y\n    - z\n  e: {f: 3}\nd: 2\n";
        assert_eq!(text, expected);
    }
}
