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
#   message: "`{manager} {verb} {first}` installs whatever version is newest"
#   remediation: "Write `{first}{pin}`{also}, or install from a lock file."
#   aliases:
#     - {id: zizmor:adhoc-packages, when: {manager: [npm, gem]}}
#     - scorecard:Pinned-Dependencies
package rules.workflow["unlocked-package"]

# One finding a command, at the first of its packages.
deny contains {"at": loose[0].at, "manager": command.manager, "verb": _verb(command), "first": loose[0].name, "pin": _pin(command.manager), "also": _also(loose)} if {
	some command in input.commands
	command.source == "step"
	command.manager in {"npm", "yarn", "pnpm", "pip", "pipx", "uv", "gem", "go", "cargo"}
	command.action == "install"
	not _asks_for_newest(command)
	loose := [wanted |
		some wanted in command.packages
		wanted.is_known
		_is_loose(wanted)
		not lower(wanted.name) in {"pip", "setuptools", "wheel", "npm", "bundler"}
	]
	count(loose) > 0
}

# `--upgrade` says that the newest is meant.
_asks_for_newest(command) if {
	some flag in ["--upgrade", "-U", "--pre", "--update"]
	command.flags[flag]
}

_verb(command) := concat(" ", [command.args[0], command.args[1]]) if {
	command.manager == "uv"
	command.args[0] in {"tool", "pip"}
} else := "global add" if {
	command.args[0] == "global"
} else := command.args[0] if {
	command.manager in {"uv", "yarn", "pnpm"}
} else := "install"

_pin(manager) := "==<version>" if {
	manager in {"pip", "pipx", "uv"}
} else := "@<version>" if {
	manager in {"npm", "yarn", "pnpm", "go", "cargo"}
} else := ":<version>"

_also(loose) := "" if {
	count(loose) == 1
} else := sprintf(" and so for %s", [concat(", ", [sprintf("`%s`", [wanted.name]) | some number, wanted in loose; number > 0])])

_is_loose(wanted) if not wanted.is_pinned

# A range takes what is newest in it.
_is_loose(wanted) if wanted.is_range
