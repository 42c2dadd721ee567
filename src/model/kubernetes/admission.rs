//! What the API server's admission writes into pods: the security settings of `OpenShift`'s security context constraints.

use crate::model::kubernetes::value;
use crate::parse::yaml::tree::{NodeId, Tree};

/// Annotations of a pod that name the constraint which admits it: asked for, and as a cluster notes it.
const ANNOTATIONS: [&str; 2] = ["openshift.io/required-scc", "openshift.io/scc"];
/// What tells the scheduler of a cluster whose own work is kept to some CPUs, and takes limits for a mistake.
const MANAGEMENT: &str = "target.workload.openshift.io/management";

/// What admission sets for the containers of a pod that leave it out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Admitted {
    /// A user other than root, and `runAsNonRoot`.
    user: bool,
    /// `allowPrivilegeEscalation: false`, a seccomp profile, and `drop: [ALL]`.
    hardening: bool,
}

impl Admitted {
    /// What is set for a pod with these annotations; `None` if none of them names a constraint.
    pub(super) fn of(tree: &Tree, template: NodeId) -> Option<Self> {
        let annotations = tree.at(template, &["metadata", "annotations"]);
        let texts = value::texts(tree, annotations);
        let (_, name) = texts.iter().find(|(key, _)| ANNOTATIONS.contains(key))?;
        // See https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html.
        let (user, hardening) = match *name {
            "restricted-v2" | "restricted-v3" | "nonroot-v2" | "hostnetwork-v2"
            | "nested-container" => (true, true),
            "restricted" | "nonroot" | "hostnetwork" | "hostaccess" => (true, false),
            "privileged" | "anyuid" | "hostmount-anyuid" | "hostmount-anyuid-v2" => (false, false),
            // One of a cluster's own, which may set anything.
            _ => (true, true),
        };
        Some(Self { user, hardening })
    }

    /// Whether it sets the setting of a security context that a container leaves out.
    pub(super) fn sets(self, setting: &str) -> bool {
        match setting {
            "runAsNonRoot" | "runAsUser" => self.user,
            "allowPrivilegeEscalation" | "seccompProfile" | "capabilities" => self.hardening,
            _ => false,
        }
    }
}

/// Whether a cluster's own workload management writes the requests of a pod, and refuses limits.
pub(super) fn manages_resources(tree: &Tree, template: NodeId) -> bool {
    let annotations = tree.at(template, &["metadata", "annotations"]);
    annotations.is_some_and(|node| tree.get(node, MANAGEMENT).is_some())
}

#[cfg(test)]
mod tests {
    use super::Admitted;

    #[test]
    fn constraints_set_what_they_ask_for() {
        let newer = Admitted {
            user: true,
            hardening: true,
        };
        assert!(newer.sets("runAsNonRoot") && newer.sets("seccompProfile"));
        let older = Admitted {
            user: true,
            hardening: false,
        };
        assert!(older.sets("runAsNonRoot") && !older.sets("capabilities"));
        assert!(!newer.sets("readOnlyRootFilesystem"));
    }
}
