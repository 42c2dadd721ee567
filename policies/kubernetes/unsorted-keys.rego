# METADATA
# title: Unsorted keys
# description: |
#   Keys in the order of the alphabet are found by eye, and two files are compared line by line.
#
#   Off by default: the custom is `apiVersion`, `kind`, `metadata`, `spec`, and `name` first.
# related_resources:
#   - https://yaml.org/spec/1.2.2/#mapping
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "`{key}` is behind `{before}`"
#   remediation: "Sort the keys."
#   default: off
#   aliases:
#     - kube-linter:sorted-keys
#     - kube-linter:template/sorted-keys
package rules.kubernetes["unsorted-keys"]

deny contains {"at": object_.at, "field": object_.unsorted, "key": object_.unsorted_key, "before": object_.sorted_after} if {
	some object_ in input.specifications
	object_.unsorted_key
}
