# METADATA
# title: Misleading PIP_NO_CACHE_DIR value
# description: |
#   pip takes any value of `PIP_NO_CACHE_DIR` as "no cache": `off`, `no`, `0` and `false` disable the cache just as `1` does. Readers of the file expect
#   the opposite.
# related_resources:
#   - https://pip.pypa.io/en/stable/topics/caching/#disabling-caching
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`PIP_NO_CACHE_DIR={value}` disables the cache, although it reads as if it did not"
#   remediation: Write `PIP_NO_CACHE_DIR=1`.
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - hadolint:DL3042
package rules.dockerfile["misread-pip-setting"]

deny contains {"at": command.at, "field": "program", "value": variable.value} if {
	some command in input.commands
	command.manager == "pip"
	command.action == "install"
	command.instruction
	not command.flags["--no-cache-dir"]
	some stage in input.index.stages_by_at[command.stage]
	some at in stage.lineage
	some variable in input.index.variables_by_stage[at]
	variable.name == "PIP_NO_CACHE_DIR"
	_is_no(variable.value)
}

deny contains {"at": command.at, "field": "program", "value": assignment.value} if {
	some command in input.commands
	command.manager == "pip"
	command.action == "install"
	command.instruction
	some other in input.index.commands_by_instruction[command.instruction]
	some assignment in other.assignments
	assignment.name == "PIP_NO_CACHE_DIR"
	_is_no(assignment.value)
}

_is_no(value) if lower(value) in {"0", "false", "no", "off", "n", "f"}
