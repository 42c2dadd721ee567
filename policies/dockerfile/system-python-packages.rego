# METADATA
# title: pip modifies system packages
# description: |
#   With `--break-system-packages` pip replaces files that packages of the distribution need. A virtual environment keeps the two apart.
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{what}` lets pip overwrite packages of the distribution"
#   remediation: "Install into a virtual environment: `python3 -m venv /opt/venv`."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["system-python-packages"]

deny contains {"at": command.at, "what": "--break-system-packages"} if {
	some command in input.commands
	command.manager in {"pip", "uv"}
	command.instruction
	command.flags["--break-system-packages"]
}

deny contains {"at": variable.at, "field": variable.field, "what": variable.name} if {
	some variable in input.variables
	variable.name == "PIP_BREAK_SYSTEM_PACKAGES"
	variable.value in {"1", "true", "yes", "on"}
}
