# METADATA
# title: Download over plain HTTP
# description: |
#   Plain HTTP neither authenticates the server nor protects the content: anyone on the network path can change it.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{address}` {problem}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Use `https://`. A single file may stay on HTTP if it is verified against a known checksum, in `ADD` with `--checksum`; package repositories and
#     Git clones need HTTPS.
#   once: true
#   aliases:
#     - {id: kics:avoid_http, when: is_in_dockerfile}
package rules.shell["insecure-download"]

import data.lib.commands
import data.lib.downloads

deny contains {"at": word.at, "address": word.text, "problem": _unencrypted, "advice": _advice(command), "is_in_dockerfile": commands.is_in_dockerfile(command)} if {
	some command in input.commands
	command.program in {"curl", "wget", "git", "aria2c", "rpm", "rpmkeys", "yum", "dnf", "microdnf", "tdnf", "zypper", "yum-config-manager", "dnf-config-manager", "apt-key"}
	command.source in {"run", "heredoc", "step"}
	some word in command.words
	some scheme in ["http://", "HTTP://"]
	startswith(word.text, scheme)
	not _is_near(word.text)
	not _is_verified(command)
	not _is_proxy(command, word.text)
	not _is_page(word.text)
}

_unencrypted := "is downloaded over unencrypted HTTP"

# `git clone git://…`
deny contains {"at": word.at, "address": word.text, "problem": _of_git(word.text), "advice": sprintf("Write `https://%s`.", [substring(word.text, 6, -1)]), "is_in_dockerfile": commands.is_in_dockerfile(command)} if {
	some command in input.commands
	command.program == "git"
	command.source in {"run", "heredoc", "step"}
	some word in command.words
	startswith(word.text, "git://")
	not _is_near(concat("", ["http://", substring(word.text, 6, -1)]))
	not _is_rewritten(command)
}

_of_git(address) := "cannot be reached: GitHub switched the Git protocol off in March 2022" if {
	startswith(address, "git://github.com/")
} else := "is fetched over the Git protocol, which neither encrypts nor authenticates"

# `git config --global url."https://".insteadOf git://`
_is_rewritten(command) if command.args[0] == "config"

_is_rewritten(command) if {
	some other in input.index.commands_by_script[command.script]
	other.program == "git"
	other.args[0] == "config"
	some word in other.words
	contains(word.text, "insteadOf")
}

# A page or a list that nothing runs; what does is another finding.
_is_page(address) if {
	some end in [".txt", ".html", ".htm", ".csv", ".json", ".xml", ".rss"]
	endswith(split(address, "?")[0], end)
}

# What stays on the machine or in its network goes over no foreign wire.
_is_near(address) if {
	host := _host(address)
	host in {"localhost", "host.docker.internal", "metadata.google.internal", "", "0.0.0.0", "[::1]"}
}

_is_near(address) if {
	some prefix in ["127.", "10.", "192.168.", "169.254.", "172.16.", "172.17.", "$", "[", "{"]
	startswith(_host(address), prefix)
}

_is_near(address) if {
	some suffix in [".local", ".localhost", ".internal", ".test", ".svc", ".svc.cluster.local"]
	endswith(_host(address), suffix)
}

# A bare name is a service beside it.
_is_near(address) if not contains(_host(address), ".")

_host(address) := split(split(split(substring(address, 7, -1), "/")[0], ":")[0], "?")[0]

# Whether the same script checks a digest or a signature.
_is_verified(command) if {
	some other in input.index.commands_by_script[command.script]
	other.program in {"sha256sum", "sha512sum", "sha1sum", "shasum", "md5sum", "gpg", "gpgv", "cosign", "minisign"}
}

_is_proxy(command, address) if {
	some flag in ["-x", "--proxy", "--preproxy", "-e", "--referer", "-H", "--header", "-d", "--data"]
	command.flags[flag] == address
}

# `ADD http://…`
deny contains {"at": instruction.at, "field": argument.field, "address": argument.value, "problem": _unencrypted, "advice": "Use https, or `ADD --checksum`.", "is_in_dockerfile": true} if {
	some instruction in input.instructions
	instruction.keyword == "ADD"
	some argument in instruction.arguments
	startswith(lower(argument.value), "http://")
	argument.value in instruction.sources
	not _is_near(argument.value)
	not _has_checksum(instruction)
	not downloads.is_verified_later(instruction, argument.value)
}

_has_checksum(instruction) if {
	some flag in instruction.flags
	flag.name == "checksum"
}

# A list of packages or a clone has no sum to compare with.
_advice(command) := "Use https." if command.program in {"git", "yum", "dnf", "microdnf", "tdnf", "zypper", "yum-config-manager", "dnf-config-manager", "rpmkeys", "apt-key"}

_advice(command) := "Use https, or verify the file against a known checksum." if command.program in {"curl", "wget", "aria2c", "rpm"}
