# METADATA
# title: Missing priority class
# description: |
#   When a cluster is full, pods of a higher priority take the place of others. A pod without a class has the default priority, mostly 0, so it is among the first to go.
#
#   Off by default: it matters where a cluster has priority classes.
# related_resources:
#   - https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{name}` names no priority class"
#   remediation: "Name one of the cluster's classes in `priorityClassName`."
#   default: off
#   aliases:
#     - polaris:priorityClassNotSet
package rules.kubernetes["unset-priority-class"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "priorityClassName", "name": workloads.name(workload)} if {
	some workload in input.workloads
	not workload.is_patch
	object.get(workload.spec, "priorityClassName", "") == ""
}
