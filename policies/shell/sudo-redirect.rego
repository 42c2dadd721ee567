# METADATA
# title: Redirection not covered by sudo
# description: |
#   The shell opens the file before `sudo` runs, as the user who runs the script, so writing to a file of root fails.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2024
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{target}` is opened by the shell, without `sudo`"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write `command | sudo tee FILE` for `>`, `sudo tee -a FILE` for `>>`. In a `RUN` that runs as root, remove `sudo`.
#   aliases:
#     - hadolint:SC2024
#     - shellcheck:SC2024
package rules.shell["sudo-redirect"]

deny contains {"at": redirect.at, "target": redirect.target, "advice": _advice(command, redirect.target), "severity": _severity(command)} if {
	some command in input.commands
	"sudo" in command.wrappers
	some redirect in command.redirects
	redirect.operator in {">", ">>", "1>", "&>"}
	some folder in ["/etc/", "/usr/", "/opt/", "/var/lib/", "/lib/", "/root/", "/boot/", "/sys/", "/proc/"]
	startswith(redirect.target, folder)
}

# As root the shell may open the file.
_is_root(command) if {
	some instruction in input.index.instructions_by_at[command.instruction]
	instruction.effective_user in {"root", "0"}
}

_advice(command, target) := sprintf("Write `… | sudo tee %s`.", [target]) if not _is_root(command)

_advice(command, _) := "Remove `sudo`: root needs none, and the shell opens the file as root." if _is_root(command)

_severity(command) := "info" if _is_root(command)

_severity(command) := "warning" if not _is_root(command)
