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
#   aliases:
#     - actionlint:syntax-check/duplicate-key
#     - actionlint-fork:syntax-check/duplicate-key
#     - github:parser/is-already-defined
package rules.yaml["duplicate-key"]

deny contains {"at": problem.at, "problem": problem.problem, "related": problem.related, "aliases": _aliases(problem)} if {
	some problem in input.problems
	problem.rule == "yaml/duplicate-key"
}

_aliases(problem) := ["actionlint:syntax-check/duplicate-key", "actionlint-fork:syntax-check/duplicate-key", "github:parser/is-already-defined"] if {
	problem.is_in_workflow
} else := []
