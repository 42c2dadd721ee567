//! Known findings while a run finds them again: each is taken once, what is left at the end no longer occurs.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::config::baseline::{Baseline, Entry};
use crate::lint::Outcome;

/// What a rule reports, wherever that is.
type Fault = (Box<str>, u64);

/// Known findings, and how many of each are still to be found.
pub(super) struct Ledger {
    left: Mutex<Left>,
}

struct Left {
    entries: BTreeMap<Entry, u32>,
    /// The files that are gone, by what was found in them: they may have another name now.
    gone: BTreeMap<Fault, Vec<Box<str>>>,
}

impl Ledger {
    /// The findings of a baseline whose paths count from `root`.
    pub(super) fn of(baseline: Baseline, root: &Path) -> Self {
        let mut gone: BTreeMap<Fault, Vec<Box<str>>> = BTreeMap::new();
        let mut last: Option<(&str, bool)> = None;
        for entry in baseline.entries.keys() {
            let is_gone = match last {
                Some((path, is_gone)) if path == &*entry.path => is_gone,
                _ => !root.join(&*entry.path).exists(),
            };
            last = Some((&entry.path, is_gone));
            if is_gone {
                let fault = (entry.rule.clone(), entry.key);
                gone.entry(fault).or_default().push(entry.path.clone());
            }
        }
        Self {
            left: Mutex::new(Left {
                entries: baseline.entries,
                gone,
            }),
        }
    }

    /// Whether a finding is known, and takes it if so: in the file of its path, or in one that is gone.
    pub(super) fn takes(&self, entry: &Entry) -> bool {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if left.take(entry) {
            return true;
        }
        let fault = (entry.rule.clone(), entry.key);
        let Some(paths) = left.gone.get(&fault).cloned() else {
            return false;
        };
        paths.into_iter().any(|path| {
            left.take(&Entry {
                path,
                ..entry.clone()
            })
        })
    }

    /// What was not found again.
    pub(super) fn unused(&self) -> BTreeMap<Entry, u32> {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        left.entries.clone()
    }
}

impl Left {
    fn take(&mut self, entry: &Entry) -> bool {
        let Some(count) = self.entries.get_mut(entry) else {
            return false;
        };
        *count = count.saturating_sub(1);
        if *count == 0 {
            self.entries.remove(entry);
        }
        true
    }
}

/// The open findings of the rules that are wanted.
pub(super) fn findings(outcome: &Outcome, is_wanted: &dyn Fn(&str) -> bool) -> Baseline {
    let mut found = Baseline::default();
    for diagnostic in &outcome.diagnostics {
        let source = outcome.sources.get(&diagnostic.primary.file);
        let path = source.map_or("", |source| &source.project_path);
        if diagnostic.suppressed.is_none() && is_wanted(&diagnostic.rule) {
            found.add(Entry::new(path, &diagnostic.rule, diagnostic.key));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, key: u64) -> Entry {
        Entry {
            path: path.into(),
            rule: "image/latest-tag".into(),
            key,
        }
    }

    #[test]
    fn each_finding_is_taken_once_also_if_its_file_has_another_name() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("here"), "").unwrap();
        let mut baseline = Baseline::default();
        for one in [
            entry("here", 1),
            entry("here", 1),
            entry("old", 2),
            entry("old", 3),
        ] {
            baseline.add(one);
        }
        let ledger = Ledger::of(baseline, folder.path());
        assert!(ledger.takes(&entry("here", 1)) && ledger.takes(&entry("here", 1)));
        assert!(!ledger.takes(&entry("here", 1)));
        assert!(ledger.takes(&entry("new", 2)) && !ledger.takes(&entry("new", 2)));
        // A file that is there lends nothing.
        assert!(!ledger.takes(&entry("new", 1)));
        let left: Vec<Entry> = ledger.unused().into_keys().collect();
        assert_eq!(left, [entry("old", 3)]);
    }
}
