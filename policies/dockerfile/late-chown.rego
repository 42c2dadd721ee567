# METADATA
# title: chown in a separate layer
# description: |
#   `chown` writes every file that it touches into its own layer again, so the image holds the files twice. `COPY --chown` sets the owner right away.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: "`{program} -R` copies every file of `{target}` into a new layer"
#   remediation: Set the owner with `COPY --chown`, and create the user before it.
#   across_files: true
package rules.dockerfile["late-chown"]

import data.lib.packages
import data.lib.stages

deny contains {
	"at": command.at, "program": command.program, "target": copy.target,
	"related": [{"at": copy.at, "message": "what it changes is copied here"}],
} if {
	some command in input.commands
	command.program == "chown"
	_is_recursive(command)
	stages.is_small(command.stage)
	packages.reaches_image(command)
	some instruction in input.index.instructions_by_at[command.instruction]
	some copy in input.index.instructions_by_stage[command.stage]
	copy.target != "/"
	not _is_small(copy)
	copy.target == command.args[count(command.args) - 1]
	copy.number < instruction.number
	not _has_owner(copy)
	copy.number > _run_before(instruction)
	not _is_taken_away(command, copy)
}

# The same RUN moved or removed what was copied there.
_is_taken_away(command, copy) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"mv", "rm"}
	other.pipeline < command.pipeline
	some word in other.args
	startswith(word, trim_right(copy.target, "/"))
}

_is_recursive(command) if command.flags["-R"]

_is_recursive(command) if command.flags["--recursive"]

_has_owner(copy) if {
	some flag in copy.flags
	flag.name == "chown"
}

# What another RUN wrote there in the meantime needs its owner, too.
_run_before(instruction) := max(array.concat([-1], [other.number |
	some other in input.index.instructions_by_stage[instruction.stage]
	other.keyword == "RUN"
	other.number < instruction.number
]))

# A few files of settings are no weight.
_is_small(copy) if {
	count(copy.sources) > 0
	every source in copy.sources {
		_is_settings(source)
	}
}

_is_settings(source) if {
	some ending in [".conf", ".cfg", ".ini", ".json", ".yml", ".yaml", ".toml", ".xml", ".env", ".sh", ".properties", ".sql", ".cnf", ".html", ".txt", ".template"]
	endswith(source, ending)
	not contains(source, "*")
}
