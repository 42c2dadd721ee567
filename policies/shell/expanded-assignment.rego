# METADATA
# title: Dollar on the left of an assignment
# description: |
#   `$name=value` looks for a program that is called by what the variable holds, with `=value` behind it, and assigns nothing.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1066
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{text}` assigns nothing: the dollar makes it a command"
#   remediation: "Leave out the dollar: `name=value`."
#   aliases:
#     - hadolint:SC1066
#     - shellcheck:SC1066
package rules.shell["expanded-assignment"]

deny contains {"at": construct.at, "text": construct.text} if {
	some construct in input.constructs
	construct.kind == "assigned-expansion"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
