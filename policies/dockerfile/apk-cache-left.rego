# METADATA
# title: apk index left in the layer
# description: |
#   Without `--no-cache` apk writes its index into the layer.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: "`apk add` leaves its package index in the layer"
#   remediation: Add `--no-cache`.
#   aliases:
#     - hadolint:DL3019
#     - trivy:DS-0025
#     - kics:apk_add_using_local_cache_path
#     - semgrep:missing-apk-no-cache
#     - dockle:DKL-DI-0004
#     - dockerfilelint:apkadd-missing_nocache_or_updaterm
package rules.dockerfile["apk-cache-left"]

import data.lib.packages

deny contains {"at": command.at} if {
	some command in input.commands
	command.instruction
	packages.reaches_image(command)
	command.manager == "apk"
	command.action == "install"
	not command.flags["--no-cache"]
	not packages.removes(command, "/var/cache/apk")
	not packages.is_mounted(command, "/var/cache/apk")
	not packages.is_mounted(command, "/etc/apk/cache")
}
