# METADATA
# title: Development dependencies in the image
# description: |
#   Dependencies that only tests and development need make the image larger and add vulnerabilities of their own.
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{program} {action}` also installs development dependencies"
#   remediation: "Add `{flag}`."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["dev-dependencies"]

import data.lib.packages
import data.lib.stages

deny contains {"at": command.at, "field": "program", "program": command.program, "action": command.args[0], "flag": wanted.option} if {
	some command in input.commands
	wanted := _wanted[command.program]
	command.args[0] in wanted.actions
	stages.is_small(command.stage)
	packages.reaches_image(command)
	not _has_any(command, wanted.flags)
	not _is_set(command, wanted.variable)
}

_has_any(command, flags) if {
	some flag in flags
	command.flags[flag]
}

_is_set(command, name) if {
	some variable in input.index.variables_by_stage[command.stage]
	variable.name == name
}

_is_set(command, name) if name in command.assigns

_wanted := {
	"composer": {"actions": {"install"}, "option": "--no-dev", "flags": ["--no-dev"], "variable": "COMPOSER_NO_DEV"},
	"poetry": {"actions": {"install", "sync"}, "option": "--only main", "flags": ["--only=main", "--only", "--without", "--no-dev"], "variable": "POETRY_WITHOUT"},
	"npm": {"actions": {"ci"}, "option": "--omit=dev", "flags": ["--omit=dev", "--omit", "--only", "--production"], "variable": "NODE_ENV"},
}
