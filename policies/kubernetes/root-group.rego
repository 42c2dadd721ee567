# METADATA
# title: Container runs in the root group
# description: |
#   Group 0 owns much of an image's file system and of the node's, so its members may read and often
#   write what they should not. Images for OpenShift need it on purpose.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{name}` runs in group 0"
#   remediation: Use another group.
#   aliases:
#     - kube-linter:run-as-non-root
#     - trivy:KSV-0116
#     - kube-linter:template/run-as-non-root
#   default: off
package rules.kubernetes["root-group"]

import data.lib.containers
import data.lib.workloads

deny contains {"at": group.at, "field": group.field, "name": containers.name(container)} if {
	some container in input.containers
	containers.is_linux(container)
	group := container.security.runAsGroup
	group.value == 0
}

deny contains {"at": workload.pod, "field": "securityContext.fsGroup", "name": workloads.name(workload)} if {
	some workload in input.workloads
	workload.spec.securityContext.fsGroup == 0
}

deny contains {"at": workload.pod, "field": "securityContext.supplementalGroups", "name": workloads.name(workload)} if {
	some workload in input.workloads
	0 in workload.spec.securityContext.supplementalGroups
}
