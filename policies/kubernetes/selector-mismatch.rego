# METADATA
# title: Selector does not match the pod template
# description: |
#   The labels of the pod template do not satisfy the selector of the workload, so the API server
#   refuses the object.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "selector of `{name}` requires `{label}`, which the pod template does not have"
#   remediation: Use the same labels in the selector and the pod template.
#   aliases:
#     - kube-linter:mismatching-selector
#     - kube-score:deployment-pod-selector-labels-match-template-metadata-labels
#     - kube-score:statefulset-pod-selector-labels-match-template-metadata-labels
#     - kube-linter:template/mismatching-selector
package rules.kubernetes["selector-mismatch"]

import data.lib.workloads

deny contains {
	"at": workload.at, "field": workload.selector_field, "name": workloads.name(workload),
	"label": sprintf("%s: %s", [key, value]), "severity": _severity(value, object.get(workload.labels, key, "")),
	"related": [{"at": workload.template, "field": "metadata.labels", "message": "the labels of its pods"}],
} if {
	some workload in input.workloads
	workload.kind in _kinds
	workload.labels_known
	workload.selector_known
	some key, value in workload.selector
	not workload.labels[key] == value
}

deny contains {
	"at": workload.at, "field": concat(".", ["spec.selector.matchExpressions", format_int(unmet.number, 10)]),
	"name": workloads.name(workload), "label": unmet.text,
	"related": [{"at": workload.template, "field": "metadata.labels", "message": "the labels of its pods"}],
} if {
	some workload in input.workloads
	workload.kind in _kinds
	workload.labels_known
	some unmet in workload.unmet_expressions
}

# A chart is rendered as `release-name`: a release that is named like the other text makes them equal.
_severity(value, label) := "warning" if {
	contains(concat(" ", [value, label]), "release-name")
} else := "error"

_kinds := {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "ReplicationController", "DeploymentConfig"}
