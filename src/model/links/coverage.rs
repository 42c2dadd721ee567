//! Rows of `coverage`: which `NetworkPolicies`, budgets, autoscalers and Services are for the pods of a workload.

use hullmark_tables::coverage;
use rustc_hash::FxHashMap;

use crate::model::FileTables;
use crate::model::links::table::{KindId, table};
use crate::model::links::universe::{Universe, kinds, may_meet};
use crate::model::links::{Links, Selector, matching};
use crate::model::row::RowBuilder;

/// What is for the pods of a workload.
#[derive(Clone, Copy, Default)]
struct Covered {
    policy: bool,
    ingress: bool,
    egress: bool,
    ingress_rules: bool,
    egress_rules: bool,
    budget: bool,
    service: bool,
}

/// How many pods may be selected in all: what selects thousands is counted for the first.
const SELECTED: usize = 400_000;

/// How many autoscalers of workloads of one name are looked through.
const NAMESAKES: usize = 200;

pub(super) fn add(tables: &mut FileTables, universe: &Universe<'_>, files: &[&Links]) {
    let mut covered = vec![Covered::default(); universe.pods.all.len()];
    let mut left = SELECTED;
    for links in files {
        for selector in &links.selectors {
            cover(universe, links, selector, (&mut covered, &mut left));
        }
    }
    let scaled = scaled(files);
    for (pods, covered) in universe.pods.all.iter().zip(&covered) {
        let (owner, Some(template)) = (pods.owner, pods.pods) else {
            continue;
        };
        let namespace = owner.namespace.as_deref();
        let name = owner.name.as_deref().unwrap_or_default();
        let is_scaled =
            scaled
                .get(name)
                .into_iter()
                .flatten()
                .take(NAMESAKES)
                .any(|(kinds, other)| {
                    let mut kinds = kinds.iter();
                    kinds.any(|kind| table().name(*kind) == &*owner.kind)
                        && may_meet(namespace, *other)
                });
        let row = RowBuilder::at(template.at)
            .text(coverage::path, &pods.links.path)
            .text(coverage::kind, &owner.kind)
            .maybe_text(coverage::name, owner.name.as_deref())
            .maybe_text(coverage::namespace, namespace)
            .set(coverage::template, template.template)
            .set(coverage::is_patch, owner.is_partial)
            .set(coverage::has_policy, covered.policy)
            .set(coverage::has_ingress_policy, covered.ingress)
            .set(coverage::has_egress_policy, covered.egress)
            .set(coverage::has_ingress_rules, covered.ingress_rules)
            .set(coverage::has_egress_rules, covered.egress_rules)
            .set(coverage::has_budget, covered.budget)
            .set(coverage::has_service, covered.service)
            .set(coverage::has_autoscaler, is_scaled)
            .set(
                coverage::may_have_more,
                universe.may_make_pods(namespace) || !pods.are_known,
            );
        tables.add_derived(row);
    }
}

/// Notes which pods a selector selects.
fn cover(
    universe: &Universe<'_>,
    links: &Links,
    selector: &Selector,
    (covered, left): (&mut [Covered], &mut usize),
) {
    let entry = &table().entries[usize::from(selector.entry)];
    let owner = &links.owners[selector.owner as usize];
    let kind = &*owner.kind;
    let is_own = matches!(
        entry.path,
        "spec.podSelector" | "spec.endpointSelector" | "spec.selector"
    );
    let is_policy = kind.ends_with("NetworkPolicy");
    if !is_own || !(is_policy || matches!(kind, "PodDisruptionBudget" | "Service")) {
        return;
    }
    if selector.is_empty() && kind == "Service" {
        return;
    }
    let all = universe.pods.all.len();
    let candidates = universe.pods.candidates(selector);
    let candidates = candidates.unwrap_or_else(|| (0..).take(all).collect());
    for number in candidates.into_iter().map(|number| number as usize) {
        let Some(fewer) = left.checked_sub(1) else {
            return;
        };
        *left = fewer;
        let pods = &universe.pods.all[number];
        let is_near = may_meet(owner.namespace.as_deref(), pods.owner.namespace.as_deref());
        if !is_near || !matching::matches(selector, pods.labels) {
            continue;
        }
        let covered = &mut covered[number];
        if is_policy {
            let (ingress, egress) = selector.is_for;
            covered.policy = true;
            covered.ingress |= ingress;
            covered.egress |= egress;
            covered.ingress_rules |= ingress && selector.has_rules.0;
            covered.egress_rules |= egress && selector.has_rules.1;
        }
        covered.budget |= kind == "PodDisruptionBudget";
        covered.service |= kind == "Service";
    }
}

/// Kinds that may be meant, and the namespace.
type Target<'a> = (&'a [KindId], Option<&'a str>);

/// The kinds and namespaces of what autoscalers scale, by name.
fn scaled<'a>(files: &[&'a Links]) -> FxHashMap<&'a str, Vec<Target<'a>>> {
    let mut scaled: FxHashMap<&str, Vec<Target<'a>>> = FxHashMap::default();
    for reference in files.iter().flat_map(|links| &links.references) {
        let entry = &table().entries[usize::from(reference.entry)];
        if entry.path == "spec.scaleTargetRef.name" {
            let target = (kinds(reference), reference.namespace.as_deref());
            scaled.entry(&reference.name).or_default().push(target);
        }
    }
    scaled
}
