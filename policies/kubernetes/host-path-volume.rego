# METADATA
# title: hostPath volume
# description: |
#   A `hostPath` volume ties the pod to the files of one node, keeps data that outlives the pod, and is a common way to escape from a container to its
#   node.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "volume `{name}` mounts `{path}` of the node"
#   remediation: "Use a volume that belongs to the pod: `emptyDir`, a PersistentVolumeClaim, a ConfigMap or a CSI volume."
#   aliases:
#     - polaris:hostPathSet
#     - trivy:KSV-0023
#     - kics:non-kube-system-pod-with-host-mount
#     - pss:baseline/hostpath-volumes
#   implied_by: [kubernetes/sensitive-host-path]
package rules.kubernetes["host-path-volume"]

import data.lib.workloads

deny contains {"at": volume.at, "field": "hostPath.path", "name": object.get(volume, "name", "?"), "path": object.get(volume.source, "path", "a path")} if {
	some workload in input.workloads
	some volume in workload.volumes
	volume.type == "hostPath"
	not workloads.is_sensitive_path(object.get(volume.source, "path", ""))
	not workloads.is_runtime_socket(object.get(volume.source, "path", ""))
}
