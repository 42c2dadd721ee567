# METADATA
# title: Binding for system:masters
# description: |
#   Members of `system:masters` pass every authorization check, whatever roles say, and cannot be shut out without a new certificate authority. A binding for
#   the group grants them nothing, and shows that somebody is a member who should not be.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{role}` is granted to `system:masters`, whose members are not held by any role"
#   remediation: "Remove the subject, and grant the role to a group of your own."
#   default: off
#   aliases:
#     - trivy:KSV-0123
package rules.kubernetes["masters-binding"]

deny contains {"at": subject.at, "field": "name", "role": object.get(binding, "role", "?")} if {
	some binding in input.bindings
	some subject in binding.subjects
	subject.name == "system:masters"
}
