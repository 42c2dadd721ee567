# METADATA
# title: Input or output of a called workflow that cannot be
# description: |
#   A workflow that is called says the type of each input and the value of each output.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Add the type or the value, and make the default fit the type.
#   aliases:
#     - actionlint:syntax-check/call-input-type
#     - actionlint-fork:syntax-check/call-input-type
#     - github:parser/unexpected-value
#     - actionlint:syntax-check/call-input-type-missing
#     - actionlint-fork:syntax-check/call-input-type-missing
#     - actionlint:syntax-check/call-output-value-missing
#     - actionlint-fork:syntax-check/call-output-value-missing
#     - github:parser/required-property-is-missing
#     - actionlint:events/call-input-default
#     - actionlint-fork:events/call-input-default
#     - actionlint:events/call-required-with-default
#     - actionlint-fork:events/call-required-with-default
package rules.workflow["invalid-call-definition"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-call-definition"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"call-input-type": ["actionlint:syntax-check/call-input-type", "actionlint-fork:syntax-check/call-input-type", "github:parser/unexpected-value"],
		"call-input-type-missing": ["actionlint:syntax-check/call-input-type-missing", "actionlint-fork:syntax-check/call-input-type-missing"],
		"call-output-value-missing": ["actionlint:syntax-check/call-output-value-missing", "actionlint-fork:syntax-check/call-output-value-missing", "github:parser/required-property-is-missing"],
		"call-input-default": ["actionlint:events/call-input-default", "actionlint-fork:events/call-input-default"],
		"call-required-with-default": ["actionlint:events/call-required-with-default", "actionlint-fork:events/call-required-with-default"],
	},
	kind,
	[],
)
