# METADATA
# title: Action that is not named as it must be
# description: |
#   A step uses `owner/repository@ref`, `owner/repository/path@ref`, `./path` or `docker://image`;
#   GitHub refuses anything else.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Write the owner, the repository and, behind `@`, the commit."
#   aliases:
#     - actionlint:action/invalid-format
#     - actionlint-fork:action/invalid-format
#     - github:parser/expected-format-org-repo
#     - github:languageservice/invalid-uses-format
#     - actionlint:action/docker-uri
#     - actionlint-fork:action/docker-uri
#     - actionlint:action/docker-tag-empty
#     - actionlint-fork:action/docker-tag-empty
package rules.workflow["invalid-uses"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-uses"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"invalid-format": ["actionlint:action/invalid-format", "actionlint-fork:action/invalid-format", "github:parser/expected-format-org-repo", "github:languageservice/invalid-uses-format"],
		"docker-uri": ["actionlint:action/docker-uri", "actionlint-fork:action/docker-uri"],
		"docker-tag-empty": ["actionlint:action/docker-tag-empty", "actionlint-fork:action/docker-tag-empty"],
		"workflow-in-step": ["github:languageservice/invalid-uses-format"],
	},
	kind,
	[],
)
