# METADATA
# title: Unchecked cd
# description: |
#   If `cd` fails, the commands after it run in the wrong folder.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2164
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: "if `{program}` fails, the following commands run in the wrong folder"
#   remediation: "Join them with `&&`, write `{program} … || exit 1`, or begin the script with `set -e`."
#   across_files: true
#   once: true
#   aliases:
#     - hadolint:SC2164
#     - shellcheck:SC2164
#   implied_by: [dockerfile/lost-export]
package rules.shell["unchecked-cd"]

import data.lib.shells

deny contains {"at": command.at, "about": command.script, "program": command.program, "minor": _is_minor(command)} if {
	some command in input.commands
	command.program in {"cd", "pushd"}
	not command.is_errexit
	command.list_after == ";"
	not command.in_condition
	not _is_safe(command)
	not _is_made(command)
}

# Nothing behind it depends on the folder, or the shell was chosen by an image that is not seen here.
_is_minor(command) if {
	not _matters(command)
} else if {
	shells.may_be_set_before(command)
} else := false

_matters(command) if {
	some other in input.index.commands_by_script[command.script]
	other.pipeline > command.pipeline
	_depends_on_folder(other)
}

# `make`, `./configure`, `rm -rf *`: what works on the folder that it is in.
_depends_on_folder(command) if command.program in _workers

_depends_on_folder(command) if {
	command.program in _takers
	some word in command.args
	_is_relative(word)
}

# `for link in *; do rm -f $link; done`
_depends_on_folder(command) if {
	command.program == "rm"
	some word in command.args
	startswith(word, "$")
	not contains(word, "/")
}

_depends_on_folder(command) if command.program in {"configure", "bootstrap.sh", "autogen.sh", "setup.sh", "install.sh", "build.sh"}

_workers := {
	"make", "gmake", "ninja", "cmake", "meson", "scons", "git", "npm", "yarn", "pnpm", "npx", "go", "cargo", "mvn", "gradle", "gradlew", "mvnw", "bundle", "composer", "poetry", "uv", "dotnet", "bazel", "ant",
	"rake", "sbt", "docker", "docker-compose", "terraform", "patch", "dpkg-buildpackage", "tox", "pytest", "phpize",
}

_takers := {"rm", "mv", "cp", "tar", "unzip", "ln", "install", "chmod", "chown", "sed", "python", "python3", "pip", "pip3", "sh", "bash", "node", "ruby", "perl", "php", "zip", "find", "touch", "rsync"}

_is_relative(word) if {
	word != ""
	not startswith(word, "/")
	not startswith(word, "$")
	not startswith(word, "~")
	not contains(word, "://")
}

# Folders that every system has.
_is_safe(command) if trim_right(command.args[0], "/") in {
	"/bin", "/etc", "/home", "/lib", "/opt", "/root", "/sbin", "/srv", "/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/local/lib",
	"/usr/local/src", "/usr/share", "/usr/src", "/var", "/var/lib", "/var/log", "/var/tmp", "~", "$HOME", "${HOME}", "-",
}

# A folder that an instruction above made: what WORKDIR names is there, and so is what COPY and ADD fill.
_is_made(command) if {
	some instruction in input.index.instructions_by_at[command.instruction]
	some other in input.index.instructions_by_stage[instruction.stage]
	other.keyword in {"WORKDIR", "COPY", "ADD"}
	other.number < instruction.number
	_holds(other, trim_right(command.args[0], "/"))
}

# `mkdir -p folder; cd folder`
_is_made(command) if {
	command.instruction
	some other in input.index.commands_by_stage[command.stage]
	other.program in {"mkdir", "install"}
	some word in other.args
	trim_right(word, "/") == trim_right(command.args[0], "/")
}

_holds(instruction, folder) if {
	instruction.keyword == "WORKDIR"
	_is_within(trim_right(instruction.workdir, "/"), folder)
}

_holds(instruction, folder) if {
	instruction.keyword in {"COPY", "ADD"}
	_is_within(trim_right(object.get(instruction, "target", instruction.destination), "/"), folder)
}

_is_within(path, folder) if path == folder

_is_within(path, folder) if startswith(path, concat("", [folder, "/"]))

_is_safe(command) if {
	every letter in split(concat("", command.args), "") {
		letter in {".", "/"}
	}
}
