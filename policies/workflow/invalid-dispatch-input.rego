# METADATA
# title: Input of a form that cannot be
# description: |
#   GitHub refuses the input, or its form offers what it does not take.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Make type, options and default agree.
#   aliases:
#     - actionlint:syntax-check/dispatch-input-type
#     - actionlint-fork:syntax-check/dispatch-input-type
#     - github:languageservice/unexpected-value
#     - github:parser/unexpected-value
#     - actionlint:events/choice-options-missing
#     - actionlint-fork:events/choice-options-missing
#     - actionlint:events/choice-option-duplicate
#     - actionlint-fork:events/choice-option-duplicate
#     - actionlint:events/choice-default-not-option
#     - actionlint-fork:events/choice-default-not-option
#     - actionlint:events/options-not-choice
#     - actionlint-fork:events/options-not-choice
#     - actionlint:events/dispatch-default-type
#     - actionlint-fork:events/dispatch-default-type
#     - actionlint:events/dispatch-too-many-inputs
#     - actionlint-fork:events/dispatch-too-many-inputs
package rules.workflow["invalid-dispatch-input"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-dispatch-input"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"dispatch-input-type": ["actionlint:syntax-check/dispatch-input-type", "actionlint-fork:syntax-check/dispatch-input-type", "github:languageservice/unexpected-value", "github:parser/unexpected-value"],
		"choice-options-missing": ["actionlint:events/choice-options-missing", "actionlint-fork:events/choice-options-missing"],
		"choice-option-duplicate": ["actionlint:events/choice-option-duplicate", "actionlint-fork:events/choice-option-duplicate"],
		"choice-default-not-option": ["actionlint:events/choice-default-not-option", "actionlint-fork:events/choice-default-not-option"],
		"options-not-choice": ["actionlint:events/options-not-choice", "actionlint-fork:events/options-not-choice"],
		"dispatch-default-type": ["actionlint:events/dispatch-default-type", "actionlint-fork:events/dispatch-default-type"],
		"dispatch-too-many-inputs": ["actionlint:events/dispatch-too-many-inputs", "actionlint-fork:events/dispatch-too-many-inputs"],
	},
	kind,
	[],
)
