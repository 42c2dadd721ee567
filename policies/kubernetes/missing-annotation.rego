# METADATA
# title: Missing annotation
# description: |
#   A project may ask for annotations that say who looks after an object: an address, a team, a link to its handbook.
#
#   Off by default: which annotations there have to be only the project knows.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "{kind} `{name}` has no annotation `{annotation}`"
#   remediation: "Add the annotation `{annotation}` to `metadata.annotations`."
#   default: off
#   settings:
#     annotations:
#       type: list
#       default: [email]
#       description: "The annotations that every workload has to have."
#     kinds:
#       type: list
#       default: [Deployment, DeploymentConfig, StatefulSet, DaemonSet, CronJob, Job]
#       description: "The kinds of objects that have to have them."
#   aliases:
#     - kube-linter:required-annotation-email
#     - kube-linter:template/required-annotation
#     - {id: kube-linter:template/statefulset-volumeclaimtemplate-annotation, when: is_of_set}
package rules.kubernetes["missing-annotation"]

import data.lib.workloads

_kinds := input.settings["kubernetes/missing-annotation"].kinds
_annotations := input.settings["kubernetes/missing-annotation"].annotations

deny contains {"at": object_.at, "field": "metadata.annotations", "kind": object_.kind, "name": workloads.name(object_), "annotation": annotation, "is_of_set": _is_of_set(object_)} if {
	some object_ in input.specifications
	object_.kind in _kinds
	object_.annotations_known
	some annotation in _annotations
	not annotation in object.keys(object_.annotations)
}

_is_of_set(object_) if {
	object_.kind == "StatefulSet"
} else := false
