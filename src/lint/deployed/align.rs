//! One place for findings of a family about one container: each member is shown where its own field is decided, and these may be
//! different files.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::deployed::Files;
use crate::diagnostic::{Diagnostic, Diagnostics, FingerprintKey, Label};
use crate::lint::Linter;
use crate::lint::families::WRITTEN;
use crate::span::FileSpan;

/// What tells the containers of a text apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The text that names it, and its place in the object: a template may be run for several.
    Key,
    /// The text that names it: overlays may build several of one.
    Subject,
}

/// The container, the family, and the renderings in which the members are found: what only one overlay lacks is a finding of its own.
type Container<'a> = (
    FileSpan,
    Cow<'static, str>,
    Option<FingerprintKey>,
    &'a BTreeSet<usize>,
);

impl Linter<'_> {
    /// Moves members of families to the best place that one of them has.
    pub(super) fn align(
        &self,
        found: Vec<(Box<Diagnostic>, BTreeSet<usize>)>,
        files: &Files,
        by: By,
    ) -> Diagnostics {
        let (mut diagnostics, renderings): (Diagnostics, Vec<BTreeSet<usize>>) =
            found.into_iter().unzip();
        let mut groups: FxHashMap<Container, Vec<usize>> = FxHashMap::default();
        for ((index, diagnostic), renderings) in diagnostics.iter().enumerate().zip(&renderings) {
            let Some(part) = diagnostic.part.as_deref() else {
                continue;
            };
            if part.family == *diagnostic.rule || self.is_alone(diagnostic, files) {
                continue;
            }
            let key = (by == By::Key).then_some(part.key);
            let container = (part.subject, part.family.clone(), key, renderings);
            groups.entry(container).or_default().push(index);
        }
        for group in groups.into_values().filter(|group| group.len() > 1) {
            move_together(&mut diagnostics, &group, files);
        }
        diagnostics
    }

    /// Whether a diagnostic stays what it is: its rule was selected for itself.
    fn is_alone(&self, diagnostic: &Diagnostic, files: &Files) -> bool {
        let number = self.options.catalogue.number(&diagnostic.rule);
        let file = files.get(diagnostic.primary.file);
        number
            .zip(file)
            .is_none_or(|(number, file)| self.options.severities.is_apart(number, &file.path))
    }
}

fn move_together(diagnostics: &mut [Box<Diagnostic>], group: &[usize], files: &Files) {
    let rank = |index: &&usize| {
        let diagnostic = &diagnostics[**index];
        let file = files.get(diagnostic.primary.file);
        let is_template = file.is_none_or(|file| file.path.contains("templates/"));
        let is_written = diagnostic.part.as_ref().is_some_and(|part| part.is_written);
        (is_template, is_written)
    };
    let Some(best) = group.iter().min_by_key(rank).copied() else {
        return;
    };
    let place = diagnostics[best].primary;
    let key = diagnostics[group[0]].part.as_ref().map(|part| part.key);
    for index in group {
        let member = &mut diagnostics[*index];
        let Some(part) = member.part.as_mut() else {
            continue;
        };
        part.key = key.unwrap_or(part.key);
        if member.primary == place {
            continue;
        }
        member.related.clear();
        if part.is_written {
            member.related.push(Label {
                at: member.primary,
                message: WRITTEN.to_owned(),
            });
            part.is_written = false;
        }
        member.primary = place;
    }
}
