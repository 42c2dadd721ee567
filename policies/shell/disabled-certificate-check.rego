# METADATA
# title: Certificate check switched off
# description: |
#   Without the check of its certificate anyone on the way can answer in place of the server, and what is downloaded is theirs.
# related_resources:
#   - https://everything.curl.dev/usingcurl/tls/verify.html
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{program} {flag}` does not check who answers"
#   remediation: "Drop the flag; if the server has a certificate of your own, install its authority."
#   aliases:
#     - checkov:CKV2_DOCKER_2
#     - checkov:CKV2_DOCKER_3
#     - checkov:CKV2_DOCKER_4
#     - checkov:CKV2_DOCKER_13
#     - checkov:CKV2_DOCKER_15
package rules.shell["disabled-certificate-check"]

import data.lib.commands

deny contains {"at": at, "program": command.program, "flag": flag, "aliases": commands.docker_aliases(command, _aliases(command.program))} if {
	some command in input.commands
	command.program in {"curl", "wget", "pip", "pip2", "pip3"}
	some name, _ in command.flags
	name in {"-k", "--insecure", "--proxy-insecure", "--no-check-certificate", "--trusted-host"}
	flag := commands.first_flag(command, _switches(command.program))
	at := commands.flag_place(command, flag)
}

deny contains {"at": command.at, "program": command.program, "flag": "config set strict-ssl false", "aliases": commands.docker_aliases(command, ["checkov:CKV2_DOCKER_13"])} if {
	some command in input.commands
	command.program in {"npm", "yarn", "pnpm"}
	"config" in command.args
	"strict-ssl" in command.args
	"false" in command.args
}

deny contains {"at": commands.flag_place(command, "--setopt"), "program": command.program, "flag": "--setopt=sslverify", "aliases": commands.docker_aliases(command, ["checkov:CKV2_DOCKER_15"])} if {
	some command in input.commands
	command.program in {"dnf", "yum", "microdnf", "tdnf", "yum-config-manager", "dnf-config-manager"}
	some word in command.words
	some setting in ["sslverify=0", "sslverify=false", "sslverify=no"]
	endswith(lower(word.text), setting)
}

deny contains {"at": command.at, "program": "git", "flag": "http.sslVerify false", "aliases": commands.docker_aliases(command, ["checkov:CKV2_DOCKER_14"])} if {
	some command in input.commands
	command.program == "git"
	"config" in command.args
	some index, word in command.words
	lower(word.text) == "http.sslverify"
	lower(command.words[index + 1].text) in {"false", "0", "no", "off"}
}

deny contains {"at": word.at, "program": "git", "flag": "-c http.sslVerify=false", "aliases": commands.docker_aliases(command, ["checkov:CKV2_DOCKER_14"])} if {
	some command in input.commands
	command.program == "git"
	some word in command.words
	lower(word.text) in {"http.sslverify=false", "http.sslverify=0", "http.sslverify=no"}
}

_switches("curl") := ["-k", "--insecure", "--proxy-insecure"]

_switches("wget") := ["--no-check-certificate"]

_switches(program) := ["--trusted-host"] if program in {"pip", "pip2", "pip3"}

_aliases("curl") := ["checkov:CKV2_DOCKER_2"]

_aliases("wget") := ["checkov:CKV2_DOCKER_3"]

_aliases(program) := ["checkov:CKV2_DOCKER_4"] if program in {"pip", "pip2", "pip3"}
