# METADATA
# title: Missing selector
# description: |
#   Since `apps/v1` a selector no longer defaults to the labels, and the API server refuses a workload without one, or with an empty one.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{name}` has {fault}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Add `spec.selector.matchLabels` with the labels of the pod template, such as `app: web`.
#   aliases:
#     - kube-linter:mismatching-selector
#     - kube-linter:template/mismatching-selector
package rules.kubernetes["missing-selector"]

import data.lib.workloads

deny contains {"at": workload.at, "field": "spec.selector", "name": workloads.name(workload), "advice": _advice(workload), "fault": "no `spec.selector`, which `apps/v1` requires"} if {
	some workload in input.workloads
	workload.kind in {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"}
	workload.apiVersion == "apps/v1"
	not workload.has_selector
	not workload.is_patch
	count(workload.labels) > 0
}

deny contains {"at": workload.at, "field": "spec.selector", "name": workloads.name(workload), "advice": _advice(workload), "fault": "an empty `spec.selector`, which `apps/v1` refuses"} if {
	some workload in input.workloads
	workload.kind in {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"}
	workload.apiVersion == "apps/v1"
	workload.has_empty_selector
	not workload.is_patch
}

_advice(workload) := sprintf("Add `selector: {matchLabels: {%s}}` to `spec`", [pairs[0]]) if {
	pairs := [sprintf("%s: %s", [key, value]) | some key, value in workload.labels]
	count(pairs) == 1
} else := "Add `spec.selector.matchLabels` with the labels of the pod template"
