# METADATA
# title: Duplicate object
# description: |
#   Two objects that are applied together have the same kind, namespace and name. Applied in turn, the second takes the place of the first, whose fields are lost.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{key} `{value}` is defined more than once"
#   remediation: Remove one of them, or give it another name or namespace.
#   of_values: true
package rules.kubernetes["duplicate-object"]

deny contains {
	"at": violation.at, "key": violation.field, "value": violation.value,
	"related": [{"at": violation.earlier, "message": "the first definition"}],
} if {
	some violation in input.violations
	violation.fault == "duplicate"
}
