//! Which API versions are deprecated or no longer served, and what to write instead.

use std::sync::LazyLock;

use hullmark_schema::Kind;
use hullmark_tables::{Objects, objects};
use rustc_hash::FxHashMap;

use crate::model::kubernetes::Surroundings;
use crate::model::kubernetes::schemas::{SCHEMAS, is_builtin};
use crate::model::row::RowBuilder;

/// What replacements ask for, as written.
const REPLACEMENTS: &str = include_str!("../../../data/kubernetes-replacements.tsv");

/// The newest release whose removals have come; those of later ones are announced.
const NEWEST: u8 = 36;

/// How many releases, the newest included, get updates.
const SUPPORTED: u8 = 3;

static ALSO: LazyLock<FxHashMap<(&'static str, &'static str), &'static str>> =
    LazyLock::new(|| {
        let lines = REPLACEMENTS.lines().filter(|line| !line.starts_with('#'));
        let rows = lines.filter_map(|line| {
            let mut cells = line.split('\t');
            Some(((cells.next()?, cells.next()?), cells.next()?))
        });
        rows.collect()
    });

/// Sets what is known of the version of an object.
pub(super) fn set(
    row: RowBuilder<Objects>,
    version: Option<&str>,
    kind: &str,
    around: Surroundings<'_>,
) -> RowBuilder<Objects> {
    let known = version.and_then(|version| {
        let (group, number) = version.split_once('/').unwrap_or(("", version));
        let known = SCHEMAS.kind(group, number, kind)?;
        is_builtin(known).then_some((version, known))
    });
    let Some((version, known)) = known else {
        return row.set(objects::is_replaceable, false);
    };
    let (deprecated, removed) = (known.deprecated(), known.removed());
    if deprecated == 0 && removed == 0 {
        return row.set(objects::is_replaceable, false);
    }
    let release = |minor: u8| (minor > 0).then(|| format!("1.{minor}"));
    let replacement = replacement(known);
    let served = replacement.as_ref().and_then(|(_, served)| *served);
    // On what manifests are tried says little of the cluster that gets them.
    let releases = around.releases().filter(|releases| !releases.is_trial);
    let target = releases.map(|releases| releases.target);
    let newest = target.map_or(NEWEST, |target| target.newest);
    // The oldest release that gets updates, or that objects are for, knows both.
    let oldest = target.map_or(NEWEST + 1 - SUPPORTED, |target| target.oldest);
    let is_old = |minor: u8| minor <= oldest;
    let also = ALSO.get(&(version, kind)).copied();
    row.maybe_text(objects::deprecated_in, release(deprecated).as_deref())
        .maybe_text(
            objects::removed_in,
            release(removed).filter(|_| removed <= newest).as_deref(),
        )
        .maybe_text(
            objects::replacement,
            replacement.as_ref().map(|(version, _)| version.as_str()),
        )
        .maybe_text(objects::also, also)
        .set(
            objects::is_replaceable,
            deprecated > 0 && is_old(deprecated) && served.is_some_and(is_old),
        )
}

/// The version to write instead, and the release that serves it first if it is known: a stable one of the kind, what the version itself names, or a later one.
fn replacement(kind: Kind<'static>) -> Option<(String, Option<u8>)> {
    let versions = SCHEMAS.kinds_named(kind.kind()).filter(|other| {
        is_builtin(*other)
            && other.group() == kind.group()
            && other.version() != kind.version()
            && (other.removed() == 0 || other.removed() > NEWEST)
    });
    let versions: Vec<Kind<'static>> = versions.collect();
    let is_stable = |version: &str| !version.contains("alpha") && !version.contains("beta");
    let since = |other: &Kind<'static>| other.served().first;
    let stable = versions.iter().copied();
    let stable = stable.filter(|other| is_stable(other.version()));
    if let Some(stable) = stable.max_by_key(since) {
        return Some((stable.api_version(), Some(stable.served().first)));
    }
    let named = kind.replacement();
    if let Some((version, name)) = named.rsplit_once('/') {
        let (group, number) = version.split_once('/').unwrap_or(("", version));
        let served = SCHEMAS.kind(group, number, name);
        let served = served.map(|other| other.served().first);
        let is_renamed = name != kind.kind();
        return Some((if is_renamed { named } else { version }.to_owned(), served));
    }
    let later = versions.into_iter();
    let later = later.filter(|other| other.served().first > kind.served().first);
    let newest = later.max_by_key(since)?;
    Some((newest.api_version(), Some(newest.served().first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_replaces_a_version_is_served() {
        for kind in SCHEMAS.kinds().filter(|kind| is_builtin(*kind)) {
            let Some((version, _)) = replacement(kind) else {
                continue;
            };
            let (group, number) = version.split_once('/').unwrap_or(("", &version));
            if let Some(other) = SCHEMAS.kind(group, number, kind.kind()) {
                let is_served = other.removed() == 0 || other.removed() > NEWEST;
                let name = kind.api_version();
                assert!(is_served, "{name} {} by {version}", kind.kind());
            }
        }
    }

    #[test]
    fn replacements_are_stable_where_there_is_a_stable_one() {
        for (group, version, kind, expected) in [
            ("extensions", "v1beta1", "Deployment", "apps/v1"),
            ("extensions", "v1beta1", "Ingress", "networking.k8s.io/v1"),
            (
                "autoscaling",
                "v2beta2",
                "HorizontalPodAutoscaler",
                "autoscaling/v2",
            ),
            ("batch", "v1beta1", "CronJob", "batch/v1"),
            ("policy", "v1beta1", "PodDisruptionBudget", "policy/v1"),
            (
                "flowcontrol.apiserver.k8s.io",
                "v1beta1",
                "FlowSchema",
                "flowcontrol.apiserver.k8s.io/v1",
            ),
        ] {
            let known = SCHEMAS.kind(group, version, kind).map(replacement);
            let found = known.flatten().map(|(version, _)| version);
            assert_eq!(found.as_deref(), Some(expected), "{group}/{version} {kind}");
        }
        let policy = SCHEMAS.kind("policy", "v1beta1", "PodSecurityPolicy");
        assert!(policy.is_some_and(|policy| replacement(policy).is_none()));
    }

    #[test]
    fn what_replacements_ask_for_is_about_known_versions() {
        for (version, kind) in ALSO.keys() {
            let (group, number) = version.split_once('/').unwrap_or(("", version));
            assert!(
                SCHEMAS.kind(group, number, kind).is_some(),
                "{version} {kind}"
            );
        }
        assert!(ALSO.len() > 10);
    }
}
