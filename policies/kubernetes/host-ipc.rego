# METADATA
# title: Host IPC namespace
# description: |
#   The pod is not isolated from the shared memory of the node: it can read and write what processes of the node share.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{name}` shares the IPC namespace of its node: it can read the shared memory of other processes"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Remove `hostIPC: true`, also from a node agent that works without it. If the pod needs it, say why in a comment above the field.
#   aliases:
#     - kube-linter:host-ipc
#     - polaris:hostIPCSet
#     - kubesec:HostIPC
#     - trivy:KSV-0008
#     - checkov:CKV_K8S_18
#     - kics:shared-host-ipc-namespace
#     - pss:baseline/host-namespaces
#     - kube-linter:template/host-ipc
#   explained: true
#   of_values: true
package rules.kubernetes["host-ipc"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "hostIPC", "name": workloads.name(workload), "advice": workloads.removal(workload, "hostIPC: true"), "severity": workloads.severity(workload), "minor": _is_minor(workload)} if {
	some workload in input.workloads
	workload.network.hostIPC
}

_is_minor(workload) if {
	_is_expected(workload)
} else := false

_is_expected(workload) if workloads.is_minor(workload)

# Who sees and signals the processes of the node has more than their shared memory.
_is_expected(workload) if workload.network.hostPID
