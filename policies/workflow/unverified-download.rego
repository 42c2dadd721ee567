# METADATA
# title: Unverified program download
# description: |
#   The script downloads a program from an address without a version, and runs it without verifying its checksum or signature. That is `curl | sh` in
#   several lines: whoever controls the server, or the release, runs code in this job with its token and secrets.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{file}` is downloaded from {origin} and run without checksum verification"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Download one version, and compare its checksum with `sha256sum -c` before it runs. For rustup, take `rustup-init` of one release from its archive with the
#     `.sha256` beside it.
#   aliases: [scorecard:Pinned-Dependencies]
package rules.workflow["unverified-download"]

import data.lib.downloads

deny contains {"at": command.at, "file": file, "origin": _origin(lower(url)), "advice": _advice(url)} if {
	some command in input.commands
	command.source == "step"
	command.program in {"curl", "wget"}
	not command.is_of_commit
	some url in command.args
	contains(url, "://")
	_is_loose(url)
	file := _file(command, url)
	_is_run(command, file)
	not _is_checked(command)
}

# Rustup publishes a checksum beside each release.
_advice(url) := downloads.rustup("gnu") if {
	contains(url, "sh.rustup.rs")
} else := "Download one version, and compare its checksum with `sha256sum -c` before it runs"

# `latest`, a branch, or no number at all.
_is_loose(url) if {
	some part in ["latest", "/main/", "/master/", "/head/", "/develop/", "/trunk/", "/nightly/", "/stable/"]
	contains(lower(url), part)
}

_is_loose(url) if {
	not contains(url, "$")
	_has_no_digit(url)
}

_has_no_digit(url) if count([digit | some digit in ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]; contains(url, digit)]) == 0

_file(command, _) := _base(command.flags["-o"]) if {
	command.program == "curl"
	is_string(command.flags["-o"])
} else := _base(command.flags["--output"]) if {
	command.program == "curl"
	is_string(command.flags["--output"])
} else := _base(command.flags["-O"]) if {
	command.program == "wget"
	is_string(command.flags["-O"])
} else := _base(command.flags["--output-document"]) if {
	command.program == "wget"
	is_string(command.flags["--output-document"])
} else := _base(command.redirects[0].target) if {
	command.redirects[0].operator == ">"
} else := _base(url) if {
	command.program == "wget"
	url := [word | some word in command.args; contains(word, "://")][0]
} else := _base(url) if {
	command.flags["-O"]
	url := [word | some word in command.args; contains(word, "://")][0]
} else := _base(url) if {
	command.flags["--remote-name"]
	url := [word | some word in command.args; contains(word, "://")][0]
} else := ""

_base(path) := parts[count(parts) - 1] if parts := split(trim_right(path, "/"), "/")

_is_run(command, file) if {
	not file in {"", "-"}
	some other in input.index.commands_by_script[command.script]
	other.pipeline > command.pipeline
	_runs(other, file)
}

_runs(other, file) if {
	other.program == "chmod"
	some mode in other.args
	_is_executable(mode)
	some word in other.args
	_base(word) == file
}

_runs(other, file) if {
	other.program == "install"
	some word in other.args
	_base(word) == file
}

_runs(other, file) if {
	other.program in {"sh", "bash", "dash", "zsh", "python", "python3", "node", "perl", "ruby", "php", "pwsh", "swift", "Rscript", "julia", "lua", "source", "."}
	_base(other.args[0]) == file
}

_runs(other, file) if other.program == file

# Scripts of a package run as root.
_runs(other, file) if {
	other.program in {"dpkg", "rpm"}
	some word in other.args
	_base(word) == file
}

_runs(other, file) if {
	other.program in {"apt", "apt-get", "dnf", "yum", "zypper"}
	"install" in other.args
	some word in other.args
	contains(word, "/")
	_base(word) == file
}

_is_executable(mode) if contains(mode, "+x")

_is_executable(mode) if contains(mode, "+rx")

_is_executable(mode) if mode in {"755", "0755", "775", "0775", "777", "0777", "700", "0700", "555", "0555", "711", "750", "a+rx", "u+rwx", "u=rwx"}

_is_checked(command) if {
	some other in input.index.commands_by_script[command.script]
	other.program in {
		"sha256sum", "sha512sum", "sha1sum", "sha384sum", "sha224sum", "md5sum", "shasum", "b2sum", "gpg", "gpgv", "cosign", "minisign",
		"openssl", "slsa-verifier", "rekor-cli", "signify", "ssh-keygen",
	}
}

_is_checked(command) if {
	some other in input.index.commands_by_script[command.script]
	other.program == "gh"
	other.args[0] == "attestation"
}

_origin(url) := "the latest release" if {
	contains(url, "latest")
} else := "a branch" if {
	_names_branch(url)
} else := "an address that names no version"

_names_branch(url) if {
	some part in ["/main/", "/master/", "/head/", "/develop/", "/trunk/", "/nightly/"]
	contains(url, part)
}
