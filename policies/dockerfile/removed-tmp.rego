# METADATA
# title: /tmp removed
# description: |
#   `rm -rf /tmp` removes the folder itself, not only what is in it. Programs that write a temporary file then fail in the container, and so do later
#   steps of the build.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   across_files: true
#   message: "`rm` removes `{path}` itself, and programs that need it fail"
#   remediation: "Write `{path}/*`."
package rules.dockerfile["removed-tmp"]

import data.lib.packages

deny contains {"at": word.at, "path": path} if {
	some command in input.commands
	command.program == "rm"
	command.instruction
	_is_recursive(command)
	some word in command.words
	path := trim_right(word.text, "/")
	path in {"/tmp", "/var/tmp"}
	packages.reaches_image(command)
	not packages.is_mounted(command, path)
	not _is_made_again(command, path)
}

_is_recursive(command) if {
	some flag in ["-r", "-R", "--recursive"]
	command.flags[flag]
}

# A later command of the stage makes the folder, or a link in its place.
_is_made_again(command, path) if {
	some other in input.index.commands_by_stage[command.stage]
	other.program in {"mkdir", "install", "ln", "mv", "cp"}
	some word in other.args
	trim_right(word, "/") == path
}

_is_made_again(command, path) if {
	some other in input.index.instructions_by_stage[command.stage]
	other.keyword in {"WORKDIR", "VOLUME", "COPY", "ADD"}
	some argument in other.arguments
	startswith(argument.value, path)
}
