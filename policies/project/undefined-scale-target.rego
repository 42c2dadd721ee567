# METADATA
# title: Autoscaler without a target
# description: |
#   The autoscaler names a workload that does not exist, so nothing is scaled. It is said where a workload of nearly that name is there:
#   one of the same file or folder whose name begins with the other's.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "autoscaler `{name}` scales `{target}`, which is not in this repository; there is `{likely}`"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Write the kind and the name of the workload in `spec.scaleTargetRef`.
#   aliases:
#     - kube-linter:dangling-horizontalpodautoscaler
#     - kube-score:horizontalpodautoscaler-has-target
#     - kics:hpa-targets-invalid-object
#     - kube-linter:template/dangling-horizontalpodautoscaler
package rules.project["undefined-scale-target"]

import data.lib.workloads

deny contains {
	"at": autoscaler.at, "field": "spec.scaleTargetRef.name", "name": workloads.name(autoscaler), "target": autoscaler.scales, "likely": workload.scaled_as, "advice": sprintf("Write `name: %s` in `spec.scaleTargetRef`", [workloads.name(workload)]),
	"related": [{"at": workload.at, "field": "metadata.name", "message": "the workload that may be meant"}],
} if {
	some autoscaler in input.autoscalers
	autoscaler.scales
	object.get(input.sizes.workloads_by_scaled_as, autoscaler.scales, 0) == 0
	parts := split(autoscaler.scales, "/")
	some suffix in _endings
	some workload in input.index.workloads_by_scaled_as[_other(parts, suffix)]
	workloads.may_meet(autoscaler, workload)
	workloads.is_near(autoscaler.path, workload.path)
}

# The workload has the name, and is of another kind.
deny contains {
	"at": autoscaler.at, "field": "spec.scaleTargetRef.kind", "name": workloads.name(autoscaler), "target": autoscaler.scales, "likely": workload.scaled_as,
	"advice": sprintf("Write `kind: %s` in `spec.scaleTargetRef`", [kind]),
	"related": [{"at": workload.at, "field": "kind", "message": "the workload that may be meant"}],
} if {
	some autoscaler in input.autoscalers
	autoscaler.scales
	object.get(input.sizes.workloads_by_scaled_as, autoscaler.scales, 0) == 0
	parts := split(autoscaler.scales, "/")
	parts[0] in _kinds
	some kind in _kinds
	kind != parts[0]
	some workload in input.index.workloads_by_scaled_as[concat("/", [kind, parts[1]])]
	not workload.is_patch
	workloads.may_meet(autoscaler, workload)
}

_kinds := {"Deployment", "StatefulSet"}

# What names of one thing differ by.
_endings := ["s", "-deployment", "-app", "-server", "-service", "-deploy", "-svc"]

_other(parts, suffix) := concat("", [parts[0], "/", parts[1], suffix]) if not endswith(parts[1], suffix)

_other(parts, suffix) := concat("", [parts[0], "/", trim_suffix(parts[1], suffix)]) if endswith(parts[1], suffix)
