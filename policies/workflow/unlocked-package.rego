# METADATA
# title: Unpinned package installation
# description: |
#   A step installs a package by name. Tomorrow's run gets tomorrow's version: one that breaks, or one that an attacker published, and it runs with all
#   permissions of the job. A version, or better a lock file with hashes, makes runs reproducible. In a job that has no secret, writes nothing and waits
#   for nobody, a tool that only tests is reported if the rule is selected by its id.
# related_resources:
#   - https://docs.zizmor.sh/audits/#adhoc-packages
# custom:
#   severity: info
#   confidence: medium
#   category: reproducibility
#   message: "`{manager} {verb} {first}{version}` installs {newest}"
#   remediation: "{advice}{also}{otherwise}."
#   how_to_fix: >-
#     Write a full version: `name@VERSION` for npm, yarn, pnpm, Go and cargo (with `--locked`), `name==VERSION` for pip, pipx and uv, `name:VERSION` for
#     gem, `@COMMIT` behind the address of a Git repository. For npm, yarn, pnpm, pip and uv, a lock file does as well.
#   aliases:
#     - {id: zizmor:adhoc-packages, when: {manager: [npm, gem]}}
#     - scorecard:Pinned-Dependencies
package rules.workflow["unlocked-package"]

import data.lib.jobs

# One finding a command, at the first of its packages.
deny contains {"at": loose[0].at, "manager": command.manager, "verb": _verb(command), "first": loose[0].name, "version": _version(command.manager, loose[0]), "newest": _newest(loose[0]), "advice": _advice(command.manager, loose[0]), "also": _also(loose), "otherwise": _otherwise(command.manager), "minor": _is_minor(command, loose)} if {
	some command in input.commands
	command.source == "step"
	command.manager in {"npm", "yarn", "pnpm", "pip", "pipx", "uv", "gem", "go", "cargo"}
	command.action == "install"
	not _asks_for_newest(command)
	not _has_lost_constraint(command)
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

# A tool that only tests, in a job with which nothing is lost.
_is_minor(command, loose) if {
	jobs.is_harmless(command)
	count([1 | some wanted in loose; not _only_tests(wanted)]) == 0
} else := false

_only_tests(wanted) if {
	not wanted.is_range
	split(lower(wanted.name), "[")[0] in {
		"bandit", "black", "codecov", "codespell", "coverage", "flake8", "isort", "mypy", "nox", "pre-commit", "pycodestyle", "pyflakes", "pylint", "pytest", "pytest-cov", "ruff",
		"tox", "virtualenv", "yamllint",
	}
}

# `pip install foo>=1.2` without quotes has a fault of its own.
_has_lost_constraint(command) if {
	some redirect in command.redirects
	startswith(redirect.target, "=")
}

# Without a version `go install` takes what go.mod locks, or fails.
_is_of_module(command, wanted) if {
	command.manager == "go"
	not wanted.version
}

# `go install` of a program and `cargo install` read no lock file of the repository.
_otherwise(manager) := "" if {
	manager in {"go", "cargo", "pipx", "gem"}
} else := ", or install from a lock file"

_advice(manager, wanted) := "Name the commit to install, behind an `@` at the end of the address" if {
	_is_of_git(wanted)
} else := sprintf("Name one version of `%s` in full", [wanted.name]) if {
	wanted.is_range
} else := sprintf("Write `%s%s` with a released version", [wanted.name, _pin(manager)]) if {
	manager == "go"
} else := sprintf("Write `%s%s`, with the version that `%s%s` shows", [wanted.name, _pin(manager), _listing(manager), _plain(wanted.name)])

# The range as written, if it is one.
_version(manager, wanted) := sprintf("@%s", [wanted.version]) if {
	wanted.is_range
	manager in {"npm", "yarn", "pnpm"}
	wanted.version
} else := ""

_newest(wanted) := "the newest version in the range, which changes over time" if {
	wanted.is_range
} else := "whatever is on its default branch" if {
	_is_of_git(wanted)
} else := "whatever version is newest"

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

_pin(manager) := "==VERSION" if {
	manager in {"pip", "pipx", "uv"}
} else := "@VERSION --locked" if {
	manager == "cargo"
} else := "@VERSION" if {
	manager == "go"
} else := "@VERSION" if {
	manager in {"npm", "yarn", "pnpm"}
} else := ":VERSION"

# What shows the versions of a package.
_listing(manager) := "pip index versions " if {
	manager in {"pip", "pipx", "uv"}
} else := "cargo search " if {
	manager == "cargo"
} else := "go list -m -versions " if {
	manager == "go"
} else := "gem search -e " if {
	manager == "gem"
} else := "npm view "

# Without the extras.
_plain(name) := split(name, "[")[0]

_also(loose) := "" if {
	count(loose) == 1
} else := sprintf(", and likewise for `%s`", [loose[1].name]) if {
	count(loose) == 2
} else := sprintf(", and likewise for the %d others", [count(loose) - 1])

_is_loose(wanted) if not wanted.is_pinned

# A range takes what is newest in it.
_is_loose(wanted) if wanted.is_range
