# METADATA
# title: Missing health check program
# description: |
#   The slim and Alpine variants have no curl, and Debian and its slim variants no wget: the container never becomes healthy. Only images whose contents
#   are known are checked.
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "the health check calls `{program}`, which `{base}` lacks and nothing installs"
#   remediation: Install it, or use a program that the image has.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["missing-healthcheck-tool"]

import data.lib.stages

deny contains {"at": command.at, "field": "program", "program": command.program, "base": root.base} if {
	some command in input.commands
	command.source == "healthcheck"
	command.program in {"curl", "wget"}
	stages.is_small(command.stage)
	some stage in input.index.stages_by_at[command.stage]
	some root in input.index.stages_by_at[stage.lineage[count(stage.lineage) - 1]]
	image := split(concat("", [trim_prefix(root.base_image, "docker.io/library/"), ":"]), ":")
	_lacks(image[0], image[1], command.program)
	not _is_brought(stage, command.program)
}

_lacks(name, tag, _) if {
	name in {"node", "python", "ruby", "golang", "rust", "perl"}
	contains(tag, "slim")
}

_lacks(name, tag, "curl") if {
	name in {"node", "python", "ruby", "golang", "rust"}
	contains(tag, "alpine")
}

_lacks(name, _, _) if name in {"debian", "ubuntu"}

_lacks("alpine", _, program) if program == "curl"

# An instruction that names it, or that may bring more than it says.
_is_brought(stage, program) if {
	some at in stage.lineage
	some instruction in input.index.instructions_by_stage[at]
	instruction.keyword in {"RUN", "COPY", "ADD"}
	some sign in [program, ".sh", "$", "<<"]
	contains(instruction.text, sign)
}
