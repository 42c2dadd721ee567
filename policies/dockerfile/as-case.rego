# METADATA
# title: Inconsistent case of FROM and AS
# description: |
#   `FROM` and `AS` belong together and are easier to read in one case.
# custom:
#   severity: info
#   confidence: high
#   category: style
#   habit: true
#   message: "`{written}` and `FROM` are written in different cases"
#   remediation: "Write `{better}`."
#   aliases:
#     - buildkit:FromAsCasing
#   implied_by: [dockerfile/syntax-error]
#   once: true
package rules.dockerfile["as-case"]

deny contains {"at": stage.at, "field": "as", "written": stage.as_written, "better": _better(stage.from_written)} if {
	some stage in input.stages
	stage.as_written
	_differs(stage)
}

_differs(stage) if {
	stage.as_written != "AS"
	stage.from_written == "FROM"
}

_differs(stage) if {
	stage.as_written != "as"
	stage.from_written == "from"
}

_better("FROM") := "AS"

_better("from") := "as"
