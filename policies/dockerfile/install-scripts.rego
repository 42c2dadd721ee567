# METADATA
# title: npm install scripts run in the build
# description: |
#   Packages may run scripts when they are installed, with all permissions of the build. Most malicious packages work this way.
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{program} {action}` runs the install scripts of every package"
#   remediation: Add `--ignore-scripts`, and run `npm rebuild` for the packages that need their scripts.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["install-scripts"]

import data.lib.stages

deny contains {"at": command.at, "field": "program", "program": command.program, "action": command.action} if {
	some command in input.commands
	command.manager in {"npm", "yarn"}
	command.instruction
	command.action in {"install", "ci"}
	stages.is_small(command.stage)
	not command.flags["--ignore-scripts"]
	not _is_set(command)
}

_is_set(command) if {
	some variable in input.index.variables_by_stage[command.stage]
	lower(variable.name) in {"npm_config_ignore_scripts", "yarn_ignore_scripts"}
}

_is_set(command) if {
	some name in command.assigns
	lower(name) == "npm_config_ignore_scripts"
}
