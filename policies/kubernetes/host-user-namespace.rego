# METADATA
# title: Missing user namespace
# description: |
#   With `hostUsers: false` root in the pod is nobody on the node, so an escape from the container ends in an unprivileged account. Kubernetes supports it by
#   default since 1.33, on Linux 6.3 and newer with a container runtime that knows it.
#
#   Off by default: not every cluster can do it yet.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{name}` runs in the user namespace of the node"
#   remediation: "Set `hostUsers: false` in the pod's `spec`."
#   default: off
#   aliases:
#     - kubesec:HostUsers
package rules.kubernetes["host-user-namespace"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "hostUsers", "name": workloads.name(workload)} if {
	some workload in input.workloads
	not workload.is_patch
	not workload.is_windows
	not object.get(workload.spec, "hostUsers", true) == false
	not _shares_node(workload)
}

# The API server refuses both together.
_shares_node(workload) if workload.network.hostNetwork

_shares_node(workload) if workload.network.hostPID

_shares_node(workload) if workload.network.hostIPC
