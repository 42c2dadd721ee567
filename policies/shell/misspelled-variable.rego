# METADATA
# title: Possible misspelling of a variable
# description: |
#   The variable has no value in sight, and differs by one letter from one that has.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2153
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "`${name}` has no value here; did you mean `${similar}`?"
#   remediation: Correct the name, or declare the variable.
#   aliases:
#     - hadolint:SC2153
#     - shellcheck:SC2153
package rules.shell["misspelled-variable"]

deny contains {"at": variable.at, "name": variable.name, "similar": variable.similar} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	some variable in command.undeclared
	variable.similar
	upper(variable.name) == variable.name
}
