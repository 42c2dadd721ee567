# METADATA
# title: Additional package index
# description: |
#   pip queries all its indexes and takes the highest version from any of them: whoever registers the name of your package on the public index decides
#   what is installed. uv stops at the first index that has the name, unless `--index-strategy` says otherwise.
# related_resources:
#   - https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-extra-index-url
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{flag}` allows dependency confusion: a public package of the same name can replace yours"
#   remediation: Use one index (`--index-url`) that mirrors the other, or require hashes (`--require-hashes`).
#   aliases:
#     - {id: semgrep:dockerfile-pip-extra-index-url, when: is_in_dockerfile}
package rules.shell["extra-package-index"]

import data.lib.commands

deny contains {"at": commands.flag_place(command, "--extra-index-url"), "flag": "--extra-index-url", "is_in_dockerfile": commands.is_in_dockerfile(command)} if {
	some command in input.commands
	command.manager in {"pip", "uv"}
	command.flags["--extra-index-url"]
	not command.flags["--require-hashes"]
	_queries_all(command)
	not _is_public(command.flags["--extra-index-url"])

	# A coming release of a project that the public index has too.
	not command.flags["--pre"]
}

_queries_all(command) if command.manager == "pip"

_queries_all(command) if {
	command.manager == "uv"
	is_string(command.flags["--index-strategy"])
	startswith(command.flags["--index-strategy"], "unsafe-")
}

# Wheels built for one machine are published at indexes of their own, and everyone may read those.
_is_public(address) if {
	is_string(address)
	some host in ["download.pytorch.org", "pypi.org", "piwheels.org", "pypi.nvidia.com", "pypi.ngc.nvidia.com", "test.pypi.org", "wheels.vllm.ai", "flashinfer.ai"]
	contains(address, host)
}
