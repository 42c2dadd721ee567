# METADATA
# title: read without -r
# description: |
#   Without `-r` a backslash in the input escapes the character after it, and one at the end of a line joins the next. Paths and names of refs have none, which
#   is what scripts of builds mostly read.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2162
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   default: off
#   message: "`read` without `-r` removes backslashes"
#   remediation: Write `read -r`.
#   aliases:
#     - hadolint:SC2162
#     - shellcheck:SC2162
package rules.shell["read-without-r"]

deny contains {"at": command.at} if {
	some command in input.commands
	command.program == "read"
	not command.flags["-r"]
}
