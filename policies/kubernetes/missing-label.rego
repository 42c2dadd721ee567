# METADATA
# title: Missing label
# description: |
#   A project may ask for labels that say whose an object is, so that costs and alerts find their owner.
#
#   Off by default: which labels there have to be only the project knows.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "{kind} `{name}` has no label `{label}`"
#   remediation: "Add the label `{label}` to `metadata.labels`."
#   default: off
#   settings:
#     labels:
#       type: list
#       default: [owner]
#       description: "The labels that every workload has to have."
#     kinds:
#       type: list
#       default: [Deployment, DeploymentConfig, StatefulSet, DaemonSet, CronJob, Job]
#       description: "The kinds of objects that have to have them."
#   aliases:
#     - kube-linter:required-label-owner
#     - kube-linter:template/required-label
package rules.kubernetes["missing-label"]

import data.lib.workloads

_kinds := input.settings["kubernetes/missing-label"].kinds
_labels := input.settings["kubernetes/missing-label"].labels

deny contains {"at": object_.at, "field": "metadata.labels", "kind": object_.kind, "name": workloads.name(object_), "label": label} if {
	some object_ in input.specifications
	object_.kind in _kinds
	object_.labels_known
	some label in _labels
	not label in object.keys(object_.labels)
}
