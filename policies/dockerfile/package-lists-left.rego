# METADATA
# title: Package lists left in the layer
# description: |
#   `apt-get update` leaves its lists in the layer; a later `RUN` cannot remove them from it.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   habit: true
#   once: true
#   message: "the package lists of `{program} update` stay in the layer"
#   remediation: End the same `RUN` with `rm -rf /var/lib/apt/lists/*`, or mount a cache there.
#   aliases:
#     - hadolint:DL3009
#     - kics:apt_get_install_lists_were_not_deleted
#     - semgrep:remove-package-lists
#     - semgrep:remove-package-cache
#     - dockle:DKL-DI-0005
#     - dockerfilelint:apt-get_missing_rm
package rules.dockerfile["package-lists-left"]

import data.lib.packages

deny contains {"at": command.at, "program": command.program} if {
	some command in input.commands
	command.instruction
	command.manager in {"apt-get", "apt", "aptitude"}
	command.action == "update"
	packages.reaches_image(command)
	not packages.drops_lists(command)
	packages.uses_lists(command)
}
