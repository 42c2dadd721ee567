# METADATA
# title: Sensitive host path
# description: |
#   The path controls the node: its configuration, interfaces of its kernel, credentials of the kubelet. A container that can read it learns secrets of
#   every other pod on the node; one that can write it controls the node.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "volume `{name}` mounts `{path}` of the node"
#   remediation: Mount only the file that is needed, read-only, or use the API instead.
#   aliases:
#     - {id: kubesec:ProcMount, when: {path: /proc}}
#     - kube-linter:sensitive-host-mounts
#     - kube-linter:template/host-mounts
#     - trivy:KSV-0121
#     - trivy:KSV-0023
#     - polaris:hostPathSet
#     - kics:workload-mounting-with-sensitive-os-directory
#     - kics:non-kube-system-pod-with-host-mount
#     - pss:baseline/hostpath-volumes
package rules.kubernetes["sensitive-host-path"]

import data.lib.workloads

deny contains {"at": volume.at, "field": "hostPath.path", "name": object.get(volume, "name", "?"), "path": volume.source.path} if {
	some workload in input.workloads
	some volume in workload.volumes
	volume.type == "hostPath"
	workloads.is_sensitive_path(volume.source.path)
	not workloads.is_runtime_socket(volume.source.path)
}

deny contains {"at": volume.at, "field": "hostPath.path", "name": object.get(volume, "name", "?"), "path": volume.source.path} if {
	some workload in input.workloads
	some volume in workload.volumes
	volume.type == "hostPath"
	workloads.is_commanding_path(volume.source.path)
	not workloads.is_sensitive_path(volume.source.path)
	not workloads.is_runtime_socket(volume.source.path)
	_is_written(workload, volume)
}

# Whether a container mounts the volume and may write to it.
_is_written(workload, volume) if {
	some container in input.index.containers_by_workload[workload.at]
	some mount in container.mounts
	mount.name == volume.name
	object.get(mount, "readOnly", false) != true
}
