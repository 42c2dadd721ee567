//! Rows of `object_references` about the ports that monitors name: those of what their selectors select.

use hullmark_tables::{ObjectReferences, object_references};

use crate::model::links::table::table;
use crate::model::links::universe::{Universe, is_near, kinds};
use crate::model::links::{Links, Reference};
use crate::model::row::RowBuilder;

/// How many ports are listed for one that is none of them.
const LISTED: usize = 5;

/// Whether none of the Services or pods that the object of the port selects has it; what is not known has it.
pub(super) fn named(
    row: RowBuilder<ObjectReferences>,
    universe: &Universe<'_>,
    links: &Links,
    reference: &Reference,
) -> RowBuilder<ObjectReferences> {
    let word = kinds(reference)
        .first()
        .map_or("", |kind| table().name(*kind));
    let row = row
        .text(object_references::to, word)
        .text(object_references::key, &reference.name)
        .set(object_references::is_optional, false)
        .set(object_references::is_soft, false)
        .set(object_references::resolves, true);
    let all = match word {
        "Pod" => &universe.pods,
        _ => &universe.services,
    };
    // Those of one object lie side by side, and objects are in the order of the file.
    let first = links
        .selectors
        .partition_point(|selector| selector.owner < reference.owner);
    let selector = links.selectors[first..]
        .iter()
        .take_while(|selector| selector.owner == reference.owner)
        .find(|selector| table().entries[usize::from(selector.entry)].path == "spec.selector")
        .filter(|selector| !selector.is_empty());
    let selected = selector
        .and_then(|selector| all.selected(selector, reference.namespace.as_deref()))
        .unwrap_or_default();
    let lacks = |ports: Option<&[Box<str>]>| {
        ports.is_some_and(|ports| ports.iter().all(|port| *port != reference.name))
    };
    let lacks_key = !selected.is_empty() && selected.iter().all(|one| lacks(one.ports));
    let row = row.set(object_references::lacks_key, lacks_key);
    let Some(first) = selected.first().filter(|_| lacks_key) else {
        return row.text(object_references::target, "");
    };
    let ports = || first.ports.unwrap_or_default().iter().map(|port| &**port);
    let is_name = |port: &&str| port.bytes().any(|byte| !byte.is_ascii_digit());
    let listed = ports().filter(is_name).take(LISTED);
    let listed: Vec<String> = listed.map(|port| format!("`{port}`")).collect();
    let known = if listed.is_empty() {
        "no names of ports".to_owned()
    } else {
        listed.join(", ")
    };
    row.text(
        object_references::target,
        first.owner.name.as_deref().unwrap_or("?"),
    )
    .maybe_text(
        object_references::similar,
        crate::suggestion::misspelt(&reference.name, ports()),
    )
    .text(object_references::known, &known)
    .set(object_references::found_at, first.owner.at)
    .set(object_references::is_near, is_near(links, first.links))
}
