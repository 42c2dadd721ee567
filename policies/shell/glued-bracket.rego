# METADATA
# title: Missing space in a test
# description: |
#   `[` is a command, and the name of a command ends at a space: `[-f file ]` runs a program called `[-f`.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1035
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{text}` is one word: missing space after `[` or before `]`"
#   remediation: "Write `[ -f file ]`."
#   aliases:
#     - hadolint:SC1035
#     - shellcheck:SC1035
#   implied_by: [dockerfile/syntax-error, dockerfile/single-quoted-list, dockerfile/malformed-list]
package rules.shell["glued-bracket"]

deny contains {"at": construct.at, "text": construct.text} if {
	some construct in input.constructs
	construct.kind == "glued-bracket"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
	not _is_list(construct)
}

# `ENTRYPOINT [server]` is a broken list, which other rules report.
_is_list(construct) if {
	construct.source in {"cmd", "entrypoint", "healthcheck"}
	startswith(construct.text, "[")
}
