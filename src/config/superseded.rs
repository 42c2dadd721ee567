//! Releases that a newer one beside them supersedes: `releases/0.8.1/` where `releases/0.9.0/` is too.

use std::collections::{BTreeMap, BTreeSet};

/// From how many folders of versions side by side on the older ones are kept as they were released. Of two, both may be in use.
const MANY: usize = 3;

/// Folders by whose names versions in them are releases.
const RELEASES: [&str; 6] = [
    "releases",
    "release",
    "olm-catalog",
    "bundles",
    "archive",
    "old",
];

/// The folders of superseded releases above these paths, which have `/` between their parts, and files that are such releases.
pub fn folders<'p>(paths: impl Iterator<Item = &'p str>) -> BTreeSet<String> {
    let mut versions: BTreeMap<&str, BTreeMap<Vec<u64>, BTreeSet<&str>>> = BTreeMap::new();
    for path in paths {
        let mut start = 0;
        while let Some(length) = path[start..].find('/') {
            let name = &path[start..start + length];
            // `v1.10.0/`, and `app-v1.10.0/`.
            let mut dashes = name.match_indices(['-', '_']);
            let plain = version(name).map(|version| (0, version));
            let number =
                plain.or_else(|| dashes.find_map(|(at, _)| Some((at, version(&name[at + 1..])?))));
            if let Some((at, version)) = number {
                let above = &path[..start + at];
                let names = versions.entry(above).or_default();
                let whole = &path[start + at..=start + length];
                names.entry(version).or_default().insert(whole);
            }
            start += length + 1;
        }
        // A release may be one file: `releases/app-1.10.0.yaml`.
        let stem = path[start..]
            .trim_end_matches(".yaml")
            .trim_end_matches(".yml");
        let mut dashes = stem.match_indices(['-', '_']);
        // `v2_1_0_full.yaml`; a number alone may only say in which order files are read.
        let plain = stem.starts_with('v').then(|| Some(("", version(stem)?)));
        let number = plain
            .flatten()
            .or_else(|| dashes.find_map(|(at, _)| Some((&stem[..at], version(&stem[at + 1..])?))));
        if let Some((before, version)) = number {
            let above = &path[..start + before.len()];
            let names = versions.entry(above).or_default();
            names
                .entry(version)
                .or_default()
                .insert(&path[above.len()..]);
        }
    }
    let mut found = BTreeSet::new();
    for (above, names) in versions {
        let is_of_releases = above.split('/').any(|part| RELEASES.contains(&part));
        if names.len() < MANY && !is_of_releases {
            continue;
        }
        let older = names.values().rev().skip(1).flatten();
        found.extend(older.map(|name| format!("{above}{name}")));
    }
    found
}

/// Whether a path is in one of these folders.
pub fn hold(folders: &BTreeSet<String>, path: &str) -> bool {
    let mut ends = path.match_indices('/').map(|(at, _)| at + 1);
    !folders.is_empty()
        && (folders.contains(path) || ends.any(|end| folders.contains(&path[..end])))
}

/// The numbers of a version, as `v1.2.0` and `1.30.x` name one; two at least. What follows a dash is left aside.
fn version(name: &str) -> Option<Vec<u64>> {
    let plain = name.strip_prefix(['v', 'V']).unwrap_or(name);
    let name = if plain.len() < name.len() && plain.contains('_') {
        numbered(plain)
    } else {
        plain
    };
    let name = name.split(['-', '+']).next().unwrap_or(name);
    let numbers = name.split(['.', '_']).map(|part| match part {
        "x" | "X" => Some(u64::MAX),
        part => part.parse().ok(),
    });
    let numbers: Option<Vec<u64>> = numbers.collect();
    numbers.filter(|numbers| numbers.len() > 1 && numbers[0] != u64::MAX)
}

/// The beginning of a version that is written with low lines, up to what is no number of it: `2_1_0` of `2_1_0_full`.
fn numbered(name: &str) -> &str {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = name.split('_').take_while(|part| is_number(part));
    let length: usize = parts.map(|part| part.len() + 1).sum();
    &name[..length.saturating_sub(1).min(name.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_of_many_releases_is_in_use() {
        let found = |paths: &[&str]| folders(paths.iter().copied());
        let old = found(&[
            "deploy/v1.9.0/a.yaml",
            "deploy/v1.10.0/a.yaml",
            "deploy/v1.10.1-rc1/b/a.yaml",
        ]);
        assert!(hold(&old, "deploy/v1.9.0/a.yaml") && hold(&old, "deploy/v1.10.0/x/a.yaml"));
        assert!(!hold(&old, "deploy/v1.10.1-rc1/b/a.yaml") && !hold(&old, "deploy/a.yaml"));
        let old = found(&["releases/0.8.x/a.yaml", "releases/0.9.x/a.yaml"]);
        assert!(hold(&old, "releases/0.8.x/a.yaml") && !hold(&old, "releases/0.9.x/a.yaml"));
        let two = found(&["python/3.11/a.yaml", "python/3.12/a.yaml"]);
        assert!(two.is_empty());
        let old = found(&["releases/app-1.9.0.yaml", "releases/app-1.10.0.yaml"]);
        assert!(hold(&old, "releases/app-1.9.0.yaml") && !hold(&old, "releases/app-1.10.0.yaml"));
        let old = found(&[
            "releases/app-1.9.0-rc1.yaml",
            "releases/app_1.10.0.yaml",
            "releases/app-1.10.1.yaml",
        ]);
        assert!(
            hold(&old, "releases/app-1.9.0-rc1.yaml") && !hold(&old, "releases/app-1.10.1.yaml")
        );
        let old = found(&[
            "deploy/app-v1.3.0.yaml",
            "deploy/app-v2.0.0/a.yaml",
            "deploy/app-v2.1.0/a.yaml",
            "deploy/app-dev/a.yaml",
        ]);
        assert!(hold(&old, "deploy/app-v1.3.0.yaml") && hold(&old, "deploy/app-v2.0.0/a.yaml"));
        assert!(!hold(&old, "deploy/app-v2.1.0/a.yaml") && !hold(&old, "deploy/app-dev/a.yaml"));
        let old = found(&[
            "docs/v2_0_0_full.yaml",
            "docs/v2_1_0_full.yaml",
            "docs/v2_1_0_rbac.yaml",
            "docs/v2_0_0_rc1/a.yaml",
            "docs/v2_10_0_full.yaml",
        ]);
        assert!(hold(&old, "docs/v2_0_0_full.yaml") && hold(&old, "docs/v2_1_0_rbac.yaml"));
        assert!(hold(&old, "docs/v2_0_0_rc1/a.yaml") && !hold(&old, "docs/v2_10_0_full.yaml"));
        let steps = ["1.1-web.yaml", "1.2-db.yaml", "1.3-job.yaml"];
        assert!(found(&steps).is_empty());
        assert!(found(&["a/v1/x.yaml", "a/v2/x.yaml", "a/v3/x.yaml"]).is_empty());
    }
}
