# METADATA
# title: Key that GitHub needs and does not find
# description: |
#   GitHub refuses a workflow or an action that lacks such a key.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Add the key.
#   aliases:
#     - actionlint:syntax-check/workflow-empty
#     - actionlint-fork:syntax-check/workflow-empty
#     - actionlint:syntax-check/on-missing
#     - actionlint-fork:syntax-check/on-missing
#     - github:parser/required-property-is-missing
#     - github:languageservice/required-property-is-missing
#     - actionlint:syntax-check/jobs-missing
#     - actionlint-fork:syntax-check/jobs-missing
#     - actionlint:syntax-check/runs-on-missing
#     - actionlint-fork:syntax-check/runs-on-missing
#     - actionlint:syntax-check/steps-missing
#     - actionlint-fork:syntax-check/steps-missing
#     - actionlint:syntax-check/concurrency-group-missing
#     - actionlint-fork:syntax-check/concurrency-group-missing
#     - actionlint:syntax-check/environment-name-missing
#     - actionlint-fork:syntax-check/environment-name-missing
#     - actionlint:syntax-check/defaults-run-missing
#     - actionlint-fork:syntax-check/defaults-run-missing
#     - actionlint:syntax-check/image-missing
#     - actionlint-fork:syntax-check/image-missing
#     - github:parser/container-image-cannot-be-empty
#     - actionlint:syntax-check/snapshot-image-name-missing
#     - actionlint-fork:syntax-check/snapshot-image-name-missing
#     - actionlint:syntax-check/credentials-incomplete
#     - actionlint-fork:syntax-check/credentials-incomplete
#     - actionlint:events/workflow-run-no-workflow
#     - actionlint-fork:events/workflow-run-no-workflow
#     - actionlint:action/meta-name-missing
#     - actionlint-fork:action/meta-name-missing
#     - actionlint:action/meta-description-missing
#     - actionlint-fork:action/meta-description-missing
#     - actionlint:action/meta-using-missing
#     - actionlint-fork:action/meta-using-missing
#     - github:languageservice/required-property-is-missing-using
#     - actionlint:action/meta-runs-required
#     - actionlint-fork:action/meta-runs-required
#     - github:languageservice/is-required-for-action-kind
package rules.workflow["missing-key"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/missing-key"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"on-missing": ["actionlint:syntax-check/on-missing", "actionlint-fork:syntax-check/on-missing", "github:parser/required-property-is-missing", "github:languageservice/required-property-is-missing"],
		"jobs-missing": ["actionlint:syntax-check/jobs-missing", "actionlint-fork:syntax-check/jobs-missing", "github:parser/required-property-is-missing", "github:languageservice/required-property-is-missing"],
		"runs-on-missing": ["actionlint:syntax-check/runs-on-missing", "actionlint-fork:syntax-check/runs-on-missing", "github:parser/required-property-is-missing", "github:languageservice/required-property-is-missing"],
		"steps-missing": ["actionlint:syntax-check/steps-missing", "actionlint-fork:syntax-check/steps-missing"],
		"concurrency-group-missing": ["actionlint:syntax-check/concurrency-group-missing", "actionlint-fork:syntax-check/concurrency-group-missing", "github:parser/required-property-is-missing", "github:languageservice/required-property-is-missing"],
		"environment-name-missing": ["actionlint:syntax-check/environment-name-missing", "actionlint-fork:syntax-check/environment-name-missing", "github:parser/required-property-is-missing", "github:languageservice/required-property-is-missing"],
		"defaults-run-missing": ["actionlint:syntax-check/defaults-run-missing", "actionlint-fork:syntax-check/defaults-run-missing", "github:parser/required-property-is-missing", "github:languageservice/required-property-is-missing"],
		"image-missing": ["actionlint:syntax-check/image-missing", "actionlint-fork:syntax-check/image-missing", "github:parser/container-image-cannot-be-empty"],
		"snapshot-image-name-missing": ["actionlint:syntax-check/snapshot-image-name-missing", "actionlint-fork:syntax-check/snapshot-image-name-missing", "github:parser/required-property-is-missing", "github:languageservice/required-property-is-missing"],
		"credentials-incomplete": ["actionlint:syntax-check/credentials-incomplete", "actionlint-fork:syntax-check/credentials-incomplete", "github:parser/required-property-is-missing", "github:languageservice/required-property-is-missing"],
		"workflow-empty": ["actionlint:syntax-check/workflow-empty", "actionlint-fork:syntax-check/workflow-empty"],
		"workflow-run-no-workflow": ["actionlint:events/workflow-run-no-workflow", "actionlint-fork:events/workflow-run-no-workflow"],
		"meta-name-missing": ["actionlint:action/meta-name-missing", "actionlint-fork:action/meta-name-missing", "github:parser/required-property-is-missing", "github:languageservice/required-property-is-missing"],
		"meta-description-missing": ["actionlint:action/meta-description-missing", "actionlint-fork:action/meta-description-missing", "github:parser/required-property-is-missing", "github:languageservice/required-property-is-missing"],
		"meta-using-missing": ["actionlint:action/meta-using-missing", "actionlint-fork:action/meta-using-missing", "github:languageservice/required-property-is-missing-using"],
		"meta-runs-required": ["actionlint:action/meta-runs-required", "actionlint-fork:action/meta-runs-required", "github:languageservice/is-required-for-action-kind"],
	},
	kind,
	[],
)
