# METADATA
# title: Large user id without --no-log-init
# description: |
#   `useradd` of shadow before 4.13 (Debian 11, Ubuntu 22.04, RHEL 9 and what is older) extends `/var/log/lastlog` to the entry of the new user, 292 bytes
#   for each id below it, and the layer stores the empty part in full. Newer releases do not, so nothing is reported for them.
# custom:
#   severity: info
#   confidence: medium
#   category: performance
#   message: "{culprit} extends `/var/log/lastlog` to {size} in the layer"
#   remediation: Add `--no-log-init` (`-l`).
#   aliases:
#     - hadolint:DL3046
#     - kics:use_recommended_flags_with_useradd
package rules.dockerfile["large-user-id"]

import data.lib.images

deny contains {"at": command.at, "field": "program", "culprit": _culprit(command), "size": _size(command.flags[flag]), "severity": _severity(command, command.flags[flag])} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	command.program == "useradd"
	not command.flags["-l"]
	not command.flags["--no-log-init"]
	some flag in ["-u", "--uid"]
	_is_large(command.flags[flag])
	not images.names_one_of(command, _new)
}

# Releases with shadow 4.13 or newer.
_new := [
	"bookworm", "trixie", "forky", "debian:12", "debian:13", "debian:stable", "debian:testing", "debian:unstable", "debian:sid", "debian:latest", "noble", "plucky", "questing", "resolute",
	"ubuntu:23", "ubuntu:24", "ubuntu:25", "ubuntu:26", "ubuntu:latest", "ubuntu:rolling", "ubuntu:devel", "fedora", "archlinux", "tumbleweed", "ubi10", "stream10",
	"rockylinux:10", "almalinux:10", "oraclelinux:10",
]

_old := [
	"jessie", "stretch", "buster", "bullseye", "debian:8", "debian:9", "debian:10", "debian:11", "xenial", "bionic", "focal", "jammy", "ubuntu:14", "ubuntu:16", "ubuntu:18", "ubuntu:20",
	"ubuntu:22", "centos", "rockylinux", "almalinux", "oraclelinux", "amazonlinux", "ubi7", "ubi8", "ubi9",
]

# What the base does not say is said with the condition.
_culprit(command) := "`useradd` with this id" if images.names_one_of(command, _old)

_culprit(command) := "with shadow before 4.13, `useradd` with this id" if not images.names_one_of(command, _old)

_severity(command, id) := "warning" if {
	count(id) > 7
	images.names_one_of(command, _old)
} else := "info"

# An entry has 292 bytes.
_size(id) := sprintf("%d GB", [floor((to_number(id) * 292) / 1000000000)]) if count(id) > 7

_size(id) := sprintf("%d MB", [floor((to_number(id) * 292) / 1000000)]) if count(id) < 8

_is_large(value) if {
	count(value) > 5
	trim(value, "0123456789") == ""
}
