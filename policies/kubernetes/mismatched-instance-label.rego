# METADATA
# title: Mismatched instance label
# description: |
#   `app.kubernetes.io/instance` is meant to name this installation of the program. Tools that group objects by it do not find an object whose label is missing, or
#   says another name.
#
#   Off by default: with several workloads in one installation the label is the name of the installation, not of each workload.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "{kind} `{name}` {problem}"
#   remediation: "Set the label `app.kubernetes.io/instance: {name}`."
#   default: off
#   aliases:
#     - polaris:metadataAndInstanceMismatched
package rules.kubernetes["mismatched-instance-label"]

deny contains {"at": workload.object, "field": "metadata.labels", "kind": workload.kind, "name": workload.name, "problem": problem} if {
	some workload in input.workloads
	workload.name
	some object_ in input.index.specifications_by_at[workload.object]
	object_.labels_known
	problem := _problem(object_)
}

_label := "app.kubernetes.io/instance"

_problem(object_) := sprintf("has no label `%s`", [_label]) if not object_.labels[_label]

_problem(object_) := sprintf("has the label `%s: %s`", [_label, object_.labels[_label]]) if object_.labels[_label] != object_.name
