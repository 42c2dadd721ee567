# METADATA
# title: Unpinned package installation
# description: |
#   A step installs a package by name. Tomorrow's run gets tomorrow's version: one that breaks, or one that an attacker published, and it runs with all
#   permissions of the job. A version, or better a lock file with hashes, makes runs reproducible.
# related_resources:
#   - https://docs.zizmor.sh/audits/#adhoc-packages
# custom:
#   severity: info
#   confidence: medium
#   category: reproducibility
#   message: "installed without a fixed version: {packages}"
#   remediation: "Pin a version of each, or install from a lock file."
#   aliases:
#     - {id: zizmor:adhoc-packages, when: {manager: [npm, gem]}}
#     - scorecard:Pinned-Dependencies
package rules.workflow["unlocked-package"]

# One finding a command, at the first of its packages.
deny contains {"at": loose[0].at, "packages": concat(", ", [sprintf("`%s`", [wanted.name]) | some wanted in loose]), "manager": command.manager} if {
	some command in input.commands
	command.source == "step"
	command.manager in {"npm", "yarn", "pnpm", "pip", "pipx", "uv", "gem", "go", "cargo"}
	command.action == "install"
	loose := [wanted |
		some wanted in command.packages
		wanted.is_known
		_is_loose(wanted)
		not lower(wanted.name) in {"pip", "setuptools", "wheel", "npm", "bundler"}
	]
	count(loose) > 0
}

_is_loose(wanted) if not wanted.is_pinned

# A range takes what is newest in it.
_is_loose(wanted) if wanted.is_range
