# METADATA
# title: Missing security context
# description: |
#   Neither the container nor its pod has a security context, so every setting has its permissive
#   default. The rules for each setting say what to write; this one is for those who want to see the
#   omission as a whole.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "container `{name}` has no security context"
#   remediation: Add a `securityContext` to the container.
#   aliases:
#     - unless: pod_has_one
#       ids: [trivy:KSV-0118, checkov:CKV_K8S_29]
#     - checkov:CKV_K8S_30
#     - {id: kics:pod-or-container-without-security-context, unless: pod_has_one}
#   default: off
#   profiles: [pedantic]
#   family: kubernetes/unhardened-container
package rules.kubernetes["missing-security-context"]

import data.lib.containers

deny contains {"at": container.at, "field": "securityContext", "name": containers.name(container), "pod_has_one": container.has_pod_security_context} if {
	some container in input.containers
	containers.is_linux(container)
	containers.is_whole(container)
	not container.has_security_context
}
