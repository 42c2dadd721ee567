//! Which API versions are deprecated or no longer served, as `data/kubernetes-api-versions.tsv` says.

use std::sync::LazyLock;

use hullmark_tables::{Objects, objects};
use rustc_hash::FxHashMap;

use crate::model::row::RowBuilder;

/// The table as written.
const TABLE: &str = include_str!("../../../data/kubernetes-api-versions.tsv");

/// The newest release whose removals have come; those of later ones are announced.
const NEWEST: u32 = 36;

/// Deprecated in, removed in, replacement.
type Life = [&'static str; 3];

static LIVES: LazyLock<FxHashMap<(&'static str, &'static str), Life>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let lives = lines.filter_map(|line| {
        let mut cells = line.split('\t');
        let key = (cells.next()?, cells.next()?);
        Some((key, [cells.next()?, cells.next()?, cells.next()?]))
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
    let Some([deprecated, removed, replacement]) = life else {
        return row;
    };
    let written = |cell: &'static str| Some(cell).filter(|cell| !cell.is_empty());
    row.maybe_text(objects::deprecated_in, written(deprecated))
        .maybe_text(
            objects::removed_in,
            written(removed).filter(|release| minor(release) <= NEWEST),
        )
        .maybe_text(objects::replacement, written(replacement))
}

fn minor(release: &str) -> u32 {
    let minor = release.split_once('.').map(|(_, minor)| minor);
    minor
        .and_then(|minor| minor.parse().ok())
        .unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replacement_is_not_removed_itself() {
        for ((version, kind), [_, removed, replacement]) in &*LIVES {
            assert!(version.contains('v'), "{version}");
            let (next, next_kind) = match replacement.rsplit_once('/') {
                Some((version, kind)) if kind.starts_with(|c: char| c.is_ascii_uppercase()) => {
                    (version, kind)
                }
                _ => (*replacement, *kind),
            };
            if minor(removed) <= NEWEST
                && let Some([_, removed, _]) = LIVES.get(&(next, next_kind))
            {
                assert!(minor(removed) > NEWEST, "{version} {kind} by {replacement}");
            }
        }
        assert!(LIVES.len() > 80);
    }
}
