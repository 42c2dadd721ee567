# METADATA
# title: Escape sequence in echo
# description: |
#   Whether `echo "a\nb"` prints a line break or a backslash depends on the shell: dash expands it, bash does not without `-e`.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2028
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "`echo` may print `{escape}` literally"
#   remediation: "Use `printf '%b\\n'`, or one `echo` for each line."
#   default: off
#   aliases:
#     - hadolint:SC2028
#     - shellcheck:SC2028
package rules.shell["echo-escape"]

deny contains {"at": word.at, "escape": escapes[0]} if {
	some command in input.commands
	command.program == "echo"
	not command.flags["-e"]
	not command.flags["-E"]
	command.shell in {"bash", "sh", "ksh"}
	some word in command.words
	word.quote != "none"
	word.is_literal
	contains(word.text, "\\")
	escapes := [escape | some escape in ["\\n", "\\t", "\\r", "\\033", "\\e[", "\\x1b"]; contains(word.text, escape)]
	count(escapes) > 0
	not contains(word.text, ":\\")
}
