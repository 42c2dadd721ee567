# METADATA
# title: Download installed without verification
# description: |
#   What a server sends is unpacked into the image or installed, and nothing compares it with a known checksum or signature. Whoever controls the server,
#   its name or the release decides what the image runs.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#add---checksum
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{installer}` installs what `{program}` downloads without verifying it"
#   remediation: "Compare it with a known sum first: `echo '<sum>  <file>' | sha256sum -c`; or use `ADD --checksum=sha256:…`."
#   aliases:
#     - dockle:CIS-DI-0011
#     - cis-docker:4.11
#     - scorecard:Pinned-Dependencies
#   implied_by: [shell/piped-download]
package rules.dockerfile["unverified-download"]

import data.lib.stages

deny contains {"at": command.at, "field": "program", "program": command.program, "installer": installers[0]} if {
	some command in input.commands
	command.program in {"curl", "wget", "aria2c"}
	command.instruction
	command.source in {"run", "heredoc"}
	command.depth == 0
	stages.is_small(command.stage)
	_is_file(command)
	not _is_said(command)
	not _is_verified(command)
	installers := [other.program |
		some other in input.index.commands_by_instruction[command.instruction]
		other.pipeline >= command.pipeline
		_installs(other)
	]
	count(installers) > 0
}

# What is asked for is an address, and its answer no key.
_is_file(command) if {
	some word in command.args
	_is_address(word)
	count([name | some name in command.pipes_to; name in {"gpg", "gpg2", "apt-key", "tee", "sh", "bash", "jq", "grep", "sed", "awk", "python3", "python"}]) == 0
	not endswith(word, ".asc")
	not endswith(word, ".gpg")
	not endswith(word, ".key")
	not endswith(word, ".list")
}

_is_address(word) if startswith(word, "https://")

_is_address(word) if startswith(word, "http://")

# The first download of a RUN speaks for all.
_is_said(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"curl", "wget", "aria2c"}
	other.pipeline < command.pipeline
	other.depth == 0
	_is_file(other)
}

_is_verified(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {
		"sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "shasum", "md5sum", "b2sum", "b3sum", "rhash", "gpgv", "cosign", "minisign", "signify",
		"slsa-verifier", "sigstore", "cksum", "sha256", "sha512",
	}
}

_is_verified(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"gpg", "gpg2", "openssl", "gh"}
	some word in other.words
	word.text in {"--verify", "dgst", "verify", "attestation", "-verify", "--batch"}
}

_installs(other) if {
	other.program in {"tar", "bsdtar"}
	some flag in ["-C", "--directory"]
	_is_for_programs(other.flags[flag])
}

_installs(other) if {
	other.program in {"tar", "bsdtar"}
	some number, word in other.words
	word.text == "-C"
	_is_for_programs(other.words[number + 1].text)
}

_installs(other) if {
	other.program == "unzip"
	some number, word in other.words
	word.text == "-d"
	_is_for_programs(other.words[number + 1].text)
}

_installs(other) if {
	other.program in {"mv", "cp", "install", "chmod", "ln"}
	count(other.args) > 1
	_is_for_programs(other.args[count(other.args) - 1])
}

_installs(other) if {
	other.program == "dpkg"
	some flag in ["-i", "--install", "--unpack"]
	other.flags[flag]
}

_installs(other) if {
	other.program == "rpm"
	some flag in ["-i", "-U", "--install", "--upgrade"]
	other.flags[flag]
}

_installs(other) if {
	other.action in {"install", "reinstall"}
	some wanted in other.packages
	_is_package_file(wanted.name)
}

_is_package_file(name) if {
	some ending in [".deb", ".rpm", ".apk"]
	endswith(name, ending)
	not contains(name, "://")
}

_is_for_programs(path) if trim_right(path, "/") in {
	"", "/bin", "/sbin", "/usr", "/usr/bin", "/usr/sbin", "/usr/local", "/usr/local/bin", "/usr/local/sbin", "/usr/local/lib",
}

_is_for_programs(path) if {
	some folder in ["/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/"]
	startswith(path, folder)
}
