# METADATA
# title: Comment that silences a linter
# description: |
#   A comment beside the fault can silence the rule that found it. Where findings are to be set aside in one place alone, such comments are not
#   wanted.
# related_resources:
#   - https://github.com/hadolint/hadolint/wiki/DL1001
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "{problem}"
#   remediation: "Mend what was found, or set it aside in `hullmark.yml`."
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - hadolint:DL1001
package rules.dockerfile["ignore-comment"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.problem)} if {
	some problem in input.problems
	problem.rule == "dockerfile/ignore-comment"
}

# hadolint minds the comment for one line alone.
_aliases(problem) := ["hadolint:DL1001"] if startswith(problem, "`hadolint ignore`")

_aliases(problem) := [] if not startswith(problem, "`hadolint ignore`")
