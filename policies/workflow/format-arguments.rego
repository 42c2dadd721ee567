# METADATA
# title: Placeholders that do not fit the arguments
# description: |
#   `format` fails for a placeholder without an argument and for a single brace; an argument without a
#   placeholder is dropped.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Give as many arguments as there are placeholders; write `{{` for a brace."
#   aliases:
#     - actionlint:expression/format-args
#     - actionlint-fork:expression/format-args
#     - github:languageservice/format-arg-count-mismatch
#     - github:languageservice/invalid-format-string
package rules.workflow["format-arguments"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/format-arguments"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"format-arg-count-mismatch": ["actionlint:expression/format-args", "actionlint-fork:expression/format-args", "github:languageservice/format-arg-count-mismatch"],
		"format-args": ["actionlint:expression/format-args", "actionlint-fork:expression/format-args"],
		"invalid-format-string": ["github:languageservice/invalid-format-string"],
	},
	kind,
	[],
)
