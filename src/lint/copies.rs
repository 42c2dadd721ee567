//! Repetitions: what is said again of another container of a file, of the same object in another file, such as a manifest that was built from others,
//! or of one more manifest of the run, is one diagnostic. What is an error stays one at each place.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Label, Severity};
use crate::lint::Outcome;
use crate::lint::families::distinct;
use crate::rules::{Catalogue, Rule};
use crate::sources::{Kind, Source};
use crate::span::FileId;

/// How a message begins to say with which values it holds.
const NOTE: &str = ", with `";

/// What is said at a further place.
const AGAIN: &str = "the same here";

/// The name of a release where a chart is rendered: objects of two charts with it are not the same.
pub(super) const STAND_IN: &str = "release-name";

/// How many further places a diagnostic shows.
const PLACES: usize = 100;

/// Rules whose advice is the same, whatever its words are about.
const ADVICE: &[&str] = &[
    "helm/deprecated-api-version",
    "helm/unpinned-dependency",
    "kustomize/deprecated-field",
    "project/budget-blocks-eviction",
];

/// From how many files on a run has a habit.
const FILES: usize = 2;

/// From how many places on the same words are about one decision.
const MANY: usize = 3;

/// Rules about what a project decides once, beside those about rights over a node or a cluster.
const DECISIONS: &[&str] = &[
    "kubernetes/weak-credential",
    "project/service-selects-nothing",
];

/// Rules about what one wrong template or one reader's mistake writes into many files, also as an error.
const EVERYWHERE: &[&str] = &["kubernetes/unknown-field", "kubernetes/misplaced-field"];

/// What diagnostics that become one have in common.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    rule: Arc<str>,
    /// The file or the object; empty for the run.
    within: Arc<str>,
    subject: String,
    /// How severe all are, if that tells them apart.
    severity: Option<Severity>,
    /// How often it is said at least.
    least: usize,
}

impl Key {
    fn new(diagnostic: &Diagnostic, within: &str, subject: &str) -> Self {
        Self {
            rule: Arc::clone(&diagnostic.rule),
            within: Arc::from(within),
            subject: subject.to_owned(),
            severity: None,
            least: 1,
        }
    }

    /// The same if it is said so often, as severely.
    fn from(self, least: usize, severity: Severity) -> Self {
        Self {
            severity: Some(severity),
            least,
            ..self
        }
    }
}

/// Which diagnostics become one, and how that is said.
struct Pass<'a> {
    key: &'a dyn Fn(&Diagnostic) -> Option<Key>,
    /// Of the files that say the same, the one with the least stays.
    order: &'a dyn Fn(FileId) -> usize,
    /// In how many files it is said at least.
    files: usize,
    /// From how many more places there are, in how many other files, and whether each of them is one diagnostic.
    ending: &'a dyn Fn(usize, usize, bool) -> String,
}

/// Folds the diagnostics of manifests. `is_apart` says of a diagnostic and its file's path whether it stays as it is.
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
        files: 1,
        ending: &|more, _, _| format!(" (like {more} more in this file)"),
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
        files: 2,
        ending: &|more, files, is_plain| {
            let others = others(files);
            if is_plain {
                format!(" (like {more} more in {others})")
            } else {
                format!(" (like {more} more, some of them in {others})")
            }
        },
    };
    let in_run = Pass {
        key: &|diagnostic| keys.in_run(diagnostic),
        order: &|_| 0,
        files: FILES,
        ending: &|more, files, _| format!(" (like {more} more in {})", others(files)),
    };
    let of_family = Pass {
        key: &|diagnostic| keys.of_family(diagnostic),
        order: &|_| 0,
        files: FILES,
        ending: &|more, files, _| format!(" (like {more} more in {})", others(files)),
    };
    let mut diagnostics = std::mem::take(&mut outcome.diagnostics);
    for pass in [in_file, of_object, in_run, of_family] {
        diagnostics = folded(diagnostics, &pass);
    }
    outcome.diagnostics = diagnostics;
}

/// What the diagnostics of a run have in common, for each of the passes.
struct Keys<'a> {
    sources: &'a BTreeMap<FileId, Arc<Source>>,
    catalogue: &'a Catalogue,
    is_apart: &'a dyn Fn(&Diagnostic, &str) -> bool,
}

impl Keys<'_> {
    /// The path of the manifest of a diagnostic that may be folded.
    fn path(&self, diagnostic: &Diagnostic) -> Option<&str> {
        let source = self.sources.get(&diagnostic.primary.file)?;
        let rule = self.catalogue.rule(&diagnostic.rule);
        let is_habit =
            rule.is_some_and(|rule| rule.is_habit) || EVERYWHERE.contains(&&*diagnostic.rule);
        let may_fold = diagnostic.suppressed.is_none()
            && (diagnostic.severity < Severity::Error || is_habit)
            && source.kind == Kind::Kubernetes
            && !(self.is_apart)(diagnostic, &source.path);
        may_fold.then_some(&*source.path)
    }

    /// Whether its rule is about a habit, or about what a manifest leaves to defaults.
    fn is_of_many(&self, diagnostic: &Diagnostic) -> bool {
        let rule = self.catalogue.rule(&diagnostic.rule);
        rule.is_some_and(|rule| rule.is_habit || rule.is_family() || !rule.family.is_empty())
    }

    /// Whether it is decided once what several say in the same words: which rights over a node or a cluster workloads take, which password is tried
    /// first.
    fn is_decision(&self, diagnostic: &Diagnostic) -> bool {
        let rule = self.catalogue.rule(&diagnostic.rule);
        DECISIONS.contains(&&*diagnostic.rule) || rule.is_some_and(|rule| rule.is_explained)
    }

    fn in_file(&self, diagnostic: &Diagnostic) -> Option<Key> {
        let path = self.path(diagnostic)?;
        if self.is_of_many(diagnostic) {
            return Some(Key::new(diagnostic, path, subject(diagnostic)));
        }
        let words = if self.is_decision(diagnostic) {
            subject(diagnostic)
        } else {
            plain(&diagnostic.message)
        };
        Some(Key::new(diagnostic, path, words).from(MANY, diagnostic.severity))
    }

    fn of_object(&self, diagnostic: &Diagnostic) -> Option<Key> {
        self.path(diagnostic)?;
        let object = diagnostic.resource.as_ref();
        let object = object.filter(|object| !object.contains(STAND_IN))?;
        Some(Key::new(diagnostic, object, plain(&diagnostic.message)))
    }

    fn in_run(&self, diagnostic: &Diagnostic) -> Option<Key> {
        self.path(diagnostic)?;
        let key = || Key::new(diagnostic, "", subject(diagnostic));
        if EVERYWHERE.contains(&&*diagnostic.rule) {
            let same = Key::new(diagnostic, "", plain(&diagnostic.message));
            return Some(same.from(MANY, diagnostic.severity));
        }
        if self.is_of_many(diagnostic) {
            return Some(key());
        }
        self.is_decision(diagnostic)
            .then(|| key().from(MANY, diagnostic.severity))
    }

    /// What is missing differs from container to container, and is advice: one of them tells it.
    fn of_family(&self, diagnostic: &Diagnostic) -> Option<Key> {
        self.path(diagnostic)?;
        let rule = self.catalogue.rule(&diagnostic.rule);
        let is_advice = diagnostic.severity == Severity::Info && rule.is_some_and(Rule::is_family);
        is_advice.then(|| Key::new(diagnostic, "", ""))
    }
}

/// What a message says, without the name of its subject; nothing of advice.
fn subject(diagnostic: &Diagnostic) -> &str {
    if diagnostic.severity == Severity::Info && ADVICE.contains(&&*diagnostic.rule) {
        return "";
    }
    lacks(&diagnostic.message)
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

/// A message without what an earlier pass added.
fn plain(message: &str) -> &str {
    message
        .find(" (like ")
        .map_or(message, |end| &message[..end])
}

/// A message without the name of its subject, and without the values that it takes.
fn lacks(message: &str) -> &str {
    let message = plain(message);
    let message = match message.find(NOTE) {
        Some(end) => &message[..end + NOTE.len()],
        None => message,
    };
    let name = message
        .split_once('`')
        .and_then(|(_, rest)| rest.split_once('`'));
    name.map_or(message, |(_, rest)| rest)
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
            let severity = Reverse(diagnostics[**index].severity);
            (severity, (pass.order)(file(**index)), **index)
        });
        let Some(first) = first.filter(|_| files.len() >= pass.files) else {
            continue;
        };
        // What a file does in several places is said at each, but for what is decided once.
        let is_other =
            |index: usize| pass.files == 1 || key.least > 1 || file(index) != file(*first);
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
            add(diagnostic, &others, pass.ending);
        }
    }
    kept.into_iter().flatten().collect()
}

/// Adds the places of others to a diagnostic.
fn add(
    diagnostic: &mut Diagnostic,
    others: &[&Diagnostic],
    ending: &dyn Fn(usize, usize, bool) -> String,
) {
    let again = |one: &Diagnostic| {
        one.related
            .iter()
            .filter(|label| label.message == AGAIN)
            .count()
    };
    let more = again(diagnostic) + others.iter().map(|other| 1 + again(other)).sum::<usize>();
    // An earlier pass may have found places in further files.
    let mut files: BTreeSet<FileId> = others.iter().map(|other| other.primary.file).collect();
    let earlier = others.iter().copied().chain([&*diagnostic]);
    let labels = earlier.flat_map(|one| one.related.iter());
    files.extend(
        labels
            .filter(|label| label.message == AGAIN)
            .map(|label| label.at.file),
    );
    files.remove(&diagnostic.primary.file);
    let message = plain(&diagnostic.message).to_owned();
    let is_plain = more == others.len();
    diagnostic.message = message + &ending(more, files.len(), is_plain);
    let severities = others.iter().map(|other| other.severity);
    diagnostic.severity = severities.fold(diagnostic.severity, Severity::max);
    let aliases = others.iter().flat_map(|other| other.aliases.iter());
    diagnostic.aliases = distinct(diagnostic.aliases.clone().iter().chain(aliases));
    let places = others.iter().flat_map(|other| {
        let again = other.related.iter().filter(|label| label.message == AGAIN);
        [other.primary]
            .into_iter()
            .chain(again.map(|label| label.at))
    });
    let places = places.take(PLACES).map(|at| Label {
        at,
        message: AGAIN.to_owned(),
    });
    diagnostic.related.extend(places);
}

#[cfg(test)]
mod tests {
    use super::{is_release, lacks, plain};

    #[test]
    fn messages_are_compared_without_names_and_counts() {
        let message = "container `web` has no memory limit (like 2 more in this file)";
        assert_eq!(plain(message), "container `web` has no memory limit");
        assert_eq!(lacks(message), " has no memory limit");
        assert_eq!(lacks("no name"), "no name");
        assert_eq!(lacks("`a` is b, with `c.d: true`"), " is b, with `");
        assert!(is_release("deploy/v1.20.3/a.yaml") && is_release("releases/app-v2.0.0/a.yaml"));
        assert!(!is_release("deploy/app-dev/a.yaml") && !is_release("deploy/v1/a.yaml"));
    }
}
