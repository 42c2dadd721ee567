# METADATA
# title: Comparison instead of assignment
# description: |
#   `name==value` assigns `=value`. A comparison needs `[ ]` around it.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1097
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{name}==` assigns a value that begins with `=`"
#   remediation: "Write `{name}=value`, or `[ \"${name}\" = value ]`."
#   aliases:
#     - hadolint:SC1097
#     - shellcheck:SC1097
package rules.shell["doubled-equals"]

deny contains {"at": assignment.at, "name": assignment.name} if {
	some command in input.commands
	some assignment in command.assignments
	startswith(assignment.value, "=")

	# `IFS='='` separates names from values.
	assignment.name != "IFS"
	command.is_parsed
}
