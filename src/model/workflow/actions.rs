//! What is known of the releases of actions: which are archived, outdated or retired; the tables in `data` say so, and are compiled in.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// Actions whose repository is archived, as written.
const ARCHIVED_TABLE: &str = include_str!("../../../data/archived-actions.tsv");
/// Releases for a version of Node.js that runners no longer have, as written.
const OUTDATED_TABLE: &str = include_str!("../../../data/outdated-actions.tsv");
/// Releases that need a service which GitHub has switched off, as written.
const RETIRED_TABLE: &str = include_str!("../../../data/retired-actions.tsv");
/// Releases of the checkout that refuse the code of forks, as written.
const SAFE_CHECKOUTS_TABLE: &str = include_str!("../../../data/safe-checkouts.tsv");

/// Commits of releases that comments name falsely, as written.
const COMMITS_TABLE: &str = include_str!("../../../data/release-commits.tsv");

static ARCHIVED: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    rows(ARCHIVED_TABLE)
        .filter_map(|cells| cells.first().copied())
        .collect()
});

static OUTDATED: LazyLock<FxHashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    let rows = rows(OUTDATED_TABLE);
    rows.filter_map(|cells| Some((*cells.first()?, *cells.get(1)?)))
        .collect()
});

static NODES: LazyLock<FxHashMap<(&'static str, &'static str), &'static str>> =
    LazyLock::new(|| {
        let rows = rows(OUTDATED_TABLE);
        rows.filter_map(|cells| Some(((*cells.first()?, *cells.get(1)?), *cells.get(2)?)))
            .collect()
    });

/// The newest outdated major version of each action; nothing for one with tags that are no numbers.
static NEXT: LazyLock<FxHashMap<&'static str, Option<u32>>> = LazyLock::new(|| {
    let mut newest: FxHashMap<&str, Option<u32>> = FxHashMap::default();
    for cells in rows(OUTDATED_TABLE) {
        if let [action, tag, ..] = cells.as_slice() {
            let major = version(tag).map(|version| version.major);
            let known = newest.entry(action).or_insert(Some(0));
            *known = known.zip(major).map(|(known, major)| known.max(major));
        }
    }
    newest
});

/// Lines of releases of one action that no longer work.
struct Retired {
    /// Their first numbers, with spaces between.
    lines: &'static str,
    /// The first release of the line that works, if one does.
    works_from: Option<Version>,
    /// What was switched off.
    service: &'static str,
}

static RETIRED: LazyLock<FxHashMap<&'static str, Vec<Retired>>> = LazyLock::new(|| {
    let mut retired: FxHashMap<&str, Vec<Retired>> = FxHashMap::default();
    for cells in rows(RETIRED_TABLE) {
        if let [action, lines, works_from, service, ..] = cells.as_slice() {
            retired.entry(action).or_default().push(Retired {
                lines,
                works_from: version(works_from),
                service,
            });
        }
    }
    retired
});

/// What is known of the commits of an action's releases: the line or the release, and the commit, or `-` if the whole line has none.
static COMMITS: LazyLock<FxHashMap<&'static str, Vec<(&'static str, &'static str)>>> =
    LazyLock::new(|| {
        let mut commits: FxHashMap<&str, Vec<(&str, &str)>> = FxHashMap::default();
        for cells in rows(COMMITS_TABLE) {
            if let [action, line_or_release, known] = cells.as_slice() {
                commits
                    .entry(action)
                    .or_default()
                    .push((line_or_release, known));
            }
        }
        commits
    });

/// The cells of a table's lines, comments left out.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect())
}

/// The numbers of a release: the line, and the rest where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    pub(super) major: u32,
    pub(super) minor: Option<u32>,
    pub(super) patch: Option<u32>,
}

/// `v4`, `4.2` or `v4.2.1`; nothing else may follow.
pub(super) fn version(text: &str) -> Option<Version> {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let mut numbers = text.split('.').map(str::parse::<u32>);
    let major = numbers.next()?.ok()?;
    let minor = numbers.next().transpose().ok()?;
    let patch = numbers.next().transpose().ok()?;
    numbers.next().is_none().then_some(Version {
        major,
        minor,
        patch,
    })
}

/// Whether a commit may be the release that a comment names; `slug` is `owner/repository` in lower case.
pub(super) fn may_be(slug: &str, release: &str, commit: &str) -> bool {
    let number = release.strip_prefix(['v', 'V']).unwrap_or(release);
    let line = number.rsplit_once('.').map_or(number, |(line, _)| line);
    let known = COMMITS.get(slug).map_or(&[][..], Vec::as_slice);
    known.iter().all(|(line_or_release, known)| match *known {
        "-" => *line_or_release != line,
        known => *line_or_release != number || known.eq_ignore_ascii_case(commit),
    })
}

/// Whether the repository of an action is archived; `slug` is `owner/repository` in lower case.
pub(in crate::model) fn is_archived(slug: &str) -> bool {
    ARCHIVED.contains(slug)
}

/// Whether a release is written for a version of Node.js that runners no longer have; `full` is the action in lower case.
pub(super) fn is_outdated(full: &str, release: &str) -> bool {
    let release = release.to_ascii_lowercase();
    let line = version(&release).map(|version| format!("v{}", version.major));
    let is_in_table = |tag: &str| OUTDATED.contains(&(full, tag));
    is_in_table(&release) || line.is_some_and(|line| is_in_table(&line))
}

/// The version of Node.js that a release is written for, if the table says it.
pub(super) fn node(full: &str, release: &str) -> Option<&'static str> {
    let release = release.to_ascii_lowercase();
    let line = version(&release).map(|version| format!("v{}", version.major));
    let of = |tag: &str| NODES.get(&(full, tag)).copied();
    of(&release).or_else(|| of(&line?))
}

/// Reusable workflows that compare the reference they are called by with a release's tag, and refuse a hash.
const BY_TAG: &[&str] = &[
    "bazel-contrib/.github/.github/workflows/release_ruleset.yaml",
    "bazel-contrib/publish-to-bcr/.github/workflows/publish.yaml",
    "slsa-framework/slsa-github-generator/",
];

/// Whether a workflow must be named by a tag; `full` is in lower case.
pub(super) fn needs_tag(full: &str) -> bool {
    BY_TAG
        .iter()
        .any(|name| full == *name || (name.ends_with('/') && full.starts_with(name)))
}

/// Actions whose newest release is outdated.
const LAST: &[&str] = &[
    "azure/container-scan",
    "enriikke/gatsby-gh-pages-action",
    "haskell/actions/setup",
    "wearerequired/lint-action",
];

/// The first major version behind all that are outdated, where all are numbers.
pub(super) fn next_major(full: &str) -> Option<String> {
    if LAST.contains(&full) {
        return None;
    }
    let newest = NEXT.get(full)?;
    newest.map(|major| format!("v{}", major + 1))
}

/// The service without which a release does not work, if GitHub has switched that off.
pub(super) fn retired(full: &str, release: &str) -> Option<&'static str> {
    let release = version(release)?;
    let lines = RETIRED.get(full)?.iter();
    let mut lines = lines.filter(|retired| {
        let mut majors = retired.lines.split(' ');
        let is_of_line = majors.any(|major| major.parse() == Ok(release.major));
        // `v4` and `v4.1` are moved to the newest release; a line ends before the first that works.
        is_of_line
            && match retired.works_from {
                Some(from) if from.major == release.major => {
                    release.patch.is_some() && release < from
                }
                _ => true,
            }
    });
    lines.next().map(|retired| retired.service)
}

/// Whether a release of `actions/checkout` refuses the code of forks in privileged workflows.
pub(super) fn refuses_forks(slug: &str, reference: &str, release: Option<&str>) -> bool {
    if slug != "actions/checkout" {
        return false;
    }
    let mut newest = 0;
    for cells in rows(SAFE_CHECKOUTS_TABLE) {
        let [line, from, commit] = cells.as_slice() else {
            continue;
        };
        if reference.eq_ignore_ascii_case(commit) {
            return true;
        }
        let (Ok(line), Some(from)) = (line.parse::<u32>(), version(from)) else {
            continue;
        };
        newest = newest.max(line);
        let release = release.and_then(version);
        if release.is_some_and(|release| {
            // A line is moved on; a commit that a comment says to be of it may be older.
            let is_line = release.minor.is_none() && !is_commit(reference);
            release.major == line && (is_line || release >= from)
        }) {
            return true;
        }
    }
    release
        .and_then(version)
        .is_some_and(|release| release.major > newest)
}

/// Whether a reference is the hash of a commit.
pub(super) fn is_commit(reference: &str) -> bool {
    reference.len() == 40 && reference.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_moved_on_and_a_release_is_not() {
        assert!(retired("actions/upload-artifact", "v3").is_some());
        assert!(retired("actions/upload-artifact", "v3.1.2").is_some());
        assert!(retired("actions/upload-artifact", "v4").is_none());
        assert!(retired("actions/cache", "v4").is_none());
        assert!(retired("actions/cache", "v4.1.2").is_some());
        assert!(retired("actions/cache", "v4.2.0").is_none());
        assert!(retired("actions/cache", "3.3.1").is_some());
        assert!(retired("actions/cache", "main").is_none());
    }

    #[test]
    fn outdated_is_a_line_or_a_tag() {
        assert!(is_outdated("actions/checkout", "v2"));
        assert!(is_outdated("actions/checkout", "v2.4.0"));
        assert!(is_outdated("actions/checkout", "v4.3.1"));
        assert_eq!(node("actions/checkout", "v4.3.1"), Some("20"));
        assert!(!is_outdated("actions/checkout", "v5"));
        assert_eq!(next_major("actions/checkout").as_deref(), Some("v5"));
        assert!(is_outdated("octokit/request-action", "v1.x"));
    }

    #[test]
    fn a_comment_that_is_left_behind_is_not_believed() {
        let commit = "ec3a7ce113134d7a93b817d10a8272cb61118579";
        assert!(may_be("actions/checkout", "v2.4.0", commit));
        assert!(!may_be(
            "actions/checkout",
            "v2.4.0",
            "df4cb1c069e1874edd31b4311f1884172cec0e10"
        ));
        assert!(may_be(
            "actions/checkout",
            "v2.4.1",
            "df4cb1c069e1874edd31b4311f1884172cec0e10"
        ));
        assert!(!may_be("github/codeql-action", "v2.16.1", commit));
        assert!(may_be("github/codeql-action", "v2.13.4", commit));
    }

    #[test]
    fn a_checkout_refuses_forks_from_a_release_on() {
        let refuses = |reference, release| refuses_forks("actions/checkout", reference, release);
        assert!(refuses("v7", Some("v7")));
        assert!(refuses("v8", Some("v8")));
        assert!(refuses("v4", Some("v4")));
        assert!(!refuses("v4.3.1", Some("v4.3.1")));
        assert!(refuses("v4.4.0", Some("v4.4.0")));
        assert!(refuses("11d5960a326750d5838078e36cf38b85af677262", None));
        assert!(!refuses(
            "08c6903cd8c0fde910a37f88322edcfb5dd907a8",
            Some("v5.0.0")
        ));
        assert!(!refuses("main", None));
        assert!(!refuses(
            "93cb6efe18208431cddfb8368fd83d5badbf9bfd",
            Some("v5")
        ));
        assert!(!refuses_forks("a/checkout", "v7", Some("v7")));
    }
}
