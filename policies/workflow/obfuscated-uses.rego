# METADATA
# title: Obfuscated action reference
# description: |
#   `.`, `..`, and slashes too many in the path of an action change nothing but how the reference reads: a review, an allow list and a tool that compares
#   names are misled. Off by default: it is nearly always a slip.
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{uses}` has parts in its path that say nothing"
#   remediation: "{help}."
#   how_to_fix: >-
#     Write the path without `.`, `..` and extra slashes: `owner/repository/path@ref`.
#   aliases:
#     - zizmor:obfuscation
#   default: off
#   profiles: [pedantic]
package rules.workflow["obfuscated-uses"]

deny contains {"at": step.at, "field": "uses", "uses": step.uses, "help": _help(step.uses)} if {
	some step in input.steps
	not step.action.ref_kind in {"local", "docker"}
	step.action.is_known
	some part in ["//", "/./", "/../", "/@", "/.@", "/..@"]
	contains(step.uses, part)
}

_help(uses) := sprintf("Write `%s@%s`", [concat("/", parts), split(uses, "@")[1]]) if {
	not contains(uses, "..")
	parts := [part | some part in split(split(uses, "@")[0], "/"); part != ""; part != "."]
} else := "Write the path without `..`"
