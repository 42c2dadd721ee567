# METADATA
# title: Wildcard in a role
# description: |
#   A `*` among the verbs, resources or API groups of a role grants more than its author thought of, and whatever later releases and operators add.
#   `wildcard-role` reports rules with every verb on every resource; this one every other `*`.
#
#   Off by default: operators use it for the resources of their own group, where it grants nothing that they do not have.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "{kind} `{name}` grants {what}"
#   remediation: "List the {list} that the subject needs."
#   how_to_fix: >-
#     Replace `*` in `verbs`, `resources` or `apiGroups` with the names that the subject needs, and `*/scale` with resources such as
#     `deployments/scale`.
#   default: off
#   aliases:
#     - {ids: [kube-linter:wildcard-in-rules, kube-linter:template/wildcard-in-rules, kics:rbac-wildcard-in-rule], when: [{list: verbs}, {list: resources}]}
#     - {id: checkov:CKV_K8S_49, when: is_first}
#     - {id: trivy:KSV-0045, when: is_of_workloads}
#     - {id: trivy:KSV-0046, when: {scope: cluster}}
#     - {id: trivy:KSV-0112, when: {scope: namespace}}
package rules.kubernetes["wildcard-in-role"]

import data.lib.workloads

deny contains {
	"at": rule.at, "field": field, "kind": rule.kind, "name": workloads.name(rule), "what": _what(list, rule), "list": list,
	"is_first": _is_first(rule), "is_of_workloads": _is_of_workloads(rule, list), "scope": _scope(rule, list),
} if {
	some rule in input.role_rules
	some list, field in {"verbs": "verbs", "resources": "resources", "API groups": "apiGroups"}
	_holds_wildcard(rule, list)
}

# `*/scale` is a wildcard, too.
_holds_wildcard(rule, "verbs") if "*" in rule.verbs

_holds_wildcard(rule, "resources") if {
	some resource in rule.resources
	startswith(resource, "*")
}

_holds_wildcard(rule, "API groups") if {
	some group in rule.groups
	contains(group, "*")
}

_what("verbs", rule) := sprintf("every verb on %s", [workloads.list(rule.resources)]) if count(rule.resources) > 0

_what("verbs", rule) := "every verb on paths of the API server" if count(rule.resources) == 0

_what("resources", rule) := sprintf("%s on every resource", [workloads.list(rule.verbs)])

_what("API groups", rule) := sprintf("%s in every API group", [workloads.list(rule.resources)]) if count(rule.resources) > 0

_is_first(rule) if {
	rule.number == 0
} else := false

_is_of_workloads(rule, "verbs") if {
	_surely_is_of_workloads(rule, "verbs")
} else := false

_surely_is_of_workloads(rule, "verbs") if {
	some resource in rule.resources
	resource in {
		"secrets", "pods", "deployments", "daemonsets", "statefulsets", "replicationcontrollers", "replicasets", "cronjobs", "jobs", "roles",
		"clusterroles", "rolebindings", "clusterrolebindings", "users", "groups",
	}
}

_is_of_workloads(_, list) := false if list != "verbs"

_scope(rule, "resources") := "cluster" if {
	rule.kind == "ClusterRole"
	_manages(rule)
}

_scope(rule, "resources") := "namespace" if {
	rule.kind == "Role"
	_manages(rule)
}

_scope(rule, "resources") := "" if not _manages(rule)

_scope(_, list) := "" if list != "resources"

_manages(rule) if {
	"*" in rule.resources
	some verb in rule.verbs
	verb in {"create", "update", "delete", "deletecollection", "impersonate", "*", "list", "get"}
}
