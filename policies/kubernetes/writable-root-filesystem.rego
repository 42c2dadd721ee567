# METADATA
# title: Writable root file system
# description: |
#   A process that cannot write to its image cannot leave a program there or change one. What has to
#   be written goes to a volume, where it is seen and has a size.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "container `{name}` can write to its root file system, so an intruder can leave programs there"
#   remediation: "Set `securityContext.readOnlyRootFilesystem: true`, and mount an `emptyDir` where files are written."
#   aliases:
#     - kube-linter:no-read-only-root-fs
#     - kube-score:container-security-context-readonlyrootfilesystem
#     - polaris:notReadOnlyRootFilesystem
#     - {id: kubesec:ReadOnlyRootFilesystem, unless: sibling_has_it}
#     - trivy:KSV-0014
#     - checkov:CKV_K8S_22
#     - kics:root-container-not-mounted-read-only
#     - kube-linter:template/read-only-root-fs
#   family: kubernetes/unhardened-container
#   part: "`readOnlyRootFilesystem: true`"
#   block: |
#     securityContext:
#       readOnlyRootFilesystem: true # with an emptyDir where files are written
package rules.kubernetes["writable-root-filesystem"]

import data.lib.containers

deny contains {"at": container.at, "field": "securityContext.readOnlyRootFilesystem", "name": containers.name(container), "sibling_has_it": containers.is_set_beside(container, "readOnlyRootFilesystem"), "minor": containers.is_tried(container)} if {
	some container in input.containers
	containers.is_confinable(container)
	containers.is_whole(container)
	not containers.is_set(container, "readOnlyRootFilesystem", true)
	not containers.is_unknown(container, "readOnlyRootFilesystem")
}
