# METADATA
# title: Shell keyword not in lower case
# description: |
#   Shell keywords are in lower case: `If` is looked up as a program.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1081
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{program}` is not a keyword; shell keywords are in lower case"
#   remediation: Write it in lower case.
#   aliases:
#     - hadolint:SC1081
#     - shellcheck:SC1081
package rules.shell["capitalised-keyword"]

deny contains {"at": command.at, "program": command.program} if {
	some command in input.commands
	command.program in {"If", "Then", "Elif", "Else", "Fi", "For", "While", "Until", "Do", "Done", "Case", "Esac"}
	command.shell in {"sh", "bash", "dash", "ash"}
	not command.has_path
}
