# METADATA
# title: Unquoted parenthesis for eval
# description: |
#   The shell parses the arguments of `eval` first: an unquoted parenthesis is a syntax error in most shells before `eval` ever runs.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1098
# custom:
#   severity: error
#   confidence: medium
#   category: correctness
#   message: the shell parses this parenthesis, `eval` never sees it
#   remediation: "Quote what `eval` is to read: `eval 'list=(a b)'`."
#   aliases:
#     - hadolint:SC1098
#     - shellcheck:SC1098
package rules.shell["eval-parenthesis"]

deny contains {"at": construct.at} if {
	some construct in input.constructs
	construct.kind == "eval-parenthesis"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
