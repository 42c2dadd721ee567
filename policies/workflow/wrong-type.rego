# METADATA
# title: Value of a kind that the key does not take
# description: |
#   GitHub refuses a mapping where a list must stand, a text where a number must stand, and the like.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Write what the key takes; an expression in `${{ }}` may stand for a number, for true and false, and for most mappings."
#   aliases:
#     - actionlint:syntax-check/expected-mapping
#     - actionlint-fork:syntax-check/expected-mapping
#     - actionlint:syntax-check/expected-string
#     - actionlint-fork:syntax-check/expected-string
#     - actionlint:syntax-check/section-should-be-sequence
#     - actionlint-fork:syntax-check/section-should-be-sequence
#     - actionlint:syntax-check/snapshot-wrong-node
#     - actionlint-fork:syntax-check/snapshot-wrong-node
#     - actionlint:syntax-check/expected-int
#     - actionlint-fork:syntax-check/expected-int
#     - actionlint:syntax-check/expected-float
#     - actionlint-fork:syntax-check/expected-float
#     - actionlint:syntax-check/expected-bool
#     - actionlint-fork:syntax-check/expected-bool
#     - actionlint:syntax-check/schedule-not-mapping
#     - actionlint-fork:syntax-check/schedule-not-mapping
#     - actionlint:syntax-check/expecting-expression
#     - actionlint-fork:syntax-check/expecting-expression
#     - actionlint:syntax-check/secrets-not-inherit
#     - actionlint-fork:syntax-check/secrets-not-inherit
#     - github:parser/a-mapping-was-not-expected
#     - github:languageservice/a-mapping-was-not-expected
#     - github:languageservice/expected-a-scalar-value
#     - github:parser/a-sequence-was-not-expected
package rules.workflow["wrong-type"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/wrong-type"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"expected-mapping": ["actionlint:syntax-check/expected-mapping", "actionlint-fork:syntax-check/expected-mapping"],
		"expected-string": ["actionlint:syntax-check/expected-string", "actionlint-fork:syntax-check/expected-string"],
		"section-should-be-sequence": ["actionlint:syntax-check/section-should-be-sequence", "actionlint-fork:syntax-check/section-should-be-sequence"],
		"snapshot-wrong-node": ["actionlint:syntax-check/snapshot-wrong-node", "actionlint-fork:syntax-check/snapshot-wrong-node"],
		"expected-int": ["actionlint:syntax-check/expected-int", "actionlint-fork:syntax-check/expected-int"],
		"expected-float": ["actionlint:syntax-check/expected-float", "actionlint-fork:syntax-check/expected-float"],
		"expected-bool": ["actionlint:syntax-check/expected-bool", "actionlint-fork:syntax-check/expected-bool"],
		"schedule-not-mapping": ["actionlint:syntax-check/schedule-not-mapping", "actionlint-fork:syntax-check/schedule-not-mapping"],
		"expecting-expression": ["actionlint:syntax-check/expecting-expression", "actionlint-fork:syntax-check/expecting-expression"],
		"secrets-not-inherit": ["actionlint:syntax-check/secrets-not-inherit", "actionlint-fork:syntax-check/secrets-not-inherit"],
		"expected-mapping/mapping": ["actionlint:syntax-check/expected-mapping", "actionlint-fork:syntax-check/expected-mapping", "github:parser/a-mapping-was-not-expected", "github:languageservice/a-mapping-was-not-expected", "github:languageservice/expected-a-scalar-value"],
		"expected-mapping/sequence": ["actionlint:syntax-check/expected-mapping", "actionlint-fork:syntax-check/expected-mapping", "github:parser/a-sequence-was-not-expected", "github:languageservice/expected-a-scalar-value"],
		"expected-string/mapping": ["actionlint:syntax-check/expected-string", "actionlint-fork:syntax-check/expected-string", "github:parser/a-mapping-was-not-expected", "github:languageservice/a-mapping-was-not-expected", "github:languageservice/expected-a-scalar-value"],
		"expected-string/sequence": ["actionlint:syntax-check/expected-string", "actionlint-fork:syntax-check/expected-string", "github:parser/a-sequence-was-not-expected", "github:languageservice/expected-a-scalar-value"],
		"section-should-be-sequence/mapping": ["actionlint:syntax-check/section-should-be-sequence", "actionlint-fork:syntax-check/section-should-be-sequence", "github:parser/a-mapping-was-not-expected", "github:languageservice/a-mapping-was-not-expected", "github:languageservice/expected-a-scalar-value"],
		"section-should-be-sequence/sequence": ["actionlint:syntax-check/section-should-be-sequence", "actionlint-fork:syntax-check/section-should-be-sequence", "github:parser/a-sequence-was-not-expected", "github:languageservice/expected-a-scalar-value"],
		"snapshot-wrong-node/mapping": ["actionlint:syntax-check/snapshot-wrong-node", "actionlint-fork:syntax-check/snapshot-wrong-node", "github:parser/a-mapping-was-not-expected", "github:languageservice/a-mapping-was-not-expected", "github:languageservice/expected-a-scalar-value"],
		"snapshot-wrong-node/sequence": ["actionlint:syntax-check/snapshot-wrong-node", "actionlint-fork:syntax-check/snapshot-wrong-node", "github:parser/a-sequence-was-not-expected", "github:languageservice/expected-a-scalar-value"],
	},
	kind,
	[],
)
