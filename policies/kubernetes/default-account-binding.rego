# METADATA
# title: Binding to the default service account
# description: |
#   Every pod of the namespace that names no service account runs as `default`, so each of them gets the rights that were meant for one.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "{kind} `{name}` grants `{role}` to the service account `default`, which every pod that names no other runs as"
#   remediation: "Make a service account for the program, name it in its pods, and bind the role to it."
#   default: off
#   aliases:
#     - checkov:CKV_K8S_42
#     - kics:role-binding-to-default-service-account
package rules.kubernetes["default-account-binding"]

import data.lib.workloads

deny contains {"at": subject.at, "field": "name", "kind": binding.kind, "name": workloads.name(binding), "role": object.get(binding, "role", "?")} if {
	some binding in input.bindings
	some subject in binding.subjects
	subject.kind == "ServiceAccount"
	subject.name == "default"
}
