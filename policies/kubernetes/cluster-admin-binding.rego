# METADATA
# title: Binding to cluster-admin
# description: |
#   `cluster-admin` allows everything in every namespace, including reading every Secret. Whoever takes over the subject controls the cluster.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{kind} `{subject}` gets `cluster-admin`, which allows everything in the cluster"
#   remediation: Bind a role with the verbs and resources that it needs.
#   aliases:
#     - kube-linter:cluster-admin-role-binding
#     - trivy:KSV-0111
#     - polaris:clusterrolebindingClusterAdmin
#     - kics:cluster-admin-rolebinding-with-superuser-permissions
#     - kube-linter:template/cluster-admin-role-binding
#   explained: true
package rules.kubernetes["cluster-admin-binding"]

import data.lib.workloads

deny contains {"at": subject.at, "field": "name", "kind": subject.kind, "subject": subject.name, "severity": _severity(subject), "minor": _is_minor(subject)} if {
	some binding in input.bindings
	binding.kind == "ClusterRoleBinding"
	binding.role == "cluster-admin"
	some subject in binding.subjects
	subject.kind
	not subject.name in _public
	not _are_administrators(subject)
}

# A person may be an administrator.
_severity(subject) := "info" if {
	subject.kind in {"User", "Group"}
} else := "info" if {
	_is_for_administrators(subject)
} else := "warning"

# What applies the manifests of a cluster has to be one.
_is_minor(subject) if {
	_is_expected(subject)
} else := false

_is_expected(subject) if workloads.applies_all(subject.name)

# An account that is there for administrators to log in with.
_is_for_administrators(subject) if {
	subject.kind == "ServiceAccount"
	some word in ["admin-user", "cluster-admin", "dashboard-admin", "superuser"]
	contains(subject.name, word)
}

# A group that is there to administer the cluster.
_are_administrators(subject) if {
	subject.kind in {"Group", "User"}
	contains(lower(subject.name), "admin")
}

# `public-role-binding` speaks of these; administrators of a cluster are meant to be some.
_public := {
	"system:unauthenticated", "system:anonymous", "system:authenticated", "system:serviceaccounts", "system:masters", "kubeadm:cluster-admins",
}
