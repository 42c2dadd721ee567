//! Which versions of custom resources their project deprecates, or serves no more, and what to write instead.

use std::sync::LazyLock;

use hullmark_schema::Schemas;
use hullmark_tables::{Objects, objects};
use rustc_hash::FxHashMap;

use crate::model::kubernetes::Object;
use crate::model::row::RowBuilder;
use crate::sources::context::Declared;

/// The table, as written: project, group, version, kind, two releases, replacement.
const TABLE: &str = include_str!("../../../data/kubernetes/lifecycles.tsv");

/// What is known of a version.
#[derive(Debug)]
struct Lifecycle {
    project: &'static str,
    deprecated: &'static str,
    removed: &'static str,
    replacement: &'static str,
}

/// Group, version and kind.
type Name = (&'static str, &'static str, &'static str);

static LIFECYCLES: LazyLock<FxHashMap<Name, Lifecycle>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [
            project,
            group,
            version,
            kind,
            deprecated,
            removed,
            replacement,
        ] = cells[..]
        else {
            return None;
        };
        let lifecycle = Lifecycle {
            project,
            deprecated,
            removed,
            replacement,
        };
        Some(((group, version, kind), lifecycle))
    });
    rows.collect()
});

/// Sets what is known of the version of an object, unless a definition in the repository serves it.
pub(super) fn set(row: RowBuilder<Objects>, object: Object<'_>) -> RowBuilder<Objects> {
    let version = object.tree.text_at(object.node, "apiVersion");
    let Some((group, version)) = version.and_then(|version| version.split_once('/')) else {
        return row;
    };
    if !group.contains('.') {
        return row;
    }
    let Some(known) = LIFECYCLES.get(&(group, version, object.kind)) else {
        return row;
    };
    let around = object.around;
    let declared = around.contexts.declared(around.source, group, object.kind);
    let is_served = declared.iter().any(|one| match one {
        Declared::Packed(bytes) => Schemas::new(bytes)
            .kind(group, version, object.kind)
            .is_some(),
        Declared::Unreadable => true,
    });
    let text = |text: &'static str| (!text.is_empty()).then_some(text);
    row.text(objects::project, known.project)
        .maybe_text(objects::project_deprecated_in, text(known.deprecated))
        .maybe_text(
            objects::project_removed_in,
            text(known.removed).filter(|_| !is_served),
        )
        .set(objects::is_undeclared, !declared.is_empty() && !is_served)
        .text(objects::project_replacement, known.replacement)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::kubernetes::schemas::SCHEMAS;

    #[test]
    fn what_replaces_a_version_is_served() {
        assert!(LIFECYCLES.len() > 100);
        for ((_, version, kind), lifecycle) in LIFECYCLES.iter() {
            let mut parts = lifecycle.replacement.split('/');
            let (group, number) = (parts.next().unwrap(), parts.next().unwrap());
            let kind = parts.next().unwrap_or(kind);
            assert!(
                SCHEMAS.kind(group, number, kind).is_some(),
                "{version} by {}",
                lifecycle.replacement
            );
        }
    }
}
