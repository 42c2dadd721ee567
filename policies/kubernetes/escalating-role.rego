# METADATA
# title: Role with escalation permissions
# description: |
#   `escalate` on roles allows to write a role with rights that its author does not have, `bind` to grant a role that one does not have, `impersonate` to act as
#   another user or group. Each is a way to `cluster-admin` for whoever takes over the subject: Kubernetes checks otherwise that nobody grants more than they have.
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{kind} `{name}` allows {verbs} on {what}: its subjects can {way}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Remove the verb that allows the escalation (`escalate`, `bind`, `*`), or limit the rule to the roles named in `resourceNames`. For `impersonate`,
#     list the users, groups or service accounts in `resourceNames`.
#   default: off
#   aliases:
#     - {id: checkov:CKV_K8S_158, when: escalates}
#     - {id: checkov:CKV_K8S_157, when: binds_bindings}
#     - {ids: [trivy:KSV-0050, kics:rbac-roles-allow-privilege-escalation], when: changes_roles}
#     - {id: trivy:KSV-0051, when: {bound: roles}}
#     - {id: trivy:KSV-0052, when: {bound: clusterroles}}
#     - {id: trivy:KSV-0043, when: impersonates_groups}
#     - {id: kics:rbac-roles-with-impersonate-permission, when: impersonates}
#     - {id: trivy:KSV-0055, when: extends_bindings}
package rules.kubernetes["escalating-role"]

import data.lib.roles
import data.lib.workloads

deny contains {
	"at": rule.at, "field": "verbs", "kind": rule.kind, "name": workloads.name(rule), "verbs": workloads.list(verbs), "what": workloads.list(rule.resources),
	"way": _way(rule), "advice": _advice(rule), "escalates": _escalates(rule), "binds_bindings": _binds_bindings(rule), "changes_roles": _changes_roles(rule),
	"bound": _bound(rule), "impersonates": _impersonates(rule), "impersonates_groups": _impersonates_groups(rule), "extends_bindings": _extends_bindings(rule),
} if {
	some rule in input.role_rules
	_is_judged(rule)
	verbs := [verb | some verb in rule.verbs; verb in {"escalate", "bind", "impersonate", "create", "get", "patch", "*"}]
	count(verbs) > 0
}

_is_judged(rule) if _escalates(rule)

_is_judged(rule) if _binds_bindings(rule)

_is_judged(rule) if _changes_roles(rule)

_is_judged(rule) if _bound(rule) != ""

_is_judged(rule) if _impersonates(rule)

_is_judged(rule) if _extends_bindings(rule)

_rbac := {"rbac.authorization.k8s.io"}

_escalates(rule) if {
	roles.grants(rule, _rbac, {"roles", "clusterroles"}, {"escalate"})
} else := false

_binds_bindings(rule) if {
	roles.grants(rule, _rbac, {"rolebindings", "clusterrolebindings"}, {"bind"})
} else := false

_changes_roles(rule) if {
	_surely_changes_roles(rule)
} else := false

_surely_changes_roles(rule) if {
	some resource in rule.resources
	resource in {"roles", "rolebindings"}
	some verb in rule.verbs
	verb in {"escalate", "bind", "impersonate", "*"}
}

# It creates bindings, and may bind every role by a later rule.
_bound(rule) := "clusterroles" if {
	"clusterrolebindings" in rule.resources
	_creates_and_binds(rule, {"clusterroles"})
} else := "roles" if {
	"rolebindings" in rule.resources
	_creates_and_binds(rule, {"clusterroles", "roles"})
} else := ""

_creates_and_binds(rule, resources) if {
	"rbac.authorization.k8s.io" in rule.groups
	"create" in rule.verbs
	some other in input.index.role_rules_by_role[rule.role]
	other.number > rule.number
	"bind" in other.verbs
	"*" in other.object_names
	some resource in other.resources
	resource in resources
}

_impersonates(rule) if {
	_surely_impersonates(rule)
} else := false

_surely_impersonates(rule) if {
	some verb in rule.verbs
	verb in {"impersonate", "*"}
	some resource in rule.resources
	resource in {"users", "groups", "serviceaccounts"}
	_may_impersonate(rule, verb)
}

# Every verb on service accounts of the core group is meant for the objects.
_may_impersonate(_, verb) if verb == "impersonate"

_may_impersonate(rule, "*") if {
	some resource in rule.resources
	resource in {"users", "groups"}
}

_impersonates_groups(rule) if {
	"*" in rule.groups
	"groups" in rule.resources
	"impersonate" in rule.verbs
} else := false

_extends_bindings(rule) if {
	"*" in rule.groups
	"rolebindings" in rule.resources
	"get" in rule.verbs
	"patch" in rule.verbs
} else := false

_way(rule) := "act as other users, groups or service accounts" if {
	_impersonates(rule)
} else := "grant themselves any role" if {
	_escalates(rule)
} else := "bind themselves to roles that they do not have" if {
	_binds_bindings(rule)
} else := "change who has which role"

_advice(rule) := "List the users, groups or service accounts in `resourceNames`" if {
	_impersonates(rule)
} else := "Remove the verb, or list the roles in `resourceNames`"
