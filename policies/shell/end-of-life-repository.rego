# METADATA
# title: Repository of an end-of-life release
# description: |
#   The repository, or the script that adds it, is for a release past its end of life: what is installed from it gets no fixes, not even for publicly known
#   vulnerabilities. The dates are those in `data/end-of-life.tsv`.
# related_resources:
#   - https://endoflife.date
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   once: true
#   across_files: true
#   message: "{release} is installed, which has received no updates since {ended}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Install a supported release: for Node.js, change the number in the name of the setup script, as in `setup_24.x`, or in the address of the
#     repository.
package rules.shell["end-of-life-repository"]

import data.lib.images

deny contains {"at": word.at, "release": _release(word), "ended": word.ended, "advice": _advice(command, word)} if {
	some command in input.commands
	some word in command.words
	word.ended_release
	not _is_removed(command)
}

_release(word) := sprintf("Node.js %s", [split(word.ended_release, ":")[1]])

# Node.js 18 and newer need glibc 2.28, which the image does not have.
_advice(command, word) := sprintf("Build on a newer release of the base image first, then install a supported release%s", [_newer(word)]) if {
	images.names_one_of(command, _old)
} else := sprintf("Install a supported release%s", [_newer(word)])

_old := ["ubuntu:14.", "ubuntu:16.", "ubuntu:18.", "ubuntu:trusty", "ubuntu:xenial", "ubuntu:bionic", "debian:8", "debian:9", "debian:jessie", "debian:stretch", "-jessie", "-stretch", "-bionic", "-xenial", "centos:6", "centos:7", "amazonlinux:1", "amazonlinux:2", "oraclelinux:7"]

# The scripts of all releases are called alike.
_newer(word) := sprintf(": `setup_%s.x`", [split(images.supported["node"], ":")[1]]) if {
	contains(word.text, "/setup_")
} else := ""

_is_removed(command) if command.program in {"rm", "sed", "grep"}
