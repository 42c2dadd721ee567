# METADATA
# title: Package cache stays in the layer
# description: |
#   The manager keeps what it fetched, and the layer keeps that for ever.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: "`{program}` leaves its cache in the layer"
#   remediation: "Clean it in the same `RUN`, or mount a cache over its folder."
#   aliases:
#     - hadolint:DL3032
#     - trivy:DS-0015
#     - kics:yum_clean_all_missing
#     - semgrep:remove-package-cache
#     - hadolint:DL3040
#     - trivy:DS-0019
#     - kics:missing_dnf_clean_all
#     - semgrep:missing-dnf-clean-all
#     - trivy:DS-0027
#     - hadolint:DL3036
#     - trivy:DS-0020
#     - kics:missing_zypper_clean
#     - semgrep:missing-zypper-clean
#     - hadolint:DL3060
#     - kics:run_yarn_clean_after_yarn_install
package rules.dockerfile["package-cache-left"]

import data.lib.commands
import data.lib.packages
import data.lib.stages

deny contains {"at": command.at, "field": "program", "program": command.program, "aliases": stages.aliases(command, _aliases(command))} if {
	some command in input.commands
	command.instruction
	command.manager in {"yum", "dnf", "microdnf", "yarn", "zypper"}
	command.action in {"install", "group-install", "upgrade", "reinstall"}
	packages.reaches_image(command)
	folders := _managers[command.manager].folders
	not packages.cleans(command, {command.manager, "dnf", "yum"} - _others(command.manager))
	not _is_spared(command, folders)
	not _is_followed(command)
	not commands.swallows(command, "clean")
}

# One cleaning serves the whole RUN: its last command shows where.
_is_followed(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager == command.manager
	other.action in {"install", "group-install", "upgrade", "reinstall"}
	other.pipeline > command.pipeline
}

# KICS is content with a cleaning by yarn in a later layer.
_aliases(command) := _managers[command.manager].aliases if {
	command.action != "group-install"
	not _is_cleaned_later(command)
}

_aliases(command) := [alias | some alias in _managers[command.manager].aliases; startswith(alias, "hadolint:")] if command.action == "group-install"

_aliases(command) := [alias | some alias in _managers[command.manager].aliases; not startswith(alias, "kics:")] if _is_cleaned_later(command)

_is_cleaned_later(command) if {
	command.manager == "yarn"
	some other in input.index.commands_by_stage[command.stage]
	other.manager == "yarn"
	other.action == "clean"
}

_others(manager) := {"dnf", "yum"} if manager in {"zypper", "microdnf"}

_others(manager) := set() if not manager in {"zypper", "microdnf"}

_is_spared(command, folders) if {
	some folder in folders
	packages.removes(command, folder)
}

_is_spared(command, folders) if {
	some folder in folders
	packages.is_mounted(command, folder)
}

_managers := {
	"yum": {"folders": ["/var/cache/yum", "/var/cache/dnf"], "aliases": ["hadolint:DL3032", "trivy:DS-0015", "kics:yum_clean_all_missing", "semgrep:remove-package-cache"]},
	"dnf": {"folders": ["/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum"], "aliases": ["hadolint:DL3040", "trivy:DS-0019", "kics:missing_dnf_clean_all", "semgrep:missing-dnf-clean-all"]},
	"microdnf": {"folders": ["/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum"], "aliases": ["hadolint:DL3040", "trivy:DS-0027"]},
	"yarn": {"folders": ["/.cache/yarn", "/usr/local/share/.cache"], "aliases": ["hadolint:DL3060", "kics:run_yarn_clean_after_yarn_install"]},
	"zypper": {"folders": ["/var/cache/zypp"], "aliases": ["hadolint:DL3036", "trivy:DS-0020", "kics:missing_zypper_clean", "semgrep:missing-zypper-clean"]},
}
