//! What of a run's findings is not shown: those in test data, in examples, in what a program made and in what a newer release supersedes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::cli::scope::Run;
use crate::config::superseded;
use crate::config::test_data;
use crate::lint::Outcome;
use crate::regular;
use crate::report::LeftOut;
use crate::sources::{Kind, Source};
use crate::span::FileId;

/// The largest workflow of which the text is asked for what it runs.
const LARGEST_WORKFLOW: u64 = 1 << 20;

/// Where workflows are run from.
const WORKFLOWS: &[&str] = &[
    ".github/workflows",
    ".gitea/workflows",
    ".forgejo/workflows",
];

/// What a file is kept for, beside being deployed.
#[derive(Clone, Copy, Default)]
struct Kept {
    /// Made by a program, which would make it again.
    is_generated: bool,
    /// Test data, or other people's code.
    is_of_test: bool,
    /// A manifest or a Compose file that shows or tries something, or a workflow that nothing runs.
    is_example: bool,
    /// A workflow that nothing runs and nobody is meant to copy.
    is_unused: bool,
    /// A release that a newer one supersedes, or what is wrong on purpose or not this project's: only live credentials count.
    is_superseded: bool,
}

impl Run {
    /// Takes the findings in test data, and what is no error in generated files, out of what is shown, and says how many there are.
    pub(super) fn leave_out_test_data(&self, outcome: &mut Outcome) -> LeftOut {
        let mut left_out = LeftOut::default();
        if self.includes_tests {
            return left_out;
        }
        let mut last = None;
        let paths = self.files.iter().filter_map(|file| self.db.path(*file));
        let old = superseded::folders(paths.map(AsRef::as_ref));
        let files = outcome.sources.iter();
        let mut workflows: Option<Vec<String>> = None;
        let kept: BTreeMap<FileId, Kept> = files
            .map(|(file, source)| {
                let mut kept = self.kept(*file, source, &old);
                // An action that no workflow uses is there to be read by a test.
                if kept.is_of_test && source.kind == Kind::Action {
                    let workflows = workflows.get_or_insert_with(|| self.workflows());
                    kept.is_superseded |= !test_data::is_used(&source.path, workflows);
                }
                (*file, kept)
            })
            .collect();
        outcome.diagnostics.retain(|diagnostic| {
            let rule = self.resolved.catalogue.rule(&diagnostic.rule);
            let file = diagnostic.primary.file;
            let kept = kept.get(&file).copied().unwrap_or_default();
            let path = outcome
                .sources
                .get(&file)
                .map_or("", |source| &*source.path);
            if kept.is_generated && !test_data::counts_in_generated(diagnostic) {
                left_out.generated += usize::from(diagnostic.suppressed.is_none());
                return false;
            }
            let is_shown = if kept.is_superseded {
                test_data::counts_always(diagnostic, rule)
            } else {
                let is_dated = rule.is_some_and(|rule| rule.is_dated);
                let is_left = test_data::is_past(path, rule)
                    || kept.is_unused && is_dated
                    || kept.is_example && !test_data::counts_in_example(diagnostic, rule);
                (!kept.is_of_test || test_data::counts(diagnostic, rule))
                    && (self.is_apart(diagnostic, path) || !is_left)
            };
            if is_shown {
                return true;
            }
            if diagnostic.suppressed.is_none() {
                left_out.findings += 1;
                left_out.files += usize::from(last.replace(file) != Some(file));
            }
            false
        });
        left_out
    }

    /// What a file is kept for, beside being deployed.
    fn kept(&self, file: FileId, source: &Source, old: &BTreeSet<String>) -> Kept {
        let full = self.db.full(file);
        let path = source.path.as_ref();
        let name = path.rsplit('/').next().unwrap_or(path);
        // `test_release.yaml` is read by the `test_release.py` beside it.
        let is_of_test = full.is_some_and(|full| self.test_data.holds(full))
            || source.kind == Kind::Kubernetes && name.starts_with("test_");
        // Images of several versions are built side by side.
        let is_old = source.kind == Kind::Kubernetes && superseded::hold(old, path);
        let is_printed = source.kind == Kind::Kubernetes && test_data::is_rendered(&source.text);
        let is_strict =
            is_printed || test_data::is_wrong_on_purpose(path) || test_data::is_vendored(path);
        let is_old = is_old || test_data::is_golden(path);
        // A workflow elsewhere is never run: it is data of a test, or there to be copied.
        let is_idle = source.kind == Kind::Workflow
            && full
                .and_then(Path::parent)
                .is_some_and(|folder| !WORKFLOWS.iter().any(|end| folder.ends_with(end)));
        let is_named = full.is_some_and(|full| self.named.holds(full));
        // At the top of a repository it is not even there to be copied.
        let folder = full.and_then(Path::parent).filter(|_| is_idle && !is_named);
        let is_sample = !self.is_forced && folder.is_some_and(is_repository);
        // Who names a folder of a repository wants all in it judged.
        let is_of_repository =
            folder.is_some_and(|folder| self.named.above(folder).any(is_repository));
        let is_wrong = is_of_repository && test_data::is_wrong_by_folder(path);
        let may_be_example = matches!(source.kind, Kind::Kubernetes | Kind::Compose) || is_idle;
        let is_example = may_be_example && self.is_example(full, path);
        Kept {
            is_generated: source.is_generated(),
            is_of_test,
            is_example: is_example || is_sample,
            is_unused: is_sample,
            is_superseded: is_old || is_wrong || is_of_test && (is_strict || is_idle),
        }
    }

    /// The texts of the workflows of the run that are no test data.
    fn workflows(&self) -> Vec<String> {
        let paths = self.files.iter().filter_map(|file| self.db.full(*file));
        paths
            .filter(|full| {
                full.parent()
                    .is_some_and(|folder| folder.ends_with(".github/workflows"))
            })
            .filter(|full| !self.test_data.holds(full))
            .filter_map(|full| regular::read_text(full, LARGEST_WORKFLOW).ok())
            .collect()
    }

    /// Whether a file is an example by its path below what was named; what is named itself is judged in full.
    fn is_example(&self, full: Option<&Path>, path: &str) -> bool {
        if self.resolved.config.test_data.is_some() {
            return false;
        }
        let full = full.filter(|_| !self.is_forced);
        // A file that was named is judged in full; a repository that was is what it says it is.
        let is_below = full.is_none_or(|full| !self.named.holds(full));
        let is_of_examples = || {
            let root = self.of_examples.as_ref();
            root.is_some_and(|root| full.is_some_and(|full| full.starts_with(root)))
        };
        if is_below && is_of_examples() {
            return true;
        }
        let above = full.into_iter().flat_map(|full| {
            let above = self.named.above(full);
            above.filter_map(move |above| full.strip_prefix(above).ok())
        });
        let mut below = above.map(Path::to_string_lossy).peekable();
        if below.peek().is_none() {
            return test_data::is_example(path);
        }
        below.all(|below| test_data::is_example(&below))
    }
}

/// Whether a folder is the top of a repository.
fn is_repository(folder: &Path) -> bool {
    folder.join(".git").exists()
}
