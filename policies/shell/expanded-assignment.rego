# METADATA
# title: Dollar sign in an assignment
# description: |
#   `$name=value` runs a program whose name is the value of the variable followed by `=value`, and assigns nothing.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1066
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{text}` is expanded and run as a command; it assigns nothing"
#   remediation: "Omit the dollar sign: `name=value`."
#   aliases:
#     - hadolint:SC1066
#     - shellcheck:SC1066
package rules.shell["expanded-assignment"]

deny contains {"at": construct.at, "text": construct.text} if {
	some construct in input.constructs
	construct.kind == "assigned-expansion"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
