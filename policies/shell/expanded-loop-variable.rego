# METADATA
# title: Dollar sign in a loop variable
# description: |
#   `for $name in …` is a syntax error: the variable of a loop is named, not expanded.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1086
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: the variable of a `for` loop is written without `$`
#   remediation: Write `for name in …`.
#   aliases:
#     - hadolint:SC1086
#     - shellcheck:SC1086
package rules.shell["expanded-loop-variable"]

deny contains {"at": construct.at} if {
	some construct in input.constructs
	construct.kind == "expanded-loop-variable"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
