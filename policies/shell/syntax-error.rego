# METADATA
# title: Script that the shell cannot read
# description: |
#   The script breaks the grammar of its shell: a quote or a parenthesis that nothing closes, an `if` without its `fi`, a `done` too many.
#   The shell stops where it notices, which may be after half of the script has run.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1073
# custom:
#   severity: error
#   confidence: medium
#   category: correctness
#   message: "this is no valid script: {problem}"
#   remediation: "Close what is open, and quote what the shell should not read as its own."
#   aliases:
#     - hadolint:SC1072
#     - hadolint:SC1073
#     - shellcheck:SC1072
#     - shellcheck:SC1073
package rules.shell["syntax-error"]

deny contains {"at": script.error.at, "problem": script.error.problem} if {
	some script in input.scripts
	script.error
	script.shell in {"sh", "bash", "dash", "ash"}
	script.source in {"run", "heredoc", "step", "cmd", "entrypoint", "healthcheck"}
	not _is_for_windows(script.text)
}

# A stage or a runner that may be Windows, though nothing says so.
_is_for_windows(text) if {
	some part in ["%\"==", "\\\\", ":\\", "HKCU", "HKLM", ".ps1", "setx ", "$env:", ".exe", "Write-Host", "[Environment]::", "powershell"]
	contains(text, part)
}
