# METADATA
# title: Unpinned package version
# description: |
#   The same Dockerfile gives another image next month. Distributions remove old versions from their mirrors, so a pinned version breaks builds: for apt
#   and apk prefer a pinned base image and a dated mirror.
# custom:
#   severity: info
#   confidence: high
#   category: reproducibility
#   message: "package `{package}` has no version"
#   remediation: Pin a version, or install from a lock file.
#   aliases:
#     - when: {manager: apt-get}
#       ids: [hadolint:DL3008, kics:apt_get_install_pin_version_not_defined]
#     - when: {manager: apk}
#       ids: [hadolint:DL3018, kics:unpinned_package_version_in_apk_add]
#     - when: {manager: yum}
#       ids: [hadolint:DL3033, kics:yum_install_without_version]
#     - {id: hadolint:DL3041, when: {manager: [dnf, microdnf]}}
#     - {id: kics:missing_version_specification_in_dnf_install, when: {manager: dnf}}
#     - when: {manager: zypper}
#       ids: [hadolint:DL3037, kics:zypper_install_without_version]
#     - {id: hadolint:DL3013, when: {manager: [pip, pipx]}}
#     - {id: kics:unpinned_package_version_in_pip_install, when: {manager: pip}}
#     - {id: hadolint:DL3016, when: {manager: npm}}
#     - {id: kics:npm_install_without_pinned_version, when: {manager: npm}, unless: is_tagged}
#     - when: {manager: gem}
#       ids: [hadolint:DL3028, kics:gem_install_without_version]
#     - {id: hadolint:DL3062, when: {manager: go}}
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["unpinned-package"]

deny contains {"at": wanted.at, "package": wanted.name, "manager": command.manager, "is_tagged": _is_tagged(command, wanted)} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	command.manager in {"apt-get", "apt", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper", "pip", "pipx", "npm", "gem", "go", "cargo", "yarn", "pnpm", "uv", "composer"}
	_installs(command)
	some wanted in command.packages
	wanted.is_known
	not wanted.is_pinned
	not _is_copied(command, wanted)
}

# What `COPY` brought into GOPATH is the source at hand.
_is_copied(command, wanted) if {
	command.manager == "go"
	some instruction in input.index.instructions_by_stage[command.stage]
	instruction.keyword in {"COPY", "ADD"}
	parts := split(instruction.target, "/src/")
	folder := trim_suffix(parts[count(parts) - 1], "/")
	count(parts) > 1
	_is_below(wanted.name, folder)
}

_is_below(name, folder) if name == folder

_is_below(name, folder) if startswith(name, concat("", [folder, "/"]))

_is_below(name, folder) if {
	startswith(folder, concat("", [name, "/"]))
	contains(split(name, "/")[0], ".")
}

# `go run` fetches what it is to run; a path is what the build brings along.
_installs(command) if command.action == "install"

_installs(command) if {
	command.manager == "go"
	command.action == "run"
	some wanted in command.packages
	contains(split(wanted.name, "/")[0], ".")
	not startswith(wanted.name, ".")
	not endswith(wanted.name, ".go")
}

# A tag, or an address, is a version of a kind.
_is_tagged(command, wanted) if {
	command.manager == "npm"
	wanted.version
} else if {
	command.manager == "npm"
	contains(wanted.name, "://")
} else := false
