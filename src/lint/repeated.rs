//! What the files of a project repeat: where a rule says so, its diagnostics with the same message become one, whichever files they are in, and those
//! about a habit do whatever they say. So do those about one credential in several manifests, which is changed once.
//!
//! It comes last, on what is shown, in the order of files: the first of them has the diagnostic, and none that is left out takes others along.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::lint::Outcome;
use crate::lint::alike::version;
use crate::lint::families::as_member;
use crate::rules::{Catalogue, Rule};
use crate::sources::{Kind, Source};
use crate::span::{FileId, FileSpan};

/// How many further places a diagnostic shows; the number of all is in its message.
const SHOWN: usize = 5;

/// From how many images on a file has a habit.
const MANY: usize = 3;

/// What diagnostics have in common that are one: their rule, or that they are about a credential; the words; and the file unless they are one of a
/// run.
type Subject = (Option<Arc<str>>, String, Option<FileId>);

/// Folds the diagnostics of a project. `is_apart` says of a diagnostic and its file's path whether it stays as it is.
pub fn fold(
    outcome: &mut Outcome,
    catalogue: &Catalogue,
    is_apart: &dyn Fn(&Diagnostic, &str) -> bool,
) {
    let sources = &outcome.sources;
    // What is said of manifests that are rendered is folded with them.
    let is_habit = |diagnostic: &Diagnostic| {
        let source = sources.get(&diagnostic.primary.file);
        let rule = catalogue.rule(&diagnostic.rule);
        rule.is_some_and(|rule| rule.is_habit)
            && source.is_some_and(|source| source.kind != Kind::Kubernetes)
    };
    let is_folded = |diagnostic: &Diagnostic| {
        let rule = catalogue.rule(&diagnostic.rule);
        let path = sources.get(&diagnostic.primary.file);
        diagnostic.suppressed.is_none()
            && (rule.is_some_and(|rule| rule.is_across_files || rule.is_once_a_message)
                || is_habit(diagnostic)
                || credential(diagnostic, rule, sources).is_some())
            && path.is_some_and(|source| !is_apart(diagnostic, &source.path))
    };
    let mut firsts: FxHashMap<Subject, (usize, Severity, FileId)> = FxHashMap::default();
    let mut repeated: FxHashMap<usize, Diagnostics> = FxHashMap::default();
    let mut kept: Diagnostics = Vec::with_capacity(outcome.diagnostics.len());
    for diagnostic in std::mem::take(&mut outcome.diagnostics) {
        if !is_folded(&diagnostic) {
            kept.push(diagnostic);
            continue;
        }
        let rule = catalogue.rule(&diagnostic.rule);
        let subject = subject(&diagnostic, (rule, is_habit(&diagnostic)), sources);
        let file = diagnostic.primary.file;
        match firsts.get(&subject) {
            // What the first file does in several places is said at each.
            Some((_, _, first)) if *first == file && is_habit(&diagnostic) => {
                kept.push(diagnostic);
            }
            Some((first, severity, _)) if diagnostic.severity <= *severity => {
                repeated.entry(*first).or_default().push(diagnostic);
            }
            _ => {
                firsts.insert(subject, (kept.len(), diagnostic.severity, file));
                kept.push(diagnostic);
            }
        }
    }
    for (position, others) in repeated {
        if let Some(first) = kept.get_mut(position) {
            join(first, &others);
        }
    }
    outcome.diagnostics = in_files(kept, sources, &is_folded);
}

/// What a diagnostic is about.
fn subject(
    diagnostic: &Diagnostic,
    (rule, is_habit): (Option<&Rule>, bool),
    sources: &BTreeMap<FileId, Arc<Source>>,
) -> Subject {
    if let Some(value) = credential(diagnostic, rule, sources) {
        return (None, value.to_owned(), None);
    }
    let help = diagnostic.help.as_deref().unwrap_or_default();
    let words = if is_habit {
        format!("{:?}", diagnostic.severity)
    } else if rule.is_some_and(|rule| rule.is_once_a_version) {
        format!("{} {help}", version(&diagnostic.message))
    } else {
        // Where something else helps, it is said by itself.
        [plain(&diagnostic.message).0, help].join("\n")
    };
    let is_of_file = rule.is_some_and(|rule| rule.is_once_a_message);
    let file = is_of_file.then_some(diagnostic.primary.file);
    (Some(Arc::clone(&diagnostic.rule)), words, file)
}

/// The credential in a manifest that a diagnostic is about, if it is about one.
fn credential<'s>(
    diagnostic: &Diagnostic,
    rule: Option<&Rule>,
    sources: &'s BTreeMap<FileId, Arc<Source>>,
) -> Option<&'s str> {
    if !rule.is_some_and(|rule| rule.is_once_a_value) {
        return None;
    }
    let value = |at: FileSpan| {
        let source = sources.get(&at.file)?;
        let is_manifest = source.kind == Kind::Kubernetes;
        let written = source
            .text
            .get(at.span.start as usize..at.span.end as usize)?;
        is_manifest.then(|| value_of(written))
    };
    let own = value(diagnostic.primary).filter(|value| !value.is_empty())?;
    let mut members = diagnostic.members.iter();
    members
        .all(|member| value(member.primary) == Some(own))
        .then_some(own)
}

/// The value of what is written: a pair, or a value alone.
fn value_of(written: &str) -> &str {
    let value = written
        .split_once(": ")
        .map_or(written, |(_, value)| value)
        .trim();
    value.trim_matches(['"', '\''])
}

/// Rules about images whose version is left open, which a project does in all of its manifests or in none.
const OPEN: [&str; 2] = ["image/latest-tag", "image/missing-tag"];

/// Makes one diagnostic of those that a rule has in a Compose file, a manifest or a kustomization about several images: the file as a whole leaves its
/// versions open. So do the manifests of a run.
fn in_files(
    diagnostics: Diagnostics,
    sources: &BTreeMap<FileId, Arc<Source>>,
    is_folded: &dyn Fn(&Diagnostic) -> bool,
) -> Diagnostics {
    type Subject = (Option<FileId>, Arc<str>, Severity);
    let subject = |diagnostic: &Diagnostic| -> Option<Subject> {
        let file = diagnostic.primary.file;
        let kind = sources.get(&file).map(|source| source.kind);
        let is_of_images = diagnostic.rule.starts_with("image/");
        let is_of_run = kind == Some(Kind::Kubernetes) && OPEN.contains(&&*diagnostic.rule);
        let within = Some(file).filter(|_| !is_of_run);
        (is_of_images && kind.is_some_and(|kind| kind != Kind::Dockerfile))
            .then(|| (within, Arc::clone(&diagnostic.rule), diagnostic.severity))
            .filter(|_| is_folded(diagnostic))
    };
    let mut numbers: FxHashMap<Subject, usize> = FxHashMap::default();
    for subject in diagnostics.iter().filter_map(|one| subject(one)) {
        *numbers.entry(subject).or_default() += 1;
    }
    let mut firsts: FxHashMap<Subject, usize> = FxHashMap::default();
    let mut others: FxHashMap<usize, Diagnostics> = FxHashMap::default();
    let mut kept: Diagnostics = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let many = subject(&diagnostic).filter(|subject| numbers.get(subject) >= Some(&MANY));
        match many.map(|subject| firsts.entry(subject).or_insert(kept.len())) {
            Some(first) if *first < kept.len() => {
                others.entry(*first).or_default().push(diagnostic);
            }
            _ => kept.push(diagnostic),
        }
    }
    for (position, others) in others {
        if let Some(first) = kept.get_mut(position) {
            join(first, &others);
        }
    }
    kept
}

/// A message without the number of further places in its file, and that number.
fn plain(message: &str) -> (&str, usize) {
    let found = message.rsplit_once(" (and ").and_then(|(start, rest)| {
        let more = rest.strip_suffix(" more)")?;
        Some((start, more.parse().ok()?))
    });
    found.unwrap_or((message, 0))
}

/// Makes one diagnostic of the first and the others.
fn join(first: &mut Diagnostic, others: &[Box<Diagnostic>]) {
    let mut others: Vec<&Diagnostic> = others.iter().map(AsRef::as_ref).collect();
    // Copies of one place, as several renderings have them, are no repetition.
    others.retain(|other| other.primary != first.primary);
    if others.is_empty() {
        return;
    }
    let own = as_member(first);
    let own_message = first.message.clone();
    let (message, own_more) = plain(&first.message);
    let more: usize = others.iter().map(|other| 1 + plain(&other.message).1).sum();
    first.message = format!("{message} (and {} more)", own_more + more);
    let shown = others.iter().take(SHOWN);
    first.related.extend(shown.map(|other| Label {
        at: other.primary,
        message: if plain(&other.message).0 == plain(&own_message).0 {
            "here too".to_owned()
        } else {
            plain(&other.message).0.to_owned()
        },
    }));
    let members = others.into_iter().map(as_member);
    first.members = std::iter::once(own).chain(members).collect();
}

#[cfg(test)]
mod tests {
    use super::{plain, value_of};

    #[test]
    fn a_credential_is_the_value_of_a_pair() {
        assert_eq!(value_of("password: \"kelp-71\""), "kelp-71");
        assert_eq!(value_of("value: kelp-71"), "kelp-71");
        assert_eq!(value_of("kelp-71"), "kelp-71");
    }

    #[test]
    fn numbers_of_further_places_are_no_part_of_a_message() {
        assert_eq!(
            plain("`MAINTAINER` is deprecated"),
            ("`MAINTAINER` is deprecated", 0)
        );
        assert_eq!(plain("legacy syntax (and 12 more)"), ("legacy syntax", 12));
        assert_eq!(plain("a (and more)"), ("a (and more)", 0));
    }
}
