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
#   message: "`{manager} {verb} {first}{version}` installs whatever {newest}"
#   remediation: "{advice}{also}, or install from a lock file."
#   aliases:
#     - {id: zizmor:adhoc-packages, when: {manager: [npm, gem]}}
#     - scorecard:Pinned-Dependencies
package rules.workflow["unlocked-package"]

# One finding a command, at the first of its packages.
deny contains {"at": loose[0].at, "manager": command.manager, "verb": _verb(command), "first": loose[0].name, "version": _version(command.manager, loose[0]), "newest": _newest(loose[0]), "advice": _advice(command.manager, loose[0]), "also": _also(loose)} if {
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
		not _is_of_module(command, wanted)
		not _is_file(wanted)
	]
	count(loose) > 0
}

# Without a version `go install` takes what go.mod locks, or fails.
_is_of_module(command, wanted) if {
	command.manager == "go"
	not wanted.version
}

_advice(manager, wanted) := "Name the commit to install, behind an `@` at the end of the address" if {
	_is_of_git(wanted)
} else := sprintf("Name one version of `%s` in full", [wanted.name]) if {
	wanted.is_range
} else := sprintf("Name the version, for example `%s%s`", [wanted.name, _pin(manager)])

# The range as written, if it is one.
_version(manager, wanted) := sprintf("@%s", [wanted.version]) if {
	wanted.is_range
	manager in {"npm", "yarn", "pnpm"}
	wanted.version
} else := ""

_newest(wanted) := "version is newest that the range allows" if {
	wanted.is_range
} else := "is on its default branch" if {
	_is_of_git(wanted)
} else := "version is newest"

# An address of a repository instead of a name.
_is_of_git(wanted) if startswith(wanted.name, "git+")

_is_of_git(wanted) if startswith(wanted.name, "git://")

_is_of_git(wanted) if endswith(wanted.name, ".git")

# The address of an archive names what is in it.
_is_file(wanted) if {
	contains(wanted.name, "://")
	not _is_of_git(wanted)
}

_is_file(wanted) if {
	_is_of_git(wanted)
	parts := split(wanted.name, "@")
	count(parts) > 1
	not contains(parts[count(parts) - 1], "/")
	not parts[count(parts) - 1] in {"main", "master", "HEAD", "develop", "dev"}
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

_pin(manager) := "==1.2.3" if {
	manager in {"pip", "pipx", "uv"}
} else := "@1.2.3 --locked" if {
	manager == "cargo"
} else := "@v1.2.3" if {
	manager == "go"
} else := "@1.2.3" if {
	manager in {"npm", "yarn", "pnpm"}
} else := ":1.2.3"

_also(loose) := "" if {
	count(loose) == 1
} else := sprintf(" and so for `%s`", [loose[1].name]) if {
	count(loose) == 2
} else := sprintf(" and so for the %d others", [count(loose) - 1])

_is_loose(wanted) if not wanted.is_pinned

# A range takes what is newest in it.
_is_loose(wanted) if wanted.is_range
