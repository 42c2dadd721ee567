//! Local actions and reusable workflows whose callers hand them what an attacker writes.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::lint::{CheckedFile, Linter, Pass};
use crate::sources::context::Call;

/// How many calls deep a text is followed. GitHub allows ten levels of reusable workflows.
const DEPTH: usize = 10;

impl Linter<'_> {
    /// Checks files again that others of the run, or the `calls` of files around it, hand on what an attacker writes to.
    pub(super) fn check_called(
        &self,
        pass: &mut Pass,
        checked: &mut [CheckedFile],
        calls: Vec<Call>,
    ) {
        let mut known: BTreeSet<Call> = BTreeSet::new();
        let mut new: BTreeSet<Call> = calls.into_iter().collect();
        for _ in 0..DEPTH {
            let said = checked.iter().flat_map(|file| &file.analysis.calls);
            new.extend(said.filter(|call| !known.contains(*call)).cloned());
            if new.is_empty() {
                return;
            }
            known.extend(new.iter().cloned());
            let all: Arc<[Call]> = known.iter().cloned().collect();
            pass.contexts = std::mem::take(&mut pass.contexts).with_calls(all);
            for file in checked.iter_mut() {
                let source = &file.analysis.source;
                if new.iter().any(|call| call.is_of(&source.path)) {
                    let again = self.check_batch(pass, &mut [source.id()].as_slice());
                    if let Some(again) = again.into_iter().next() {
                        *file = again;
                    }
                }
            }
            new.clear();
        }
    }
}
