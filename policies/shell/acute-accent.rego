# METADATA
# title: Acute accent instead of a backtick
# description: |
#   An acute accent (´) looks like a backtick but is an ordinary character to the shell: the text between two of them is not run.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1077
# custom:
#   severity: error
#   confidence: medium
#   category: correctness
#   message: "`´` is not a backtick, so no command is substituted"
#   remediation: Write `$(command)`, or quote the accent.
#   aliases:
#     - hadolint:SC1077
#     - shellcheck:SC1077
package rules.shell["acute-accent"]

deny contains {"at": construct.at} if {
	some construct in input.constructs
	construct.kind == "acute-accent"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
