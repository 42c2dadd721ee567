# METADATA
# title: Duplicate user id
# description: |
#   The kernel identifies users by id only: two users or groups with the same id have the same permissions.
# related_resources:
#   - https://man7.org/linux/man-pages/man8/useradd.8.html
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "id {id} is assigned to both `{name}` and `{other}`"
#   remediation: Give each its own id.
#   aliases:
#     - dockle:DKL-LI-0002
package rules.dockerfile["repeated-user-id"]

deny contains {"at": command.at, "id": id, "name": _name(command), "other": _name(earlier), "related": [{"at": earlier.at, "message": "the first with this id"}]} if {
	some command in input.commands
	command.program in {"useradd", "adduser", "groupadd", "addgroup"}
	id := _id(command)
	input.sizes.commands_by_stage[command.stage] < 1000
	some earlier in input.index.commands_by_stage[command.stage]
	earlier.program in {"useradd", "adduser", "groupadd", "addgroup"}
	_id(earlier) == id
	_kind(earlier) == _kind(command)
	_name(earlier) != _name(command)
	_is_before(earlier, command)
}

_id(command) := id if {
	flag := {"useradd": ["-u", "--uid"], "adduser": ["-u", "--uid"], "groupadd": ["-g", "--gid"], "addgroup": ["-g", "--gid"]}[command.program]
	values := [command.flags[name] | some name in flag; is_string(command.flags[name]); not contains(command.flags[name], "$")]
	id := values[0]
}

_kind(command) := "user" if command.program in {"useradd", "adduser"}

_kind(command) := "group" if command.program in {"groupadd", "addgroup"}

_name(command) := command.args[count(command.args) - 1]

# Branches of a condition exclude each other, and one RUN runs after the other.
_is_before(earlier, command) if {
	earlier.instruction != command.instruction
	earlier.instruction < command.instruction
}

_is_before(earlier, command) if {
	earlier.script == command.script
	earlier.pipeline < command.pipeline
	earlier.list != "||"
	command.list in {"&&", ""}
}
