//! The order in which Helm installs: by kind, else as they come.

use std::cmp::Ordering;

/// Kinds in the order of their installation.
const KINDS: &[&str] = &[
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// Which kind comes first; unknown ones come last, by name.
pub fn of_kinds(one: &str, other: &str) -> Ordering {
    let place = |kind: &str| KINDS.iter().position(|known| *known == kind);
    match (place(one), place(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => one.cmp(other),
    }
}

/// The order in which templates are parsed and run: the deepest first, names descending.
pub fn of_templates(one: &str, other: &str) -> Ordering {
    let depth = |path: &str| path.matches('/').count();
    (depth(other), other).cmp(&(depth(one), one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_templates_have_an_order() {
        let mut kinds = ["Widget", "Ingress", "Aardvark", "Namespace", "Pod"];
        kinds.sort_by(|one, other| of_kinds(one, other));
        assert_eq!(kinds, ["Namespace", "Pod", "Ingress", "Aardvark", "Widget"]);
        let mut paths = ["t/a", "t/b", "t/z/a", "t/c"];
        paths.sort_by(|one, other| of_templates(one, other));
        assert_eq!(paths, ["t/z/a", "t/c", "t/b", "t/a"]);
    }
}
