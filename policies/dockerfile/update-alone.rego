# METADATA
# title: Package lists renewed alone
# description: |
#   A layer with nothing but the update is cached: a later install works with lists of long ago.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{program} {action}` stands in a `RUN` without an install"
#   remediation: "Write update and install in one `RUN`."
#   aliases:
#     - trivy:DS-0017
#     - checkov:CKV_DOCKER_5
#     - kics:update_instruction_alone
#     - dockle:CIS-DI-0007
#     - cis-docker:4.7
#     - dockerfilelint:apt-get-update_require_install
package rules.dockerfile["update-alone"]

import data.lib.commands
import data.lib.packages

deny contains {"at": command.at, "program": command.program, "action": "update"} if {
	some command in input.commands
	command.instruction
	command.manager in {"apt-get", "apt", "apk", "aptitude", "yum", "dnf", "zypper"}
	command.action == "update"
	not _uses_lists(command)
}

_uses_lists(command) if {
	some other in packages.beside(command)
	other.manager == command.manager
	other.action in {"install", "upgrade", "dist-upgrade", "source", "build-dep", "download"}
}

_uses_lists(command) if {
	some other in packages.beside(command)
	other.program in {"apt-get", "apt", "aptitude"}
	other.action in {"install", "upgrade", "dist-upgrade", "build-dep", "download"}
}

_uses_lists(command) if {
	some other in packages.beside(command)
	_may_install(other)
}

# Scripts and the programs that call the manager themselves.
_may_install(other) if other.program in {"unminimize", "apt-file", "apt-cache", "apt-mirror", "rosdep", "playwright", "npx", "make", "gdebi", "mk-build-deps", "debootstrap", "tasksel"}

_may_install(other) if {
	some ending in [".sh", ".bash", ".py", ".pl"]
	endswith(other.program, ending)
}

_may_install(other) if {
	some word in other.args
	commands.is_shell(other.program)
	not contains(word, " ")
}

_may_install(other) if {
	other.program == "xargs"
	some word in other.args
	word in {"install", "add"}
}
