# METADATA
# title: Shell syntax error
# description: |
#   The script breaks the grammar of its shell: an unclosed quote or parenthesis, an `if` without its `fi`, a `done` too many. The shell stops where it
#   notices, which may be after half of the script has run.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1073
# custom:
#   severity: error
#   confidence: medium
#   category: correctness
#   message: "shell syntax error: {problem}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Close the quote, parenthesis or block that is open, and quote text that the shell should not interpret (`\(` for a parenthesis). Before a stray
#     `&&`, `||`, `|` or `;`, write the missing command, or remove the operator. Outside of `case`, replace `;;` with `;` or `&&`.
#   aliases:
#     - {id: hadolint:SC1010, when: {slips: missing-separator}}
#     - {id: hadolint:SC1035, when: {slips: missing-blank}}
#     - {id: hadolint:SC1036, when: {slips: stray-parenthesis}}
#     - {id: hadolint:SC1045, when: {slips: stray-ampersand}}
#     - {id: hadolint:SC1065, when: {slips: declared-parameters}}
#     - hadolint:SC1072
#     - hadolint:SC1073
#     - {id: hadolint:SC1078, when: {slips: open-quote}}
#     - {id: hadolint:SC1088, when: {slips: unescaped-parenthesis}}
#     - {id: hadolint:SC1095, when: {slips: keyword-function}}
#     - {id: hadolint:SC1099, when: {slips: joined-comment}}
#     - {id: shellcheck:SC1010, when: {slips: missing-separator}}
#     - {id: shellcheck:SC1035, when: {slips: missing-blank}}
#     - {id: shellcheck:SC1036, when: {slips: stray-parenthesis}}
#     - {id: shellcheck:SC1045, when: {slips: stray-ampersand}}
#     - {id: shellcheck:SC1065, when: {slips: declared-parameters}}
#     - shellcheck:SC1072
#     - shellcheck:SC1073
#     - {id: shellcheck:SC1078, when: {slips: open-quote}}
#     - {id: shellcheck:SC1088, when: {slips: unescaped-parenthesis}}
#     - {id: shellcheck:SC1095, when: {slips: keyword-function}}
#     - {id: shellcheck:SC1099, when: {slips: joined-comment}}
package rules.shell["syntax-error"]

deny contains {"at": script.error.at, "problem": script.error.problem, "advice": _advice(script.error), "slips": slips} if {
	some script in input.scripts
	script.error
	script.shell in {"sh", "bash", "dash", "ash"}
	script.source in {"run", "heredoc", "step", "cmd", "entrypoint", "healthcheck"}
	not _is_for_windows(script.text)
	slips := [slip | some slip in _slips; _may_be(slip, script.error, script.text)]
}

# A stage or a runner that may be Windows, though nothing says so.
_is_for_windows(text) if {
	some part in ["%\"==", "\\\\", ":\\", "HKCU", "HKLM", ".ps1", "setx ", "$env:", ".exe", "Write-Host", "[Environment]::", "powershell"]
	contains(text, part)
}

_slips := ["missing-separator", "missing-blank", "stray-parenthesis", "stray-ampersand", "declared-parameters", "open-quote", "unescaped-parenthesis", "keyword-function", "joined-comment"]

# What the slip may have been that the shell stumbles over later.
_may_be("missing-separator", error, text) if {
	_is_unfinished(error)
	some word in [" done", " fi", " then", " do", " esac"]
	contains(text, word)
}

_may_be("missing-blank", _, text) if {
	some word in ["if[", "while[", "until[", "if(", "while(", "elif["]
	contains(text, word)
}

_may_be(slip, error, _) if {
	slip in {"stray-parenthesis", "unescaped-parenthesis"}
	startswith(error.token, "(")
}

_may_be("stray-ampersand", error, text) if {
	error.token in {";", "&"}
	some signs in ["&;", "& ;", "&&&"]
	contains(text, signs)
}

_may_be("declared-parameters", error, text) if {
	endswith(error.token, ")")
	contains(text, ") {")
}

_may_be("open-quote", error, _) if startswith(error.token, "\"")

_may_be("keyword-function", error, text) if {
	not _is_unfinished(error)
	contains(text, "function ")
	contains(text, "{")
}

_may_be("joined-comment", error, text) if {
	_is_unfinished(error)
	some word in ["done#", "fi#", "esac#", "then#", "do#", "else#"]
	contains(text, word)
}

_is_unfinished(error) if not error.token

_is_unfinished(error) if error.token in {"fi", "done"}

_advice(error) := _texts[error.token] if _texts[error.token]

_advice(error) := "Close what is open, and quote what the shell should not interpret." if not _texts[object.get(error, "token", "")]

_texts := {
	";;": "Write `&&` or `;`.",
	")": "Remove it, or open it; in a text, quote it.",
	"}": "Remove it, or open it; in a text, quote it.",
	"(": "Quote it, or escape it as `\\(`.",
	"&&": "Remove it, or write the command that belongs before it.",
	"||": "Remove it, or write the command that belongs before it.",
	"|": "Remove it, or write the command that belongs before it.",
	";": "Remove it, or write the command that belongs before it.",
}
