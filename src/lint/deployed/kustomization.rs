//! Kustomizations: what is found in what they build.

use std::collections::BTreeSet;
use std::sync::Arc;

use hullmark_tables::faults;
use rayon::prelude::*;

use crate::deployed::kustomization::{self, Kustomizations, Root};
use crate::deployed::releases::Releases;
use crate::deployed::{Files, Group};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lint::deployed::align::By;
use crate::lint::deployed::judge::{Case, Words};
use crate::lint::deployed::merge::{Merged, add_note, merge, names};
use crate::lint::deployed::{Found, is_refused};
use crate::lint::{BATCH, Linter, Pass};

const WORDS: Words = Words {
    put_in: "put in place of this",
    called: "",
    left_out: "",
};

/// How many kustomizations a thread takes at a time.
const CHUNK: usize = 8;

impl Linter<'_> {
    pub(super) fn check_kustomizations(
        &self,
        pass: &Pass,
        group: &Group,
        releases: &Releases,
    ) -> Found {
        let rules = &self.options.catalogue.rules;
        let mut active = self.options.active.iter().map(|number| &rules[*number]);
        let is_wanted = active.any(|rule| *rule.id == *faults::UNLISTED_MANIFEST.rule);
        let built = kustomization::build(pass.db, group, releases, is_wanted);
        let chunks = built.roots.par_chunks(CHUNK);
        let found = chunks.map(|roots| self.judge_roots(pass, roots, &built.files));
        let found: Vec<Vec<Diagnostics>> = found.collect();
        let found = found.into_iter().flatten().enumerate().collect();
        let is_asked = |merged: &Merged| {
            let mut roots = merged.renderings.iter();
            roots.any(|number| built.roots[*number].is_asked)
        };
        let (asked, others): (Vec<Merged>, Vec<Merged>) =
            merge(found).into_iter().partition(is_asked);
        let named = |all: Vec<Merged>| {
            let all = all.into_iter().map(|merged| {
                let renderings = merged.renderings.clone();
                (named(merged, &built), renderings)
            });
            self.align(all.collect(), &built.files, By::Subject)
        };
        let mut diagnostics = named(asked);
        let mut only_in_run = named(others);
        let (asked, others) = self.report(&built.faults, &built.files);
        diagnostics.extend(asked);
        only_in_run.extend(others);
        Found {
            diagnostics,
            only_in_run,
            is_asked: false,
            parts: built.parts().cloned().collect(),
            templates: Vec::new(),
            is_rendered: false,
            refused: built.statuses().into_iter().filter(is_refused).collect(),
            files: built.files,
        }
    }

    /// Judges some roots, as many at a time as fill a batch.
    fn judge_roots(&self, pass: &Pass, roots: &[Root], files: &Files) -> Vec<Diagnostics> {
        let judge = |cases: &[Case]| {
            let judged = self.judge(pass, cases, files, WORDS).into_iter();
            judged.map(|judged| judged.diagnostics)
        };
        let mut found = Vec::with_capacity(roots.len());
        let mut cases: Vec<Case> = Vec::new();
        let mut bytes = 0;
        for root in roots {
            let rendering = root.rendering(files);
            bytes += rendering.text.len();
            cases.push(Case {
                rendering,
                path: Arc::from(root.path.as_str()),
                is_whole: !root.is_incomplete,
            });
            if bytes >= BATCH {
                found.extend(judge(&cases));
                cases.clear();
                bytes = 0;
            }
        }
        found.extend(judge(&cases));
        found
    }
}

/// The finding with the overlays that have it, unless all that its file is part of do.
fn named(merged: Merged, built: &Kustomizations) -> Box<Diagnostic> {
    let mut diagnostic = merged.diagnostic;
    diagnostic.holder = None;
    let file = diagnostic.primary.file;
    let all = (0..)
        .zip(&built.roots)
        .filter(|(_, root)| root.files.contains(&file));
    let all: BTreeSet<usize> = all.map(|(number, _)| number).collect();
    if !all.is_subset(&merged.renderings) {
        let roots = merged
            .renderings
            .iter()
            .filter_map(|number| built.roots.get(*number));
        let paths: Vec<String> = roots.map(|root| format!("`{}`", root.name)).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        add_note(&mut diagnostic, &format!(", in {}", names(&paths)));
    }
    diagnostic
}
