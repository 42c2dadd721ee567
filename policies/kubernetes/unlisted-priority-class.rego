# METADATA
# title: Unlisted priority class
# description: |
#   A pod is only created if its priority class exists in the cluster, and a class of its own may displace other programs. Where a project lists the classes
#   that it uses, another one is a mistake or not agreed upon.
#
#   Off by default: which classes there are only the project knows.
# related_resources:
#   - https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "`{name}` names the priority class `{class}`, which is not listed"
#   remediation: "Name a listed class, or add this one to the setting `classes`."
#   default: off
#   settings:
#     classes:
#       type: list
#       default: [system-cluster-critical, system-node-critical]
#       description: "The priority classes that may be named."
#   aliases:
#     - kube-linter:priority-class-name
#     - kube-linter:template/priority-class-name
package rules.kubernetes["unlisted-priority-class"]

import data.lib.workloads

_classes := input.settings["kubernetes/unlisted-priority-class"].classes

deny contains {"at": workload.pod, "field": "priorityClassName", "name": workloads.name(workload), "class": class} if {
	some workload in input.workloads
	class := workload.spec.priorityClassName
	class != ""
	not class in _classes
}
