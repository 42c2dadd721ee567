# METADATA
# title: Role over sensitive resources
# description: |
#   Who may change workloads runs any image with the rights of any service account of the namespace; who reads Secrets has the credentials in them; `nodes/proxy`
#   reaches every container of a node past admission and audit; webhooks see and change every request; logs and network rules hide what was done.
#
#   Off by default: most operators and deployment tools need some of these. It is meant for a review of who has what.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "{kind} `{name}` allows {verbs} on {what}: {why}"
#   remediation: "Remove what the subject does not need, name single objects in `resourceNames`, or use a Role of one namespace."
#   default: off
#   aliases:
#     - {id: trivy:KSV-0041, when: {over: secrets, kind: ClusterRole}}
#     - {id: trivy:KSV-0113, when: {over: secrets, kind: Role}}
#     - {id: kics:rbac-roles-with-read-secrets-permissions, when: {over: secrets}}
#     - {id: trivy:KSV-0048, when: {over: workloads}}
#     - {id: kics:permissive-access-to-create-pods, when: creates_pods}
#     - {id: trivy:KSV-0049, when: {over: configmaps}}
#     - {id: trivy:KSV-0115, when: changes_aws_auth}
#     - {id: trivy:KSV-0056, when: {over: networking}}
#     - {id: trivy:KSV-0042, when: {over: logs}}
#     - {id: trivy:KSV-0114, when: {over: webhooks}}
#     - {id: checkov:CKV_K8S_155, when: {over: webhooks, kind: ClusterRole}}
#     - {id: trivy:KSV-0047, when: {over: nodes}}
package rules.kubernetes["sensitive-role"]

import data.lib.roles
import data.lib.workloads

deny contains {
	"at": rule.at, "field": "resources", "kind": rule.kind, "name": workloads.name(rule), "verbs": workloads.list(verbs), "what": workloads.list(resources), "over": over,
	"why": theme.why, "creates_pods": _creates_pods(verbs, resources), "changes_aws_auth": _changes_aws_auth(rule, over),
} if {
	some rule in input.role_rules
	some over, theme in _themes
	resources := [resource | some resource in rule.resources; resource in theme.resources]
	count(resources) > 0
	verbs := [verb | some verb in rule.verbs; verb in theme.verbs]
	count(verbs) > 0
}

# What grants every resource grants webhooks; `wildcard-in-role` reports the rest.
deny contains {
	"at": rule.at, "field": "resources", "kind": rule.kind, "name": workloads.name(rule), "verbs": workloads.list(rule.verbs), "what": workloads.list(rule.resources), "over": "webhooks",
	"why": "its subject can see and change every request to the API server", "creates_pods": false, "changes_aws_auth": false,
} if {
	some rule in input.role_rules
	rule.kind == "ClusterRole"
	roles.grants(rule, {"admissionregistration.k8s.io"}, {"mutatingwebhookconfigurations", "validatingwebhookconfigurations"}, {"create", "update", "patch"})
	not "mutatingwebhookconfigurations" in rule.resources
	not "validatingwebhookconfigurations" in rule.resources
}

_creates_pods(verbs, resources) if {
	_surely_creates_pods(verbs, resources)
} else := false

_surely_creates_pods(verbs, resources) if {
	"pods" in resources
	some verb in verbs
	verb in {"create", "*"}
}

_changes_aws_auth(rule, "configmaps") if {
	"aws-auth" in rule.object_names
} else := false

_changes_aws_auth(_, over) := false if over != "configmaps"

_changing := {"create", "update", "patch", "delete", "deletecollection", "impersonate", "*"}

_themes := {
	"secrets": {
		"resources": {"secrets"}, "verbs": {"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "impersonate", "*"},
		"why": "its subject has the credentials in them",
	},
	"workloads": {
		"resources": {"pods", "deployments", "jobs", "cronjobs", "statefulsets", "daemonsets", "replicasets", "replicationcontrollers"}, "verbs": _changing,
		"why": "its subject can run any image with the service accounts and Secrets of the namespace",
	},
	"configmaps": {"resources": {"configmaps"}, "verbs": _changing, "why": "its subject can change how programs run"},
	"networking": {
		"resources": {"services", "endpoints", "endpointslices", "networkpolicies", "ingresses"}, "verbs": _changing,
		"why": "its subject can redirect traffic",
	},
	"logs": {"resources": {"pods/log"}, "verbs": {"delete", "deletecollection", "*"}, "why": "its subject is meant to remove traces"},
	"webhooks": {
		"resources": {"mutatingwebhookconfigurations", "validatingwebhookconfigurations"}, "verbs": _changing,
		"why": "its subject can see and change every request to the API server",
	},
	"nodes": {"resources": {"nodes/proxy"}, "verbs": {"get", "create"}, "why": "its subject can run commands in every container of a node, past admission and audit"},
}
