# METADATA
# title: Unpinned git clone
# description: |
#   A clone of a branch is whatever was pushed last, so the same build gives another program next week.
# custom:
#   severity: info
#   confidence: medium
#   category: reproducibility
#   default: off
#   message: "`git clone` fetches whatever was pushed last"
#   remediation: Clone a tag (`--branch v1.2.3`), or check out a commit afterwards.
package rules.shell["unpinned-clone"]

deny contains {"at": command.at} if {
	some command in input.commands
	command.instruction
	command.program == "git"
	command.args[0] == "clone"
	not command.flags["-b"]
	not command.flags["--branch"]
	not command.flags["--revision"]
	not _moves_on(command)
}

# A later git command of the same script goes to a commit.
_moves_on(command) if {
	some other in input.index.commands_by_script[command.script]
	other.program == "git"
	some word in other.args
	word in {"checkout", "reset", "switch"}
}
