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
#     - hadolint:SC1010
#     - hadolint:SC1035
#     - hadolint:SC1036
#     - hadolint:SC1045
#     - hadolint:SC1065
#     - hadolint:SC1072
#     - hadolint:SC1073
#     - hadolint:SC1078
#     - hadolint:SC1088
#     - hadolint:SC1095
#     - hadolint:SC1099
#     - shellcheck:SC1010
#     - shellcheck:SC1035
#     - shellcheck:SC1036
#     - shellcheck:SC1045
#     - shellcheck:SC1065
#     - shellcheck:SC1072
#     - shellcheck:SC1073
#     - shellcheck:SC1078
#     - shellcheck:SC1088
#     - shellcheck:SC1095
#     - shellcheck:SC1099
package rules.shell["syntax-error"]

import data.lib.shells

deny contains {"at": script.error.at, "problem": script.error.problem, "aliases": shells.codes(codes)} if {
	some script in input.scripts
	script.error
	script.shell in {"sh", "bash", "dash", "ash"}
	script.source in {"run", "heredoc", "step", "cmd", "entrypoint", "healthcheck"}
	not _is_for_windows(script.text)
	codes := array.concat(["1072", "1073"], [code | some code in _codes; _may_be(code, script.error.problem, script.text)])
}

# A stage or a runner that may be Windows, though nothing says so.
_is_for_windows(text) if {
	some part in ["%\"==", "\\\\", ":\\", "HKCU", "HKLM", ".ps1", "setx ", "$env:", ".exe", "Write-Host", "[Environment]::", "powershell"]
	contains(text, part)
}

_codes := ["1010", "1035", "1036", "1045", "1065", "1078", "1088", "1095", "1099"]

# What the slip may have been that the shell stumbles over later.
_may_be("1010", problem, text) if {
	_is_unfinished(problem)
	some word in [" done", " fi", " then", " do", " esac"]
	contains(text, word)
}

_may_be("1035", _, text) if {
	some word in ["if[", "while[", "until[", "if(", "while(", "elif["]
	contains(text, word)
}

_may_be(code, problem, _) if {
	code in {"1036", "1088"}
	startswith(problem, "`(")
}

_may_be("1045", problem, text) if {
	startswith(problem, "`&`")
	contains(text, "&")
}

_may_be("1065", problem, text) if {
	startswith(problem, "`{`")
	contains(text, ") {")
}

_may_be("1078", problem, _) if problem == "a double quote is never closed"

_may_be("1095", problem, text) if {
	not _is_unfinished(problem)
	contains(text, "function ")
	contains(text, "{")
}

_may_be("1099", problem, text) if {
	_is_unfinished(problem)
	some word in ["done#", "fi#", "esac#", "then#", "do#", "else#"]
	contains(text, word)
}

_is_unfinished(problem) if problem == "something that it begins is never ended"

_is_unfinished(problem) if startswith(problem, "`fi`")

_is_unfinished(problem) if startswith(problem, "`done`")
