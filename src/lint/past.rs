//! What was there before a change: whoever runs the linter may have it left out, so that only what is new is reported.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::lint::{CheckedFile, sort};
use crate::sources::Source;
use crate::span::FileId;

/// The files that diagnostics may point into.
pub type Sources = BTreeMap<FileId, Arc<Source>>;

/// What was found before. It is asked before diagnostics are folded, so that what is new shows by itself where the rest of a folded one is old.
pub trait Past: Sync {
    /// Takes out of the open diagnostics of one file, which are in the order of their places, those that were there before. The files of a run come in
    /// the order of their paths; `sources` has them and those around them.
    fn leave_out(&self, source: &Source, diagnostics: &mut Diagnostics, sources: &Sources);
}

/// Takes what was there before out of the files of a run, which are in the order of their paths.
pub(super) fn leave_out(past: &dyn Past, checked: &mut [CheckedFile], around: &Sources) {
    let own = checked.iter().map(|file| &file.analysis.source);
    let own = own.map(|source| (source.id(), Arc::clone(source)));
    let mut sources: Sources = own.collect();
    for (id, source) in around {
        sources.entry(*id).or_insert_with(|| Arc::clone(source));
    }
    for file in checked {
        let all = std::mem::take(&mut file.diagnostics);
        let (mut open, suppressed): (Diagnostics, Diagnostics) = all
            .into_iter()
            .partition(|diagnostic| diagnostic.suppressed.is_none());
        sort(&mut open);
        past.leave_out(&file.analysis.source, &mut open, &sources);
        open.extend(suppressed);
        file.diagnostics = open;
    }
}
