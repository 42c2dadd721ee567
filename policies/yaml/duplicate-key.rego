# METADATA
# title: Key that stands twice in a mapping
# description: |
#   YAML forbids it; most readers take the last value in silence, so what the reader sees first is
#   not what counts.
# related_resources:
#   - https://yaml.org/spec/1.2.2/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Remove one of them, or join their values.
package rules.yaml["duplicate-key"]

deny contains {"at": problem.at, "problem": problem.problem, "related": problem.related} if {
	some problem in input.problems
	problem.rule == "yaml/duplicate-key"
}
