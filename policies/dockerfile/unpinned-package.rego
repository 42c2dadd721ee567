# METADATA
# title: Package without a version
# description: |
#   The same Dockerfile gives another image next month. Distributions take old versions away, so a pin there
#   breaks builds: for apt and apk prefer a pinned base image and a dated mirror.
# custom:
#   severity: info
#   confidence: high
#   category: reproducibility
#   message: "package `{package}` has no version"
#   remediation: "Name a version, or install from a lock file."
#   aliases:
#     - hadolint:DL3008
#     - kics:apt_get_install_pin_version_not_defined
#     - hadolint:DL3018
#     - kics:unpinned_package_version_in_apk_add
#     - hadolint:DL3033
#     - kics:yum_install_without_version
#     - hadolint:DL3041
#     - kics:missing_version_specification_in_dnf_install
#     - hadolint:DL3037
#     - kics:zypper_install_without_version
#     - hadolint:DL3013
#     - kics:unpinned_package_version_in_pip_install
#     - hadolint:DL3016
#     - kics:npm_install_without_pinned_version
#     - hadolint:DL3028
#     - kics:gem_install_without_version
#     - hadolint:DL3062
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["unpinned-package"]

deny contains {"at": wanted.at, "package": wanted.name, "aliases": _aliases_of(command, wanted)} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	_installs(command)
	some wanted in command.packages
	wanted.is_known
	not wanted.is_pinned
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

_aliases_of(command, wanted) := _aliases[command.manager] if not _is_tagged(command, wanted)

# To KICS a tag is a version, and so is an address.
_aliases_of(command, wanted) := ["hadolint:DL3016"] if _is_tagged(command, wanted)

_is_tagged(command, wanted) if {
	command.manager == "npm"
	wanted.version
}

_is_tagged(command, wanted) if {
	command.manager == "npm"
	contains(wanted.name, "://")
}

_aliases := {
	"apt-get": ["hadolint:DL3008", "kics:apt_get_install_pin_version_not_defined"],
	"apt": [],
	"apk": ["hadolint:DL3018", "kics:unpinned_package_version_in_apk_add"],
	"yum": ["hadolint:DL3033", "kics:yum_install_without_version"],
	"dnf": ["hadolint:DL3041", "kics:missing_version_specification_in_dnf_install"],
	"microdnf": ["hadolint:DL3041"],
	"tdnf": [],
	"zypper": ["hadolint:DL3037", "kics:zypper_install_without_version"],
	"pip": ["hadolint:DL3013", "kics:unpinned_package_version_in_pip_install"],
	"pipx": ["hadolint:DL3013"],
	"npm": ["hadolint:DL3016", "kics:npm_install_without_pinned_version"],
	"gem": ["hadolint:DL3028", "kics:gem_install_without_version"],
	"go": ["hadolint:DL3062"],
	"cargo": [],
	"yarn": [],
	"pnpm": [],
	"uv": [],
	"composer": [],
}
