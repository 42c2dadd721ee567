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
#   remediation: "Write `… | sudo tee {target}`."
#   aliases:
#     - hadolint:SC2024
#     - shellcheck:SC2024
package rules.shell["sudo-redirect"]

deny contains {"at": redirect.at, "target": redirect.target} if {
	some command in input.commands
	"sudo" in command.wrappers
	some redirect in command.redirects
	redirect.operator in {">", ">>", "1>", "&>"}
	some folder in ["/etc/", "/usr/", "/opt/", "/var/lib/", "/lib/", "/root/", "/boot/", "/sys/", "/proc/"]
	startswith(redirect.target, folder)
}
