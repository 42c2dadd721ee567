//! Repetitions: what is said again of another container of a file, of the same object in another file, such as a manifest that was built from others,
//! of one more manifest of the run, or in the very same words in any files, is one diagnostic. What is an error stays one at each place.

mod keys;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::lint::Outcome;
use crate::lint::alike::{lacks, plain};
pub(super) use crate::lint::copies::keys::STAND_IN;
use crate::lint::copies::keys::{Key, Keys};
use crate::lint::families::distinct;
use crate::rules::Catalogue;
use crate::span::FileId;

/// What is said at a further place.
const AGAIN: &str = "the same here";

/// The same where another of a family is missing, or only some of them.
const ALSO: &str = "something of this is missing here too";

/// How many further places a diagnostic shows.
const PLACES: usize = 100;

/// From how many files on a run has a habit.
const FILES: usize = 2;

/// Which diagnostics become one, and how that is said.
#[derive(Clone, Copy)]
struct Pass<'a> {
    key: &'a dyn Fn(&Diagnostic) -> Option<Key>,
    /// Of the files that say the same, the one with the least stays.
    order: &'a dyn Fn(FileId) -> usize,
    /// Of these, those with the least of this come first.
    rank: &'a dyn Fn(&Diagnostic) -> usize,
    /// What is said at a further place.
    again: &'static str,
    /// In how many files it is said at least.
    files: usize,
    /// Whether what the file of the first says again is one with it.
    is_whole: bool,
    /// From how many more places there are, in how many other files, and whether all of them are in those.
    ending: &'a dyn Fn(usize, usize, bool) -> String,
}

/// Folds diagnostics, most of them those of manifests. `is_apart` says of a diagnostic and its file's path whether it stays as it is.
pub fn fold(
    outcome: &mut Outcome,
    catalogue: &Catalogue,
    is_apart: &dyn Fn(&Diagnostic, &str) -> bool,
) {
    let sources = &outcome.sources;
    let keys = Keys {
        sources,
        catalogue,
        is_apart,
    };
    let in_file = Pass {
        key: &|diagnostic| keys.in_file(diagnostic),
        order: &|_| 0,
        rank: &|_| 0,
        again: AGAIN,
        files: 1,
        is_whole: true,
        ending: &in_others,
    };
    let of_object = Pass {
        key: &|diagnostic| keys.of_object(diagnostic),
        // What is built of several files is longer than each of them. A release that was kept is no longer written.
        order: &|file| {
            let source = sources.get(&file);
            source.map_or(0, |source| {
                let kept = if is_release(&source.path) { KEPT } else { 0 };
                source.text.len() + kept
            })
        },
        files: FILES,
        is_whole: false,
        ..in_file
    };
    let in_run = Pass {
        key: &|diagnostic| keys.in_run(diagnostic),
        files: FILES,
        is_whole: false,
        ..in_file
    };
    let of_family = Pass {
        key: &|diagnostic| keys.of_family(diagnostic),
        // The family says more than one of its members.
        rank: &|diagnostic| usize::from(keys.family(diagnostic) != Some(&*diagnostic.rule)),
        again: ALSO,
        files: FILES,
        ending: &in_part,
        ..in_file
    };
    let in_words = Pass {
        key: &|diagnostic| keys.in_words(diagnostic),
        ..in_file
    };
    let mut diagnostics = std::mem::take(&mut outcome.diagnostics);
    for pass in [in_file, of_object, in_run, of_family, in_words] {
        diagnostics = folded(diagnostics, &pass);
    }
    outcome.diagnostics = diagnostics;
}

/// Makes one of what is said of several subjects at the same bytes, as an anchor gives them to several containers. The diagnostics of a file are in the
/// order of their places.
pub(super) fn join_aliases(diagnostics: &mut Diagnostics) {
    diagnostics.dedup_by(|later, first| {
        let is_same = later.primary == first.primary
            && later.rule == first.rule
            && later.suppressed.is_some() == first.suppressed.is_some()
            && later
                .message
                .starts_with(|letter: char| letter.is_lowercase() || letter == '`')
            && lacks(&later.message) == lacks(&first.message);
        let name = later.message.split('`').nth(1).filter(|_| is_same);
        let Some(name) = name.filter(|_| plain(&later.message).contains('`')) else {
            return false;
        };
        let also = match first.message.strip_suffix("`)") {
            Some(before) if before.contains(" (like `") => format!("{before}`, `{name}`)"),
            _ => format!("{} (like `{name}`)", first.message),
        };
        first.message = also;
        true
    });
}

/// Whether a label shows a further place of what a diagnostic says.
fn is_again(label: &Label) -> bool {
    label.message == AGAIN || label.message == ALSO
}

/// That there are so many more, which lack other things of the same family.
fn in_part(more: usize, files: usize, are_all: bool) -> String {
    let like = in_others(more, files, are_all);
    format!("{}; what is missing differs)", like.trim_end_matches(')'))
}

/// That there are so many more, all of them in so many other files or not.
fn in_others(more: usize, files: usize, are_all: bool) -> String {
    if files == 0 {
        return format!(" (like {more} more in this file)");
    }
    let some = if are_all { "" } else { ", some of them" };
    format!(" (like {more} more{some} in {})", others(files))
}

/// So many other files, in words.
fn others(files: usize) -> String {
    match files {
        1 => "another file".to_owned(),
        files => format!("{files} other files"),
    }
}

/// More than the length of any file.
const KEPT: usize = 1 << 40;

/// Whether a path names a release: `deploy/v1.20.3/a.yaml`, `app-v2.0.0/a.yaml`.
fn is_release(path: &str) -> bool {
    path.split(['/', '-', '_']).any(|part| {
        let number = part.strip_prefix('v').unwrap_or(part);
        let mut numbers = number.split('.').take(2);
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        numbers.next().is_some_and(is_number) && numbers.next().is_some_and(is_number)
    })
}

/// Makes one of those with the same key. Others keep their order.
fn folded(diagnostics: Diagnostics, pass: &Pass<'_>) -> Diagnostics {
    let mut groups: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if let Some(key) = (pass.key)(diagnostic) {
            groups.entry(key).or_default().push(index);
        }
    }
    let file = |index: usize| diagnostics[index].primary.file;
    let mut into: BTreeMap<usize, usize> = BTreeMap::new();
    for (key, group) in &groups {
        if group.len() < key.least {
            continue;
        }
        let files: BTreeSet<FileId> = group.iter().map(|index| file(*index)).collect();
        let first = group.iter().min_by_key(|index| {
            let one = &diagnostics[**index];
            let rank = (pass.rank)(one);
            (
                rank,
                Reverse(one.severity),
                (pass.order)(file(**index)),
                **index,
            )
        });
        let Some(first) = first.filter(|_| files.len() >= pass.files) else {
            continue;
        };
        // What a file does in several places is said at each, but for what is decided once.
        let is_other = |index: usize| pass.is_whole || key.least > 1 || file(index) != file(*first);
        let others = group
            .iter()
            .filter(|index| *index != first && is_other(**index));
        into.extend(others.map(|index| (*index, *first)));
    }
    if into.is_empty() {
        return diagnostics;
    }
    let mut gained: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, first) in &into {
        gained.entry(*first).or_default().push(*index);
    }
    let mut kept: Vec<Option<Box<Diagnostic>>> = Vec::with_capacity(diagnostics.len());
    let mut folded: FxHashMap<usize, Box<Diagnostic>> = FxHashMap::default();
    for (index, diagnostic) in diagnostics.into_iter().enumerate() {
        if into.contains_key(&index) {
            folded.insert(index, diagnostic);
            kept.push(None);
        } else {
            kept.push(Some(diagnostic));
        }
    }
    for (first, others) in &gained {
        if let Some(diagnostic) = &mut kept[*first] {
            let others = others.iter().filter_map(|other| folded.get(other));
            let others: Vec<&Diagnostic> = others.map(|other| &**other).collect();
            add(diagnostic, &others, pass);
        }
    }
    kept.into_iter().flatten().collect()
}

/// Adds the places of others to a diagnostic.
fn add(diagnostic: &mut Diagnostic, others: &[&Diagnostic], pass: &Pass<'_>) {
    let again = |one: &Diagnostic| one.related.iter().filter(|label| is_again(label)).count();
    let more = again(diagnostic) + others.iter().map(|other| 1 + again(other)).sum::<usize>();
    // An earlier pass may have found places in further files.
    let mut files: BTreeSet<FileId> = others.iter().map(|other| other.primary.file).collect();
    let earlier = others.iter().copied().chain([&*diagnostic]);
    let labels = earlier.flat_map(|one| one.related.iter());
    files.extend(
        labels
            .filter(|label| is_again(label))
            .map(|label| label.at.file),
    );
    files.remove(&diagnostic.primary.file);
    let message = plain(&diagnostic.message).to_owned();
    let own = diagnostic.primary.file;
    let mut again_in_own = diagnostic.related.iter().filter(|label| is_again(label));
    let is_plain = others.iter().all(|one| one.primary.file != own)
        && again_in_own.all(|label| label.at.file != own);
    diagnostic.message = message + &(pass.ending)(more, files.len(), is_plain);
    let severities = others.iter().map(|other| other.severity);
    diagnostic.severity = severities.fold(diagnostic.severity, Severity::max);
    let aliases = others.iter().flat_map(|other| other.aliases.iter());
    diagnostic.aliases = distinct(diagnostic.aliases.clone().iter().chain(aliases));
    let places = others.iter().flat_map(|other| {
        let again = other.related.iter().filter(|label| is_again(label));
        [other.primary]
            .into_iter()
            .chain(again.map(|label| label.at))
    });
    let places = places.take(PLACES).map(|at| Label {
        at,
        message: pass.again.to_owned(),
    });
    diagnostic.related.extend(places);
}

#[cfg(test)]
mod tests {
    use super::is_release;

    #[test]
    fn folders_of_releases_are_known() {
        assert!(is_release("deploy/v1.20.3/a.yaml") && is_release("releases/app-v2.0.0/a.yaml"));
        assert!(!is_release("deploy/app-dev/a.yaml") && !is_release("deploy/v1/a.yaml"));
    }
}
