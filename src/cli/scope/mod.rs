//! Which files a run of `check` reads, which of them it judges, and which of their findings it shows.

mod left_out;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use crate::cli::asked::{Asked, Taken};
use crate::cli::{CliError, files, fixtures, say};
use crate::config::project::{self, Project};
use crate::config::test_data::{self, TestData};
use crate::config::{self, Flags, Resolved};
use crate::deployed;
use crate::deployed::status::Status;
use crate::diagnostic::Diagnostic;
use crate::evaluate::suppress::Date;
use crate::external::ShellCheck;
use crate::lint::copies;
use crate::lint::repeated;
use crate::lint::{Around, Linter, Options, Outcome};
use crate::meter::Meter;
use crate::path_set::PathSet;
use crate::patterns::Patterns;
use crate::report::LeftOut;
use crate::sources::{Kind, Roots, SourceDb};
use crate::span::FileId;

/// What a run is about.
pub(super) struct Run {
    pub(super) resolved: Resolved,
    pub(super) db: SourceDb,
    /// What is judged.
    pub(super) files: Vec<FileId>,
    /// What was named and what is excluded.
    pub(super) roots: Roots,
    pub(super) test_data: TestData,
    /// What was named.
    named: PathSet,
    /// The root of the project, or else the working folder, if its name says that it is one of examples.
    of_examples: Option<PathBuf>,
    includes_tests: bool,
    is_forced: bool,
    has_context: bool,
    /// Where it is noted how far the run is, and what it takes.
    pub(super) meter: Option<Arc<Meter>>,
}

/// Reads the configuration that holds for what is checked, and finds the files.
pub(super) fn prepare(arguments: &Asked, folder: &Path) -> Result<Run, CliError> {
    let scope = &arguments.scope;
    let stdin = arguments.stdin_filename.as_deref();
    let flagged = excludes(folder, &scope.exclude);
    let flags = Flags {
        without_suppressions: arguments.no_suppressions,
        ..arguments.choice.flags()
    };
    let resolved = config::load_for(&flags, folder, &named(arguments)?);
    let (resolved, flagged) = match (resolved, flagged) {
        (Ok(resolved), Ok(flagged)) => (resolved, flagged),
        (Err(error), Ok(_)) => return Err(error.into()),
        (Ok(_), Err(error)) => return Err(error),
        (Err(first), Err(second)) => {
            return Err(CliError::Several(vec![first.into(), second]));
        }
    };
    if !arguments.is_quiet {
        warn_of_unused(&resolved.project, folder);
    }
    if !resolved.weakened.is_empty() && !arguments.is_quiet {
        say(&format!(
            "the configuration of this checkout is not used, and would weaken what is checked; {}",
            resolved.weakened.join("; ")
        ));
    }
    let mut exclude = flagged.clone();
    exclude.extend(resolved.config.exclude.clone());
    exclude.extend(fixtures::excluded(
        &resolved,
        &arguments.choice.policy,
        folder,
    ));
    let mut roots = Roots {
        paths: arguments.paths.clone(),
        exclude,
        is_forced: scope.force_exclude,
    };
    let root = resolved.project.root();
    let config = &resolved.config;
    let db = SourceDb::on_disk(folder).with_root(root);
    let kubernetes = scope.kubernetes.or(config.kubernetes);
    let mut db = db.with_schemas(schema_files(&config.schemas), kubernetes);
    let files = files(&mut db, &mut roots, stdin)?;
    if !arguments.is_quiet && roots.paths.iter().any(|path| folder.join(path).is_dir()) {
        warn_of_idle(&flagged, folder);
    }
    let mut full: Vec<PathBuf> = roots
        .paths
        .iter()
        .map(|path| project::plain(folder, path))
        .collect();
    full.extend(stdin.map(|name| project::plain(folder, Path::new(name))));
    let globs = resolved.config.test_data.clone();
    let globs = globs.unwrap_or_else(|| test_data::DEFAULT.map(str::to_owned).to_vec());
    let test_data = TestData::of(&globs, root, &full, !scope.force_exclude)
        .map_err(|error| CliError::Usage(format!("test-data: {error}")))?;
    let of_examples = Some(root.unwrap_or(folder)).filter(|root| {
        let name = root.file_name();
        name.is_some_and(|name| test_data::is_of_examples(&name.to_string_lossy()))
    });
    let of_examples = of_examples.map(Path::to_owned);
    Ok(Run {
        resolved,
        db,
        files,
        roots,
        test_data,
        named: PathSet::of(full),
        of_examples,
        includes_tests: scope.include_tests,
        is_forced: scope.force_exclude,
        has_context: !scope.no_context,
        meter: None,
    })
}

/// The files with schemas that the configuration names; of a folder those in it.
fn schema_files(named: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in named {
        let Ok(entries) = fs::read_dir(path) else {
            files.push(path.clone());
            continue;
        };
        let entries = entries.flatten().map(|entry| entry.path());
        files.extend(entries.filter(|path| path.is_file()));
    }
    files.sort();
    files
}

/// The files and folders that are named; standard input among them if it has a name.
fn named(arguments: &Asked) -> Result<Vec<PathBuf>, CliError> {
    let is_dash = |path: &&PathBuf| path.as_os_str() == "-";
    let named = arguments.paths.iter().filter(|path| !is_dash(path));
    let mut named: Vec<PathBuf> = named.cloned().collect();
    let is_read = arguments.paths.is_empty() || named.len() < arguments.paths.len();
    match &arguments.stdin_filename {
        Some(_) if !is_read => {
            let path = named
                .first()
                .map_or_else(String::new, |path| path.display().to_string());
            Err(CliError::Usage(format!(
                "--stdin-filename: names what standard input holds, so `{path}` would not be read from the disk; leave one of them out"
            )))
        }
        name => {
            named.extend(name.as_ref().map(PathBuf::from));
            Ok(named)
        }
    }
}

impl Run {
    /// Checks the files, and leaves out what is not shown of test data.
    pub(super) fn check(
        &mut self,
        today: Date,
        taken: Taken<'_>,
    ) -> Result<(Outcome, LeftOut), CliError> {
        let shellcheck = shellcheck(&self.resolved)?;
        let options = Options {
            catalogue: &self.resolved.catalogue,
            active: self.resolved.selection.active(),
            settings: &self.resolved.settings,
            shellcheck: shellcheck.as_ref(),
            severities: &self.resolved,
            past: taken.past,
            folds: !taken.apart,
            today,
        };
        let mut outcome = if let Some(roots) = self.context_roots() {
            let linter =
                Linter::in_project(options, &self.db, &self.files)?.with_meter(self.meter.clone());
            let kinds = linter.context_kinds(&self.db, &self.files);
            let wants = linter.wants_kustomizations(&self.db, &self.files);
            let around = around(&mut self.db, &self.files, (&kinds, wants), &roots);
            linter.check_in_context(&self.db, &self.files, &around)
        } else {
            let linter =
                Linter::for_files(options, &self.db, &self.files)?.with_meter(self.meter.clone());
            linter.check_project(&self.db, &self.files)
        };
        let left_out = self.leave_out_test_data(&mut outcome);
        if taken.apart {
            return Ok((outcome, left_out));
        }
        let is_apart = |diagnostic: &Diagnostic, path: &str| self.is_apart(diagnostic, path);
        repeated::fold(&mut outcome, &self.resolved.catalogue, &is_apart);
        copies::fold(&mut outcome, &self.resolved.catalogue, &is_apart);
        Ok((outcome, left_out))
    }

    /// The path of the file that is checked, if that is what was named.
    pub(super) fn only_file(&self) -> Option<&str> {
        let ([file], [named]) = (&self.files[..], self.named.paths()) else {
            return None;
        };
        let full = self.db.full(*file)?;
        (full == named)
            .then(|| self.db.path(*file).map(AsRef::as_ref))
            .flatten()
    }

    /// The root of the project; else the folder that was named first.
    pub(super) fn root(&self) -> &Path {
        let first = || {
            self.named
                .paths()
                .first()
                .map_or(Path::new("."), PathBuf::as_path)
        };
        self.resolved.project.root().unwrap_or_else(first)
    }

    /// Whether the rest of the project is read.
    pub(super) fn has_context(&self) -> bool {
        self.has_context
    }

    /// Where the rest of the project is; `None` if all of it is checked, or if it is not asked for.
    fn context_roots(&self) -> Option<Roots> {
        let root = self.resolved.project.root().filter(|_| self.has_context)?;
        let is_whole = self.named.above(root).next().is_some();
        (!is_whole).then(|| Roots {
            paths: vec![root.to_owned()],
            exclude: self.roots.exclude.clone(),
            is_forced: false,
        })
    }

    /// The charts and kustomizations of the run, and what becomes of them.
    pub(super) fn rendered(&self) -> Vec<Status> {
        let others = self.has_context.then_some(&[][..]);
        deployed::statuses(&self.db, &self.files, others)
    }

    /// Says of files that were named, and are the only ones, why they are not judged.
    pub(super) fn say_why(&self) {
        let files = self.db.survey(&self.roots, &self.files);
        for file in files.iter().filter(|file| self.named.holds(&file.full)) {
            say(&format!("{}: {}", file.path, file.state.reason()));
        }
    }

    /// Whether a diagnostic is reported by itself: its rule is selected by an id or `ALL`.
    fn is_apart(&self, diagnostic: &Diagnostic, path: &str) -> bool {
        let number = self.resolved.catalogue.number(&diagnostic.rule);
        number.is_none_or(|number| self.resolved.selection.is_apart(number, path))
    }
}

/// The files around those that are checked, of the kinds that rules need to know, and kustomizations if these are wanted.
fn around(
    db: &mut SourceDb,
    files: &[FileId],
    (kinds, wants_kustomizations): (&[Kind], bool),
    roots: &Roots,
) -> Around {
    if kinds.is_empty() && !wants_kustomizations {
        return Around::default();
    }
    let checked: BTreeSet<FileId> = files.iter().copied().collect();
    // What cannot be read is no context.
    let mut around = db.discover(roots).unwrap_or_default();
    around.retain(|file| !checked.contains(file));
    let kustomizations = around.iter().copied();
    let kustomizations =
        kustomizations.filter(|file| wants_kustomizations && Linter::is_kustomization(db, *file));
    let kustomizations = kustomizations.collect();
    around.retain(|file| db.may_be(*file, kinds));
    Around {
        context: around,
        kustomizations,
    }
}

/// The program that a rule of the run asks for, if one does.
fn shellcheck(resolved: &Resolved) -> Result<Option<ShellCheck>, CliError> {
    let rules = &resolved.catalogue.rules;
    let mut active = resolved
        .selection
        .active()
        .iter()
        .map(|number| &rules[*number]);
    let Some(rule) = active.find(|rule| rule.needs_program()) else {
        return Ok(None);
    };
    let path = env::var_os("PATH");
    let found = ShellCheck::find(env::var_os("HULLMARK_SHELLCHECK"), path.as_deref());
    found.map(Some).map_err(|source| CliError::ShellCheck {
        rule: rule.id.to_string(),
        source,
    })
}

/// The globs of `--exclude`, each by itself, so that one which means nothing can be named.
fn excludes(folder: &Path, lists: &[String]) -> Result<Vec<Patterns>, CliError> {
    let globs = lists.iter().flat_map(|list| split(list));
    let globs = globs.map(|glob| {
        Patterns::new(folder, [glob])
            .map_err(|error| CliError::Usage(format!("--exclude: {error}")))
    });
    globs.collect()
}

/// The parts of a list between commas; a comma in braces or brackets belongs to a glob.
fn split(list: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    let parts = list.split(|char| {
        match char {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        char == ',' && depth == 0
    });
    let parts = parts.map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// Warns of globs that match nothing. A path that exists is one that git ignores already, or that is not looked at.
fn warn_of_idle(flagged: &[Patterns], folder: &Path) {
    let idle = flagged.iter().filter(|patterns| !patterns.are_used());
    for glob in idle.flat_map(Patterns::texts) {
        if !folder.join(glob.trim_start_matches('/')).exists() {
            say(&format!("--exclude: `{glob}` matches no file or folder"));
        }
    }
}

/// Warns of configurations that are not used.
fn warn_of_unused(project: &Project, folder: &Path) {
    let shown = |path: &Path| {
        let shown = path.strip_prefix(folder).unwrap_or(path);
        format!("`{}`", shown.display())
    };
    if project.unused.is_empty() {
        return;
    }
    let unused: Vec<String> = project.unused.iter().map(|path| shown(path)).collect();
    let unused = unused.join(", ");
    say(&match &project.config {
        Some(used) => format!(
            "{} is the configuration of this run, not {unused}",
            shown(used)
        ),
        None => format!(
            "this run has no configuration: {unused} hold for some of the paths alone; check these by themselves, or pass --config"
        ),
    });
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn globs_are_split_at_commas_that_belong_to_none() {
        assert_eq!(
            split("a, b/*.{yml,yaml},[a,b]c,"),
            ["a", "b/*.{yml,yaml}", "[a,b]c"]
        );
    }
}
