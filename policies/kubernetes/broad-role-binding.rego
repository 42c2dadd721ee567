# METADATA
# title: Binding to a broad built-in role
# description: |
#   `admin` and `edit` allow to read Secrets and to run pods as any service account of a namespace; bound by a ClusterRoleBinding, of every namespace.
#   `cluster-admin-binding` reports bindings of `cluster-admin` in the whole cluster.
#
#   Off by default: this is how people are given a namespace.
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "{kind} `{name}` grants the built-in role `{role}`"
#   remediation: "Bind a role with the verbs and resources that the subjects need."
#   default: off
#   aliases:
#     - trivy:KSV-0111
#     - {id: polaris:rolebindingClusterAdminClusterRole, when: {role: cluster-admin, kind: RoleBinding}}
package rules.kubernetes["broad-role-binding"]

import data.lib.workloads

deny contains {"at": binding.at, "field": "roleRef.name", "kind": binding.kind, "name": workloads.name(binding), "role": binding.role} if {
	some binding in input.bindings
	binding.role in {"cluster-admin", "admin", "edit"}
}
