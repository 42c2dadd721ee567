//! What a container's siblings in its pod set well: some other linters rate a pod by the best of its containers.

use std::collections::BTreeMap;

use crate::model::kubernetes::value;
use crate::parse::yaml::scalar::{self, Reading};
use crate::parse::yaml::tree::{NodeId, Tree};

/// From which user and group on no account of a node is met by chance.
const HIGH: i64 = 10_000;

/// The settings of a pod's containers, counted.
#[derive(Default)]
pub(super) struct SiblingContainers(BTreeMap<&'static str, usize>);

impl SiblingContainers {
    /// Counts the settings of the containers of a pod.
    pub(super) fn of<'n>(
        tree: &Tree,
        containers: impl Iterator<Item = &'n NodeId> + Clone,
    ) -> Self {
        let mut counts = BTreeMap::new();
        // One alone has no neighbour.
        if containers.clone().count() > 1 {
            for setting in containers.flat_map(|container| settings(tree, *container)) {
                *counts.entry(setting).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// What containers other than this one set.
    pub(super) fn except(&self, tree: &Tree, container: NodeId) -> Vec<&'static str> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let own = settings(tree, container);
        let others = self.0.iter().filter(|(setting, count)| {
            let own = own.iter().filter(|own| own == setting).count();
            **count > own
        });
        others.map(|(setting, _)| *setting).collect()
    }
}

fn settings(tree: &Tree, container: NodeId) -> Vec<&'static str> {
    let mut settings = Vec::new();
    for (setting, path) in [
        ("requests.cpu", ["resources", "requests", "cpu"]),
        ("requests.memory", ["resources", "requests", "memory"]),
        ("limits.cpu", ["resources", "limits", "cpu"]),
        ("limits.memory", ["resources", "limits", "memory"]),
    ] {
        let amount = tree.at(container, &path);
        settings.extend(
            amount
                .filter(|amount| !value::is_null(tree, *amount))
                .map(|_| setting),
        );
    }
    let Some(context) = tree.get(container, "securityContext") else {
        return settings;
    };
    for flag in ["readOnlyRootFilesystem", "runAsNonRoot"] {
        settings.extend(value::is_true(tree, context, flag).then_some(flag));
    }
    for id in ["runAsUser", "runAsGroup"] {
        let scalar = tree.get(context, id).and_then(|node| tree.scalar(node));
        let is_high = scalar.is_some_and(
            |scalar| matches!(scalar::kubernetes(scalar), Reading::Int(number) if number > HIGH),
        );
        settings.extend(is_high.then_some(id));
    }
    let dropped = tree.at(context, &["capabilities", "drop"]);
    let drops = dropped.is_some_and(|dropped| !tree.items(dropped).is_empty());
    settings.extend(drops.then_some("capabilities.drop"));
    settings
}
