# METADATA
# title: Missing memory limit
# description: |
#   A leak in this container takes the memory of every pod on the node, until the kernel kills one
#   of them.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "container `{name}` has no memory limit, so it can use up the node's memory"
#   remediation: Set `resources.limits.memory` to what the program uses at most.
#   aliases:
#     - kube-linter:unset-memory-requirements
#     - kube-score:container-resources
#     - polaris:memoryLimitsMissing
#     - {id: kubesec:LimitsMemory, unless: sibling_has_it}
#     - trivy:KSV-0018
#     - checkov:CKV_K8S_13
#     - kics:memory-limits-not-defined
#     - kube-linter:template/memory-requirements
#   family: kubernetes/missing-resources
#   part: memory limit
#   block: |
#     resources:
#       limits:
#         memory: {memory} # what it uses at most
package rules.kubernetes["missing-memory-limit"]

import data.lib.containers

deny contains {"at": container.at, "field": "resources.limits.memory", "name": containers.name(container), "sibling_has_it": containers.is_set_beside(container, "limits.memory"), "memory": _memory(container), "severity": _severity(container), "minor": containers.is_passing(container)} if {
	some container in input.containers
	containers.is_working(container)
	containers.lacks_resource(container, "limits.memory")
}

# What is written for example: a limit below the request is refused.
_memory(container) := object.get(container.resources.requests, "memory", "256Mi")

# What lasts on a node beside others is to be bounded; jobs end, and agents are part of the node.
_severity(container) := "warning" if _lasts(container)

_severity(container) := "info" if not _lasts(container)

_lasts(container) if {
	container.workload_kind != "Pod"
	not container.is_job
	not container.is_node_agent
}
