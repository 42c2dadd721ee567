# METADATA
# title: POSIX shell syntax in a PowerShell script
# description: |
#   On Windows runners a step without `shell` runs in PowerShell. There `$GITHUB_OUTPUT` is an empty PowerShell variable, since the environment variable
#   is `$env:GITHUB_OUTPUT`; `export`, `rm -rf` and `if [ … ]` are errors, and a backslash does not continue a line.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   once_a_message: true
#   message: "`{text}` is POSIX shell syntax, but PowerShell runs this script"
#   remediation: "Add `shell: bash` to the step, or write {instead}."
#   how_to_fix: >-
#     Add `shell: bash` to the step. Or write PowerShell: `$env:NAME` for `$NAME`, `$env:NAME = 'value'` for `export NAME=value`, and a backtick instead
#     of the backslash at the end of a line.
package rules.shell["posix-in-powershell"]

deny contains {"at": construct.at, "text": construct.text, "instead": _instead(construct)} if {
	some construct in input.constructs
	construct.source == "step"
	construct.kind in {"posix-variable", "posix-command", "posix-continuation"}
}

_instead(construct) := concat("", ["`$env:", trim(construct.text, "${}"), "`"]) if construct.kind == "posix-variable"

_instead(construct) := "a backtick at the end of the line" if construct.kind == "posix-continuation"

_instead(construct) := "`$env:NAME = 'value'`" if {
	construct.kind == "posix-command"
	_assigns(construct.text)
}

_instead(construct) := "it as PowerShell does" if {
	construct.kind == "posix-command"
	not _assigns(construct.text)
}

_assigns(text) if text == "export"

_assigns(text) if endswith(text, "=")
