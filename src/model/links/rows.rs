//! Rows of `object_references`: a name or a selector each, and what it leads to.

use hullmark_tables::{ObjectReferences, object_references};

use crate::model::FileTables;
use crate::model::links::table::{Entry, How, KindId, Necessity, table};
use crate::model::links::universe::{
    ByLabel, Defined, Labelled, Selected, Universe, folder, is_near, kinds, may_meet,
};
use crate::model::links::{Links, Owner, RENDERING, Reference, Selector, near, ports};
use crate::model::row::RowBuilder;

/// How many files' pods are compared with a selector that selects nothing.
const COMPARED: usize = 200;

/// How many keys of an object are listed.
const LISTED: usize = 5;

/// Kinds whose pods stay.
const KEPT: [&str; 8] = [
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "ReplicationController",
    "DeploymentConfig",
    "Rollout",
    "Pod",
];

pub(super) fn add(tables: &mut FileTables, universe: &Universe<'_>, links: &Links) {
    for reference in &links.references {
        let row = if entry(reference.entry).how == How::Port {
            let owner = &links.owners[reference.owner as usize];
            let row = row(links, (owner, entry(reference.entry)), reference.at);
            ports::named(row, universe, links, reference)
        } else {
            named(universe, links, reference)
        };
        tables.add_derived(row);
    }
    for selector in links
        .selectors
        .iter()
        .filter(|selector| !selector.is_empty())
    {
        if let Some(row) = selecting(universe, links, selector) {
            tables.add_derived(row);
        }
    }
}

fn row(
    links: &Links,
    (owner, entry): (&Owner, &Entry),
    at: crate::model::place::RowRef,
) -> RowBuilder<ObjectReferences> {
    RowBuilder::at(at)
        .text(object_references::path, &links.path)
        .set(object_references::object, owner.at)
        .text(object_references::kind, &owner.kind)
        .maybe_text(object_references::name, owner.name.as_deref())
        .maybe_text(object_references::namespace, owner.namespace.as_deref())
        .set(object_references::is_patch, owner.is_partial)
        .word(object_references::from, entry.from)
        .word(object_references::field, entry.path)
        .word(object_references::how, entry.how.word())
}

fn entry(number: u16) -> &'static Entry {
    &table().entries[usize::from(number)]
}

/// The names of kinds: `Issuer or ClusterIssuer`.
fn words(kinds: &[KindId]) -> String {
    let words = kinds.iter().take(3).map(|kind| table().name(*kind));
    words.collect::<Vec<_>>().join(" or ")
}

fn named(
    universe: &Universe<'_>,
    links: &Links,
    reference: &Reference,
) -> RowBuilder<ObjectReferences> {
    let entry = entry(reference.entry);
    let owner = &links.owners[reference.owner as usize];
    let row = row(links, (owner, entry), reference.at)
        .text(object_references::target, &reference.name)
        .maybe_text(object_references::key, reference.key.as_deref())
        .maybe_text(
            object_references::target_namespace,
            reference.namespace.as_deref(),
        )
        .set(object_references::is_optional, reference.is_optional)
        .set(
            object_references::is_soft,
            entry.necessity == Necessity::Soft,
        );
    if let Some(local) = &reference.local {
        return row
            .text(object_references::to, entry.to)
            .set(object_references::resolves, local.resolves)
            .set(object_references::lacks_key, false)
            .maybe_text(object_references::similar, local.similar.as_deref())
            .text(object_references::known, &local.known);
    }
    let row = row
        .text(object_references::to, &words(kinds(reference)))
        .set(object_references::defined, universe.count(reference));
    if universe.is_crowded(reference) {
        let row = row.set(object_references::resolves, true);
        return row.set(object_references::lacks_key, false);
    }
    let (here, elsewhere) = universe.named(reference);
    let exists = kinds(reference)
        .iter()
        .any(|kind| table().exists(*kind, &reference.name));
    if !here.is_empty() || exists {
        let row = row.set(object_references::resolves, true);
        return match &reference.key {
            Some(key) => keyed(row, links, &here, key),
            None => row.set(object_references::lacks_key, false),
        };
    }
    let row = row
        .set(object_references::resolves, false)
        .set(object_references::lacks_key, false);
    let row = match elsewhere.first() {
        Some(defined) => row
            .maybe_text(object_references::elsewhere, defined.namespace())
            .set(object_references::found_at, defined.owner().at)
            .set(
                object_references::is_near,
                folder(&links.path) == folder(&defined.links.path),
            ),
        None => row,
    };
    let similar = universe.similar(reference).into_iter();
    let similar = similar
        .filter(|other| !near::differ_by_number(&reference.name, &other.definition.name))
        .min_by_key(|other| (!is_near(links, other.links), other.definition.name.len()));
    match similar.filter(|_| elsewhere.is_empty()) {
        Some(similar) => row
            .text(object_references::similar, &similar.definition.name)
            .set(object_references::found_at, similar.owner().at)
            .set(
                object_references::is_similar_used,
                universe.is_used(similar.definition),
            )
            .set(object_references::is_near, is_near(links, similar.links)),
        None => row,
    }
}

/// Whether all that has the name lacks the key, as far as all keys are known.
fn keyed(
    row: RowBuilder<ObjectReferences>,
    links: &Links,
    here: &[Defined<'_>],
    key: &str,
) -> RowBuilder<ObjectReferences> {
    // A file that is a key of an object of settings comes from another way to make it: `kubectl create configmap --from-file`.
    let is_file = |key: &str| key.contains('.');
    let lacks = |defined: &Defined| {
        let keys = defined.definition.keys.as_deref().unwrap_or_default();
        let is_alike = !is_file(key) || keys.iter().any(|known| is_file(known));
        !keys.is_empty() && is_alike && keys.iter().all(|known| &**known != key)
    };
    let lacks_key = !here.is_empty() && here.iter().all(lacks);
    let row = row.set(object_references::lacks_key, lacks_key);
    let Some(first) = here.first().filter(|_| lacks_key) else {
        return row;
    };
    let keys = first.definition.keys.as_deref().unwrap_or_default();
    let names = || keys.iter().map(|known| &**known);
    let listed = names().take(LISTED).map(|name| format!("`{name}`"));
    let listed = listed.collect::<Vec<_>>().join(", ");
    let others = keys.len().saturating_sub(LISTED);
    row.maybe_text(
        object_references::similar,
        crate::suggestion::misspelt(key, names()),
    )
    .text(
        object_references::known,
        &match others {
            0 => listed,
            others => format!("{listed} and {others} more"),
        },
    )
    .set(object_references::found_at, first.owner().at)
    .set(object_references::is_near, is_near(links, first.links))
}

fn selecting(
    universe: &Universe<'_>,
    links: &Links,
    selector: &Selector,
) -> Option<RowBuilder<ObjectReferences>> {
    let entry = entry(selector.entry);
    let owner = &links.owners[selector.owner as usize];
    let word = table().name(*entry.targets.first()?);
    let all = match word {
        "Pod" => &universe.pods,
        "Service" => &universe.services,
        _ => return None,
    };
    let namespace = owner.namespace.as_deref();
    let labels = selector.labels.iter();
    let labels = labels.map(|(key, value)| format!("`{key}: {value}`"));
    let row = row(links, (owner, entry), selector.at)
        .text(object_references::to, word)
        .text(
            object_references::target,
            &labels.collect::<Vec<_>>().join(", "),
        )
        .set(object_references::is_optional, false)
        .set(
            object_references::is_soft,
            universe.may_make_pods(namespace),
        )
        .set(object_references::lacks_key, false)
        .set(object_references::defined, all.all.len());
    let resolves = !selector.is_known || matches!(all.select(selector, namespace), Selected::Some);
    let row = row.set(object_references::resolves, resolves);
    if resolves {
        return Some(row);
    }
    let meant = meant(all, links, selector, owner);
    Some(match meant {
        Some((other, difference)) => row
            .maybe_text(object_references::similar, other.owner.name.as_deref())
            .text(object_references::known, &difference)
            .set(
                object_references::found_at,
                other.pods.map_or(other.owner.at, |pods| pods.template),
            )
            .set(object_references::is_near, true),
        None => row,
    })
}

/// What a selector that selects nothing is plainly for, and why it does not select it: the only pods of its file if their names begin alike, or pods of
/// its name or with nearly its label beside it, which have all its labels but for one, or all of them in another namespace.
fn meant<'a>(
    all: &ByLabel<'a>,
    links: &Links,
    selector: &Selector,
    owner: &Owner,
) -> Option<(Labelled<'a>, String)> {
    let near = all.near(&links.path).filter(|other| {
        let is_kept = other.pods.is_none() || KEPT.contains(&&*other.owner.kind);
        is_kept && other.are_known && other.owner.name.is_some()
    });
    let near: Vec<&Labelled> = near.take(COMPARED).collect();
    // A rendering is one file, however many it was made of.
    let is_lone =
        near.len() == 1 && near[0].links.path == links.path && !links.path.contains(RENDERING);
    let mut best: Option<(usize, Labelled<'a>, String)> = None;
    for other in near {
        let pairs = selector.labels.iter();
        let (met, unmet): (Vec<_>, Vec<_>) =
            pairs.partition(|(key, value)| other.label(key) == Some(&**value));
        let is_in_reach = may_meet(owner.namespace.as_deref(), other.owner.namespace.as_deref())
            || !selector.is_own_namespace;
        let difference = match (&unmet[..], is_in_reach, &other.owner.namespace) {
            ([], false, Some(namespace)) if selector.expressions.is_empty() => {
                format!("are in the namespace `{namespace}`")
            }
            ([(key, _)], true, _) => match other.label(key) {
                Some(value) => format!("have the label `{key}: {value}`"),
                None if !met.is_empty() => format!("have no label `{key}`"),
                None => continue,
            },
            _ => continue,
        };
        let is_named = other.owner.name == owner.name;
        let is_meant =
            is_lone && is_part_of_other(other.owner.name.as_deref(), owner.name.as_deref());
        let is_misspelt = unmet.iter().any(|(key, value)| {
            let label = other.label(key);
            label.is_some_and(|label| is_one_slip(label, value))
        });
        if !is_meant && !is_named && !is_misspelt {
            continue;
        }
        let weight = met.len() * 2 + usize::from(is_named) + 1;
        if best.as_ref().is_none_or(|(known, _, _)| *known < weight) {
            best = Some((weight, *other, difference));
        }
    }
    best.map(|(_, other, difference)| (other, difference))
}

/// Whether one name begins with the other: `web` and `web-pdb`.
fn is_part_of_other(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.starts_with(other) || other.starts_with(one),
        _ => false,
    }
}

/// Whether two values of a label differ by a letter, but not by a number.
fn is_one_slip(one: &str, other: &str) -> bool {
    near::is_one_edit(one, other) && !near::differ_by_number(one, other)
}
