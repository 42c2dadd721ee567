# METADATA
# title: Host PID namespace
# description: |
#   The pod is not isolated from the processes of the node. It sees every process with its environment, and may signal or trace those of the same user.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{name}` shares the PID namespace of its node: it can see and signal every process"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Remove `hostPID: true`, also from a node agent that works without it. If the pod needs it, say why in a comment above the field.
#   aliases:
#     - kube-linter:host-pid
#     - polaris:hostPIDSet
#     - kubesec:HostPID
#     - trivy:KSV-0010
#     - checkov:CKV_K8S_17
#     - kics:shared-host-pid-namespace
#     - pss:baseline/host-namespaces
#     - kube-linter:template/host-pid
#   explained: true
#   of_values: true
package rules.kubernetes["host-pid"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "hostPID", "name": workloads.name(workload), "advice": workloads.removal(workload, "hostPID: true"), "severity": workloads.severity(workload), "minor": workloads.is_minor(workload)} if {
	some workload in input.workloads
	workload.network.hostPID
}
