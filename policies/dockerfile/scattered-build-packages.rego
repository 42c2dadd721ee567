# METADATA
# title: Build packages removed by name
# description: |
#   Packages that one `RUN` adds and removes again are easier to keep in step under one name: `apk add --virtual` sets it, and `apk del` removes them by
#   it.
# related_resources:
#   - https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper#Virtual_Packages
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`apk del` lists packages that this `RUN` adds"
#   remediation: Write `apk add --virtual .build …` and `apk del .build`.
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - dockerfilelint:apkadd-missing-virtual
package rules.dockerfile["scattered-build-packages"]


deny contains {"at": command.at, "related": [{"at": other.at, "message": "they are added here"}]} if {
	some command in input.commands
	command.program == "apk"
	command.args[0] == "del"
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager == "apk"
	other.action == "install"
	other.pipeline < command.pipeline
	not other.flags["--virtual"]
	not other.flags["-t"]
	some found in other.packages
	found.name in command.args
}
