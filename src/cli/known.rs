//! What a check leaves out because it was there before: in a baseline, or in the base of a change.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::cli::arguments::Check;
use crate::cli::asked::Asked;
use crate::cli::diff_base::Base;
use crate::cli::ledger::Ledger;
use crate::cli::scope::Run;
use crate::cli::{CliError, diff_base, say};
use crate::config::Resolved;
use crate::config::baseline::{Entry, Stored};
use crate::diagnostic::Diagnostics;
use crate::lint::{Past, Sources};
use crate::sources::Source;

/// What is known of a run before it begins.
pub(super) struct Known {
    /// The rules whose findings no baseline takes away.
    locked: BTreeSet<Box<str>>,
    /// With how its place is shown.
    baseline: Option<(String, Ledger)>,
    base: Option<Base>,
    /// How many findings were left out.
    taken: AtomicUsize,
}

/// What the flags and the configuration say is known; `None` if nothing does.
pub(super) fn of(
    check: &Check,
    asked: &Asked,
    run: &Run,
    folder: &Path,
) -> Result<Option<Known>, CliError> {
    let stored = if check.no_baseline {
        None
    } else {
        stored(check, &run.resolved, folder)?
    };
    let root = run.resolved.project.root().unwrap_or(folder);
    let baseline = stored
        .map(|stored| {
            let ledger = Ledger::of(stored.baseline()?, root);
            Ok::<_, CliError>((stored.shown, ledger))
        })
        .transpose()?;
    let base = match &check.diff_base {
        Some(name) => diff_base::of(name, asked, &run.resolved, folder)?,
        None => None,
    };
    if baseline.is_none() && base.is_none() {
        return Ok(None);
    }
    Ok(Some(Known {
        locked: locked(&run.resolved),
        baseline,
        base,
        taken: AtomicUsize::new(0),
    }))
}

/// The file that the flag names, or else the configuration; it has to be there.
fn stored(check: &Check, resolved: &Resolved, folder: &Path) -> Result<Option<Stored>, CliError> {
    let (stored, help) = match (&check.baseline, &resolved.baseline) {
        (Some(file), _) => {
            let stored = Stored::read(&folder.join(file), folder)?;
            let help = format!("hullmark baseline --output {}", file.display());
            (stored, help)
        }
        (None, Some(stored)) => (stored.clone(), "hullmark baseline".to_owned()),
        (None, None) => return Ok(None),
    };
    if stored.text.is_none() {
        return Err(CliError::Usage(format!(
            "the baseline `{}` is not there: `{help}` writes it; --no-baseline does without",
            stored.shown
        )));
    }
    Ok(Some(stored))
}

/// The rules whose findings no baseline takes away.
pub(super) fn locked(resolved: &Resolved) -> BTreeSet<Box<str>> {
    let active = resolved.selection.active().iter();
    let locked = active.filter(|number| resolved.selection.is_locked(**number));
    locked
        .map(|number| Box::from(&*resolved.catalogue.rules[*number].id))
        .collect()
}

impl Past for Known {
    fn leave_out(&self, source: &Source, diagnostics: &mut Diagnostics, sources: &Sources) {
        let before = diagnostics.len();
        diagnostics.retain(|diagnostic| {
            let path = &source.project_path;
            let entry = || Entry::new(path, &diagnostic.rule, diagnostic.key);
            let of_baseline = self.baseline.as_ref();
            let in_baseline = of_baseline.is_some_and(|(_, ledger)| {
                !self.locked.contains(&*diagnostic.rule) && ledger.takes(&entry())
            });
            let of_base = self.base.as_ref();
            !in_baseline
                && !of_base.is_some_and(|base| {
                    !base.is_changed(diagnostic, sources) && base.findings.takes(&entry())
                })
        });
        self.taken
            .fetch_add(before - diagnostics.len(), Ordering::Relaxed);
    }
}

impl Known {
    /// How many findings were left out.
    pub(super) fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    /// Says which entries of the baseline no longer occur.
    pub(super) fn say_unused(&self, run: &Run, folder: &Path) {
        let Some((shown, ledger)) = &self.baseline else {
            return;
        };
        let covers = Covered::by(run, folder);
        let unused = ledger.unused();
        let mut unused = unused.keys().filter(|entry| covers.holds(entry));
        let Some(first) = unused.next() else {
            return;
        };
        let (rule, path) = (&first.rule, &first.path);
        let (entries, occur, more) = match unused.count() {
            0 => ("1 entry".to_owned(), "occurs", String::new()),
            more => (
                format!("{} entries", more + 1),
                "occur",
                format!(" and {more} more"),
            ),
        };
        say(&format!(
            "{entries} of `{shown}` no longer {occur} (`{rule}` in `{path}`{more}); `hullmark baseline --prune` removes what is gone"
        ));
    }
}

/// What a run would find again if it were still there.
pub(super) struct Covered<'r> {
    resolved: &'r Resolved,
    root: &'r Path,
    paths: BTreeSet<Arc<str>>,
    has_context: bool,
}

impl<'r> Covered<'r> {
    pub(super) fn by(run: &'r Run, folder: &'r Path) -> Self {
        let paths = run.files.iter().filter_map(|file| {
            let path = run.db.path_in_project(*file);
            path.or_else(|| run.db.path(*file).cloned())
        });
        Self {
            resolved: &run.resolved,
            root: run.resolved.project.root().unwrap_or(folder),
            paths: paths.collect(),
            has_context: run.has_context(),
        }
    }

    /// The folder from which paths count.
    pub(super) fn root(&self) -> &Path {
        self.root
    }

    /// Whether the run looked for what an entry says: its rule ran, and its file was judged or is gone.
    pub(super) fn holds(&self, entry: &Entry) -> bool {
        let number = self.resolved.catalogue.number(&entry.rule);
        let runs = number.is_none_or(|number| self.resolved.selection.is_active(number));
        runs && self.has_context
            && (self.paths.contains(&*entry.path) || !self.root.join(&*entry.path).exists())
    }
}
