# METADATA
# title: Forbidden annotation
# description: |
#   A project may forbid annotations: those of a controller that it no longer runs, or that switch off what it relies on.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
# custom:
#   severity: warning
#   confidence: high
#   category: style
#   message: "{kind} `{name}` has the forbidden annotation `{annotation}`"
#   remediation: "Remove the annotation."
#   settings:
#     annotations:
#       type: list
#       default: []
#       needed: true
#       description: "The annotations that no object may have."
#   aliases:
#     - kube-linter:template/forbidden-annotation
package rules.kubernetes["forbidden-annotation"]

import data.lib.workloads

_annotations := input.settings["kubernetes/forbidden-annotation"].annotations

deny contains {"at": object_.at, "field": "metadata.annotations", "kind": object_.kind, "name": workloads.name(object_), "annotation": annotation} if {
	some object_ in input.objects
	some annotation in _annotations
	annotation in object.keys(object_.annotations)
}
