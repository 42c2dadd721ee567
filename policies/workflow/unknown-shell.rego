# METADATA
# title: Shell that the runner does not have
# description: |
#   GitHub knows bash, sh, pwsh, python, cmd and powershell, the last two on Windows; any other program
#   must be written with `{0}` for the script.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Name one of these, or write the command with `{0}`."
#   aliases: [actionlint:shell-name/invalid, actionlint-fork:shell-name/invalid]
package rules.workflow["unknown-shell"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/unknown-shell"
}
