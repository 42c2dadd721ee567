//! The releases of Kubernetes that manifests are for, as far as their repository says: the cluster that its infrastructure makes, what a chart asks for, and
//! the clusters on which it is tried.

mod chart;
mod manifests;
mod terraform;
mod workflows;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hullmark_schema::target::Target;

use crate::sources::Source;
use crate::sources::context::documents::whole;
use crate::sources::context::{BuildContexts, DirCache};

/// How many folders of a repository are looked into, how deep they are, and how many files are read.
const FOLDERS: usize = 400;
const DEPTH: usize = 6;
const FILES: usize = 300;
/// How large a file may be.
const LARGEST: u64 = 256 << 10;

/// Folders with clusters that are not the project's: other people's code, what is not used any more, templates.
const OF_OTHERS: [&str; 10] = [
    "doc",
    "docs",
    "e2e",
    "modules",
    "node_modules",
    "old",
    "target",
    "templates",
    "third_party",
    "vendor",
];

/// Parts of the names of folders that show or test something.
const SHOWN: [&str; 7] = [
    "archive",
    "demo",
    "deprecated",
    "example",
    "fixture",
    "sample",
    "test",
];

/// The releases that manifests are for.
#[derive(Clone, Debug)]
pub struct Releases {
    /// From the oldest to the newest.
    pub target: Target,
    /// Whether it is the release of the cluster that gets the manifests, and no guess: all that is said names the same one.
    pub is_certain: bool,
    /// Whether manifests are only tried on it.
    pub is_trial: bool,
    /// What says so; empty for the configuration.
    pub said: Arc<[Said]>,
}

/// A place in a file that names a release.
#[derive(Clone, Debug)]
pub struct Said {
    /// The file.
    pub file: PathBuf,
    /// The line of the version in it, from 1.
    pub line: usize,
    /// What it names.
    pub target: Target,
    /// Whether the cluster is one to try things on, as `kind` makes them.
    is_trial: bool,
}

/// A version in a text; empty for a cluster whose version is not written.
#[derive(Debug, PartialEq, Eq)]
struct Version {
    text: String,
    is_trial: bool,
}

/// What files say.
#[derive(Debug, Default)]
struct Found {
    said: Vec<Said>,
    /// Whether there is a cluster whose release is not known.
    is_open: bool,
}

impl Releases {
    /// What the configuration says.
    fn configured(target: Target) -> Self {
        Self {
            target,
            is_certain: true,
            is_trial: false,
            said: Arc::default(),
        }
    }
}

impl BuildContexts {
    /// The releases of Kubernetes that the objects in a file are for, if that is known.
    pub fn releases(&self, manifest: &Source) -> Option<Releases> {
        let directories = self.directories.as_ref()?;
        if let Some(target) = directories.target() {
            return Some(Releases::configured(target));
        }
        let site = self.site(manifest)?;
        let own = site.file.parent()?;
        let top = site.top(own);
        chart::releases(directories, own, &top).or_else(|| directories.releases(&top))
    }
}

/// What the configuration, or else a repository, says.
pub(in crate::sources) fn of_folder(directories: &DirCache, top: &Path) -> Option<Releases> {
    let configured = directories.target().map(Releases::configured);
    configured.or_else(|| directories.releases(top))
}

/// What a repository says: its clusters if it has some, else those on which it is tried.
pub(super) fn find(directories: &DirCache, top: &Path) -> Option<Releases> {
    let mut found = Found::default();
    workflows::read(directories, &top.join(".github/workflows"), &mut found);
    let mut folders = VecDeque::from([(top.to_owned(), 0)]);
    let (mut looked, mut files) = (0, FILES);
    while let Some((folder, depth)) = folders.pop_front() {
        looked += 1;
        if looked > FOLDERS || files == 0 {
            break;
        }
        let names = directories.names_in(&folder);
        terraform::read(directories, &folder, &names, &mut files, &mut found);
        let manifests = names.iter().filter(|name| manifests::is_named_for(name));
        for name in manifests {
            let file = folder.join(name);
            let Some(left) = files.checked_sub(1) else {
                break;
            };
            files = left;
            if let Some(text) = text_of(directories, &file) {
                add(&mut found, &file, &text, manifests::versions(&text));
            }
        }
        if depth < DEPTH {
            let below = directories.folders(&folder);
            let below = below.iter().filter(|folder| is_own(folder));
            folders.extend(below.map(|folder| (folder.clone(), depth + 1)));
        }
    }
    combined(found)
}

/// Whether a folder may hold what makes the project's clusters.
fn is_own(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_lowercase();
    !name.starts_with('.')
        && !OF_OTHERS.contains(&name.as_str())
        && !SHOWN.iter().any(|part| name.contains(part))
}

fn text_of(directories: &DirCache, file: &Path) -> Option<String> {
    String::from_utf8(whole(directories.files(), file, LARGEST)?).ok()
}

/// Adds the versions that a text names, each once.
fn add(found: &mut Found, file: &Path, text: &str, versions: Vec<Version>) {
    found.is_open |= versions.iter().any(|version| version.text.is_empty());
    let said = &mut found.said;
    for version in versions {
        let Some(target) = Target::of_version(&version.text) else {
            continue;
        };
        let mut lines = text.lines();
        // The value of a variable may stand in another file than the cluster.
        let line = lines
            .position(|line| line.contains(&version.text))
            .or_else(|| {
                let mut lines = text.lines();
                lines.position(|line| line.contains("version") && line.contains(['.', '=']))
            });
        let line = line.map_or(1, |line| line + 1);
        let is_known = |other: &Said| other.file == file && other.target == target;
        if !said.iter().any(is_known) {
            said.push(Said {
                file: file.to_owned(),
                line,
                target,
                is_trial: version.is_trial,
            });
        }
    }
}

/// One range of all that is said. Beside a cluster whose release is not known it has no end.
fn combined(found: Found) -> Option<Releases> {
    let Found { mut said, is_open } = found;
    if said.iter().any(|said| !said.is_trial) {
        said.retain(|said| !said.is_trial);
    }
    let mut targets = said.iter().map(|said| said.target);
    let first = targets.next()?;
    let mut target = targets.fold(first, Target::with);
    if is_open {
        target.newest = Target::OPEN;
    }
    let is_trial = said[0].is_trial;
    Some(Releases {
        target,
        is_certain: !is_trial && target.oldest == target.newest,
        is_trial,
        said: said.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(release: &str, is_trial: bool) -> Said {
        Said {
            file: PathBuf::from("main.tf"),
            line: 1,
            target: Target::of_version(release).unwrap(),
            is_trial,
        }
    }

    fn combined_of(said: Vec<Said>) -> Option<Releases> {
        combined(Found {
            said,
            is_open: false,
        })
    }

    #[test]
    fn a_cluster_counts_more_than_one_to_try_things_on() {
        let one = combined_of(vec![said("1.29", true), said("1.33", false)]).unwrap();
        assert_eq!(one.target.to_string(), "1.33");
        assert!(one.is_certain && !one.is_trial && one.said.len() == 1);
        let tried = combined_of(vec![said("1.29", true)]).unwrap();
        assert!(!tried.is_certain && tried.is_trial);
        assert!(combined_of(Vec::new()).is_none());
    }

    #[test]
    fn clusters_that_differ_are_a_range() {
        let both = combined_of(vec![said("1.31", false), said("1.29.2", false)]).unwrap();
        assert_eq!(both.target.to_string(), "1.29-1.31");
        assert!(!both.is_certain && !both.is_trial);
    }

    #[test]
    fn a_cluster_of_unknown_release_may_be_newer() {
        let one = combined(Found {
            said: vec![said("1.26", false)],
            is_open: true,
        });
        let one = one.unwrap();
        assert_eq!(one.target.to_string(), "1.26 and later");
        assert!(!one.is_certain);
        let none = Found {
            said: Vec::new(),
            is_open: true,
        };
        assert!(combined(none).is_none());
    }
}
