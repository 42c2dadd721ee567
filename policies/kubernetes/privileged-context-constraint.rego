# METADATA
# title: Privileged security context constraint
# description: |
#   On OpenShift, whoever may use the constraint can start a container that owns its node.
# related_resources:
#   - https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "SecurityContextConstraints `{name}` admits privileged containers"
#   remediation: "Set `allowPrivilegedContainer: false`, and list the capabilities that are needed in `allowedCapabilities`."
#   default: off
#   aliases:
#     - kube-linter:scc-deny-privileged-container
#     - kube-linter:template/scc-deny-privileged-container
package rules.kubernetes["privileged-context-constraint"]

import data.lib.workloads

deny contains {"at": constraint.at, "field": "allowPrivilegedContainer", "name": workloads.name(constraint)} if {
	some constraint in input.specifications
	constraint.kind == "SecurityContextConstraints"
	constraint.body.allowPrivilegedContainer == true
}
