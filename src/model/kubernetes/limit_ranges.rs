//! What a `LimitRange` gives the containers of its namespace, for the objects of the same file.

use crate::model::kubernetes::value;
use crate::parse::yaml::tree::{NodeId, Tree};

/// The defaults of each `LimitRange` of a file, by namespace.
pub(super) struct LimitRanges<'t>(Vec<(Option<&'t str>, Vec<String>)>);

impl<'t> LimitRanges<'t> {
    /// Those of a file.
    pub(super) fn of(tree: &'t Tree) -> Self {
        let ranges = tree
            .roots
            .iter()
            .filter(|root| tree.text_at(**root, "kind") == Some("LimitRange"));
        Self(ranges.map(|root| range(tree, *root)).collect())
    }

    /// What containers of a namespace have without saying so, as `limits.memory`. An object without a namespace is put where a range
    /// without one is.
    pub(super) fn defaults(&self, namespace: Option<&str>) -> Vec<String> {
        let own = self.0.iter().filter(|(of, _)| *of == namespace);
        own.flat_map(|(_, defaults)| defaults.clone()).collect()
    }
}

fn range(tree: &Tree, root: NodeId) -> (Option<&str>, Vec<String>) {
    let namespace = tree
        .at(root, &["metadata", "namespace"])
        .and_then(|node| value::known_text(tree, node));
    let limits = tree.at(root, &["spec", "limits"]);
    let limits = limits.map(|list| tree.items(list)).unwrap_or_default();
    let of_containers = limits
        .iter()
        .filter(|limit| tree.text_at(**limit, "type") == Some("Container"));
    let mut defaults = Vec::new();
    for limit in of_containers {
        let names = |part: &str| -> Vec<&str> {
            let part = tree.get(*limit, part);
            let pairs = part.map(|part| tree.pairs(part)).unwrap_or_default();
            pairs
                .into_iter()
                .filter_map(|(key, _)| tree.text(key))
                .collect()
        };
        // A maximum is a limit by default, and a limit is a request by default.
        for name in names("default").into_iter().chain(names("max")) {
            defaults.push(format!("limits.{name}"));
            defaults.push(format!("requests.{name}"));
        }
        for name in names("defaultRequest").into_iter().chain(names("min")) {
            defaults.push(format!("requests.{name}"));
        }
    }
    (namespace, defaults)
}
