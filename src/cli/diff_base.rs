//! `--diff-base`: the findings that a change brings. The files of the base are taken from git's objects to a folder that is removed at the end, and checked
//! with the configuration of the run: what is found there is old, unless it is on a line that the change touches.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

use crate::cli::asked::{Asked, Taken};
use crate::cli::changed_lines::changed;
use crate::cli::date::today;
use crate::cli::ledger::{Ledger, findings};
use crate::cli::scope;
use crate::cli::{CliError, say};
use crate::config::baseline::Baseline;
use crate::config::project::{self, NAMES};
use crate::config::{Flags, Resolved};
use crate::diagnostic::Diagnostic;
use crate::git::{Blob, Git};
use crate::lint::Sources;
use crate::regular;
use crate::sources::Source;
use crate::span::Span;

/// The most files that a base may have.
const MOST_FILES: usize = 500_000;

/// The largest file that is judged, in bytes.
const LARGEST: u64 = 10 << 20;

/// The largest file of another kind that is taken with its content.
const LARGEST_OTHER: u64 = 256 << 10;

/// How many bytes of such files are taken; of the others only the names count.
const MOST_OTHER: u64 = 256 << 20;

/// The name that stands for the base of the pull request.
const AUTO: &str = "auto";

/// The base of a change.
pub(super) struct Base {
    /// What is found in it.
    pub(super) findings: Ledger,
    /// Its files; removed at the end.
    tree: PathBuf,
    /// By the paths of files from the root, for each of their lines whether it changed.
    changed: Mutex<BTreeMap<Arc<str>, Arc<Vec<bool>>>>,
    _held: TempDir,
}

/// Checks the base that a revision names for a run; `None` if `auto` finds that there is no change.
pub(super) fn of(
    name: &str,
    asked: &Asked,
    resolved: &Resolved,
    folder: &Path,
) -> Result<Option<Base>, CliError> {
    let fault = |reason: String| CliError::Usage(format!("--diff-base: {reason}"));
    let root = resolved.project.repository.as_deref();
    let root = root.ok_or_else(|| fault("there is no git repository here".to_owned()))?;
    let git = Git::of(root).ok_or_else(|| fault("git is not installed".to_owned()))?;
    let Some(commit) = commit(name, &git).map_err(fault)? else {
        say("--diff-base=auto: this job is not about a pull request, so all findings are shown");
        return Ok(None);
    };
    let of_git =
        |error: io::Error| fault(format!("the files of `{commit}` cannot be read: {error}"));
    let held = tempfile::tempdir().map_err(of_git)?;
    // Whether a project is one of examples may depend on the name of its folder.
    let tree = held.path().join(root.file_name().unwrap_or_default());
    let named = configs(asked, resolved, root);
    write(&git, &commit, &tree, &named).map_err(of_git)?;
    for file in &named {
        let copied = copy(&root.join(file), &tree.join(file));
        copied.map_err(|error| fault(format!("{}: {error}", file.display())))?;
    }
    let findings = check(asked, resolved, (root, &tree), folder)?;
    Ok(Some(Base {
        findings: Ledger::of(findings, root),
        tree,
        changed: Mutex::default(),
        _held: held,
    }))
}

/// The commit that is the base: of a name where the history of HEAD leaves that of the revision, so that what others did there since does not count.
fn commit(name: &str, git: &Git) -> Result<Option<String>, String> {
    if name != AUTO {
        return fork(name, git).map(Some);
    }
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    if let Some(commit) = variable("CI_MERGE_REQUEST_DIFF_BASE_SHA") {
        return here(&commit, git).map(Some);
    }
    let event = variable("GITHUB_EVENT_NAME").unwrap_or_default();
    let Some(branch) = variable("GITHUB_BASE_REF").filter(|_| event.starts_with("pull_request"))
    else {
        return Ok(None);
    };
    // What GitHub checks out is a merge into the base, whose first parent it is, also where a shallow clone has no more.
    let head = git.line(&["cat-file", "commit", "HEAD"]);
    let head = head.map_err(|error| format!("HEAD cannot be read ({error})"))?;
    let header = head.lines().take_while(|line| !line.is_empty());
    let parents: Vec<&str> = header
        .filter_map(|line| line.strip_prefix("parent "))
        .collect();
    match parents[..] {
        [base, _] => here(base, git).map(Some),
        _ => fork(&format!("origin/{branch}"), git).map(Some),
    }
}

/// A commit that must be among the objects.
fn here(hash: &str, git: &Git) -> Result<String, String> {
    git.commit(hash).map_err(|_| {
        format!(
            "the base of the pull request, {hash}, is not in this clone: fetch it with `git fetch --depth=1 origin {hash}`, or check out with `fetch-depth: 2` (actions/checkout) or `GIT_DEPTH: 0` (GitLab)"
        )
    })
}

/// The commit that a revision and HEAD come from.
fn fork(name: &str, git: &Git) -> Result<String, String> {
    let commit = git.commit(name).map_err(|error| {
        let branch = name.strip_prefix("origin/").unwrap_or(name);
        format!("`{name}` names no commit that is here ({error}); fetch it first: `git fetch origin {branch}`")
    })?;
    let base = git.line(&["merge-base", &commit, "HEAD"]);
    base.map_err(|_| {
        let shallow = git.line(&["rev-parse", "--is-shallow-repository"]);
        if shallow.is_ok_and(|is| is == "true") {
            format!(
                "this clone is shallow, and the history between `{name}` and HEAD is not in it: fetch it with `git fetch --unshallow`, or check out with `fetch-depth: 0`"
            )
        } else {
            format!("`{name}` and HEAD have no commit in common")
        }
    })
}

/// The files in the repository that say what is judged, from its root: those of the run count for the base, too.
fn configs(asked: &Asked, resolved: &Resolved, root: &Path) -> Vec<PathBuf> {
    let project = &resolved.project;
    let mut files: Vec<PathBuf> = Vec::new();
    if asked.choice.config_from.is_none() {
        files.extend(project.config.clone());
        files.extend(project.unused.clone());
        for folder in &resolved.config.policies {
            let below = fs::read_dir(folder).into_iter().flatten().flatten();
            let mut folders: Vec<PathBuf> = below.map(|entry| entry.path()).collect();
            folders.push(folder.clone());
            for folder in folders {
                let entries = fs::read_dir(folder).into_iter().flatten().flatten();
                files.extend(
                    entries
                        .map(|entry| entry.path())
                        .filter(|path| path.is_file()),
                );
            }
        }
    }
    let files = files.into_iter();
    let mut files: Vec<PathBuf> = files
        .filter_map(|file| file.strip_prefix(root).ok().map(Path::to_owned))
        .collect();
    files.sort();
    files.dedup();
    files
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let text = regular::read_text(from, LARGEST)?;
    to.parent().map(fs::create_dir_all).transpose()?;
    fs::write(to, text)
}

/// Writes the files of a commit below a folder that stands for the root of the repository, without configurations and without those that are `left_out`.
fn write(git: &Git, commit: &str, tree: &Path, left_out: &[PathBuf]) -> io::Result<()> {
    fs::create_dir_all(tree)?;
    let own = git.line(&["rev-parse", "--absolute-git-dir"])?;
    // Which files git tracks counts for what is ignored.
    fs::write(tree.join(".git"), format!("gitdir: {own}\n"))?;
    let mut blobs = git.files(commit, &[], MOST_FILES)?;
    blobs.retain(|blob| {
        let path = Path::new(&blob.path);
        let is_config = NAMES.iter().any(|name| path.ends_with(name));
        !is_config && left_out.iter().all(|other| other != path)
    });
    let mut budget = MOST_OTHER;
    let mut taken: Vec<&Blob> = Vec::new();
    for blob in &blobs {
        let is_judged = may_be_judged(&blob.path) && blob.size <= LARGEST;
        let is_other = || blob.size <= LARGEST_OTHER && blob.size <= budget;
        if is_judged {
            taken.push(blob);
        } else if is_other() {
            budget -= blob.size;
            taken.push(blob);
        } else {
            create(tree, blob, &[])?;
        }
    }
    git.read(&taken, &mut |blob, bytes| create(tree, blob, bytes))
}

fn create(tree: &Path, blob: &Blob, bytes: &[u8]) -> io::Result<()> {
    let file = tree.join(&blob.path);
    file.parent().map(fs::create_dir_all).transpose()?;
    fs::write(file, bytes)
}

/// Whether a file is of a kind that is judged, or that says what is, by its name.
fn may_be_judged(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let ends = [".yaml", ".yml", ".json", ".tpl", ".dockerfile", "ignore"];
    ends.iter().any(|end| name.ends_with(end))
        || name.starts_with("dockerfile")
        || name.starts_with("containerfile")
}

/// What is found in the base.
fn check(
    asked: &Asked,
    resolved: &Resolved,
    (root, tree): (&Path, &Path),
    folder: &Path,
) -> Result<Baseline, CliError> {
    let in_tree = |path: &Path| {
        let full = project::plain(folder, path);
        full.strip_prefix(root).ok().map(|below| tree.join(below))
    };
    let working = in_tree(folder).unwrap_or_else(|| tree.to_owned());
    let _ = fs::create_dir_all(&working);
    let mut asked = asked.clone();
    asked.is_quiet = true;
    let is_all = asked.paths.is_empty();
    let paths = asked.paths.iter().filter_map(|path| in_tree(path));
    asked.paths = paths.filter(|path| path.exists()).collect();
    if asked.paths.is_empty() && !is_all {
        return Ok(Baseline::default());
    }
    let Flags { config, policy, .. } = asked.choice.flags();
    asked.choice.policy = policy.iter().map(|path| folder.join(path)).collect();
    asked.choice.config = config.map(|file| in_tree(&file).unwrap_or_else(|| folder.join(file)));
    if asked.choice.config.is_none() && asked.choice.config_from.is_none() {
        asked.choice.config = resolved.project.config.as_deref().and_then(in_tree);
        asked.choice.isolated = asked.choice.config.is_none();
    }
    let mut run = scope::prepare(&asked, &working)?;
    let apart = Taken {
        past: None,
        apart: true,
    };
    let (outcome, _) = run.check(today(), apart)?;
    Ok(findings(&outcome, &|_| true))
}

impl Base {
    /// Whether a diagnostic, or a place that belongs to it, is on a line of a file of the base that the change touches.
    pub(super) fn is_changed(&self, diagnostic: &Diagnostic, sources: &Sources) -> bool {
        let related = diagnostic.related.iter().map(|label| label.at);
        let mut places = related.chain([diagnostic.primary]);
        places.any(|place| {
            let source = sources.get(&place.file);
            source.is_some_and(|source| self.touches(source, place.span))
        })
    }

    fn touches(&self, source: &Source, span: Span) -> bool {
        let changed = self.lines(source);
        let first = source.lines.line(span.start) as usize;
        let last = source.lines.line(span.end.max(span.start + 1) - 1) as usize;
        let lines = changed.get(first - 1..last.min(changed.len()));
        lines.is_some_and(|lines| lines.contains(&true))
    }

    /// The lines of a file that changed: none if the base does not have it, since what is found in a new file is new, or in one that was renamed.
    fn lines(&self, source: &Source) -> Arc<Vec<bool>> {
        let mut known = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lines) = known.get(&source.project_path) {
            return Arc::clone(lines);
        }
        let old = regular::read_text(&self.tree.join(&*source.project_path), LARGEST);
        let lines = old.map_or_else(|_| Vec::new(), |old| changed(&old, &source.text));
        let lines = Arc::new(lines);
        known.insert(Arc::clone(&source.project_path), Arc::clone(&lines));
        lines
    }
}
