# METADATA
# title: Literal dollar sign
# description: |
#   A `$` that no name follows is a literal character. It is often half of an expansion: `$ {name}`, `$.value`.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1000
# custom:
#   severity: info
#   confidence: low
#   category: correctness
#   message: this `$` expands nothing
#   remediation: Escape it, or complete the expansion.
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - hadolint:SC1000
#     - shellcheck:SC1000
package rules.shell["lone-dollar"]

deny contains {"at": construct.at} if {
	some construct in input.constructs
	construct.kind == "lone-dollar"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
