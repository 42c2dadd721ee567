# METADATA
# title: Package cache left in the layer
# description: |
#   The package manager keeps what it downloaded, and the layer keeps that cache.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   habit: true
#   message: "`{program}` leaves its cache in the layer"
#   remediation: "End this `RUN` with `&& {cleaning}`, or mount a cache over its folder."
#   aliases:
#     - {id: hadolint:DL3032, when: {manager: yum}}
#     - {id: trivy:DS-0015, when: {manager: yum}, unless: is_group}
#     - {id: kics:yum_clean_all_missing, when: {manager: yum, is_in_final_stage: true}, unless: is_group}
#     - {id: semgrep:remove-package-cache, when: {manager: yum}, unless: is_group}
#     - {id: hadolint:DL3040, when: {manager: [dnf, microdnf]}}
#     - {id: trivy:DS-0019, when: {manager: dnf}, unless: is_group}
#     - {id: kics:missing_dnf_clean_all, when: {manager: dnf, is_in_final_stage: true}, unless: is_group}
#     - {id: semgrep:missing-dnf-clean-all, when: {manager: dnf}, unless: is_group}
#     - {id: trivy:DS-0027, when: {manager: microdnf}, unless: is_group}
#     - {id: hadolint:DL3036, when: {manager: zypper}}
#     - {id: trivy:DS-0020, when: {manager: zypper}, unless: is_group}
#     - {id: kics:missing_zypper_clean, when: {manager: zypper, is_in_final_stage: true}, unless: is_group}
#     - {id: semgrep:missing-zypper-clean, when: {manager: zypper}, unless: is_group}
#     - {id: hadolint:DL3060, when: {manager: yarn}}
#     - {id: kics:run_yarn_clean_after_yarn_install, when: {manager: yarn, is_in_final_stage: true}, unless: is_cleaned_later}
#   implied_by: [dockerfile/system-upgrade]
package rules.dockerfile["package-cache-left"]

import data.lib.commands
import data.lib.packages
import data.lib.stages

deny contains {"at": command.at, "field": "program", "program": command.program, "cleaning": _cleaning(command), "manager": command.manager, "is_group": _is_group(command), "is_cleaned_later": _is_cleaned_later(command), "is_in_final_stage": stages.is_in_final(command)} if {
	some command in input.commands
	command.instruction
	command.manager in {"yum", "dnf", "microdnf", "yarn", "zypper"}
	command.action in {"install", "group-install", "upgrade", "reinstall"}
	packages.reaches_image(command)
	folders := _folders[command.manager]
	not packages.cleans(command, {command.manager, "dnf", "yum"} - _others(command.manager))
	not _is_spared(command, folders)
	not _is_wanted(command)
	not _is_followed(command)
	not commands.swallows(command, "clean")
}

# "Warm the global yarn cache": what is left there is what the instruction is for.
_is_wanted(command) if {
	some instruction in input.index.instructions_by_at[command.instruction]
	text := lower(instruction.comment.text)
	contains(text, "cache")
	some word in ["warm", "prefetch", "pre-fetch", "prime", "populate"]
	contains(text, word)
}

# One cleaning serves the whole RUN: its last command shows where.
_is_followed(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager == command.manager
	other.action in {"install", "group-install", "upgrade", "reinstall"}
	other.pipeline > command.pipeline
}

_is_group(command) if {
	command.action == "group-install"
} else := false

_is_cleaned_later(command) if {
	_cleans_later(command)
} else := false

_cleans_later(command) if {
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

_folders := {
	"yum": ["/var/cache/yum", "/var/cache/dnf"],
	"dnf": ["/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum"],
	"microdnf": ["/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum"],
	"yarn": ["/.cache/yarn", "/usr/local/share/.cache"],
	"zypper": ["/var/cache/zypp"],
}

_cleaning(command) := concat(" ", [command.program, "clean all"]) if command.manager in {"yum", "dnf", "microdnf"}

_cleaning(command) := "zypper clean --all" if command.manager == "zypper"

_cleaning(command) := "yarn cache clean" if command.manager == "yarn"
