# METADATA
# title: Packages installed without their signatures
# description: |
#   The signature is what ties a package to its distribution: without it a mirror, or anyone on the way, decides what is installed.
# related_resources:
#   - https://manpages.debian.org/stable/apt/apt-secure.8.en.html
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{program} {flag}` installs packages that nobody vouches for"
#   remediation: "Drop the flag, and install the key of the repository or of the package."
#   aliases:
#     - checkov:CKV2_DOCKER_7
#     - checkov:CKV2_DOCKER_8
#     - checkov:CKV2_DOCKER_9
#     - checkov:CKV2_DOCKER_10
#     - checkov:CKV2_DOCKER_11
#     - cis-docker:4.11
#     - dockle:CIS-DI-0011
package rules.shell["unsigned-package"]

import data.lib.commands

deny contains {"at": commands.flag_place(command, flag), "program": command.program, "flag": flag, "aliases": commands.docker_aliases(command, _aliases(flag))} if {
	some command in input.commands
	command.program in {"apk", "apt", "apt-get", "aptitude", "yum", "dnf", "tdnf", "microdnf", "zypper", "rpm"}
	some name, _ in command.flags
	name in {"--allow-untrusted", "--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories", "--nogpgcheck", "--no-gpgchecks", "--no-gpg-checks", "--allow-unsigned-rpm", "--nodigest", "--nosignature", "--noverify", "--nofiledigest"}
	flag := commands.first_flag(command, _switches(command.program))
}

_switches("apk") := ["--allow-untrusted"]

_switches(program) := ["--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"] if program in {"apt", "apt-get", "aptitude"}

_switches(program) := ["--nogpgcheck", "--no-gpgchecks"] if program in {"yum", "dnf", "tdnf", "microdnf"}

_switches("zypper") := ["--no-gpg-checks", "--allow-unsigned-rpm"]

_switches("rpm") := ["--nodigest", "--nosignature", "--noverify", "--nofiledigest"]

_aliases("--allow-untrusted") := ["checkov:CKV2_DOCKER_7", "cis-docker:4.11", "dockle:CIS-DI-0011"]

_aliases(flag) := ["checkov:CKV2_DOCKER_8", "cis-docker:4.11", "dockle:CIS-DI-0011"] if flag in {"--allow-unauthenticated", "--allow-insecure-repositories"}

_aliases("--force-yes") := ["checkov:CKV2_DOCKER_11", "cis-docker:4.11", "dockle:CIS-DI-0011"]

_aliases(flag) := ["checkov:CKV2_DOCKER_9", "cis-docker:4.11", "dockle:CIS-DI-0011"] if flag in {"--nogpgcheck", "--no-gpgchecks", "--no-gpg-checks", "--allow-unsigned-rpm"}

_aliases(flag) := ["checkov:CKV2_DOCKER_10", "cis-docker:4.11", "dockle:CIS-DI-0011"] if flag in {"--nodigest", "--nosignature", "--noverify", "--nofiledigest"}
