//! Releases of actions with a published vulnerability, and names that are nearly those of popular actions.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::workflow::actions::{Version, rows, version};

/// Advisories, as written.
const ADVISORIES_TABLE: &str = include_str!("../../../data/action-advisories.tsv");
/// Actions that many use, as written.
const POPULAR_TABLE: &str = include_str!("../../../data/popular-actions.txt");

/// A vulnerability of some releases.
pub(super) struct Advisory {
    from: Option<Version>,
    is_inclusive: bool,
    end: Version,
    /// The release that `end` is, as written.
    release: &'static str,
    /// Its id.
    pub(super) id: &'static str,
    /// What it is.
    pub(super) what: &'static str,
}

impl Advisory {
    /// What to take instead.
    pub(super) fn remedy(&self) -> String {
        if self.is_inclusive {
            format!("a release after `{}`", self.release)
        } else {
            format!("`v{}` or later", self.release)
        }
    }

    fn affects(&self, release: Version) -> bool {
        // `v4` moves with the newest release of its line, so only a line that is affected as a whole is.
        let is_below = match (release.patch, self.is_inclusive) {
            (Some(_), true) => release <= self.end,
            (Some(_), false) => release < self.end,
            (None, _) => release.major < self.end.major,
        };
        is_below && self.from.is_none_or(|from| release >= from)
    }
}

static ADVISORIES: LazyLock<FxHashMap<&'static str, Vec<Advisory>>> = LazyLock::new(|| {
    let mut advisories: FxHashMap<&str, Vec<Advisory>> = FxHashMap::default();
    for cells in rows(ADVISORIES_TABLE) {
        if let [action, from, end, release, id, what] = cells.as_slice()
            && let Some(last) = version(release)
        {
            advisories.entry(action).or_default().push(Advisory {
                from: version(from),
                is_inclusive: *end == "<=",
                end: Version {
                    minor: last.minor.or(Some(0)),
                    patch: last.patch.or(Some(0)),
                    ..last
                },
                release,
                id,
                what,
            });
        }
    }
    advisories
});

/// The advisory about a release of an action, which is in lower case.
pub(super) fn advisory(full: &str, release: &str) -> Option<&'static Advisory> {
    let release = version(release)?;
    let mut all = ADVISORIES.get(full)?.iter();
    all.find(|advisory| advisory.affects(release))
}

static POPULAR: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let lines = POPULAR_TABLE.lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// The popular action of another owner whose name is one slip away; `slug` is `owner/repository` in lower case.
pub(super) fn resembles(slug: &str) -> Option<&'static str> {
    if POPULAR.contains(slug) {
        return None;
    }
    let (owner, _) = slug.split_once('/')?;
    let mut popular = POPULAR.iter().copied().filter(|name| {
        let other = name.split('/').next().unwrap_or_default();
        name.len().abs_diff(slug.len()) < 2 && other != owner && is_slip(name, slug)
    });
    popular.next()
}

/// Whether one letter is missing, too many or another, or two are swapped.
fn is_slip(name: &str, written: &str) -> bool {
    let (name, written) = (name.as_bytes(), written.as_bytes());
    let pairs = || name.iter().zip(written);
    let start = pairs().take_while(|(a, b)| a == b).count();
    let (name, written) = (&name[start..], &written[start..]);
    let ends = name.iter().rev().zip(written.iter().rev());
    let end = ends.take_while(|(a, b)| a == b).count();
    match (&name[..name.len() - end], &written[..written.len() - end]) {
        ([a, b], [c, d]) => a == d && b == c,
        (name, written) => name.len() < 2 && written.len() < 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_is_affected_and_a_line_only_as_a_whole() {
        let is_affected = |release| advisory("tj-actions/changed-files", release).is_some();
        assert!(is_affected("v40"));
        assert!(is_affected("v44.5.1"));
        assert!(is_affected("v45.0.7"));
        assert!(!is_affected("v45"));
        assert!(!is_affected("v46.0.1"));
        let is_affected = |release| advisory("actions/download-artifact", release).is_some();
        assert!(is_affected("v4.1.6"));
        assert!(!is_affected("v4"));
        assert!(!is_affected("v3.0.2"));
        assert_eq!(
            ADVISORIES.values().flatten().count(),
            rows(ADVISORIES_TABLE).count()
        );
    }

    #[test]
    fn a_slip_in_the_owner_is_another_action() {
        assert_eq!(resembles("action/checkout"), Some("actions/checkout"));
        assert_eq!(
            resembles("dokcer/login-action"),
            Some("docker/login-action")
        );
        assert_eq!(resembles("actions/chckout"), None);
        assert_eq!(resembles("actions/checkout"), None);
    }
}
