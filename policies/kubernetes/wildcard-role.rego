# METADATA
# title: Wildcard role
# description: |
#   A role with every verb on every resource is `cluster-admin` by another name, or the owner of its namespace: who takes over the
#   subject reads every Secret, starts any pod and grants itself more. It also covers whatever a later release or operator adds.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{kind} `{name}` allows every verb on every resource of {groups}"
#   remediation: "List the verbs and resources that the subject uses."
#   aliases:
#     - kube-linter:wildcard-in-rules
#     - trivy:KSV-0044
#     - trivy:KSV-0045
#     - {id: trivy:KSV-0046, when: {kind: ClusterRole}}
#     - kics:rbac-wildcard-in-rule
#     - checkov:CKV_K8S_49
#     - kube-linter:template/wildcard-in-rules
#   explained: true
package rules.kubernetes["wildcard-role"]

import data.lib.workloads

deny contains {"at": rule.at, "kind": rule.kind, "name": workloads.name(rule), "groups": _groups(rule), "minor": _is_minor(rule)} if {
	some rule in input.role_rules
	"*" in rule.verbs
	"*" in rule.resources
	not rule.names_objects
	count(rule.groups) > 0
}

_groups(rule) := "every API group" if "*" in rule.groups

_groups(rule) := "the core API group, Secrets and Pods among them" if {
	not "*" in rule.groups
	"" in rule.groups
}

_groups(rule) := workloads.list(rule.groups) if not _is_wide(rule)

_is_minor(rule) if {
	_is_expected(rule)
} else := false

# An operator may do everything with its own resources.
_is_expected(rule) if not _is_wide(rule)

# What applies the manifests of a cluster has to.
_is_expected(rule) if workloads.applies_all(workloads.name(rule))

_is_wide(rule) if {
	some group in rule.groups
	group in {"", "*"}
}
