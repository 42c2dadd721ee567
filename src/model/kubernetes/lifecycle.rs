//! Which API versions are deprecated or no longer served, as `data/kubernetes-api-versions.tsv` says.

use std::sync::LazyLock;

use hullmark_tables::{Objects, objects};
use rustc_hash::FxHashMap;

use crate::model::row::RowBuilder;

/// The table as written.
const TABLE: &str = include_str!("../../../data/kubernetes-api-versions.tsv");

/// The newest release whose removals have come; those of later ones are announced.
const NEWEST: u32 = 36;

/// How many releases, the newest included, get updates.
const SUPPORTED: u32 = 3;

/// Deprecated in, removed in, replacement, the release that serves this first, what else it asks for.
type Life = [&'static str; 5];

static LIVES: LazyLock<FxHashMap<(&'static str, &'static str), Life>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let lives = lines.filter_map(|line| {
        let mut cells = line.split('\t');
        let key = (cells.next()?, cells.next()?);
        let mut cell = || cells.next().unwrap_or_default();
        Some((key, [cell(), cell(), cell(), cell(), cell()]))
    });
    lives.collect()
});

/// Sets what is known of the version of an object.
pub(super) fn set(
    row: RowBuilder<Objects>,
    version: Option<&str>,
    kind: &str,
) -> RowBuilder<Objects> {
    let life = version.and_then(|version| LIVES.get(&(version, kind)));
    let Some([deprecated, removed, replacement, served, also]) = life else {
        return row.set(objects::is_replaceable, false);
    };
    // The oldest release that gets updates knows both.
    let is_old = |release: &str| minor(release) + SUPPORTED <= NEWEST + 1;
    let written = |cell: &'static str| Some(cell).filter(|cell| !cell.is_empty());
    row.maybe_text(objects::deprecated_in, written(deprecated))
        .maybe_text(
            objects::removed_in,
            written(removed).filter(|release| minor(release) <= NEWEST),
        )
        .maybe_text(objects::replacement, written(replacement))
        .maybe_text(objects::also, written(also))
        .set(
            objects::is_replaceable,
            is_old(deprecated) && is_old(served),
        )
}

/// The minor version; a large number for a release that is not known.
fn minor(release: &str) -> u32 {
    let minor = release.split_once('.').map(|(_, minor)| minor);
    minor
        .and_then(|minor| minor.parse().ok())
        .unwrap_or(u32::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replacement_is_not_removed_itself() {
        for ((version, kind), [deprecated, removed, replacement, served, _]) in &*LIVES {
            let is_open = minor(removed) > NEWEST && !deprecated.is_empty();
            assert!(
                !is_open || replacement.is_empty() || !served.is_empty(),
                "{version} {kind}"
            );
            assert!(version.contains('v'), "{version}");
            let (next, next_kind) = match replacement.rsplit_once('/') {
                Some((version, kind)) if kind.starts_with(|c: char| c.is_ascii_uppercase()) => {
                    (version, kind)
                }
                _ => (*replacement, *kind),
            };
            if minor(removed) <= NEWEST
                && let Some([_, removed, ..]) = LIVES.get(&(next, next_kind))
            {
                assert!(minor(removed) > NEWEST, "{version} {kind} by {replacement}");
            }
        }
        assert!(LIVES.len() > 80);
    }
}
