# METADATA
# title: Role over all Secrets
# description: |
#   A ClusterRole that allows every verb on Secrets gives its subjects the credentials of every namespace, tokens of service accounts with more rights
#   among them: it is a way to `cluster-admin`.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "ClusterRole `{name}` allows every verb on Secrets: its subjects can read and replace those of every namespace it is bound in"
#   remediation: "List the verbs that are needed, name the Secrets in `resourceNames`, or use a Role of one namespace."
#   aliases:
#     - trivy:KSV-0041
package rules.kubernetes["secrets-role"]

import data.lib.workloads

deny contains {"at": rule.at, "field": "resources", "name": workloads.name(rule), "severity": _severity(rule), "minor": _is_minor(rule)} if {
	some rule in input.role_rules
	rule.kind == "ClusterRole"
	"secrets" in rule.resources
	"*" in rule.verbs
	not "*" in rule.resources
	not rule.names_objects
	some group in rule.groups
	group in {"", "*"}
}

# What writes Secrets for others in any namespace, as the operators of Prometheus and of databases do, needs the verbs; who installs it can only restrict where.
_severity(rule) := "info" if _is_of_operator(rule)

_severity(rule) := "warning" if not _is_of_operator(rule)

_is_minor(rule) if {
	_is_expected(rule)
} else := false

_is_expected(rule) if _is_of_operator(rule)

# A part of the roles of users, who read the Secrets of their namespaces without it.
_is_expected(rule) if {
	some object_ in input.index.objects_by_at[rule.role]
	some name in ["aggregate-to-admin", "aggregate-to-edit"]
	object_.labels[concat("/", ["rbac.authorization.k8s.io", name])] == "true"
}

_is_of_operator(rule) if {
	some word in ["operator", "controller", "manager", "provisioner", "external-secrets", "cert-manager", "sealed-secrets", "rook", "crossplane", "argo"]
	contains(workloads.name(rule), word)
}
