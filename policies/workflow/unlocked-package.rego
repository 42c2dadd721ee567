# METADATA
# title: Unpinned package installation
# description: |
#   A step installs a package by name. Tomorrow's run gets tomorrow's version: one that breaks, or one
#   that somebody took over, and it runs with all that the job may do. A version, or better a lock
#   file with hashes, makes runs repeat.
# related_resources:
#   - https://docs.zizmor.sh/audits/#adhoc-packages
# custom:
#   severity: info
#   confidence: medium
#   category: reproducibility
#   message: "`{package}` is installed in the newest version{range}"
#   remediation: Name one version of `{package}`, or install from a lock file.
#   aliases:
#     - {id: zizmor:adhoc-packages, when: {manager: [npm, gem]}}
#     - scorecard:Pinned-Dependencies
package rules.workflow["unlocked-package"]

deny contains {"at": wanted.at, "package": wanted.name, "manager": command.manager, "range": ""} if {
	some command in input.commands
	command.source == "step"
	command.manager in {"npm", "yarn", "pnpm", "pip", "pipx", "uv", "gem", "go", "cargo"}
	command.action == "install"
	some wanted in command.packages
	wanted.is_known
	not wanted.is_pinned
	not lower(wanted.name) in {"pip", "setuptools", "wheel", "npm", "bundler"}
}

# A range takes what is newest in it.
deny contains {"at": wanted.at, "package": wanted.name, "manager": command.manager, "range": sprintf(" that `%s` allows", [wanted.version])} if {
	some command in input.commands
	command.source == "step"
	command.manager in {"npm", "yarn", "pnpm", "pip", "pipx", "uv", "gem", "go", "cargo"}
	command.action == "install"
	some wanted in command.packages
	wanted.is_known
	wanted.is_range
	not lower(wanted.name) in {"pip", "setuptools", "wheel", "npm", "bundler"}
}
