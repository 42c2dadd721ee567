# METADATA
# title: Incomplete audit policy
# description: |
#   An audit policy says which requests the API server records. One without a rule for Secrets, ConfigMaps and tokens, or for commands in pods, leaves out what an
#   attacker does first.
# related_resources:
#   - https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "the audit policy has no rule for {missing}"
#   remediation: "Add rules: `Metadata` for Secrets, ConfigMaps and `tokenreviews`, `Request` for `pods/exec`, `pods/portforward`, `pods/proxy` and `services/proxy`."
#   default: off
#   aliases:
#     - kics:audit-policy-not-cover-key-security-concerns
package rules.kubernetes["incomplete-audit-policy"]

import data.lib.workloads

deny contains {"at": policy.at, "field": "rules", "missing": workloads.list(missing)} if {
	some policy in input.specifications
	policy.kind == "Policy"
	startswith(policy.apiVersion, "audit.k8s.io/")
	policy.is_whole
	missing := [resource |
		some resource in ["secrets", "configmaps", "tokenreviews", "pods/exec", "pods/portforward", "pods/proxy", "services/proxy"]
		not _records(policy, resource)
	]
	count(missing) > 0
}

_records(policy, resource) if {
	some rule in policy.body.rules
	rule.level != "None"
	_covers(rule, resource)
}

# A rule without resources is for all of them.
_covers(rule, _) if not rule.resources

_covers(rule, resource) if {
	some group in rule.resources
	some name in object.get(group, "resources", [resource])
	name in {resource, "*", concat("/", [split(resource, "/")[0], "*"])}
}
