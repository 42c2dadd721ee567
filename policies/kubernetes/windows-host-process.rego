# METADATA
# title: Windows HostProcess container
# description: |
#   A `HostProcess` container runs as a process of the Windows node with access to the node, not isolated in a container.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{subject} runs as a process of its Windows node"
#   remediation: Remove `windowsOptions.hostProcess`.
#   aliases:
#     - polaris:hostProcess
#     - trivy:KSV-0103
#     - pss:baseline/host-process
package rules.kubernetes["windows-host-process"]

import data.lib.containers

deny contains {"at": options.at, "field": options.field, "subject": containers.subject(container, options), "minor": container.is_node_agent} if {
	some container in input.containers
	container.kind == "kubernetes"
	options := container.security.windowsOptions
	options.value.hostProcess == true
}
