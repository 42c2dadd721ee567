# METADATA
# title: Package signature check disabled
# description: |
#   The signature ties a package to its distribution: without it a mirror, or anyone on the network path, decides what is installed.
# related_resources:
#   - https://manpages.debian.org/stable/apt/apt-secure.8.en.html
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "{culprit} skips signature verification of packages"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Remove the option, and install the signing key of the repository; Alpine images have the keys of Alpine's own. Verify a local package file with
#     `sha256sum -c` before it is installed. For archived releases, whose keys have expired, move to a supported release.
#   aliases:
#     - {id: checkov:CKV2_DOCKER_7, when: {flag: --allow-untrusted, is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_8, when: {flag: [--allow-unauthenticated, --allow-insecure-repositories], is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_9, when: {flag: [--nogpgcheck, --no-gpgchecks, --no-gpg-checks, --allow-unsigned-rpm], is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_10, when: {flag: [--nodigest, --nosignature, --noverify, --nofiledigest], is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_11, when: {flag: --force-yes, is_in_dockerfile: true}}
#     - when: is_in_dockerfile
#       ids: [cis-docker:4.11, dockle:CIS-DI-0011]
package rules.shell["unsigned-package"]

import data.lib.commands

deny contains {"at": commands.flag_place(command, flag), "culprit": sprintf("`%s %s`", [command.program, flag]), "flag": flag, "advice": _advice(command), "severity": _of_command(command), "minor": _is_minor(command), "is_in_dockerfile": commands.is_in_dockerfile(command)} if {
	some command in input.commands
	command.program in {"apk", "apt", "apt-get", "aptitude", "yum", "dnf", "tdnf", "microdnf", "zypper", "rpm"}
	some name, _ in command.flags
	name in {"--allow-untrusted", "--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories", "--nogpgcheck", "--no-gpgchecks", "--no-gpg-checks", "--allow-unsigned-rpm", "--nodigest", "--nosignature", "--noverify", "--nofiledigest"}
	flag := commands.first_flag(command, _switches(command.program))
	not _is_verified(command)
	not _removes(command)
}

# dnf verifies no package that is named by its address, with the flag or without.
_is_minor(command) if {
	command.program == "dnf"
	count(_local(command)) == 0
	_is_by_address(command)
} else := false

_is_by_address(command) if {
	packages := [word | some word in command.args; not word in {"install", "localinstall", "reinstall"}]
	count(packages) > 0
	every word in packages {
		startswith(word, "https://")
	}
}

# What is taken away is not verified.
_removes(command) if command.action in {"remove", "purge", "autoremove", "clean", "autoclean"}

# What is only read as a list is verified when it is installed; `--allow-insecure-repositories` is what concerns lists.
_removes(command) if {
	command.args[0] in {"update", "list", "search", "show", "policy", "check-update", "makecache"}
	not command.flags["--allow-insecure-repositories"]
}

# An index of what was built beside it installs nothing.
_removes(command) if {
	command.program == "apk"
	command.args[0] in {"index", "mkndx", "fetch", "verify", "manifest"}
}

_removes(command) if command.args[0] in {"remove", "purge", "autoremove", "clean", "autoclean", "erase", "del"}

# Files of the machine, and no packages of a repository.
_local(command) := [word | some word in command.args; _is_package_file(word)]

_is_package_file(word) if {
	some ending in [".apk", ".deb", ".rpm"]
	endswith(word, ending)
	not contains(word, "://")
}

# A signature or a sum was verified before the file is installed.
_is_verified(command) if {
	count(_local(command)) > 0
	some other in input.index.commands_by_script[command.script]
	other.pipeline < command.pipeline
	_verifies(other)
}

_verifies(command) if {
	command.program in {"sha256sum", "sha512sum", "sha384sum", "sha224sum", "sha1sum", "shasum", "b2sum"}
	some flag in ["-c", "--check"]
	command.flags[flag]
}

_verifies(command) if {
	command.program in {"gpg", "gpg2", "cosign", "gh", "rpm", "rpmkeys"}
	some word in command.words
	word.text in {"--verify", "verify", "verify-blob", "attestation", "--checksig", "-K"}
}

_verifies(command) if command.program in {"gpgv", "minisign", "signify", "dpkg-sig", "debsig-verify"}

_advice(command) := sprintf("Verify `%s` before it is installed: `echo '<sha256>  %s' | sha256sum -c`.", [_local(command)[0], _local(command)[0]]) if count(_local(command)) == 1

_advice(command) := sprintf("Verify each of %s with `sha256sum -c` before they are installed.", [concat(", ", [sprintf("`%s`", [file]) | some file in _local(command)])]) if count(_local(command)) > 1

_advice(command) := "Remove it: the keys of Alpine's own repositories are in the image." if {
	count(_local(command)) == 0
	_is_of_alpine(command)
}

_advice(command) := "Remove it, and install the signing key of the repository." if {
	count(_local(command)) == 0
	not _is_of_alpine(command)
	not _is_archived(command)
}

# The keys of a release in the archive have expired, and are not renewed.
_advice(command) := "Move to a supported release of the distribution: the keys of this one have expired." if {
	count(_local(command)) == 0
	not _is_of_alpine(command)
	_is_archived(command)
}

_is_archived(command) if {
	command.instruction
	command.program in {"apt", "apt-get", "aptitude"}
	some other in input.index.commands_by_stage[command.stage]
	not _is_chosen(other)
	some word in other.words
	some archive in ["archive.debian.org", "old-releases.ubuntu.com"]
	contains(word.text, archive)
}

# In a branch, which most builds may not take.
_is_chosen(command) if {
	some other in input.index.commands_by_script[command.script]
	other.in_condition
	other.pipeline < command.pipeline
}

_is_of_alpine(command) if {
	command.program == "apk"
	some word in command.words
	contains(word.text, "alpinelinux.org/")
}

# A file that is here may come from anywhere; what a repository sends does not.
_of_command(command) := "warning" if count(_local(command)) > 0

# So does what a server sends over https that it proves to be.
_of_command(command) := "warning" if {
	count(_local(command)) == 0
	_is_from_known_server(command)
}

_of_command(command) := "error" if {
	count(_local(command)) == 0
	not _is_from_known_server(command)
}

# A repository that the same script adds over https, and no other.
_is_from_known_server(command) if {
	command.program in {"yum", "dnf", "tdnf", "microdnf", "zypper"}
	some other in input.index.commands_by_script[command.script]
	other.pipeline < command.pipeline
	some word in other.words
	_adds(other, word.text)
	count([added |
		some later in input.index.commands_by_script[command.script]
		some added in later.words
		contains(added.text, "http://")
	]) == 0
}

_adds(command, text) if {
	command.program in {"yum-config-manager", "dnf", "yum", "zypper"}
	contains(text, "https://")
	some word in command.words
	word.text in {"--add-repo", "config-manager", "addrepo", "ar"}
}

_adds(command, text) if {
	command.program in {"yum-config-manager", "dnf", "yum"}
	startswith(text, "--add-repo=https://")
}

_is_from_known_server(command) if {
	addresses := [word | some word in command.args; contains(word, "://")]
	count(addresses) > 0
	count(addresses) == count([word | some word in command.args; not word in {"install", "localinstall", "reinstall", "update", "upgrade", "add", "in"}])
	every address in addresses {
		startswith(address, "https://")
	}
}

_switches("apk") := ["--allow-untrusted"]

_switches(program) := ["--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"] if program in {"apt", "apt-get", "aptitude"}

_switches(program) := ["--nogpgcheck", "--no-gpgchecks"] if program in {"yum", "dnf", "tdnf", "microdnf"}

_switches("zypper") := ["--no-gpg-checks", "--allow-unsigned-rpm"]

_switches("rpm") := ["--nodigest", "--nosignature", "--noverify", "--nofiledigest"]

# What a build writes into the lists of repositories. Over https the server at least is known.
deny contains {"at": found[0].at, "culprit": "`trusted=yes`", "flag": "trusted=yes", "advice": _general, "is_in_dockerfile": commands.is_in_dockerfile(command), "severity": _severity(found[0].text)} if {
	some command in input.commands
	command.program in {"echo", "printf", "add-apt-repository", "tee", "sed", "cat"}
	found := [word | some word in command.words; _trusts(word.text)]
	count(found) > 0
	not _is_said(command)
}

deny contains {"at": found[0].at, "culprit": "`gpgcheck=0`", "flag": "gpgcheck=0", "advice": _general, "is_in_dockerfile": commands.is_in_dockerfile(command), "severity": _severity(found[0].text)} if {
	some command in input.commands
	command.program in {"echo", "printf", "yum-config-manager", "dnf", "tee"}
	found := [word | some word in command.words; _is_unchecked(word.text)]
	count(found) > 0
}

_general := "Remove it, and install the signing key of the repository."

_trusts(text) if {
	contains(text, "trusted=yes")
	contains(text, "[")
	not _is_of_this_machine(text)
}

# A repository of packages that were just built here.
_is_of_this_machine(text) if contains(text, "] file:")

_is_of_this_machine(text) if contains(text, "] copy:")

_is_unchecked(text) if contains(text, "gpgcheck=0")

_is_unchecked(text) if contains(text, "gpgcheck=False")

_severity(text) := "error" if contains(text, "http://")

_severity(text) := "warning" if not contains(text, "http://")

# A `RUN` that writes several such lines is told once.
_is_said(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.pipeline < command.pipeline
	some word in other.words
	_trusts(word.text)
}
