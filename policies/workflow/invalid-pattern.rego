# METADATA
# title: Pattern that matches nothing
# description: |
#   Branches, tags and paths are matched with patterns of their own: neither regular expressions nor
#   paths beginning with `./` match anything.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Write the pattern as the reference says: `*`, `**`, `?`, `+`, `[…]` and a `!` in front."
#   aliases:
#     - actionlint:glob/invalid-pattern
#     - actionlint-fork:glob/invalid-pattern
#     - actionlint:glob/invalid-ref-char
#     - actionlint-fork:glob/invalid-ref-char
#     - actionlint:glob/path-spaces
#     - actionlint-fork:glob/path-spaces
#     - actionlint:glob/path-dot-segments
#     - actionlint-fork:glob/path-dot-segments
package rules.workflow["invalid-pattern"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-pattern"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"invalid-pattern": ["actionlint:glob/invalid-pattern", "actionlint-fork:glob/invalid-pattern"],
		"invalid-ref-char": ["actionlint:glob/invalid-ref-char", "actionlint-fork:glob/invalid-ref-char"],
		"path-spaces": ["actionlint:glob/path-spaces", "actionlint-fork:glob/path-spaces"],
		"path-dot-segments": ["actionlint:glob/path-dot-segments", "actionlint-fork:glob/path-dot-segments"],
	},
	kind,
	[],
)
