//! What names an object: its group, version and kind, its name and its namespace.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashSet;

/// Kinds without a namespace.
const CLUSTER_SCOPED: &str = include_str!("../../../data/kustomize/cluster-scoped.tsv");
/// The namespace of an object that names none.
pub const DEFAULT_NAMESPACE: &str = "default";
/// Stands for the namespace of an object that cannot have one.
pub const NO_NAMESPACE: &str = "_non_namespaceable_";

/// Group, version and kind; in a selector an empty one is any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gvk {
    /// The API group; empty for the core group.
    pub group: Arc<str>,
    /// The version in it.
    pub version: Arc<str>,
    /// The kind.
    pub kind: Arc<str>,
}

impl Gvk {
    /// Of the fields `apiVersion` and `kind`.
    pub fn of(api_version: &str, kind: &str) -> Self {
        let (group, version) = split_version(api_version);
        Self {
            group: Arc::from(group),
            version: Arc::from(version),
            kind: Arc::from(kind),
        }
    }

    /// Whether it is one of those that `selector` names.
    pub fn is_selected(&self, selector: &Self) -> bool {
        let fits = |want: &str, have: &str| want.is_empty() || want == have;
        fits(&selector.group, &self.group)
            && fits(&selector.version, &self.version)
            && fits(&selector.kind, &self.kind)
    }
}

/// Group and version of an `apiVersion`.
pub fn split_version(api_version: &str) -> (&str, &str) {
    api_version.split_once('/').unwrap_or(("", api_version))
}

/// Whether objects of this kind are known to have no namespace.
pub fn is_cluster_scoped(api_version: &str, kind: &str) -> bool {
    static KINDS: LazyLock<FxHashSet<(&str, &str)>> = LazyLock::new(|| {
        let rows = CLUSTER_SCOPED.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|line| line.split_once('\t')).collect()
    });
    KINDS.contains(&(api_version, kind))
}

/// What an object is called in full, or was called before a transformer renamed it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Id {
    /// Group, version and kind.
    pub gvk: Gvk,
    /// The name.
    pub name: Arc<str>,
    /// The namespace that counts: [`DEFAULT_NAMESPACE`] if it names none, [`NO_NAMESPACE`] if it has none.
    pub namespace: Arc<str>,
}

impl std::fmt::Display for Id {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {}", self.gvk.kind, self.name)?;
        match &*self.namespace {
            DEFAULT_NAMESPACE | NO_NAMESPACE => Ok(()),
            namespace => write!(out, " in {namespace}"),
        }
    }
}
