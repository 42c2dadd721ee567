# METADATA
# title: Account with rights that lead to more
# description: |
#   A service account that may bind roles, run commands in any pod or through a node's proxy, impersonate others, read all Secrets or change the status of
#   Services can get the rights of others, up to the whole cluster's. Who takes over a pod of that account has them too. Off by default: controllers need
#   some of them.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   default: off
#   message: "{kind} `{name}` lets service account `{account}` {right}"
#   remediation: "Remove the right from {role_kind} `{role}`, or restrict it with `resourceNames`."
#   how_to_fix: >-
#     Remove the permission from the bound Role or ClusterRole, or restrict it with `resourceNames`. For Secrets, replace the ClusterRoleBinding with
#     RoleBindings in the namespaces that need it.
#   aliases:
#     - {id: checkov:CKV2_K8S_1, when: {by: bind}}
#     - {id: checkov:CKV2_K8S_2, when: {by: run}}
#     - {id: checkov:CKV2_K8S_3, when: {by: impersonate}}
#     - {id: checkov:CKV2_K8S_4, when: {by: status}}
#     - {id: checkov:CKV2_K8S_5, when: {by: secrets}}
package rules.project["escalating-binding"]

deny contains {
	"at": binding.at, "field": "roleRef", "kind": binding.kind, "name": object.get(binding, "name", "?"), "account": subject.name, "right": right.text, "by": right.by,
	"role_kind": rule.kind, "role": rule.name,
	"related": [{"at": rule.at, "message": "the rule of the role"}],
} if {
	some binding in input.bindings
	binding.role
	some subject in binding.subjects
	subject.kind in {"ServiceAccount", "Node"}
	object.get(input.sizes.role_rules_by_name, binding.role, 0) < 200
	some rule in input.index.role_rules_by_name[binding.role]
	rule.kind == binding.role_kind
	not rule.names_objects
	some right in _rights
	_gives(rule, right)
	_is_for(binding, right)
}

_gives(rule, right) if {
	some resource in rule.resources
	resource in right.resources
	some verb in rule.verbs
	verb in right.verbs
	_has_all(rule, right)
	_is_in_group(rule, right)
}

_has_all(_, right) if not right.and

_has_all(rule, _) if "*" in rule.verbs

_has_all(rule, right) if {
	some verb in rule.verbs
	verb in right.and
}

_is_in_group(_, right) if not right.group

_is_in_group(rule, right) if {
	some group in rule.groups
	group in {right.group, "*"}
}

# All Secrets are those of all namespaces.
_is_for(_, right) if right.by != "secrets"

_is_for(binding, right) if {
	right.by == "secrets"
	binding.kind == "ClusterRoleBinding"
}

_rights := [
	{
		"by": "bind", "text": "bind roles that it does not have", "group": "rbac.authorization.k8s.io",
		"resources": {"rolebindings", "clusterrolebindings", "*"}, "verbs": {"bind", "*"}, "and": {"create", "update", "patch"},
	},
	{
		"by": "run", "text": "run commands in pods, or on nodes through their proxy",
		"resources": {"pods/exec", "nodes/proxy", "pods/*", "nodes/*", "*"}, "verbs": {"create", "*"},
	},
	{
		"by": "impersonate", "text": "act as other users, groups or accounts",
		"resources": {"users", "groups", "serviceaccounts", "*"}, "verbs": {"impersonate", "*"},
	},
	{
		"by": "status", "text": "change the status of Services, and so take over their addresses",
		"resources": {"services/status", "services/*", "*"}, "verbs": {"update", "patch", "*"},
	},
	{
		"by": "secrets", "text": "read the Secrets of all namespaces",
		"resources": {"secrets", "*"}, "verbs": {"get", "list", "watch", "*"},
	},
]
