# METADATA
# title: Certificate verification disabled
# description: |
#   Without certificate verification anyone on the network path can impersonate the server and replace what is downloaded.
# related_resources:
#   - https://everything.curl.dev/usingcurl/tls/verify.html
# custom:
#   severity: error
#   confidence: high
#   category: security
#   once_a_message: true
#   message: "`{program} {flag}` disables certificate verification"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Remove the flag or command that disables it: `-k`, `--no-check-certificate`, `--trusted-host`, `strict-ssl false`, `http.sslVerify false`,
#     `sslverify=0`. If the server uses a private certificate authority, install the certificate of that authority.
#   aliases:
#     - {id: checkov:CKV2_DOCKER_2, when: {program: curl, is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_3, when: {program: wget, is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_4, when: {program: [pip, pip2, pip3], is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_13, when: {program: [npm, yarn, pnpm], is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_15, when: {program: [dnf, yum, microdnf, tdnf, yum-config-manager, dnf-config-manager], is_in_dockerfile: true}}
package rules.shell["disabled-certificate-check"]

import data.lib.commands
import data.lib.images
import data.lib.jobs

deny contains {"at": at, "program": command.program, "flag": flag, "advice": _advice(command), "severity": _severity(command), "is_in_dockerfile": commands.is_in_dockerfile(command)} if {
	some command in input.commands
	command.program in {"curl", "wget", "pip", "pip2", "pip3"}
	some name, _ in command.flags
	name in {"-k", "--insecure", "--proxy-insecure", "--no-check-certificate", "--trusted-host"}
	not _has_no_certificate(command)
	not _asks_itself(command)
	not _is_compared(command)
	not _is_probe(command)
	flag := commands.first_flag(command, _switches(command.program))
	at := commands.flag_place(command, flag)
}

deny contains {"at": command.at, "program": command.program, "flag": "config set strict-ssl false", "advice": _remove("the command"), "is_in_dockerfile": commands.is_in_dockerfile(command)} if {
	some command in input.commands
	command.program in {"npm", "yarn", "pnpm"}
	"config" in command.args
	"strict-ssl" in command.args
	"false" in command.args
}

deny contains {"at": commands.flag_place(command, "--setopt"), "program": command.program, "flag": "--setopt=sslverify", "advice": _remove("the flag"), "is_in_dockerfile": commands.is_in_dockerfile(command)} if {
	some command in input.commands
	command.program in {"dnf", "yum", "microdnf", "tdnf", "yum-config-manager", "dnf-config-manager"}
	some word in command.words
	some setting in ["sslverify=0", "sslverify=false", "sslverify=no"]
	endswith(lower(word.text), setting)
}

deny contains {"at": command.at, "program": "git", "flag": concat(" ", [part.text | some part in command.words]), "advice": _remove("the command"), "is_in_dockerfile": commands.is_in_dockerfile(command)} if {
	some command in input.commands
	command.program == "git"
	"config" in command.args
	some index, word in command.words
	lower(word.text) == "http.sslverify"
	lower(command.words[index + 1].text) in {"false", "0", "no", "off"}
}

deny contains {"at": word.at, "program": "git", "flag": "-c http.sslVerify=false", "advice": _remove("the option"), "is_in_dockerfile": commands.is_in_dockerfile(command)} if {
	some command in input.commands
	command.program == "git"
	some word in command.words
	lower(word.text) in {"http.sslverify=false", "http.sslverify=0", "http.sslverify=no"}
}

_remove(culprit) := sprintf("Remove %s; if the server uses a private certificate authority, install its certificate", [culprit])

# The certificates of these releases verify few of today's servers.
_advice(command) := "Move to a supported release of the distribution: the certificates of this one are too old to verify many servers; until then, compare the file with a known checksum" if {
	command.instruction
	images.names_one_of(command, ["ubuntu:12.", "ubuntu:14.", "ubuntu:precise", "ubuntu:trusty", "debian:7", "debian:8", "debian:wheezy", "debian:jessie", "-jessie", "centos:5", "centos:6"])
} else := _remove("the flag")

# Whether a server answers: nothing of what it sends is kept.
_is_probe(command) if {
	command.program in {"curl", "wget"}
	some flag in ["-o", "--output", "-O", "--output-document"]
	command.flags[flag] == "/dev/null"
	not _sends(command)
}

_is_probe(command) if {
	command.program == "wget"
	command.flags["--spider"]
}

_is_probe(command) if {
	command.program == "curl"
	some flag in ["-I", "--head"]
	command.flags[flag]
	not _sends(command)
}

_is_probe(command) if {
	command.program in {"curl", "wget"}
	some redirect in command.redirects
	redirect.operator in {">", "1>", "&>"}
	redirect.target == "/dev/null"
	not _sends(command)
}

# What is sent may be a secret, and is read by whoever answers.
_sends(command) if {
	some flag in ["-d", "--data", "--data-binary", "--data-raw", "--data-urlencode", "-F", "--form", "-u", "--user", "-H", "--header", "-T", "--upload-file", "--json", "--post-data", "--password"]
	command.flags[flag]
}

# A health check asks the container that it runs in.
_asks_itself(command) if {
	command.source in {"healthcheck", "probe"}
	every word in command.words {
		not _is_elsewhere(word.text)
	}
}

_is_elsewhere(text) if {
	contains(text, "://")
	host := split(split(text, "://")[1], "/")[0]
	not contains(host, "$")
	not contains(host, "`")
}

# What is fetched is compared with a sum that is written here, or with a signature.
_is_compared(command) if {
	some other in input.index.commands_by_script[command.script]
	other.pipeline > command.pipeline
	other.program in {"sha256sum", "sha512sum", "sha384sum", "sha224sum", "sha1sum", "shasum", "b2sum"}
	some flag in ["-c", "--check"]
	other.flags[flag]
	some source in other.pipes_from
	source in {"echo", "printf"}
}

_is_compared(command) if {
	some other in input.index.commands_by_script[command.script]
	other.pipeline > command.pipeline
	other.program in {"gpg", "gpg2", "gpgv"}
	some word in other.args
	endswith(word, ".sig")
}

_is_compared(command) if {
	some other in input.index.commands_by_script[command.script]
	other.pipeline > command.pipeline
	other.program in {"gpg", "gpg2"}
	other.flags["--verify"]
}

# A job that has no secret and publishes nothing loses a run.
_severity(command) := "warning" if jobs.is_harmless(command)

# Which server is asked is seen only when it runs, and may be the machine itself.
_severity(command) := "warning" if {
	not jobs.is_harmless(command)
	command.program in {"curl", "wget"}
	every word in command.words {
		not contains(word.text, "://")
	}
}

_severity(command) := "error" if {
	not jobs.is_harmless(command)
	some word in command.words
	contains(word.text, "://")
}

_severity(command) := "error" if {
	not jobs.is_harmless(command)
	not command.program in {"curl", "wget"}
}

# Plain HTTP has no certificate to check, and nobody stands between a machine and itself.
_has_no_certificate(command) if {
	addresses := [word.text | some word in command.words; contains(word.text, "://")]
	count(addresses) > 0
	every address in addresses {
		_is_safe(address)
	}
}

_has_no_certificate(command) if command.flags["--unix-socket"]

_is_safe(address) if startswith(lower(address), "http://")

_is_safe(address) if {
	startswith(lower(address), "https://")
	host := split(split(substring(address, 8, -1), "/")[0], ":")[0]
	host in {"localhost", "127.0.0.1", "0.0.0.0"}
}

_switches("curl") := ["-k", "--insecure", "--proxy-insecure"]

_switches("wget") := ["--no-check-certificate"]

_switches(program) := ["--trusted-host"] if program in {"pip", "pip2", "pip3"}
