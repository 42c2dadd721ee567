# METADATA
# title: Role with exec access to pods
# description: |
#   Who may `exec` into pods, `attach` to them or forward their ports reads the Secrets and the service account token of each, and works with the rights of
#   its program. A `get` is enough: `kubectl exec` may open a web socket with it.
#
#   Off by default: people who operate a namespace need it, and so do tools for backups and tests.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{kind} `{name}` allows {verbs} on {what}, so its subjects work with the rights of every pod that they reach"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Remove `pods/exec`, `pods/attach` and `pods/portforward` from the rule, or name the pods in `resourceNames`. Instead of `*`, list the resources
#     that the subjects need, without these.
#   default: off
#   aliases:
#     - {id: trivy:KSV-0053, when: changes_exec}
#     - {id: trivy:KSV-0054, when: attaches_everywhere}
#     - {id: kics:rbac-roles-with-exec-permission, when: is_exec}
#     - {id: kics:rbac-roles-with-attach-permission, when: is_attach}
#     - {id: kics:rbac-roles-with-port-forwarding-permission, when: is_forward}
#     - {id: polaris:clusterrolePodExecAttach, when: {reach: cluster}}
#     - {id: polaris:rolePodExecAttach, when: {reach: namespace}}
package rules.kubernetes["pod-exec-role"]

import data.lib.roles
import data.lib.workloads

deny contains {
	"at": rule.at, "field": "resources", "kind": rule.kind, "name": workloads.name(rule), "verbs": workloads.list(rule.verbs), "what": workloads.list(rule.resources),
	"changes_exec": _changes_exec(rule), "attaches_everywhere": _attaches_everywhere(rule), "is_exec": _grants(rule, "pods/exec"),
	"is_attach": _grants(rule, "pods/attach"), "is_forward": _grants(rule, "pods/portforward"), "reach": _reach(rule), "advice": _advice(rule),
} if {
	some rule in input.role_rules
	_is_judged(rule)
}

_is_judged(rule) if roles.grants(rule, {""}, {"pods/exec", "pods/attach", "pods/portforward"}, {"get", "create"})

_is_judged(rule) if {
	"pods/exec" in rule.resources
	_changes_exec(rule)
}

_grants(rule, resource) if {
	roles.grants(rule, {""}, {resource}, {"get", "create"})
} else := false

_changes_exec(rule) if {
	_surely_changes_exec(rule)
} else := false

_surely_changes_exec(rule) if {
	"pods/exec" in rule.resources
	some verb in rule.verbs
	verb in {"create", "update", "patch", "delete", "deletecollection", "impersonate", "*"}
}

# To read what is attached to, one has to find the pod.
_attaches_everywhere(rule) if {
	_surely_attaches_everywhere(rule)
} else := false

_surely_attaches_everywhere(rule) if {
	"*" in rule.groups
	"pods/attach" in rule.resources
	"create" in rule.verbs
	some other in input.index.role_rules_by_role[rule.role]
	other.number > rule.number
	"*" in other.groups
	"pods" in other.resources
	"get" in other.verbs
}

_reach(rule) := "cluster" if {
	rule.kind == "ClusterRole"
	_is_told(rule)
	not workloads.name(rule) in {"admin", "cluster-admin", "edit"}
}

_reach(rule) := "namespace" if {
	rule.kind == "Role"
	_is_told(rule)
}

_reach(rule) := "" if not _is_told(rule)

_reach(rule) := "" if {
	rule.kind == "ClusterRole"
	_is_told(rule)
	workloads.name(rule) in {"admin", "cluster-admin", "edit"}
}

# What comes with Kubernetes and its providers is not for the project to change.
_is_told(rule) if {
	roles.grants(rule, {""}, {"pods/exec", "pods/attach"}, {"get", "create"})
	not startswith(workloads.name(rule), "system:")
	workloads.name(rule) != "gce:podsecuritypolicy:calico-sa"
	_names_resource(rule)
}

_names_resource(rule) if {
	some resource in rule.resources
	resource in {"*", "pods/exec", "pods/attach"}
}

_advice(rule) := "List the resources that the subjects need, without `pods/exec` and `pods/attach`" if "*" in rule.resources

_advice(rule) := "Remove these resources, or name the pods in `resourceNames`" if not "*" in rule.resources
