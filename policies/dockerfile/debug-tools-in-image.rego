# METADATA
# title: Debugging tools in the final stage
# description: |
#   Editors, tracers and network tools help an attacker in the container. `kubectl debug` and `docker debug` provide them when they are needed.
# related_resources:
#   - https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#ephemeral-container
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{package}` is a debugging tool and stays in the image"
#   remediation: Remove it, and use a debug container (`docker debug`, `kubectl debug`) when it is needed.
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - dockle:CIS-DI-0003
#     - cis-docker:4.3
package rules.dockerfile["debug-tools-in-image"]


deny contains {"at": found.at, "package": found.name} if {
	some command in input.commands
	command.action == "install"
	command.manager in {"apt-get", "apt", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper", "pacman"}
	_is_in_final_stage(command)
	some found in command.packages
	found.name in _names
	not _is_removed(command, found.name)
	not command.flags["--virtual"]
	not command.flags["-t"]
}

_is_in_final_stage(command) if {
	some stage in input.index.stages_by_at[command.stage]
	stage.is_final
}

# What the same RUN takes away again.
_is_removed(command, name) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager
	other.action in {"remove", "purge", "autoremove", "del"}
	some word in other.args
	_means(word, name)
}

_means(word, name) if word == name

# A list of packages in a variable may hold it.
_means(word, _) if startswith(word, "$")

_names := {
	"bind-tools",
	"dnsutils",
	"emacs",
	"ftp",
	"gdb",
	"htop",
	"iproute2",
	"iputils-ping",
	"lsof",
	"ltrace",
	"mtr",
	"nano",
	"nc",
	"ncat",
	"net-tools",
	"netcat",
	"netcat-openbsd",
	"netcat-traditional",
	"nmap",
	"openssh-server",
	"rsh-client",
	"screen",
	"socat",
	"strace",
	"sudo",
	"tcpdump",
	"telnet",
	"telnetd",
	"tmux",
	"traceroute",
	"vim",
	"wireshark",
}
