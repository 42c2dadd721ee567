# METADATA
# title: Secret mount copied into the image
# description: |
#   A secret mount exists for one `RUN` only and is stored in no layer. What the command writes to a file of the image, or to the configuration of a
#   program (`git clone https://$(cat …)@…` keeps the address in `.git/config`), is.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{program}` writes the secret from `{path}` into the image"
#   remediation: Use the secret where it is mounted, or remove what holds it in the same `RUN`.
package rules.dockerfile["secret-in-layer"]

deny contains {"at": command.at, "program": command.program, "path": path} if {
	some instruction in input.instructions
	instruction.keyword == "RUN"
	some mount in instruction.flags
	contains(mount.value, "type=secret")
	some path in _secrets(instruction)
	some command in input.index.commands_by_instruction[instruction.at]
	command.source in {"run", "heredoc"}
	_writes(command)
	_carries(command, path)
	not _removes(command)
}

_secrets(instruction) := [path |
	some flag in instruction.flags
	flag.name == "mount"
	parts := split(flag.value, ",")
	"type=secret" in parts
	path := _path(parts)
]

_path(parts) := path if {
	targets := [split(part, "=")[1] | some part in parts; split(part, "=")[0] in {"target", "dst", "destination"}]
	ids := [concat("", ["/run/secrets/", split(part, "=")[1]]) | some part in parts; split(part, "=")[0] == "id"]
	all := array.concat(targets, ids)
	path := all[0]
}

# To a file that stays.
_writes(command) if {
	some redirect in command.redirects
	redirect.operator in {">", ">>", ">|", "1>", "1>>", "&>"}
	not startswith(redirect.target, "/dev/")
	not startswith(redirect.target, "/proc/")
	not startswith(redirect.target, "&")
}

_writes(command) if "tee" in command.pipes_to

_writes(command) if command.program in {"cp", "install", "mv", "dd"}

_writes(command) if {
	command.program in {"git", "npm", "pip", "yarn", "pnpm", "composer", "poetry", "bundle", "aws", "sed"}
	some word in command.args
	word in {"clone", "config", "remote", "submodule", "set", "configure"}
}

_writes(command) if {
	command.program == "sed"
	command.flags["-i"]
}

# The path itself, read in a substitution or as a file.
_carries(command, path) if {
	some word in command.words
	contains(word.text, path)
	contains(word.text, "$(")
}

_carries(command, path) if {
	command.program in {"cat", "cp", "install", "mv", "dd", "base64"}
	some word in command.args
	endswith(word, path)
	word != command.args[count(command.args) - 1]
}

_carries(command, path) if {
	command.program in {"cat", "base64"}
	path in command.args
}

_carries(command, path) if {
	some other in input.index.commands_by_script[command.script]
	some assignment in other.assignments
	contains(assignment.text, path)
	some word in command.words
	_reads(word.text, assignment.name)
}

_reads(text, name) if contains(text, concat("", ["${", name, "}"]))

_reads(text, name) if endswith(text, concat("", ["$", name]))

_reads(text, name) if {
	some behind in ["@", "/", ":", " ", "\"", "'", ",", ";", "\\"]
	contains(text, concat("", ["$", name, behind]))
}

# What holds it is removed before the layer is kept.
_removes(command) if {
	some other in input.index.commands_by_script[command.script]
	other.program in {"rm", "shred", "unlink"}
	some word in other.args
	_holds(command, word)
}

_removes(command) if {
	command.program == "git"
	some other in input.index.commands_by_script[command.script]
	some word in other.args
	some end in [".git", "set-url", "remove", ".gitconfig", "--unset", ".git-credentials"]
	endswith(word, end)
	other.program in {"rm", "git"}
	other.at != command.at
}

_removes(command) if {
	command.program in {"npm", "yarn", "pnpm"}
	some other in input.index.commands_by_script[command.script]
	some word in other.args
	some end in [".npmrc", "delete", "unset"]
	endswith(word, end)
}

_holds(command, word) if {
	some redirect in command.redirects
	startswith(redirect.target, trim_right(word, "/*"))
}

_holds(command, word) if {
	command.program in {"cp", "install", "mv"}
	target := command.args[count(command.args) - 1]
	startswith(target, trim_right(word, "/*"))
}
