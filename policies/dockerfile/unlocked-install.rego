# METADATA
# title: Installation ignores the lock file
# description: |
#   `npm install` takes what fits `package.json` today, and writes it into the lock file; `npm ci` takes what the lock file says, or fails.
# custom:
#   severity: info
#   confidence: high
#   category: reproducibility
#   message: "`{program} install` may install other versions than the lock file lists"
#   remediation: Use `npm ci`, or add `--frozen-lockfile` (`--immutable` for Yarn 2 and later).
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["unlocked-install"]

deny contains {"at": command.at, "field": "program", "program": command.program} if {
	some command in input.commands
	command.program in {"npm", "yarn", "pnpm"}
	command.instruction
	command.source in {"run", "heredoc"}
	command.action == "install"
	count(command.packages) == 0
	not command.args[0] in {"ci", "clean-install", "global", "dlx", "add"}
	not _is_locked(command)
}

_is_locked(command) if {
	some flag in ["--frozen-lockfile", "--immutable", "-g", "--global"]
	command.flags[flag]
}
