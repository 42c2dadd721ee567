# METADATA
# title: World-writable file
# description: |
#   With mode 777 every process, whoever it runs as, may replace the file, and whoever runs it next runs what was put there.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "mode `{mode}` lets every user write"
#   remediation: "Give the file to the user that needs it (`--chown`), and allow only its owner to write: 755 or 644."
#   aliases:
#     - {id: kics:avoid_chmod_777, when: is_in_dockerfile}
package rules.shell["world-writable"]

import data.lib.commands

deny contains {"at": place, "mode": mode, "is_in_dockerfile": commands.is_in_dockerfile(command)} if {
	some command in input.commands
	command.program == "chmod"
	modes := [word | some word in command.words; not startswith(word.text, "--"); not word.text in {"-R", "-v", "-f", "-c"}]
	mode := modes[0].text
	_is_world_writable(mode)
	place := modes[0].at
}

deny contains {"at": flag.at, "mode": flag.value, "is_in_dockerfile": true} if {
	some instruction in input.instructions
	instruction.keyword in {"COPY", "ADD"}
	some flag in instruction.flags
	flag.name == "chmod"
	_is_world_writable(flag.value)
}

# A sticky folder (1777, as /tmp is) keeps others' files safe.
_is_world_writable(mode) if {
	mode in {"777", "0777", "776", "0776", "666", "0666", "667", "0667", "00777", "2777", "4777", "6777", "a+w", "o+w", "a+rw", "o+rw", "ugo+w", "ugo+rw", "a+rwx", "a+rwX", "o+rwx", "o+rwX", "ugo+rwx", "ugo+rwX", "a=rwx", "+777", "a+wx", "a+wrx", "go+w", "go+rw", "go+rwx", "go+rwX", "ugo=rwx", "a=rw"}
}
