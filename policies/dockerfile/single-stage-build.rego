# METADATA
# title: Program compiled in the final stage
# description: |
#   The compiler, the sources and the build caches stay in the image. A build stage keeps them out of it.
# custom:
#   severity: info
#   confidence: medium
#   category: performance
#   message: "`{command}` compiles in the only stage, so the whole toolchain stays in the image"
#   remediation: Compile in a separate stage, and copy the result from it.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["single-stage-build"]

deny contains {"at": command.at, "command": concat(" ", [command.program, command.args[0]])} if {
	some command in input.commands
	command.args[0] in _compilers[command.program]
	command.source in {"run", "heredoc"}
	input.sizes.stages_by_document[command.document] == 1
	input.sizes.commands_by_instruction[command.instruction] < 500
	not _is_first_later(command)
	not _is_cleaned(command)
}

# The same RUN takes the tools away again.
_is_cleaned(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager
	other.action in {"remove", "purge", "autoremove", "del"}
}

_is_first_later(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.args[0] in _compilers[other.program]
	other.pipeline < command.pipeline
}

_compilers := {
	"go": {"build", "install"}, "cargo": {"build", "install"}, "mvn": {"package", "install", "clean", "verify"}, "gradle": {"build", "bootJar", "assemble"},
	"gradlew": {"build", "bootJar", "assemble"}, "mvnw": {"package", "install", "clean", "verify"}, "dotnet": {"build", "publish"}, "make": {"install", "all"},
	"ng": {"build"}, "swift": {"build"}, "stack": {"build", "install"}, "sbt": {"assembly"},
}
