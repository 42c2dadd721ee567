# METADATA
# title: Container runtime socket mounted
# description: |
#   Anyone who can reach the socket of the container runtime can start privileged containers on the node: it is root access to the node without a
#   password.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "volume `{name}` mounts the container runtime socket `{path}`, which gives control over the node"
#   remediation: Remove the mount, or limit it to an agent that may be root on the node; build images with a daemonless builder.
#   once: true
#   aliases:
#     - kube-linter:docker-sock
#     - kubesec:DockerSock
#     - trivy:KSV-0006
#     - checkov:CKV_K8S_27
#     - kics:docker-daemon-socket-is-exposed-to-containers
#     - kube-linter:template/host-mounts
#     - polaris:hostPathSet
#     - trivy:KSV-0023
#     - kics:non-kube-system-pod-with-host-mount
#     - pss:baseline/hostpath-volumes
#   explained: true
#   of_values: true
package rules.kubernetes["runtime-socket"]

import data.lib.workloads

deny contains {"at": volume.at, "about": workload.at, "field": "hostPath.path", "name": object.get(volume, "name", "?"), "path": volume.source.path, "severity": workloads.severity(workload), "minor": workload.is_known_agent} if {
	some workload in input.workloads
	workload.mounts_host_path
	some volume in workload.volumes
	volume.type == "hostPath"
	workloads.is_runtime_socket(volume.host_path)
}
