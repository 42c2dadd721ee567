# METADATA
# title: Binding to sensitive permissions
# description: |
#   Says of each binding what the role behind it allows, if that role is written in the project: every verb on every resource, commands
#   in pods, Secrets, new pods. `wildcard-role`, `pod-exec-role` and `sensitive-role` say the same of the role; a review of who has what begins at the binding.
#
#   Off by default: many operators need such rights.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{kind} `{name}` binds {role_kind} `{role}`, which allows {what}"
#   remediation: "Bind a role without it, or remove what the subjects do not need from `{role}`."
#   default: off
#   aliases:
#     - {id: polaris:clusterrolebindingClusterAdmin, when: {everything: ClusterRoleBinding}}
#     - {id: polaris:rolebindingClusterAdminClusterRole, when: {everything: "RoleBinding of ClusterRole"}}
#     - {id: polaris:rolebindingClusterAdminRole, when: {everything: "RoleBinding of Role"}}
#     - {id: polaris:clusterrolebindingPodExecAttach, when: {commands: ClusterRoleBinding}}
#     - {id: polaris:rolebindingClusterRolePodExecAttach, when: {commands: "RoleBinding of ClusterRole"}}
#     - {id: polaris:rolebindingRolePodExecAttach, when: {commands: "RoleBinding of Role"}}
#     - {id: kube-linter:access-to-secrets, when: {grants: secrets}}
#     - {id: kube-linter:access-to-create-pods, when: {grants: pods}}
#     - {id: kube-linter:template/access-to-resources, when: {grants: [secrets, pods]}}
#     - {id: kics:serviceaccount-allows-access-secrets, when: {grants: secrets}}
package rules.project["sensitive-binding"]

import data.lib.roles
import data.lib.workloads

deny contains {
	"at": binding.at, "field": "roleRef.name", "kind": binding.kind, "name": workloads.name(binding), "role_kind": binding.role_kind, "role": binding.role,
	"what": what, "grants": grants, "everything": _told(binding, grants, "everything"), "commands": _told(binding, grants, "commands"),
	"related": [{"at": granting[0].at, "field": "resources", "message": "what grants it"}],
} if {
	some binding in input.bindings
	binding.role_kind
	some grants, what in _grants
	granting := [rule |
		some rule in input.index.role_rules_by_name[binding.role]
		rule.kind == binding.role_kind
		_is_reached(binding, rule)
		_allows(rule, grants)
	]
	count(granting) > 0
}

_is_reached(_, rule) if rule.kind == "ClusterRole"

_is_reached(binding, rule) if {
	rule.kind == "Role"
	workloads.may_meet(binding, rule)
}

_grants := {
	"everything": "every verb on every resource",
	"commands": "to run commands in pods",
	"secrets": "to read Secrets",
	"pods": "to create pods and workloads",
}

_allows(rule, "everything") if {
	"*" in rule.groups
	"*" in rule.resources
	_has_every_verb(rule)
}

_allows(rule, "commands") if {
	roles.grants(rule, {""}, {"pods/exec", "pods/attach"}, {"get", "create"})
	some resource in rule.resources
	resource in {"*", "pods/exec", "pods/attach"}
}

_allows(rule, "secrets") if _names(rule, {"secrets"}, {"get", "list", "delete", "create", "watch"})

_allows(rule, "pods") if _names(rule, {"pods", "deployments", "statefulsets", "replicasets", "cronjobs", "jobs", "daemonsets"}, {"create"})

# Whatever the API group: the names of these resources are Kubernetes' own.
_names(rule, resources, verbs) if {
	_holds(rule.resources, resources)
	_holds(rule.verbs, verbs)
}

_holds(written, _) if "*" in written

_holds(written, wanted) if {
	some text in written
	text in wanted
}

_has_every_verb(rule) if "*" in rule.verbs

_has_every_verb(rule) if {
	every verb in ["get", "list", "watch", "create", "update", "patch", "delete"] {
		verb in rule.verbs
	}
}

# Which kind of binding it is, if it is of the project and not of Kubernetes or its provider.
_told(binding, grants, told) := "ClusterRoleBinding" if {
	grants == told
	binding.kind == "ClusterRoleBinding"
	_is_own(binding)
	not workloads.name(binding) == "cluster-admin"
	not binding.role == "view"
} else := "RoleBinding of ClusterRole" if {
	grants == told
	binding.kind == "RoleBinding"
	binding.role_kind == "ClusterRole"
	_is_own(binding)
} else := "RoleBinding of Role" if {
	grants == told
	binding.kind == "RoleBinding"
	binding.role_kind == "Role"
	_is_own(binding)
} else := ""

_is_own(binding) if {
	not startswith(workloads.name(binding), "system:")
	workloads.name(binding) != "gce:podsecuritypolicy:calico-sa"
}
