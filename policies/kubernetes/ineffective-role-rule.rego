# METADATA
# title: Unknown resource in a role
# description: |
#   A rule of a role grants a resource only by its plural name and in its own API group. The API server accepts any other text, and the rule grants nothing: the subject is
#   refused what it needs. Deployments are in the group `apps` and Jobs in `batch`, not in the core group; the logs of a pod are `pods/log`.
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{kind} `{name}` grants nothing on `{resource}`: {why}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Write the plural name of the resource, and its own API group in `apiGroups`, as `kubectl api-resources` lists them.
#   across_files: true
#   of_values: true
package rules.kubernetes["ineffective-role-rule"]

import data.lib.workloads

# A resource of another group, which no rule of the role names with its own.
deny contains {
	"at": rule.at, "field": "apiGroups", "kind": rule.kind, "name": workloads.name(rule), "resource": resource,
	"why": sprintf("it is in the API group `%s`", [_homes[resource][0]]), "advice": sprintf("Write `apiGroups: [%s]` in the rule of `%s`", [_homes[resource][0], resource]),
} if {
	some rule in input.role_rules
	count(rule.groups) > 0
	every group in rule.groups {
		group in _closed
	}
	some resource in rule.resources
	homes := _homes[resource]
	count([group | some group in rule.groups; group in homes]) == 0
	count([other |
		some other in input.index.role_rules_by_role[rule.role]
		_covers(other, resource, homes)
	]) == 0
}

_covers(rule, resource, homes) if {
	_names(rule.resources, resource)
	_holds(rule.groups, homes)
}

_names(resources, _) if "*" in resources

_names(resources, resource) if resource in resources

_holds(groups, _) if "*" in groups

_holds(groups, homes) if {
	some group in groups
	group in homes
}

# A name that is none, beside the group of the one that is meant.
deny contains {
	"at": rule.at, "field": "resources", "kind": rule.kind, "name": workloads.name(rule), "resource": resource,
	"why": "no resource is called that", "advice": sprintf("Write `%s`", [meant[0]]),
} if {
	some rule in input.role_rules
	some resource in rule.resources
	meant := _slips[resource]
	every group in rule.groups {
		group in _closed
	}
	meant[1] in rule.groups
	not meant[0] in rule.resources
}

# Groups to which nothing is added: no definition may be of one of them.
_closed := {"", "apps", "batch"}

# The groups of resources that are often looked for in another one; the first is theirs.
_homes := {
	"deployments": ["apps", "extensions"],
	"deployments/scale": ["apps", "extensions"],
	"statefulsets": ["apps"],
	"statefulsets/scale": ["apps"],
	"daemonsets": ["apps", "extensions"],
	"replicasets": ["apps", "extensions"],
	"jobs": ["batch"],
	"cronjobs": ["batch"],
	"ingresses": ["networking.k8s.io", "extensions"],
	"networkpolicies": ["networking.k8s.io", "extensions"],
	"horizontalpodautoscalers": ["autoscaling"],
	"poddisruptionbudgets": ["policy"],
	"storageclasses": ["storage.k8s.io"],
	"leases": ["coordination.k8s.io"],
	"customresourcedefinitions": ["apiextensions.k8s.io"],
	"pods": [""],
	"pods/log": [""],
	"pods/exec": [""],
	"services": [""],
	"secrets": [""],
	"configmaps": [""],
	"namespaces": [""],
	"nodes": [""],
	"persistentvolumeclaims": [""],
	"serviceaccounts": [""],
}

# What is meant by a name that is none, and the group of it.
_slips := {
	"pod": ["pods", ""],
	"pod/log": ["pods/log", ""],
	"pod/logs": ["pods/log", ""],
	"pods/logs": ["pods/log", ""],
	"pod/exec": ["pods/exec", ""],
	"pods/port-forward": ["pods/portforward", ""],
	"logs": ["pods/log", ""],
	"service": ["services", ""],
	"secret": ["secrets", ""],
	"configmap": ["configmaps", ""],
	"configMaps": ["configmaps", ""],
	"namespace": ["namespaces", ""],
	"node": ["nodes", ""],
	"event": ["events", ""],
	"endpoint": ["endpoints", ""],
	"serviceaccount": ["serviceaccounts", ""],
	"serviceAccounts": ["serviceaccounts", ""],
	"persistentvolume": ["persistentvolumes", ""],
	"persistentvolumeclaim": ["persistentvolumeclaims", ""],
	"persistentVolumeClaims": ["persistentvolumeclaims", ""],
	"pvc": ["persistentvolumeclaims", ""],
	"deployment": ["deployments", "apps"],
	"deployment/scale": ["deployments/scale", "apps"],
	"statefulset": ["statefulsets", "apps"],
	"daemonset": ["daemonsets", "apps"],
	"replicaset": ["replicasets", "apps"],
	"job": ["jobs", "batch"],
	"cronjob": ["cronjobs", "batch"],
}
